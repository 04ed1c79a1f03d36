//! Slow receivers, several workers, and workers that die.

use dispatch_testkit::{Receiver, TestApp, both, until};
use serde_json::{Value, json};

use super::{deliveries, only_delivery, ticket, webhook};

async fn tickets(app: &TestApp, brand: &str, count: usize) {
    for number in 0..count {
        ticket(app, brand, &format!("{number}")).await;
    }
}

both! {
    async fn a_receiver_that_does_not_answer_holds_up_nobody_else(app) {
        let (brand, dead, alive) = (app.brand("acme").await, Receiver::start().await, Receiver::start().await);
        let slow = webhook(app, &brand, &dead, &["ticket.created"]).await;
        let quick = webhook(app, &brand, &alive, &["ticket.created"]).await;
        dead.hold();
        tickets(app, &brand, 40).await;
        let worker = app.worker();
        let drained = tokio::spawn(async move { worker.drain().await });
        until("the quick one has all", async || alive.count() == 40).await;
        assert_eq!(dead.count(), 32, "the other has as many calls as it may have at once");
        until("all is written down", async || {
            deliveries(app, &quick).await.iter().all(|one| one["status"] == "SUCCESS")
        })
        .await;
        assert!(deliveries(app, &slow).await.iter().all(|one| one["status"] == "PENDING"));
        dead.release();
        drained.await.unwrap().unwrap();
        assert_eq!(dead.count(), 40);
        assert!(deliveries(app, &slow).await.iter().all(|one| one["status"] == "SUCCESS" && one["attempts"] == 1));
    }

    async fn workers_share_the_work_and_nothing_is_sent_twice(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        tickets(app, &brand, 60).await;
        let workers: Vec<_> = (0..4).map(|_| app.worker()).collect();
        let drained: Vec<_> = workers.into_iter().map(|worker| tokio::spawn(async move { worker.drain().await })).collect();
        for one in drained {
            one.await.unwrap().unwrap();
        }
        let mut ids: Vec<String> = receiver.take().iter().map(|call| call.header("webhook-id").to_owned()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!((count, ids.len()), (60, 60));
        assert!(deliveries(app, &hook).await.iter().all(|one| one["attempts"] == 1));
    }

    async fn what_a_worker_that_died_had_claimed_is_sent_when_its_claim_ends(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.hold();
        ticket(app, &brand, "One").await;
        let worker = app.worker();
        let dying = tokio::spawn(async move { worker.drain().await });
        until("the call", async || receiver.count() == 1).await;
        dying.abort();
        let _aborted = dying.await;
        receiver.release();
        let first = receiver.take().remove(0);
        app.drain().await;
        assert_eq!(receiver.count(), 0, "its claim counts for a while");
        assert_eq!(only_delivery(app, &hook).await["status"], "PENDING");
        app.advance_ms(30_000);
        app.drain().await;
        let second = receiver.take().remove(0);
        assert_eq!((second.header("webhook-id"), second.body.clone()), (first.header("webhook-id"), first.body.clone()));
        let delivery = only_delivery(app, &hook).await;
        assert_eq!((&delivery["status"], &delivery["attempts"]), (&json!("SUCCESS"), &json!(2)));
    }

    async fn an_attempt_whose_claim_has_ended_no_longer_counts(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.hold();
        ticket(app, &brand, "One").await;
        let slow = app.worker();
        let slow = tokio::spawn(async move { slow.drain().await });
        until("the first call", async || receiver.count() == 1).await;
        app.advance_ms(30_000);
        let second = app.worker();
        let second = tokio::spawn(async move { second.drain().await });
        until("the second call", async || receiver.count() == 2).await;
        receiver.release();
        slow.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
        let delivery = only_delivery(app, &hook).await;
        assert_eq!((&delivery["status"], &delivery["attempts"]), (&json!("SUCCESS"), &json!(2)));
        let errors: Vec<&Value> = delivery["attemptLog"].as_array().unwrap().iter().map(|one| &one["error"]).collect();
        assert_eq!(errors, [&json!("the server stopped during the attempt"), &Value::Null]);
        assert_eq!(delivery["nextAttempt"], Value::Null);
    }
}
