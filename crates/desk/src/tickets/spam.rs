//! Spam: the ticket leaves the lists, and its customer may be blocked (API 5.8).

use std::sync::Arc;

use dispatch_model::{
    BrandId,
    brand::Brand,
    event::Act,
    status::Statuses,
    ticket::{SpamMark, Ticket},
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use super::{Loaded, load_settled};
use crate::{
    Result, customers,
    payload::{self, More},
    surveys,
};

/// Marks a ticket as spam, or takes it back. The present value again changes nothing.
///
/// # Errors
/// When there is no such ticket.
pub async fn mark_spam(tx: &Tx, act: &Act, brand_id: &BrandId, id: &str, wanted: &SpamMark) -> Result<Ticket> {
    let Loaded { brand, ticket, statuses } = load_settled(tx, act, brand_id, id).await?;
    if ticket.is_spam == wanted.is_spam {
        return Ok(ticket.view(&statuses)?);
    }
    mark(tx, act, &brand, &statuses, ticket, wanted.is_spam, wanted.block_customer.unwrap_or(true)).await
}

/// Marks a ticket that is not marked so yet. Only the spam event tells of it (API 5.8).
pub(super) async fn mark(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    statuses: &Statuses,
    old: StoredTicket,
    is_spam: bool,
    with_customer: bool,
) -> Result<Ticket> {
    let mut new = StoredTicket { is_spam, ..old.clone() };
    new.updated_at = act.after(old.updated_at);
    // Taken back, both flags go; marked, the customer is blocked when that is wanted.
    if let Some(customer) = new.customer.clone().filter(|customer| customer.deleted_at.is_none())
        && (with_customer || !is_spam)
    {
        new.customer = Some(Arc::new(customers::block(tx, act, &customer, is_spam).await?));
    }
    store::tickets::update(tx, statuses, &old, &new).await?;
    if is_spam {
        surveys::cancel(tx, brand, &new.id).await?;
    }
    let shown = new.view(statuses)?;
    let kind = if is_spam { "ticket.spam_marked" } else { "ticket.spam_unmarked" };
    tx.record(act, &brand.id, payload::ticket(kind, &shown, More::default(), None));
    Ok(shown)
}
