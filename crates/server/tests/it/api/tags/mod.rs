mod create;
mod delete;
mod merge;
mod of_tickets;
mod stats;
mod update;

use dispatch_model::{BrandId, TagId, TicketId};
use dispatch_store::{self as store, Lane};
use dispatch_testkit::TestApp;
use serde_json::{Value, json};

use super::given::{ask, text};

/// Creates a tag.
async fn tag(app: &TestApp, brand: &str, name: &str) -> Value {
    app.post(&format!("{brand}/tags"), json!({ "name": name })).await.created()
}

/// The path of a tag.
fn path(brand: &str, tag: &Value) -> String {
    format!("{brand}/tags/{}", text(tag, "id"))
}

/// The ids of tags.
fn ids(tags: &[&Value]) -> Vec<TagId> {
    tags.iter().map(|tag| TagId::from(text(tag, "id"))).collect()
}

/// Creates a ticket with these tags.
async fn ticket(app: &TestApp, brand: &str, status: &str, tags: &[&Value]) -> Value {
    let made = app.ticket(brand, json!({ "title": status, "status": status })).await;
    set(app, brand, &made, &[], tags).await;
    made
}

/// Gives a ticket these tags in place of those.
async fn set(app: &TestApp, brand: &str, ticket: &Value, old: &[&Value], new: &[&Value]) {
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let (ticket, old, new) = (TicketId::from(text(ticket, "id")), ids(old), ids(new));
    let done: store::Result<()> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.tags", move |tx| {
            let (brand, ticket, old, new) = (brand.clone(), ticket.clone(), old.clone(), new.clone());
            Box::pin(async move { store::tags::set_for_ticket(tx, &brand, &ticket, &old, &new).await })
        })
        .await;
    done.expect("tags");
}

/// How many tickets each tag has, as `name=tickets/active`.
async fn counts(app: &TestApp, brand: &str) -> Vec<String> {
    let stats = app.get(&format!("{brand}/tags/stats")).await.ok();
    let stats = stats.as_array().expect("a list").iter();
    stats.map(|one| format!("{}={}/{}", text(one, "tagName"), one["count"], one["activeCount"])).collect()
}

/// The tags of each ticket of a brand by number, as the ticket's list has them.
async fn lists(app: &TestApp, brand: &str) -> Vec<Vec<String>> {
    let brand = brand.trim_start_matches("/brands/");
    let lists = ask(app, format!("SELECT tag_ids FROM ticket WHERE brand_id = '{brand}' ORDER BY number")).await;
    lists.iter().map(|list| serde_json::from_str(list).expect("a list")).collect()
}

/// The rows behind the lists of a brand, as `number tag`.
async fn rows(app: &TestApp, brand: &str) -> Vec<String> {
    let brand = brand.trim_start_matches("/brands/");
    ask(
        app,
        format!(
            "SELECT t.number || ' ' || x.tag_id FROM ticket_tag x
            JOIN ticket t ON t.brand_id = x.brand_id AND t.id = x.ticket_id
            WHERE x.brand_id = '{brand}' ORDER BY t.number, x.tag_id"
        ),
    )
    .await
}

/// Whether lists and rows of a brand say the same.
async fn agree(app: &TestApp, brand: &str) -> bool {
    let mut listed: Vec<String> = (1001..)
        .zip(lists(app, brand).await)
        .flat_map(|(number, list)| list.into_iter().map(move |tag| format!("{number} {tag}")))
        .collect();
    listed.sort_unstable();
    let mut rows = rows(app, brand).await;
    rows.sort_unstable();
    listed == rows
}
