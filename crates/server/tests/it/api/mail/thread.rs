use dispatch_testkit::both;
use serde_json::json;

use super::{comments, deliver, deliver_with, mail_id, message, new_ticket, outcome, sent, tickets};
use crate::api::{given::ask, id};

const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1000;

both! {
    async fn the_address_to_answer_to_leads_to_its_ticket(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        // In any recipient header, in any case, or in the envelope alone.
        for (at, headers) in [format!("Cc: {address}\r\n"), format!("Delivered-To: {}\r\n", address.to_uppercase())].iter().enumerate() {
            let raw = message(&format!("Message-ID: <c{at}@x>\r\nSubject: other\r\n{headers}"), "It works.");
            let record = deliver(app, "acme", raw).await.created();
            assert_eq!((&record["outcome"], &record["ticketId"]), (&json!("appended"), &ticket["id"]));
        }
        let raw = message("Message-ID: <e@x>\r\n", "From the envelope.");
        let record = deliver_with(app, &app.key, "acme", raw, &[("x-envelope-to", address.as_str())]).await.created();
        assert_eq!(record["outcome"], "appended");
        let all = comments(app, &brand, &ticket).await;
        assert_eq!(all.len(), 3);
        assert_eq!(
            (&all[0]["body"], &all[0]["authorType"], &all[0]["authorId"], &all[0]["authorEmail"], &all[0]["source"], &all[0]["sourceId"]),
            (&json!("It works."), &json!("CUSTOMER"), &ticket["customerId"], &json!("jane@example.com"), &json!("email"), &json!("<c0@x>"))
        );
        assert_eq!((&all[0]["metadata"], &all[2]["sourceData"]["originalRecipient"]), (&json!({}), &json!(address)));
        assert_eq!(record["commentId"], all[2]["id"]);
    }

    async fn a_reference_counts_for_those_who_take_part(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\nCc: bo@example.com\r\n", "x")).await;
        sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        app.post(&format!("{brand}/tickets/{}/watchers", id(&ticket)), json!({ "email": "watch@example.com" })).await.created();
        app.patch(&format!("{brand}/tickets/{}", id(&ticket)), json!({ "assigneeEmail": "team@example.com" })).await.ok();
        let ours = format!("In-Reply-To: <{}@mail.example>\r\n", mail_id(1));
        for (at, sender) in ["jane@example.com", "bo@example.com", "watch@example.com", "team@example.com"].iter().enumerate() {
            let headers = format!("From: {sender}\r\nMessage-ID: <p{at}@x>\r\nSubject: other\r\n{ours}");
            assert_eq!(outcome(app, "acme", message(&headers, "x")).await, "appended", "{sender}");
        }
        // The customer's own earlier message is one of the ticket as well.
        let own = "Message-ID: <own@x>\r\nReferences: <a@b> <1@x>\r\n";
        assert_eq!(outcome(app, "acme", message(own, "x")).await, "appended");
        // A new participant who writes becomes a customer.
        let all = comments(app, &brand, &ticket).await;
        assert_eq!(all.len(), 5);
        let customers = app.get(&format!("{brand}/customers?email=bo@example.com")).await.ok();
        assert_eq!(all[1]["authorId"], customers["data"][0]["id"]);
        // Who does not take part begins a ticket of their own, whatever they refer to.
        let stranger = format!("From: eve@evil.example\r\nMessage-ID: <s@x>\r\n{ours}");
        assert_eq!(outcome(app, "acme", message(&stranger, "x")).await, "created");
        assert_eq!(tickets(app, &brand).await, 2);
    }

    /// Row 34 of API 35: a forged token or subject never reaches a foreign ticket.
    async fn forged_tokens_and_subjects_lead_nowhere(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        let forged = [
            "Subject: Re: Printer [DT-1001]\r\n".to_owned(),
            format!("Cc: acme+{}@mail.example\r\n", id(&ticket)),
            "Cc: acme+DT-1001@mail.example\r\n".to_owned(),
            format!("Cc: acme+{}@mail.example\r\n", mail_id(1)),
            format!("Cc: {}x@mail.example\r\n", address.trim_end_matches("@mail.example")),
            format!("Cc: {}@evil.example\r\n", address.trim_end_matches("@mail.example")),
            "Cc: acme+@mail.example\r\n".to_owned(),
        ];
        for (at, headers) in forged.iter().enumerate() {
            let headers = format!("From: eve@evil.example\r\nMessage-ID: <f{at}@x>\r\n{headers}");
            assert_eq!(outcome(app, "acme", message(&headers, "x")).await, "created", "{headers}");
        }
        assert!(comments(app, &brand, &ticket).await.is_empty());
        // The token of a ticket of one brand, sent to another.
        let headers = format!("Message-ID: <o@x>\r\nCc: {address}\r\nIn-Reply-To: <1@x>\r\n");
        assert_eq!(outcome(app, "other", message(&headers, "x")).await, "created");
        assert_eq!((tickets(app, &brand).await, tickets(app, &other).await), (8, 1));
    }

    async fn who_only_knows_the_address_is_marked(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        let headers = format!("From: Eve <eve@else.example>\r\nMessage-ID: <2@x>\r\nCc: {address}, friend@else.example\r\n");
        assert_eq!(outcome(app, "acme", message(&headers, "I know the address.")).await, "appended");
        let all = comments(app, &brand, &ticket).await;
        assert_eq!(
            (&all[0]["authorType"], &all[0]["authorId"], &all[0]["authorEmail"], &all[0]["metadata"]["unverifiedSender"]),
            (&json!("CUSTOMER"), &json!(null), &json!("eve@else.example"), &json!(true))
        );
        // Neither they nor those in copy take part from now on, and they are no customers.
        for sender in ["eve@else.example", "friend@else.example"] {
            let headers = format!("From: {sender}\r\nMessage-ID: <{sender}>\r\nReferences: <1@x>\r\n");
            assert_eq!(outcome(app, "acme", message(&headers, "x")).await, "created");
        }
    }

    async fn a_token_lives_for_a_year_and_dies_with_its_ticket(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        app.advance_ms(YEAR_MS - 1);
        let headers = |id: &str| format!("From: eve@else.example\r\nMessage-ID: <{id}>\r\nCc: {address}\r\n");
        assert_eq!(outcome(app, "acme", message(&headers("a"), "x")).await, "appended");
        app.advance_ms(1);
        assert_eq!(outcome(app, "acme", message(&headers("b"), "x")).await, "created");
        let fresh = sent(app, &brand, &ticket, 2, "jane@example.com", None).await;
        app.delete(&format!("{brand}/tickets/{}", id(&ticket))).await.ok();
        let headers = format!("Message-ID: <c>\r\nCc: {fresh}\r\nReferences: <1@x>\r\n");
        assert_eq!(outcome(app, "acme", message(&headers, "x")).await, "created", "a deleted ticket begins a new one");
    }

    async fn a_merged_ticket_leads_to_its_target(app) {
        let brand = app.brand("acme").await;
        let source = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &source, 1, "jane@example.com", None).await;
        let target = app.ticket(&brand, json!({ "title": "Target", "customerEmail": "someone@example.com" })).await;
        app.post(&format!("{brand}/tickets/{}/merge", id(&target)), json!({ "sourceTicketIds": [id(&source)] })).await.ok();
        for (at, headers) in [format!("Cc: {address}\r\n"), "References: <1@x>\r\n".to_owned()].iter().enumerate() {
            let record = deliver(app, "acme", message(&format!("Message-ID: <m{at}>\r\n{headers}"), "x")).await.created();
            assert_eq!((&record["outcome"], &record["ticketId"]), (&json!("appended"), &target["id"]));
        }
    }

    /// API 5.3, 20.2: whoever is in copy of a public reply may answer by mail; an internal note lets nobody in.
    async fn people_in_copy_of_a_reply_take_part(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let path = format!("{brand}/tickets/{}/comments", id(&ticket));
        let note = json!({ "body": "for us", "isInternal": true, "cc": ["ann@example.com"] });
        app.post(&path, note).await.created();
        app.post(&path, json!({ "body": "for you", "cc": ["Bo@example.com"] })).await.created();
        app.post(&path, json!({ "body": "once more", "cc": ["bo@example.com"] })).await.created();
        assert_eq!(ask(app, "SELECT address FROM mail_participant".to_owned()).await, ["bo@example.com"]);
        for (from, expected) in [("bo@example.com", "appended"), ("ann@example.com", "created")] {
            let headers = format!("From: {from}\r\nMessage-ID: <{from}>\r\nReferences: <1@x>\r\n");
            assert_eq!(outcome(app, "acme", message(&headers, "me too")).await, expected, "{from}");
        }
    }
}
