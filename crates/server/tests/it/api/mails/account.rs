//! Mail of the account itself: links to sign in, to set a new password, to join (API 3.1, 3.2).

use dispatch_model::member::Role;
use dispatch_testkit::{Mailed, TestApp, both};
use serde_json::{Value, json};

use super::{recipients, with_relay};

/// The token in the link of a mail.
fn token(mail: &Mailed) -> String {
    let text = mail.text();
    let link = text.lines().find(|line| line.starts_with("https://desk.example/")).expect("a link");
    link.rsplit(['=', '/']).next().expect("a token").to_owned()
}

async fn public(app: &TestApp, path: &str, body: Value) -> dispatch_testkit::Answer {
    app.call("", "POST", path, body).await
}

both! {
    async fn a_sign_in_link_works_once_and_for_15_minutes(app) {
        app.session(Role::Admin, "ana@acme.example", &[]).await;
        let (relay, app) = with_relay(app).await;
        assert_eq!(app.call("", "GET", "/auth/config", Value::Null).await.ok()["magicLink"], true);
        for email in ["Ana@acme.example", "nobody@acme.example"] {
            assert_eq!(public(&app, "/auth/magic-link", json!({ "email": email })).await.ok(), json!({ "success": true }));
        }
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["ana@acme.example"]);
        let mail = &taken[0];
        assert_eq!((mail.subject().as_str(), mail.from.as_str()), ("Sign in to Dispatch", "noreply@mail.example"));
        let link = json!({ "token": token(mail), "mode": "token" });
        let session = public(&app, "/auth/verify", link.clone()).await.ok();
        assert_eq!(session["member"]["email"], "ana@acme.example");
        public(&app, "/auth/verify", link).await.refused(401, "authentication_error");
        public(&app, "/auth/magic-link", json!({ "email": "ana@acme.example" })).await.ok();
        app.drain().await;
        let late = token(&relay.taken()[0]);
        app.advance_ms(15 * 60_000);
        public(&app, "/auth/verify", json!({ "token": late, "mode": "token" })).await.refused(401, "authentication_error");
    }

    async fn a_reset_link_sets_a_new_password(app) {
        app.session(Role::Admin, "ana@acme.example", &[]).await;
        let (relay, app) = with_relay(app).await;
        for email in ["ana@acme.example", "nobody@acme.example"] {
            public(&app, "/auth/password/forgot", json!({ "email": email })).await.ok();
        }
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["ana@acme.example"]);
        let token = token(&taken[0]);
        // A link to set a password is none to sign in with.
        public(&app, "/auth/verify", json!({ "token": token, "mode": "token" })).await.refused(401, "authentication_error");
        public(&app, "/auth/password/reset", json!({ "token": token, "password": "a new password" })).await.ok();
        let login = json!({ "email": "ana@acme.example", "password": "a new password", "mode": "token" });
        public(&app, "/auth/login", login).await.ok();
    }

    async fn an_invitation_is_mailed_with_the_link_that_was_shown(app) {
        let brand = app.brand("acme").await;
        let admin = app.session(Role::Admin, "ana@acme.example", &[]).await;
        let (relay, app) = with_relay(app).await;
        let ids = json!([brand.trim_start_matches("/brands/")]);
        let invite = app.call(&admin, "POST", "/members/invite", json!({ "email": "bo@acme.example", "brandIds": ids })).await.created();
        assert!(invite["sentAt"].is_string(), "{invite}");
        app.drain().await;
        let mail = relay.taken().remove(0);
        let shown = |invite: &Value| invite["inviteUrl"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        assert_eq!((mail.to[0].as_str(), token(&mail)), ("bo@acme.example", shown(&invite)));
        let path = format!("/members/{}/resend-invite", invite["id"].as_str().unwrap());
        let again = app.call(&admin, "POST", &path, Value::Null).await.ok();
        app.drain().await;
        let second = token(&relay.taken()[0]);
        assert_eq!(second, shown(&again));
        app.call("", "GET", &format!("/auth/invites/{}", token(&mail)), Value::Null).await.refused(404, "not_found");
        assert_eq!(app.call("", "GET", &format!("/auth/invites/{second}"), Value::Null).await.ok()["email"], "bo@acme.example");
    }
}
