use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{DAY, MINUTE, asking, only, resolved, states, ticket};

both! {
    async fn a_survey_can_be_asked_for_at_any_time(app) {
        let brand = app.brand("acme").await;
        let ticket = ticket(app, &brand).await;
        let made = app.post(&format!("{ticket}/survey"), Value::Null).await.created();
        assert_eq!((&made["state"], &made["sendAt"]), (&json!("scheduled"), &made["createdAt"]), "at once when nobody says");
        assert_eq!(only(app, &ticket).await, made);
        let other = super::ticket(app, &brand).await;
        let made = app.post(&format!("{other}/survey"), json!({ "delayMinutes": 10_080 })).await.created();
        assert_eq!(made["sendAt"], "2026-01-09T03:04:05.678Z");
        app.patch(&brand, json!({ "csatType": "scale5" })).await.ok();
        let third = super::ticket(app, &brand).await;
        assert_eq!(app.post(&format!("{third}/survey"), json!({})).await.created()["ratingType"], "scale5");
    }

    async fn once_in_seven_days(app) {
        let brand = asking(app).await;
        let resolved = resolved(app, &brand).await;
        app.post(&format!("{resolved}/survey"), json!({})).await.refused(409, "conflict");
        assert_eq!(states(app, &resolved).await, ["scheduled"]);
        app.patch(&resolved, json!({ "status": "open" })).await.ok();
        app.post(&format!("{resolved}/survey"), json!({})).await.created();
        assert_eq!(states(app, &resolved).await, ["scheduled", "canceled"], "what was canceled does not count");
        app.advance_ms(7 * DAY - 1);
        app.post(&format!("{resolved}/survey"), json!({})).await.refused(409, "conflict");
        app.advance_ms(1);
        app.post(&format!("{resolved}/survey"), json!({ "delayMinutes": 60 })).await.created();
        // It counts from the time at which it is mailed.
        app.advance_ms(7 * DAY + 59 * MINUTE);
        app.post(&format!("{resolved}/survey"), json!({})).await.refused(409, "conflict");
        app.advance_ms(MINUTE);
        app.post(&format!("{resolved}/survey"), json!({})).await.created();
    }

    async fn not_where_nobody_can_be_asked(app) {
        let brand = app.brand("acme").await;
        let nobodys = app.ticket(&brand, json!({ "title": "T" })).await;
        let nobodys = format!("{brand}/tickets/{}", nobodys["id"].as_str().unwrap());
        app.post(&format!("{nobodys}/survey"), json!({})).await.refused(409, "conflict");
        let silent = ticket(app, &brand).await;
        let customer = app.get(&silent).await.ok()["customerId"].as_str().unwrap().to_owned();
        app.patch(&format!("{brand}/customers/{customer}"), json!({ "notifyEmail": false })).await.ok();
        app.post(&format!("{silent}/survey"), json!({})).await.refused(409, "conflict");
        app.patch(&format!("{brand}/customers/{customer}"), json!({ "notifyEmail": true })).await.ok();
        app.post(&format!("{silent}/spam"), json!({ "isSpam": true })).await.ok();
        app.post(&format!("{silent}/survey"), json!({})).await.refused(409, "conflict");
        let (source, target) = (ticket(app, &brand).await, ticket(app, &brand).await);
        app.post(&format!("{target}/merge"), json!({ "sourceTicketIds": [source.rsplit('/').next()] })).await.ok();
        let answer = app.post(&format!("{source}/survey"), json!({})).await.with(409);
        assert!(answer["message"].as_str().unwrap().contains("was merged into DT-"), "{answer}");
        assert_eq!(app.post(&format!("{target}/survey"), json!({ "delayMinutes": 10_081 })).await.invalid(), ["delayMinutes"]);
        app.post(&format!("{brand}/tickets/tkt_x/survey"), json!({})).await.refused(404, "not_found");
        app.get(&format!("{brand}/tickets/tkt_x/feedback")).await.refused(404, "not_found");
    }

    async fn a_repeat_with_the_same_key_asks_once(app) {
        let brand = app.brand("acme").await;
        let ticket = format!("{}/survey", ticket(app, &brand).await);
        let header = [("idempotency-key", "once")];
        let first = app.call_with(&app.key, "POST", &ticket, json!({}), &header).await.created();
        let again = app.call_with(&app.key, "POST", &ticket, json!({}), &header).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.created(), first);
    }

    async fn a_brand_words_it_itself(app) {
        let brand = app.brand("acme").await;
        let body = json!({
            "csatEnabled": true, "csatType": "scale5", "csatDelayMinutes": 0, "csatEmailSubject": "About {{ticketNumber}}",
            "csatEmailBody": "How was it?",
        });
        let changed = app.patch(&brand, body.clone()).await.ok();
        let event = crate::api::last_event(app, &brand).await;
        for (field, value) in body.as_object().unwrap() {
            assert_eq!(changed[field], *value, "{field}");
            assert_eq!(event["changes"][field]["new"], *value, "{field}");
        }
        let mut new = body.clone();
        new["name"] = json!("Another");
        let made = app.post("/brands", new).await.created();
        let cleared = app.patch(&brand, json!({ "csatEmailSubject": null, "csatEmailBody": null })).await.ok();
        for (field, value) in body.as_object().unwrap() {
            assert_eq!(made[field], *value, "{field}");
        }
        assert_eq!((&cleared["csatEmailSubject"], &cleared["csatEmailBody"]), (&Value::Null, &Value::Null));
    }
}
