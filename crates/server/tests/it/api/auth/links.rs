//! What mailed links lead to; that they are mailed is in `mails::account`.

use dispatch_desk::{api_keys::hash, sign_in};
use dispatch_model::event::{Act, Actor};
use dispatch_store::{Lane, mail_tokens::Purpose};
use dispatch_testkit::{PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::login;
use crate::api::auth_works as works;

const EMAIL: &str = "owner@acme.example";

/// Keeps a link with this token, as whoever mails it will.
pub async fn mailed(app: &TestApp, purpose: Purpose, email: &'static str, token: &str) {
    let act = Act::new(Actor::system(), "system", &app.app.seams().clock, &app.app.seams().entropy);
    let hash = hash(token);
    let kept: dispatch_desk::Result<()> = app
        .db
        .write(Lane::Account, "test.link", move |tx| {
            let (act, hash) = (act.clone(), hash.clone());
            Box::pin(async move { sign_in::keep_link(tx, &act, purpose, email, &hash).await })
        })
        .await;
    kept.unwrap();
}

async fn verify(app: &TestApp, token: &str) -> u16 {
    app.call("", "POST", "/auth/verify", json!({ "token": token, "mode": "token" })).await.status.as_u16()
}

async fn reset(app: &TestApp, token: &str) -> u16 {
    let body = json!({ "token": token, "password": "another horse" });
    app.call("", "POST", "/auth/password/reset", body).await.status.as_u16()
}

both! {
    async fn without_a_relay_no_link_is_mailed(app) {
        for email in [EMAIL, "nobody@acme.example"] {
            let answer = app.call("", "POST", "/auth/magic-link", json!({ "email": email })).await;
            assert_eq!(answer.header("retry-after"), "3600");
            answer.refused(503, "unavailable");
            let forgot = app.call("", "POST", "/auth/password/forgot", json!({ "email": email })).await;
            assert_eq!(forgot.ok(), json!({ "success": true }));
        }
        assert_eq!(app.call("", "POST", "/auth/magic-link", json!({ "email": "x" })).await.invalid(), ["email"]);
        assert_eq!(app.call("", "POST", "/auth/password/forgot", Value::Null).await.invalid(), ["email"]);
    }

    async fn a_sign_in_link_works_once_and_for_15_minutes(app) {
        app.owner().await;
        mailed(app, Purpose::SignIn, EMAIL, "one").await;
        mailed(app, Purpose::SignIn, EMAIL, "two").await;
        mailed(app, Purpose::SignIn, "nobody@acme.example", "three").await;
        app.advance_ms(15 * 60_000 - 1);
        let session = app.call("", "POST", "/auth/verify", json!({ "token": "one", "mode": "token" })).await.ok();
        assert!(works(app, session["sessionToken"].as_str().unwrap()).await);
        assert_eq!([verify(app, "one").await, verify(app, "never").await, verify(app, "three").await], [401; 3]);
        app.advance_ms(1);
        assert_eq!(verify(app, "two").await, 401);
    }

    async fn a_reset_link_sets_the_password_once_and_ends_all_sessions(app) {
        let session = app.owner().await;
        mailed(app, Purpose::Reset, EMAIL, "one").await;
        mailed(app, Purpose::Reset, EMAIL, "late").await;
        assert_eq!(verify(app, "one").await, 401, "a link is for one thing");
        app.advance_ms(60 * 60_000 - 1);
        assert_eq!([reset(app, "one").await, reset(app, "one").await, reset(app, "never").await], [200, 401, 401]);
        assert!(!works(app, &session).await);
        login(app, EMAIL, "another horse").await.ok();
        login(app, EMAIL, PASSWORD).await.refused(401, "authentication_error");
        app.advance_ms(1);
        assert_eq!(reset(app, "late").await, 401);
        let body = json!({ "token": "late", "password": "short" });
        assert_eq!(app.call("", "POST", "/auth/password/reset", body).await.invalid(), ["password"]);
    }

    async fn the_worker_removes_links_that_have_expired(app) {
        mailed(app, Purpose::SignIn, EMAIL, "one").await;
        mailed(app, Purpose::Reset, EMAIL, "two").await;
        app.advance_ms(15 * 60_000);
        app.drain().await;
        let ask = "SELECT purpose FROM mail_token";
        let left: dispatch_store::Result<Vec<String>> =
            app.db.read("test.left", move |tx| Box::pin(dispatch_store::inspect::ask(tx, ask))).await;
        assert_eq!(left.unwrap(), ["reset"]);
    }
}
