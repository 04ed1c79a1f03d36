//! When automations run, and on what.

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{automation, runs, when};
use crate::api::{
    given::{ask, path},
    id,
};

/// How many brands are marked as having something to read.
async fn marked(app: &TestApp) -> usize {
    ask(app, "SELECT brand_id FROM brand_counter WHERE dirty".to_owned()).await.len()
}

both! {
    /// Each sees the ticket as the one before has left it, in the order that can be changed.
    async fn automations_run_in_their_order(app) {
        let brand = app.brand("acme").await;
        let raise = automation(app, &brand, &["ticket.created"], when("priority", "eq", json!("normal")), json!([{ "type": "set_priority", "priority": "high" }])).await;
        let note = automation(app, &brand, &["ticket.created"], when("priority", "eq", json!("high")), json!([{ "type": "add_note", "body": "High" }])).await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        assert_eq!((runs(app, &raise).await.len(), runs(app, &note).await.len()), (1, 1));
        let ids: Vec<&str> = [&note, &raise].map(|rule| rule.rsplit('/').next().unwrap()).to_vec();
        app.post(&format!("{brand}/automations/reorder"), json!({ "automationIds": ids })).await.ok();
        app.ticket(&brand, json!({ "title": "Two" })).await;
        app.drain().await;
        assert_eq!((runs(app, &raise).await.len(), runs(app, &note).await.len()), (2, 1));
    }

    /// An automation that was passed over does not come back to the event because of one behind it.
    async fn an_event_is_shown_to_each_once(app) {
        let brand = app.brand("acme").await;
        let passed = automation(app, &brand, &["ticket.created"], when("priority", "eq", json!("high")), json!([{ "type": "add_note", "body": "No" }])).await;
        automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "set_priority", "priority": "high" }])).await;
        let last = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "Yes" }])).await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        assert!(runs(app, &passed).await.is_empty());
        assert_eq!(runs(app, &last).await.len(), 1);
    }

    async fn what_was_before_is_none_of_its_business(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "Before" })).await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "Seen" }])).await;
        app.drain().await;
        assert!(runs(app, &rule).await.is_empty());
        app.ticket(&brand, json!({ "title": "Then" })).await;
        app.drain().await;
        assert_eq!(runs(app, &rule).await.len(), 1);
        app.patch(&rule, json!({ "enabled": false })).await.ok();
        app.ticket(&brand, json!({ "title": "While it was off" })).await;
        app.drain().await;
        app.ticket(&brand, json!({ "title": "Just before it was on" })).await;
        app.patch(&rule, json!({ "enabled": true })).await.ok();
        app.drain().await;
        assert_eq!(runs(app, &rule).await.len(), 1);
        app.ticket(&brand, json!({ "title": "While it was on" })).await;
        app.drain().await;
        assert_eq!(runs(app, &rule).await.len(), 2);
    }

    async fn a_brand_without_automations_pays_nothing(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        assert_eq!(marked(app).await, 0);
        let rule = automation(app, &brand, &["ticket.merged"], Value::Null, json!([{ "type": "add_note", "body": "x" }])).await;
        app.ticket(&brand, json!({ "title": "Two" })).await;
        assert_eq!(marked(app).await, 1);
        app.drain().await;
        assert_eq!(marked(app).await, 0);
        app.patch(&rule, json!({ "enabled": false })).await.ok();
        app.ticket(&brand, json!({ "title": "Three" })).await;
        assert_eq!(marked(app).await, 0);
        app.patch(&rule, json!({ "enabled": true })).await.ok();
        app.ticket(&brand, json!({ "title": "Four" })).await;
        assert_eq!(marked(app).await, 1);
        app.delete(&rule).await.with(204);
        app.ticket(&brand, json!({ "title": "Five" })).await;
        assert_eq!(marked(app).await, 0);
        assert!(app.problems(&brand).await.is_empty());
    }

    /// The consumers of webhooks and of automations each have a place of their own.
    async fn automations_and_webhooks_read_the_log_side_by_side(app) {
        let (brand, receiver) = (app.brand("acme").await, dispatch_testkit::Receiver::start().await);
        let hook = json!({ "url": receiver.url, "events": ["ticket.updated"] });
        let hook = app.post(&format!("{brand}/webhooks"), hook).await.created();
        automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "set_priority", "priority": "high" }])).await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        let told: Vec<Value> = receiver.take().iter().map(dispatch_testkit::Received::json).collect();
        assert_eq!(told.len(), 1);
        assert_eq!((&told[0]["source"], &told[0]["actor"]["type"]), (&json!("automation"), &json!("automation")));
        app.delete(&format!("{brand}/webhooks/{}", id(&hook))).await.with(204);
        let ticket = app.ticket(&brand, json!({ "title": "Two" })).await;
        app.drain().await;
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["priority"], "high");
    }
}
