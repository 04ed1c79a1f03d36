use dispatch_testkit::both;
use serde_json::json;

use super::field;
use crate::api::{each, event_types, last_event};

both! {
    async fn the_order_is_as_it_was_asked_for_and_stays(app) {
        let brand = app.brand("acme").await;
        for key in ["a", "b", "c"] {
            field(app, &brand, key).await;
        }
        let path = format!("{brand}/fields/ticket/reorder");
        let shown = app.post(&path, json!({ "keys": ["c", "a", "b"] })).await.ok();
        assert_eq!(each(&shown, "key"), ["c", "a", "b"]);
        assert_eq!(app.get(&format!("{brand}/fields/ticket")).await.ok(), shown);
        let event = last_event(app, &brand).await;
        assert_eq!(event["type"], "field.reordered");
        let id = brand.trim_start_matches("/brands/");
        assert_eq!(event["data"], json!({ "id": id, "entity": "ticket", "fields": shown }));
        let events = event_types(app, &brand).await;
        app.post(&path, json!({ "keys": ["c", "a", "b"] })).await.ok();
        assert_eq!(event_types(app, &brand).await, events, "the same order again is no change");
    }

    async fn every_key_is_named_once(app) {
        let brand = app.brand("acme").await;
        field(app, &brand, "a").await;
        field(app, &brand, "b").await;
        let reorder = async |keys: serde_json::Value| {
            app.post(&format!("{brand}/fields/ticket/reorder"), json!({ "keys": keys })).await.invalid()
        };
        assert_eq!(reorder(json!(["b"])).await, ["keys"]);
        assert_eq!(reorder(json!(["b", "a", "b"])).await, ["keys[2]"]);
        assert_eq!(reorder(json!(["x", "b"])).await, ["keys[0]", "keys"]);
    }
}
