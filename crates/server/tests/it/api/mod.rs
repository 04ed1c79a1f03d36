//! The tests of the API; the tree mirrors the URLs. What holds for every route is under `conventions/`.

mod accounts;
mod activity;
mod api_keys;
mod attachments;
mod attacks;
mod auth;
mod automations;
mod bad_input;
mod brands;
mod categories;
mod comments;
mod companies;
mod connections;
mod conventions;
mod customers;
mod events;
mod fields;
mod given;
mod idempotency;
mod labels;
mod logs;
mod mail;
mod mails;
mod members;
mod operations;
mod overdue;
mod portal;
mod queue;
mod retention;
mod statuses;
mod surveys;
mod tags;
mod tickets;
mod watchers;
mod webhooks;

use dispatch_testkit::TestApp;
use given::each;
use serde_json::{Value, json};

/// The id of a thing in a reply.
fn id(thing: &Value) -> &str {
    thing["id"].as_str().expect("an id")
}

/// The names of the members of an object.
fn members(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// The types of a brand's events, oldest first.
async fn event_types(app: &TestApp, brand: &str) -> Vec<String> {
    app.events(brand).await.iter().map(|event| event["type"].as_str().expect("a type").to_owned()).collect()
}

/// The last event of a brand.
async fn last_event(app: &TestApp, brand: &str) -> Value {
    app.events(brand).await.pop().expect("an event")
}

/// The text of an API key for this brand alone.
async fn key_for(app: &TestApp, brand: &str, permissions: &str) -> String {
    let brand = brand.trim_start_matches("/brands/");
    app.new_key(json!({ "name": permissions, "brandIds": [brand], "permissions": permissions })).await
}

/// The events of a brand of this type, oldest first.
async fn events_of(app: &TestApp, brand: &str, kind: &str) -> Vec<Value> {
    app.events(brand).await.into_iter().filter(|event| event["type"] == kind).collect()
}

/// Whether a session token still works.
async fn auth_works(app: &TestApp, token: &str) -> bool {
    app.call(token, "GET", "/auth/session", Value::Null).await.status == 200
}
