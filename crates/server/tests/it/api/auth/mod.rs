//! Signing in and sessions (API 3.1), and the profile of whoever is signed in (3.3).

mod accounts;
mod change_password;
mod csrf;
mod expiry;
pub mod invites;
pub mod links;
mod login;
mod logout;
mod ownership;
mod profile;
mod rate_limits;
mod secrecy;
pub mod setup;
pub mod totp;

use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp};
use serde_json::{Value, json};

/// Signs in for a bearer token: the reply of a sign-in that works.
async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password, "mode": "token" });
    app.call("", "POST", "/auth/login", body).await
}

/// A session as a browser holds it: `dispatch_session=...`, and its CSRF token.
async fn browser(app: &TestApp, email: &str) -> (String, String) {
    let body = json!({ "email": email, "password": dispatch_testkit::PASSWORD });
    let answer = app.call("", "POST", "/auth/login", body).await;
    let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let csrf = answer.ok()["csrfToken"].as_str().expect("a token").to_owned();
    (cookie, csrf)
}

/// A request with these headers and no credential but them.
async fn with(app: &TestApp, method: &str, path: &str, body: Value, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(format!("/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    app.send(request.body(body).expect("a request")).await
}
