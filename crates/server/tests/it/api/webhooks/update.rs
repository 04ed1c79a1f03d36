use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{ticket, webhook};
use crate::api::{event_types, id, last_event};

both! {
    async fn a_change_is_told_and_applies_to_what_follows(app) {
        let (brand, old, new) = (app.brand("acme").await, Receiver::start().await, Receiver::start().await);
        let hook = webhook(app, &brand, &old, &["ticket.created"]).await;
        let before = app.get(&hook).await.ok();
        app.advance_ms(1);
        let patch = json!({ "url": new.url, "events": ["ticket.updated"], "description": "Moved" });
        let after = app.patch(&hook, patch).await.ok();
        assert_eq!((&after["url"], &after["events"], &after["description"]), (&json!(new.url), &json!(["ticket.updated"]), &json!("Moved")));
        assert_ne!(after["updatedAt"], before["updatedAt"]);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["webhook"]), (&json!("webhook.updated"), &after));
        assert_eq!(event["changes"]["events"], json!({ "old": ["ticket.created"], "new": ["ticket.updated"] }));
        let made = ticket(app, &brand, "One").await;
        app.patch(&format!("{brand}/tickets/{}", id(&made)), json!({ "priority": "high" })).await.ok();
        app.drain().await;
        assert_eq!((old.count(), new.count()), (0, 1));
    }

    async fn a_delivery_that_waits_goes_where_the_webhook_leads_by_then(app) {
        let (brand, old, new) = (app.brand("acme").await, Receiver::start().await, Receiver::start().await);
        let hook = webhook(app, &brand, &old, &["ticket.created"]).await;
        old.answers(500, "");
        ticket(app, &brand, "One").await;
        app.drain().await;
        app.patch(&hook, json!({ "url": new.url })).await.ok();
        app.advance_ms(5_500);
        app.drain().await;
        assert_eq!((old.count(), new.count()), (1, 1));
    }

    async fn a_patch_that_changes_nothing_says_nothing(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        let (shown, events) = (app.get(&hook).await.ok(), event_types(app, &brand).await);
        app.advance_ms(1);
        for patch in [json!({}), json!({ "enabled": true, "description": Value::Null }), json!({ "events": ["ticket.created"] })] {
            assert_eq!(app.patch(&hook, patch).await.ok(), shown);
        }
        assert_eq!(event_types(app, &brand).await, events);
    }

    async fn every_wrong_field_of_a_patch_is_named(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        for (field, value, named) in [
            ("url", Value::Null, "url"),
            ("url", json!("nowhere"), "url"),
            ("events", Value::Null, "events"),
            ("events", json!([]), "events"),
            ("events", json!(["tag.created"]), "events[0]"),
            ("enabled", Value::Null, "enabled"),
            ("secret", Value::Null, "secret"),
            ("secret", json!("short"), "secret"),
            ("description", json!(1), "description"),
        ] {
            assert_eq!(app.patch(&hook, json!({ field: value.clone() })).await.invalid(), [named], "{field} {value}");
        }
        app.patch(&format!("{brand}/webhooks/wh_x"), json!({ "enabled": 1 })).await.refused(404, "not_found");
    }
}
