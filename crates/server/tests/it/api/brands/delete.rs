use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{id, key_for};

both! {
    async fn without_confirmation_the_reply_counts_what_would_go(app) {
        let brand = app.brand("acme").await;
        for title in ["One", "Two", "Three"] {
            app.ticket(&brand, json!({ "title": title, "customerEmail": format!("{title}@example.com") })).await;
        }
        app.delete(&format!("{brand}/tickets/DT-1003")).await.ok();
        app.post(&format!("{brand}/statuses"), json!({ "name": "Waiting", "key": "waiting" })).await.created();
        app.post(&format!("{brand}/companies"), json!({ "name": "One" })).await.created();
        let gone = app.post(&format!("{brand}/companies"), json!({ "name": "Two" })).await.created();
        app.delete(&format!("{brand}/companies/{}", id(&gone))).await.ok();
        app.post(&format!("{brand}/webhooks"), json!({ "url": "http://x.example/", "events": ["*"] })).await.created();
        let counts = json!({
            "ticketCount": 2, "customerCount": 3, "companyCount": 1, "categoryCount": 0, "tagCount": 0,
            "statusCount": 5, "webhookCount": 1,
        });
        for query in ["", "?confirm=false", "?confirm=0", "?confirm="] {
            assert_eq!(app.delete(&format!("{brand}{query}")).await.ok(), counts, "{query}");
        }
        assert_eq!(app.delete(&format!("{brand}?confirm=yes")).await.invalid(), ["confirm"]);
        assert_eq!(app.get(&brand).await.ok()["deletedAt"], Value::Null, "nothing was deleted");
    }

    async fn a_deleted_brand_is_gone_from_every_read_at_once(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let key = key_for(app, &acme, "full").await;
        app.ticket(&acme, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        app.advance_ms(1000);
        let before = app.get(&acme).await.ok();
        let deleted = app.delete(&format!("{acme}?confirm=true")).await.ok();
        assert_eq!((&deleted["id"], &deleted["slug"]), (&before["id"], &before["slug"]));
        assert_eq!(deleted["deletedAt"], "2026-01-02T03:04:06.678Z");
        assert_eq!(app.get("/brands").await.ok(), json!([app.get(&other).await.ok()]));
        assert_eq!(app.call(&key, "GET", "/brands", Value::Null).await.ok(), json!([]));
        for caller in [&app.key, &key] {
            app.call(caller, "GET", &acme, Value::Null).await.refused(404, "not_found");
            app.call(caller, "GET", &format!("{acme}/tickets/DT-1001"), Value::Null).await.refused(404, "not_found");
            app.call(caller, "POST", &format!("{acme}/tickets"), json!({ "title": "x" }))
                .await
                .refused(404, "not_found");
        }
        app.delete(&format!("{acme}?confirm=true")).await.refused(404, "not_found");
    }

    async fn the_other_brand_does_not_notice(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let ticket = app.ticket(&other, json!({ "title": "Stays", "customerEmail": "jane@example.com" })).await;
        app.delete(&format!("{acme}?confirm=1")).await.ok();
        assert_eq!(app.get(&format!("{other}/tickets/{}", id(&ticket))).await.ok(), ticket);
        assert!(app.problems(&other).await.is_empty());
    }
}
