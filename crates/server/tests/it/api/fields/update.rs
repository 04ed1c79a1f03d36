use dispatch_testkit::both;
use serde_json::json;

use super::field;
use crate::api::{event_types, last_event};

both! {
    async fn a_change_tells_what_it_changed(app) {
        let brand = app.brand("acme").await;
        let old = field(app, &brand, "plan").await;
        app.advance_ms(1000);
        let patch = json!({ "label": "Plan", "required": true, "defaultValue": "free", "options": ["free"], "visible": false });
        let new = app.patch(&format!("{brand}/fields/ticket/plan"), patch).await.ok();
        assert_eq!((&new["label"], &new["defaultValue"]), (&json!("Plan"), &json!("free")));
        assert_eq!((&new["visible"], &new["showInTable"]), (&json!(false), &json!(false)));
        assert_eq!(new["updatedAt"], "2026-01-02T03:04:06.678Z");
        assert_eq!(app.get(&format!("{brand}/fields/ticket")).await.ok(), json!([new]));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["entityId"]), (&json!("field.updated"), &old["id"]));
        assert_eq!(event["data"], json!({ "id": old["id"], "field": new }));
        let hidden = json!({ "old": true, "new": false });
        assert_eq!(event["changes"], json!({
            "label": { "old": "PLAN", "new": "Plan" }, "required": { "old": false, "new": true },
            "defaultValue": { "old": null, "new": "free" }, "options": { "old": [], "new": ["free"] },
            "showOnCreate": hidden, "showInTable": hidden, "showInDetail": hidden,
        }));
        let shown = app.patch(&format!("{brand}/fields/ticket/plan"), json!({ "showInDetail": true })).await.ok();
        assert_eq!((&shown["visible"], &shown["showInTable"]), (&json!(true), &json!(false)));
    }

    async fn null_clears_what_may_be_empty(app) {
        let brand = app.brand("acme").await;
        let body = json!({
            "key": "k", "label": "L", "type": "text", "defaultValue": 1, "description": "D", "placeholder": "P",
        });
        app.post(&format!("{brand}/fields/customer"), body).await.created();
        let patch = json!({ "defaultValue": null, "description": null, "placeholder": null });
        let new = app.patch(&format!("{brand}/fields/customer/k"), patch).await.ok();
        assert!(["defaultValue", "description", "placeholder"].iter().all(|name| new[name].is_null()), "{new}");
    }

    async fn what_changes_nothing_records_nothing(app) {
        let brand = app.brand("acme").await;
        let old = field(app, &brand, "plan").await;
        app.advance_ms(1000);
        let same = json!({ "label": "PLAN", "visible": true, "options": [], "key": "plan", "type": "text" });
        for patch in [json!({}), same] {
            assert_eq!(app.patch(&format!("{brand}/fields/ticket/plan"), patch).await.ok(), old);
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created", "field.created"]);
    }

    async fn key_and_type_stay_and_a_select_keeps_an_option(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "key": "tier", "label": "L", "type": "select", "options": ["a"] });
        app.post(&format!("{brand}/fields/ticket"), body).await.created();
        let path = format!("{brand}/fields/ticket/tier");
        let all = app.patch(&path, json!({ "key": "level", "type": "text", "options": [] })).await.invalid();
        assert_eq!(all, ["key", "type", "options"]);
        assert_eq!(app.patch(&path, json!({ "options": ["b"] })).await.ok()["options"], json!(["b"]));
    }

    async fn only_what_is_there_can_be_changed(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        field(app, &brand, "plan").await;
        for path in ["fields/ticket/none", "fields/customer/plan", "fields/brand/plan"] {
            app.patch(&format!("{brand}/{path}"), json!({ "label": "L" })).await.refused(404, "not_found");
            app.patch(&format!("{brand}/{path}"), json!({ "label": 1 })).await.refused(404, "not_found");
        }
        app.patch(&format!("{other}/fields/ticket/plan"), json!({ "label": "L" })).await.refused(404, "not_found");
    }
}
