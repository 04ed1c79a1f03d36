use dispatch_model::{mail::MailKind, member::Role};
use dispatch_testkit::{Receiver, both};
use serde_json::json;

use super::mails;

both! {
    async fn owners_and_admins_of_the_brand_are_told(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        app.owner().await;
        app.session(Role::Admin, "all@acme.example", &[]).await;
        app.session(Role::Admin, "here@acme.example", &[&brand]).await;
        app.session(Role::Admin, "there@acme.example", &[&other]).await;
        app.session(Role::Member, "member@acme.example", &[]).await;
        let silent = app.session(Role::Admin, "silent@acme.example", &[]).await;
        app.call(&silent, "PATCH", "/auth/profile", json!({ "notifyEmail": false })).await.ok();
        let receiver = Receiver::start().await;
        receiver.answers(410, "");
        app.post(&format!("{brand}/webhooks"), json!({ "url": receiver.url, "events": ["ticket.created"] })).await.created();
        app.ticket(&brand, json!({ "title": "T" })).await;
        app.drain().await;
        let found = mails(app, &brand).await;
        let mut addresses: Vec<&str> = found.iter().map(|mail| mail.to.address.as_str()).collect();
        addresses.sort_unstable();
        assert_eq!(addresses, ["all@acme.example", "here@acme.example", "owner@acme.example"]);
        for mail in &found {
            assert_eq!((mail.kind, &mail.ticket_id), (MailKind::WebhookDisabled, &None));
            assert!(mail.body.contains(&receiver.url) && mail.body.contains("receiver answered 410"), "{}", mail.body);
        }
        assert!(mails(app, &other).await.is_empty());
        assert!(app.problems(&brand).await.is_empty());
    }
}
