use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    each, events_of,
    given::{path, status},
};

const HOUR: i64 = 3_600_000;
/// An hour after the tests begin.
const DUE: &str = "2026-01-02T04:04:05.678Z";

/// The path of a new ticket that is due in an hour.
async fn due(app: &TestApp, brand: &str) -> String {
    path(brand, &app.ticket(brand, json!({ "title": "T", "dueAt": DUE, "customerEmail": "jane@example.com" })).await)
}

/// How often a ticket was said to be overdue.
async fn told(app: &TestApp, brand: &str, ticket: &str) -> usize {
    let id = ticket.rsplit('/').next().unwrap();
    events_of(app, brand, "ticket.overdue").await.iter().filter(|event| event["entityId"] == id).count()
}

both! {
    async fn a_ticket_past_its_date_is_told_of_once(app) {
        let brand = app.brand("acme").await;
        let ticket = due(app, &brand).await;
        app.ticket(&brand, json!({ "title": "Never" })).await;
        app.advance_ms(HOUR);
        app.drain().await;
        assert_eq!(told(app, &brand, &ticket).await, 0, "it is due now, and not past it");
        app.advance_ms(1);
        let before = app.get(&ticket).await.ok();
        for _ in 0..2 {
            app.drain().await;
            app.advance_ms(HOUR);
        }
        let shown = app.get(&ticket).await.ok();
        assert_eq!(shown["overdueAt"], "2026-01-02T04:04:05.679Z");
        assert_eq!(shown["updatedAt"], before["updatedAt"], "no field was changed");
        let events = events_of(app, &brand, "ticket.overdue").await;
        assert_eq!(events.len(), 1);
        let event = &events[0];
        assert_eq!((&event["source"], &event["actor"]["type"]), (&json!("system"), &json!("system")));
        assert_eq!((&event["changes"], &event["ticketId"]), (&Value::Null, &shown["id"]));
        assert_eq!((&event["data"]["dueAt"], &event["data"]["ticket"]), (&json!(DUE), &shown));
        assert_eq!(event["data"]["ticketNumber"], "DT-1001");
        let activity = app.get(&format!("{ticket}/activity")).await.ok();
        assert_eq!(each(&activity["data"], "type")[0], "ticket.overdue");
        assert_eq!(each(&activity["data"], "summary")[0], "The ticket is overdue");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn another_date_is_told_of_again(app) {
        let brand = app.brand("acme").await;
        let ticket = due(app, &brand).await;
        app.advance_ms(2 * HOUR);
        app.drain().await;
        app.patch(&ticket, json!({ "title": "Another", "dueAt": DUE })).await.ok();
        app.drain().await;
        assert_eq!(told(app, &brand, &ticket).await, 1, "the same date");
        let moved = app.patch(&ticket, json!({ "dueAt": "2026-01-02T06:04:05.678Z" })).await.ok();
        assert_eq!(moved["overdueAt"], Value::Null);
        app.drain().await;
        assert_eq!(told(app, &brand, &ticket).await, 1, "not yet");
        app.advance_ms(2 * HOUR);
        app.drain().await;
        assert_eq!(told(app, &brand, &ticket).await, 2);
        let cleared = app.patch(&ticket, json!({ "dueAt": null })).await.ok();
        assert_eq!((&cleared["dueAt"], &cleared["overdueAt"]), (&Value::Null, &Value::Null));
        app.drain().await;
        // A date that is past when it is set.
        app.patch(&ticket, json!({ "dueAt": "2020-01-01" })).await.ok();
        app.drain().await;
        assert_eq!(told(app, &brand, &ticket).await, 3);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn only_active_tickets_in_lists_are_told_of(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "parked", false).await;
        status(app, &brand, "doing", true).await;
        let mut hidden = Vec::new();
        for state in ["resolved", "closed", "parked"] {
            let ticket = due(app, &brand).await;
            app.patch(&ticket, json!({ "status": state })).await.ok();
            hidden.push(ticket);
        }
        let (spam, deleted, doing) = (due(app, &brand).await, due(app, &brand).await, due(app, &brand).await);
        app.patch(&doing, json!({ "status": "doing" })).await.ok();
        app.post(&format!("{spam}/spam"), json!({ "isSpam": true })).await.ok();
        app.delete(&deleted).await.ok();
        app.advance_ms(2 * HOUR);
        app.drain().await;
        assert_eq!(told(app, &brand, &doing).await, 1);
        assert_eq!(events_of(app, &brand, "ticket.overdue").await.len(), 1);
        // They are when they come back.
        for ticket in &hidden {
            app.patch(ticket, json!({ "status": "open" })).await.ok();
        }
        app.post(&format!("{spam}/spam"), json!({ "isSpam": false })).await.ok();
        app.post(&format!("{deleted}/restore"), json!({})).await.ok();
        app.drain().await;
        for ticket in hidden.iter().chain([&spam, &deleted]) {
            assert_eq!(told(app, &brand, ticket).await, 1, "{ticket}");
        }
        // Once told of, a detour changes nothing.
        for status in ["closed", "open"] {
            app.patch(&doing, json!({ "status": status })).await.ok();
        }
        app.drain().await;
        assert_eq!(told(app, &brand, &doing).await, 1);
    }

    /// A status may become active, or cease to be, while tickets stand in it.
    async fn a_status_counts_as_it_is_now(app) {
        let brand = app.brand("acme").await;
        for (key, active) in [("wakes", false), ("sleeps", true)] {
            status(app, &brand, key, active).await;
        }
        let (wakes, sleeps) = (due(app, &brand).await, due(app, &brand).await);
        app.patch(&wakes, json!({ "status": "wakes" })).await.ok();
        app.patch(&sleeps, json!({ "status": "sleeps" })).await.ok();
        app.patch(&format!("{brand}/statuses/wakes"), json!({ "isActive": true })).await.ok();
        app.patch(&format!("{brand}/statuses/sleeps"), json!({ "isActive": false })).await.ok();
        app.advance_ms(2 * HOUR);
        app.drain().await;
        assert_eq!((told(app, &brand, &wakes).await, told(app, &brand, &sleeps).await), (1, 0));
        // One that was deleted counts as its replacement.
        app.delete(&format!("{brand}/statuses/sleeps?replacementStatusId=pending")).await.ok();
        app.drain().await;
        assert_eq!(told(app, &brand, &sleeps).await, 1);
    }

    async fn several_nodes_tell_of_each_once(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        for _ in 0..45 {
            due(app, &brand).await;
        }
        due(app, &other).await;
        let deleted = app.brand("gone").await;
        due(app, &deleted).await;
        app.delete(&format!("{deleted}?confirm=true")).await.ok();
        app.advance_ms(2 * HOUR);
        let nodes = [app.node().await, app.node().await, app.node().await];
        let workers = nodes.iter().map(|node| {
            let worker = node.worker();
            tokio::spawn(async move { worker.find_overdue().await })
        });
        for done in futures_util::future::join_all(workers).await {
            done.unwrap().unwrap();
        }
        let events = events_of(app, &brand, "ticket.overdue").await;
        let mut ids: Vec<&str> = events.iter().map(|event| event["entityId"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((events.len(), ids.len()), (45, 45));
        assert_eq!(events_of(app, &other, "ticket.overdue").await.len(), 1);
        assert!(app.problems(&brand).await.is_empty());
    }
}
