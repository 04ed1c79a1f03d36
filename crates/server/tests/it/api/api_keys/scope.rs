use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::id;

const KEYS: &str = "/accounts/me/api-keys";

both! {
    async fn the_scope_of_a_key_changes_for_its_next_request(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let (acme_id, other_id) = (acme.trim_start_matches("/brands/"), other.trim_start_matches("/brands/"));
        let made = app.post(KEYS, json!({ "name": "Key", "brandIds": [acme_id] })).await.created();
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}/scope", id(&made)));
        app.call(key, "GET", &other, Value::Null).await.refused(404, "not_found");
        assert_eq!(app.patch(&path, json!({ "brandIds": [other_id] })).await.ok(), json!({ "success": true }));
        app.call(key, "GET", &other, Value::Null).await.ok();
        app.call(key, "GET", &acme, Value::Null).await.refused(404, "not_found");
        assert_eq!(app.patch(&path, json!({ "allBrands": true })).await.ok(), json!({ "success": true }));
        app.call(key, "GET", &acme, Value::Null).await.ok();
    }

    async fn only_the_scope_changes_here(app) {
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let body = json!({ "name": "Other", "expiresAt": "2027-01-01", "allBrands": true });
        let answer = app.patch(&format!("{KEYS}/{}/scope", id(&made)), body).await;
        assert_eq!(answer.header("x-ignored-fields"), "name, expiresAt");
        answer.ok();
        let keys = app.get(KEYS).await.ok();
        let key = keys.as_array().unwrap().iter().find(|key| key["id"] == made["id"]).unwrap();
        assert_eq!((&key["name"], &key["expiresAt"]), (&json!("Key"), &Value::Null));
    }

    async fn a_bad_scope_is_refused(app) {
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let path = format!("{KEYS}/{}/scope", id(&made));
        assert_eq!(app.patch(&path, json!({ "allBrands": false })).await.invalid(), ["brandIds"]);
        assert_eq!(
            app.patch(&path, json!({ "allBrands": false, "brandIds": ["br_x"] })).await.invalid(),
            ["brandIds[0]"]
        );
        app.patch(&format!("{KEYS}/key_unknown/scope"), json!({ "allBrands": true })).await.refused(404, "not_found");
    }
}
