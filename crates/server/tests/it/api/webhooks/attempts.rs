use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{deliveries, only_delivery, ticket, webhook};
use crate::api::id;

/// The longest that each delay of the schedule may be, in milliseconds.
const DELAYS_MS: [i64; 7] = [5_500, 330_000, 1_980_000, 7_920_000, 19_800_000, 39_600_000, 39_600_000];

both! {
    async fn a_delivery_that_fails_is_tried_eight_times_with_the_same_bytes(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.answers(503, "away");
        ticket(app, &brand, "One").await;
        let (mut calls, mut timestamps) = (Vec::new(), Vec::new());
        for (attempt, delay) in (1..).zip(DELAYS_MS) {
            app.drain().await;
            let came = receiver.take();
            assert_eq!(came.len(), 1, "attempt {attempt}");
            timestamps.push(came[0].header("webhook-timestamp").to_owned());
            calls.push(came[0].body.clone());
            let delivery = only_delivery(app, &hook).await;
            assert_eq!((&delivery["status"], &delivery["attempts"]), (&json!("RETRYING"), &json!(attempt)));
            assert_eq!(delivery["error"], "the receiver answered 503");
            assert!(delivery["nextAttempt"].is_string(), "{delivery}");
            // Just before the earliest moment nothing comes.
            app.advance_ms(delay * 9 / 11 - 1);
            app.drain().await;
            assert_eq!(receiver.count(), 0, "too early after attempt {attempt}");
            app.advance_ms(delay - delay * 9 / 11 + 1);
        }
        app.drain().await;
        calls.push(receiver.take().remove(0).body);
        assert!(calls.iter().all(|body| *body == calls[0]), "the same bytes");
        timestamps.dedup();
        assert_eq!(timestamps.len(), 7, "each with its own time");
        let delivery = only_delivery(app, &hook).await;
        assert_eq!((&delivery["status"], &delivery["attempts"], &delivery["nextAttempt"]), (&json!("FAILED"), &json!(8), &Value::Null));
        assert_eq!(delivery["attemptLog"].as_array().unwrap().len(), 8);
        app.advance_ms(100_000_000);
        app.drain().await;
        assert_eq!(receiver.count(), 0, "that was all");
        assert_eq!(app.get(&hook).await.ok()["failureCount"], 8);
    }

    async fn a_success_ends_it_and_the_count_of_failures(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.answers(500, "");
        ticket(app, &brand, "One").await;
        app.drain().await;
        assert_eq!(app.get(&hook).await.ok()["failureCount"], 1);
        receiver.answers(204, "");
        app.advance_ms(DELAYS_MS[0]);
        app.drain().await;
        let delivery = only_delivery(app, &hook).await;
        assert_eq!((&delivery["status"], &delivery["attempts"], &delivery["responseCode"]), (&json!("SUCCESS"), &json!(2), &json!(204)));
        assert_eq!(delivery["error"], Value::Null);
        assert_eq!(delivery["attemptLog"][0]["responseCode"], 500);
        assert_eq!(app.get(&hook).await.ok()["failureCount"], 0);
    }

    async fn redirects_and_other_answers_are_failures(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        for status in [300, 302, 400, 404, 429, 500] {
            receiver.answers(status, "no");
            let made = ticket(app, &brand, &format!("{status}")).await;
            app.drain().await;
            let newest = deliveries(app, &hook).await.remove(0);
            assert_eq!(newest["payload"]["data"]["id"], made["id"]);
            assert_eq!((&newest["status"], &newest["responseCode"]), (&json!("RETRYING"), &json!(status)), "{status}");
        }
    }

    async fn a_receiver_may_ask_for_more_time(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.asks_to_wait(429, "3600");
        ticket(app, &brand, "One").await;
        app.drain().await;
        assert_eq!(only_delivery(app, &hook).await["nextAttempt"], "2026-01-02T04:04:05.678Z");
        receiver.take();
        app.advance_ms(3_599_999);
        app.drain().await;
        assert_eq!(receiver.count(), 0);
        app.advance_ms(1);
        app.drain().await;
        assert_eq!(receiver.count(), 1);
    }

    async fn somebody_may_have_it_tried_at_once_and_the_schedule_begins_anew(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.answers(500, "");
        ticket(app, &brand, "One").await;
        for delay in DELAYS_MS {
            app.drain().await;
            app.advance_ms(delay);
        }
        app.drain().await;
        let delivery = only_delivery(app, &hook).await;
        assert_eq!(delivery["status"], "FAILED");
        let path = format!("{hook}/deliveries/{}", id(&delivery));
        let first = receiver.take().remove(0);
        let again = app.post(&format!("{path}/retry"), Value::Null).await.ok();
        assert_eq!((&again["status"], id(&again)), (&json!("PENDING"), id(&delivery)));
        app.drain().await;
        let second = receiver.take().remove(0);
        assert_eq!((second.body.clone(), second.header("webhook-id")), (first.body.clone(), first.header("webhook-id")));
        let delivery = app.get(&path).await.ok();
        assert_eq!((&delivery["status"], &delivery["attempts"]), (&json!("RETRYING"), &json!(9)));
        app.advance_ms(DELAYS_MS[0]);
        receiver.answers(200, "");
        app.drain().await;
        assert_eq!(app.get(&path).await.ok()["status"], "SUCCESS");
        // One that has succeeded may be sent once more as well.
        receiver.take();
        app.post(&format!("{path}/retry"), Value::Null).await.ok();
        app.drain().await;
        assert_eq!(receiver.count(), 1);
        app.post(&format!("{hook}/deliveries/whd_x/retry"), Value::Null).await.refused(404, "not_found");
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        app.post(&format!("{path}/retry"), Value::Null).await.refused(409, "conflict");
    }

    async fn only_the_beginning_of_an_answer_is_kept(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.answers(200, &"é".repeat(100_000));
        ticket(app, &brand, "One").await;
        app.drain().await;
        let delivery = only_delivery(app, &hook).await;
        assert_eq!((&delivery["status"], delivery["responseBody"].as_str().unwrap()), (&json!("SUCCESS"), "é".repeat(512).as_str()));
    }

    async fn deliveries_are_kept_for_thirty_days(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        ticket(app, &brand, "Old").await;
        app.drain().await;
        app.advance_ms(15 * 86_400_000);
        ticket(app, &brand, "New").await;
        app.drain().await;
        app.advance_ms(15 * 86_400_000 - 1);
        app.drain().await;
        assert_eq!(deliveries(app, &hook).await.len(), 2);
        app.advance_ms(2);
        app.drain().await;
        let left = deliveries(app, &hook).await;
        assert_eq!(left.len(), 1);
        assert_eq!(left[0]["payload"]["data"]["title"], "New");
    }
}
