//! The ledger of mail, as admins see it (API 20.3).

use dispatch_model::{
    BrandId, Timestamp,
    mail::{MailRecord, MailState, Reprocess, ReprocessAction},
    page::{Cursor, Page, fingerprint},
};
use dispatch_store::{
    self as store, Tx,
    mails::{
        incoming::Claimed,
        ledger::{Wanted, pattern},
        raw::Raw,
    },
};

use super::write::{Order, is_open};
use crate::{
    Result, brands,
    error::{Found, conflict, invalid},
};

/// What mail is asked for.
#[derive(Clone, Debug, Default)]
pub struct MailQuery {
    /// Only that way; empty for both.
    pub directions: Vec<&'static str>,
    /// Only with these outcomes; empty for all.
    pub outcomes: Vec<&'static str>,
    /// Only of this ticket, by id or number.
    pub ticket: Option<String>,
    /// Only from this address.
    pub from: Option<String>,
    /// Only with this in the subject.
    pub search: Option<String>,
    /// Only from then on.
    pub created_after: Option<Timestamp>,
    /// Only before then.
    pub created_before: Option<Timestamp>,
    /// Mails at most.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// Mail of a brand, newest first. A ticket that is not there has none.
///
/// # Errors
/// When there is no such brand, or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, query: &MailQuery) -> Result<Page<MailRecord>> {
    brands::get(tx, brand).await?;
    let time = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.as_millis().to_string());
    let mark = fingerprint(&[
        "mail",
        brand.as_str(),
        &query.directions.join(","),
        &query.outcomes.join(","),
        query.ticket.as_deref().unwrap_or_default(),
        query.from.as_deref().unwrap_or_default(),
        query.search.as_deref().unwrap_or_default(),
        &time(query.created_after),
        &time(query.created_before),
    ]);
    let before = match &query.cursor {
        None => None,
        Some(text) => {
            let cursor = Cursor::decode(text, mark, 1).and_then(|mut cursor| cursor.keys.pop());
            Some(cursor.ok_or_else(|| invalid("cursor", "is not a cursor of this list"))?)
        }
    };
    let ticket = match query.ticket.as_deref() {
        None => None,
        // The mail of a deleted ticket is found by its id.
        Some(text) => Some(store::tickets::id_of(tx, brand, text).await?.unwrap_or_else(|| text.into())),
    };
    let wanted = Wanted {
        directions: query.directions.clone(),
        outcomes: query.outcomes.clone(),
        ticket,
        from: query.from.as_ref().map(|from| from.trim().to_lowercase()),
        subject: query.search.as_deref().map(pattern),
        created_after: query.created_after,
        created_before: query.created_before,
        before,
        limit: query.limit + 1,
    };
    let found = store::mails::ledger::list_of(tx, brand, &wanted).await?;
    Ok(Page::cut(found, query.limit, mark, |mail| vec![mail.id.0.clone()]))
}

/// One mail.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<MailRecord> {
    brands::get(tx, brand).await?;
    store::mails::ledger::get(tx, brand, id).await?.found()
}

/// Where the bytes of a message lie, and how many they are.
///
/// # Errors
/// When there is no such message, or its bytes are no longer kept.
pub async fn raw(tx: &Tx, brand: &BrandId, id: &str) -> Result<(Raw, i64)> {
    let mail = get(tx, brand, id).await?;
    Ok((store::mails::raw::get(tx, brand, &mail.id).await?.found()?, mail.size))
}

/// A message that is looked at again, what is to become of it, and where its bytes lie. Whether it still may, the transaction that
/// does it asks once more.
///
/// # Errors
/// When there is no such message or ticket, something has become of it, or its bytes are no longer kept.
pub async fn reprocessed(
    tx: &Tx,
    brand: &BrandId,
    id: &str,
    wanted: &Reprocess,
) -> Result<(MailRecord, Claimed, Raw, Order)> {
    let mail = get(tx, brand, id).await?;
    let order = match (wanted.action.unwrap_or(ReprocessAction::Auto), &wanted.ticket_id) {
        (ReprocessAction::Append, None) => return Err(invalid("ticketId", "is required for append")),
        (ReprocessAction::Append, Some(ticket)) => {
            let found = store::tickets::id_of(tx, brand, ticket).await?;
            Order::Append(found.ok_or_else(|| invalid("ticketId", "unknown ticket"))?.0)
        }
        (_, Some(_)) => return Err(invalid("ticketId", "is only for append")),
        (ReprocessAction::Auto, None) => Order::Auto,
        (ReprocessAction::Create, None) => Order::Create,
    };
    let Some(claimed) = store::mails::incoming::get(tx, brand, id).await? else {
        return Err(conflict("Only mail that came in can be looked at again."));
    };
    if !is_open(mail.outcome, &order) {
        return Err(conflict(format!("The message is {} already.", mail.outcome.as_str())));
    }
    if mail.outcome == MailState::Received {
        return Err(conflict("The message is being looked at; wait until something has become of it."));
    }
    let Some(raw) = store::mails::raw::get(tx, brand, &mail.id).await? else {
        return Err(conflict("The bytes of the message are no longer kept."));
    };
    Ok((mail, claimed, raw, order))
}
