//! What ends a stream.

use dispatch_model::member::Role;
use dispatch_testkit::{Stream, TestApp, both};
use serde_json::{Value, json};

use super::{meanwhile, open, open_as, tag};
use crate::api::{given::each, id};

/// Asserts that a stream is open: it hears what happens.
async fn goes_on(app: &TestApp, brand: &str, stream: &mut Stream) {
    let seen = app.events(brand).await.len();
    tag(app, brand, &format!("behind {seen} events")).await;
    assert_eq!(stream.event().await.expect("it goes on")["type"], "tag.created");
}

both! {
    async fn after_an_hour(app) {
        let brand = app.brand("acme").await;
        let mut stream = open(app, &brand, "").await;
        let ping = meanwhile(&mut stream, async {
            app.advance_ms(60 * 60 * 1000 - 1);
            app.tick().await;
        });
        assert_eq!(ping.await.as_deref(), Some(": ping"));
        let end = meanwhile(&mut stream, async {
            app.advance_ms(1);
            app.tick().await;
        });
        assert_eq!(end.await, None);
        assert_eq!(stream.frame().await, None);
    }

    async fn when_the_server_stops(app) {
        let brand = app.brand("acme").await;
        let mut stream = open(app, &brand, "").await;
        let mut behind = app.stream(&app.key, &format!("{brand}/events/stream?after=0"), &[]).await.unwrap();
        assert_eq!(meanwhile(&mut stream, async { app.app.stop() }).await, None);
        assert_eq!(behind.frame().await, None, "also one that has not taken anything yet");
        let refused = app.stream(&app.key, &format!("{brand}/events/stream"), &[]).await.unwrap_err();
        assert_ne!(refused.header("retry-after"), "");
        refused.refused(503, "unavailable");
    }

    async fn when_its_key_is_revoked_and_only_then(app) {
        let brand = app.brand("acme").await;
        let made = app.post("/accounts/me/api-keys", json!({ "name": "K", "allBrands": true })).await.created();
        let mut stream = open_as(app, made["key"].as_str().unwrap(), &brand, "").await;
        let mut other = open(app, &brand, "").await;
        goes_on(app, &brand, &mut stream).await;
        other.event().await.unwrap();
        let revoked = async {
            app.delete(&format!("/accounts/me/api-keys/{}", id(&made))).await.with(204);
        };
        assert_eq!(meanwhile(&mut stream, revoked).await, None);
        goes_on(app, &brand, &mut other).await;
    }

    async fn when_its_key_runs_out(app) {
        let brand = app.brand("acme").await;
        let ends = app.clock.now().plus_ms(20_000).to_string();
        let body = json!({ "name": "K", "allBrands": true, "expiresAt": ends });
        let made = app.post("/accounts/me/api-keys", body).await.created();
        let mut stream = open_as(app, made["key"].as_str().unwrap(), &brand, "types=ticket.*").await;
        let ping = meanwhile(&mut stream, async {
            app.advance_ms(15_000);
            app.tick().await;
        });
        assert_eq!(ping.await.as_deref(), Some(": ping"), "it has five seconds left");
        let end = meanwhile(&mut stream, async {
            app.advance_ms(14_999);
            app.tick().await;
            app.advance_ms(1);
            app.tick().await;
        });
        assert_eq!(end.await, None);
    }

    async fn when_its_key_no_longer_reaches_the_brand(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let made = app.post("/accounts/me/api-keys", json!({ "name": "K", "allBrands": true })).await.created();
        let mut stream = open_as(app, made["key"].as_str().unwrap(), &brand, "").await;
        let mut there = open_as(app, made["key"].as_str().unwrap(), &other, "").await;
        let narrowed = async {
            let scope = json!({ "allBrands": false, "brandIds": [other.trim_start_matches("/brands/")] });
            app.patch(&format!("/accounts/me/api-keys/{}/scope", id(&made)), scope).await.ok();
        };
        assert_eq!(meanwhile(&mut stream, narrowed).await, None);
        goes_on(app, &other, &mut there).await;
    }

    async fn when_its_session_ends_and_not_with_another_one(app) {
        let brand = app.brand("acme").await;
        let (token, same) = (
            app.session(Role::Member, "ana@acme.example", &[]).await,
            app.session(Role::Member, "ana@acme.example", &[]).await,
        );
        let mut stream = open_as(app, &token, &brand, "").await;
        let mut other = open_as(app, &same, &brand, "").await;
        let logout = async {
            app.call(&token, "POST", "/auth/logout", Value::Null).await.ok();
        };
        assert_eq!(meanwhile(&mut stream, logout).await, None);
        goes_on(app, &brand, &mut other).await;
    }

    async fn when_its_member_is_removed_from_the_brand_or_gets_another_role(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let owner = app.owner().await;
        let token = app.session(Role::Member, "ana@acme.example", &[&brand, &other]).await;
        let members = app.get("/members").await.ok();
        let at = each(&members["members"], "email").iter().position(|email| *email == "ana@acme.example").unwrap();
        let member = format!("/members/{}", id(&members["members"][at]));
        let mut stream = open_as(app, &token, &brand, "").await;
        let mut there = open_as(app, &token, &other, "").await;
        let change = async |body: Value| {
            app.call(&owner, "PATCH", &member, body).await.ok();
        };
        let less = json!({ "brandIds": [other.trim_start_matches("/brands/")] });
        assert_eq!(meanwhile(&mut stream, change(less)).await, None);
        goes_on(app, &other, &mut there).await;
        // It comes back and sees what admins see.
        assert_eq!(meanwhile(&mut there, change(json!({ "role": "admin" }))).await, None);
        let mut again = open_as(app, &token, &other, "").await;
        goes_on(app, &other, &mut again).await;
    }

    async fn when_the_brand_is_deleted(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (mut stream, mut there) = (open(app, &brand, "").await, open(app, &other, "").await);
        let deleted = async {
            app.delete(&format!("{brand}?confirm=true")).await.ok();
        };
        assert_eq!(meanwhile(&mut stream, deleted).await, None);
        goes_on(app, &other, &mut there).await;
    }

    async fn when_its_reader_takes_nothing_for_half_a_minute(app) {
        let brand = app.brand("acme").await;
        let (mut idle, mut slow) = (open(app, &brand, "").await, open(app, &brand, "").await);
        let heard = meanwhile(&mut idle, async {
            app.advance_ms(29_999);
            app.tick().await;
            app.advance_ms(1);
            app.tick().await;
        });
        assert_eq!(heard.await.as_deref(), Some(": ping"), "who waits is not slow");
        tag(app, &brand, "a").await;
        idle.event().await.unwrap();
        assert_eq!(slow.frame().await, None, "it took nothing since its first frame");
    }

    /// Eight megabytes, which all streams of a brand share.
    async fn when_its_reader_is_too_many_bytes_behind(app) {
        let brand = app.brand("acme").await;
        let (mut quick, mut slow) = (open(app, &brand, "").await, open(app, &brand, "").await);
        tag(app, &brand, "both are there").await;
        assert_eq!(quick.event().await, slow.event().await);
        let large = "x".repeat(60_000);
        let body = json!({ "title": "T", "metadata": { "a": large }, "sourceData": { "a": large } });
        let mut bytes = 0;
        while bytes < 9 * 1024 * 1024 {
            app.ticket(&brand, body.clone()).await;
            bytes += quick.event().await.expect("who reads is not cut off").to_string().len();
        }
        assert_eq!(slow.frame().await, None);
    }
}
