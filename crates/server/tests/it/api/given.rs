//! What tests begin with, and short ways to look at answers.

use axum::{body::Body, http::Request};
use dispatch_desk::members;
use dispatch_model::{
    BrandId,
    event::{Act, Actor},
    member::{NewMember, Role},
    text::Email,
};
use dispatch_store::{Dialect, Lane, inspect};
use dispatch_testkit::{Answer, TestApp};
use serde_json::{Value, json};

/// A text of an object.
#[track_caller]
pub fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().expect(field)
}

/// The path of a ticket.
pub fn path(brand: &str, ticket: &Value) -> String {
    format!("{brand}/tickets/{}", text(ticket, "id"))
}

/// One field of every item.
pub fn each<'v>(items: &'v Value, field: &str) -> Vec<&'v str> {
    items.as_array().expect("a list").iter().map(|item| text(item, field)).collect()
}

/// The types of events.
pub fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| text(event, "type")).collect()
}

/// A member who reaches the brands with these paths, or every brand when there are none.
pub async fn member(app: &TestApp, email: &str, name: &str, brands: &[&str]) -> String {
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let new = NewMember {
        email: Email::new(email).expect("an address"),
        name: name.to_owned(),
        role: Role::Member,
        all_brands: brands.is_empty(),
        brand_ids: brands.iter().map(|path| BrandId::from(path.trim_start_matches("/brands/"))).collect(),
    };
    let made: dispatch_desk::Result<dispatch_model::MemberId> = app
        .db
        .write(Lane::Account, "test.member", move |tx| {
            let (act, new) = (act.clone(), new.clone());
            Box::pin(async move { members::create(tx, &act, &new).await })
        })
        .await;
    made.expect("a member").0
}

/// Runs any statement as a write of its own, for what no route can bring about.
pub async fn execute(app: &TestApp, statement: String) {
    let done: dispatch_store::Result<()> = app
        .db
        .write(Lane::Account, "test.execute", move |tx| {
            let statement = statement.clone();
            Box::pin(async move { inspect::execute(tx, &statement).await })
        })
        .await;
    done.expect("a statement that can be carried out");
}

/// The first column of what a statement answers, which must be text.
pub async fn ask(app: &TestApp, statement: String) -> Vec<String> {
    let found: dispatch_store::Result<Vec<String>> = app
        .db
        .read("test.ask", move |tx| {
            let statement = statement.clone();
            Box::pin(async move { inspect::ask(tx, &statement).await })
        })
        .await;
    found.expect("rows")
}

/// Every text in every table, as `table.column: text`.
pub async fn every_text(app: &TestApp) -> Vec<String> {
    let columns = match app.db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search_word%' AND c.type = 'TEXT'"
        }
        Dialect::Postgres => {
            "SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND data_type IN ('text', 'tsvector')"
        }
    };
    let mut all = Vec::new();
    for column in ask(app, columns.to_owned()).await {
        let (table, name) = column.split_once('.').expect("table and column");
        let texts = format!("SELECT CAST({name} AS text) FROM {table} WHERE {name} IS NOT NULL");
        all.extend(ask(app, texts).await.into_iter().map(|text| format!("{column}: {text}")));
    }
    // The bodies of events are packed.
    for brand in app.get("/brands").await.ok().as_array().expect("brands") {
        let events = app.events(&format!("/brands/{}", super::id(brand))).await;
        all.extend(events.into_iter().map(|event| format!("event.body: {event}")));
    }
    all
}

/// Where a word stands.
pub async fn places(app: &TestApp, word: &str) -> Vec<String> {
    every_text(app).await.into_iter().filter(|text| text.to_lowercase().contains(word)).collect()
}

/// Does one step of what is being rewritten in a brand, as a worker does that is ended behind it.
pub async fn rewrite_step(app: &TestApp, brand: &str) -> bool {
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let done: dispatch_desk::Result<bool> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.step", move |tx| {
            let (act, brand) = (act.clone(), brand.clone());
            Box::pin(async move { dispatch_desk::rewrites::step(tx, &act, &brand).await })
        })
        .await;
    done.expect("a step")
}

/// A custom status.
pub async fn status(app: &TestApp, brand: &str, key: &str, active: bool) -> Value {
    let body = json!({ "name": key.to_uppercase(), "key": key, "isActive": active });
    app.post(&format!("{brand}/statuses"), body).await.created()
}

/// The events behind the first `seen` ones.
pub async fn events_after(app: &TestApp, brand: &str, seen: i64) -> Vec<Value> {
    let mut events = app.events(brand).await;
    events.drain(..usize::try_from(seen).expect("a count").min(events.len()));
    events
}

/// Where the brand's log ends.
pub async fn position(app: &TestApp, brand: &str) -> i64 {
    let page = app.get(&format!("{brand}/events?after=now")).await.ok();
    text(&page, "position").parse().expect("a number")
}

/// Sends these bytes as the body.
pub async fn send_bytes(app: &TestApp, method: &str, path: &str, bytes: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/v1{path}"))
        .header("authorization", format!("Bearer {}", app.key))
        .header("content-type", "application/json");
    app.send(request.body(bytes.into()).expect("a request")).await
}
