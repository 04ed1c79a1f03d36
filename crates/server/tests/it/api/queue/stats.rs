use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::given::{path, status, text};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
const MINUTE_MS: i64 = 60 * 1_000;

async fn stats(app: &TestApp, query: &str) -> Value {
    app.get(&format!("/tickets/stats{query}")).await.ok()
}

both! {
    async fn every_number_is_there_also_when_it_is_0(app) {
        let empty = json!({ "avgFirstResponseMinutes": null, "avgResolutionMinutes": null, "ticketsWithResponse": 0,
            "ticketsResolved": 0 });
        let zero = json!({ "total": 0, "active": 0, "open": 0, "pending": 0, "resolved": 0, "closed": 0, "byStatus": {},
            "byBrand": {}, "responseMetrics": empty });
        assert_eq!(stats(app, "").await, zero);
        let brand = app.brand("acme").await;
        let mut expected = zero;
        expected["byStatus"] = json!({ "open": 0, "pending": 0, "resolved": 0, "closed": 0 });
        let id = brand.trim_start_matches("/brands/");
        expected["byBrand"] =
            json!({ (id): { "name": "acme", "prefix": "DT", "total": 0, "active": 0, "open": 0, "pending": 0 } });
        assert_eq!(stats(app, "").await, expected);
    }

    async fn tickets_are_summed_by_status_and_brand(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        status(app, &acme, "doing", true).await;
        for key in ["open", "open", "pending", "doing", "resolved", "closed"] {
            app.ticket(&acme, json!({ "title": "T", "status": key })).await;
        }
        app.ticket(&other, json!({ "title": "T", "status": "pending" })).await;
        let found = stats(app, "").await;
        let sums = ["total", "active", "open", "pending", "resolved", "closed"].map(|name| found[name].as_i64().unwrap());
        assert_eq!(sums, [7, 5, 2, 2, 1, 1]);
        assert_eq!(found["byStatus"], json!({ "open": 2, "pending": 2, "doing": 1, "resolved": 1, "closed": 1 }));
        let of = |brand: &str| found["byBrand"][brand.trim_start_matches("/brands/")].clone();
        assert_eq!(of(&acme), json!({ "name": "acme", "prefix": "DT", "total": 6, "active": 4, "open": 2, "pending": 1 }));
        assert_eq!(of(&other), json!({ "name": "other", "prefix": "DT", "total": 1, "active": 1, "open": 0, "pending": 1 }));
        let alone = stats(app, &format!("?brandIds={}", other.trim_start_matches("/brands/"))).await;
        assert_eq!((&alone["total"], alone["byBrand"].as_object().unwrap().len()), (&json!(1), 1));
    }

    async fn spam_deleted_and_duplicates_are_left_out_and_come_back(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let before = stats(app, "").await;
        let zero = async || {
            let found = stats(app, "").await;
            let sums = ["total", "active", "open", "closed"].map(|name| found[name].as_i64().unwrap());
            assert_eq!(sums, [0; 4]);
            assert_eq!(found["responseMetrics"]["ticketsResolved"], 0);
        };
        app.post(&format!("{one}/spam"), json!({ "isSpam": true })).await.ok();
        zero().await;
        app.post(&format!("{one}/spam"), json!({ "isSpam": false })).await.ok();
        assert_eq!(stats(app, "").await, before);
        app.delete(&one).await.ok();
        zero().await;
        app.post(&format!("{one}/restore"), Value::Null).await.ok();
        assert_eq!(stats(app, "").await, before);
        app.patch(&one, json!({ "status": "closed", "closeReason": "duplicate" })).await.ok();
        zero().await;
        app.patch(&one, json!({ "closeReason": "no_response" })).await.ok();
        assert_eq!(stats(app, "").await["closed"], 1);
        app.patch(&one, json!({ "closeReason": "duplicate" })).await.ok();
        zero().await;
        app.patch(&one, json!({ "status": "open" })).await.ok();
        assert_eq!(stats(app, "").await, before);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn means_are_in_minutes_with_one_decimal(app) {
        let brand = app.brand("acme").await;
        let first = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let second = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.ticket(&brand, json!({ "title": "T" })).await;
        let answer = async |one: &str, internal: bool| {
            let body = json!({ "body": "B", "isInternal": internal });
            app.post(&format!("{one}/comments"), body).await.created();
        };
        app.advance_ms(MINUTE_MS);
        answer(&first, true).await;
        app.advance_ms(MINUTE_MS);
        answer(&first, false).await;
        app.advance_ms(MINUTE_MS);
        answer(&first, false).await;
        answer(&second, false).await;
        app.advance_ms(MINUTE_MS / 2);
        app.patch(&first, json!({ "status": "resolved" })).await.ok();
        let metrics = stats(app, "").await["responseMetrics"].clone();
        assert_eq!(metrics, json!({ "avgFirstResponseMinutes": 2.5, "avgResolutionMinutes": 3.5,
            "ticketsWithResponse": 2, "ticketsResolved": 1 }), "2 and 3 minutes; 3.5 minutes");
        app.patch(&first, json!({ "status": "open" })).await.ok();
        let metrics = stats(app, "").await["responseMetrics"].clone();
        assert_eq!((&metrics["avgResolutionMinutes"], &metrics["ticketsResolved"]), (&Value::Null, &json!(0)));
        assert_eq!(metrics["ticketsWithResponse"], 2);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn days_count_back_from_today(app) {
        let brand = app.brand("acme").await;
        for _ in 0..3 {
            app.ticket(&brand, json!({ "title": "T" })).await;
            app.clock.advance_ms(DAY_MS);
        }
        // Now is the fourth day, and nothing was created on it.
        for (query, total) in [("", 3), ("?days=1", 0), ("?days=2", 1), ("?days=3", 2), ("?days=4", 3), ("?days=365", 3)] {
            assert_eq!(stats(app, query).await["total"], total, "{query}");
        }
        for days in ["0", "366", "-1", "x", "1.5"] {
            assert_eq!(app.get(&format!("/tickets/stats?days={days}")).await.invalid(), ["days"], "{days}");
        }
        assert_eq!(text(&app.get(&format!("{brand}/tickets/DT-1001")).await.ok(), "status"), "open");
    }

    async fn a_replaced_status_is_counted_as_its_replacement_at_once(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        for _ in 0..3 {
            app.ticket(&brand, json!({ "title": "T", "status": "doing" })).await;
        }
        let body = json!({ "replacementStatusId": "resolved" });
        let deleted = app.call(&app.key, "DELETE", &format!("{brand}/statuses/doing"), body).await;
        assert!(deleted.status.is_success(), "{}", deleted.text);
        for _ in 0..2 {
            let found = stats(app, "").await;
            assert_eq!(found["byStatus"], json!({ "open": 0, "pending": 0, "resolved": 3, "closed": 0 }));
            assert_eq!((&found["active"], &found["resolved"]), (&json!(0), &json!(3)));
            app.drain().await;
        }
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}
