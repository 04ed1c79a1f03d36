use dispatch_testkit::both;
use serde_json::json;

use super::{path, tag};
use crate::api::{each, event_types, given::execute, key_for, last_event};

both! {
    async fn a_tag_has_a_color_and_tells_of_itself(app) {
        let brand = app.brand("acme").await;
        let made = tag(app, &brand, "  VIP  ").await;
        let expected = json!({
            "id": made["id"], "brandId": brand.trim_start_matches("/brands/"), "name": "VIP", "color": "#6b7280",
            "createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-01-02T03:04:05.678Z",
        });
        assert_eq!(made, expected);
        assert!(made["id"].as_str().unwrap().starts_with("tag_"));
        assert_eq!(app.get(&path(&brand, &made)).await.ok(), made);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]), (&json!("tag.created"), &json!({ "id": made["id"], "tag": made })));
        let red = app.post(&format!("{brand}/tags"), json!({ "name": "Red", "color": "#FF0000" })).await.created();
        assert_eq!(red["color"], "#ff0000");
    }

    async fn tags_are_listed_by_name_whatever_the_case(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        for name in ["beta", "Alpha", "été", "Beta 2", "alpha 2"] {
            tag(app, &brand, name).await;
        }
        tag(app, &other, "Foreign").await;
        let all = app.get(&format!("{brand}/tags")).await.ok();
        assert_eq!(each(&all, "name"), ["Alpha", "alpha 2", "beta", "Beta 2", "été"]);
    }

    async fn a_name_is_unique_in_its_brand_whatever_the_case(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        tag(app, &brand, "Été").await;
        let events = event_types(app, &brand).await;
        app.post(&format!("{brand}/tags"), json!({ "name": " éTÉ" })).await.refused(409, "conflict");
        assert_eq!(event_types(app, &brand).await, events);
        tag(app, &other, "été").await;
    }

    async fn support_creates_tags_and_changes_none(app) {
        let brand = app.brand("acme").await;
        let key = key_for(app, &brand, "support").await;
        let made = app.call(&key, "POST", &format!("{brand}/tags"), json!({ "name": "New" })).await.created();
        app.call(&key, "PATCH", &path(&brand, &made), json!({ "name": "X" })).await.refused(403, "forbidden");
        app.call(&key, "DELETE", &path(&brand, &made), json!(null)).await.refused(403, "forbidden");
    }

    async fn a_brand_has_at_most_5000(app) {
        let brand = app.brand("acme").await;
        let id = brand.trim_start_matches("/brands/");
        execute(app, format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
            INSERT INTO tag (brand_id, id, name, name_key, color, created_at, updated_at)
            SELECT '{id}', 'tag_' || i, 't' || i, 't' || i, '#000000', 0, 0 FROM n"
        ))
        .await;
        tag(app, &brand, "Last").await;
        app.post(&format!("{brand}/tags"), json!({ "name": "One more" })).await.refused(409, "conflict");
        assert_eq!(app.get(&format!("{brand}/tags")).await.ok().as_array().unwrap().len(), 5_000);
    }
}
