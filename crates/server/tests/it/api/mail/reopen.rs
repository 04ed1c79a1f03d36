use dispatch_testkit::both;
use serde_json::json;

use super::{message, new_ticket, outcome};
use crate::api::{event_types, events_of, id};

both! {
    /// Row 22 of API 35, by mail.
    async fn a_reply_brings_the_ticket_back(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/statuses"), json!({ "name": "Waiting", "key": "waiting" })).await.created();
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let path = format!("{brand}/tickets/{}", id(&ticket));
        for (at, (status, then)) in [("resolved", "open"), ("closed", "open"), ("pending", "open"), ("waiting", "waiting")].iter().enumerate() {
            app.patch(&path, json!({ "status": status })).await.ok();
            let before = event_types(app, &brand).await.len();
            let headers = format!("Message-ID: <r{at}@x>\r\nReferences: <1@x>\r\n");
            assert_eq!(outcome(app, "acme", message(&headers, "again")).await, "appended");
            assert_eq!(app.get(&path).await.ok()["status"], *then, "{status}");
            let new = event_types(app, &brand).await.split_off(before);
            let expected: &[&str] = match *status {
                "resolved" | "closed" => &["comment.created", "ticket.updated", "ticket.reopened"],
                "pending" => &["comment.created", "ticket.updated"],
                _ => &["comment.created"],
            };
            assert_eq!(new, expected, "{status}");
        }
        let reopened = events_of(app, &brand, "ticket.reopened").await.remove(0);
        assert_eq!(
            (&reopened["source"], &reopened["actor"]["type"], &reopened["data"]["trigger"]),
            (&json!("email"), &json!("customer"), &json!("customer_reply"))
        );
        let said = app.get(&format!("{path}/comments?authorType=SYSTEM")).await.ok();
        assert!(said.as_array().expect("comments").iter().any(|said| said["metadata"]["trigger"] == "customer_reply"));
    }
}
