//! `/brands/{brandId}/connections`.

mod create;
mod delete;
mod guard;
mod list;
mod note;
mod secrecy;
mod test;
mod update;

use dispatch_testkit::{Jira, Receiver, Slack, TestApp};
use serde_json::{Value, json};

use super::id;

/// A connection to this Slack.
fn to_slack(slack: &Slack) -> Value {
    json!({ "type": "SLACK", "name": "Ops", "config": { "channelLabel": "#ops" }, "secrets": { "webhookUrl": slack.url } })
}

/// A connection to this Jira.
fn to_jira(jira: &Jira) -> Value {
    json!({ "type": "JIRA", "name": "Engineering", "config": jira.config(), "secrets": { "apiToken": Jira::TOKEN } })
}

/// A connection to this receiver.
fn to_crm(crm: &Receiver) -> Value {
    json!({
        "type": "HTTP", "name": "CRM", "config": { "url": crm.url },
        "secrets": { "headers": { "Authorization": "Bearer top-secret", "X-Team": "support" } },
    })
}

/// The path of a new connection.
async fn connection(app: &TestApp, brand: &str, new: Value) -> String {
    let made = app.post(&format!("{brand}/connections"), new).await.created();
    format!("{brand}/connections/{}", id(&made))
}

/// Tries a connection.
async fn tried(app: &TestApp, connection: &str) -> Value {
    app.post(&format!("{connection}/test"), Value::Null).await.ok()
}
