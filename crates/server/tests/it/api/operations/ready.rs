use dispatch_testkit::both;
use serde_json::{Value, json};

both! {
    async fn ready_says_how_each_part_is(app) {
        let ready = app.call("", "GET", "/ready", Value::Null).await.ok();
        let checks = json!({ "database": "ok", "storage": "ok", "migrations": "ok", "queues": "ok" });
        assert_eq!(ready, json!({ "status": "ok", "checks": checks }));
    }

    async fn a_server_on_its_way_down_is_not_ready_and_goes_on_answering(app) {
        app.app.stop();
        assert_eq!(app.call("", "GET", "/ready", Value::Null).await.with(503)["status"], "unavailable");
        assert_eq!(app.call("", "GET", "/health", Value::Null).await.ok()["status"], "ok");
        app.brand("acme").await;
    }
}
