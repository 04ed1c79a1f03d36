use dispatch_model::{
    EventId, TicketId,
    mail::{MailKind, MailState, NewMail},
};
use dispatch_testkit::both;
use serde_json::json;

use super::{mails, new, queue};
use crate::api::id;

both! {
    async fn each_person_gets_a_mail_of_their_own_and_once(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let new = NewMail {
            ticket: Some(TicketId::from(id(&ticket))),
            event: Some(EventId::from("evt_x")),
            ..new(&brand, &["ana@acme.example", "bo@acme.example", "ANA@acme.example ", ""])
        };
        queue(app, new).await;
        let found = mails(app, &brand).await;
        let addresses: Vec<&str> = found.iter().map(|mail| mail.to.address.as_str()).collect();
        assert_eq!(addresses, ["ana@acme.example", "bo@acme.example"]);
        for mail in &found {
            assert!(mail.id.as_str().starts_with("ml_"));
            assert_eq!((mail.kind, mail.state, &mail.reason), (MailKind::Automation, MailState::Queued, &None));
            assert_eq!((mail.subject.as_str(), mail.body.as_str()), ("Hello", "How are you?"));
            assert_eq!(mail.ticket_id.as_ref().map(TicketId::as_str), Some(id(&ticket)));
            assert_eq!(mail.event_id, Some(EventId::from("evt_x")));
        }
        assert!(mails(app, &app.brand("other").await).await.is_empty());
        assert!(app.problems(&brand).await.is_empty());
    }
}
