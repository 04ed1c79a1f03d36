//! Who is told of what (API 21).

use dispatch_model::{mail::MailKind, member::Role};
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{mails, recipients, with_relay};
use crate::api::{
    id,
    mail::{deliver, message},
};

const ASSIGNEE: &str = "ana@acme.example";
const WATCHER: &str = "watcher@acme.example";

/// Who is told since the last time this was asked: address and kind, sorted.
struct Told<'a> {
    app: &'a TestApp,
    brand: String,
    seen: usize,
}

impl Told<'_> {
    async fn now(&mut self) -> Vec<(String, MailKind)> {
        self.app.worker().drain().await.unwrap();
        let all = mails(self.app, &self.brand).await;
        let mut new: Vec<(String, MailKind)> =
            all[self.seen..].iter().map(|mail| (mail.to.address.clone(), mail.kind)).collect();
        self.seen = all.len();
        new.sort_by_key(|(address, kind)| (address.clone(), kind.as_str()));
        new
    }
}

/// What is expected: address and kind.
fn told(who: &[(&str, MailKind)]) -> Vec<(String, MailKind)> {
    who.iter().map(|(address, kind)| ((*address).to_owned(), *kind)).collect()
}

use MailKind::{AutoReply, Confirmation, Notification, Reply};

both! {
    /// Each rule of API 21 in turn, on one ticket with everybody around it.
    async fn each_rule_in_turn(app) {
        let brand = app.brand("acme").await;
        let ana = app.session(Role::Admin, ASSIGNEE, &[]).await;
        let bo = app.session(Role::Member, "bo@acme.example", &[&brand]).await;
        // Without access to the brand: hears nothing of it, whatever somebody enters.
        let other = app.brand("other").await;
        app.session(Role::Member, "far@acme.example", &[&other]).await;
        app.patch(&brand, json!({ "newTicketNotifyEmails": ["desk@acme.example", "far@acme.example"] })).await.ok();
        let mut who = Told { app, brand: brand.clone(), seen: 0 };
        assert_eq!(who.now().await, told(&[]));
        let ticket = app.ticket(&brand, json!({ "title": "Printer", "customerEmail": "jane@example.com", "customerName": "Jane" })).await;
        assert_eq!(who.now().await, told(&[("desk@acme.example", Notification)]), "no automatic answer to what the API made");
        let path = format!("{brand}/tickets/{}", id(&ticket));
        app.patch(&path, json!({ "assigneeEmail": ASSIGNEE })).await.ok();
        assert_eq!(who.now().await, told(&[(ASSIGNEE, Notification)]));
        app.patch(&path, json!({ "priority": "high", "title": "The printer" })).await.ok();
        assert_eq!(who.now().await, told(&[]), "only what the rules name");
        let watchers = format!("{path}/watchers");
        let watch = |body: Value| app.post(&watchers, body);
        watch(json!({ "email": WATCHER })).await.created();
        watch(json!({ "email": "bo@acme.example", "notifyOnComment": false })).await.created();
        watch(json!({ "email": "far@acme.example" })).await.created();
        let comments = format!("{path}/comments");
        // A public reply: the customer, those in copy, and watchers; never whoever wrote it.
        app.call(&ana, "POST", &comments, json!({ "body": "Which?", "cc": ["boss@example.com"] })).await.created();
        assert_eq!(who.now().await, told(&[("boss@example.com", Reply), ("jane@example.com", Reply), (WATCHER, Notification)]));
        app.call(&ana, "POST", &comments, json!({ "body": "Quietly", "notifyCustomer": false })).await.created();
        assert_eq!(who.now().await, told(&[(WATCHER, Notification)]));
        // What the customer says: the assignee, watchers, and the others in copy.
        app.post(&comments, json!({ "body": "The big one", "authorType": "CUSTOMER", "authorEmail": "jane@example.com" })).await.created();
        assert_eq!(who.now().await, told(&[(ASSIGNEE, Notification), ("boss@example.com", Reply), (WATCHER, Notification)]));
        // An internal note: members alone.
        app.call(&bo, "POST", &comments, json!({ "body": "Hm", "isInternal": true })).await.created();
        assert_eq!(who.now().await, told(&[(ASSIGNEE, Notification)]));
        app.call(&ana, "POST", &comments, json!({ "body": "Hm?", "isInternal": true })).await.created();
        assert_eq!(who.now().await, told(&[("bo@acme.example", Notification)]));
        // A change of the status: watchers who want it.
        app.call(&bo, "PATCH", &path, json!({ "status": "pending" })).await.ok();
        assert_eq!(who.now().await, told(&[(WATCHER, Notification)]));
        // Who wants no mail gets none.
        app.call(&ana, "PATCH", "/auth/profile", json!({ "notifyEmail": false })).await.ok();
        let customer = ticket["customerId"].as_str().unwrap();
        app.patch(&format!("{brand}/customers/{customer}"), json!({ "notifyEmail": false })).await.ok();
        app.post(&comments, json!({ "body": "Again", "authorType": "CUSTOMER", "authorEmail": "jane@example.com" })).await.created();
        app.call(&bo, "POST", &comments, json!({ "body": "Once more" })).await.created();
        assert_eq!(who.now().await, told(&[
            ("bo@acme.example", Notification), ("boss@example.com", Reply), ("boss@example.com", Reply), (WATCHER, Notification),
            (WATCHER, Notification),
        ]));
        // Without an assignee, what the customer says goes to the addresses for new tickets.
        app.patch(&path, json!({ "assigneeEmail": null })).await.ok();
        app.post(&comments, json!({ "body": "Hello?", "authorType": "CUSTOMER", "authorEmail": "jane@example.com" })).await.created();
        assert!(who.now().await.contains(&("desk@acme.example".to_owned(), Notification)));
        // Spam is told of to nobody.
        app.post(&format!("{path}/spam"), json!({ "isSpam": true })).await.ok();
        app.call(&bo, "POST", &comments, json!({ "body": "x" })).await.created();
        assert_eq!(who.now().await, told(&[]));
        assert_eq!(mails(app, &other).await.len(), 0, "mail never crosses brands");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn bulk_that_is_quiet_and_merges_tell_nobody(app) {
        let brand = app.brand("acme").await;
        let mut who = Told { app, brand: brand.clone(), seen: 0 };
        let mut ids = Vec::new();
        for title in ["one", "two"] {
            let ticket = app.ticket(&brand, json!({ "title": title, "customerEmail": "jane@example.com" })).await;
            app.post(&format!("{brand}/tickets/{}/watchers", id(&ticket)), json!({ "email": WATCHER })).await.created();
            ids.push(ticket["id"].clone());
        }
        let bulk = format!("{brand}/tickets/bulk");
        let body = |notify: bool, status: &str| json!({ "action": "setStatus", "ticketIds": ids, "status": status, "notify": notify });
        app.post(&bulk, body(false, "pending")).await.ok();
        assert_eq!(who.now().await, told(&[]));
        app.post(&bulk, body(true, "open")).await.ok();
        assert_eq!(who.now().await, told(&[(WATCHER, Notification), (WATCHER, Notification)]));
        let target = ids[0].as_str().unwrap();
        app.post(&format!("{brand}/tickets/{target}/merge"), json!({ "sourceTicketIds": [ids[1]] })).await.ok();
        assert_eq!(who.now().await, told(&[]));
    }

    async fn a_confirmation_is_asked_for(app) {
        let brand = app.brand("acme").await;
        let mut who = Told { app, brand: brand.clone(), seen: 0 };
        app.ticket(&brand, json!({ "title": "x", "customerEmail": "jane@example.com", "notifyCustomer": true })).await;
        assert_eq!(who.now().await, told(&[("jane@example.com", Confirmation)]));
    }

    /// What a stranger writes is answered once an hour, and not with their own words unless it is known that they wrote it.
    async fn an_automatic_answer_is_no_relay(app) {
        let brand = app.brand("acme").await;
        let texts = json!({
            "autoresponseEnabled": true, "autoresponseSubject": "[{{ticketNumber}}] {{ticketTitle}}",
            "autoresponseBody": "Dear {{customerName}}, {{brandName}} has it. {{unknown}}",
        });
        app.patch(&brand, texts).await.ok();
        let (relay, app) = with_relay(app).await;
        let subject = "Subject: Buy {{brandName}} pills\r\n";
        deliver(&app, "acme", message(&format!("Message-ID: <1@x>\r\n{subject}"), "x")).await.created();
        deliver(&app, "acme", message(&format!("Message-ID: <2@x>\r\n{subject}"), "y")).await.created();
        deliver(&app, "acme", message("From: noreply@example.com\r\nMessage-ID: <3@x>\r\n", "y")).await.created();
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["jane@example.com"]);
        assert_eq!((taken[0].subject().as_str(), taken[0].header("Auto-Submitted").as_str()), ("[DT-1001] your message", "auto-replied"));
        assert!(taken[0].text().starts_with("Dear , acme has it. {{unknown}}"), "{}", taken[0].text());
        // What comes back of itself makes no loop: the answer to an answer is ignored (API 20.2).
        let back = message("Message-ID: <4@x>\r\nAuto-Submitted: auto-replied\r\n", "I am away");
        assert_eq!(deliver(&app, "acme", back).await.ok()["outcome"], "auto_reply_ignored");
        app.advance_ms(3_600_001);
        deliver(&app, "acme", message("Message-ID: <5@x>\r\n", "z")).await.created();
        app.drain().await;
        assert_eq!(recipients(&relay.taken()), ["jane@example.com"]);
        assert_eq!(mails(&app, &brand).await.iter().filter(|mail| mail.kind == AutoReply).count(), 2);
    }

    /// At most hourly, to owners and admins.
    async fn quarantine_is_told_of_once_an_hour(app) {
        let brand = app.brand("acme").await;
        app.session(Role::Admin, ASSIGNEE, &[]).await;
        app.session(Role::Member, "bo@acme.example", &[&brand]).await;
        let mut who = Told { app, brand: brand.clone(), seen: 0 };
        for number in 0..2 {
            assert_eq!(deliver(app, "acme", format!("no message {number}")).await.ok()["outcome"], "quarantined");
        }
        assert_eq!(who.now().await, told(&[(ASSIGNEE, MailKind::MailQuarantined)]));
        app.advance_ms(3_600_001);
        deliver(app, "acme", "no message 3").await.ok();
        assert_eq!(who.now().await, told(&[(ASSIGNEE, MailKind::MailQuarantined)]));
    }

    /// A member answers a notification by mail: a public comment of theirs (API 20.2), and the customer hears of it.
    async fn a_member_answers_a_notification_by_mail(app) {
        let brand = app.brand("acme").await;
        app.session(Role::Admin, ASSIGNEE, &[]).await;
        let (relay, app) = with_relay(app).await;
        let ticket = json!({ "title": "Printer", "customerEmail": "jane@example.com", "assigneeEmail": ASSIGNEE });
        let ticket = app.ticket(&brand, ticket).await;
        app.drain().await;
        let mail = relay.taken().remove(0);
        assert_eq!((mail.to[0].as_str(), mail.header("Auto-Submitted").as_str()), (ASSIGNEE, "auto-generated"));
        assert!(mail.text().contains(&format!("https://desk.example/brands/{}/tickets/{}", brand.trim_start_matches("/brands/"), id(&ticket))), "{}", mail.text());
        let to = mail.header("Reply-To").rsplit_once('<').unwrap().1.trim_end_matches('>').to_owned();
        let answer = format!("From: {ASSIGNEE}\r\nTo: {to}\r\nMessage-ID: <a@acme.example>\r\n\r\nHave you tried it off and on?\r\n");
        assert_eq!(deliver(&app, "acme", answer).await.created()["outcome"], "appended");
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(recipients(&taken), ["jane@example.com"]);
        assert!(taken[0].text().starts_with("Have you tried it off and on?"), "{}", taken[0].text());
    }
}
