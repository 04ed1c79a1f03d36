//! Who is told by mail of what happens in a brand (API 21): a reader of the log that writes a row for each person, which is worded
//! when it is sent.

mod audience;

use std::collections::HashSet;

use dispatch_model::{
    BrandId, EventId, TicketId, Timestamp,
    brand::Brand,
    event::{Act, Event, Telling},
    limits::{MAIL_ONCE_PER_MS, NOTIFIED_STEP},
    mail::{MailKind, NewMail, Recipient},
};
use dispatch_store::{self as store, Tx, consumers};
use serde_json::Value;

use crate::{Result, mails, webhooks::Step};

/// The kinds of events that somebody may be told of.
const TOLD: [&str; 4] = ["ticket.created", "ticket.updated", "comment.created", "mail.quarantined"];

/// Takes the next events of a brand and writes a mail to each person who is told of one. In the consumer's own lane.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn consume(tx: &Tx, act: &Act, id: &BrandId, mail_domain: &str) -> Result<Step> {
    let Some(position) = consumers::position(tx, id, consumers::NOTIFICATIONS).await? else {
        return Ok(Step::default());
    };
    let heads = store::log::heads(tx, id, position, NOTIFIED_STEP).await?;
    let Some(last) = heads.last().map(|head| head.sequence) else { return Ok(Step::default()) };
    let (mut wrote, mut seen) = (0, Seen::new());
    if let Some(brand) = store::brands::get(tx, id).await? {
        for head in heads.iter().filter(|head| TOLD.contains(&head.kind.as_str())) {
            if let Some(event) = store::log::at(tx, id, head.sequence).await? {
                wrote += tell(tx, act, &brand, &event, mail_domain, &mut seen).await?;
            }
        }
    }
    consumers::move_on(tx, id, consumers::NOTIFICATIONS, last).await?;
    Ok(Step { more: i64::try_from(heads.len()).unwrap_or(0) == NOTIFIED_STEP, wrote, ..Step::default() })
}

/// Who was told of which ticket when, in one step: an answer that opens its ticket again is one mail and not two.
type Seen = HashSet<(TicketId, String, Timestamp)>;

/// Writes the mails of one event and says how many.
async fn tell(tx: &Tx, act: &Act, brand: &Brand, event: &Event, mail_domain: &str, seen: &mut Seen) -> Result<i64> {
    if event.telling == Telling::Nobody {
        return Ok(0);
    }
    if event.kind == "mail.quarantined" {
        return quarantined(tx, act, brand, event).await;
    }
    let Some(ticket) = &event.ticket_id else { return Ok(0) };
    let mut wrote = 0;
    for told in audience::of(tx, brand, event, mail_domain, act.at).await? {
        if !seen.insert((ticket.clone(), told.to.address.clone(), event.created_at)) && event.kind == "ticket.updated" {
            continue;
        }
        let mail = NewMail {
            ticket: Some(ticket.clone()),
            comment: (event.kind == "comment.created").then(|| event.entity_id.as_str().into()),
            event: Some(EventId::from(event.id.as_str())),
            ..NewMail::new(&brand.id, told.kind, vec![told.to], String::new(), String::new())
        };
        wrote += i64::try_from(mails::queue(tx, act, mail).await?.len()).unwrap_or(0);
    }
    Ok(wrote)
}

/// Tells owners and admins of a message that is kept for them, each at most once an hour.
async fn quarantined(tx: &Tx, act: &Act, brand: &Brand, event: &Event) -> Result<i64> {
    let since = act.at.plus_ms(-MAIL_ONCE_PER_MS);
    let mut to = Vec::new();
    for (address, name) in store::members::told(tx, &brand.account_id, &brand.id).await? {
        if !store::mails::sending::told_since(tx, &brand.id, MailKind::MailQuarantined, &address, since).await? {
            to.push(Recipient { address, name, member_id: None });
        }
    }
    let data = event.data.members();
    let mail = data.get("mail").cloned().unwrap_or_default();
    let text = |field: &str| mail.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let subject = format!("Mail to {} was held back", brand.name);
    let body = format!(
        "A message from {} was not made a ticket: {}.\n\nIt is kept under Settings, Mail of {}, where it can be looked at and let \
        in. Further ones within the hour are not told of.",
        text("from"),
        text("reason"),
        brand.name,
    );
    let new = NewMail {
        event: Some(EventId::from(event.id.as_str())),
        ..NewMail::new(&brand.id, MailKind::MailQuarantined, to, subject, body)
    };
    Ok(i64::try_from(mails::queue(tx, act, new).await?.len()).unwrap_or(0))
}

/// The new value of a field that an event changed; `null` where it was emptied.
pub(crate) fn changed(event: &Event, field: &str) -> Option<Value> {
    let changes = event.changes.as_ref()?.members();
    changes.get(field).and_then(|change| change.get("new")).cloned()
}
