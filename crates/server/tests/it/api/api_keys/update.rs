use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::id;

const KEYS: &str = "/accounts/me/api-keys";

both! {
    async fn a_key_is_renamed_and_keeps_the_rest(app) {
        let made = app.post(KEYS, json!({ "name": "Old", "allBrands": true })).await.created();
        let path = format!("{KEYS}/{}", id(&made));
        let changed = app.patch(&path, json!({ "name": "New" })).await.ok();
        let mut expected = made;
        expected.as_object_mut().unwrap().remove("key");
        expected["name"] = json!("New");
        assert_eq!(changed, expected, "and its text is not shown again");
        assert_eq!(app.patch(&path, json!({})).await.ok(), changed);
    }

    async fn a_change_of_what_a_key_reaches_applies_to_the_next_request(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}", id(&made)));
        let acme_id = acme.trim_start_matches("/brands/");
        app.call(key, "GET", &other, Value::Null).await.ok();
        let changed = app.patch(&path, json!({ "allBrands": false, "brandIds": [acme_id] })).await.ok();
        assert_eq!((&changed["allBrands"], &changed["brandIds"]), (&json!(false), &json!([acme_id])));
        app.call(key, "GET", &acme, Value::Null).await.ok();
        app.call(key, "GET", &other, Value::Null).await.refused(404, "not_found");
        assert_eq!(app.patch(&path, json!({ "allBrands": true })).await.ok()["brandIds"], json!([]));
        app.call(key, "GET", &other, Value::Null).await.ok();
    }

    async fn a_bad_change_changes_nothing(app) {
        let brand = app.brand("acme").await;
        let brand = brand.trim_start_matches("/brands/");
        let made = app.post(KEYS, json!({ "name": "Key", "brandIds": [brand] })).await.created();
        let path = format!("{KEYS}/{}", id(&made));
        let before = app.get(KEYS).await.ok();
        for (body, fields) in [
            (json!({ "name": null }), vec!["name"]),
            (json!({ "name": "" }), vec!["name"]),
            (json!({ "brandIds": [] }), vec!["brandIds"]),
            (json!({ "brandIds": [brand, "br_unknown"] }), vec!["brandIds[1]"]),
            (json!({ "expiresAt": "2026-01-01" }), vec!["expiresAt"]),
            (json!({ "allBrands": null }), vec!["allBrands"]),
        ] {
            assert_eq!(app.patch(&path, body.clone()).await.invalid(), fields, "{body}");
        }
        let after = app.get(KEYS).await.ok();
        assert_eq!(after[0]["name"], before[0]["name"]);
        assert_eq!(after[0]["brandIds"], before[0]["brandIds"]);
    }

    async fn brand_ids_are_ignored_with_all_brands_here_too(app) {
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let path = format!("{KEYS}/{}", id(&made));
        let changed = app.patch(&path, json!({ "allBrands": true, "brandIds": ["br_unknown"] })).await.ok();
        assert_eq!((&changed["allBrands"], &changed["brandIds"]), (&json!(true), &json!([])));
    }

    async fn a_key_that_is_not_there_is_not_found_whatever_the_body_says(app) {
        app.patch(&format!("{KEYS}/key_unknown"), json!({ "name": 1 })).await.refused(404, "not_found");
    }
}
