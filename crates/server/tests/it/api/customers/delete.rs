use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{id, last_event};

both! {
    async fn a_deleted_customer_is_answered_once_and_then_gone(app) {
        let brand = app.brand("acme").await;
        let made = app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let path = format!("{brand}/customers/{}", id(&made));
        app.advance_ms(1000);
        let deleted = app.delete(&path).await.ok();
        assert_eq!((&deleted["id"], &deleted["deletedAt"]), (&made["id"], &json!("2026-01-02T03:04:06.678Z")));
        assert_eq!(last_event(app, &brand).await["type"], "customer.deleted");
        app.get(&path).await.refused(404, "not_found");
        app.patch(&path, json!({ "name": "x" })).await.refused(404, "not_found");
        app.delete(&path).await.refused(404, "not_found");
        assert_eq!(app.get(&format!("{brand}/customers?isBlocked=any")).await.ok()["data"], json!([]));
        let body = json!({ "title": "x", "customerId": made["id"] });
        assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), ["customerId"]);
    }

    async fn its_tickets_keep_email_and_name(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "title": "x", "customerEmail": "jane@example.com", "customerName": "Jane Doe" });
        let ticket = app.ticket(&brand, body).await;
        let path = format!("{brand}/tickets/{}", id(&ticket));
        app.delete(&format!("{brand}/customers/{}", ticket["customerId"].as_str().unwrap())).await.ok();
        let list = app.get(&format!("{brand}/tickets?customerEmail=jane@example.com")).await.ok();
        for shown in [&app.get(&path).await.ok(), &list["data"][0]] {
            assert_eq!((&shown["customerId"], &shown["customer"]), (&Value::Null, &Value::Null));
            assert_eq!(
                (&shown["customerEmail"], &shown["customerName"]),
                (&json!("jane@example.com"), &json!("Jane Doe"))
            );
        }
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn its_email_is_free_again(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "title": "x", "customerEmail": "jane@example.com", "customerName": "Old Jane" });
        let old = app.ticket(&brand, body).await;
        app.delete(&format!("{brand}/customers/{}", old["customerId"].as_str().unwrap())).await.ok();
        let made = app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        assert_ne!(made["id"], old["customerId"]);
        let new = app.ticket(&brand, json!({ "title": "y", "customerEmail": "jane@example.com" })).await;
        assert_eq!(new["customerId"], made["id"]);
        let old = app.get(&format!("{brand}/tickets/{}", id(&old))).await.ok();
        assert_eq!((&old["customerId"], &old["customerName"]), (&Value::Null, &json!("Old Jane")));
        assert_eq!(app.get(&format!("{brand}/customers/{}", id(&made))).await.ok()["ticketCount"], 1);
    }
}
