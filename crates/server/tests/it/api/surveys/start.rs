use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{DAY, asking, given::status, only, resolved, states, ticket};
use crate::api::{events_of, members};

both! {
    async fn a_resolved_ticket_asks_its_customer_after_the_delay_of_the_brand(app) {
        let brand = asking(app).await;
        let token = app.session(Role::Member, "ana@acme.example", &[]).await;
        let ticket = ticket(app, &brand).await;
        app.call(&token, "PATCH", &ticket, json!({ "status": "resolved" })).await.ok();
        let survey = only(app, &ticket).await;
        assert_eq!(
            members(&survey),
            [
                "id", "brandId", "ticketId", "ratingType", "rating", "comment", "customerEmail", "resolverEmail", "state",
                "sendAt", "sentAt", "submittedAt", "expiresAt", "createdAt",
            ]
        );
        assert!(survey["id"].as_str().unwrap().starts_with("fb_"));
        for (field, value) in [
            ("brandId", json!(brand.trim_start_matches("/brands/"))),
            ("ratingType", json!("thumbs")),
            ("rating", Value::Null),
            ("comment", Value::Null),
            ("customerEmail", json!("jane@example.com")),
            ("resolverEmail", json!("ana@acme.example")),
            ("state", json!("scheduled")),
            ("sendAt", json!("2026-01-02T03:34:05.678Z")),
            ("sentAt", Value::Null),
            ("submittedAt", Value::Null),
            ("expiresAt", json!("2026-02-01T03:34:05.678Z")),
            ("createdAt", json!("2026-01-02T03:04:05.678Z")),
        ] {
            assert_eq!(survey[field], value, "{field}");
        }
        assert!(events_of(app, &brand, "feedback.requested").await.is_empty(), "nothing was mailed yet");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_comment_and_a_bulk_action_resolve_as_well(app) {
        let brand = asking(app).await;
        let one = ticket(app, &brand).await;
        app.post(&format!("{one}/comments"), json!({ "body": "Done", "setStatus": "resolved" })).await.created();
        assert_eq!(states(app, &one).await, ["scheduled"]);
        assert_eq!(only(app, &one).await["resolverEmail"], Value::Null, "a key is nobody");
        let (loud, quiet) = (ticket(app, &brand).await, ticket(app, &brand).await);
        for (ticket, notify) in [(&loud, true), (&quiet, false)] {
            let id = ticket.rsplit('/').next();
            let body = json!({ "action": "resolve", "ticketIds": [id], "notify": notify });
            assert_eq!(app.post(&format!("{brand}/tickets/bulk"), body).await.ok()["count"], 1);
        }
        assert_eq!(states(app, &loud).await, ["scheduled"]);
        assert_eq!(states(app, &quiet).await, [""; 0], "nobody is to be told");
    }

    async fn only_entering_resolved_starts_it_and_only_when_the_brand_wants_it(app) {
        let brand = app.brand("acme").await;
        let off = resolved(app, &brand).await;
        app.patch(&brand, json!({ "csatEnabled": true })).await.ok();
        assert_eq!(states(app, &off).await, [""; 0], "it was resolved before");
        app.patch(&off, json!({ "title": "Another" })).await.ok();
        assert_eq!(states(app, &off).await, [""; 0]);
        let closed = ticket(app, &brand).await;
        app.patch(&closed, json!({ "status": "closed" })).await.ok();
        assert_eq!(states(app, &closed).await, [""; 0]);
        let born = app.ticket(&brand, json!({ "title": "T", "status": "resolved", "customerEmail": "j@example.com" })).await;
        assert_eq!(states(app, &format!("{brand}/tickets/{}", born["id"].as_str().unwrap())).await, [""; 0]);
        status(app, &brand, "doing", true).await;
        let moved = ticket(app, &brand).await;
        app.patch(&moved, json!({ "status": "doing" })).await.ok();
        app.delete(&format!("{brand}/statuses/doing?replacementStatusId=resolved")).await.ok();
        app.drain().await;
        assert_eq!(app.get(&moved).await.ok()["status"], "resolved");
        assert_eq!(states(app, &moved).await, [""; 0], "the deletion of a status asks nobody");
        app.patch(&brand, json!({ "csatEnabled": false })).await.ok();
        let off = resolved(app, &brand).await;
        assert_eq!(states(app, &off).await, [""; 0]);
    }

    async fn nobody_is_asked_who_has_no_address_wants_no_mail_or_is_gone(app) {
        let brand = asking(app).await;
        let nobodys = app.ticket(&brand, json!({ "title": "T" })).await;
        let nobodys = format!("{brand}/tickets/{}", nobodys["id"].as_str().unwrap());
        let silent = ticket(app, &brand).await;
        let customer = app.get(&silent).await.ok()["customerId"].as_str().unwrap().to_owned();
        let customer = format!("{brand}/customers/{customer}");
        app.patch(&customer, json!({ "notifyEmail": false })).await.ok();
        for ticket in [&nobodys, &silent] {
            app.patch(ticket, json!({ "status": "resolved" })).await.ok();
            assert_eq!(states(app, ticket).await, [""; 0]);
        }
        app.patch(&customer, json!({ "notifyEmail": true })).await.ok();
        let orphan = ticket(app, &brand).await;
        app.delete(&customer).await.ok();
        app.patch(&orphan, json!({ "status": "resolved" })).await.ok();
        assert_eq!(states(app, &orphan).await, [""; 0]);
    }

    async fn a_ticket_asks_once_in_seven_days(app) {
        let brand = asking(app).await;
        app.patch(&brand, json!({ "csatDelayMinutes": 0, "csatType": "scale10" })).await.ok();
        let ticket = resolved(app, &brand).await;
        // As if it had been mailed: what was only scheduled is canceled when the ticket comes back.
        crate::api::given::execute(app, "UPDATE feedback SET state = 'sent', sent_at = send_at".to_owned()).await;
        app.advance_ms(7 * DAY - 1);
        for status in ["open", "resolved"] {
            app.patch(&ticket, json!({ "status": status })).await.ok();
        }
        assert_eq!(states(app, &ticket).await, ["sent"]);
        app.advance_ms(1);
        for status in ["open", "resolved"] {
            app.patch(&ticket, json!({ "status": status })).await.ok();
        }
        assert_eq!(states(app, &ticket).await, ["scheduled", "sent"]);
    }
}
