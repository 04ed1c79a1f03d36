//! Mail on its way out (API 20.4).

use std::sync::Arc;

use dispatch_http::{Dkim, HttpSettings, MailSettings};
use dispatch_mail::judge::{Judge, Origin, Verdict, Zone};
use dispatch_model::mail::MailState;
use dispatch_testkit::{Relay, both};
use serde_json::{Value, json};

use super::{mails, new, queue, recipients, with_relay};
use crate::api::{
    id,
    mail::{comments, deliver, new_ticket},
};

const MINUTE: i64 = 60_000;

both! {
    /// The whole way: a message becomes a ticket, the answer comes back in its thread, and the answer to that reopens it.
    async fn a_conversation_by_mail(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "fromName": "Acme Support" })).await.ok();
        let (relay, app) = with_relay(app).await;
        let raw = "From: Jane Doe <jane@example.com>\r\nTo: acme@mail.example\r\nSubject: Printer\r\nMessage-ID: <m1@example.com>\r\n\r\nIt is broken.\r\n";
        let ticket = new_ticket(&app, &brand, "acme", raw).await;
        let path = format!("{brand}/tickets/{}", id(&ticket));
        app.post(&format!("{path}/comments"), json!({ "body": "Which one?\nThe <big> one?", "authorType": "STAFF" })).await.created();
        app.patch(&path, json!({ "status": "resolved" })).await.ok();
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["jane@example.com"]);
        let mail = &taken[0];
        assert_eq!((mail.header("From").as_str(), mail.from.as_str()), ("\"Acme Support\" <acme@mail.example>", "acme@mail.example"));
        assert_eq!(mail.header("To"), "\"Jane Doe\" <jane@example.com>");
        assert_eq!(mail.subject(), "Re: Printer [DT-1001]");
        assert_eq!((mail.header("In-Reply-To"), mail.header("References")), ("<m1@example.com>".to_owned(), "<m1@example.com>".to_owned()));
        assert_eq!((mail.header("X-Dispatch-Ticket").as_str(), mail.header("Auto-Submitted").as_str()), ("DT-1001", ""));
        assert!(mail.text().starts_with("Which one?\nThe <big> one?"), "{}", mail.text());
        let record = &app.get(&format!("{brand}/mail?direction=out")).await.ok()["data"][0];
        assert_eq!((&record["outcome"], &record["attempts"], &record["subject"]), (&json!("sent"), &json!(1), &json!("Re: Printer [DT-1001]")));
        assert_eq!(mail.header("Message-ID"), record["messageId"].as_str().unwrap());
        assert!(record["processedAt"].is_string() && record["from"] == "acme@mail.example", "{record}");
        let reply_to = mail.header("Reply-To");
        let address = reply_to.rsplit_once('<').unwrap().1.trim_end_matches('>').to_owned();
        let answer = format!("From: jane@work.example\r\nTo: {address}\r\nSubject: AW: whatever\r\nMessage-ID: <m2@work.example>\r\n\r\nThe big one.\r\n");
        let record = deliver(&app, "acme", answer).await.created();
        assert_eq!((&record["outcome"], &record["ticketId"]), (&json!("appended"), &ticket["id"]));
        assert_eq!(app.get(&path).await.ok()["status"], "open");
        let bodies: Vec<Value> = comments(&app, &brand, &ticket).await.iter().map(|comment| comment["body"].clone()).collect();
        assert_eq!(bodies, ["Which one?\nThe <big> one?", "The big one."]);
        assert!(app.problems(&brand).await.is_empty());
    }

    /// Six retries, and then it has failed; each with the same Message-ID.
    async fn what_does_not_work_for_now_is_tried_again(app) {
        let brand = app.brand("acme").await;
        let (relay, sending) = with_relay(app).await;
        queue(app, new(&brand, &["ana@acme.example"])).await;
        relay.answers(&["451 4.3.0 try later", "", "452 4.2.2 full", "451 x", "451 x", "451 x", "450 4.1.1 no"]);
        let waits = [1, 5, 30, 120, 480, 1440];
        for wait in waits {
            sending.drain().await;
            assert_eq!(mails(app, &brand).await[0].state, MailState::Queued);
            app.advance_ms(wait * MINUTE - 1);
            sending.drain().await;
            assert_eq!(sending.app.mailroom().send_all().await.unwrap(), 0, "not before {wait} minutes");
            app.advance_ms(1);
        }
        sending.drain().await;
        let mail = &mails(app, &brand).await[0];
        assert_eq!((mail.state, mail.attempts), (MailState::Failed, 7));
        assert!(mail.reason.as_deref().unwrap().contains("450"), "{:?}", mail.reason);
        let events: Vec<Value> = app.events(&brand).await.into_iter().filter(|event| event["type"] == "mail.failed").collect();
        assert_eq!(events.len(), 1);
        assert_eq!((&events[0]["data"]["mail"]["outcome"], &events[0]["data"]["mail"]["attempts"]), (&json!("failed"), &json!(7)));
        assert!(app.problems(&brand).await.is_empty());
        // By hand it gets all of its tries once more.
        let path = format!("{brand}/mail/{}", mail.id);
        assert_eq!(app.post(&format!("{path}/resend"), Value::Null).await.ok()["outcome"], "queued");
        sending.drain().await;
        assert_eq!(recipients(&relay.taken()), ["ana@acme.example"]);
        assert_eq!(app.get(&path).await.ok()["outcome"], "sent");
        app.post(&format!("{path}/resend"), Value::Null).await.refused(409, "conflict");
    }

    async fn what_the_relay_refuses_has_failed_at_once(app) {
        let brand = app.brand("acme").await;
        let (relay, sending) = with_relay(app).await;
        queue(app, new(&brand, &["ana@acme.example", "no address"])).await;
        relay.answers(&["550 5.1.1 nobody here"]);
        sending.drain().await;
        let found = mails(app, &brand).await;
        assert_eq!((found[0].state, found[0].attempts), (MailState::Failed, 1));
        assert_eq!((found[1].state, found[1].reason.as_deref()), (MailState::Suppressed, Some("its reader has no address any more")));
        assert_eq!(app.events(&brand).await.iter().filter(|event| event["type"] == "mail.failed").count(), 1);
    }

    /// A crash between the moments in which the relay took it and that is written down: it is sent again, as the same message.
    async fn a_mail_whose_record_is_lost_is_sent_again_as_the_same(app) {
        let brand = app.brand("acme").await;
        let (relay, sending) = with_relay(app).await;
        queue(app, new(&brand, &["ana@acme.example"])).await;
        sending.drain().await;
        let first = relay.taken().remove(0);
        let until = app.clock.now().plus_ms(3 * MINUTE).as_millis();
        crate::api::given::execute(app, format!("UPDATE mail SET state = 'queued', due_at = {until}, processed_at = NULL")).await;
        assert_eq!(sending.app.mailroom().send_all().await.unwrap(), 0, "somebody may be sending it");
        app.advance_ms(3 * MINUTE);
        assert_eq!(sending.app.mailroom().send_all().await.unwrap(), 1);
        let again = relay.taken().remove(0);
        assert_eq!(first.header("Message-ID"), again.header("Message-ID"));
        assert_eq!(mails(app, &brand).await[0].attempts, 2);
    }

    /// It is worded when it is sent: what is gone by then is not told of.
    async fn what_is_gone_meanwhile_is_not_mailed(app) {
        let brand = app.brand("acme").await;
        let (relay, sending) = with_relay(app).await;
        let mut tickets = Vec::new();
        for title in ["deleted", "spam", "blocked", "kept"] {
            let email = format!("{title}@example.com");
            let ticket = app.ticket(&brand, json!({ "title": title, "customerEmail": email })).await;
            let path = format!("{brand}/tickets/{}", id(&ticket));
            app.post(&format!("{path}/comments"), json!({ "body": "Hello", "authorType": "STAFF" })).await.created();
            tickets.push((path, ticket));
        }
        app.worker().drain().await.unwrap();
        app.delete(&tickets[0].0).await.ok();
        app.post(&format!("{}/spam", tickets[1].0), json!({ "isSpam": true })).await.ok();
        let customer = tickets[2].1["customerId"].as_str().unwrap();
        app.patch(&format!("{brand}/customers/{customer}"), json!({ "isBlocked": true })).await.ok();
        sending.app.mailroom().send_all().await.unwrap();
        assert_eq!(recipients(&relay.taken()), ["kept@example.com"]);
        let why: Vec<Option<String>> = mails(app, &brand).await.into_iter().map(|mail| mail.reason).collect();
        assert_eq!(why.iter().filter(|why| why.is_some()).count(), 3, "{why:?}");
    }

    /// Two brands, one of which has much to say: the other is not kept waiting behind it, and all arrives.
    async fn many_mails_of_two_brands_all_arrive_once(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (relay, sending) = with_relay(app).await;
        let all: Vec<String> = (0..60).map(|number| format!("a{number:02}@acme.example")).collect();
        queue(app, new(&brand, &all.iter().map(String::as_str).collect::<Vec<_>>())).await;
        queue(app, new(&other, &["one@other.example"])).await;
        let node = sending.node().await;
        let (one, two) = tokio::join!(sending.app.mailroom().send_all(), node.app.mailroom().send_all());
        assert_eq!(one.unwrap() + two.unwrap(), 61);
        let taken = relay.taken();
        assert_eq!(taken.len(), 61);
        assert_eq!(recipients(&taken).last(), Some(&"one@other.example"));
    }

    /// With a key, what arrives at the relay bears a signature that holds under a strict policy, from a domain of the brand's own too.
    async fn what_goes_out_is_signed(app) {
        const PEM: &str = include_str!("../../../../../mailroom/src/testdata/dkim-ed25519.pem");
        const RECORD: &str = "v=DKIM1; k=ed25519; p=ivLHUU1glmac77plZshDAa4Mgf2KGbqMmMAnVFPlS88=";
        let relay = Relay::start().await;
        let domains = ["mail.example".to_owned(), "acme.example".to_owned()];
        let dkim = Some(Arc::new(Dkim::new(&domains, "dispatch", PEM).unwrap()));
        let settings = app.app.settings().clone();
        let mail = MailSettings { relay_url: Some(relay.url.clone()), dkim, ..settings.mail.clone() };
        let mail_from_domains = vec!["acme.example".to_owned()];
        let sending = app.with_settings(HttpSettings { mail, mail_from_domains, ..settings });
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        sending.patch(&brand, json!({ "fromEmail": "help@acme.example", "fromName": "Ärger & Söhne" })).await.ok();
        for brand in [&brand, &other] {
            queue(app, new(brand, &["ana@example.com"])).await;
        }
        sending.drain().await;
        let taken = relay.taken();
        assert_eq!(taken.len(), 2);
        for mail in taken {
            let (_, domain) = mail.from.split_once('@').unwrap();
            let zone = Zone::default();
            zone.put(&format!("dispatch._domainkey.{domain}"), RECORD);
            zone.put(&format!("_dmarc.{domain}"), "v=DMARC1; p=reject; adkim=s");
            let message = dispatch_mail::parse(mail.raw.as_bytes()).unwrap();
            let auth = Judge::with_zone(zone).judge(&message, &Origin::default()).await;
            assert_eq!((auth.dkim, auth.dmarc), (Verdict::Pass, Verdict::Pass), "{}", mail.raw);
        }
    }
}
