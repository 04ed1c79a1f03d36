use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{members, members::log};

const PATH: &str = "/auth/profile";

both! {
    async fn it_holds_the_switches_with_their_defaults(app) {
        let token = app.owner().await;
        let profile = app.call(&token, "GET", PATH, Value::Null).await.ok();
        let names = ["id", "email", "displayName", "avatarUrl", "notifyEmail", "notifyToast", "notifyDesktop", "totpEnabled"];
        assert_eq!(members(&profile), names);
        let switches = ["notifyEmail", "notifyToast", "notifyDesktop"].map(|name| profile[name].as_bool().unwrap());
        assert_eq!(switches, [true, true, false]);
    }

    async fn what_is_sent_is_changed_and_the_rest_stays(app) {
        let token = app.owner().await;
        let body = json!({ "displayName": " Ana Ito ", "notifyDesktop": true, "email": "x@y.z" });
        let answer = app.call(&token, "PATCH", PATH, body).await;
        assert_eq!(answer.header("x-ignored-fields"), "email");
        let profile = answer.ok();
        assert_eq!((&profile["displayName"], &profile["email"]), (&json!("Ana Ito"), &json!("owner@acme.example")));
        assert_eq!((&profile["notifyEmail"], &profile["notifyDesktop"]), (&json!(true), &json!(true)));
        let session = app.call(&token, "GET", "/auth/session", Value::Null).await.ok();
        assert_eq!(session["member"]["displayName"], "Ana Ito");
        let cleared = app.call(&token, "PATCH", PATH, json!({ "displayName": null })).await.ok();
        assert_eq!(cleared["displayName"], Value::Null);
    }

    async fn a_new_name_is_a_change_of_the_member_and_switches_are_not(app) {
        let token = app.owner().await;
        let before = log(app).await.len();
        app.call(&token, "PATCH", PATH, json!({ "notifyToast": false })).await.ok();
        app.call(&token, "PATCH", PATH, json!({ "displayName": "owner" })).await.ok();
        assert_eq!(log(app).await.len(), before);
        app.call(&token, "PATCH", PATH, json!({ "displayName": "Ana" })).await.ok();
        assert_eq!(log(app).await[before..], ["member.updated"]);
    }

    async fn what_is_wrong_is_told_and_nothing_changes(app) {
        let token = app.owner().await;
        let body = json!({ "displayName": "x".repeat(51), "notifyEmail": null, "notifyToast": "yes" });
        let wrong = app.call(&token, "PATCH", PATH, body).await.invalid();
        assert_eq!(wrong, ["displayName", "notifyEmail", "notifyToast"]);
        assert_eq!(app.call(&token, "GET", PATH, Value::Null).await.ok()["displayName"], "owner");
    }
}
