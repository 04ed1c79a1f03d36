use dispatch_testkit::both;
use serde_json::json;

use super::{category, order};
use crate::api::{each, event_types, last_event};

both! {
    async fn the_order_is_as_it_was_asked_for_and_stays(app) {
        let brand = app.brand("acme").await;
        let a = category(app, &brand, "A").await;
        category(app, &brand, "B").await;
        category(app, &brand, "C").await;
        let wanted = json!({ "categoryIds": ["c", a["id"], "b"] });
        let shown = app.post(&format!("{brand}/categories/reorder"), wanted.clone()).await.ok();
        assert_eq!(each(&shown, "key"), ["c", "a", "b"]);
        assert_eq!(order(app, &brand).await, ["c", "a", "b"]);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["categories"]), (&json!("category.reordered"), &shown));
        let before = event_types(app, &brand).await;
        app.post(&format!("{brand}/categories/reorder"), wanted).await.ok();
        assert_eq!(event_types(app, &brand).await, before, "the same order again is no change");
        assert_eq!(category(app, &brand, "D").await["sortOrder"], 3);
    }

    async fn every_category_is_named_once(app) {
        let brand = app.brand("acme").await;
        category(app, &brand, "A").await;
        category(app, &brand, "B").await;
        let reorder = async |ids: serde_json::Value| {
            app.post(&format!("{brand}/categories/reorder"), json!({ "categoryIds": ids })).await.invalid()
        };
        assert_eq!(reorder(json!(["b"])).await, ["categoryIds"]);
        assert_eq!(reorder(json!(["b", "a", "b"])).await, ["categoryIds[2]"]);
        assert_eq!(reorder(json!(["x", "b"])).await, ["categoryIds[0]", "categoryIds"]);
        assert_eq!(order(app, &brand).await, ["a", "b"]);
    }
}
