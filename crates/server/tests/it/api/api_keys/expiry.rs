use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::id;

const KEYS: &str = "/accounts/me/api-keys";

both! {
    async fn a_key_works_until_the_moment_it_expires(app) {
        let body = json!({ "name": "Key", "allBrands": true, "expiresAt": "2026-01-02T04:04:06.678+01:00" });
        let made = app.post(KEYS, body).await.created();
        assert_eq!(made["expiresAt"], "2026-01-02T03:04:06.678Z");
        let key = made["key"].as_str().unwrap();
        app.advance_ms(999);
        app.call(key, "GET", "/brands", Value::Null).await.ok();
        app.advance_ms(1);
        app.call(key, "GET", "/brands", Value::Null).await.refused(401, "authentication_error");
    }

    async fn the_end_of_a_key_can_be_moved_and_taken_away(app) {
        let body = json!({ "name": "Key", "allBrands": true, "expiresAt": "2026-01-03" });
        let made = app.post(KEYS, body).await.created();
        assert_eq!(made["expiresAt"], "2026-01-03T00:00:00.000Z");
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}", id(&made)));
        app.advance_ms(48 * 60 * 60 * 1000);
        app.call(key, "GET", "/brands", Value::Null).await.refused(401, "authentication_error");
        app.patch(&path, json!({ "expiresAt": "2026-01-05" })).await.ok();
        app.call(key, "GET", "/brands", Value::Null).await.ok();
        assert_eq!(app.patch(&path, json!({ "expiresAt": null })).await.ok()["expiresAt"], Value::Null);
        app.advance_ms(400 * 24 * 60 * 60 * 1000);
        app.call(key, "GET", "/brands", Value::Null).await.ok();
    }
}
