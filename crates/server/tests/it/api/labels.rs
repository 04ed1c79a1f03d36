//! Categories, tags, companies and their customers, made past the API; what a member does, without a session.

use dispatch_model::{
    BrandId, CompanyId,
    event::{Act, Actor, ActorType},
    text::Reference,
    ticket::TicketPatch,
};
use dispatch_store::{Lane, Result, inspect};
use dispatch_testkit::TestApp;
use serde_json::{Value, json};

/// Runs a statement that changes rows.
pub async fn execute(app: &TestApp, sql: &str) {
    let sql = sql.to_owned();
    let done: Result<()> = app
        .db
        .write(Lane::Account, "test.execute", move |tx| {
            let sql = sql.clone();
            Box::pin(async move { inspect::execute(tx, &sql).await })
        })
        .await;
    done.expect("a statement");
}

/// The first column of a query, which must be text.
pub async fn ask(app: &TestApp, sql: &str) -> Vec<String> {
    let sql = sql.to_owned();
    let found: Result<Vec<String>> = app
        .db
        .read("test.ask", move |tx| {
            let sql = sql.clone();
            Box::pin(async move { inspect::ask(tx, &sql).await })
        })
        .await;
    found.expect("an answer")
}

fn act(app: &TestApp, actor: Actor) -> Act {
    let seams = app.app.seams();
    Act::new(actor, "dashboard", &seams.clock, &seams.entropy)
}

fn new_id(app: &TestApp, prefix: &str) -> String {
    let id: CompanyId = act(app, Actor::system()).mint.id();
    format!("{prefix}_{}", id.as_str().rsplit('_').next().expect("an id"))
}

fn brand_id(brand: &str) -> &str {
    brand.trim_start_matches("/brands/")
}

/// A text as a literal.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Inserts a row with the name; its id.
async fn named(app: &TestApp, brand: &str, table: &str, name: &str, more: &[(&str, String)]) -> String {
    let id = new_id(app, &table[..3]).replace("com_", "co_");
    let (names, values): (Vec<&str>, Vec<String>) = more.iter().map(|(name, value)| (*name, value.clone())).unzip();
    execute(
        app,
        &format!(
            "INSERT INTO {table} (brand_id, id, name, name_key, created_at, updated_at, {})
            VALUES ('{}', '{id}', {}, {}, 0, 0, {})",
            names.join(", "),
            brand_id(brand),
            quoted(name),
            quoted(&name.to_lowercase()),
            values.join(", ")
        ),
    )
    .await;
    id
}

/// A category with this name, in lower case its key; its id.
pub async fn category(app: &TestApp, brand: &str, name: &str) -> String {
    let more = [("key", quoted(&name.to_lowercase())), ("color", quoted("#6b7280")), ("sort_order", "0".to_owned())];
    named(app, brand, "category", name, &more).await
}

/// A tag with this name; its id.
pub async fn tag(app: &TestApp, brand: &str, name: &str) -> String {
    named(app, brand, "tag", name, &[("color", quoted("#6b7280"))]).await
}

/// A company with these settings; its id.
pub async fn company(app: &TestApp, brand: &str, name: &str, settings: &Value) -> String {
    let more = [("metadata", quoted("{}")), ("settings", quoted(&settings.to_string()))];
    named(app, brand, "company", name, &more).await
}

/// A customer with this address who belongs to a company; their id.
pub async fn customer_of(app: &TestApp, brand: &str, email: &str, company: &str) -> String {
    let made = app.post(&format!("{brand}/customers"), json!({ "email": email })).await.created();
    let id = made["id"].as_str().expect("an id").to_owned();
    execute(app, &format!("UPDATE customer SET company_id = '{company}' WHERE id = '{id}'")).await;
    id
}

/// Removes a row of one of these tables.
pub async fn remove(app: &TestApp, table: &str, id: &str) {
    execute(app, &format!("DELETE FROM {table} WHERE id = '{id}'")).await;
}

/// Changes the status of a ticket as the member with this id.
pub async fn set_status_as(app: &TestApp, member: &str, brand: &str, ticket: &Value, status: &str) {
    let actor =
        Actor { kind: ActorType::User, id: Some(member.to_owned()), name: None, email: None, api_key_prefix: None };
    let (act, brand) = (act(app, actor), BrandId::from(brand_id(brand)));
    let id = ticket["id"].as_str().expect("an id").to_owned();
    let status = Reference::new(status).expect("a status");
    let patch = TicketPatch { status: Some(status), ..TicketPatch::nothing() };
    let done: dispatch_desk::Result<()> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.status", move |tx| {
            let (act, brand, id, patch) = (act.clone(), brand.clone(), id.clone(), patch.clone());
            Box::pin(
                async move { dispatch_desk::tickets::update(tx, &act, &brand, &id, &patch, "user").await.map(|_| ()) },
            )
        })
        .await;
    done.expect("a change");
}
