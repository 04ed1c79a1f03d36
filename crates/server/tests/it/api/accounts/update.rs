use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::members::log;

both! {
    async fn the_owner_gives_it_another_name(app) {
        let owner = app.owner().await;
        let before = (app.get("/accounts/me").await.ok(), log(app).await);
        app.advance_ms(1000);
        let renamed = app.call(&owner, "PATCH", "/accounts/me", json!({ "name": " Acme " })).await.ok();
        assert_eq!((&renamed["name"], &renamed["createdAt"]), (&json!("Acme"), &before.0["createdAt"]));
        assert_eq!(renamed["updatedAt"], "2026-01-02T03:04:06.678Z");
        assert_eq!(app.get("/accounts/me").await.ok(), renamed);
        assert_eq!(log(app).await[before.1.len()..], ["account.updated"]);
    }

    async fn the_same_name_is_no_change(app) {
        let owner = app.owner().await;
        let before = (app.get("/accounts/me").await.ok(), log(app).await);
        app.advance_ms(1000);
        for body in [json!({ "name": "Default" }), json!({}), Value::Null] {
            assert_eq!(app.call(&owner, "PATCH", "/accounts/me", body).await.ok(), before.0);
        }
        assert_eq!(log(app).await, before.1);
        assert_eq!(app.call(&owner, "PATCH", "/accounts/me", json!({ "name": null })).await.invalid(), ["name"]);
    }

    async fn nobody_else_does(app) {
        let admin = app.session(Role::Admin, "a@x.example", &[]).await;
        app.call(&admin, "PATCH", "/accounts/me", json!({ "name": "x" })).await.refused(403, "forbidden");
        app.patch("/accounts/me", json!({ "name": "x" })).await.refused(401, "authentication_error");
    }
}
