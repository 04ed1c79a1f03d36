//! What becomes of the tickets of a deleted status: at once for every reader, in the rows when the worker ran.

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{counts, custom, order, shown};
use crate::api::{event_types, id};

/// Deletes a status, its tickets to another.
async fn replace(app: &TestApp, brand: &str, old: &str, new: &str) -> Value {
    app.delete(&format!("{brand}/statuses/{old}?replacementStatusId={new}")).await.ok()
}

/// The events of this type.
async fn events_of(app: &TestApp, brand: &str, kind: &str) -> Vec<Value> {
    app.events(brand).await.into_iter().filter(|event| event["type"] == kind).collect()
}

both! {
    async fn tickets_read_as_the_replacement_from_the_moment_of_the_answer(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        for title in ["a", "b"] {
            app.ticket(&brand, json!({ "title": title, "status": "waiting" })).await;
        }
        app.ticket(&brand, json!({ "title": "c", "status": "pending" })).await;
        assert_eq!(counts(app, &brand).await, ["pending=1", "waiting=2"]);
        let report = replace(app, &brand, "waiting", "sts_pending").await;
        assert_eq!(report["movedTickets"], 2);
        // The worker has not run.
        let pending = app.get(&format!("{brand}/statuses/pending")).await.ok();
        let ticket = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(
            (&ticket["status"], &ticket["statusId"], &ticket["statusRef"]),
            (&json!("pending"), &pending["id"], &pending)
        );
        assert_eq!(shown(app, &brand, "pending").await, [1001, 1002, 1003]);
        assert_eq!(shown(app, &brand, "active").await, [1001, 1002, 1003]);
        assert_eq!(app.get(&format!("{brand}/tickets?status=waiting")).await.invalid(), ["status"]);
        assert_eq!(counts(app, &brand).await, ["pending=3"]);
        assert_eq!(order(app, &brand).await, ["open", "pending", "resolved", "closed"]);
        assert!(app.problems(&brand).await.is_empty());
        app.drain().await;
        assert_eq!(shown(app, &brand, "pending").await, [1001, 1002, 1003]);
        assert_eq!(counts(app, &brand).await, ["pending=3"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn the_worker_writes_a_system_comment_and_an_event_per_ticket(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/statuses"), json!({ "name": "On Hold", "key": "on_hold" })).await.created();
        let ticket = app.ticket(&brand, json!({ "title": "a", "status": "on_hold" })).await;
        app.ticket(&brand, json!({ "title": "b", "status": "on_hold" })).await;
        replace(app, &brand, "on_hold", "open").await;
        assert!(events_of(app, &brand, "ticket.updated").await.is_empty(), "they follow behind the answer");
        app.advance_ms(1000);
        app.drain().await;
        let events = events_of(app, &brand, "ticket.updated").await;
        let mut told: Vec<_> = events.iter().map(|event| event["data"]["number"].as_i64().unwrap()).collect();
        told.sort_unstable();
        assert_eq!(told, [1001, 1002]);
        for event in &events {
            assert_eq!((&event["source"], &event["actor"]["type"]), (&json!("system"), &json!("system")));
            assert_eq!(event["changes"], json!({ "status": { "old": "on_hold", "new": "open" } }));
        }
        let path = format!("{brand}/tickets/{}", id(&ticket));
        let comments = app.get(&format!("{path}/comments")).await.ok();
        assert_eq!(comments.as_array().unwrap().len(), 1);
        assert_eq!(
            (&comments[0]["authorType"], &comments[0]["body"]),
            (&json!("SYSTEM"), &json!("Status changed from On Hold to Open"))
        );
        let metadata =
            json!({ "kind": "status_changed", "old": "on_hold", "new": "open", "trigger": "status_deleted" });
        assert_eq!(comments[0]["metadata"], metadata);
        let after = app.get(&path).await.ok();
        assert_eq!((&after["commentCount"], &after["updatedAt"]), (&json!(0), &json!("2026-01-02T03:04:06.678Z")));
        let activity = app.get(&format!("{path}/activity?types=ticket.updated")).await.ok();
        assert_eq!(activity["data"][0]["changes"]["status"]["old"], "on_hold");
        app.drain().await;
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 2, "draining again does nothing");
    }

    async fn spam_and_deleted_tickets_are_moved_with_their_history_as_well(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        for title in ["spam", "deleted"] {
            app.ticket(&brand, json!({ "title": title, "status": "waiting" })).await;
        }
        let (spam, deleted) = (format!("{brand}/tickets/DT-1001"), format!("{brand}/tickets/DT-1002"));
        app.post(&format!("{spam}/spam"), json!({ "isSpam": true })).await.ok();
        app.delete(&deleted).await.ok();
        assert_eq!(replace(app, &brand, "waiting", "closed").await["movedTickets"], 2);
        app.drain().await;
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 2);
        assert_eq!(events_of(app, &brand, "ticket.closed").await.len(), 2);
        app.post(&format!("{spam}/spam"), json!({ "isSpam": false })).await.ok();
        app.post(&format!("{deleted}/restore"), json!({})).await.ok();
        for path in [spam, deleted] {
            let ticket = app.get(&path).await.ok();
            assert_eq!((&ticket["status"], ticket["closedAt"].is_string()), (&json!("closed"), true), "{path}");
            let comments = app.get(&format!("{path}/comments")).await.ok();
            assert_eq!(comments[0]["body"], "Status changed from waiting to Closed", "{path}");
        }
        assert_eq!(counts(app, &brand).await, ["closed=2"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn an_inactive_replacement_ends_tickets_and_an_active_one_reopens_them(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "working").await;
        app.post(&format!("{brand}/statuses"), json!({ "name": "Done", "key": "done", "isActive": false }))
            .await
            .created();
        app.ticket(&brand, json!({ "title": "a", "status": "working" })).await;
        app.ticket(&brand, json!({ "title": "b", "status": "done" })).await;
        replace(app, &brand, "working", "closed").await;
        replace(app, &brand, "done", "open").await;
        app.drain().await;
        let ended = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(ended["status"], "closed");
        assert!(ended["resolvedAt"].is_string() && ended["closedAt"].is_string(), "{ended}");
        let reopened = app.get(&format!("{brand}/tickets/DT-1002")).await.ok();
        assert_eq!((&reopened["status"], &reopened["resolvedAt"]), (&json!("open"), &Value::Null));
        assert_eq!(events_of(app, &brand, "ticket.closed").await[0]["data"]["number"], 1001);
        let event = &events_of(app, &brand, "ticket.reopened").await[0];
        assert_eq!((&event["data"]["number"], &event["data"]["trigger"]), (&json!(1002), &json!("status_deleted")));
    }

    async fn a_replacement_that_is_itself_replaced_leads_to_the_last_one(app) {
        let brand = app.brand("acme").await;
        for key in ["a", "b", "c"] {
            custom(app, &brand, key).await;
            app.ticket(&brand, json!({ "title": key, "status": key })).await;
        }
        assert_eq!(replace(app, &brand, "a", "b").await["movedTickets"], 1);
        assert_eq!(counts(app, &brand).await, ["b=2", "c=1"]);
        assert_eq!(replace(app, &brand, "b", "c").await["movedTickets"], 2);
        assert_eq!(counts(app, &brand).await, ["c=3"]);
        assert_eq!(shown(app, &brand, "c").await, [1001, 1002, 1003]);
        app.drain().await;
        assert_eq!(shown(app, &brand, "c").await, [1001, 1002, 1003]);
        assert_eq!(counts(app, &brand).await, ["c=3"]);
        let changed: Vec<_> = events_of(app, &brand, "ticket.updated")
            .await
            .iter()
            .map(|event| event["changes"]["status"].clone())
            .collect();
        assert_eq!(changed.len(), 2);
        assert!(
            changed.contains(&json!({ "old": "a", "new": "c" }))
                && changed.contains(&json!({ "old": "b", "new": "c" })),
            "{changed:?}"
        );
        assert!(app.problems(&brand).await.is_empty());
    }

    /// The first one has no tickets, so the second needs no replacement: nothing may be left that leads nowhere.
    async fn a_chain_without_tickets_may_end_without_a_replacement(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "a").await;
        custom(app, &brand, "b").await;
        replace(app, &brand, "a", "b").await;
        app.delete(&format!("{brand}/statuses/b")).await.ok();
        app.drain().await;
        custom(app, &brand, "c").await;
        app.ticket(&brand, json!({ "title": "x", "status": "c" })).await;
        replace(app, &brand, "c", "open").await;
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["open=1"]);
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 1);
    }

    async fn more_tickets_than_one_step_rewrites_are_all_rewritten(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        for number in 0..230 {
            app.ticket(&brand, json!({ "title": format!("{number}"), "status": "waiting" })).await;
        }
        assert_eq!(replace(app, &brand, "waiting", "resolved").await["movedTickets"], 230);
        assert_eq!(counts(app, &brand).await, ["resolved=230"]);
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["resolved=230"]);
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 230);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_ticket_that_moves_on_before_the_worker_ran_keeps_its_new_status(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        for title in ["a", "b", "c"] {
            app.ticket(&brand, json!({ "title": title, "status": "waiting" })).await;
        }
        replace(app, &brand, "waiting", "pending").await;
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "status": "closed" })).await.ok();
        app.patch(&format!("{brand}/tickets/DT-1002"), json!({ "title": "Renamed" })).await.ok();
        app.delete(&format!("{brand}/tickets/DT-1003")).await.ok();
        assert_eq!(counts(app, &brand).await, ["pending=1", "closed=1"]);
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["pending=1", "closed=1"]);
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1001")).await.ok()["status"], "closed");
        let renamed = app.get(&format!("{brand}/tickets/DT-1002")).await.ok();
        assert_eq!((&renamed["status"], &renamed["title"]), (&json!("pending"), &json!("Renamed")));
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn pages_of_a_status_hold_moved_tickets_once_while_the_worker_runs(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        for number in 0..6 {
            let status = if number % 2 == 0 { "waiting" } else { "pending" };
            app.ticket(&brand, json!({ "title": "x", "status": status })).await;
            app.advance_ms(1);
        }
        replace(app, &brand, "waiting", "pending").await;
        let first = app.get(&format!("{brand}/tickets?status=pending&limit=4&order=asc")).await.ok();
        app.drain().await;
        let cursor = first["pagination"]["nextCursor"].as_str().unwrap();
        let second = app.get(&format!("{brand}/tickets?status=pending&limit=4&order=asc&cursor={cursor}")).await.ok();
        let numbers: Vec<i64> = [&first, &second]
            .iter()
            .flat_map(|page| page["data"].as_array().unwrap())
            .map(|ticket| ticket["number"].as_i64().unwrap())
            .collect();
        assert_eq!(numbers, [1001, 1002, 1003, 1004, 1005, 1006]);
        assert_eq!(second["pagination"]["hasMore"], false);
    }

    async fn a_deletion_touches_no_ticket_of_another_brand(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        for brand in [&acme, &other] {
            custom(app, brand, "waiting").await;
            app.ticket(brand, json!({ "title": "x", "status": "waiting" })).await;
        }
        let before = app.get(&format!("{other}/tickets/DT-1001")).await.ok();
        replace(app, &acme, "waiting", "open").await;
        app.drain().await;
        assert_eq!(app.get(&format!("{other}/tickets/DT-1001")).await.ok(), before);
        assert_eq!(event_types(app, &other).await, ["brand.created", "status.created", "ticket.created"]);
    }
}
