//! Surveys are mailed on time, and answered once.

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{DAY, MINUTE, asking, only, resolved};
use crate::api::mails::with_relay;

/// The token in the link of the only mail about a survey.
pub async fn mailed(app: &TestApp) -> (TestApp, String, String) {
    let (relay, sending) = with_relay(app).await;
    sending.drain().await;
    let mut taken: Vec<_> = relay.taken().into_iter().filter(|mail| mail.text().contains("/rate/")).collect();
    assert_eq!(taken.len(), 1, "one survey is mailed");
    let text = taken.remove(0).text();
    let token = text.split("/rate/").nth(1).expect("a link").split_whitespace().next().expect("a token").to_owned();
    (sending, token, text)
}

pub async fn asking_from_1_to_5(app: &TestApp) -> String {
    let brand = asking(app).await;
    app.patch(&brand, json!({ "csatType": "scale5" })).await.ok();
    brand
}

async fn answer(app: &TestApp, token: &str, body: Value) -> dispatch_testkit::Answer {
    app.call("", "POST", &format!("/feedback/{token}"), body).await
}

both! {
    async fn it_is_mailed_after_its_delay_and_answered_once(app) {
        let brand = asking_from_1_to_5(app).await;
        let ticket = resolved(app, &brand).await;
        app.advance_ms(30 * MINUTE - 1);
        app.drain().await;
        assert_eq!(only(app, &ticket).await["state"], "scheduled");
        app.advance_ms(1);
        let (app, token, text) = mailed(app).await;
        assert!(text.contains("DT-1001") && text.contains("from 1 to 5"), "{text}");
        let sent = only(&app, &ticket).await;
        assert_eq!((&sent["state"], &sent["rating"]), (&json!("sent"), &Value::Null));
        assert!(!sent.to_string().contains(&token), "the token is nowhere but in the mail");
        let path = format!("/feedback/{token}");
        let shown = app.call("", "GET", &path, Value::Null).await.ok();
        assert_eq!(
            shown,
            json!({
                "id": sent["id"], "state": "sent", "ratingType": "scale5",
                "ticket": { "title": "T", "ticketNumber": "DT-1001" }, "brand": { "name": "acme", "iconUrl": null },
            })
        );
        for rating in [json!(0), json!(6), json!("5"), json!(4.5), Value::Null] {
            assert_eq!(answer(&app, &token, json!({ "rating": rating })).await.invalid(), ["rating"]);
        }
        assert_eq!(only(&app, &ticket).await["state"], "sent", "looking at it answers nothing");
        let taken = answer(&app, &token, json!({ "rating": 4, "comment": " Quick. " })).await.ok();
        assert_eq!((&taken["success"], &taken["id"]), (&json!(true), &sent["id"]));
        let refused = answer(&app, &token, json!({ "rating": 1 })).await;
        assert!(refused.text.contains("already submitted"), "{}", refused.text);
        refused.refused(409, "conflict");
        let done = only(&app, &ticket).await;
        assert_eq!((&done["state"], &done["rating"], &done["comment"]), (&json!("submitted"), &json!(4), &json!("Quick.")));
        let events = app.events(&brand).await;
        let of = |kind: &str| events.iter().filter(|event| event["type"] == kind).count();
        assert_eq!((of("feedback.requested"), of("feedback.submitted")), (1, 1));
        assert!(!serde_json::to_string(&events).unwrap().contains(&token));
        app.call("", "GET", "/feedback/never", Value::Null).await.refused(404, "not_found");
        answer(&app, "never", json!({ "rating": 4 })).await.refused(404, "not_found");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn two_who_answer_at_once_are_one_answer(app) {
        let brand = asking_from_1_to_5(app).await;
        let ticket = resolved(app, &brand).await;
        app.advance_ms(30 * MINUTE);
        let (app, token, _) = mailed(app).await;
        let (one, two) = tokio::join!(answer(&app, &token, json!({ "rating": 1 })), answer(&app, &token, json!({ "rating": 5 })));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(only(&app, &ticket).await["state"], "submitted");
        assert_eq!(app.events(&brand).await.iter().filter(|event| event["type"] == "feedback.submitted").count(), 1);
    }

    async fn it_is_over_after_30_days(app) {
        let brand = asking_from_1_to_5(app).await;
        let ticket = resolved(app, &brand).await;
        app.advance_ms(30 * MINUTE);
        let (app, token, _) = mailed(app).await;
        app.advance_ms(30 * DAY - 1);
        assert_eq!(app.call("", "GET", &format!("/feedback/{token}"), Value::Null).await.ok()["state"], "sent");
        app.advance_ms(1);
        assert_eq!(app.call("", "GET", &format!("/feedback/{token}"), Value::Null).await.ok()["state"], "expired");
        let refused = answer(&app, &token, json!({ "rating": 5 })).await;
        assert!(refused.text.contains("expired"), "{}", refused.text);
        refused.refused(409, "conflict");
        app.drain().await;
        assert_eq!(only(&app, &ticket).await["state"], "expired");
    }

    /// Whom nobody may write to any more is not asked.
    async fn nobody_is_asked_who_wants_no_mail_by_then_or_whose_ticket_is_gone(app) {
        let brand = asking_from_1_to_5(app).await;
        let first = resolved(app, &brand).await;
        let customer = app.get(&first).await.ok()["customerId"].as_str().unwrap().to_owned();
        let second = app.ticket(&brand, json!({ "title": "S", "customerEmail": "bo@example.com" })).await;
        let second = format!("{brand}/tickets/{}", second["id"].as_str().unwrap());
        app.post(&format!("{second}/survey"), json!({ "delayMinutes": 10 })).await.created();
        app.patch(&format!("{brand}/customers/{customer}"), json!({ "notifyEmail": false })).await.ok();
        app.delete(&second).await.ok();
        app.advance_ms(DAY);
        let (relay, sending) = with_relay(app).await;
        sending.drain().await;
        assert!(relay.taken().is_empty());
        assert_eq!(only(app, &first).await["state"], "canceled");
        assert!(app.problems(&brand).await.is_empty());
    }
}
