use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{ticket, webhook};

both! {
    async fn what_has_happened_since_a_time_is_delivered_once_more(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        for title in ["Too early", "First", "Second", "Too late"] {
            ticket(app, &brand, title).await;
            app.advance_ms(60_000);
        }
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        let order = json!({ "since": "2026-01-02T03:05:05.678Z", "until": "2026-01-02T05:07:05.678+02:00" });
        let replayed = app.post(&format!("{hook}/replay"), order.clone()).await.ok();
        assert_eq!(replayed, json!({ "count": 2, "hasMore": false }));
        app.drain().await;
        let mut came: Vec<(Value, Value)> =
            receiver.take().iter().map(|call| (call.json()["data"]["title"].clone(), call.json()["id"].clone())).collect();
        came.sort_by_key(|(title, _)| title.to_string());
        assert_eq!(came.iter().map(|(title, _)| title).collect::<Vec<_>>(), ["First", "Second"]);
        let logged = app.events(&brand).await;
        assert!(came.iter().all(|(_, id)| logged.iter().any(|event| event["id"] == *id)), "the same event ids");
        assert_eq!(app.post(&format!("{hook}/replay"), order).await.ok()["count"], 2, "and again");
    }

    async fn only_what_failed_if_that_is_wanted(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created", "ticket.updated"]).await;
        ticket(app, &brand, "Taken").await;
        app.drain().await;
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        app.patch(&hook, json!({ "enabled": true })).await.ok();
        ticket(app, &brand, "Failed").await;
        app.worker().consume_only().await.unwrap();
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        app.post(&format!("{hook}/replay"), json!({ "since": "2026-01-01" })).await.refused(409, "conflict");
        app.patch(&hook, json!({ "enabled": true })).await.ok();
        receiver.take();
        let order = json!({ "since": "2026-01-01", "onlyFailed": true });
        assert_eq!(app.post(&format!("{hook}/replay"), order.clone()).await.ok()["count"], 1);
        app.drain().await;
        let came = receiver.take();
        assert_eq!((came.len(), &came[0].json()["data"]["title"]), (1, &json!("Failed")));
        assert_eq!(app.post(&format!("{hook}/replay"), order).await.ok()["count"], 0, "its newest delivery has succeeded");
    }

    async fn types_are_those_of_the_webhook_unless_others_are_named(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        ticket(app, &brand, "One").await;
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "priority": "high" })).await.ok();
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        let replay = async |types: Value| {
            let order = json!({ "since": "2026-01-01", "types": types });
            app.post(&format!("{hook}/replay"), order).await.ok()["count"].as_i64().unwrap()
        };
        assert_eq!(replay(Value::Null).await, 1);
        assert_eq!(replay(json!(["ticket.updated", "customer.created"])).await, 2);
        for (order, field) in [
            (json!({}), "since"),
            (json!({ "since": "yesterday" }), "since"),
            (json!({ "since": "2026-01-02", "until": "2026-01-02" }), "until"),
            (json!({ "since": "2026-01-02", "types": ["ticket.crated"] }), "types[0]"),
            (json!({ "since": "2026-01-02", "types": [] }), "types"),
            (json!({ "since": "2026-01-02", "onlyFailed": 1 }), "onlyFailed"),
        ] {
            assert_eq!(app.post(&format!("{hook}/replay"), order.clone()).await.invalid(), [field], "{order}");
        }
    }
}
