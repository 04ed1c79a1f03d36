use dispatch_testkit::{START, both};
use serde_json::json;

use crate::api::id;

both! {
    /// Seeds, Statuses & Workflows: keys, names, colors and meanings; API 11: which of them are active.
    async fn every_brand_starts_with_the_four_system_statuses(app) {
        let brand = app.brand("acme").await;
        let statuses = app.get(&format!("{brand}/statuses")).await.ok();
        let brand_id = brand.trim_start_matches("/brands/");
        let expected = [
            ("Open", "open", "#3b82f6", "New ticket awaiting attention", true),
            ("Pending", "pending", "#f59e0b", "Waiting on customer or external input", true),
            ("Resolved", "resolved", "#22c55e", "Issue addressed, awaiting confirmation", false),
            ("Closed", "closed", "#22c55e", "Ticket finalized, no further action", false),
        ];
        assert_eq!(statuses.as_array().unwrap().len(), 4);
        for (place, (name, key, color, description, active)) in expected.into_iter().enumerate() {
            let status = &statuses[place];
            assert!(id(status).starts_with("sts_"));
            let whole = json!({
                "id": id(status), "brandId": brand_id, "name": name, "key": key, "color": color,
                "description": description, "isSystem": true, "isActive": active, "sortOrder": place,
                "createdAt": START, "updatedAt": START,
            });
            assert_eq!(*status, whole);
        }
    }

    async fn a_status_is_found_by_id_key_and_prefixed_key(app) {
        let brand = app.brand("acme").await;
        let made =
            app.post(&format!("{brand}/statuses"), json!({ "name": "Waiting", "key": "waiting" })).await.created();
        for spelled in [id(&made), "waiting", "sts_waiting"] {
            assert_eq!(app.get(&format!("{brand}/statuses/{spelled}")).await.ok(), made, "{spelled}");
        }
        for unknown in ["Waiting", "WAITING", "sts_sts_waiting", "sts_", "nothing", "sts_01kdyak43d7trmct2jayyxcg7v"] {
            app.get(&format!("{brand}/statuses/{unknown}")).await.refused(404, "not_found");
        }
    }

    /// Lookup order: id, key, `sts_<key>`.
    async fn a_key_wins_over_a_prefixed_key(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/statuses");
        let plain = app.post(&path, json!({ "name": "Plain", "key": "x" })).await.created();
        let prefixed = app.post(&path, json!({ "name": "Prefixed", "key": "sts_x" })).await.created();
        assert_eq!(app.get(&format!("{path}/sts_x")).await.ok()["id"], prefixed["id"]);
        assert_eq!(app.get(&format!("{path}/sts_sts_x")).await.ok()["id"], prefixed["id"]);
        assert_eq!(app.get(&format!("{path}/x")).await.ok()["id"], plain["id"]);
    }
}
