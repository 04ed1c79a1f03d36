//! Route, credential, rate limit, scope, role, media type and size, idempotency, validation, state (API 1.5): a request
//! that is wrong in every way is told the first one; when that is put right, the next.

use axum::{body::Body, http::Request};
use dispatch_http::{HttpSettings, Limits, Rate};
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::{Value, json};

use crate::api::key_for;

/// A request to create a status.
#[derive(Clone)]
struct Wrong<'a> {
    path: String,
    key: &'a str,
    kind: &'a str,
    idempotency: &'a str,
    body: String,
}

impl Wrong<'_> {
    async fn send(&self, app: &TestApp) -> Answer {
        let request = Request::post(format!("/v1{}", self.path))
            .header("authorization", format!("Bearer {}", self.key))
            .header("content-type", self.kind)
            .header("idempotency-key", self.idempotency);
        app.send(request.body(Body::from(self.body.clone())).unwrap()).await
    }
}

both! {
    async fn the_first_thing_that_is_wrong_is_told(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let [foreign, reader, full] =
            [key_for(app, &other, "full").await, key_for(app, &acme, "read").await, key_for(app, &acme, "full").await];
        let rate = Rate { capacity: 1, per_second: 1.0 };
        let limited = app.with_settings(HttpSettings {
            limits: Some(Limits { caller: rate, public: Rate { capacity: 100, ..rate }, portal: rate, sign_in: rate }),
            ..HttpSettings::default()
        });
        limited.call(&foreign, "GET", "/brands", Value::Null).await.ok();
        let statuses = format!("{acme}/statuses");
        let used = json!({ "name": "Used", "key": "used" }).to_string();
        let first =
            Wrong { path: statuses.clone(), key: &full, kind: "application/json", idempotency: "used", body: used };
        first.send(app).await.created();

        let mut wrong = Wrong {
            path: "/nowhere".to_owned(),
            key: "sk_live_wrong",
            kind: "text/plain",
            idempotency: "",
            body: "x".repeat(4 * 1024 * 1024 + 1),
        };
        wrong.send(&limited).await.refused(404, "not_found"); // route
        wrong.path.clone_from(&statuses);
        wrong.send(&limited).await.refused(401, "authentication_error");
        wrong.key = &foreign;
        wrong.send(&limited).await.refused(429, "rate_limit_error");
        wrong.send(app).await.refused(404, "not_found"); // scope
        wrong.key = &reader;
        wrong.send(app).await.refused(403, "forbidden");
        wrong.key = &full;
        let answer = wrong.send(app).await.status.as_u16();
        assert!([413, 415].contains(&answer), "media type and size are one step: {answer}");
        wrong.kind = "application/json";
        wrong.send(app).await.refused(413, "payload_too_large");
        wrong.kind = "text/plain";
        wrong.body = json!({ "name": "", "key": "open" }).to_string();
        wrong.send(app).await.refused(415, "unsupported_media_type");
        wrong.kind = "application/json";
        assert_eq!(wrong.send(app).await.invalid(), ["Idempotency-Key"]);
        wrong.idempotency = "used";
        wrong.send(app).await.refused(409, "idempotency_mismatch");
        wrong.idempotency = "fresh";
        assert_eq!(wrong.send(app).await.invalid(), ["name"]);
        wrong.body = json!({ "name": "Open", "key": "open" }).to_string();
        wrong.send(app).await.refused(409, "conflict"); // state
        wrong.body = json!({ "name": "Open", "key": "other" }).to_string();
        wrong.send(app).await.created();
    }

    /// A thing inside the brand belongs to the scope: it is missed before role, media type and body are looked at.
    async fn a_missing_thing_comes_before_the_role(app) {
        let brand = app.brand("acme").await;
        let reader = key_for(app, &brand, "read").await;
        for path in ["statuses/nothing", "customers/cus_x", "tickets/DT-9", "tickets/DT-9/comments/cmt_x"] {
            let path = format!("{brand}/{path}");
            app.call(&reader, "PATCH", &path, json!({ "name": 1 })).await.refused(404, "not_found");
        }
        app.call(&reader, "PATCH", &format!("{brand}/statuses/open"), json!({ "name": 1 }))
            .await
            .refused(403, "forbidden");
    }
}
