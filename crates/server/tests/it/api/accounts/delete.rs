use dispatch_model::member::Role;
use dispatch_testkit::{PASSWORD, TestApp, both};
use serde_json::{Value, json};

use crate::api::auth_works;

/// The types of the last events of every brand's log.
async fn last_events(app: &TestApp) -> Vec<String> {
    let ask =
        "SELECT type FROM event e WHERE sequence = (SELECT max(sequence) FROM event l WHERE l.brand_id = e.brand_id)";
    let found: dispatch_store::Result<Vec<String>> =
        app.db.read("test.last", move |tx| Box::pin(dispatch_store::inspect::ask(tx, ask))).await;
    found.unwrap()
}

both! {
    async fn everything_ends_with_it(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let (owner, admin) = (app.owner().await, app.session(Role::Admin, "a@x.example", &[]).await);
        let invite = app.call(&owner, "POST", "/members/invite", json!({ "email": "g@x.example" })).await.created();
        let token = invite["inviteUrl"].as_str().unwrap().rsplit('/').next().unwrap();
        let answer = app.call(&owner, "DELETE", "/accounts/me", json!({ "confirmation": "DELETE" })).await;
        assert!(answer.header("set-cookie").starts_with("dispatch_session=;"), "{}", answer.header("set-cookie"));
        let report = answer.ok();
        let ids = [&acme, &other].map(|path| path.trim_start_matches("/brands/"));
        assert_eq!(report, json!({ "success": true, "deletedBrands": ids, "deletedBrandsCount": 2 }));
        assert_eq!(last_events(app).await, ["brand.deleted", "brand.deleted"]);
        app.get("/brands").await.refused(401, "authentication_error");
        assert!(!auth_works(app, &owner).await && !auth_works(app, &admin).await);
        let login = json!({ "email": "owner@acme.example", "password": PASSWORD });
        app.call("", "POST", "/auth/login", login).await.refused(401, "authentication_error");
        app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.refused(404, "not_found");
        // The next start makes a new one, with a setup link of its own.
        assert_eq!(app.call("", "GET", "/auth/config", Value::Null).await.ok()["setupRequired"], true);
        let key = app.new_key(json!({ "name": "Another account", "allBrands": true })).await;
        assert_eq!(app.call(&key, "GET", "/brands", Value::Null).await.ok(), json!([]));
        assert_eq!(app.call(&key, "GET", "/members", Value::Null).await.ok()["members"], json!([]));
        app.call(&key, "GET", &acme, Value::Null).await.refused(404, "not_found");
    }

    async fn it_must_be_meant(app) {
        let owner = app.owner().await;
        app.brand("acme").await;
        for body in [Value::Null, json!({}), json!({ "confirmation": "delete" }), json!({ "confirmation": true })] {
            assert_eq!(app.call(&owner, "DELETE", "/accounts/me", body).await.invalid(), ["confirmation"]);
        }
        let admin = app.session(Role::Admin, "a@x.example", &[]).await;
        let body = json!({ "confirmation": "DELETE" });
        app.call(&admin, "DELETE", "/accounts/me", body.clone()).await.refused(403, "forbidden");
        app.call(&app.key, "DELETE", "/accounts/me", body).await.refused(401, "authentication_error");
        assert_eq!(app.get("/brands").await.ok().as_array().unwrap().len(), 1);
    }

    async fn an_account_without_brands_ends_as_well(app) {
        let owner = app.owner().await;
        let report = app.call(&owner, "DELETE", "/accounts/me", json!({ "confirmation": "DELETE" })).await.ok();
        assert_eq!((&report["deletedBrands"], &report["deletedBrandsCount"]), (&json!([]), &json!(0)));
        assert!(!auth_works(app, &owner).await);
    }
}
