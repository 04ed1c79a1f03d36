use dispatch_testkit::both;
use serde_json::json;

use super::{counts, custom};
use crate::api::id;

both! {
    async fn every_status_is_counted_in_display_order_zeros_included(app) {
        let brand = app.brand("acme").await;
        let waiting = custom(app, &brand, "waiting").await;
        app.ticket(&brand, json!({ "title": "a" })).await;
        app.ticket(&brand, json!({ "title": "b", "status": "waiting" })).await;
        app.ticket(&brand, json!({ "title": "c", "status": "waiting" })).await;
        let stats = app.get(&format!("{brand}/statuses/stats")).await.ok();
        let found: Vec<_> = stats
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["statusKey"].as_str().unwrap(), one["count"].as_i64().unwrap()))
            .collect();
        assert_eq!(found, [("open", 1), ("pending", 0), ("waiting", 2), ("resolved", 0), ("closed", 0)]);
        let expected = json!({
            "statusId": id(&waiting), "statusName": "waiting", "statusKey": "waiting", "color": "#6b7280",
            "isSystem": false, "isActive": true, "count": 2,
        });
        assert_eq!(stats[2], expected);
    }

    async fn counts_follow_moves_and_deletions(app) {
        let brand = app.brand("acme").await;
        for title in ["a", "b", "c"] {
            app.ticket(&brand, json!({ "title": title })).await;
        }
        assert_eq!(counts(app, &brand).await, ["open=3"]);
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "status": "closed" })).await.ok();
        assert_eq!(counts(app, &brand).await, ["open=2", "closed=1"]);
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "status": "closed" })).await.ok();
        app.delete(&format!("{brand}/tickets/DT-1002")).await.ok();
        assert_eq!(counts(app, &brand).await, ["open=1", "closed=1"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn each_brand_counts_its_own(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        app.ticket(&acme, json!({ "title": "a" })).await;
        assert_eq!(counts(app, &acme).await, ["open=1"]);
        assert_eq!(counts(app, &other).await, [""; 0]);
    }
}
