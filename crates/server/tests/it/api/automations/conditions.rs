use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{automation, when};
use crate::api::given::path;

/// Whether a condition holds for a ticket and an event, as the dry run says.
async fn holds(app: &TestApp, brand: &str, ticket: &Value, event: Value, cond: (&str, &str, Value)) -> bool {
    let (field, op, value) = cond;
    let actions = json!([{ "type": "set_priority", "priority": "low" }]);
    let events = ["ticket.created", "ticket.updated", "ticket.closed", "ticket.spam_marked", "comment.created"];
    let rule = automation(app, brand, &events, when(field, op, value), actions).await;
    let tested = app.post(&format!("{rule}/test"), json!({ "ticketId": ticket["id"], "event": event })).await.ok();
    app.delete(&rule).await.with(204);
    assert_eq!(tested["matched"], tested["conditions"][0]["result"]);
    tested["matched"].as_bool().expect("true or false")
}

both! {
    /// Each question once with a value that fits and once with one that does not.
    async fn every_question_has_its_answer(app) {
        let brand = app.brand("acme").await;
        let category = app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        app.post(&format!("{brand}/companies"), json!({ "name": "Globex", "domain": "globex.example" })).await.created();
        let ticket = app.ticket(&brand, json!({
            "title": "Invoice FAILED", "body": "Straße", "priority": "high", "customerEmail": "jane@globex.example",
            "customerName": "Jane", "categoryId": "billing", "tags": ["VIP", "bug"], "dueAt": "2026-02-01T00:00:00Z",
            "customFields": { "plan": "Pro", "seats": 12, "beta": true, "since": "2025-01-01" },
        })).await;
        let updated = json!({ "type": "ticket.updated", "changes": {} });
        for (field, op, value, expected) in [
            ("status", "eq", json!("sts_open"), true),
            ("status", "eq", ticket["statusId"].clone(), true),
            ("status", "ne", json!("open"), false),
            ("status", "in", json!(["pending", "open"]), true),
            ("priority", "eq", json!("high"), true),
            ("priority", "gt", json!("normal"), true),
            ("priority", "gte", json!("urgent"), false),
            ("priority", "lt", json!("urgent"), true),
            ("priority", "lte", json!("normal"), false),
            ("priority", "in", json!(["low", "high"]), true),
            ("priority", "nin", json!(["low", "high"]), false),
            ("title", "contains", json!("failed"), true),
            ("title", "not_contains", json!("failed"), false),
            ("title", "starts_with", json!("invoice"), true),
            ("title", "starts_with", json!("failed"), false),
            ("body", "eq", json!("STRASSE"), true),
            ("source", "eq", json!("api"), true),
            ("isSpam", "eq", json!(false), true),
            ("assigneeId", "is_empty", Value::Null, true),
            ("assigneeEmail", "is_not_empty", Value::Null, false),
            ("assigneeEmail", "eq", json!("a@b.example"), false),
            ("assigneeEmail", "ne", json!("a@b.example"), true),
            ("assigneeEmail", "nin", json!(["a@b.example"]), true),
            ("assigneeEmail", "not_contains", json!("a"), true),
            ("customerEmail", "contains", json!("@globex.example"), true),
            ("customerName", "eq", json!("jane"), true),
            ("company.name", "eq", json!("globex"), true),
            ("categoryId", "eq", json!("billing"), true),
            ("categoryId", "eq", category["id"].clone(), true),
            ("category.key", "in", json!(["billing"]), true),
            ("tags", "contains", json!("vip"), true),
            ("tags", "not_contains", json!("vip"), false),
            ("tags", "in", json!(["other", "bug"]), true),
            ("tags", "eq", json!(["bug", "vip"]), true),
            ("tags", "eq", json!("vip"), false),
            ("tagIds", "contains", ticket["tagIds"][0].clone(), true),
            ("dueAt", "lt", json!("2026-02-01T01:00:00+02:00"), false),
            ("dueAt", "lte", json!("2026-02-01T02:00:00+02:00"), true),
            ("dueAt", "eq", json!("2026-02-01"), true),
            ("createdAt", "gt", json!("2026-01-01"), true),
            ("customFields.plan", "eq", json!("pro"), true),
            ("customFields.seats", "gte", json!(12), true),
            ("customFields.seats", "gt", json!(12.5), false),
            ("customFields.seats", "eq", json!("12"), true),
            ("customFields.beta", "eq", json!(true), true),
            ("customFields.since", "lt", json!("2026-01-01"), true),
            ("customFields.none", "is_empty", Value::Null, true),
            ("customFields.none", "gt", json!(0), false),
            ("closeReason", "is_empty", Value::Null, true),
            ("event.source", "eq", json!("api"), true),
            ("event.actorType", "in", json!(["user", "customer"]), false),
            ("comment.body", "contains", json!("x"), false),
            ("feedback.rating", "gte", json!(4), false),
        ] {
            let found = holds(app, &brand, &ticket, updated.clone(), (field, op, value.clone())).await;
            assert_eq!(found, expected, "{field} {op} {value}");
        }
    }

    async fn questions_about_changes_ask_the_event(app) {
        let brand = app.brand("acme").await;
        let ticket = json!({ "title": "One", "priority": "urgent", "tags": ["vip"], "categoryId": "billing" });
        app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let ticket = app.ticket(&brand, ticket).await;
        let tag = ticket["tagIds"][0].clone();
        let changes = json!({
            "status": { "old": "pending", "new": "open" },
            "tagIds": { "old": [], "new": [tag] },
            "categoryId": { "old": null, "new": ticket["categoryId"] },
            "customFields.plan": { "old": "free", "new": null },
        });
        let updated = json!({ "type": "ticket.updated", "changes": changes });
        for (field, op, value, expected) in [
            ("status", "changed", Value::Null, true),
            ("status", "changed_to", json!("open"), true),
            ("status", "changed_to", json!(["sts_closed", "sts_open"]), true),
            ("status", "changed_to", json!("pending"), false),
            ("status", "changed_from", json!("pending"), true),
            ("status", "changed_from", json!(["open", "closed"]), false),
            ("priority", "changed", Value::Null, false),
            ("priority", "changed_to", json!("urgent"), false),
            ("tags", "changed_to", json!("VIP"), true),
            ("tags", "changed_from", json!("VIP"), false),
            ("tagIds", "changed", Value::Null, true),
            ("category.key", "changed_to", json!("billing"), true),
            ("categoryId", "changed_to", json!("billing"), true),
            ("customFields.plan", "changed", Value::Null, true),
            ("customFields.plan", "changed_from", json!("Free"), true),
        ] {
            let found = holds(app, &brand, &ticket, updated.clone(), (field, op, value.clone())).await;
            assert_eq!(found, expected, "{field} {op} {value}");
        }
        // At its creation every field that is set has changed from nothing.
        let created = json!({ "type": "ticket.created" });
        for (field, op, value, expected) in [
            ("priority", "changed_to", json!("urgent"), true),
            ("priority", "changed_from", json!("normal"), false),
            ("status", "changed_to", json!("open"), true),
            ("tags", "changed_to", json!("vip"), true),
            ("assigneeId", "changed", Value::Null, false),
            ("comment.body", "changed", Value::Null, false),
        ] {
            let found = holds(app, &brand, &ticket, created.clone(), (field, op, value.clone())).await;
            assert_eq!(found, expected, "{field} {op} {value}");
        }
        let spam = json!({ "type": "ticket.spam_marked" });
        assert!(holds(app, &brand, &ticket, spam, ("isSpam", "changed_to", json!(true))).await);
        app.patch(&path(&brand, &ticket), json!({ "status": "closed" })).await.ok();
        let closed = json!({ "type": "ticket.closed" });
        assert!(holds(app, &brand, &ticket, closed, ("status", "changed_to", json!("closed"))).await);
    }

    async fn all_of_all_and_one_of_any(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        let (yes, no) = (json!({ "field": "title", "op": "eq", "value": "one" }), json!({ "field": "title", "op": "eq", "value": "two" }));
        for (all, any, expected) in [
            (json!([]), json!([]), true),
            (json!([yes, yes]), json!([]), true),
            (json!([yes, no]), json!([]), false),
            (json!([]), json!([no, yes]), true),
            (json!([]), json!([no]), false),
            (json!([yes]), json!([no]), false),
            (json!([no]), json!([yes]), false),
        ] {
            let actions = json!([{ "type": "send_survey" }]);
            let conditions = json!({ "all": all, "any": any });
            let rule = automation(app, &brand, &["ticket.created"], conditions, actions).await;
            let tested = app.post(&format!("{rule}/test"), json!({ "ticketId": ticket["id"] })).await.ok();
            assert_eq!(tested["matched"], expected, "{all} {any}");
            app.delete(&rule).await.with(204);
        }
    }

    /// What the event says of comments, told by real ones.
    async fn comments_are_seen(app) {
        let brand = app.brand("acme").await;
        let conditions = json!({ "all": [
            { "field": "comment.authorType", "op": "eq", "value": "CUSTOMER" },
            { "field": "comment.body", "op": "contains", "value": "refund" },
            { "field": "comment.isInternal", "op": "eq", "value": false },
        ] });
        let actions = json!([{ "type": "add_tags", "tags": ["refund"] }]);
        automation(app, &brand, &["comment.created"], conditions, actions).await;
        let ticket = app.ticket(&brand, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        let comments = format!("{}/comments", path(&brand, &ticket));
        let tags = async || app.get(&path(&brand, &ticket)).await.ok()["tags"].as_array().unwrap().len();
        app.post(&comments, json!({ "body": "No refund" })).await.created();
        app.post(&comments, json!({ "body": "Thanks", "authorType": "CUSTOMER" })).await.created();
        app.drain().await;
        assert_eq!(tags().await, 0);
        app.post(&comments, json!({ "body": "I want a REFUND", "authorType": "CUSTOMER" })).await.created();
        app.drain().await;
        assert_eq!(tags().await, 1);
    }
}
