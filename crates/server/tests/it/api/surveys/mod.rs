//! `/brands/{brandId}/tickets/{ticketId}/survey` and `.../feedback`: what is asked, and when it no longer is.

mod answer;
mod ask;
mod cancel;
mod page;
mod start;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

use super::{
    each,
    given::{self, path},
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A brand that asks the customers of resolved tickets.
async fn asking(app: &TestApp) -> String {
    let brand = app.brand("acme").await;
    app.patch(&brand, json!({ "csatEnabled": true, "csatDelayMinutes": 30 })).await.ok();
    brand
}

/// The path of a new ticket with a customer.
async fn ticket(app: &TestApp, brand: &str) -> String {
    path(brand, &app.ticket(brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await)
}

/// The path of a new ticket that was resolved.
async fn resolved(app: &TestApp, brand: &str) -> String {
    let ticket = ticket(app, brand).await;
    app.patch(&ticket, json!({ "status": "resolved" })).await.ok();
    ticket
}

/// The states of a ticket's surveys, newest first.
async fn states(app: &TestApp, ticket: &str) -> Vec<String> {
    let surveys = app.get(&format!("{ticket}/feedback")).await.ok();
    each(&surveys, "state").into_iter().map(str::to_owned).collect()
}

/// The only survey of a ticket.
async fn only(app: &TestApp, ticket: &str) -> Value {
    let surveys = app.get(&format!("{ticket}/feedback")).await.ok();
    assert_eq!(surveys.as_array().expect("a list").len(), 1, "{surveys}");
    surveys[0].clone()
}
