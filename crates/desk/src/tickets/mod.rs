//! Tickets: created, changed, listed, deleted (API 5).

pub mod bulk;
mod change;
mod create;
mod filter;
pub(crate) mod labels;
mod list;
mod merge;
mod overdue;
mod spam;
pub mod statistics;
mod status;

pub use change::update;
pub(crate) use change::{Change, differences, finish};
pub use create::create;
pub(crate) use create::create_marked;
pub use filter::TicketQuery;
pub use list::{Across, count, count_across, list, list_across, list_of_company};
pub use merge::merge;
pub use overdue::find_overdue;
pub use spam::mark_spam;
pub(crate) use status::{StatusMove, move_status, move_to_replacement};

use dispatch_model::{
    BrandId, Errors, TicketId,
    brand::Brand,
    event::Act,
    status::{Status, Statuses},
    text::Reference,
    ticket::Ticket,
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use crate::{
    Result, brands,
    error::{Found, conflict},
    payload::{self, More},
    pending::Pending,
    surveys,
};

/// Through what a status or an assignee changed; it stands in the SYSTEM comment (API 5.5).
#[must_use]
pub fn trigger(act: &Act) -> &'static str {
    match act.actor.kind {
        dispatch_model::event::ActorType::User => "user",
        dispatch_model::event::ActorType::Api => "api",
        dispatch_model::event::ActorType::Automation => "automation",
        dispatch_model::event::ActorType::Customer | dispatch_model::event::ActorType::System => "system",
    }
}

/// A ticket with what belongs to it.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) brand: Brand,
    pub(crate) ticket: StoredTicket,
    pub(crate) statuses: Statuses,
}

/// A ticket of a brand with the brand's statuses; an unknown brand is told like an unknown ticket.
pub(crate) async fn load(tx: &Tx, brand: &BrandId, id: &str) -> Result<Loaded> {
    let (brand, ticket, statuses) = futures_util::try_join!(
        brands::get(tx, brand),
        async { Ok(store::tickets::get(tx, brand, id).await?) },
        async { Ok(store::statuses::all(tx, brand).await?) },
    )?;
    dressed(tx, brand, statuses, ticket.found()?).await
}

/// A ticket as it reads, with what belongs to it.
async fn dressed(tx: &Tx, brand: Brand, statuses: Statuses, ticket: StoredTicket) -> Result<Loaded> {
    let mut one = [ticket];
    dress(tx, &brand, &mut one).await?;
    let [ticket] = one;
    Ok(Loaded { brand, ticket, statuses })
}

/// Completes tickets as they were read, whatever is being rewritten behind them.
async fn dress(tx: &Tx, brand: &Brand, tickets: &mut [StoredTicket]) -> Result<()> {
    store::tickets::dress(tx, &brand.id, brand.rewriting, tickets).await?;
    let pending = Pending::load(tx, brand).await?;
    for customer in tickets.iter_mut().filter_map(|ticket| ticket.customer.as_mut()) {
        pending.shared_customer(customer);
    }
    Ok(())
}

