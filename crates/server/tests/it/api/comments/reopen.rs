use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::given::{events_after, kinds, path, position, status};

both! {
    async fn a_customer_reopens_resolved_closed_and_pending_tickets_only(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        status(app, &brand, "parked", false).await;
        for (from, reopened) in [
            ("open", false),
            ("pending", true),
            ("resolved", true),
            ("closed", true),
            ("doing", false),
            ("parked", false),
        ] {
            for author in ["CUSTOMER", "STAFF", "SYSTEM"] {
                let ticket = app.ticket(&brand, json!({ "title": "T", "status": from })).await;
                let one = path(&brand, &ticket);
                let seen = position(app, &brand).await;
                app.post(&format!("{one}/comments"), json!({ "body": "B", "authorType": author })).await.created();
                let (after, events) = (app.get(&one).await.ok(), events_after(app, &brand, seen).await);
                if !reopened || author != "CUSTOMER" {
                    assert_eq!(
                        (&after["status"], kinds(&events)),
                        (&json!(from), vec!["comment.created"]),
                        "{from} {author}"
                    );
                    continue;
                }
                let mut expected = vec!["comment.created", "ticket.updated"];
                expected.extend((from != "pending").then_some("ticket.reopened"));
                assert_eq!((&after["status"], kinds(&events)), (&json!("open"), expected), "{from}");
                assert_eq!((&after["resolvedAt"], &after["closedAt"]), (&Value::Null, &Value::Null), "{from}");
                if let Some(event) = events.get(2) {
                    assert_eq!(event["data"]["trigger"], "customer_reply");
                }
                let messages = app.get(&format!("{one}/comments?authorType=SYSTEM")).await.ok();
                let kind = json!({ "kind": "status_changed", "old": from, "new": "open", "trigger": "customer_reply" });
                assert_eq!(messages[0]["metadata"], kind, "{from}");
            }
        }
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_status_in_the_same_request_wins(app) {
        let brand = app.brand("acme").await;
        for (from, set) in
            [("resolved", "closed"), ("closed", "closed"), ("pending", "resolved"), ("closed", "pending")]
        {
            let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "status": from })).await);
            let body = json!({ "body": "B", "authorType": "CUSTOMER", "setStatus": set });
            app.post(&format!("{one}/comments"), body).await.created();
            assert_eq!(app.get(&one).await.ok()["status"], set, "{from}");
        }
    }

    async fn a_renamed_system_status_is_still_reopened(app) {
        let brand = app.brand("acme").await;
        app.patch(&format!("{brand}/statuses/resolved"), json!({ "name": "Done" })).await.ok();
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "status": "resolved" })).await);
        app.post(&format!("{one}/comments"), json!({ "body": "B", "authorType": "CUSTOMER" })).await.created();
        let messages = app.get(&format!("{one}/comments?authorType=SYSTEM")).await.ok();
        assert_eq!(messages[0]["body"], "Status changed from Done to Open");
    }
}
