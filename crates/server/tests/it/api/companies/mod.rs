mod create;
mod delete;
mod domain;
mod list;
mod parallel;
mod settings;
mod update;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

use super::id;

/// A company in the brand with this path.
async fn company(app: &TestApp, brand: &str, body: Value) -> Value {
    app.post(&format!("{brand}/companies"), body).await.created()
}

/// A customer with this address.
async fn customer(app: &TestApp, brand: &str, email: &str) -> Value {
    app.post(&format!("{brand}/customers"), json!({ "email": email })).await.created()
}

/// What a company's own route says of its customers and their tickets.
async fn counts(app: &TestApp, brand: &str, company: &Value) -> (Value, Value) {
    let shown = app.get(&format!("{brand}/companies/{}", id(company))).await.ok();
    (shown["customerCount"].clone(), shown["ticketCount"].clone())
}

/// The addresses of a company's customers, by address.
async fn emails(app: &TestApp, brand: &str, company: &Value) -> Vec<String> {
    let path = format!("{brand}/customers?companyId={}&sort=email&order=asc", id(company));
    let page = app.get(&path).await.ok();
    super::each(&page["data"], "email").into_iter().map(str::to_owned).collect()
}

/// The company that a customer shows, after its two fields were compared.
async fn company_of(app: &TestApp, brand: &str, customer: &Value) -> Value {
    let shown = app.get(&format!("{brand}/customers/{}", id(customer))).await.ok();
    let list = app.get(&format!("{brand}/customers?email={}", shown["email"].as_str().unwrap())).await.ok();
    assert_eq!(list["data"][0], shown, "the list and the route say the same");
    assert_eq!(shown["company"].get("id").cloned().unwrap_or_default(), shown["companyId"]);
    shown["companyId"].clone()
}
