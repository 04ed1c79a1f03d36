//! A deleted company: gone for every reader at once, its customers' rows follow.

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{company, company_of, counts, customer, emails};
use crate::api::{event_types, id, last_event};

both! {
    async fn a_deleted_company_is_answered_once_and_then_gone(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let path = format!("{brand}/companies/{}", id(&made));
        app.advance_ms(1000);
        let deleted = app.delete(&path).await.ok();
        assert_eq!((&deleted["id"], &deleted["deletedAt"]), (&made["id"], &json!("2026-01-02T03:04:06.678Z")));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["company"]["name"]), (&json!("company.deleted"), &json!("C")));
        app.get(&path).await.refused(404, "not_found");
        app.patch(&path, json!({ "name": "x" })).await.refused(404, "not_found");
        app.delete(&path).await.refused(404, "not_found");
        assert_eq!(app.get(&format!("{brand}/companies")).await.ok()["data"], json!([]));
        let body = json!({ "email": "a@b.example", "companyId": made["id"] });
        assert_eq!(app.post(&format!("{brand}/customers"), body).await.invalid(), ["companyId"]);
        // Its domain is free again.
        company(app, &brand, json!({ "name": "D", "domain": "example.com" })).await;
    }

    async fn its_customers_have_none_before_the_worker_has_run(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let jane = customer(app, &brand, "jane@example.com").await;
        let gone = customer(app, &brand, "gone@example.com").await;
        app.delete(&format!("{brand}/customers/{}", id(&gone))).await.ok();
        assert_eq!(company_of(app, &brand, &jane).await, made["id"]);
        app.delete(&format!("{brand}/companies/{}", id(&made))).await.ok();
        assert_eq!(company_of(app, &brand, &jane).await, Value::Null);
        assert_eq!(emails(app, &brand, &made).await, [""; 0]);
        let told = event_types(app, &brand).await;
        assert!(!told.contains(&"customer.updated".to_owned()), "that follows behind the answer");
        app.advance_ms(1000);
        app.drain().await;
        assert_eq!(company_of(app, &brand, &jane).await, Value::Null);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["source"], &event["entityId"]), (&json!("customer.updated"), &json!("system"), &jane["id"]));
        assert_eq!(event["changes"], json!({ "companyId": { "old": made["id"], "new": null } }));
        assert_eq!(event["data"]["customer"]["companyId"], Value::Null);
        assert_eq!(app.events(&brand).await.len(), told.len() + 1, "a deleted customer gets none");
        let seen = app.events(&brand).await.len();
        app.drain().await;
        assert_eq!(app.events(&brand).await.len(), seen, "once");
    }

    async fn more_customers_than_one_step_takes_all_leave(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        for number in 0..205 {
            customer(app, &brand, &format!("c{number}@example.com")).await;
        }
        assert_eq!(counts(app, &brand, &made).await, (json!(205), json!(0)));
        app.delete(&format!("{brand}/companies/{}", id(&made))).await.ok();
        app.drain().await;
        let told = event_types(app, &brand).await;
        assert_eq!(told.iter().filter(|kind| *kind == "customer.updated").count(), 205);
    }

    async fn a_customer_that_is_changed_meanwhile_is_told_of_once(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let jane = customer(app, &brand, "jane@example.com").await;
        app.delete(&format!("{brand}/companies/{}", id(&made))).await.ok();
        let changed = app.patch(&format!("{brand}/customers/{}", id(&jane)), json!({ "name": "Jane" })).await.ok();
        assert_eq!(changed["companyId"], Value::Null);
        app.drain().await;
        let events = app.events(&brand).await;
        let changes: Vec<&Value> =
            events.iter().filter(|event| event["type"] == "customer.updated").map(|event| &event["changes"]).collect();
        let moved = json!({ "companyId": { "old": made["id"], "new": null } });
        assert_eq!(changes, [&moved, &json!({ "name": { "old": null, "new": "Jane" } })]);
    }
}
