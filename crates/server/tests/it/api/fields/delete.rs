use dispatch_testkit::both;
use serde_json::json;

use super::field;
use crate::api::last_event;

both! {
    async fn a_definition_goes_and_stored_values_stay(app) {
        let brand = app.brand("acme").await;
        let made = field(app, &brand, "plan").await;
        app.ticket(&brand, json!({ "title": "T", "customFields": { "plan": "pro" } })).await;
        app.delete(&format!("{brand}/fields/ticket/plan")).await.with(204);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]), (&json!("field.deleted"), &json!({ "id": made["id"], "field": made })));
        assert_eq!(app.get(&format!("{brand}/fields/ticket")).await.ok(), json!([]));
        app.delete(&format!("{brand}/fields/ticket/plan")).await.refused(404, "not_found");
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1001")).await.ok()["customFields"]["plan"], "pro");
        assert_ne!(field(app, &brand, "plan").await["id"], made["id"], "the key is free again");
    }
}
