use std::net::IpAddr;

use dispatch_mailroom::Received;
use dispatch_model::{BrandId, MailId, mail::MailChannel};
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{deliver, message, tickets};
use crate::api::given::execute;

fn received(raw: String) -> Received {
    Received {
        channel: MailChannel::Smtp,
        envelope_from: Some("jane@example.com".to_owned()),
        envelope_to: vec!["acme@mail.example".to_owned()],
        remote_ip: Some(IpAddr::from([192, 0, 2, 7])),
        helo: Some("mx.example.com".to_owned()),
        raw: raw.into(),
    }
}

async fn receive(app: &TestApp, brand: &str, raw: String) -> (BrandId, MailId) {
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let id = app.app.mailroom().receive(&brand, received(raw)).await.expect("it is taken");
    (brand, id)
}

async fn record(app: &TestApp, brand: &str, id: &MailId) -> Value {
    app.get(&format!("{brand}/mail/{id}")).await.ok()
}

both! {
    /// A kill between the moments in which a message is taken and looked at: whoever comes next finds it.
    async fn what_was_taken_is_looked_at_by_whoever_comes_next(app) {
        let brand = app.brand("acme").await;
        let (_, id) = receive(app, &brand, message("", "x")).await;
        let waiting = record(app, &brand, &id).await;
        assert_eq!((&waiting["outcome"], &waiting["channel"], &waiting["processedAt"]), (&json!("received"), &json!("smtp"), &Value::Null));
        let next = app.node().await;
        assert_eq!(next.app.mailroom().process_all().await.expect("it works"), 1);
        let done = record(app, &brand, &id).await;
        assert_eq!((&done["outcome"], &done["attempts"]), (&json!("created"), &json!(1)));
        assert_eq!(app.app.mailroom().process_all().await.expect("it works"), 0);
        assert_eq!(tickets(app, &brand).await, 1);
    }

    /// A kill while it is looked at: its lease ends, and somebody else begins anew.
    async fn a_lease_that_ended_without_a_word_is_taken_over(app) {
        let brand = app.brand("acme").await;
        let (_, id) = receive(app, &brand, message("", "x")).await;
        let until = app.clock.now().plus_ms(120_000).as_millis();
        execute(app, format!("UPDATE mail SET lease_until = {until}, attempts = 1 WHERE id = '{id}'")).await;
        assert_eq!(app.app.mailroom().process_all().await.expect("it works"), 0, "somebody looks at it");
        app.advance_ms(120_000);
        assert_eq!(app.app.mailroom().process_all().await.expect("it works"), 1);
        let done = record(app, &brand, &id).await;
        assert_eq!((&done["outcome"], &done["attempts"], tickets(app, &brand).await), (&json!("created"), &json!(2), 1));
    }

    /// Two who look at once, because the lease of the first had ended: one outcome.
    async fn of_two_who_look_at_once_one_counts(app) {
        let brand = app.brand("acme").await;
        for at in 0..10 {
            let (owner, id) = receive(app, &brand, message(&format!("Message-ID: <{at}@x>\r\n"), "x")).await;
            let (one, other) = (app.node().await, app.node().await);
            let lapse = async {
                app.advance_ms(0);
                execute(app, format!("UPDATE mail SET lease_until = 0 WHERE id = '{id}' AND state = 'received'")).await;
                other.app.mailroom().process(&owner, &id).await
            };
            let (first, second) = tokio::join!(one.app.mailroom().process(&owner, &id), lapse);
            first.and(second).expect("both end well");
            assert_eq!(record(app, &brand, &id).await["outcome"], "created");
        }
        assert_eq!(tickets(app, &brand).await, 10);
    }

    /// What ends whoever reads it is not read for ever.
    async fn a_message_that_nobody_gets_to_the_end_of_is_kept_for_an_admin(app) {
        let brand = app.brand("acme").await;
        let (_, id) = receive(app, &brand, message("", "x")).await;
        execute(app, format!("UPDATE mail SET attempts = 5 WHERE id = '{id}'")).await;
        app.app.mailroom().process_all().await.expect("it works");
        let kept = record(app, &brand, &id).await;
        assert_eq!((&kept["outcome"], &kept["hasRaw"]), (&json!("quarantined"), &json!(true)));
        let released = app.post(&format!("{brand}/mail/{id}/reprocess"), Value::Null).await.ok();
        assert_eq!(released["outcome"], "created");
    }

    /// The file store is out of reach: the message waits, and no attempt is counted.
    async fn a_failure_of_ours_is_no_fault_of_the_message(app) {
        let brand = app.brand("acme").await;
        let large = message("", &"0123456789\r\n".repeat(20_000));
        let (_, id) = receive(app, &brand, large).await;
        execute(app, format!("UPDATE mail_raw SET blob_key = '../x' WHERE mail_id = '{id}'")).await;
        app.app.mailroom().process_all().await.expect("the others go on");
        let waiting = record(app, &brand, &id).await;
        assert_eq!((&waiting["outcome"], &waiting["attempts"]), (&json!("received"), &json!(0)));
        assert_eq!(app.app.mailroom().process_all().await.expect("not at once"), 0);
    }

    async fn mail_of_a_brand_that_takes_none_is_refused(app) {
        let brand = app.brand("acme").await;
        let room = app.app.mailroom();
        let id = |brand: &str| BrandId::from(brand.trim_start_matches("/brands/"));
        for address in ["acme@mail.example", "ACME@Mail.Example", "<acme+token@mail.example>", &format!("{}@mail.example", id(&brand))] {
            assert_eq!(room.brand_of(address).await.expect("an answer"), Some(id(&brand)), "{address}");
        }
        for address in ["other@mail.example", "acme@else.example", "acme", "@mail.example", "+x@mail.example"] {
            assert_eq!(room.brand_of(address).await.expect("an answer"), None, "{address}");
        }
        execute(app, format!("UPDATE brand SET inbound_email_enabled = FALSE WHERE id = '{}'", id(&brand))).await;
        assert_eq!(room.brand_of("acme@mail.example").await.expect("an answer"), None);
        let refused = room.receive(&id(&brand), received(message("", "x"))).await;
        assert!(refused.is_err_and(|trouble| trouble.is_final()));
        deliver(app, "acme", message("", "x")).await.refused(409, "conflict");
    }

    /// A message over the size is refused before anything is kept.
    async fn a_message_over_the_size_is_refused(app) {
        let mut settings = app.app.settings().clone();
        settings.mail.message_bytes_max = 1024 * 1024;
        let small = app.with_settings(settings);
        let brand = small.brand("acme").await;
        deliver(&small, "acme", message("", &"x".repeat(1024 * 1024))).await.refused(413, "payload_too_large");
        assert_eq!(small.get(&format!("{brand}/mail")).await.ok()["data"], json!([]));
    }
}
