use dispatch_model::mail::{Mail, MailState};
use dispatch_testkit::both;

use super::{mails, new, queue, with_relay};

const HOUR: i64 = 3_600_000;

/// What has become of mails, and why.
fn ends(mails: &[Mail]) -> Vec<(MailState, Option<&str>)> {
    mails.iter().map(|mail| (mail.state, mail.reason.as_deref())).collect()
}

both! {
    async fn without_a_relay_mail_is_given_up(app) {
        let brand = app.brand("acme").await;
        queue(app, new(&brand, &["ana@acme.example", "bo@acme.example"])).await;
        app.drain().await;
        let found = mails(app, &brand).await;
        assert_eq!(ends(&found), vec![(MailState::Suppressed, Some("no relay is set")); 2]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn more_than_one_step_takes_is_given_up_as_well(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let all: Vec<String> = (0..300).map(|number| format!("a{number}@acme.example")).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        queue(app, new(&brand, &all)).await;
        queue(app, new(&other, &all)).await;
        app.drain().await;
        for brand in [brand, other] {
            assert!(mails(app, &brand).await.iter().all(|mail| mail.state == MailState::Suppressed));
        }
    }

    /// Whoever sends first finds nothing that is long out of date.
    async fn what_has_waited_for_a_day_is_given_up(app) {
        let brand = app.brand("acme").await;
        queue(app, new(&brand, &["ana@acme.example"])).await;
        app.advance_ms(24 * HOUR - 1);
        queue(app, new(&brand, &["bo@acme.example"])).await;
        app.advance_ms(1);
        let (relay, sending) = with_relay(app).await;
        sending.drain().await;
        assert_eq!(ends(&mails(app, &brand).await), [
            (MailState::Suppressed, Some("it has waited for more than 24 hours")),
            (MailState::Sent, None),
        ]);
        assert_eq!(relay.taken().len(), 1);
        assert!(app.problems(&brand).await.is_empty());
    }
}
