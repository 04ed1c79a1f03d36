use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{custom, shown};
use crate::api::{event_types, last_event};

both! {
    async fn a_system_status_is_renamed_and_recolored_and_keeps_its_key(app) {
        let brand = app.brand("acme").await;
        for key in ["open", "pending", "resolved", "closed"] {
            let path = format!("{brand}/statuses/{key}");
            let before = app.get(&path).await.ok();
            app.advance_ms(1000);
            let body = json!({ "name": format!("New {key}"), "color": "#ABCDEF", "description": "Ours" });
            let after = app.patch(&path, body).await.ok();
            assert_eq!((&after["name"], &after["color"]), (&json!(format!("New {key}")), &json!("#abcdef")));
            for kept in ["id", "key", "isSystem", "isActive", "sortOrder", "createdAt"] {
                assert_eq!(after[kept], before[kept], "{kept}");
            }
            assert_ne!(after["updatedAt"], before["updatedAt"]);
            let changes = last_event(app, &brand).await["changes"].clone();
            assert_eq!(changes["name"], json!({ "old": before["name"], "new": after["name"] }));
            assert_eq!(changes["color"], json!({ "old": before["color"], "new": "#abcdef" }));
        }
    }

    async fn the_group_of_a_system_status_is_fixed(app) {
        let brand = app.brand("acme").await;
        for (key, active) in [("open", true), ("pending", true), ("resolved", false), ("closed", false)] {
            let path = format!("{brand}/statuses/{key}");
            app.patch(&path, json!({ "isActive": !active })).await.refused(409, "conflict");
            assert_eq!(
                app.patch(&path, json!({ "isActive": active })).await.ok()["isActive"],
                active,
                "no change is fine"
            );
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created"]);
    }

    async fn a_key_never_changes(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        for key in ["waiting", "open"] {
            let path = format!("{brand}/statuses/{key}");
            assert_eq!(app.patch(&path, json!({ "key": "other" })).await.invalid(), ["key"]);
            assert_eq!(app.patch(&path, json!({ "key": key })).await.ok()["key"], key);
        }
    }

    async fn a_change_that_changes_nothing_records_nothing(app) {
        let brand = app.brand("acme").await;
        let made = custom(app, &brand, "waiting").await;
        let path = format!("{brand}/statuses/waiting");
        app.advance_ms(1000);
        for body in [
            Value::Null,
            json!({}),
            json!({ "name": " waiting ", "color": "#6B7280" }),
            json!({ "description": null }),
            made.clone(),
        ] {
            assert_eq!(app.patch(&path, body.clone()).await.ok(), made, "{body}");
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created", "status.created"]);
    }

    async fn the_description_alone_may_be_cleared(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/statuses/open");
        assert_eq!(app.patch(&path, json!({ "description": null })).await.ok()["description"], Value::Null);
        let nulls = json!({ "name": null, "color": null, "isActive": null, "key": null });
        assert_eq!(app.patch(&path, nulls).await.invalid(), ["name", "color", "isActive", "key"]);
    }

    async fn a_custom_status_that_changes_its_group_regroups_its_tickets(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        app.ticket(&brand, json!({ "title": "x", "status": "waiting" })).await;
        let before = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(shown(app, &brand, "active").await, [1001]);
        app.patch(&format!("{brand}/statuses/waiting"), json!({ "isActive": false })).await.ok();
        assert_eq!(shown(app, &brand, "active").await, [0_i64; 0]);
        assert_eq!(shown(app, &brand, "inactive").await, [1001]);
        let after = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        for kept in ["resolvedAt", "closedAt", "updatedAt", "status"] {
            assert_eq!(after[kept], before[kept], "{kept}");
        }
        assert_eq!(after["statusRef"]["isActive"], false);
        assert_eq!(last_event(app, &brand).await["type"], "status.updated");
    }
}
