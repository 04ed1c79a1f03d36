//! An invitation seen and accepted by whoever holds its link (API 3.1).

use dispatch_model::limits::INVITE_MS;
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::login;
use crate::api::auth_works as works;
use crate::api::{id, members};

/// An invitation of this body by the owner: itself, and its token.
pub async fn invited(app: &TestApp, body: Value) -> (Value, String) {
    let invite = app.call(&app.owner().await, "POST", "/members/invite", body).await.created();
    let token = invite["inviteUrl"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    (invite, token)
}

async fn seen(app: &TestApp, token: &str) -> u16 {
    app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.status.as_u16()
}

async fn accept(app: &TestApp, token: &str) -> dispatch_testkit::Answer {
    let body = json!({ "token": token, "password": "correct horse", "displayName": "Ana", "mode": "token" });
    app.call("", "POST", "/auth/accept-invite", body).await
}

both! {
    async fn it_tells_what_it_leads_to_and_makes_the_member(app) {
        let brand = app.brand("acme").await;
        let brand_id = brand.trim_start_matches("/brands/");
        let (invite, token) =
            invited(app, json!({ "email": "Ana@Acme.example", "role": "admin", "brandIds": [brand_id] })).await;
        let shown = app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.ok();
        let expected = json!({ "accountName": "Default", "email": "ana@acme.example", "role": "admin",
            "expiresAt": invite["expiresAt"], "needsPassword": true });
        assert_eq!(shown, expected);
        let session = accept(app, &token).await.created();
        let member = &session["member"];
        assert_eq!((&member["email"], &member["role"], &member["displayName"], &member["brandIds"]),
            (&json!("ana@acme.example"), &json!("admin"), &json!("Ana"), &json!([brand_id])));
        assert!(works(app, session["sessionToken"].as_str().unwrap()).await);
        login(app, "ana@acme.example", "correct horse").await.ok();
        let people = app.call(&app.owner().await, "GET", "/members", Value::Null).await.ok();
        assert_eq!((people["members"].as_array().unwrap().len(), &people["invites"]), (2, &json!([])));
        let log = members::log(app).await;
        assert!(log.ends_with(&["member.invited".to_owned(), "member.joined".to_owned()]), "{log:?}");
    }

    async fn it_works_once(app) {
        let (_, token) = invited(app, json!({ "email": "ana@acme.example" })).await;
        accept(app, &token).await.created();
        accept(app, &token).await.refused(404, "not_found");
        assert_eq!([seen(app, &token).await, seen(app, "never").await], [404, 404]);
    }

    async fn it_works_for_seven_days(app) {
        let (invite, token) = invited(app, json!({ "email": "ana@acme.example" })).await;
        assert_eq!(invite["expiresAt"], "2026-01-09T03:04:05.678Z");
        app.advance_ms(INVITE_MS - 1);
        assert_eq!(seen(app, &token).await, 200);
        app.advance_ms(1);
        assert_eq!(seen(app, &token).await, 404);
        accept(app, &token).await.refused(404, "not_found");
    }

    async fn a_password_is_required(app) {
        let (_, token) = invited(app, json!({ "email": "ana@acme.example" })).await;
        assert_eq!(app.call("", "POST", "/auth/accept-invite", json!({ "token": token })).await.invalid(), ["password"]);
        let body = json!({ "password": "short", "mode": "x" });
        assert_eq!(app.call("", "POST", "/auth/accept-invite", body).await.invalid(), ["token", "password", "mode"]);
        assert_eq!(seen(app, &token).await, 200, "it is still there");
    }

    async fn brands_that_are_gone_are_left_out(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let ids: Vec<&str> = [&acme, &other].iter().map(|path| path.trim_start_matches("/brands/")).collect();
        let (_, token) = invited(app, json!({ "email": "ana@acme.example", "brandIds": ids })).await;
        app.delete(&format!("{other}?confirm=true")).await.ok();
        assert_eq!(accept(app, &token).await.created()["member"]["brandIds"], json!([ids[0]]));
    }

    async fn two_at_the_same_time_make_one_member(app) {
        let (_, token) = invited(app, json!({ "email": "ana@acme.example" })).await;
        let both = tokio::join!(accept(app, &token), accept(app, &token));
        let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 404]);
    }

    async fn a_removed_member_comes_back_as_somebody_else(app) {
        let (_, token) = invited(app, json!({ "email": "ana@acme.example" })).await;
        let first = accept(app, &token).await.created()["member"].clone();
        let owner = app.owner().await;
        app.call(&owner, "DELETE", &format!("/members/{}", id(&first)), Value::Null).await.ok();
        login(app, "ana@acme.example", "correct horse").await.refused(401, "authentication_error");
        let (_, token) = invited(app, json!({ "email": "ana@acme.example" })).await;
        let second = accept(app, &token).await.created()["member"].clone();
        assert_ne!(id(&first), id(&second));
        let old = app.call(&owner, "GET", &format!("/members/{}", id(&first)), Value::Null).await.ok();
        assert_eq!(old["status"], "removed");
    }
}
