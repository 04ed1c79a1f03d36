use dispatch_testkit::both;
use serde_json::{Value, json};

use super::company;
use crate::api::{event_types, id, last_event};

both! {
    async fn every_field_changes_and_the_event_tells_old_and_new(app) {
        let brand = app.brand("acme").await;
        let before = company(app, &brand, json!({ "name": "Old" })).await;
        let path = format!("{brand}/companies/{}", id(&before));
        app.advance_ms(1000);
        let body = json!({ "name": "New", "domain": "example.com", "metadata": { "a": 1 }, "settings": { "b": 2 } });
        let after = app.patch(&path, body.clone()).await.ok();
        assert_eq!(after["updatedAt"], "2026-01-02T03:04:06.678Z");
        let event = last_event(app, &brand).await;
        assert_eq!(event["type"], "company.updated");
        for field in ["name", "domain", "metadata", "settings"] {
            assert_eq!(after[field], body[field], "{field}");
            assert_eq!(event["changes"][field], json!({ "old": before[field], "new": body[field] }), "{field}");
        }
        assert_eq!(event["changes"].as_object().unwrap().len(), 4);
        assert_eq!(app.get(&path).await.ok(), after);
    }

    async fn a_change_that_changes_nothing_leaves_no_trace(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "name": "C", "domain": "example.com", "settings": { "a": 1 } });
        let before = company(app, &brand, body).await;
        let path = format!("{brand}/companies/{}", id(&before));
        app.advance_ms(1000);
        for body in [
            Value::Null,
            json!({ "name": " C", "domain": "Example.com" }),
            json!({ "settings": { "a": 1, "b": null } }),
            before.clone(),
        ] {
            assert_eq!(app.patch(&path, body.clone()).await.ok(), before, "{body}");
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created", "company.created"]);
    }

    async fn settings_and_metadata_merge_and_null_clears(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let path = format!("{brand}/companies/{}", id(&made));
        for field in ["settings", "metadata"] {
            for (patch, merged) in [
                (json!({ "a": 1, "b": { "x": 1 } }), json!({ "a": 1, "b": { "x": 1 } })),
                (json!({ "a": null, "b": { "y": 2 } }), json!({ "b": { "y": 2 } })),
                (Value::Null, json!({})),
            ] {
                assert_eq!(app.patch(&path, json!({ field: patch })).await.ok()[field], merged, "{field} {patch}");
            }
        }
        assert_eq!(app.patch(&path, json!({ "domain": null })).await.ok()["domain"], Value::Null);
        assert_eq!(app.patch(&path, json!({ "name": null })).await.invalid(), ["name"]);
    }

    async fn together_with_what_is_there_64_kb_are_the_limit(app) {
        let brand = app.brand("acme").await;
        let half = "x".repeat(40 * 1024);
        let made = company(app, &brand, json!({ "name": "C", "settings": { "a": half }, "metadata": { "a": half } })).await;
        let path = format!("{brand}/companies/{}", id(&made));
        let body = json!({ "settings": { "b": half }, "metadata": { "b": half } });
        let mut wrong = app.patch(&path, body).await.invalid();
        wrong.sort_unstable();
        assert_eq!(wrong, ["metadata", "settings"]);
    }

    async fn a_domain_of_another_company_is_a_conflict(app) {
        let brand = app.brand("acme").await;
        company(app, &brand, json!({ "name": "One", "domain": "example.com" })).await;
        let made = company(app, &brand, json!({ "name": "Two", "domain": "other.example" })).await;
        let path = format!("{brand}/companies/{}", id(&made));
        app.patch(&path, json!({ "domain": "example.com", "name": "x" })).await.refused(409, "conflict");
        assert_eq!(app.patch(&path, json!({ "domain": "gmail.com" })).await.invalid(), ["domain"]);
        assert_eq!(app.get(&path).await.ok(), made, "nothing of it was written");
    }

    async fn customers_and_tickets_show_the_company_as_it_is_now(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "Old", "domain": "example.com" })).await;
        let ticket = app.ticket(&brand, json!({ "title": "x", "customerEmail": "jane@example.com" })).await;
        assert_eq!(ticket["customer"]["companyId"], made["id"]);
        app.patch(&format!("{brand}/companies/{}", id(&made)), json!({ "name": "New" })).await.ok();
        let shown = app.get(&format!("{brand}/tickets/{}", id(&ticket))).await.ok();
        assert_eq!(shown["customer"]["company"]["name"], "New");
        assert_eq!(shown["customer"]["company"].get("customerCount"), None, "counts are for its own routes");
    }
}
