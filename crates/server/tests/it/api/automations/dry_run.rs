use dispatch_testkit::{Jira, Receiver, Slack, both};
use serde_json::{Value, json};

use super::{automation, runs, to_crm, to_jira, to_slack};
use crate::api::{given::path, id};

both! {
    async fn it_shows_what_would_happen_and_nothing_does(app) {
        let (brand, slack, jira, crm) = (app.brand("acme").await, Slack::start().await, Jira::start().await, Receiver::start().await);
        let actions = json!([
            { "type": "set_status", "status": "pending" },
            { "type": "add_note", "body": "{{ticket.title}} of {{brand.name}}" },
            { "type": "notify_slack", "connectionId": to_slack(app, &brand, &slack).await, "text": "{{ticket.title}}" },
            { "type": "create_jira_issue", "connectionId": to_jira(app, &brand, &jira).await },
            { "type": "send_webhook", "connectionId": to_crm(app, &brand, &crm, json!(r#"{ "n": "{{ticket.ticketNumber}}" }"#)).await },
            { "type": "notify_email", "to": ["customer", "a@b.example"], "subject": "{{ticket.priority}}", "body": "{{ticket.nothing}}." },
        ]);
        let conditions = json!({ "all": [{ "field": "priority", "op": "changed_to", "value": "urgent" }, { "field": "title", "op": "eq", "value": "two" }] });
        let rule = automation(app, &brand, &["ticket.created", "ticket.updated"], conditions, actions).await;
        app.patch(&rule, json!({ "enabled": false })).await.ok();
        let ticket = app.ticket(&brand, json!({ "title": "<One>", "priority": "urgent", "customerEmail": "jane@example.com" })).await;
        let before = (app.events(&brand).await, app.get(&path(&brand, &ticket)).await.ok());
        let tested = app.post(&format!("{rule}/test"), json!({ "ticketId": "DT-1001" })).await.ok();
        assert_eq!(tested, json!({
            "matched": false,
            "conditions": [
                { "path": "conditions.all[0]", "actual": "urgent", "result": true },
                { "path": "conditions.all[1]", "actual": "<One>", "result": false },
            ],
            "actions": [
                { "type": "set_status", "preview": { "status": "pending" } },
                { "type": "add_note", "preview": { "body": "<One> of acme" } },
                { "type": "notify_slack", "preview": { "connectionId": tested["actions"][2]["preview"]["connectionId"], "text": "&lt;One&gt;" } },
                { "type": "create_jira_issue", "preview": {
                    "connectionId": tested["actions"][3]["preview"]["connectionId"], "once": true,
                    "summary": "[DT-1001] <One>", "description": "", "hasIssue": null,
                } },
                { "type": "send_webhook", "preview": { "connectionId": tested["actions"][4]["preview"]["connectionId"], "body": "{ \"n\": \"DT-1001\" }" } },
                { "type": "notify_email", "preview": { "to": ["jane@example.com", "a@b.example"], "subject": "urgent", "body": "." } },
            ],
        }));
        app.drain().await;
        assert_eq!((app.events(&brand).await, app.get(&path(&brand, &ticket)).await.ok()), before);
        assert_eq!((slack.posted().len(), jira.issues().len(), crm.count(), runs(app, &rule).await.len()), (0, 0, 0, 0));
    }

    async fn the_event_is_the_last_that_starts_it_or_the_one_that_is_given(app) {
        let brand = app.brand("acme").await;
        let conditions = json!({ "all": [{ "field": "status", "op": "changed_to", "value": "pending" }] });
        let rule = automation(app, &brand, &["ticket.updated"], conditions, json!([{ "type": "send_survey" }])).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        let test = format!("{rule}/test");
        assert_eq!(app.post(&test, json!({ "ticketId": ticket["id"] })).await.invalid(), ["event"]);
        let event = json!({ "type": "ticket.updated", "changes": { "status": { "old": "open", "new": "pending" } } });
        assert_eq!(app.post(&test, json!({ "ticketId": ticket["id"], "event": event })).await.ok()["matched"], true);
        // Another event does not start it, whatever it changes.
        let event = json!({ "type": "ticket.closed", "changes": { "status": { "old": "open", "new": "pending" } } });
        assert_eq!(app.post(&test, json!({ "ticketId": ticket["id"], "event": event })).await.ok()["matched"], false);
        app.patch(&path(&brand, &ticket), json!({ "status": "pending" })).await.ok();
        assert_eq!(app.post(&test, json!({ "ticketId": ticket["id"] })).await.ok()["matched"], true);
    }

    async fn a_wrong_order_is_refused(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let rule = automation(app, &brand, &["ticket.updated"], Value::Null, json!([{ "type": "send_survey" }])).await;
        let foreign = app.ticket(&other, json!({ "title": "Other" })).await;
        let test = format!("{rule}/test");
        assert_eq!(app.post(&test, json!({ "ticketId": id(&foreign) })).await.invalid(), ["ticketId"]);
        assert_eq!(app.post(&test, json!({})).await.invalid(), ["ticketId"]);
        let event = json!({ "type": "ticket.deleted", "changes": { "status": "open" } });
        assert_eq!(app.post(&test, json!({ "ticketId": "x", "event": event })).await.invalid(), ["event.type", "event.changes.status"]);
    }
}
