//! `events.retention_days`: old events leave the log, and nobody is robbed of one.

use dispatch_model::BrandId;
use dispatch_testkit::{Receiver, TestApp, both};
use dispatch_worker::Retention;
use serde_json::{Value, json};

use super::DAY;
use crate::api::{
    event_types,
    given::{path, text},
    id,
};

/// Lets the worker do everything, on a server that keeps events for one day.
async fn drain(app: &TestApp) {
    let retention = Retention { deleted_days: 30, events_days: Some(1) };
    app.worker().with_retention(retention).drain().await.expect("the worker works");
}

/// A brand with three tickets, of which the last is a day younger than the others; and the tickets.
async fn of_two_days(app: &TestApp) -> (String, Vec<Value>) {
    let brand = app.brand("acme").await;
    let mut tickets = Vec::new();
    for title in ["One", "Two"] {
        tickets.push(app.ticket(&brand, json!({ "title": title })).await);
    }
    app.advance_ms(DAY);
    tickets.push(app.ticket(&brand, json!({ "title": "Three" })).await);
    (brand, tickets)
}

async fn sequences(app: &TestApp, path: &str) -> (Vec<i64>, Value) {
    let page = app.get(path).await.ok();
    let found =
        page["data"].as_array().expect("events").iter().map(|event| event["sequence"].as_i64().expect("a number"));
    (found.collect(), page["truncated"].clone())
}

both! {
    async fn old_events_leave_and_whoever_is_behind_is_told(app) {
        let (brand, tickets) = of_two_days(app).await;
        let events = format!("{brand}/events");
        let (all, _) = sequences(app, &events).await;
        let last = *all.last().expect("an event");
        let first_id = app.events(&brand).await[0]["id"].as_str().expect("an id").to_owned();
        app.drain().await;
        assert_eq!(sequences(app, &events).await, (all.clone(), Value::Null), "by default they are kept for ever");
        drain(app).await;
        assert_eq!(sequences(app, &events).await, (all.clone(), Value::Null), "they are a day old, and not older");
        app.advance_ms(1);
        drain(app).await;
        let kept = vec![last];
        assert_eq!(sequences(app, &events).await, (kept.clone(), Value::Null), "nobody has asked for older ones");
        for after in ["0".to_owned(), (last - 2).to_string(), first_id] {
            assert_eq!(sequences(app, &format!("{events}?after={after}")).await, (kept.clone(), true.into()), "{after}");
        }
        assert_eq!(sequences(app, &format!("{events}?after={}", last - 1)).await, (kept, Value::Null), "nothing is missing");
        app.get(&format!("{events}?after=evt_00000000000000000000000000")).await.refused(400, "validation_error");
        let mut stream = app.stream(&app.key, &events_stream(&brand), &[("last-event-id", "1")]).await.expect("a stream");
        assert_eq!(stream.event().await.expect("an event")["sequence"], last);
        for (ticket, count) in tickets.iter().zip([0, 0, 1]) {
            let activity = app.get(&format!("{}/activity", path(&brand, ticket))).await.ok();
            assert_eq!(activity["data"].as_array().map(Vec::len), Some(count), "{activity}");
        }
        assert_eq!(app.problems(&brand).await, [""; 0]);
        app.advance_ms(2 * DAY);
        drain(app).await;
        assert_eq!(sequences(app, &format!("{events}?after=1")).await, (vec![], true.into()), "none is left");
        assert_eq!(app.problems(&brand).await, [""; 0]);
        app.ticket(&brand, json!({ "title": "Four" })).await;
        assert_eq!(sequences(app, &events).await, (vec![last + 1], Value::Null), "the numbers go on");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_receiver_that_is_down_gets_them_all_the_same(app) {
        let brand = app.brand("acme").await;
        let hook = Receiver::start().await;
        hook.answers(503, "later");
        app.post(&format!("{brand}/webhooks"), json!({ "url": hook.url, "events": ["ticket.created"] })).await.created();
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        let id = BrandId::from(brand.trim_start_matches("/brands/"));
        let read_to: dispatch_store::Result<i64> = app
            .db
            .read("test.read_to", move |tx| {
                let id = id.clone();
                Box::pin(async move { dispatch_store::log::read_to(tx, &id).await })
            })
            .await;
        let created = app.events(&brand).await.into_iter().find(|event| event["type"] == "ticket.created").expect("an event");
        assert!(read_to.expect("a number") < created["sequence"].as_i64().expect("a number"), "nobody has read it");
        drain(app).await;
        app.advance_ms(DAY + 1);
        drain(app).await;
        assert!(event_types(app, &brand).await.contains(&"ticket.created".to_owned()), "it waits for another attempt");
        hook.recovers();
        hook.take();
        app.advance_ms(DAY);
        drain(app).await;
        let got = hook.take();
        assert_eq!(text(&got[0].json()["data"], "title"), "One");
        app.advance_ms(DAY);
        drain(app).await;
        assert!(!event_types(app, &brand).await.contains(&"ticket.created".to_owned()));
        assert_eq!(self::id(&ticket), got[0].json()["entityId"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}

fn events_stream(brand: &str) -> String {
    format!("{brand}/events/stream")
}
