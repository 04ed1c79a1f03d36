//! `/brands/{brandId}/mail-relay`, and the mail that goes through it.

use dispatch_model::mail::MailState;
use dispatch_testkit::{Relay, both};
use serde_json::{Value, json};

use super::{mails, new, queue, recipients, with_relay};
use crate::api::{events_of, id, last_event, webhooks::guard::guarded};

/// A setting with a user and a password.
fn with_login(relay: &Relay, password: &str) -> Value {
    let mut setting = relay.setting();
    setting["username"] = "acme".into();
    setting["password"] = password.into();
    setting
}

both! {
    /// The server has no relay: what the brand says goes through its own, what others say is not sent.
    async fn a_brand_sends_through_its_own_relay(app) {
        let (brand, other, relay) = (app.brand("acme").await, app.brand("other").await, Relay::start().await);
        relay.requires("acme", "sesame");
        let path = format!("{brand}/mail-relay");
        let set = app.put(&path, with_login(&relay, "sesame")).await.ok();
        let mut shown = relay.setting();
        shown["username"] = "acme".into();
        assert_eq!(set, shown, "without its password");
        assert_eq!(app.get(&path).await.ok(), shown);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["relay"]), (&json!("mail.relay_created"), &shown));
        queue(app, new(&brand, &["jane@example.com"])).await;
        queue(app, new(&other, &["joe@example.com"])).await;
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["jane@example.com"]);
        assert_eq!((taken[0].header("From").as_str(), taken[0].from.as_str()), ("acme <help@acme.example>", "help@acme.example"));
        assert_eq!(app.get(&format!("{brand}/mail")).await.ok()["data"][0]["from"], "help@acme.example");
        assert_eq!(mails(app, &other).await[0].reason.as_deref(), Some("no relay is set"));
        assert!(app.problems(&brand).await.is_empty() && app.problems(&other).await.is_empty());
    }

    /// With both, each mail takes its own way; without the brand's own again, that of the server.
    async fn the_servers_relay_takes_what_brands_have_no_own_for(app) {
        let (brand, other, own) = (app.brand("acme").await, app.brand("other").await, Relay::start().await);
        let (server, sending) = with_relay(app).await;
        let path = format!("{brand}/mail-relay");
        app.put(&path, own.setting()).await.ok();
        queue(app, new(&brand, &["jane@example.com"])).await;
        queue(app, new(&other, &["joe@example.com"])).await;
        sending.drain().await;
        assert_eq!((recipients(&own.taken()), recipients(&server.taken())), (vec!["jane@example.com"], vec!["joe@example.com"]));
        app.delete(&path).await.with(204);
        assert_eq!(last_event(app, &brand).await["type"], "mail.relay_deleted");
        app.get(&path).await.refused(404, "not_found");
        app.delete(&path).await.refused(404, "not_found");
        app.post(&format!("{path}/test"), Value::Null).await.refused(404, "not_found");
        queue(app, new(&brand, &["jim@example.com"])).await;
        sending.drain().await;
        assert_eq!((own.taken().len(), recipients(&server.taken())), (0, vec!["jim@example.com"]));
    }

    /// Somebody can mend it: the mail waits and is not given up.
    async fn mail_waits_for_a_password_that_is_wrong(app) {
        let (brand, relay) = (app.brand("acme").await, Relay::start().await);
        relay.requires("acme", "sesame");
        let path = format!("{brand}/mail-relay");
        app.put(&path, with_login(&relay, "barley")).await.ok();
        let tried = app.post(&format!("{path}/test"), Value::Null).await.ok();
        assert_eq!(tried["ok"], false);
        assert!(tried["message"].as_str().unwrap().contains("who are you"), "{tried}");
        queue(app, new(&brand, &["jane@example.com"])).await;
        app.drain().await;
        let mail = &mails(app, &brand).await[0];
        assert!(mail.state == MailState::Queued && mail.reason.as_deref().unwrap().contains("who are you"), "{mail:?}");
        app.put(&path, with_login(&relay, "sesame")).await.ok();
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["changes"]), (&json!("mail.relay_updated"), &json!({})));
        assert_eq!(app.post(&format!("{path}/test"), Value::Null).await.ok(), json!({ "ok": true, "message": "The relay can be used." }));
        assert!(relay.taken().is_empty(), "a test sends nothing");
        app.advance_ms(60_000);
        app.drain().await;
        assert_eq!(recipients(&relay.taken()), ["jane@example.com"]);
    }

    async fn a_password_stays_where_it_was_sent_and_is_never_seen(app) {
        let (brand, relay) = (app.brand("acme").await, Relay::start().await);
        relay.requires("acme", "open-sesame-7");
        let path = format!("{brand}/mail-relay");
        app.put(&path, with_login(&relay, "open-sesame-7")).await.ok();
        let mut without = with_login(&relay, "");
        without.as_object_mut().unwrap().remove("password");
        without["fromEmail"] = "hello@acme.example".into();
        app.put(&path, without.clone()).await.ok();
        let changes = last_event(app, &brand).await["changes"].clone();
        assert_eq!(changes, json!({ "fromEmail": { "old": "help@acme.example", "new": "hello@acme.example" } }));
        assert_eq!(app.post(&format!("{path}/test"), Value::Null).await.ok()["ok"], true, "it has stayed");
        let other = Relay::start().await;
        without["port"] = other.setting()["port"].clone();
        assert_eq!(app.put(&path, without.clone()).await.invalid(), ["password"]);
        assert_eq!(other.logins(), 0);
        let told: Vec<Value> = app.events(&brand).await;
        assert!(!json!(told).to_string().contains("open-sesame-7"));
        let rows = crate::api::given::ask(app, "SELECT config || secrets FROM mail_relay".to_owned()).await;
        assert!(!rows.concat().contains("open-sesame-7"), "{rows:?}");
        without["username"] = Value::Null;
        app.put(&path, without).await.ok();
        assert_eq!(app.get(&path).await.ok()["username"], Value::Null);
        let kept = crate::api::given::ask(app, "SELECT brand_id FROM mail_relay WHERE secrets IS NULL".to_owned()).await;
        assert_eq!(kept.len(), 1, "nobody signs in: no password is kept");
    }

    /// Nothing is said to a relay that should encrypt and does not.
    async fn a_password_is_not_said_in_the_clear(app) {
        let (brand, relay) = (app.brand("acme").await, Relay::start().await);
        relay.requires("acme", "sesame");
        let path = format!("{brand}/mail-relay");
        let mut setting = with_login(&relay, "sesame");
        setting["tls"] = true.into();
        app.put(&path, setting).await.ok();
        let tried = app.post(&format!("{path}/test"), Value::Null).await.ok();
        assert_eq!(tried["ok"], false, "{tried}");
        queue(app, new(&brand, &["jane@example.com"])).await;
        app.drain().await;
        assert_eq!((relay.logins(), relay.taken().len()), (0, 0));
        assert_eq!(mails(app, &brand).await[0].state, MailState::Queued);
    }

    async fn what_cannot_be_set_is_named(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/mail-relay");
        assert_eq!(app.put(&path, json!({})).await.invalid(), ["host", "fromEmail"]);
        let body = json!({ "host": "a/b", "port": 0, "tls": "yes", "username": "", "password": "", "fromEmail": "x" });
        assert_eq!(app.put(&path, body).await.invalid(), ["host", "port", "tls", "username", "password", "fromEmail"]);
        let body = json!({ "host": "a.example", "fromEmail": "a@b.example", "password": "x" });
        assert_eq!(app.put(&path, body).await.invalid(), ["username"]);
        let body = json!({ "host": "a.example", "fromEmail": "a@b.example", "username": "x" });
        assert_eq!(app.put(&path, body).await.invalid(), ["password"]);
        app.get(&path).await.refused(404, "not_found");
        assert!(events_of(app, &brand, "mail.relay_created").await.is_empty());
    }

    /// An answer carries the files of its comment, as they are; what is too large for mail is named.
    async fn files_of_an_answer_arrive(app) {
        let brand = app.brand("acme").await;
        let (relay, sending) = with_relay(app).await;
        let ticket = app.ticket(&brand, json!({ "title": "Printer", "customerEmail": "jane@example.com" })).await;
        let path = format!("{brand}/tickets/{}", id(&ticket));
        let small = app.attach(&format!("{brand}/attachments/pending"), "how-to.txt", "Turn it off.\nTurn it on.\n").await;
        let large = app.attach(&format!("{brand}/attachments/pending"), "film.bin", &"x".repeat(10 * 1024 * 1024 + 1)).await;
        let gone = app.attach(&format!("{brand}/attachments/pending"), "secret.txt", "not for you").await;
        let ids: Vec<&str> = [&small, &large, &gone].into_iter().map(id).collect();
        let body = json!({ "body": "See there", "authorType": "STAFF", "attachmentIds": ids });
        app.post(&format!("{path}/comments"), body).await.created();
        app.worker().drain().await.unwrap();
        app.delete(&format!("{path}/attachments/{}", id(&gone))).await.with(204);
        sending.app.mailroom().send_all().await.unwrap();
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["jane@example.com"]);
        let message = dispatch_mail::parse(taken[0].raw.as_bytes()).unwrap();
        assert!(message.text().contains("See there") && message.text().contains("Too large for mail: film.bin"), "{}", message.text());
        let files: Vec<(String, Vec<u8>)> =
            message.attachments().map(|file| (file.filename.unwrap_or_default(), file.bytes.into_owned())).collect();
        assert_eq!(files, [("how-to.txt".to_owned(), b"Turn it off.\nTurn it on.\n".to_vec())]);
    }
}

/// The guard of webhooks holds here too, when it is saved and when it is connected to.
#[tokio::test]
async fn a_relay_that_is_not_public_is_not_connected_to() {
    let app = guarded().await;
    let brand = app.brand("acme").await;
    let path = format!("{brand}/mail-relay");
    let to = |host: &str| json!({ "host": host, "fromEmail": "help@acme.example" });
    for host in ["127.0.0.1", "localhost", "2130706433", "10.0.0.1", "private.example.com", "mixed.example.com"] {
        assert_eq!(app.put(&path, to(host)).await.invalid(), ["host"], "{host}");
    }
    // Public when it is saved, private from then on.
    app.put(&path, to("rebound.example.com")).await.ok();
    let tried = app.post(&format!("{path}/test"), Value::Null).await.ok();
    assert_eq!(tried, json!({ "ok": false, "message": "target address not allowed" }));
    queue(&app, new(&brand, &["jane@example.com"])).await;
    app.drain().await;
    let mail = &mails(&app, &brand).await[0];
    assert_eq!((mail.state, mail.reason.as_deref()), (MailState::Queued, Some("target address not allowed")));
}
