//! Row 30 of the acceptance list: the four integrations that the seeds name, as they stand there.

use dispatch_testkit::{Jira, Receiver, Slack, both};
use serde_json::{Value, json};

use super::{automation, only_run, outcomes, runs, to_crm, to_jira, to_slack, when};
use crate::api::{given::path, id, last_event};

both! {
    /// Notify Slack when a ticket moves to "Waiting on Engineering".
    async fn slack_is_told_when_a_ticket_waits_for_engineering(app) {
        let (brand, slack) = (app.brand("acme").await, Slack::start().await);
        let status = json!({ "name": "Waiting on Engineering", "key": "waiting_eng" });
        app.post(&format!("{brand}/statuses"), status).await.created();
        let connection = to_slack(app, &brand, &slack).await;
        let text = "{{ticket.ticketNumber}} {{ticket.title}}: {{changes.status.old}} -> {{changes.status.new}}";
        let actions = json!([{ "type": "notify_slack", "connectionId": connection, "text": text }]);
        let rule = automation(app, &brand, &["ticket.updated"], when("status", "changed_to", json!("waiting_eng")), actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "Login <fails> & hangs" })).await;
        app.patch(&path(&brand, &ticket), json!({ "priority": "high" })).await.ok();
        app.patch(&path(&brand, &ticket), json!({ "status": "waiting_eng" })).await.ok();
        app.drain().await;
        assert_eq!(slack.posted(), ["DT-1001 Login &lt;fails&gt; &amp; hangs: open -> waiting_eng"]);
        let run = only_run(app, &rule).await;
        assert_eq!((&run["status"], &run["ticketId"]), (&json!("success"), &ticket["id"]));
        assert_eq!(run["actions"][0], json!({
            "type": "notify_slack", "status": "done", "attempts": 1, "result": { "status": 200 }, "error": null,
        }));
        let shown = app.get(&rule).await.ok();
        assert_eq!((&shown["runCount"], &shown["failureCount"]), (&json!(1), &json!(0)));
        app.drain().await;
        assert!(slack.posted().is_empty(), "once");
    }

    /// Create a Jira issue when priority is set to "urgent".
    async fn an_urgent_ticket_gets_one_issue_in_jira(app) {
        let (brand, jira) = (app.brand("acme").await, Jira::start().await);
        let connection = to_jira(app, &brand, &jira).await;
        let actions = json!([{
            "type": "create_jira_issue", "connectionId": connection, "description": "From {{customer.email}}",
        }]);
        let events = ["ticket.created", "ticket.updated"];
        let rule = automation(app, &brand, &events, when("priority", "changed_to", json!("urgent")), actions).await;
        let ticket = json!({ "title": "All is down", "priority": "urgent", "customerEmail": "jane@example.com" });
        let ticket = app.ticket(&brand, ticket).await;
        app.drain().await;
        let issues = jira.issues();
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0]["summary"], "[DT-1001] All is down");
        assert_eq!(issues[0]["description"], "From jane@example.com");
        assert_eq!(issues[0]["labels"], json!(["DT-1001"]));
        let url = format!("{}/browse/ENG-1", jira.url);
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!(shown["links"], json!([{ "url": url, "title": "ENG-1", "type": "jira" }]));
        let run = only_run(app, &rule).await;
        assert_eq!(run["actions"][0]["result"], json!({ "key": "ENG-1", "url": url }));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["source"], &event["depth"]), (&json!("ticket.updated"), &json!("automation"), &json!(1)));
        assert_eq!(event["causedBy"], run["eventId"]);
        // The ticket has an issue of this connection: it gets no other.
        app.patch(&path(&brand, &ticket), json!({ "priority": "low" })).await.ok();
        app.patch(&path(&brand, &ticket), json!({ "priority": "urgent" })).await.ok();
        app.drain().await;
        assert_eq!(jira.issues().len(), 1);
        let all = runs(app, &rule).await;
        assert_eq!(outcomes(&all[0]), ["skipped"]);
        assert!(all[0]["actions"][0]["error"].as_str().unwrap().contains(&url));
    }

    /// Send a satisfaction survey when a ticket is resolved.
    async fn a_survey_follows_a_resolved_ticket(app) {
        let brand = app.brand("acme").await;
        let actions = json!([{ "type": "send_survey", "delayMinutes": 30 }]);
        let rule = automation(app, &brand, &["ticket.updated"], when("status", "changed_to", json!("resolved")), actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        app.patch(&path(&brand, &ticket), json!({ "status": "resolved" })).await.ok();
        app.drain().await;
        let surveys = app.get(&format!("{}/feedback", path(&brand, &ticket))).await.ok();
        assert_eq!(surveys.as_array().unwrap().len(), 1, "although the brand asks for none by itself");
        assert_eq!((&surveys[0]["state"], &surveys[0]["customerEmail"]), (&json!("scheduled"), &json!("jane@example.com")));
        let run = only_run(app, &rule).await;
        assert_eq!(run["actions"][0]["result"], json!({ "feedbackId": surveys[0]["id"] }));
        // One within a week.
        for status in ["closed", "resolved"] {
            app.patch(&path(&brand, &ticket), json!({ "status": status })).await.ok();
        }
        app.drain().await;
        assert_eq!(outcomes(&runs(app, &rule).await[0]), ["skipped"]);
    }

    /// Update the CRM when a ticket is closed.
    async fn the_crm_is_called_when_a_ticket_is_closed(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let plain = to_crm(app, &brand, &crm, Value::Null).await;
        let template = json!(r#"{ "ticket": "{{ticket.ticketNumber}}", "who": "{{customer.name}}" }"#);
        let worded = to_crm(app, &brand, &crm, template).await;
        let actions = json!([
            { "type": "send_webhook", "connectionId": plain },
            { "type": "send_webhook", "connectionId": worded },
        ]);
        let rule = automation(app, &brand, &["ticket.closed"], Value::Null, actions).await;
        let ticket = json!({ "title": "One", "customerEmail": "jane@example.com", "customerName": "Jane \"J\" Doe" });
        let ticket = app.ticket(&brand, ticket).await;
        app.patch(&path(&brand, &ticket), json!({ "status": "closed" })).await.ok();
        app.drain().await;
        let calls = crm.take();
        assert_eq!(calls.len(), 2);
        let closed = last_event(app, &brand).await;
        assert_eq!(closed["type"], "ticket.closed");
        for call in &calls {
            assert_eq!(call.header("authorization"), "Bearer top-secret");
            assert_eq!(call.header("webhook-id"), id(&closed));
        }
        let bodies: Vec<Value> = calls.iter().map(dispatch_testkit::Received::json).collect();
        assert!(bodies.contains(&closed), "{bodies:?}");
        assert!(bodies.contains(&json!({ "ticket": "DT-1001", "who": "Jane \"J\" Doe" })), "{bodies:?}");
        assert_eq!(outcomes(&only_run(app, &rule).await), ["done", "done"]);
        assert!(app.problems(&brand).await.is_empty());
    }
}
