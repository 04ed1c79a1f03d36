//! What help desks fell to, tried as an attacker would (`docs/threat-model.md`). What holds for every route by itself is under
//! `conventions/` and `bad_input/`; here is what leads across several.

mod bombs;
mod cursors;
mod forms;
mod hosts;
mod injection;
mod same_work;
mod sessions;
mod threat_model;

use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp};

/// The address of the owner.
const EMAIL: &str = "owner@acme.example";

/// A request below `/v1` with exactly these headers and these bytes.
async fn exactly(
    app: &TestApp,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Vec<u8>>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(format!("/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::from(body.into())).expect("a request")).await
}
