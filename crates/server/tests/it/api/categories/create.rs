use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{category, order};
use crate::api::{each, event_types, given::execute, last_event};

both! {
    async fn a_category_has_its_defaults_and_stands_behind_the_others(app) {
        let brand = app.brand("acme").await;
        category(app, &brand, "First").await;
        let made = category(app, &brand, "  Café & Crème ").await;
        let expected = json!({
            "id": made["id"], "brandId": brand.trim_start_matches("/brands/"), "name": "Café & Crème", "key": "cafe_creme",
            "color": "#6b7280", "description": null, "sortOrder": 1, "createdAt": "2026-01-02T03:04:05.678Z",
            "updatedAt": "2026-01-02T03:04:05.678Z",
        });
        assert_eq!(made, expected);
        assert!(made["id"].as_str().unwrap().starts_with("cat_"));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["entityId"]), (&json!("category.created"), &made["id"]));
        assert_eq!(event["data"], json!({ "id": made["id"], "category": made }));
        let body = json!({ "name": "Bugs", "key": "bug_reports", "color": "#ABCDEF", "description": "Defects" });
        let given = app.post(&format!("{brand}/categories"), body).await.created();
        assert_eq!((&given["key"], &given["color"]), (&json!("bug_reports"), &json!("#abcdef")));
        assert_eq!(given["description"], "Defects");
        assert_eq!(order(app, &brand).await, ["first", "cafe_creme", "bug_reports"]);
    }

    async fn a_key_made_from_the_name_is_free_and_not_reserved(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/categories"), json!({ "name": "x", "key": "billing" })).await.created();
        let names = ["Billing", "Billing!", "2nd", "日本", "All"];
        let mut keys = Vec::new();
        for name in names {
            keys.push(category(app, &brand, name).await["key"].as_str().unwrap().to_owned());
        }
        assert_eq!(keys, ["billing_2", "billing_3", "c_2nd", "category", "all_2"]);
    }

    async fn names_and_keys_are_unique_in_their_brand_whatever_the_case(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        category(app, &acme, "Éclair").await;
        let events = event_types(app, &acme).await;
        for body in [json!({ "name": "éCLAIR" }), json!({ "name": "New", "key": "eclair" })] {
            app.post(&format!("{acme}/categories"), body).await.refused(409, "conflict");
        }
        assert_eq!(event_types(app, &acme).await, events, "nothing was recorded");
        assert_eq!(category(app, &other, "ÉCLAIR").await["key"], "eclair");
    }

    async fn a_brand_has_at_most_500(app) {
        let brand = app.brand("acme").await;
        let id = brand.trim_start_matches("/brands/");
        execute(app, format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 499)
            INSERT INTO category (brand_id, id, name, name_key, key, color, sort_order, created_at, updated_at)
            SELECT '{id}', 'cat_' || i, 'c' || i, 'c' || i, 'c' || i, '#000000', i, 0, 0 FROM n"
        ))
        .await;
        assert_eq!(category(app, &brand, "Last").await["sortOrder"], 500);
        app.post(&format!("{brand}/categories"), json!({ "name": "One more" })).await.refused(409, "conflict");
        let all = app.get(&format!("{brand}/categories")).await.ok();
        assert_eq!(each(&all, "key").len(), 500);
    }

    async fn a_repeat_with_the_same_key_makes_one(app) {
        let brand = app.brand("acme").await;
        let create = async || {
            let path = format!("{brand}/categories");
            app.call_with(&app.key, "POST", &path, json!({ "name": "Once" }), &[("idempotency-key", "k")]).await
        };
        let (first, second): (Value, Value) = (create().await.created(), create().await.created());
        assert_eq!(first, second);
        assert_eq!(order(app, &brand).await, ["once"]);
    }
}
