use dispatch_testkit::both;
use serde_json::json;

use super::{path, tag};
use crate::api::{event_types, last_event};

both! {
    async fn a_change_tells_what_it_changed(app) {
        let brand = app.brand("acme").await;
        let old = tag(app, &brand, "Old").await;
        app.advance_ms(1000);
        let new = app.patch(&path(&brand, &old), json!({ "name": "New", "color": "#00FF00" })).await.ok();
        assert_eq!((&new["name"], &new["color"]), (&json!("New"), &json!("#00ff00")));
        assert_eq!(new["updatedAt"], "2026-01-02T03:04:06.678Z");
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["tag"]), (&json!("tag.updated"), &new));
        let changes = json!({ "name": { "old": "Old", "new": "New" }, "color": { "old": "#6b7280", "new": "#00ff00" } });
        assert_eq!(event["changes"], changes);
        tag(app, &brand, "Old").await;
    }

    async fn what_changes_nothing_records_nothing(app) {
        let brand = app.brand("acme").await;
        let old = tag(app, &brand, "Old").await;
        app.advance_ms(1000);
        for patch in [json!({}), json!({ "name": " Old ", "color": "#6B7280" })] {
            assert_eq!(app.patch(&path(&brand, &old), patch).await.ok(), old);
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created", "tag.created"]);
    }

    async fn a_taken_name_is_refused_and_its_own_in_another_case_is_not(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let one = tag(app, &brand, "One").await;
        tag(app, &brand, "Two").await;
        app.patch(&path(&brand, &one), json!({ "name": "TWO" })).await.refused(409, "conflict");
        assert_eq!(app.patch(&path(&brand, &one), json!({ "name": "ONE" })).await.ok()["name"], "ONE");
        app.patch(&path(&other, &one), json!({ "name": "X" })).await.refused(404, "not_found");
    }
}
