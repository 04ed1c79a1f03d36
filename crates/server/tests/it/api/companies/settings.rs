//! The settings of a company that mean something (API 10).

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::company;
use crate::api::{given, id};

/// Writes past the API: categories and tags have no routes here.
async fn execute(app: &TestApp, text: String) {
    let done: dispatch_store::Result<()> = app
        .db
        .write(dispatch_store::Lane::Account, "test.execute", move |tx| {
            let text = text.clone();
            Box::pin(async move { dispatch_store::inspect::execute(tx, &text).await })
        })
        .await;
    done.unwrap();
}

/// A category and a tag in the brand with this path, with these ids.
async fn labels(app: &TestApp, brand: &str, category: &str, tag: &str) {
    let brand = brand.trim_start_matches("/brands/");
    execute(
        app,
        format!(
            "INSERT INTO category (brand_id, id, name, name_key, key, color, sort_order, created_at, updated_at)
        VALUES ('{brand}', '{category}', '{category}', '{category}', '{category}', '#000000', 0, 0, 0)"
        ),
    )
    .await;
    execute(
        app,
        format!(
            "INSERT INTO tag (brand_id, id, name, name_key, color, created_at, updated_at)
        VALUES ('{brand}', '{tag}', '{tag}', '{tag}', '#000000', 0, 0)"
        ),
    )
    .await;
}

both! {
    async fn what_they_name_must_be_there(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        labels(app, &acme, "cat_1", "tag_1").await;
        labels(app, &other, "cat_2", "tag_2").await;
        given::member(app, "far@example.com", "Far", &[&other]).await;
        let good = json!({
            "defaultPriority": "medium", "defaultAssigneeEmail": " Team@Example.com", "defaultCategoryId": "cat_1",
            "defaultTagIds": ["tag_1"], "ccEmails": ["A@example.com", "b@example.com"], "mine": [1, null],
        });
        let made = company(app, &acme, json!({ "name": "C", "settings": good })).await;
        let stored = json!({
            "defaultPriority": "normal", "defaultAssigneeEmail": "team@example.com", "defaultCategoryId": "cat_1",
            "defaultTagIds": ["tag_1"], "ccEmails": ["a@example.com", "b@example.com"], "mine": [1, null],
        });
        assert_eq!(made["settings"], stored);
        let path = format!("{acme}/companies/{}", id(&made));
        for (key, value) in [
            ("defaultPriority", json!("soon")),
            ("defaultPriority", json!(1)),
            ("defaultAssigneeEmail", json!("team")),
            ("defaultAssigneeEmail", json!("far@example.com")),
            ("defaultCategoryId", json!("cat_2")),
            ("defaultCategoryId", json!({})),
            ("defaultTagIds", json!("tag_1")),
            ("defaultTagIds", json!(["tag_1", "tag_2"])),
            ("defaultTagIds", json!(vec!["tag_1"; 51])),
            ("ccEmails", json!(["a"])),
            ("ccEmails", json!(vec!["a@b.example"; 21])),
            ("slaHoursByPriority", json!({ "high": 4 })),
        ] {
            let body = json!({ "name": "C", "settings": { key: value } });
            let field = [format!("settings.{key}")];
            assert_eq!(app.patch(&path, body.clone()).await.invalid(), field, "{value}");
            assert_eq!(app.post(&format!("{acme}/companies"), body).await.invalid(), field, "{value}");
        }
        assert_eq!(app.get(&path).await.ok(), made);
    }

    async fn what_vanished_later_is_in_nobodys_way(app) {
        let brand = app.brand("acme").await;
        labels(app, &brand, "cat_1", "tag_1").await;
        let settings = json!({ "defaultCategoryId": "cat_1", "defaultTagIds": ["tag_1"] });
        let made = company(app, &brand, json!({ "name": "C", "settings": settings })).await;
        execute(app, "DELETE FROM category".to_owned()).await;
        let path = format!("{brand}/companies/{}", id(&made));
        let after = app.patch(&path, json!({ "settings": { "mine": 1, "defaultTagIds": null } })).await.ok();
        assert_eq!(after["settings"], json!({ "defaultCategoryId": "cat_1", "mine": 1 }));
        assert_eq!(app.patch(&path, json!({ "settings": null })).await.ok()["settings"], Value::Object(Default::default()));
    }
}
