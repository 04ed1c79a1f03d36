//! Comments by members: named as they are, and changed by those who wrote them (API 6).

use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::id;

both! {
    async fn a_member_speaks_as_themself_whatever_the_body_says(app) {
        let brand = app.brand("acme").await;
        let token = app.session(Role::Member, "ana@x.example", &[&brand]).await;
        let own = app.call(&token, "GET", "/auth/session", Value::Null).await.ok()["member"].clone();
        let comments = format!("{brand}/tickets/{}/comments", id(&app.ticket(&brand, json!({ "title": "a" })).await));
        let body = json!({ "body": "Hello", "authorId": "x", "authorName": "Somebody", "authorEmail": "x@y.z" });
        let comment = app.call(&token, "POST", &comments, body.clone()).await.created();
        assert_eq!((&comment["authorId"], &comment["authorName"], &comment["authorEmail"], &comment["source"]),
            (&own["id"], &json!("ana"), &json!("ana@x.example"), &json!("dashboard")));
        let mut customer = body;
        customer["authorType"] = json!("CUSTOMER");
        let comment = app.call(&token, "POST", &comments, customer).await.created();
        assert_eq!(comment["authorEmail"], "x@y.z", "only the team's words are the member's own");
    }

    async fn a_member_changes_only_their_own_and_admins_change_all(app) {
        let brand = app.brand("acme").await;
        let [ana, bob, admin] = [
            app.session(Role::Member, "ana@x.example", &[&brand]).await,
            app.session(Role::Member, "bob@x.example", &[&brand]).await,
            app.session(Role::Admin, "admin@x.example", &[&brand]).await,
        ];
        let ticket = format!("{brand}/tickets/{}", id(&app.ticket(&brand, json!({ "title": "a", "customerEmail": "c@x.example" })).await));
        let comments = format!("{ticket}/comments");
        let write = async |by: &str, body: Value| {
            format!("{comments}/{}", id(&app.call(by, "POST", &comments, body).await.created()))
        };
        let own = write(&ana, json!({ "body": "Mine" })).await;
        let [of_key, of_customer] =
            [write(&app.key, json!({ "body": "k" })).await, write(&ana, json!({ "body": "c", "authorType": "CUSTOMER" })).await];
        app.call(&ana, "PATCH", &own, json!({ "body": "Still mine" })).await.ok();
        for foreign in [&own, &of_key, &of_customer] {
            app.call(&bob, "PATCH", foreign, json!({ "body": "x" })).await.refused(403, "forbidden");
            app.call(&bob, "PATCH", foreign, json!({ "body": 1 })).await.refused(403, "forbidden");
            app.call(&bob, "DELETE", foreign, Value::Null).await.refused(403, "forbidden");
            app.call(&bob, "GET", foreign, Value::Null).await.ok();
        }
        app.call(&ana, "DELETE", &of_customer, Value::Null).await.refused(403, "forbidden");
        app.call(&ana, "PATCH", &format!("{comments}/cmt_never"), json!({ "body": 1 })).await.refused(404, "not_found");
        app.call(&admin, "PATCH", &own, json!({ "body": "Better" })).await.ok();
        app.patch(&own, json!({ "body": "Best" })).await.ok();
        app.call(&ana, "DELETE", &own, Value::Null).await.ok();
        app.call(&admin, "DELETE", &of_key, Value::Null).await.ok();
        app.patch(&ticket, json!({ "status": "pending" })).await.ok();
        let all = app.get(&comments).await.ok();
        let server = all.as_array().unwrap().iter().find(|one| one["authorType"] == "SYSTEM").unwrap();
        let server = format!("{comments}/{}", id(server));
        app.call(&ana, "DELETE", &server, Value::Null).await.refused(403, "forbidden");
        app.call(&admin, "DELETE", &server, Value::Null).await.refused(409, "conflict");
    }
}
