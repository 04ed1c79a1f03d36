//! Mail that follows from what happens: rows that wait, and rows that nobody will send.

mod queue;
mod suppress;
mod webhook_disabled;

use dispatch_model::{
    BrandId,
    event::{Act, Actor},
    mail::{Mail, MailKind, NewMail, Recipient},
};
use dispatch_store::Lane;
use dispatch_testkit::TestApp;

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
    NewMail {
        brand: BrandId::from(brand.trim_start_matches("/brands/")),
        ticket: None,
        kind: MailKind::Automation,
        to: to.iter().map(|to| Recipient { address: (*to).to_owned(), name: None }).collect(),
        subject: "Hello".to_owned(),
        body: "How are you?".to_owned(),
        event: None,
    }
}

/// Writes a mail as a rule does.
async fn queue(app: &TestApp, new: NewMail) {
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let done: dispatch_desk::Result<()> = app
        .db
        .write(Lane::Brand(new.brand.clone()), "test.mail", move |tx| {
            let (act, new) = (act.clone(), new.clone());
            Box::pin(async move { dispatch_desk::mails::queue(tx, &act, new).await })
        })
        .await;
    done.expect("a mail");
}
