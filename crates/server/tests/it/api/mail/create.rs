use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{comments, deliver, message, new_ticket, tickets};
use crate::api::{event_types, events_of, id};

both! {
    /// Rows 1 and 22 of API 35: mail to the slug address reaches the brand.
    async fn a_message_becomes_a_ticket_with_its_customer(app) {
        let brand = app.brand("acme").await;
        let raw = message(
            "Message-ID: <m1@example.com>\r\nIn-Reply-To: <x@y.z>\r\nCc: Bo <bo@example.com>, acme@mail.example\r\nDate: Fri, 02 Jan 2026 10:00:00 +0100\r\nSubject: Re: Fwd: Printer\r\n",
            "It is broken.",
        );
        let record = deliver(app, "acme", raw).await.created();
        assert_eq!(
            (&record["outcome"], &record["direction"], &record["channel"], &record["messageId"], &record["from"]),
            (&json!("created"), &json!("in"), &json!("http"), &json!("<m1@example.com>"), &json!("jane@example.com"))
        );
        assert_eq!((&record["ticketNumber"], &record["hasRaw"], &record["attempts"]), (&json!("DT-1001"), &json!(true), &json!(1)));
        assert_eq!(record["auth"], json!({ "spf": "none", "dkim": "none", "dmarc": "none" }));
        let ticket = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(
            (&ticket["title"], &ticket["body"], &ticket["source"], &ticket["sourceId"], &ticket["status"]),
            (&json!("Printer"), &json!("It is broken."), &json!("email"), &json!("<m1@example.com>"), &json!("open"))
        );
        assert_eq!((&ticket["customerEmail"], &ticket["customerName"]), (&json!("jane@example.com"), &json!("Jane Doe")));
        assert_eq!(
            ticket["sourceData"],
            json!({
                "messageId": "<m1@example.com>", "inReplyTo": "<x@y.z>", "from": "jane@example.com", "to": ["acme@mail.example"],
                "cc": ["bo@example.com", "acme@mail.example"], "date": "2026-01-02T09:00:00.000Z", "originalRecipient": null,
                "auth": { "spf": "none", "dkim": "none", "dmarc": "none" },
            })
        );
        assert_eq!(event_types(app, &brand).await[1..], ["customer.created", "ticket.created"]);
        let event = events_of(app, &brand, "ticket.created").await.remove(0);
        assert_eq!((&event["source"], &event["actor"]["type"], &event["actor"]["id"]), (&json!("email"), &json!("customer"), &ticket["customerId"]));
    }

    async fn a_message_without_subject_and_text_is_a_ticket(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", "From: jane@example.com\r\nSubject: Re:\r\n\r\n").await;
        assert_eq!((&ticket["title"], &ticket["body"], &ticket["sourceId"]), (&json!("(no subject)"), &Value::Null, &Value::Null));
    }

    async fn an_old_slug_and_the_id_of_the_brand_lead_to_it(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "slug": "acme-support" })).await.ok();
        for (name, id) in [("acme", "a"), ("acme-support", "b"), ("ACME", "c"), (brand.trim_start_matches("/brands/"), "d")] {
            deliver(app, name, message(&format!("Message-ID: <{id}@x>\r\n"), "x")).await.created();
        }
        assert_eq!(tickets(app, &brand).await, 4);
        deliver(app, "nobody", message("", "x")).await.refused(404, "not_found");
    }

    /// What was cut is kept beside it, so that a wrong cut loses nothing.
    async fn quoted_history_is_cut_and_kept(app) {
        let brand = app.brand("acme").await;
        let text = "Thanks.\r\n\r\nOn 1/2/26 15:04, Acme wrote:\r\n> old";
        let ticket = new_ticket(app, &brand, "acme", message("", text)).await;
        assert_eq!((&ticket["body"], &ticket["metadata"]["fullText"]), (&json!("Thanks."), &json!(text.replace('\r', ""))));
        let plain = new_ticket(app, &brand, "acme", message("Message-ID: <2@x>\r\n", "Nothing quoted.")).await;
        assert_eq!(plain["metadata"], json!({}));
    }

    async fn a_company_shares_its_settings_with_the_new_ticket(app) {
        let brand = app.brand("acme").await;
        let settings = json!({ "name": "Globex", "domain": "globex.example", "settings": { "defaultPriority": "urgent" } });
        app.post(&format!("{brand}/companies"), settings).await.created();
        let ticket = new_ticket(app, &brand, "acme", message("From: hank@globex.example\r\n", "x")).await;
        assert_eq!((&ticket["priority"], &ticket["customer"]["company"]["name"]), (&json!("urgent"), &json!("Globex")));
    }

    /// API 20.2: a title of 500 characters, a text of 1 MB; what is beyond lies in the raw message.
    async fn what_is_too_long_is_cut_to_what_fits(app) {
        let brand = app.brand("acme").await;
        let raw = message(&format!("Subject: {}\r\n", "t".repeat(900)), &"word \u{e9} ".repeat(200_000));
        let ticket = new_ticket(app, &brand, "acme", raw).await;
        assert_eq!(ticket["title"].as_str().map(str::len), Some(500));
        assert!(ticket["body"].as_str().is_some_and(|body| body.len() <= 1024 * 1024 && body.len() > 1_000_000));
        assert!(comments(app, &brand, &ticket).await.is_empty() && !id(&ticket).is_empty());
    }
}
