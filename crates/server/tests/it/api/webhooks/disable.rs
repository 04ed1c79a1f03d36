use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{deliveries, ticket, webhook};
use crate::api::{events_of, id};

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

both! {
    async fn a_receiver_that_is_gone_ends_its_webhook_at_once(app) {
        let (brand, gone, other) = (app.brand("acme").await, Receiver::start().await, Receiver::start().await);
        let hook = webhook(app, &brand, &gone, &["ticket.created", "webhook.disabled"]).await;
        webhook(app, &brand, &other, &["webhook.disabled"]).await;
        gone.answers(500, "");
        ticket(app, &brand, "First").await;
        app.drain().await;
        gone.take();
        gone.answers(410, "bye");
        ticket(app, &brand, "Second").await;
        app.drain().await;
        assert_eq!(gone.take().len(), 1, "it is not told of its own end");
        let shown = app.get(&hook).await.ok();
        assert_eq!((&shown["enabled"], &shown["disabledReason"]), (&json!(false), &json!("receiver answered 410")));
        assert_eq!(shown["failureCount"], 2);
        let events = events_of(app, &brand, "webhook.disabled").await;
        assert_eq!(events.len(), 1);
        assert_eq!((&events[0]["data"]["webhook"], &events[0]["source"]), (&shown, &json!("system")));
        assert_eq!(other.take()[0].json(), events[0]);
        let all = deliveries(app, &hook).await;
        assert!(all.iter().all(|one| one["status"] == "FAILED" && one["nextAttempt"] == Value::Null), "{all:?}");
        assert_eq!(all[1]["error"], "the webhook was disabled or deleted");
        ticket(app, &brand, "Third").await;
        app.advance_ms(DAY);
        app.drain().await;
        assert_eq!(gone.count(), 0);
        let enabled = app.patch(&hook, json!({ "enabled": true })).await.ok();
        assert_eq!((&enabled["failureCount"], &enabled["disabledReason"]), (&json!(0), &Value::Null));
        gone.answers(200, "");
        ticket(app, &brand, "Fourth").await;
        app.drain().await;
        assert_eq!(gone.take().len(), 1, "what failed before stays failed");
    }

    async fn five_days_with_only_failures_end_a_webhook(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.answers(500, "");
        for day in 0..5 {
            ticket(app, &brand, &format!("Day {day}")).await;
            app.drain().await;
            assert_eq!(app.get(&hook).await.ok()["enabled"], true, "day {day}");
            app.advance_ms(DAY - if day == 4 { 1 } else { 0 });
        }
        app.drain().await;
        assert_eq!(app.get(&hook).await.ok()["enabled"], true, "a millisecond before");
        app.advance_ms(DAY);
        app.drain().await;
        let shown = app.get(&hook).await.ok();
        assert_eq!((&shown["enabled"], &shown["disabledReason"]), (&json!(false), &json!("5 days with only failures")));
    }

    async fn one_success_among_them_keeps_it(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        for day in 0..8 {
            receiver.answers(if day == 3 { 200 } else { 500 }, "");
            ticket(app, &brand, &format!("Day {day}")).await;
            app.drain().await;
            app.advance_ms(DAY);
        }
        assert_eq!(app.get(&hook).await.ok()["enabled"], true);
    }

    async fn what_waits_for_a_webhook_that_is_disabled_reads_as_failed_at_once(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        for count in 0..3 {
            ticket(app, &brand, &format!("{count}")).await;
        }
        app.worker().consume_only().await.unwrap();
        let count = async |status: &str| {
            let found = app.get(&format!("{hook}/deliveries?status={status}")).await.ok();
            found.as_array().unwrap().len()
        };
        assert_eq!((count("PENDING").await, count("FAILED").await), (3, 0));
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        assert_eq!((count("PENDING").await, count("FAILED").await), (0, 3), "before any step");
        app.patch(&hook, json!({ "enabled": true })).await.ok();
        assert_eq!((count("PENDING").await, count("FAILED").await), (0, 3), "and when it is enabled again");
        app.drain().await;
        assert_eq!((count("PENDING").await, count("FAILED").await), (0, 3), "and behind the steps");
        assert_eq!(receiver.count(), 0);
    }

    async fn more_than_one_step_of_waiting_deliveries_is_failed(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.updated"]).await;
        ticket(app, &brand, "One").await;
        for count in 0..600 {
            app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "title": format!("Version {count}") })).await.ok();
        }
        app.worker().consume_only().await.unwrap();
        app.delete(&hook).await.with(204);
        app.drain().await;
        assert_eq!(receiver.count(), 0);
        let left = crate::api::given::ask(app, "SELECT id FROM webhook".to_owned()).await;
        assert!(left.is_empty(), "its row goes when nothing waits any more: {left:?}");
        let waiting = "SELECT id FROM delivery WHERE due_at IS NOT NULL OR status <> 'FAILED'".to_owned();
        assert!(crate::api::given::ask(app, waiting).await.is_empty());
    }

    async fn a_deleted_brand_sends_nothing_more(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        webhook(app, &brand, &receiver, &["*"]).await;
        ticket(app, &brand, "One").await;
        app.worker().consume_only().await.unwrap();
        app.delete(&format!("{brand}?confirm=true")).await.ok();
        app.drain().await;
        assert_eq!(receiver.count(), 0);
    }

    async fn an_attempt_that_was_under_way_when_it_was_disabled_is_written_down(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        ticket(app, &brand, "One").await;
        receiver.hold();
        receiver.answers(500, "");
        let worker = app.worker();
        let drained = tokio::spawn(async move { worker.drain().await });
        dispatch_testkit::until("the call", async || receiver.count() == 1).await;
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        let under_way = deliveries(app, &hook).await.remove(0);
        assert_eq!(under_way["status"], "PENDING");
        let path = format!("{hook}/deliveries/{}", id(&under_way));
        receiver.release();
        drained.await.unwrap().unwrap();
        let after = app.get(&path).await.ok();
        assert_eq!((&after["status"], &after["attempts"], &after["responseCode"]), (&json!("FAILED"), &json!(1), &json!(500)));
    }
}
