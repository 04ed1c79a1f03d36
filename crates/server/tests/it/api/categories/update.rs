use dispatch_testkit::both;
use serde_json::json;

use super::{category, path};
use crate::api::{event_types, last_event};

both! {
    async fn a_rename_keeps_the_key_and_tells_what_changed(app) {
        let brand = app.brand("acme").await;
        let old = category(app, &brand, "Billing").await;
        app.advance_ms(1000);
        let patch = json!({ "name": "Invoices", "color": "#FF0000", "description": "Money", "key": "billing" });
        let new = app.patch(&path(&brand, &old), patch).await.ok();
        assert_eq!((&new["name"], &new["key"], &new["color"]), (&json!("Invoices"), &old["key"], &json!("#ff0000")));
        assert_eq!(new["updatedAt"], "2026-01-02T03:04:06.678Z");
        assert_eq!(app.get(&path(&brand, &old)).await.ok(), new);
        let event = last_event(app, &brand).await;
        assert_eq!(event["type"], "category.updated");
        assert_eq!(event["changes"], json!({
            "name": { "old": "Billing", "new": "Invoices" },
            "color": { "old": "#6b7280", "new": "#ff0000" },
            "description": { "old": null, "new": "Money" },
        }));
        assert_eq!(event["data"]["category"], new);
        let cleared = app.patch(&path(&brand, &old), json!({ "description": null })).await.ok();
        assert_eq!(cleared["description"], json!(null));
    }

    async fn what_changes_nothing_records_nothing(app) {
        let brand = app.brand("acme").await;
        let old = category(app, &brand, "Billing").await;
        app.advance_ms(1000);
        let same = json!({ "name": "Billing", "color": "#6B7280", "description": null, "key": "billing" });
        for patch in [json!({}), same] {
            assert_eq!(app.patch(&path(&brand, &old), patch).await.ok(), old);
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created", "category.created"]);
    }

    async fn another_key_and_a_taken_name_are_refused(app) {
        let brand = app.brand("acme").await;
        let one = category(app, &brand, "One").await;
        category(app, &brand, "Two").await;
        assert_eq!(app.patch(&path(&brand, &one), json!({ "key": "two" })).await.invalid(), ["key"]);
        app.patch(&path(&brand, &one), json!({ "name": "tWO" })).await.refused(409, "conflict");
        assert_eq!(app.patch(&path(&brand, &one), json!({ "name": "ONE" })).await.ok()["name"], "ONE", "its own name");
    }
}
