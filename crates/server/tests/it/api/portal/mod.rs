//! The customer portal (API 22).

mod files;
mod isolation;
mod link;
mod pages;
mod session;
mod tickets;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// A token of the customer with this address, as a server of the brand asks for it.
pub async fn token(app: &TestApp, brand: &str, email: &str) -> String {
    let session = app.post(&format!("{brand}/portal/token"), json!({ "email": email })).await.created();
    session["token"].as_str().expect("a token").to_owned()
}

/// GET as a customer.
async fn get(app: &TestApp, token: &str, path: &str) -> dispatch_testkit::Answer {
    app.call(token, "GET", &format!("/portal{path}"), Value::Null).await
}

/// POST as a customer.
async fn post(app: &TestApp, token: &str, path: &str, body: Value) -> dispatch_testkit::Answer {
    app.call(token, "POST", &format!("/portal{path}"), body).await
}
