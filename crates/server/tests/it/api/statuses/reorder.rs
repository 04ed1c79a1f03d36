use dispatch_testkit::both;
use serde_json::json;

use super::{custom, order};
use crate::api::{each, event_types, id, last_event};

both! {
    /// The example of the seeds, word for word.
    async fn all_statuses_are_reordered_by_their_prefixed_keys(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting_eng").await;
        custom(app, &brand, "in_progress").await;
        let wanted = ["sts_open", "sts_in_progress", "sts_pending", "sts_waiting_eng", "sts_resolved", "sts_closed"];
        let reply = app.post(&format!("{brand}/statuses/reorder"), json!({ "statusIds": wanted })).await.ok();
        let keys = ["open", "in_progress", "pending", "waiting_eng", "resolved", "closed"];
        assert_eq!(each(&reply, "key"), keys);
        assert_eq!(app.get(&format!("{brand}/statuses")).await.ok(), reply);
        let event = last_event(app, &brand).await;
        assert_eq!(event["type"], "status.reordered");
        assert_eq!(event["data"]["statuses"], reply);
    }

    async fn ids_keys_and_prefixed_keys_may_be_mixed(app) {
        let brand = app.brand("acme").await;
        let made = custom(app, &brand, "waiting").await;
        let wanted = json!({ "statusIds": ["closed", id(&made), "sts_resolved", "pending", "sts_open"] });
        app.post(&format!("{brand}/statuses/reorder"), wanted).await.ok();
        assert_eq!(order(app, &brand).await, ["closed", "waiting", "resolved", "pending", "open"]);
    }

    async fn missing_unknown_and_repeated_statuses_are_refused(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let foreign = custom(app, &other, "foreign").await;
        let path = format!("{brand}/statuses/reorder");
        for (wanted, fields) in [
            (json!([]), vec!["statusIds"]),
            (json!(["open", "pending", "resolved"]), vec!["statusIds"]),
            (json!(["open", "pending", "resolved", "closed", "nothing"]), vec!["statusIds[4]"]),
            (json!(["open", "pending", "resolved", "closed", id(&foreign)]), vec!["statusIds[4]"]),
            (json!(["open", "sts_open", "pending", "resolved", "closed"]), vec!["statusIds[1]"]),
            (json!(["open", "open", "resolved", "closed"]), vec!["statusIds[1]", "statusIds"]),
            (json!("open"), vec!["statusIds"]),
            (json!(["open", 1, "resolved", "closed"]), vec!["statusIds[1]"]),
        ] {
            assert_eq!(app.post(&path, json!({ "statusIds": wanted })).await.invalid(), fields, "{wanted}");
        }
        assert_eq!(app.post(&path, json!({})).await.invalid(), ["statusIds"]);
        assert_eq!(order(app, &brand).await, ["open", "pending", "resolved", "closed"]);
        assert_eq!(event_types(app, &brand).await, ["brand.created"]);
    }

    async fn the_present_order_again_records_nothing(app) {
        let brand = app.brand("acme").await;
        let wanted = json!({ "statusIds": ["open", "pending", "resolved", "closed"] });
        app.post(&format!("{brand}/statuses/reorder"), wanted).await.ok();
        assert_eq!(event_types(app, &brand).await, ["brand.created"]);
    }
}
