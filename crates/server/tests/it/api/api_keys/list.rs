use dispatch_testkit::{both, until};
use serde_json::{Value, json};

use crate::api::each;

const KEYS: &str = "/accounts/me/api-keys";

both! {
    async fn keys_are_listed_newest_first_and_never_with_their_text(app) {
        let mut texts = vec![app.key.clone()];
        for name in ["Second", "Third"] {
            app.advance_ms(1);
            let made = app.post(KEYS, json!({ "name": name, "allBrands": true })).await.created();
            texts.push(made["key"].as_str().unwrap().to_owned());
        }
        let answer = app.get(KEYS).await;
        assert!(texts.iter().all(|text| !answer.text.contains(&text[12..])), "{}", answer.text);
        let keys = answer.ok();
        assert_eq!(each(&keys, "name"), ["Third", "Second", "Test key"]);
        assert!(keys[0].get("key").is_none());
    }

    async fn the_last_use_is_told_to_the_minute(app) {
        let key = app.new_key(json!({ "name": "Used", "allBrands": true })).await;
        app.call(&key, "GET", "/brands", Value::Null).await.ok();
        let mut noted = Value::Null;
        // It is noted behind the request.
        until("the use of a key is noted", async || {
            let keys = app.get(KEYS).await.ok();
            let used = keys.as_array().unwrap().iter().find(|key| key["name"] == "Used").unwrap();
            noted = used["lastUsedAt"].clone();
            !noted.is_null()
        })
        .await;
        assert_eq!(noted, "2026-01-02T03:04:00.000Z");
    }
}
