//! Calls: when they are made, and what becomes of them.

use dispatch_testkit::{Jira, Receiver, both, until};
use serde_json::{Value, json};

use super::{automation, only_run, outcomes, runs, to_crm, to_jira};
use crate::api::{event_types, events_of, given::path};

both! {
    async fn a_call_is_made_five_times_and_given_up(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        let actions = json!([{ "type": "set_priority", "priority": "low" }, { "type": "send_webhook", "connectionId": connection }]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        crm.answers(500, "no");
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        for (attempts, wait) in [(1, 10_000), (2, 60_000), (3, 600_000), (4, 3_600_000)] {
            app.drain().await;
            assert_eq!(crm.take().len(), 1, "attempt {attempts}");
            let run = only_run(app, &rule).await;
            assert_eq!((&run["status"], &run["finishedAt"], outcomes(&run)), (&json!("success"), &Value::Null, vec!["done", "pending"]));
            assert_eq!(run["actions"][1]["attempts"], json!(attempts));
            app.advance_ms(wait - 1);
            app.drain().await;
            assert_eq!(crm.count(), 0, "not before its time");
            app.advance_ms(1);
        }
        assert!(app.problems(&brand).await.is_empty());
        app.drain().await;
        assert_eq!(crm.take().len(), 1);
        let run = only_run(app, &rule).await;
        assert_eq!((&run["status"], outcomes(&run)), (&json!("partial"), vec!["done", "failed"]));
        assert_eq!((&run["actions"][1]["attempts"], run["finishedAt"].is_string()), (&json!(5), true));
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["priority"], "low", "what was done stays");
        let failed = &events_of(app, &brand, "automation.failed").await[0];
        assert_eq!((&failed["source"], &failed["data"]["run"]["id"]), (&json!("automation"), &run["id"]));
        assert!(event_types(app, &brand).await.contains(&"connection.failed".to_owned()));
        assert_eq!(app.get(&rule).await.ok()["failureCount"], 1);
        app.advance_ms(86_400_000);
        app.drain().await;
        assert_eq!(crm.count(), 0, "that was all");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_call_that_succeeds_later_is_done(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "connectionId": connection }])).await;
        crm.answers(503, "");
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        crm.recovers();
        app.advance_ms(10_000);
        app.drain().await;
        let calls = crm.take();
        assert_eq!(calls[0].body, calls[1].body, "the same bytes");
        assert_eq!(calls[0].header("webhook-id"), calls[1].header("webhook-id"));
        let run = only_run(app, &rule).await;
        assert_eq!(run["actions"][0], json!({
            "type": "send_webhook", "status": "done", "attempts": 2, "result": { "status": 200 }, "error": null,
        }));
        assert!(events_of(app, &brand, "automation.failed").await.is_empty());
    }

    async fn what_a_worker_that_died_had_claimed_is_made_again(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "connectionId": connection }])).await;
        crm.hold();
        app.ticket(&brand, json!({ "title": "One" })).await;
        let worker = app.worker();
        let dying = tokio::spawn(async move { worker.drain().await });
        until("the call", async || crm.count() == 1).await;
        dying.abort();
        let _aborted = dying.await;
        crm.release();
        crm.take();
        app.drain().await;
        assert_eq!(crm.count(), 0, "its claim counts for a while");
        app.advance_ms(60_000);
        app.drain().await;
        assert_eq!(crm.take().len(), 1);
        assert_eq!(only_run(app, &rule).await["actions"][0]["attempts"], 2);
    }

    async fn a_target_that_does_not_answer_holds_up_nobody_else(app) {
        let (brand, dead, alive) = (app.brand("acme").await, Receiver::start().await, Receiver::start().await);
        let (slow, quick) = (to_crm(app, &brand, &dead, Value::Null).await, to_crm(app, &brand, &alive, Value::Null).await);
        let actions = json!([{ "type": "send_webhook", "connectionId": slow }, { "type": "send_webhook", "connectionId": quick }]);
        automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        dead.hold();
        for title in ["1", "2", "3", "4", "5", "6", "7", "8"] {
            app.ticket(&brand, json!({ "title": title })).await;
        }
        let worker = app.worker();
        let drained = tokio::spawn(async move { worker.drain().await });
        until("the quick one has all", async || alive.count() == 8).await;
        assert_eq!(dead.count(), 4, "as many as it may have at once");
        dead.release();
        drained.await.unwrap().unwrap();
        assert_eq!(dead.count(), 8);
    }

    async fn two_rules_make_one_issue_of_a_ticket(app) {
        let (brand, jira) = (app.brand("acme").await, Jira::start().await);
        let connection = to_jira(app, &brand, &jira).await;
        for _ in 0..2 {
            automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "create_jira_issue", "connectionId": connection }])).await;
        }
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        app.advance_ms(1_000);
        app.drain().await;
        assert_eq!(jira.issues().len(), 1);
        let mut all: Vec<Value> = runs(app, &brand).await;
        all.sort_by_key(|run| outcomes(run)[0].to_owned());
        assert_eq!(all.iter().map(|run| outcomes(run)[0]).collect::<Vec<_>>(), ["done", "skipped"]);
    }

    async fn a_connection_that_is_disabled_or_a_ticket_that_is_gone_ends_a_call(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "connectionId": connection }])).await;
        let gone = app.ticket(&brand, json!({ "title": "Gone" })).await;
        app.worker().consume_only().await.unwrap();
        app.delete(&path(&brand, &gone)).await.ok();
        app.drain().await;
        assert_eq!(outcomes(&only_run(app, &rule).await), ["skipped"]);
        app.patch(&format!("{brand}/connections/{connection}"), json!({ "enabled": false })).await.ok();
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        assert_eq!(runs(app, &rule).await[0]["actions"][0]["error"], "the connection is disabled");
        assert_eq!(crm.count(), 0);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_connection_in_use_cannot_be_deleted(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "connectionId": connection }])).await;
        let refused = app.delete(&format!("{brand}/connections/{connection}")).await;
        assert!(refused.text.contains("Rule"), "{}", refused.text);
        refused.refused(409, "conflict");
        app.delete(&rule).await.with(204);
        app.delete(&format!("{brand}/connections/{connection}")).await.with(204);
    }

    async fn calls_of_a_disabled_connection_are_over_at_once_and_in_nobodys_way(app) {
        let (brand, other, crm) = (app.brand("acme").await, app.brand("other").await, Receiver::start().await);
        let disabled = to_crm(app, &brand, &crm, Value::Null).await;
        let ten: Vec<Value> = (0..10).map(|_| json!({ "type": "send_webhook", "connectionId": disabled })).collect();
        automation(app, &brand, &["ticket.created"], Value::Null, json!(ten)).await;
        let good = to_crm(app, &other, &crm, Value::Null).await;
        automation(app, &other, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "connectionId": good }])).await;
        for _ in 0..15 {
            app.ticket(&brand, json!({ "title": "One" })).await;
        }
        app.worker().consume_only().await.unwrap();
        app.patch(&format!("{brand}/connections/{disabled}"), json!({ "enabled": false })).await.ok();
        app.ticket(&other, json!({ "title": "Two" })).await;
        app.worker().consume_only().await.unwrap();
        let rounds = app.worker().call_rounds().await.unwrap();
        assert_eq!(crm.take().len(), 1, "the good one");
        assert!(rounds > 1, "looked again at once: {rounds}");
        assert!(runs(app, &brand).await.iter().all(|run| run["status"] == "failed"));
    }
}
