mod create;
mod delete;
mod read;
mod reorder;
mod replaced;
mod stats;
mod update;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

/// Creates a custom status.
async fn custom(app: &TestApp, brand: &str, key: &str) -> Value {
    app.post(&format!("{brand}/statuses"), json!({ "name": key, "key": key })).await.created()
}

/// The keys of a brand's statuses in display order.
async fn order(app: &TestApp, brand: &str) -> Vec<String> {
    let statuses = app.get(&format!("{brand}/statuses")).await.ok();
    super::each(&statuses, "key").into_iter().map(str::to_owned).collect()
}

/// How many tickets each status has, as `key=count` for those that have any.
async fn counts(app: &TestApp, brand: &str) -> Vec<String> {
    let stats = app.get(&format!("{brand}/statuses/stats")).await.ok();
    let stats = stats.as_array().expect("a list").iter().filter(|one| one["count"] != 0);
    stats.map(|one| format!("{}={}", one["statusKey"].as_str().expect("a key"), one["count"])).collect()
}

/// The numbers of the tickets that a status filter shows, smallest first.
async fn shown(app: &TestApp, brand: &str, filter: &str) -> Vec<i64> {
    let page = app.get(&format!("{brand}/tickets?status={filter}")).await.ok();
    let mut numbers: Vec<i64> = page["data"]
        .as_array()
        .expect("a page")
        .iter()
        .map(|ticket| ticket["number"].as_i64().expect("a number"))
        .collect();
    numbers.sort_unstable();
    numbers
}
