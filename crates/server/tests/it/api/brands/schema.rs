use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{event_types, last_event};

both! {
    async fn the_schema_is_replaced_as_a_whole(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/schema");
        assert_eq!(app.get(&path).await.ok(), Value::Null);
        let first = json!({ "type": "object", "properties": { "plan": { "type": "string" } }, "x": null });
        assert_eq!(app.put(&path, first.clone()).await.ok(), first);
        assert_eq!(app.get(&path).await.ok(), first);
        let second = json!({ "required": ["plan"] });
        let answer = app.put(&path, second.clone()).await;
        assert_eq!(answer.header("x-ignored-fields"), "");
        assert_eq!(answer.ok(), second);
        assert_eq!(app.get(&brand).await.ok()["ticketSchema"], second);
        let changes = last_event(app, &brand).await["changes"].clone();
        assert_eq!(changes, json!({ "ticketSchema": { "old": first, "new": second } }));
    }

    async fn the_same_schema_again_records_nothing(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/schema");
        app.put(&path, json!({ "a": 1 })).await.ok();
        app.put(&path, json!({ "a": 1 })).await.ok();
        assert_eq!(event_types(app, &brand).await, ["brand.created", "brand.updated"]);
    }

    async fn the_schema_is_stored_and_never_enforced(app) {
        let brand = app.brand("acme").await;
        app.put(&format!("{brand}/schema"), json!({ "required": ["customFields"], "maxProperties": 0 })).await.ok();
        app.ticket(&brand, json!({ "title": "Free", "customFields": { "any": "thing" } })).await;
    }

    async fn a_schema_is_an_object_of_at_most_64_kb(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/schema");
        app.put(&path, json!(["a"])).await.refused(400, "validation_error");
        app.put(&path, json!({ "a": "x".repeat(64 * 1024 - 8) })).await.ok(); // {"a":"..."} has 8 bytes around it
        app.put(&path, json!({ "a": "x".repeat(64 * 1024 - 7) })).await.refused(400, "validation_error");
    }
}
