use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use crate::api::id;

const KEYS: &str = "/accounts/me/api-keys";

both! {
    async fn a_new_key_is_shown_once_and_works(app) {
        let brand = app.brand("acme").await;
        let brand_id = brand.trim_start_matches("/brands/");
        let made = app.post(KEYS, json!({ "name": " Server ", "brandIds": [brand_id, brand_id] })).await.created();
        let text = made["key"].as_str().unwrap();
        assert!(text.starts_with("sk_live_") && text.len() >= 40, "{text}");
        let keys = app.get(KEYS).await.ok();
        let creator = keys.as_array().unwrap().iter().find(|key| key["name"] == "Test key").unwrap()["id"].clone();
        let expected = json!({
            "id": id(&made), "name": "Server", "permissions": "full",
            "keyPreview": format!("sk_live_...{}", &text[text.len() - 4..]), "prefix": &text[..12],
            "allBrands": false, "brandIds": [brand_id], "lastUsedAt": null, "expiresAt": null,
            "createdBy": creator, "createdAt": START, "key": text,
        });
        assert_eq!(made, expected);
        assert!(id(&made).starts_with("key_"));
        assert_eq!(app.call(text, "GET", &brand, Value::Null).await.ok()["id"], brand_id);
    }

    async fn brand_ids_are_ignored_with_all_brands(app) {
        let body = json!({ "name": "All", "allBrands": true, "brandIds": ["br_unknown"], "permissions": "read" });
        let made = app.post(KEYS, body).await.created();
        assert_eq!((&made["allBrands"], &made["brandIds"]), (&json!(true), &json!([])));
        assert_eq!(made["permissions"], "read");
    }

    async fn a_bad_key_names_what_is_wrong_with_it(app) {
        let brand = app.brand("acme").await;
        let brand = brand.trim_start_matches("/brands/");
        let gone = app.brand("gone").await;
        app.delete(&format!("{gone}?confirm=true")).await.ok();
        let gone = gone.trim_start_matches("/brands/");
        for (body, fields) in [
            (json!({ "allBrands": true }), vec!["name"]),
            (json!({ "name": "  ", "allBrands": true }), vec!["name"]),
            (json!({ "name": "x".repeat(201), "allBrands": true }), vec!["name"]),
            (json!({ "name": "x" }), vec!["brandIds"]),
            (json!({ "name": "x", "allBrands": false, "brandIds": [] }), vec!["brandIds"]),
            (json!({ "name": "x", "brandIds": [brand, "br_unknown", gone] }), vec!["brandIds[1]", "brandIds[2]"]),
            (json!({ "name": "x", "brandIds": brand }), vec!["brandIds"]),
            (json!({ "name": "x", "allBrands": "true", "permissions": "root" }), vec!["permissions", "allBrands"]),
            (json!({ "name": "x", "allBrands": true, "expiresAt": START }), vec!["expiresAt"]),
            (json!({ "name": "x", "allBrands": true, "expiresAt": 1_800_000_000 }), vec!["expiresAt"]),
        ] {
            assert_eq!(app.post(KEYS, body.clone()).await.invalid(), fields, "{body}");
        }
        assert_eq!(app.get(KEYS).await.ok().as_array().unwrap().len(), 1, "nothing was created");
    }

    async fn an_account_has_at_most_200_keys(app) {
        let body = json!({ "name": "One of many", "allBrands": true });
        let mut last = Value::Null;
        for _ in 1..200 {
            last = app.post(KEYS, body.clone()).await.created();
        }
        app.post(KEYS, body.clone()).await.refused(409, "conflict");
        assert_eq!(app.delete(&format!("{KEYS}/{}", id(&last))).await.status, 204);
        app.post(KEYS, body).await.created();
    }
}