/// The same for an operation that changes the ticket. When something took effect on it whose row is not rewritten yet (its
/// status was deleted, its assignee is gone), that is done now: what happens to the ticket next must follow from what is
/// recorded.
pub(crate) async fn load_settled(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Loaded> {
    let system = act.of_the_system();
    let loaded = load_moved(tx, &system, brand, id).await?;
    if !loaded.ticket.assignee_gone {
        return Ok(loaded);
    }
    unassign(tx, &system, &loaded).await?;
    load(tx, brand, id).await
}

/// A ticket whose row has the status that it reads as.
async fn load_moved(tx: &Tx, system: &Act, brand: &BrandId, id: &str) -> Result<Loaded> {
    let loaded = load(tx, brand, id).await?;
    let stored = &loaded.ticket.status_id;
    let Some(new) = loaded.statuses.resolve(stored.as_str()).filter(|status| status.id != *stored) else {
        return Ok(loaded);
    };
    let old = store::statuses::replaced(tx, brand, stored).await?.found()?;
    move_to_replacement(tx, system, brand, &loaded.ticket.id, &old, new, &loaded.statuses).await?;
    load(tx, brand, id).await
}

/// Takes the assignee who is gone from an active ticket, which reads as assigned to nobody already.
async fn unassign(tx: &Tx, act: &Act, loaded: &Loaded) -> Result<()> {
    let stored = store::tickets::get(tx, &loaded.brand.id, loaded.ticket.id.as_str()).await?.found()?;
    let old = StoredTicket { assignee: stored.assignee, ..loaded.ticket.clone() };
    let new = StoredTicket { assignee: None, ..old.clone() };
    let change = Change { old, new, moved: None, trigger: "system" };
    finish(tx, act, &loaded.brand, &loaded.statuses, change).await.map(|_| ())
}

/// The same by its id, in the steps behind the removal of a member. A deleted ticket stays as it is.
pub(crate) async fn unassign_gone(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<()> {
    if store::tickets::id_of(tx, brand, id).await?.is_none() {
        return Ok(());
    }
    let loaded = load_moved(tx, act, brand, id).await?;
    if loaded.ticket.assignee_gone {
        unassign(tx, act, &loaded).await?;
    }
    Ok(())
}

/// What is told when a merged ticket should be written to or moved.
pub(crate) async fn refuse_merged(tx: &Tx, ticket: &StoredTicket) -> Result<()> {
    let Some(target) = &ticket.merged_into_id else { return Ok(()) };
    let found = store::tickets::numbers(tx, &ticket.brand_id, std::slice::from_ref(target)).await?;
    let name = found.first().map_or_else(|| target.0.clone(), |(_, number)| number.clone());
    Err(conflict(format!("The ticket was merged into {name}; write there.")))
}

/// One ticket by id or number.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Ticket> {
    let Loaded { ticket, statuses, .. } = load(tx, brand, id).await?;
    Ok(ticket.view(&statuses)?)
}

/// Refuses a ticket that is not there, before a body is looked at.
///
/// # Errors
/// When there is none.
pub async fn check(tx: &Tx, brand: &BrandId, id: &str) -> Result<()> {
    self::id(tx, brand, id).await.map(|_| ())
}

/// The id of a ticket that is named by its id or its number.
///
/// # Errors
/// When there is none.
pub async fn id(tx: &Tx, brand: &BrandId, id: &str) -> Result<TicketId> {
    brands::get(tx, brand).await?;
    store::tickets::id_of(tx, brand, id).await?.found()
}

/// Deletes a ticket; its comments go with it.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand_id: &BrandId, id: &str) -> Result<Ticket> {
    let Loaded { brand, ticket: old, statuses } = load_settled(tx, act, brand_id, id).await?;
    let new = StoredTicket { deleted_at: Some(act.at), ..old.clone() };
    store::tickets::update(tx, &statuses, &old, &new).await?;
    surveys::cancel(tx, &brand, &new.id).await?;
    let shown = new.view(&statuses)?;
    tx.record(act, brand_id, payload::ticket("ticket.deleted", &shown, More::default(), None));
    Ok(shown)
}

/// A deleted ticket that can come back: none that is being purged.
async fn deleted(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<StoredTicket>> {
    let Some(found) = store::tickets::get_deleted(tx, brand, id).await? else { return Ok(None) };
    let is_going = store::purge::is_going(tx, brand, found.id.as_str()).await?;
    Ok(Some(found).filter(|_| !is_going))
}

/// Brings a deleted ticket back, with its comments.
///
/// # Errors
/// When there is none, or it is not deleted.
pub async fn restore(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Ticket> {
    let whole = brands::get(tx, brand).await?;
    let Some(stored) = deleted(tx, brand, id).await? else {
        store::tickets::id_of(tx, brand, id).await?.found()?;
        return Err(conflict("The ticket is not deleted."));
    };
    let statuses = store::statuses::all(tx, brand).await?;
    let assignee = stored.assignee.clone();
    let Loaded { ticket: old, .. } = dressed(tx, whole, statuses.clone(), stored).await?;
    let old = StoredTicket { assignee, assignee_gone: false, ..old };
    let mut new = StoredTicket { deleted_at: None, ..old.clone() };
    new.updated_at = act.after(old.updated_at);
    // It was no ticket when its assignee was removed; now that it is one again, it is nobody's.
    if statuses.resolve(new.status_id.as_str()).is_some_and(|status| status.is_active) {
        new.drop_gone();
    }
    store::tickets::update(tx, &statuses, &old, &new).await?;
    let shown = new.view(&statuses)?;
    tx.record(act, brand, payload::ticket("ticket.restored", &shown, More::default(), None));
    Ok(shown)
}

/// Refuses a ticket that never was there, before a body is looked at.
///
/// # Errors
/// When there is none, deleted or not.
pub async fn check_any(tx: &Tx, brand: &BrandId, id: &str) -> Result<()> {
    if deleted(tx, brand, id).await?.is_some() {
        return brands::get(tx, brand).await.map(|_| ());
    }
    check(tx, brand, id).await
}

/// The status that `status` and `statusId` name. What is wrong is added to `errors`.
pub(crate) fn wanted_status<'s>(
    statuses: &'s Statuses,
    key: Option<&Reference>,
    id: Option<&Reference>,
    errors: &mut Errors,
) -> Option<&'s std::sync::Arc<Status>> {
    let mut find = |text: Option<&Reference>, at: &str| {
        let found = text.map(|text| statuses.find(text));
        if found == Some(None) {
            errors.push(at, "unknown status");
        }
        found.flatten()
    };
    let (by_key, by_id) = (find(key, "status"), find(id, "statusId"));
    if let (Some(one), Some(other)) = (by_key, by_id)
        && one.id != other.id
    {
        errors.push("statusId", "names another status than status");
    }
    by_key.or(by_id)
}
