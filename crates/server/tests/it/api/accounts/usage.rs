use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{id, key_for};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

both! {
    async fn usage_counts_tickets_brands_and_customers(app) {
        let none = json!({
            "ticketsThisMonth": 0, "ticketsTotal": 0, "brandsCount": 0, "customersTotal": 0, "storageBytes": 0,
        });
        assert_eq!(app.get("/accounts/me/usage").await.ok(), none);
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        app.ticket(&acme, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        app.ticket(&acme, json!({ "title": "Two", "customerEmail": "jane@example.com" })).await;
        app.ticket(&other, json!({ "title": "Three", "customerEmail": "jane@example.com" })).await;
        let usage = app.get("/accounts/me/usage").await.ok();
        let expected = json!({
            "ticketsThisMonth": 3, "ticketsTotal": 3, "brandsCount": 2, "customersTotal": 2, "storageBytes": 0,
        });
        assert_eq!(usage, expected);
    }

    async fn a_scoped_key_counts_only_its_own_brands(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        app.ticket(&acme, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        app.ticket(&other, json!({ "title": "Two", "customerEmail": "joe@example.com" })).await;
        app.ticket(&other, json!({ "title": "Three", "customerEmail": "ann@example.com" })).await;
        let key = key_for(app, &acme, "read").await;
        let usage = app.call(&key, "GET", "/accounts/me/usage", Value::Null).await.ok();
        let expected = json!({
            "ticketsThisMonth": 1, "ticketsTotal": 1, "brandsCount": 1, "customersTotal": 1, "storageBytes": 0,
        });
        assert_eq!(usage, expected);
    }

    async fn the_month_begins_at_midnight_utc_of_its_first_day(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "In January" })).await;
        app.advance_ms(30 * DAY_MS); // 2026-02-01T03:04:05.678Z
        assert_eq!(app.get("/accounts/me/usage").await.ok()["ticketsThisMonth"], 0);
        app.ticket(&brand, json!({ "title": "In February" })).await;
        let usage = app.get("/accounts/me/usage").await.ok();
        assert_eq!((&usage["ticketsThisMonth"], &usage["ticketsTotal"]), (&json!(1), &json!(2)));
    }

    async fn deleted_things_are_not_counted(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let ticket = app.ticket(&acme, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        app.ticket(&other, json!({ "title": "Two" })).await;
        app.delete(&format!("{acme}/tickets/{}", id(&ticket))).await.ok();
        app.delete(&format!("{acme}/customers/{}", ticket["customerId"].as_str().unwrap())).await.ok();
        app.delete(&format!("{other}?confirm=true")).await.ok();
        let expected = json!({
            "ticketsThisMonth": 0, "ticketsTotal": 0, "brandsCount": 1, "customersTotal": 0, "storageBytes": 0,
        });
        assert_eq!(app.get("/accounts/me/usage").await.ok(), expected);
    }
}
