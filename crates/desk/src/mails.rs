//! Mail that follows from what happens (API 20.4, 21): rows that say who is told what. Nothing here sends any.

use dispatch_model::{
    BrandId,
    event::Act,
    mail::{Mail, MailKind, MailState, NewMail, Recipient},
    webhook::Webhook,
};
use dispatch_store::{self as store, Tx};

use crate::{Result, brands};

/// Writes a mail to each of these people. It waits for the worker, which sends it or, when there is no relay, gives it up.
///
/// # Errors
/// When the database cannot write.
pub async fn queue(tx: &Tx, act: &Act, new: NewMail) -> Result<()> {
    let NewMail { brand, ticket, kind, to, subject, body, event } = new;
    let mut known: Vec<String> = Vec::with_capacity(to.len());
    for to in to {
        let address = to.address.trim().to_lowercase();
        if address.is_empty() || known.contains(&address) {
            continue;
        }
        known.push(address);
        let mail = Mail {
            id: act.mint.id(),
            brand_id: brand.clone(),
            kind,
            ticket_id: ticket.clone(),
            event_id: event.clone(),
            to,
            subject: subject.clone(),
            body: body.clone(),
            state: MailState::Queued,
            reason: None,
            created_at: act.at,
        };
        store::mails::insert(tx, &mail).await?;
    }
    Ok(())
}

/// Tells owners and admins that a webhook was disabled.
///
/// # Errors
/// When the database cannot answer or write.
pub(crate) async fn webhook_disabled(tx: &Tx, act: &Act, brand: &BrandId, webhook: &Webhook) -> Result<()> {
    let brand = brands::get(tx, brand).await?;
    let to = store::members::told(tx, &brand.account_id, &brand.id).await?;
    let to = to.into_iter().map(|(address, name)| Recipient { address, name }).collect();
    let reason = webhook.disabled_reason.as_deref().unwrap_or_default();
    let body = format!(
        "A webhook of {} was disabled: {reason}.\n\n{}\n\nWhat waited for it has failed, and it gets no more events. Enable it again \
        when its receiver works; missed events can then be replayed.",
        brand.name, webhook.url,
    );
    let subject = format!("A webhook of {} was disabled", brand.name);
    let kind = MailKind::WebhookDisabled;
    queue(tx, act, NewMail { brand: brand.id, ticket: None, kind, to, subject, body, event: None }).await
}
