use dispatch_testkit::both;
use serde_json::{Value, json};

both! {
    async fn health_needs_no_credential(app) {
        let health = app.call("", "GET", "/health", Value::Null).await.ok();
        assert_eq!(health, json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }));
        app.call("sk_live_wrong", "GET", "/health", Value::Null).await.ok();
    }
}
