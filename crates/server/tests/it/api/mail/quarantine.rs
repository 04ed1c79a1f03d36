use dispatch_testkit::both;
use serde_json::json;

use super::{RefusedAt as _, deliver, deliver_with, message, outcome, tickets};
use crate::api::{events_of, id};

both! {
    async fn what_cannot_be_read_is_kept_for_an_admin(app) {
        let brand = app.brand("acme").await;
        for raw in ["no message", "Subject: nobody wrote it\r\n\r\nx", "From: a@b.example\r\nFrom: c@d.example\r\n\r\nx"] {
            let record = deliver(app, "acme", raw).await.ok();
            assert_eq!((&record["outcome"], &record["hasRaw"]), (&json!("quarantined"), &json!(true)), "{raw}");
            assert!(record["reason"].as_str().is_some_and(|why| why.starts_with("unparseable: ")), "{record}");
        }
        let events = events_of(app, &brand, "mail.quarantined").await;
        assert_eq!((events.len(), tickets(app, &brand).await), (3, 0));
        let record = app.get(&format!("{brand}/mail?outcome=quarantined&limit=1")).await.ok()["data"][0].clone();
        let last = &events[2];
        assert_eq!((&last["entityType"], &last["entityId"], &last["data"]["id"]), (&json!("mail"), &record["id"], &record["id"]));
        assert_eq!((&last["data"]["mail"], &last["actor"]["type"]), (&record, &json!("system")));
    }

    async fn what_its_domain_refuses_is_kept_for_an_admin(app) {
        let brand = app.brand("acme").await;
        app.zone.put("_dmarc.bank.example", "v=DMARC1; p=reject");
        app.zone.put("bank.example", "v=spf1 ip4:192.0.2.0/24 -all");
        let raw = |id: &str| message(&format!("From: pay@bank.example\r\nMessage-ID: <{id}@x>\r\n"), "x");
        let forged = deliver(app, "acme", raw("1")).await.ok();
        assert_eq!((&forged["outcome"], &forged["auth"]["dmarc"]), (&json!("quarantined"), &json!("fail")));
        assert!(forged["reason"].as_str().is_some_and(|why| why.contains("DMARC")));
        let from = |ip| [("x-remote-ip", ip), ("x-envelope-from", "pay@bank.example")];
        let good = deliver_with(app, &app.key, "acme", raw("2"), &from("192.0.2.7")).await.created();
        assert_eq!(good["auth"], json!({ "spf": "pass", "dkim": "none", "dmarc": "pass" }));
        let bad = deliver_with(app, &app.key, "acme", raw("3"), &from("198.51.100.1")).await.ok();
        assert_eq!(bad["auth"], json!({ "spf": "fail", "dkim": "none", "dmarc": "fail" }));
        // A domain that asks for nothing is not refused, and neither is one that cannot be asked.
        app.zone.put("_dmarc.bank.example", "v=DMARC1; p=none; rua=mailto:a@bank.example");
        assert_eq!(outcome(app, "acme", raw("4")).await, "created");
        app.zone.break_off("_dmarc.bank.example");
        let unknown = deliver(app, "acme", raw("5")).await.created();
        assert_eq!(unknown["auth"]["dmarc"], "temperror");
        assert_eq!(tickets(app, &brand).await, 3);
    }

    async fn dmarc_can_be_set_not_to_count(app) {
        let mut settings = app.app.settings().clone();
        settings.mail.dmarc_enforce = false;
        let lax = app.with_settings(settings);
        lax.brand("acme").await;
        lax.zone.put("_dmarc.bank.example", "v=DMARC1; p=reject");
        assert_eq!(outcome(&lax, "acme", message("From: pay@bank.example\r\n", "x")).await, "created");
    }

    async fn the_51st_message_of_an_hour_is_kept_for_an_admin(app) {
        let brand = app.brand("acme").await;
        for at in 0..50 {
            assert_eq!(outcome(app, "acme", message(&format!("Message-ID: <{at}@x>\r\n"), "x")).await, "created");
        }
        let flood = deliver(app, "acme", message("Message-ID: <51@x>\r\n", "x")).await.ok();
        assert_eq!(flood["outcome"], "quarantined");
        assert!(flood["reason"].as_str().is_some_and(|why| why.contains("50 messages")));
        assert_eq!(outcome(app, "acme", message("From: bo@example.com\r\nMessage-ID: <b@x>\r\n", "x")).await, "created");
        app.advance_ms(60 * 60 * 1000);
        assert_eq!(outcome(app, "acme", message("Message-ID: <52@x>\r\n", "x")).await, "created");
        assert_eq!(tickets(app, &brand).await, 52);
    }

    async fn an_admin_releases_a_message_as_a_ticket_or_a_comment(app) {
        let brand = app.brand("acme").await;
        app.zone.put("_dmarc.bank.example", "v=DMARC1; p=reject");
        let held = |at: u32| message(&format!("From: pay@bank.example\r\nMessage-ID: <{at}@x>\r\n"), "held");
        let (first, second) = (deliver(app, "acme", held(1)).await.ok(), deliver(app, "acme", held(2)).await.ok());
        let again = |record: &serde_json::Value| format!("{brand}/mail/{}/reprocess", id(record));
        assert_eq!(app.post(&again(&first), json!({})).await.ok()["outcome"], "quarantined", "the rules say the same");
        let created = app.post(&again(&first), json!({ "action": "create" })).await.ok();
        assert_eq!((&created["outcome"], &created["reason"]), (&json!("created"), &json!(null)));
        let wanted = json!({ "action": "append", "ticketId": created["ticketNumber"] });
        let appended = app.post(&again(&second), wanted.clone()).await.ok();
        assert_eq!((&appended["outcome"], &appended["ticketId"]), (&json!("appended"), &created["ticketId"]));
        app.post(&again(&second), wanted).await.refused(409, "conflict");
        app.post(&again(&first), json!({ "action": "create" })).await.refused(409, "conflict");
        assert_eq!((tickets(app, &brand).await, events_of(app, &brand, "mail.quarantined").await.len()), (1, 2));
        // What cannot be read cannot be released.
        let broken = deliver(app, "acme", "broken").await.ok();
        app.post(&again(&broken), json!({ "action": "create" })).await.refused(409, "conflict");
        app.post(&again(&broken), json!({ "action": "append" })).await.refused_at(&["ticketId"]);
        app.post(&again(&broken), json!({ "action": "append", "ticketId": "DT-1" })).await.refused_at(&["ticketId"]);
        app.post(&again(&broken), json!({ "action": "create", "ticketId": "DT-1001" })).await.refused_at(&["ticketId"]);
    }
}
