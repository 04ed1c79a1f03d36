use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::{Value, json};

use crate::api::members;

/// GET /brands with these headers.
async fn with(app: &TestApp, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get("/v1/brands");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

both! {
    async fn a_bad_credential_is_answered_with_401_and_the_way_to_do_better(app) {
        let (key, longer, shorter) = (&app.key, format!("{}x", app.key), &app.key[..app.key.len() - 1]);
        let upper = key.to_uppercase();
        for credential in [
            "",
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer sk_live_",
            key,
            &format!("Basic {key}"),
            &format!("Token {key}"),
            &format!("Bearer {longer}"),
            &format!("Bearer {shorter}"),
            &format!("Bearer {upper}"),
            &format!("Bearer {key},"),
            &format!("Bearer Bearer {key}"),
            &format!("Bearer sk_live_{key}"),
            // Kinds that this route does not take: inbound, portal and session tokens, ids.
            "Bearer itk_01kdyak43d7trmct2jayyxcg7v",
            "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
            "Bearer key_01kdyak43d7trmct2jayyxcg7v",
        ] {
            let answer = with(app, &[("authorization", credential)]).await;
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{credential}");
            assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
            let body = answer.with(401);
            assert_eq!(members(&body), ["code", "message", "requestId"], "{credential}");
            assert_eq!(body["code"], "authentication_error");
        }
    }

    async fn a_key_counts_only_in_the_authorization_header(app) {
        with(app, &[("cookie", &format!("dispatch_session={}", app.key))]).await.refused(401, "authentication_error");
        with(app, &[("x-api-key", &app.key)]).await.refused(401, "authentication_error");
        app.call("", "GET", &format!("/accounts/me?key={}", app.key), Value::Null)
            .await
            .refused(401, "authentication_error");
    }

    async fn the_name_of_the_scheme_is_read_in_any_case(app) {
        for scheme in ["Bearer", "bearer", "BEARER"] {
            with(app, &[("authorization", &format!("{scheme} {}", app.key))]).await.ok();
        }
    }

    async fn an_unknown_key_and_a_revoked_one_look_the_same(app) {
        let made = app.post("/accounts/me/api-keys", json!({ "name": "x", "allBrands": true })).await.created();
        let key = made["key"].as_str().unwrap();
        app.delete(&format!("/accounts/me/api-keys/{}", made["id"].as_str().unwrap())).await;
        let mut bodies = Vec::new();
        for credential in [key, "sk_live_00000000000000000000000000000000"] {
            let mut body = app.call(credential, "GET", "/brands", Value::Null).await.with(401);
            body["requestId"] = Value::Null;
            bodies.push(body);
        }
        assert_eq!(bodies[0], bodies[1]);
    }
}
