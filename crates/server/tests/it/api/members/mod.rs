//! Members and invitations (API 3.2).

mod invite;
mod list;
mod remove;
mod update;

use dispatch_testkit::TestApp;
use serde_json::Value;

/// Types in the account's log, oldest first.
pub async fn log(app: &TestApp) -> Vec<String> {
    let ask = "SELECT type FROM account_event ORDER BY sequence";
    let found: dispatch_store::Result<Vec<String>> =
        app.db.read("test.log", move |tx| Box::pin(dispatch_store::inspect::ask(tx, ask))).await;
    found.expect("the log")
}

/// The emails of the members, and of the invitations, that this credential sees.
async fn seen(app: &TestApp, credential: &str, query: &str) -> [Vec<String>; 2] {
    let people = app.call(credential, "GET", &format!("/members{query}"), Value::Null).await.ok();
    ["members", "invites"].map(|list| {
        let emails = crate::api::each(&people[list], "email");
        emails.into_iter().map(|email| email.split('@').next().expect("a name").to_owned()).collect()
    })
}

/// The id of whoever holds this session.
async fn own_id(app: &TestApp, token: &str) -> String {
    let session = app.call(token, "GET", "/auth/session", Value::Null).await.ok();
    session["member"]["id"].as_str().expect("an id").to_owned()
}
