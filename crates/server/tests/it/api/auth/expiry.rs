//! A session ends after 12 hours without a request, or after 30 days (API 3.1).

use dispatch_model::limits::{SESSION_IDLE_MS, SESSION_MS};
use dispatch_testkit::{TestApp, both, until};
use serde_json::Value;

use crate::api::auth_works as works;

/// When the session is noted to end, in milliseconds since 1970.
async fn ends(app: &TestApp) -> i64 {
    let found: dispatch_store::Result<Vec<String>> = app
        .db
        .read("test.ends", |tx| {
            Box::pin(dispatch_store::inspect::ask(tx, "SELECT CAST(expires_at AS text) FROM session"))
        })
        .await;
    found.unwrap()[0].parse().unwrap()
}

both! {
    async fn twelve_hours_without_a_request_end_it(app) {
        let token = app.owner().await;
        app.advance_ms(SESSION_IDLE_MS);
        assert!(!works(app, &token).await);
    }

    async fn a_request_puts_the_end_off(app) {
        let token = app.owner().await;
        let before = ends(app).await;
        app.advance_ms(SESSION_IDLE_MS - 1);
        let session = app.call(&token, "GET", "/auth/session", Value::Null).await.ok();
        until("the use is noted", async || ends(app).await > before).await;
        assert_eq!(session["expiresAt"], app.call(&token, "GET", "/auth/session", Value::Null).await.ok()["expiresAt"]);
        app.advance_ms(SESSION_IDLE_MS - 1);
        assert!(works(app, &token).await);
    }

    async fn thirty_days_end_it_however_much_it_is_used(app) {
        let token = app.owner().await;
        let first = ends(app).await - SESSION_IDLE_MS;
        let step = SESSION_IDLE_MS / 2;
        for used in 1..SESSION_MS / step {
            app.advance_ms(step);
            assert!(works(app, &token).await, "after {used} steps");
            let end = (first + used * step + SESSION_IDLE_MS).min(first + SESSION_MS);
            until("the use is noted", async || ends(app).await == end).await;
        }
        app.advance_ms(step - 1);
        assert!(works(app, &token).await);
        app.advance_ms(1);
        assert!(!works(app, &token).await);
    }

    async fn a_use_is_noted_once_a_minute_and_with_it_the_member_was_seen(app) {
        let token = app.owner().await;
        let before = ends(app).await;
        app.advance_ms(59_999);
        let seen = app.call(&token, "GET", "/members", Value::Null).await.ok()["members"][0]["lastSeenAt"].clone();
        app.advance_ms(1);
        assert!(works(app, &token).await);
        until("the use is noted", async || ends(app).await == before + 60_000).await;
        let members = app.call(&token, "GET", "/members", Value::Null).await.ok();
        assert_eq!((seen.as_str(), members["members"][0]["lastSeenAt"].as_str()),
            (Some("2026-01-02T03:04:05.678Z"), Some("2026-01-02T03:05:05.678Z")));
    }

    async fn the_worker_removes_sessions_that_have_ended(app) {
        let old = app.owner().await;
        app.advance_ms(SESSION_IDLE_MS - 1);
        let new = app.owner().await;
        app.advance_ms(1);
        app.drain().await;
        let left: dispatch_store::Result<Vec<String>> = app
            .db
            .read("test.left", |tx| Box::pin(dispatch_store::inspect::ask(tx, "SELECT id FROM session")))
            .await;
        assert_eq!(left.unwrap().len(), 1);
        assert!(!works(app, &old).await && works(app, &new).await);
    }
}
