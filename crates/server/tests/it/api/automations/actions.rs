use dispatch_testkit::{Jira, Receiver, Slack, both};
use serde_json::{Value, json};

use super::{automation, only_run, outcomes, runs, to_crm, to_jira, to_slack, when};
use crate::api::{
    each, event_types, events_of,
    given::{ask, member, path},
    id,
};

both! {
    /// Every action on the ticket in one run: one transaction, in the automation's name.
    async fn a_run_changes_its_ticket_in_its_own_name(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        app.post(&format!("{brand}/tags"), json!({ "name": "old" })).await.created();
        let actions = json!([
            { "type": "set_status", "status": "closed", "closeReason": "out_of_scope" },
            { "type": "set_priority", "priority": "low" },
            { "type": "set_category", "categoryId": "billing" },
            { "type": "assign", "assigneeEmail": "ana@acme.example" },
            { "type": "add_tags", "tags": ["new", "vip"] },
            { "type": "remove_tags", "tags": ["OLD"] },
            { "type": "add_note", "body": "{{ticket.ticketNumber}} is {{ticket.status}}, {{customer.email}}" },
            { "type": "reply", "body": "Hello {{customer.name}}", "setStatus": "pending" },
        ]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let new = json!({ "title": "One", "tags": ["old"], "customerEmail": "jane@example.com", "customerName": "Jane" });
        let ticket = app.ticket(&brand, new).await;
        let before = app.events(&brand).await.len();
        app.drain().await;
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!((&shown["status"], &shown["priority"]), (&json!("pending"), &json!("low")));
        assert_eq!((&shown["category"]["key"], &shown["assigneeId"]), (&json!("billing"), &json!(ana)));
        assert_eq!(each(&shown["tags"], "name"), ["new", "vip"]);
        let comments = app.get(&format!("{}/comments?authorType=STAFF", path(&brand, &ticket))).await.ok();
        assert_eq!(each(&comments, "body"), ["DT-1001 is closed, jane@example.com", "Hello Jane"]);
        for (comment, internal) in comments.as_array().unwrap().iter().zip([true, false]) {
            assert_eq!((&comment["authorName"], &comment["source"]), (&json!("acme"), &json!("automation")));
            assert_eq!(comment["isInternal"], json!(internal));
        }
        let system = app.get(&format!("{}/comments?authorType=SYSTEM", path(&brand, &ticket))).await.ok();
        assert!(system.as_array().unwrap().iter().all(|comment| comment["metadata"]["trigger"] == "automation"), "{system}");
        let run = only_run(app, &rule).await;
        assert_eq!((&run["status"], outcomes(&run).len()), (&json!("success"), 8));
        assert!(outcomes(&run).iter().all(|status| *status == "done"));
        assert_eq!(run["actions"][6]["result"]["commentId"], comments[0]["id"]);
        let created = &events_of(app, &brand, "ticket.created").await[0];
        for event in &app.events(&brand).await[before..] {
            assert_eq!((&event["source"], &event["causedBy"], &event["depth"]), (&json!("automation"), &created["id"], &json!(1)));
            let actor = json!({ "type": "automation", "id": rule.rsplit('/').next(), "name": "Rule", "email": null, "apiKeyPrefix": null });
            assert_eq!(event["actor"], actor);
        }
        // The fields are one change.
        assert_eq!(
            event_types(app, &brand).await[before..],
            ["tag.created", "tag.created", "ticket.updated", "ticket.closed", "comment.created", "comment.created", "ticket.updated", "ticket.reopened"]
        );
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn null_clears_what_was_set(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let actions = json!([{ "type": "assign", "assigneeId": null }, { "type": "set_category", "categoryId": null }]);
        automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "One", "assigneeEmail": "team@x.example", "categoryId": "billing" })).await;
        app.drain().await;
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!((&shown["assigneeEmail"], &shown["categoryId"]), (&Value::Null, &Value::Null));
    }

    async fn the_same_action_twice_happens_twice(app) {
        let brand = app.brand("acme").await;
        let actions = json!([
            { "type": "add_tags", "tags": ["a"] }, { "type": "add_tags", "tags": ["b"] },
            { "type": "set_priority", "priority": "low" }, { "type": "set_priority", "priority": "urgent" },
        ]);
        automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!((each(&shown["tags"], "name"), &shown["priority"]), (vec!["a", "b"], &json!("urgent")));
    }

    async fn mail_is_written_to_whom_it_names(app) {
        let brand = app.brand("acme").await;
        let to = json!(["assignee", "watchers", "customer", "boss@acme.example", "JANE@example.com"]);
        let actions = json!([{ "type": "notify_email", "to": to, "subject": "Re {{ticket.title}}", "body": "<b>{{customer.name}}</b>" }]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let ticket = json!({
            "title": "One", "customerEmail": "jane@example.com", "customerName": "Jane", "assigneeEmail": "team@acme.example",
            "watchers": [{ "email": "watcher@acme.example" }],
        });
        app.ticket(&brand, ticket).await;
        app.drain().await;
        let mails = ask(app, "SELECT to_address || ' ' || subject || ' ' || body FROM mail ORDER BY to_address".to_owned()).await;
        let expected = ["boss@acme.example", "jane@example.com", "team@acme.example", "watcher@acme.example"];
        assert_eq!(mails, expected.map(|address| format!("{address} Re One <b>Jane</b>")));
        assert_eq!(only_run(app, &rule).await["actions"][0]["result"], json!({ "mails": 4 }));
        // Nobody is mailed about spam.
        let spam = app.ticket(&brand, json!({ "title": "Two", "customerEmail": "jane@example.com" })).await;
        app.post(&format!("{}/spam", path(&brand, &spam)), json!({ "isSpam": true })).await.ok();
        app.drain().await;
        assert_eq!(outcomes(&runs(app, &rule).await[0]), ["skipped"]);
    }

    async fn a_webhook_gets_the_event_that_it_has_not_subscribed(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = json!({ "url": receiver.url, "events": ["ticket.merged"] });
        let hook = app.post(&format!("{brand}/webhooks"), hook).await.created();
        let actions = json!([{ "type": "send_webhook", "webhookId": hook["id"] }]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        let calls = receiver.take();
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].json(), events_of(app, &brand, "ticket.created").await[0]);
        let deliveries = app.get(&format!("{brand}/webhooks/{}/deliveries", id(&hook))).await.ok();
        assert_eq!(only_run(app, &rule).await["actions"][0]["result"], json!({ "deliveryId": deliveries[0]["id"] }));
        // A webhook that is disabled is not called, and the run says so.
        app.patch(&format!("{brand}/webhooks/{}", id(&hook)), json!({ "enabled": false })).await.ok();
        app.ticket(&brand, json!({ "title": "Two" })).await;
        app.drain().await;
        let run = &runs(app, &rule).await[0];
        assert_eq!((&run["status"], &run["actions"][0]["error"]), (&json!("failed"), &json!("the webhook is disabled")));
        assert_eq!(events_of(app, &brand, "automation.failed").await.len(), 1);
    }

    /// Placeholders that stand for nothing may leave no text; what needs one is left out, and the rest is done.
    async fn what_would_say_nothing_is_skipped(app) {
        let (brand, slack, jira) = (app.brand("acme").await, Slack::start().await, Jira::start().await);
        let actions = json!([
            { "type": "set_priority", "priority": "low" },
            { "type": "add_note", "body": "{{customer.name}}" },
            { "type": "reply", "body": " {{comment.body}}\n", "setStatus": "pending" },
            { "type": "add_note", "body": "Seen" },
            { "type": "notify_email", "to": ["boss@acme.example"], "subject": "{{customer.name}}", "body": "{{customer.name}}" },
            { "type": "notify_slack", "connectionId": to_slack(app, &brand, &slack).await, "text": "{{customer.name}}" },
            { "type": "create_jira_issue", "connectionId": to_jira(app, &brand, &jira).await, "summary": "{{customer.name}}" },
        ]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        let run = only_run(app, &rule).await;
        assert_eq!(
            (&run["status"], outcomes(&run)),
            (&json!("success"), vec!["done", "skipped", "skipped", "done", "skipped", "skipped", "skipped"])
        );
        for (place, action) in run["actions"].as_array().unwrap().iter().enumerate() {
            let why = if action["status"] == "skipped" { json!("the text is empty") } else { Value::Null };
            assert_eq!(action["error"], why, "{place}");
        }
        assert!(run["finishedAt"].is_string(), "{run}");
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!((&shown["priority"], &shown["status"]), (&json!("low"), &json!("open")));
        let comments = app.get(&format!("{}/comments?authorType=STAFF", path(&brand, &ticket))).await.ok();
        assert_eq!(each(&comments, "body"), ["Seen"]);
        assert_eq!((slack.posted().len(), jira.issues().len()), (0, 0));
        assert!(app.problems(&brand).await.is_empty());
    }

    /// An event carries the beginning of a comment; what asks for its text gets all of it.
    async fn a_long_comment_is_seen_whole(app) {
        let (brand, slack) = (app.brand("acme").await, Slack::start().await);
        let actions = json!([
            { "type": "add_note", "body": "{{comment.body}}" },
            { "type": "notify_slack", "connectionId": to_slack(app, &brand, &slack).await, "text": "{{comment.body}}" },
        ]);
        let rule = automation(app, &brand, &["comment.created"], when("comment.body", "contains", json!("needle")), actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        let comments = format!("{}/comments", path(&brand, &ticket));
        let long = format!("{}needle", "€".repeat(2_500));
        let made = app.post(&comments, json!({ "body": long, "authorType": "CUSTOMER" })).await.created();
        app.drain().await;
        // The note starts it too, by the end of its text; but it is its own.
        let all = runs(app, &rule).await;
        assert_eq!(each(&json!(all), "status"), ["skipped", "success"]);
        assert_eq!((outcomes(&all[1]), &all[0]["reason"]), (vec!["done", "done"], &json!("own_event")));
        let notes = app.get(&format!("{comments}?authorType=STAFF")).await.ok();
        assert_eq!(each(&notes, "body"), [long.as_str()]);
        assert_eq!(slack.posted(), [long.as_str()]);
        // The dry run sees it as well: the last comment that starts it is the note.
        let test = format!("{rule}/test");
        let tested = app.post(&test, json!({ "ticketId": ticket["id"] })).await.ok();
        assert_eq!((&tested["matched"], &tested["actions"][0]["preview"]["body"]), (&json!(true), &json!(long)));
        // Of comments that are deleted the beginning is left.
        for comment in [&made, &notes[0]] {
            app.delete(&format!("{comments}/{}", id(comment))).await.ok();
        }
        let tested = app.post(&test, json!({ "ticketId": ticket["id"] })).await.ok();
        assert_eq!((&tested["matched"], &tested["actions"][0]["preview"]["body"]), (&json!(false), &json!("€".repeat(2_000))));
    }

    /// What cannot be done to the ticket undoes what was done to it before; what is sent elsewhere is sent all the same.
    async fn an_action_that_fails_undoes_the_others_on_the_ticket(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let actions = json!([
            { "type": "add_note", "body": "First" },
            { "type": "set_category", "categoryId": "billing" },
            { "type": "send_webhook", "connectionId": connection },
        ]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions).await;
        let category = app.get(&format!("{brand}/categories")).await.ok();
        app.delete(&format!("{brand}/categories/{}", id(&category[0]))).await.with(204);
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        let before = app.get(&path(&brand, &ticket)).await.ok();
        app.drain().await;
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok(), before);
        assert_eq!(crm.take().len(), 1);
        let run = only_run(app, &rule).await;
        assert_eq!((&run["status"], outcomes(&run)), (&json!("partial"), vec!["failed", "failed", "done"]));
        assert_eq!(run["actions"][1]["error"], "categoryId: unknown category");
        let shown = app.get(&rule).await.ok();
        assert_eq!((&shown["runCount"], &shown["failureCount"], &shown["lastError"]), (&json!(1), &json!(1), &run["actions"][1]["error"]));
        let failed = events_of(app, &brand, "automation.failed").await;
        assert_eq!(failed.len(), 1);
        assert_eq!((&failed[0]["data"]["id"], &failed[0]["data"]["run"]["id"]), (&shown["id"], &run["id"]));
        assert_eq!(failed[0]["data"]["automation"]["name"], "Rule");
        assert!(app.problems(&brand).await.is_empty());
    }

    /// However they name it, and in conditions as in actions (API 11).
    async fn a_deleted_status_gives_way_to_its_replacement(app) {
        let brand = app.brand("acme").await;
        let spare = json!({ "name": "Spare", "key": "spare" });
        let status = app.post(&format!("{brand}/statuses"), spare.clone()).await.created();
        let conditions = json!({
            "any": [
                { "field": "status", "op": "in", "value": ["spare", "open"] },
                { "field": "status", "op": "eq", "value": status["id"] },
                { "field": "title", "op": "eq", "value": "spare" },
            ],
        });
        let actions = json!([
            { "type": "set_status", "status": "sts_spare" },
            { "type": "reply", "body": "spare", "setStatus": "spare" },
        ]);
        let rule = automation(app, &brand, &["ticket.created"], conditions, actions).await;
        let other = automation(app, &brand, &["ticket.merged"], Value::Null, json!([{ "type": "add_note", "body": "spare" }])).await;
        let untouched = app.get(&other).await.ok();
        app.advance_ms(1);
        app.delete(&format!("{brand}/statuses/spare?replacementStatusId=pending")).await.ok();
        let shown = app.get(&rule).await.ok();
        let of = |at: usize| shown["conditions"]["any"][at]["value"].clone();
        assert_eq!([of(0), of(1), of(2)], [json!(["pending", "open"]), json!("pending"), json!("spare")]);
        assert_eq!(
            (&shown["actions"][0]["status"], &shown["actions"][1]),
            (&json!("pending"), &json!({ "type": "reply", "body": "spare", "setStatus": "pending" }))
        );
        let told = events_of(app, &brand, "automation.updated").await;
        assert_eq!((told.len(), &told[0]["data"]["automation"]["actions"]), (1, &shown["actions"]));
        assert_eq!(app.get(&other).await.ok(), untouched);
        // Another one that takes the key later is none of its business.
        app.post(&format!("{brand}/statuses"), spare).await.created();
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["status"], "pending");
        assert_eq!(runs(app, &rule).await[0]["status"], "success");
    }
}
