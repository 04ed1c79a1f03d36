use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{event_types, id, last_event};

both! {
    async fn every_field_changes_and_the_event_tells_old_and_new(app) {
        let brand = app.brand("acme").await;
        let before = app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let path = format!("{brand}/customers/{}", id(&before));
        app.advance_ms(1000);
        let body = json!({
            "email": " New@Example.com", "name": "Jane", "avatarUrl": "https://example.com/j",
            "customFields": { "plan": "pro" }, "metadata": { "a": 1 }, "notifyEmail": false, "isBlocked": true,
        });
        let after = app.patch(&path, body).await.ok();
        assert_eq!(after["updatedAt"], "2026-01-02T03:04:06.678Z");
        let event = last_event(app, &brand).await;
        assert_eq!(event["type"], "customer.updated");
        for (field, new) in [
            ("email", json!("new@example.com")),
            ("name", json!("Jane")),
            ("avatarUrl", json!("https://example.com/j")),
            ("metadata", json!({ "a": 1 })),
            ("notifyEmail", json!(false)),
            ("isBlocked", json!(true)),
        ] {
            assert_eq!(after[field], new, "{field}");
            assert_eq!(event["changes"][field], json!({ "old": before[field], "new": new }), "{field}");
        }
        assert_eq!(event["changes"]["customFields.plan"], json!({ "old": null, "new": "pro" }));
        assert_eq!(event["changes"].as_object().unwrap().len(), 7);
        assert_eq!(app.get(&path).await.ok(), after);
    }

    async fn a_change_that_changes_nothing_leaves_no_trace(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "email": "jane@example.com", "name": "Jane", "customFields": { "a": 1 } });
        let before = app.post(&format!("{brand}/customers"), body).await.created();
        let path = format!("{brand}/customers/{}", id(&before));
        app.advance_ms(1000);
        for body in [
            Value::Null,
            json!({ "email": "JANE@example.com", "name": " Jane" }),
            json!({ "customFields": { "a": 1, "b": null } }),
            before.clone(),
        ] {
            assert_eq!(app.patch(&path, body.clone()).await.ok(), before, "{body}");
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created", "customer.created"]);
    }

    async fn custom_fields_and_metadata_merge(app) {
        let brand = app.brand("acme").await;
        let made = app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let path = format!("{brand}/customers/{}", id(&made));
        for field in ["customFields", "metadata"] {
            for (patch, merged) in [
                (json!({ "a": 1, "b": { "x": 1 } }), json!({ "a": 1, "b": { "x": 1 } })),
                (json!({ "a": null, "b": { "y": 2 } }), json!({ "b": { "y": 2 } })),
                (Value::Null, json!({})),
            ] {
                assert_eq!(app.patch(&path, json!({ field: patch })).await.ok()[field], merged, "{field} {patch}");
            }
        }
    }

    async fn null_clears_name_and_picture_and_is_refused_elsewhere(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "email": "jane@example.com", "name": "Jane", "avatarUrl": "https://example.com/j" });
        let made = app.post(&format!("{brand}/customers"), body).await.created();
        let path = format!("{brand}/customers/{}", id(&made));
        let cleared = app.patch(&path, json!({ "name": null, "avatarUrl": null })).await.ok();
        assert_eq!((&cleared["name"], &cleared["avatarUrl"]), (&Value::Null, &Value::Null));
        let nulls = json!({ "email": null, "notifyEmail": null, "isBlocked": null });
        assert_eq!(app.patch(&path, nulls).await.invalid(), ["email", "notifyEmail", "isBlocked"]);
    }

    async fn an_email_that_another_customer_has_is_a_conflict(app) {
        let brand = app.brand("acme").await;
        let list = format!("{brand}/customers");
        app.post(&list, json!({ "email": "joe@example.com" })).await.created();
        let made = app.post(&list, json!({ "email": "jane@example.com" })).await.created();
        let path = format!("{list}/{}", id(&made));
        app.patch(&path, json!({ "email": "Joe@Example.com", "name": "Jane" })).await.refused(409, "conflict");
        assert_eq!(app.get(&path).await.ok(), made, "nothing of it was written");
    }

    async fn tickets_show_the_customer_as_it_is_now(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "x", "customerEmail": "jane@example.com" })).await;
        let path = format!("{brand}/customers/{}", ticket["customerId"].as_str().unwrap());
        assert_eq!(app.get(&path).await.ok()["ticketCount"], 1);
        app.patch(&path, json!({ "email": "new@example.com", "name": "Jane" })).await.ok();
        let after = app.get(&format!("{brand}/tickets/{}", id(&ticket))).await.ok();
        assert_eq!((&after["customerEmail"], &after["customerName"]), (&json!("new@example.com"), &json!("Jane")));
        assert_eq!(after["customer"]["email"], "new@example.com");
        assert_eq!(after["updatedAt"], ticket["updatedAt"]);
    }
}
