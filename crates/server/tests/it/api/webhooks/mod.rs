//! `/brands/{brandId}/webhooks`, and what is delivered.

mod attempts;
mod create;
mod deliver;
mod disable;
pub mod guard;
mod list;
mod replay;
mod rotate;
mod share;
mod test;
mod update;

use dispatch_testkit::{Receiver, TestApp};
use serde_json::{Value, json};

use super::id;

/// A secret that tests give.
const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// The path of a new webhook with [`SECRET`] that tells this receiver of these events.
async fn webhook(app: &TestApp, brand: &str, receiver: &Receiver, events: &[&str]) -> String {
    let new = json!({ "url": receiver.url, "events": events, "secret": SECRET });
    let made = app.post(&format!("{brand}/webhooks"), new).await.created();
    format!("{brand}/webhooks/{}", id(&made))
}

/// A new ticket with this title.
async fn ticket(app: &TestApp, brand: &str, title: &str) -> Value {
    app.ticket(brand, json!({ "title": title, "customerEmail": "jane@example.com" })).await
}

/// The deliveries of a webhook, newest first.
async fn deliveries(app: &TestApp, webhook: &str) -> Vec<Value> {
    app.get(&format!("{webhook}/deliveries")).await.ok().as_array().expect("deliveries").clone()
}

/// The only delivery of a webhook, with its attempts.
async fn only_delivery(app: &TestApp, webhook: &str) -> Value {
    let all = deliveries(app, webhook).await;
    assert_eq!(all.len(), 1, "{all:?}");
    app.get(&format!("{webhook}/deliveries/{}", id(&all[0]))).await.ok()
}
