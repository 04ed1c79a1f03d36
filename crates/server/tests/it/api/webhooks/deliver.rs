use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{deliveries, only_delivery, ticket, webhook};
use crate::api::{
    event_types,
    given::{ask, execute},
    id, members,
};

both! {
    /// Row 15 of the acceptance list, with the receiver of the seeds: it looks at the event and assigns the ticket.
    async fn a_receiver_is_told_of_a_new_ticket_and_works_on_it(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        let category = app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        app.post(&format!("{brand}/statuses"), json!({ "name": "In Progress", "key": "in_progress" })).await.created();
        let made = json!({ "title": "One", "customerEmail": "jane@example.com", "categoryId": id(&category) });
        let made = app.ticket(&brand, made).await;
        app.ticket(&brand, json!({ "title": "Two" })).await;
        app.drain().await;
        let received = receiver.take();
        let events: Vec<Value> = received.iter().map(dispatch_testkit::Received::json).collect();
        assert_eq!(events.len(), 2, "{events:?}");
        let event = events.iter().find(|event| event["data"]["id"] == made["id"]).unwrap();
        assert_eq!(event["type"], "ticket.created");
        assert_eq!(event["data"]["ticket"]["category"]["key"], "billing");
        assert_eq!(event["data"]["ticket"], made);
        let other = events.iter().find(|event| event["data"]["id"] != made["id"]).unwrap();
        assert_eq!(other["data"]["ticket"]["category"], Value::Null);
        let (of, nth) = (event["data"]["ticket"]["brandId"].as_str().unwrap(), id(&event["data"]["ticket"]));
        let patch = json!({ "assigneeEmail": "billing@acme.example", "status": "in_progress" });
        app.patch(&format!("/brands/{of}/tickets/{nth}"), patch).await.ok();
        for delivery in deliveries(app, &hook).await {
            assert_eq!((&delivery["status"], &delivery["responseBody"]), (&json!("SUCCESS"), &json!("OK")));
        }
    }

    async fn what_is_sent_is_the_envelope_of_the_log_with_its_headers(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.*"]).await;
        ticket(app, &brand, "One").await;
        app.drain().await;
        let received = receiver.take();
        let [call] = &received[..] else { panic!("one call: {received:?}") };
        let logged = app.events(&brand).await.into_iter().find(|event| event["type"] == "ticket.created").unwrap();
        assert_eq!(call.json(), logged);
        assert_eq!(call.header("content-type"), "application/json");
        assert_eq!(call.header("user-agent"), "Dispatch-Webhooks/1");
        assert_eq!(call.header("x-dispatch-event"), "ticket.created");
        assert_eq!(call.header("webhook-id"), id(&logged));
        assert_eq!(call.header("webhook-timestamp"), "1767323045");
        let delivery = only_delivery(app, &hook).await;
        assert_eq!(call.header("x-dispatch-delivery"), id(&delivery));
        assert_eq!(
            members(&delivery),
            [
                "id", "webhookId", "eventId", "event", "payload", "status", "attempts", "lastAttempt", "nextAttempt",
                "responseCode", "responseBody", "error", "durationMs", "isTest", "createdAt", "attemptLog",
            ]
        );
        assert_eq!(delivery["payload"], logged);
        assert_eq!((&delivery["status"], &delivery["attempts"], &delivery["responseCode"]), (&json!("SUCCESS"), &json!(1), &json!(200)));
        assert_eq!((&delivery["event"], &delivery["isTest"], &delivery["error"]), (&json!("ticket.created"), &json!(false), &Value::Null));
        assert_eq!(delivery["attemptLog"].as_array().unwrap().len(), 1);
        assert_eq!(members(&delivery["attemptLog"][0]), ["at", "responseCode", "error", "durationMs"]);
        let shown = app.get(&hook).await.ok();
        assert_eq!((&shown["lastSuccess"], &shown["lastFailure"]), (&shown["lastTriggered"], &Value::Null));
        app.drain().await;
        assert_eq!(receiver.count(), 0, "nothing comes twice");
    }

    async fn a_webhook_hears_of_what_it_asked_for_from_its_creation_on(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (receiver, both_names) = (Receiver::start().await, Receiver::start().await);
        let made = ticket(app, &brand, "Before").await;
        webhook(app, &brand, &receiver, &["ticket.updated", "customer.*"]).await;
        webhook(app, &brand, &both_names, &["ticket.comment.created", "comment.created"]).await;
        ticket(app, &other, "Elsewhere").await;
        let path = format!("{brand}/tickets/{}", id(&made));
        app.patch(&path, json!({ "priority": "high" })).await.ok();
        app.post(&format!("{path}/comments"), json!({ "body": "Hello" })).await.created();
        app.post(&format!("{brand}/customers"), json!({ "email": "joe@example.com" })).await.created();
        app.post(&format!("{brand}/tags"), json!({ "name": "New" })).await.created();
        app.drain().await;
        let mut kinds: Vec<String> = receiver.take().iter().map(|call| call.header("x-dispatch-event").to_owned()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["customer.created", "ticket.updated"]);
        let comments = both_names.take();
        assert_eq!(comments.len(), 1, "both names, one delivery");
        assert_eq!(comments[0].json()["event"], "ticket.comment.created");
    }

    async fn a_star_means_all_that_can_be_subscribed_and_no_configuration(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["*"]).await;
        app.post(&format!("{brand}/categories"), json!({ "name": "Quiet" })).await.created();
        app.patch(&hook, json!({ "description": "Quiet" })).await.ok();
        ticket(app, &brand, "Loud").await;
        app.drain().await;
        let mut kinds: Vec<String> = receiver.take().iter().map(|call| call.header("x-dispatch-event").to_owned()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["customer.created", "ticket.created"]);
        assert!(event_types(app, &brand).await.contains(&"webhook.updated".to_owned()));
    }

    async fn a_disabled_or_deleted_webhook_hears_nothing(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["*"]).await;
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        ticket(app, &brand, "While it was off").await;
        app.drain().await;
        assert_eq!(receiver.count(), 0);
        app.patch(&hook, json!({ "enabled": true })).await.ok();
        ticket(app, &brand, "While it was on").await;
        app.drain().await;
        assert_eq!(receiver.take().len(), 1);
        app.delete(&hook).await.with(204);
        ticket(app, &brand, "After its end").await;
        app.drain().await;
        assert_eq!(receiver.count(), 0);
        app.get(&hook).await.refused(404, "not_found");
        app.get(&format!("{hook}/deliveries")).await.refused(404, "not_found");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_brand_is_marked_until_its_consumers_have_come_to_the_end(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let marked = async || ask(app, "SELECT brand_id FROM brand_counter WHERE dirty".to_owned()).await.len();
        ticket(app, &brand, "Nobody listens").await;
        assert_eq!(marked().await, 0);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        ticket(app, &brand, "One").await;
        assert_eq!(marked().await, 1);
        app.drain().await;
        assert_eq!((marked().await, receiver.count()), (0, 1));
        assert!(app.problems(&brand).await.is_empty());
        // Doctor sees what would never be read.
        execute(app, "UPDATE consumer SET position = position - 1".to_owned()).await;
        assert_eq!(app.problems(&brand).await, ["1 consumers have events to read that nothing leads them to"]);
        execute(app, "UPDATE consumer SET position = position + 1".to_owned()).await;
        app.delete(&hook).await.with(204);
        ticket(app, &brand, "Nobody listens any more").await;
        assert_eq!(marked().await, 0);
    }

    async fn more_events_than_one_step_takes_all_arrive(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        webhook(app, &brand, &receiver, &["ticket.updated"]).await;
        ticket(app, &brand, "One").await;
        for count in 0..450 {
            app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "title": format!("Version {count}") })).await.ok();
        }
        app.drain().await;
        let mut sequences: Vec<i64> = receiver.take().iter().map(|call| call.json()["sequence"].as_i64().unwrap()).collect();
        sequences.sort_unstable();
        let first = sequences[0];
        assert_eq!(sequences, (first..first + 450).collect::<Vec<i64>>());
    }

    async fn a_large_event_arrives_whole_but_for_its_body(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        webhook(app, &brand, &receiver, &["ticket.created"]).await;
        let large = "x".repeat(60_000);
        app.ticket(&brand, json!({ "title": "Large", "body": large, "metadata": { "a": large }, "customFields": { "b": large } })).await;
        app.drain().await;
        let call = receiver.take().remove(0).json();
        assert_eq!(call["data"]["ticket"]["metadata"]["a"].as_str().unwrap().len(), 60_000);
        assert_eq!(call["data"]["ticket"]["bodyTruncated"], true);
        assert_eq!(call["truncated"], Value::Null);
    }
}
