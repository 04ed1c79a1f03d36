use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{deliver, deliver_with, mail_id, message, new_ticket, outcome, sent, tickets};
use crate::api::{event_types, id};

both! {
    async fn a_message_that_comes_again_is_a_duplicate(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let raw = message("Message-ID: <1@x>\r\n", "x");
        assert_eq!(outcome(app, "acme", raw.clone()).await, "created");
        assert_eq!(outcome(app, "acme", raw.clone()).await, "duplicate");
        // The same id is enough; without one, the same bytes.
        assert_eq!(outcome(app, "acme", message("Message-ID: <1@x>\r\n", "other")).await, "duplicate");
        let nameless = message("", "no id");
        assert_eq!(outcome(app, "acme", nameless.clone()).await, "created");
        assert_eq!(outcome(app, "acme", nameless).await, "duplicate");
        assert_eq!(outcome(app, "acme", message("", "no id either")).await, "created");
        assert_eq!(outcome(app, "other", raw).await, "created", "each brand for itself");
        assert_eq!((tickets(app, &brand).await, tickets(app, &other).await), (3, 1));
        let all = app.get(&format!("{brand}/mail")).await.ok();
        let firsts = all["data"].as_array().expect("mail").iter().filter(|mail| mail["outcome"] != "duplicate");
        assert_eq!(firsts.count(), 3, "exactly one row of each message is no duplicate");
    }

    async fn what_machines_write_is_ignored(app) {
        let brand = app.brand("acme").await;
        let before = event_types(app, &brand).await;
        for (at, header) in [
            "Auto-Submitted: auto-replied\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Precedence: bulk\r\n",
            "Precedence: junk\r\n",
            "Precedence: auto_reply\r\n",
            "X-Autoreply: yes\r\n",
            "Return-Path: <>\r\n",
            "X-Dispatch-Ticket: DT-1001\r\n",
        ]
        .iter()
        .enumerate()
        {
            let record = deliver(app, "acme", message(&format!("Message-ID: <{at}@x>\r\n{header}"), "x")).await.ok();
            assert_eq!(record["outcome"], "auto_reply_ignored", "{header}");
            assert!(record["reason"].is_string() && record["ticketId"] == Value::Null);
        }
        let ours = format!("Message-ID: <{}@MAIL.example>\r\n", mail_id(7));
        assert_eq!(outcome(app, "acme", message(&ours, "x")).await, "auto_reply_ignored", "a message of ours that came back");
        let null = deliver_with(app, &app.key, "acme", message("Message-ID: <n@x>\r\n", "x"), &[("x-envelope-from", "<>")]).await;
        assert_eq!(null.ok()["outcome"], "auto_reply_ignored");
        assert_eq!((event_types(app, &brand).await, tickets(app, &brand).await), (before, 0));
        for header in ["Auto-Submitted: no\r\n", "Precedence: list\r\nList-Id: <x.example>\r\n"] {
            assert_eq!(outcome(app, "acme", message(header, header)).await, "created", "{header}");
        }
    }

    async fn a_report_marks_the_mail_that_did_not_arrive(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        for number in [1, 2, 3] {
            sent(app, &brand, &ticket, number, "jane@example.com", None).await;
        }
        let report = |action: &str, number: u32, to: &str| {
            format!(
                "From: MAILER-DAEMON@mx.example\r\nTo: acme@mail.example\r\nMessage-ID: <{action}{number}@mx>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
                --b\r\n\r\nSorry\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: {action}\r\n\r\n--b\r\n\
                Content-Type: message/rfc822\r\n\r\nMessage-ID: <{}@mail.example>\r\nFrom: acme@mail.example\r\n\r\nHello\r\n--b--\r\n",
                mail_id(number)
            )
        };
        for (action, number, to) in
            [("failed", 1, "Jane@Example.com"), ("delayed", 2, "jane@example.com"), ("failed", 3, "eve@evil.example")]
        {
            assert_eq!(outcome(app, "acme", report(action, number, to)).await, "auto_reply_ignored");
        }
        let mut states = Vec::new();
        for number in [1, 2, 3] {
            let mail = app.get(&format!("{brand}/mail/{}", mail_id(number))).await.ok();
            states.push(mail["outcome"].as_str().expect("an outcome").to_owned());
        }
        assert_eq!(states, ["bounced", "sent", "sent"], "not a mail that is late, nor one to somebody else");
        let out = app.get(&format!("{brand}/mail?direction=out&outcome=bounced")).await.ok();
        assert_eq!((&out["data"][0]["id"], &out["data"][0]["to"]), (&json!(mail_id(1)), &json!(["jane@example.com"])));
    }

    async fn a_blocked_customer_writes_spam_and_nobody_hears_of_it(app) {
        let brand = app.brand("acme").await;
        let first = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\nCc: bo@example.com\r\n", "x")).await;
        app.post(&format!("{brand}/tickets/{}/spam", id(&first)), json!({ "isSpam": true })).await.ok();
        let answer = deliver(app, "acme", message("Message-ID: <2@x>\r\nReferences: <1@x>\r\n", "again")).await.ok();
        assert_eq!((&answer["outcome"], &answer["ticketId"]), (&json!("blocked"), &first["id"]), "a comment on the spam ticket");
        let new = deliver(app, "acme", message("Message-ID: <3@x>\r\n", "new")).await.ok();
        assert_eq!((&new["outcome"], new["ticketId"] == first["id"]), (&json!("blocked"), false));
        let ticket = app.get(&format!("{brand}/tickets/{}", new["ticketId"].as_str().expect("a ticket"))).await.ok();
        assert_eq!((&ticket["isSpam"], &ticket["customerId"]), (&json!(true), &first["customerId"]));
        let created = crate::api::events_of(app, &brand, "ticket.created").await.pop().expect("an event");
        assert_eq!(created["data"]["ticket"]["isSpam"], true, "whoever reads the log sees it from the beginning");
        // Its token is dead for others.
        let live = app.ticket(&brand, json!({ "title": "Live", "customerEmail": "jane@example.com" })).await;
        let address = sent(app, &brand, &live, 1, "jane@example.com", None).await;
        let headers = format!("From: eve@else.example\r\nMessage-ID: <4@x>\r\nCc: {address}\r\n");
        assert_eq!(outcome(app, "acme", message(&headers, "x")).await, "created");
        let own = format!("Message-ID: <5@x>\r\nCc: {address}\r\n");
        let own = deliver(app, "acme", message(&own, "x")).await.ok();
        assert_eq!((&own["outcome"], own["ticketId"] == live["id"]), (&json!("blocked"), false));
    }
}
