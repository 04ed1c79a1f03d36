mod create;
mod delete;
mod read;
mod reorder;
mod stats;
mod update;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

use super::given::{execute, text};

/// Creates a category.
async fn category(app: &TestApp, brand: &str, name: &str) -> Value {
    app.post(&format!("{brand}/categories"), json!({ "name": name })).await.created()
}

/// The path of a category.
fn path(brand: &str, category: &Value) -> String {
    format!("{brand}/categories/{}", text(category, "id"))
}

/// Creates tickets in a category: of each, its status.
async fn tickets(app: &TestApp, brand: &str, category: &Value, statuses: &[&str]) {
    for status in statuses {
        let ticket = app.ticket(brand, json!({ "title": status, "status": status })).await;
        put(app, &ticket, category).await;
    }
}

/// Puts a ticket into a category.
async fn put(app: &TestApp, ticket: &Value, category: &Value) {
    let (ticket, category) = (text(ticket, "id"), text(category, "id"));
    execute(app, format!("UPDATE ticket SET category_id = '{category}' WHERE id = '{ticket}'")).await;
}

/// How many tickets each category has, as `key=tickets/active`, by key.
async fn counts(app: &TestApp, brand: &str) -> Vec<String> {
    let stats = app.get(&format!("{brand}/categories/stats")).await.ok();
    let mut all: Vec<String> = stats
        .as_object()
        .expect("an object")
        .values()
        .map(|one| format!("{}={}/{}", text(one, "key"), one["ticketCount"], one["activeCount"]))
        .collect();
    all.sort_unstable();
    all
}

/// The keys of a brand's categories in display order.
async fn order(app: &TestApp, brand: &str) -> Vec<String> {
    let categories = app.get(&format!("{brand}/categories")).await.ok();
    super::each(&categories, "key").into_iter().map(str::to_owned).collect()
}
