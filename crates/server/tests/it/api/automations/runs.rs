use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{automation, only_run, outcomes, runs, to_crm};
use crate::api::{
    each, events_of,
    given::{ask, path},
    id, members,
};

both! {
    async fn runs_are_listed_newest_first_in_pages(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.created", "ticket.updated"], Value::Null, json!([{ "type": "add_note", "body": "x" }])).await;
        let other = automation(app, &brand, &["ticket.merged"], Value::Null, json!([{ "type": "add_note", "body": "x" }])).await;
        let mut tickets = Vec::new();
        for count in 0..5 {
            tickets.push(app.ticket(&brand, json!({ "title": format!("{count}") })).await);
            app.advance_ms(1);
        }
        app.drain().await;
        let all = runs(app, &rule).await;
        assert_eq!(members(&all[0]), ["id", "automationId", "eventId", "ticketId", "depth", "status", "reason", "actions", "startedAt", "finishedAt"]);
        assert!(id(&all[0]).starts_with("run_"));
        assert!(runs(app, &other).await.is_empty());
        assert_eq!(runs(app, &brand).await, all);
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = app.get(&format!("{rule}/runs?limit=2&cursor={cursor}")).await.ok();
            seen.extend(page["data"].as_array().unwrap().iter().cloned());
            let Some(next) = page["pagination"]["nextCursor"].as_str() else { break };
            cursor = next.to_owned();
        }
        assert_eq!(seen, all);
        for of in [id(&tickets[1]).to_owned(), tickets[1]["ticketNumber"].as_str().unwrap().to_owned()] {
            let found = app.get(&format!("{brand}/automations/runs?ticketId={of}")).await.ok();
            assert_eq!(each(&found["data"], "ticketId"), [id(&tickets[1])]);
        }
        assert_eq!(app.get(&format!("{rule}/runs?status=failed")).await.ok()["data"], json!([]));
        assert_eq!(app.get(&format!("{rule}/runs?ticketId=DT-9")).await.ok()["data"], json!([]));
        for (query, field) in [("status=late", "status"), ("limit=0", "limit"), ("cursor=zz", "cursor"), ("typo=1", "typo")] {
            assert_eq!(app.get(&format!("{rule}/runs?{query}")).await.invalid(), [field]);
        }
    }

    async fn the_failed_actions_of_a_run_are_repeated(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let actions = json!([
            { "type": "set_category", "categoryId": "billing" },
            { "type": "send_webhook", "connectionId": connection },
            { "type": "notify_email", "to": ["a@b.example"], "subject": "S", "body": "B" },
        ]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let category = app.get(&format!("{brand}/categories")).await.ok();
        app.delete(&format!("{brand}/categories/{}", id(&category[0]))).await.with(204);
        crm.answers(500, "");
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        for wait in [0, 10_000, 60_000, 600_000, 3_600_000] {
            app.advance_ms(wait);
            app.drain().await;
        }
        let run = only_run(app, &rule).await;
        assert_eq!((&run["status"], outcomes(&run)), (&json!("partial"), vec!["failed", "failed", "done"]));
        crm.take();
        crm.recovers();
        let retry = format!("{brand}/automations/runs/{}/retry", id(&run));
        // It still cannot be done; the call is made anew.
        let again = app.post(&retry, Value::Null).await.ok();
        assert_eq!(outcomes(&again), ["failed", "pending", "done"]);
        assert_eq!((&again["actions"][0]["attempts"], &again["finishedAt"]), (&json!(2), &Value::Null));
        app.drain().await;
        assert_eq!(crm.take().len(), 1);
        app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let again = app.post(&retry, Value::Null).await.ok();
        assert_eq!((&again["status"], outcomes(&again)), (&json!("success"), vec!["done", "done", "done"]));
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!(shown["category"]["key"], "billing");
        let event = events_of(app, &brand, "ticket.updated").await.pop().unwrap();
        assert_eq!((&event["actor"]["type"], &event["causedBy"]), (&json!("automation"), &run["eventId"]));
        app.post(&retry, Value::Null).await.refused(409, "conflict");
        app.post(&format!("{brand}/automations/runs/run_x/retry"), Value::Null).await.refused(404, "not_found");
        assert_eq!(ask(app, "SELECT id FROM mail".to_owned()).await.len(), 1, "what was done is not repeated");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_run_without_a_ticket_or_an_automation_is_not_repeated(app) {
        let brand = app.brand("acme").await;
        let hook = json!({ "url": "http://127.0.0.1:1/in", "events": ["ticket.merged"], "enabled": false });
        let hook = app.post(&format!("{brand}/webhooks"), hook).await.created();
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "webhookId": hook["id"] }])).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.ticket(&brand, json!({ "title": "Two" })).await;
        app.drain().await;
        let all = runs(app, &rule).await;
        let retry = |run: &Value| format!("{brand}/automations/runs/{}/retry", id(run));
        app.delete(&path(&brand, &ticket)).await.ok();
        app.post(&retry(&all[1]), Value::Null).await.refused(409, "conflict");
        app.delete(&rule).await.with(204);
        app.post(&retry(&all[0]), Value::Null).await.refused(409, "conflict");
    }

    async fn runs_are_kept_for_thirty_days(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "x" }])).await;
        app.ticket(&brand, json!({ "title": "Old" })).await;
        app.drain().await;
        app.advance_ms(29 * 86_400_000);
        app.ticket(&brand, json!({ "title": "New" })).await;
        app.drain().await;
        assert_eq!(runs(app, &rule).await.len(), 2);
        app.advance_ms(2 * 86_400_000);
        app.drain().await;
        assert_eq!(runs(app, &rule).await.len(), 1);
        assert!(app.problems(&brand).await.is_empty());
    }
}
