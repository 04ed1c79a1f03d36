use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::{Value, json};

use super::world::{World, send_raw};

/// Replies of every kind, with the status that each has.
async fn replies(app: &TestApp) -> Vec<(u16, Answer)> {
    let world = World::new(app, "acme").await;
    let key = app.post("/accounts/me/api-keys", json!({ "name": "x", "allBrands": true })).await.created();
    let key = format!("/accounts/me/api-keys/{}", key["id"].as_str().unwrap());
    let outside = Request::get("/nothing").body(Body::empty()).unwrap();
    vec![
        (200, app.get(&world.path()).await),
        (200, app.call("", "GET", "/health", Value::Null).await),
        (201, app.post(&format!("{}/tickets", world.path()), json!({ "title": "x" })).await),
        (204, app.delete(&key).await),
        (400, app.post("/brands", json!({})).await),
        (400, send_raw(app, &app.key, ("POST", "/brands"), None, "{").await),
        (401, app.call("", "GET", "/brands", Value::Null).await),
        (
            403,
            app.call(&crate::api::key_for(app, &world.path(), "read").await, "PATCH", &world.path(), json!({})).await,
        ),
        (404, app.get("/brands/br_unknown").await),
        (404, app.get("/nothing").await),
        (404, app.send(outside).await),
        (404, app.put("/brands", json!({})).await),
        (409, app.post("/brands", json!({ "name": "x", "slug": "acme" })).await),
        (413, send_raw(app, &app.key, ("POST", "/brands"), None, " ".repeat(4 * 1024 * 1024 + 1)).await),
        (415, send_raw(app, &app.key, ("POST", "/brands"), Some("text/plain"), "x").await),
    ]
}

both! {
    async fn every_reply_has_a_request_id_and_the_headers_for_browsers(app) {
        for (status, answer) in replies(app).await {
            assert_eq!(answer.status, status, "{}", answer.text);
            let id = answer.header("x-request-id").to_owned();
            assert!(id.starts_with("req_") && id.len() == 30, "{status} {id}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("referrer-policy"), "no-referrer");
            assert_eq!(answer.header("cache-control"), "no-store");
            let kind = if status == 204 { "" } else { "application/json; charset=utf-8" };
            assert_eq!(answer.header("content-type"), kind, "{status}");
            if status >= 400 {
                assert_eq!(answer.json()["requestId"], id);
            }
        }
    }

    async fn request_ids_are_the_servers_own_and_never_the_same(app) {
        let headers = [("x-request-id", "req_mine")];
        let mut ids = Vec::new();
        for _ in 0..3 {
            let answer = app.call_with(&app.key, "GET", "/brands", Value::Null, &headers).await;
            ids.push(answer.header("x-request-id").to_owned());
        }
        ids.push("req_mine".to_owned());
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 4);
    }

    async fn times_are_utc_with_milliseconds(app) {
        app.advance_ms(322); // to a whole second
        let brand = app.post("/brands", json!({ "name": "Acme" })).await.created();
        assert_eq!(brand["createdAt"], "2026-01-02T03:04:06.000Z");
    }
}
