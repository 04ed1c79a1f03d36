use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{get, post, token};
use crate::api::{each, id, members};

both! {
    /// Row 22 of API 35: a customer writes, is answered, and opens the ticket again.
    async fn a_conversation_in_the_portal(app) {
        let brand = app.brand("acme").await;
        let jane = token(app, &brand, "jane@example.com").await;
        let made = post(app, &jane, "/tickets", json!({ "title": "Invoice", "body": "It is empty." })).await.created();
        assert_eq!(
            members(&made),
            ["id", "ticketNumber", "number", "title", "status", "statusName", "isActive", "priority", "commentCount", "createdAt", "updatedAt"]
        );
        let path = format!("{brand}/tickets/{}", id(&made));
        let ticket = app.get(&path).await.ok();
        assert_eq!((&ticket["source"], &ticket["customerEmail"]), (&json!("portal"), &json!("jane@example.com")));
        let comments = format!("{path}/comments");
        app.post(&comments, json!({ "body": "Which month?", "authorType": "STAFF", "authorName": "Ana" })).await.created();
        app.post(&comments, json!({ "body": "secret note", "authorType": "STAFF", "isInternal": true })).await.created();
        for status in ["pending", "resolved", "closed"] {
            app.patch(&path, json!({ "status": status })).await.ok();
            let answer = post(app, &jane, &format!("/tickets/{}/comments", id(&made)), json!({ "body": "March." })).await.created();
            assert_eq!(members(&answer), ["id", "body", "authorType", "authorName", "attachments", "createdAt"]);
            assert_eq!(app.get(&path).await.ok()["status"], "open", "an answer opens it again");
        }
        let events = app.events(&brand).await;
        let reopened: Vec<&Value> = events.iter().filter(|event| event["type"] == "ticket.reopened").collect();
        assert_eq!(reopened.len(), 2);
        assert!(reopened.iter().all(|event| event["actor"]["type"] == events[0]["actor"]["type"] || event["source"] == "portal"));
        let detail = get(app, &jane, &format!("/tickets/{}", made["ticketNumber"].as_str().unwrap())).await;
        assert!(!detail.text.contains("secret note"), "{}", detail.text);
        let detail = detail.ok();
        assert_eq!(each(&detail["comments"], "body"), ["Which month?", "March.", "March.", "March."]);
        assert_eq!(each(&detail["comments"], "authorType"), ["STAFF", "CUSTOMER", "CUSTOMER", "CUSTOMER"]);
        assert_eq!((&detail["commentCount"], &detail["body"], &detail["mergedInto"]), (&json!(4), &json!("It is empty."), &Value::Null));
        assert_eq!(detail["brand"], json!({ "name": "acme", "ticketPrefix": "DT", "iconUrl": null }));
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn the_list_has_the_customers_own(app) {
        let brand = app.brand("acme").await;
        let jane = token(app, &brand, "jane@example.com").await;
        for (title, email) in [("a", "jane@example.com"), ("b", "jane@example.com"), ("c", "bo@example.com"), ("d", "jane@example.com"), ("e", "jane@example.com")] {
            app.ticket(&brand, json!({ "title": title, "customerEmail": email })).await;
            app.advance_ms(1);
        }
        app.patch(&format!("{brand}/tickets/DT-1002"), json!({ "status": "closed" })).await.ok();
        app.post(&format!("{brand}/tickets/DT-1004/spam"), json!({ "isSpam": true, "blockCustomer": false })).await.ok();
        app.delete(&format!("{brand}/tickets/DT-1005")).await.ok();
        for (query, titles) in [
            ("", vec!["b", "a"]),
            ("?status=active", vec!["a"]),
            ("?status=inactive", vec!["b"]),
            ("?status=closed,open&sort=createdAt&order=asc", vec!["a", "b"]),
        ] {
            let page = get(app, &jane, &format!("/tickets{query}")).await.ok();
            assert_eq!(each(&page["data"], "title"), titles, "{query}");
        }
        let first = get(app, &jane, "/tickets?limit=1").await.ok();
        let cursor = first["pagination"]["nextCursor"].as_str().unwrap();
        let second = get(app, &jane, &format!("/tickets?limit=1&cursor={cursor}")).await.ok();
        assert_eq!((each(&first["data"], "title"), each(&second["data"], "title")), (vec!["b"], vec!["a"]));
        assert_eq!(get(app, &jane, "/tickets?sort=priority").await.invalid(), ["sort"]);
        assert_eq!(get(app, &jane, "/tickets?status=nope").await.invalid(), ["status"]);
        assert_eq!(post(app, &jane, "/tickets", json!({ "body": "x" })).await.invalid(), ["title"]);
    }

    async fn a_merged_ticket_says_where_it_went(app) {
        let brand = app.brand("acme").await;
        let jane = token(app, &brand, "jane@example.com").await;
        for email in ["jane@example.com", "jane@example.com", "bo@example.com"] {
            app.ticket(&brand, json!({ "title": "x", "customerEmail": email })).await;
        }
        app.post(&format!("{brand}/tickets/DT-1001/merge"), json!({ "sourceTicketIds": ["DT-1002"] })).await.ok();
        let merged = get(app, &jane, "/tickets/DT-1002").await.ok();
        assert_eq!(merged["mergedInto"]["ticketNumber"], "DT-1001");
        let refused = post(app, &jane, "/tickets/DT-1002/comments", json!({ "body": "x" })).await;
        assert!(refused.text.contains("DT-1001"), "{}", refused.text);
        refused.refused(409, "conflict");
        // Into somebody else's ticket: its number is not told.
        app.post(&format!("{brand}/tickets/DT-1003/merge"), json!({ "sourceTicketIds": ["DT-1001"] })).await.ok();
        assert_eq!(get(app, &jane, "/tickets/DT-1001").await.ok()["mergedInto"], Value::Null);
        let refused = post(app, &jane, "/tickets/DT-1001/comments", json!({ "body": "x" })).await;
        assert!(!refused.text.contains("DT-1003"), "{}", refused.text);
        refused.refused(409, "conflict");
    }
}
