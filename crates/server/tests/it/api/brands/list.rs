use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{each, key_for};

both! {
    async fn brands_are_listed_by_name(app) {
        for name in ["beta", "gamma", "alpha"] {
            app.post("/brands", json!({ "name": name })).await.created();
        }
        assert_eq!(each(&app.get("/brands").await.ok(), "name"), ["alpha", "beta", "gamma"]);
    }

    async fn a_key_sees_only_the_brands_of_its_scope(app) {
        let (acme, _other) = (app.brand("acme").await, app.brand("other").await);
        let key = key_for(app, &acme, "read").await;
        let seen = app.call(&key, "GET", "/brands", Value::Null).await.ok();
        assert_eq!(seen, json!([app.get(&acme).await.ok()]));
    }
}
