mod brands;
mod create;
mod delete;
mod read;
mod reorder;
mod update;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

/// Defines a text field of tickets.
async fn field(app: &TestApp, brand: &str, key: &str) -> Value {
    let body = json!({ "key": key, "label": key.to_uppercase(), "type": "text" });
    app.post(&format!("{brand}/fields/ticket"), body).await.created()
}
