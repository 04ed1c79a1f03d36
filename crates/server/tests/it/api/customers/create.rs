use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use crate::api::{event_types, id, last_event};

both! {
    async fn a_new_customer_has_its_defaults_and_one_event(app) {
        let brand = app.brand("acme").await;
        let made = app.post(&format!("{brand}/customers"), json!({ "email": " Jane@Example.COM " })).await.created();
        let expected = json!({
            "id": id(&made), "brandId": brand.trim_start_matches("/brands/"), "email": "jane@example.com", "name": null,
            "avatarUrl": null, "companyId": null, "company": null, "customFields": {}, "metadata": {},
            "notifyEmail": true, "isBlocked": false, "ticketCount": 0,
            "createdAt": START, "updatedAt": START, "deletedAt": null,
        });
        assert_eq!(made, expected);
        assert!(id(&made).starts_with("cus_"));
        assert_eq!(app.get(&format!("{brand}/customers/{}", id(&made))).await.ok(), made);
        let event = last_event(app, &brand).await;
        let mut told = made;
        told.as_object_mut().unwrap().remove("ticketCount");
        assert_eq!((&event["type"], &event["data"]["customer"]), (&json!("customer.created"), &told));
    }

    async fn a_customer_takes_all_its_fields(app) {
        let brand = app.brand("acme").await;
        let body = json!({
            "email": "jane@example.com", "name": " Jane Doe ", "avatarUrl": "https://example.com/jane.png",
            "customFields": { "plan": "pro", "none": null }, "metadata": { "a": [1] }, "notifyEmail": false,
            "companyId": null, "company": null,
        });
        let made = app.post(&format!("{brand}/customers"), body).await.created();
        for (field, value) in [
            ("name", json!("Jane Doe")),
            ("avatarUrl", json!("https://example.com/jane.png")),
            ("customFields", json!({ "plan": "pro" })),
            ("metadata", json!({ "a": [1] })),
            ("notifyEmail", json!(false)),
        ] {
            assert_eq!(made[field], value, "{field}");
        }
    }

    async fn an_email_is_taken_in_its_brand_only(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        app.ticket(&acme, json!({ "title": "x", "customerEmail": "jane@example.com" })).await;
        let body = json!({ "email": "JANE@example.com" });
        app.post(&format!("{acme}/customers"), body.clone()).await.refused(409, "conflict");
        app.post(&format!("{other}/customers"), body.clone()).await.created();
        app.post(&format!("{other}/customers"), body).await.refused(409, "conflict");
        assert_eq!(event_types(app, &other).await, ["brand.created", "customer.created"]);
    }

    async fn a_bad_customer_names_every_wrong_field(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/customers");
        let body = json!({
            "email": "jane", "name": 1, "avatarUrl": "javascript:alert(1)", "customFields": [], "metadata": "x",
            "notifyEmail": "no", "companyId": 1, "company": [],
        });
        let wrong = ["email", "name", "avatarUrl", "companyId", "company", "customFields", "metadata", "notifyEmail"];
        assert_eq!(app.post(&path, body).await.invalid(), wrong);
        let too_long = format!("{}@example.com", "x".repeat(309));
        for email in [
            Value::Null,
            json!(""),
            json!("@"),
            json!("a@"),
            json!("@b"),
            json!("a@b@c"),
            json!("a b@c"),
            json!(too_long),
        ] {
            assert_eq!(app.post(&path, json!({ "email": email })).await.invalid(), ["email"], "{email}");
        }
        assert_eq!(app.get(&path).await.ok()["data"], json!([]));
    }
}
