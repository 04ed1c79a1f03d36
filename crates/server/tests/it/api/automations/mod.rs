//! `/brands/{brandId}/automations`, and what they do.

mod actions;
mod calls;
mod change;
mod conditions;
mod crash;
mod create;
mod dry_run;
mod examples;
mod loops;
mod replaced;
mod runs;
mod when;

use dispatch_testkit::{Jira, Receiver, Slack, TestApp};
use serde_json::{Value, json};

use super::id;

/// The path of a new automation on these events, under these conditions.
async fn automation(app: &TestApp, brand: &str, events: &[&str], conditions: Value, actions: Value) -> String {
    let new = json!({ "name": "Rule", "trigger": { "events": events }, "conditions": conditions, "actions": actions });
    let made = app.post(&format!("{brand}/automations"), new).await.created();
    format!("{brand}/automations/{}", id(&made))
}

/// One condition.
fn when(field: &str, op: &str, value: Value) -> Value {
    json!({ "all": [{ "field": field, "op": op, "value": value }] })
}

/// The runs of a brand or of one automation, newest first.
async fn runs(app: &TestApp, path: &str) -> Vec<Value> {
    let of = if path.contains("/automations/") { format!("{path}/runs") } else { format!("{path}/automations/runs") };
    app.get(&of).await.ok()["data"].as_array().expect("runs").clone()
}

/// The only run.
async fn only_run(app: &TestApp, path: &str) -> Value {
    let mut all = runs(app, path).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// The statuses of the actions of a run.
fn outcomes(run: &Value) -> Vec<&str> {
    super::each(&run["actions"], "status")
}

/// A connection to this Slack.
async fn to_slack(app: &TestApp, brand: &str, slack: &Slack) -> String {
    let new = json!({ "type": "SLACK", "name": "Ops", "config": {}, "secrets": { "webhookUrl": slack.url } });
    id(&app.post(&format!("{brand}/connections"), new).await.created()).to_owned()
}

/// A connection to this Jira.
async fn to_jira(app: &TestApp, brand: &str, jira: &Jira) -> String {
    let new = json!({ "type": "JIRA", "name": "Engineering", "config": jira.config(), "secrets": { "apiToken": Jira::TOKEN } });
    id(&app.post(&format!("{brand}/connections"), new).await.created()).to_owned()
}

/// A connection to this receiver.
async fn to_crm(app: &TestApp, brand: &str, crm: &Receiver, template: Value) -> String {
    let new = json!({
        "type": "HTTP", "name": "CRM", "config": { "url": crm.url, "bodyTemplate": template },
        "secrets": { "headers": { "Authorization": "Bearer top-secret" } },
    });
    id(&app.post(&format!("{brand}/connections"), new).await.created()).to_owned()
}
