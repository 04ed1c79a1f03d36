//! Bulk actions with an idempotency key, and as many tickets as they take.

use dispatch_testkit::{Answer, TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, position},
    labels::{ask, execute},
};

async fn bulk(app: &TestApp, brand: &str, key: &str, body: &Value) -> Answer {
    let path = format!("{brand}/tickets/bulk");
    app.call_with(&app.key, "POST", &path, body.clone(), &[("idempotency-key", key)]).await
}

/// Tickets DT-1001 and on, as many as that.
async fn tickets(app: &TestApp, brand: &str, count: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        let ticket = app.ticket(brand, json!({ "title": "T" })).await;
        numbers.push(ticket["ticketNumber"].as_str().unwrap().to_owned());
    }
    numbers
}

both! {
    async fn a_repeat_does_nothing_again(app) {
        let brand = app.brand("acme").await;
        let ids = tickets(app, &brand, 3).await;
        let body = json!({ "action": "addTags", "ticketIds": ids, "tags": ["new"] });
        let first = bulk(app, &brand, "k", &body).await;
        assert_eq!(first.header("idempotency-replayed"), "");
        app.patch(&format!("{brand}/tickets/DT-1002"), json!({ "tags": [] })).await.ok();
        let seen = position(app, &brand).await;
        let again = bulk(app, &brand, "k", &body).await;
        assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
        assert_eq!(position(app, &brand).await, seen);
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1002")).await.ok()["tags"], json!([]), "it was done once");
        let other = json!({ "action": "delete", "ticketIds": ids });
        bulk(app, &brand, "k", &other).await.refused(409, "idempotency_mismatch");
        assert_eq!(bulk(app, &brand, "another", &body).await.ok()["count"], 3);
        assert_eq!(position(app, &brand).await, seen + 1, "with another key it is done to the one that lacks it");
    }

    async fn a_repeat_does_only_what_is_missing(app) {
        let brand = app.brand("acme").await;
        tickets(app, &brand, 3).await;
        let ids = ["DT-1001", "DT-1002", "DT-1003", "DT-1004"];
        let body = json!({ "action": "setPriority", "ticketIds": ids, "priority": "high" });
        // The process ended behind the first ticket: the others have neither their change nor their answer.
        let first = bulk(app, &brand, "k", &body).await.ok();
        assert_eq!((&first["count"], &first["failed"]), (&json!(3), &json!(1)));
        let second = app.get(&format!("{brand}/tickets/DT-1002")).await.ok();
        for ticket in ["DT-1001", "DT-1002"] {
            app.patch(&format!("{brand}/tickets/{ticket}"), json!({ "priority": "low" })).await.ok();
        }
        let id = second["id"].as_str().unwrap();
        execute(app, &format!("DELETE FROM idempotency WHERE operation LIKE '%{id}'")).await;
        tickets(app, &brand, 1).await;
        let seen = position(app, &brand).await;
        let again = bulk(app, &brand, "k", &body).await;
        assert_eq!(again.header("idempotency-replayed"), "", "something was still done");
        assert_eq!(again.ok()["count"], 4);
        assert_eq!(kinds(&events_after(app, &brand, seen).await), ["ticket.updated"; 2]);
        for (ticket, priority) in [("DT-1001", "low"), ("DT-1002", "high"), ("DT-1003", "high"), ("DT-1004", "high")] {
            let shown = app.get(&format!("{brand}/tickets/{ticket}")).await.ok();
            assert_eq!(shown["priority"], priority, "{ticket}");
        }
    }

    async fn a_refused_action_leaves_its_key_free(app) {
        let brand = app.brand("acme").await;
        let ids = tickets(app, &brand, 1).await;
        let bad = json!({ "action": "setStatus", "ticketIds": ids, "status": "doing" });
        assert_eq!(bulk(app, &brand, "k", &bad).await.invalid(), ["status"]);
        let good = json!({ "action": "setStatus", "ticketIds": ids, "status": "pending" });
        assert_eq!(bulk(app, &brand, "k", &good).await.ok()["count"], 1);
    }

    async fn five_hundred_tickets_at_once(app) {
        let brand = app.brand("acme").await;
        let ids = tickets(app, &brand, 500).await;
        let seen = position(app, &brand).await;
        let body = json!({ "action": "close", "ticketIds": ids, "closeReason": "no_response" });
        let report = app.post(&format!("{brand}/tickets/bulk"), body).await.ok();
        assert_eq!((&report["success"], &report["count"]), (&json!(true), &json!(500)));
        let inside = ask(app, "SELECT id FROM ticket ORDER BY number").await;
        assert_eq!(each(&report["results"], "id"), inside, "in the order in which they were asked for");
        assert_eq!(position(app, &brand).await, seen + 1_000);
        assert_eq!(app.get(&format!("{brand}/tickets/count?status=closed")).await.ok()["count"], 500);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}
