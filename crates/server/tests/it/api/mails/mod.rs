//! Mail that follows from what happens: who is told, what they are told, and what becomes of it.

mod account;
mod notify;
mod queue;
mod relay;
mod send;
mod suppress;
mod webhook_disabled;

use dispatch_http::{HttpSettings, MailSettings};
use dispatch_model::{
    BrandId, MailId,
    event::{Act, Actor},
    mail::{Mail, MailKind, NewMail, Recipient},
};
use dispatch_store::Lane;
use dispatch_testkit::{Mailed, Relay, TestApp};

/// The mails of the brand with this path, oldest first.
async fn mails(app: &TestApp, brand: &str) -> Vec<Mail> {
    let id = BrandId::from(brand.trim_start_matches("/brands/"));
    let found: dispatch_store::Result<Vec<Mail>> = app
        .db
        .read("test.mails", move |tx| {
            let id = id.clone();
            Box::pin(async move { dispatch_store::mails::of_brand(tx, &id, "", 1_000).await })
        })
        .await;
    found.expect("mails")
}

/// A mail to these addresses.
fn new(brand: &str, to: &[&str]) -> NewMail {
    let to = to.iter().map(|to| Recipient::new(to, None)).collect();
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    NewMail::new(&brand, MailKind::Automation, to, "Hello".to_owned(), "How are you?".to_owned())
}

/// Writes a mail as a rule does.
async fn queue(app: &TestApp, new: NewMail) {
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let done: dispatch_desk::Result<Vec<MailId>> = app
        .db
        .write(Lane::Brand(new.brand.clone()), "test.mail", move |tx| {
            let (act, new) = (act.clone(), new.clone());
            Box::pin(async move { dispatch_desk::mails::queue(tx, &act, new).await })
        })
        .await;
    done.expect("a mail");
}

/// A relay, and another server on the same database that sends through it.
pub async fn with_relay(app: &TestApp) -> (Relay, TestApp) {
    let relay = Relay::start().await;
    let mail = MailSettings { relay_url: Some(relay.url.clone()), ..app.app.settings().mail.clone() };
    let settings = HttpSettings { mail, public_url: "https://desk.example".to_owned(), ..app.app.settings().clone() };
    let sending = app.with_settings(settings);
    (relay, sending)
}

/// Whom these mails went to.
pub fn recipients(mails: &[Mailed]) -> Vec<&str> {
    mails.iter().flat_map(|mail| mail.to.iter().map(String::as_str)).collect()
}
