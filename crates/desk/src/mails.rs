//! Mail that follows from what happens (API 20.4, 21): rows that say who is told what. Nothing here sends any.

use dispatch_model::{
    BrandId, MailId,
    event::Act,
    mail::{Mail, MailKind, MailState, NewMail, Recipient},
    webhook::Webhook,
};
use dispatch_store::{self as store, Tx};

use crate::{Result, brands};

/// Writes a mail to each of these people and answers their ids. It waits for the worker, which sends it or, when there is no
/// relay, gives it up. Whoever gives it a link keeps the hash of `ServerKey::token(kind, id)` where the link is looked up.
///
/// # Errors
/// When the database cannot write.
pub async fn queue(tx: &Tx, act: &Act, new: NewMail) -> Result<Vec<MailId>> {
    let NewMail { brand, ticket, comment, kind, to, subject, body, link, event } = new;
    let mut ids = Vec::with_capacity(to.len());
    let mut known: Vec<String> = Vec::with_capacity(to.len());
    for to in to {
        let address = to.address.trim().to_lowercase();
        if address.is_empty() || known.contains(&address) {
            continue;
        }
        known.push(address);
        let id: MailId = act.mint.id();
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
