//! Mail that follows from what happens (API 20.4, 21): rows that say who is told what, what they say, and
//! what came of sending them.

pub mod render;

use dispatch_model::{
    BrandId, MailId,
    event::Act,
    limits::{MAIL_REASON_MAX, MAIL_RETRY_MS},
    mail::{Mail, MailKind, MailRecord, MailState, NewMail, Recipient},
    webhook::Webhook,
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result, brands,
    error::{Found, conflict},
    payload,
};

/// Writes a mail to each of these people and answers their ids. It waits for the worker, which sends it or, when there is no
/// relay, gives it up. Whoever gives it a link keeps the hash of `ServerKey::token(kind, id)` where the link is looked up.
///
/// # Errors
/// When the database cannot write.
pub async fn queue(tx: &Tx, act: &Act, new: NewMail) -> Result<Vec<MailId>> {
    queue_as(tx, act, new, None).await
}

/// The same for a mail to one person whose id is known already, since its link was shown.
pub(crate) async fn queue_as(tx: &Tx, act: &Act, new: NewMail, mut known_id: Option<MailId>) -> Result<Vec<MailId>> {
    let NewMail { brand, ticket, comment, kind, to, subject, body, link, event } = new;
    let mut ids = Vec::with_capacity(to.len());
    let mut known: Vec<String> = Vec::with_capacity(to.len());
    for to in to {
        let address = to.address.trim().to_lowercase();
        if address.is_empty() || known.contains(&address) {
            continue;
        }
        known.push(address);
        let id: MailId = known_id.take().unwrap_or_else(|| act.mint.id());
        ids.push(id.clone());
        let mail = Mail {
            id,
            brand_id: brand.clone(),
            kind,
            ticket_id: ticket.clone(),
            comment_id: comment.clone(),
            event_id: event.clone(),
            to,
            subject: subject.clone(),
            body: body.clone(),
            link: link.clone(),
            state: MailState::Queued,
            reason: None,
            attempts: 0,
            created_at: act.at,
        };
        store::mails::insert(tx, &mail).await?;
    }
    Ok(ids)
}

/// Tells owners and admins that a webhook was disabled.
///
/// # Errors
/// When the database cannot answer or write.
pub(crate) async fn webhook_disabled(tx: &Tx, act: &Act, brand: &BrandId, webhook: &Webhook) -> Result<()> {
    let brand = brands::get(tx, brand).await?;
    let to = store::members::told(tx, &brand.account_id, &brand.id).await?;
    let to = to.into_iter().map(|(address, name)| Recipient { address, name, member_id: None }).collect();
    let reason = webhook.disabled_reason.as_deref().unwrap_or_default();
    let body = format!(
        "A webhook of {} was disabled: {reason}.\n\n{}\n\nWhat waited for it has failed, and it gets no more events. Enable it again \
        when its receiver works; missed events can then be replayed.",
        brand.name, webhook.url,
    );
    let subject = format!("A webhook of {} was disabled", brand.name);
    queue(tx, act, NewMail::new(&brand.id, MailKind::WebhookDisabled, to, subject, body)).await?;
    Ok(())
}

/// What came of an attempt to send a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The relay has taken it.
    Taken,
    /// The relay refuses it, for this reason.
    Refused(String),
    /// It did not work for now, for this reason.
    Later(String),
}

/// When a mail is tried again after this many attempts; none when it is given up then.
fn again_after(attempts: i64) -> Option<i64> {
    usize::try_from(attempts - 1).ok().and_then(|place| MAIL_RETRY_MS.get(place)).copied()
}

/// Whether a mail is given up after this attempt.
#[must_use]
pub fn fails(mail: &Mail, sent: &Sent) -> bool {
    match sent {
        Sent::Taken => false,
        Sent::Refused(_) => true,
        Sent::Later(_) => again_after(mail.attempts).is_none(),
    }
}

/// What a relay said, as it is kept and shown.
#[must_use]
pub fn one_line(why: &str) -> String {
    let one_line: String = why.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    one_line.trim().chars().take(MAIL_REASON_MAX).collect()
}

/// Writes down what came of an attempt; where it ends the mail, that is an event, in the lane of the brand.
///
/// # Errors
/// When the database cannot write.
pub async fn record(tx: &Tx, act: &Act, mail: &Mail, sent: &Sent) -> Result<()> {
    let (brand, id, attempt) = (&mail.brand_id, &mail.id, mail.attempts);
    match sent {
        Sent::Taken => {
            store::mails::sending::sent(tx, brand, id, attempt, act.at).await?;
        }
        Sent::Later(why) if let Some(later) = again_after(attempt) => {
            store::mails::sending::later(tx, brand, id, attempt, &one_line(why), act.at.plus_ms(later)).await?;
        }
        Sent::Later(why) | Sent::Refused(why) => {
            let failed = store::mails::sending::failed(tx, brand, id, attempt, &one_line(why), act.at).await?;
            // Mail of the account itself is in no brand's log.
            if failed && let Some(record) = store::mails::ledger::get(tx, brand, id.as_str()).await? {
                let known = store::brands::get(tx, brand).await?.is_some();
                if known {
                    tx.record(act, brand, payload::object("mail.failed", id.as_str(), "mail", &record, None));
                }
            }
        }
    }
    Ok(())
}

/// Lets an outgoing mail that failed or came back be sent again, with all of its tries.
///
/// # Errors
/// When there is no such mail, or it is not one of those.
pub async fn resend(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<MailRecord> {
    brands::get(tx, brand).await?;
    let record = store::mails::ledger::get(tx, brand, id).await?.found()?;
    if !store::mails::sending::again(tx, brand, &record.id, act.at).await? {
        return Err(conflict(format!(
            "Only outgoing mail that failed or bounced can be sent again; this is {}.",
            record.outcome.as_str()
        )));
    }
    store::mails::ledger::get(tx, brand, id).await?.found()
}
