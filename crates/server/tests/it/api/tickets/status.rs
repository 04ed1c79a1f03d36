use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::given::{events_after, kinds, path, position, status};

/// Key, name, whether it is active.
const STATUSES: [(&str, &str, bool); 6] = [
    ("open", "Open", true),
    ("pending", "Pending", true),
    ("resolved", "Resolved", false),
    ("closed", "Closed", false),
    ("doing", "DOING", true),
    ("parked", "PARKED", false),
];

both! {
    async fn every_status_may_follow_every_status_with_its_times_events_and_message(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        status(app, &brand, "parked", false).await;
        for (from, from_name, was_active) in STATUSES {
            for (to, to_name, is_active) in STATUSES {
                let pair = format!("{from} to {to}");
                let reason = if from == "closed" { json!("duplicate") } else { Value::Null };
                let old = app.ticket(&brand, json!({ "title": "T", "status": from, "closeReason": reason })).await;
                app.advance_ms(1_000);
                let seen = position(app, &brand).await;
                let new = app.patch(&path(&brand, &old), json!({ "status": to })).await.ok();
                let events = events_after(app, &brand, seen).await;
                let messages = app.get(&format!("{}/comments", path(&brand, &old))).await.ok();
                if from == to {
                    assert_eq!((new, events.len(), messages), (old, 0, json!([])), "{pair}");
                    continue;
                }
                let now = &new["updatedAt"];
                assert_ne!(*now, old["updatedAt"], "{pair}");
                let resolved = if is_active {
                    &Value::Null
                } else if was_active {
                    now
                } else {
                    &old["resolvedAt"]
                };
                assert_eq!(new["resolvedAt"], *resolved, "{pair}");
                assert_eq!(new["closedAt"], if to == "closed" { now.clone() } else { Value::Null }, "{pair}");
                assert_eq!((&new["closeReason"], &new["status"]), (&Value::Null, &json!(to)), "{pair}");

                let mut expected = vec!["ticket.updated"];
                expected.extend((to == "closed").then_some("ticket.closed"));
                expected.extend((is_active && !was_active).then_some("ticket.reopened"));
                assert_eq!(kinds(&events), expected, "{pair}");
                let mut changes = json!({ "status": { "old": from, "new": to } });
                if from == "closed" {
                    changes["closeReason"] = json!({ "old": "duplicate", "new": null });
                }
                assert_eq!(events[0]["changes"], changes, "{pair}");
                assert!(events.iter().all(|event| event["data"]["ticket"] == new), "{pair}");

                assert_eq!(messages.as_array().unwrap().len(), 1, "{pair}");
                assert_eq!(messages[0]["body"], format!("Status changed from {from_name} to {to_name}"));
                assert_eq!(messages[0]["authorType"], "SYSTEM");
                let kind = json!({ "kind": "status_changed", "old": from, "new": to, "trigger": "api" });
                assert_eq!(messages[0]["metadata"], kind, "{pair}");
            }
        }
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn closed_and_reopened_events_say_why(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let one = path(&brand, &ticket);
        app.patch(&one, json!({ "status": "closed", "closeReason": "no_response" })).await.ok();
        app.patch(&one, json!({ "status": "open" })).await.ok();
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events[2..]), ["ticket.updated", "ticket.closed", "ticket.updated", "ticket.reopened"]);
        assert_eq!(events[3]["data"]["closeReason"], "no_response");
        assert_eq!(events[5]["data"]["trigger"], "api");
    }

    async fn a_close_reason_needs_a_closed_ticket_and_goes_with_it(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        assert_eq!(app.patch(&one, json!({ "closeReason": "duplicate" })).await.invalid(), ["closeReason"]);
        app.patch(&one, json!({ "closeReason": null })).await.ok();
        app.patch(&one, json!({ "status": "closed" })).await.ok();
        let reasoned = app.patch(&one, json!({ "closeReason": "duplicate" })).await.ok();
        assert_eq!(reasoned["closeReason"], "duplicate", "also afterwards");
        let refused = app.patch(&one, json!({ "status": "open", "closeReason": "duplicate" })).await;
        assert_eq!(refused.invalid(), ["closeReason"]);
        assert_eq!(app.patch(&one, json!({ "closeReason": null })).await.ok()["closeReason"], Value::Null);
    }

    async fn a_new_assignee_is_told_in_a_message(app) {
        use crate::api::given::member;
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana Ito", &[]).await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let steps = [
            (json!({ "assigneeId": ana }), Value::Null, json!("ana@acme.example")),
            (json!({ "assigneeEmail": "team@else.example" }), json!("ana@acme.example"), json!("team@else.example")),
            (json!({ "assigneeId": null }), json!("team@else.example"), Value::Null),
        ];
        for (patch, old, new) in steps {
            let seen = position(app, &brand).await;
            app.advance_ms(1);
            app.patch(&one, patch.clone()).await.ok();
            let messages = app.get(&format!("{one}/comments")).await.ok();
            let last = messages.as_array().unwrap().last().unwrap();
            let kind = json!({ "kind": "assignee_changed", "old": old, "new": new, "trigger": "api" });
            assert_eq!((&last["metadata"], &last["authorType"]), (&kind, &json!("SYSTEM")), "{patch}");
            let events = events_after(app, &brand, seen).await;
            assert_eq!(kinds(&events), ["ticket.updated"], "{patch}");
            assert_eq!(events[0]["changes"]["assigneeEmail"], json!({ "old": old, "new": new }), "{patch}");
        }
        assert_eq!(app.get(&one).await.ok()["commentCount"], 0);
    }
}

both! {
    async fn a_ticket_that_moves_on_before_the_worker_has_its_whole_history(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/statuses"), json!({ "name": "Old", "key": "old" })).await.created();
        for _ in 0..3 {
            app.ticket(&brand, json!({ "title": "Moved", "status": "old" })).await;
        }
        app.delete(&format!("{brand}/statuses/old?replacementStatusId=pending")).await.ok();
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "status": "closed" })).await.ok();
        let reply = json!({ "body": "Still there?", "authorType": "CUSTOMER" });
        app.post(&format!("{brand}/tickets/DT-1002/comments"), reply).await.created();
        app.delete(&format!("{brand}/tickets/DT-1003")).await.ok();
        app.drain().await;
        let moves = |events: &[serde_json::Value], number: &str| {
            let of_ticket = events.iter().filter(|event| event["data"]["ticketNumber"] == number);
            of_ticket.filter_map(|event| Some(event["changes"].get("status")?.to_string())).collect::<Vec<_>>()
        };
        let events = app.events(&brand).await;
        let replaced = r#"{"old":"old","new":"pending"}"#;
        assert_eq!(moves(&events, "DT-1001"), [replaced, r#"{"old":"pending","new":"closed"}"#]);
        assert_eq!(moves(&events, "DT-1002"), [replaced, r#"{"old":"pending","new":"open"}"#]);
        assert_eq!(moves(&events, "DT-1003"), [replaced]);
        assert_eq!(events.iter().filter(|event| event["actor"]["type"] == "system").count(), 3);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn every_change_moves_updated_at_on_also_within_one_millisecond(app) {
        let brand = app.brand("acme").await;
        let mut last = app.ticket(&brand, json!({ "title": "Zero" })).await["updatedAt"].to_string();
        for number in 1..5 {
            let body = json!({ "title": format!("{number}") });
            let now = app.patch(&format!("{brand}/tickets/DT-1001"), body).await.ok()["updatedAt"].to_string();
            assert!(now > last, "{now} after {last}");
            last = now;
        }
    }
}
