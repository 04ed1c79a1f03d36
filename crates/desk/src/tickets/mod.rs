//! Tickets: created, changed, listed, deleted (API 5).

mod change;
mod create;
mod list;
mod status;

pub use change::update;
pub use create::create;
pub use list::{TicketQuery, list};
pub(crate) use status::{StatusMove, move_status, move_to_replacement};

use dispatch_model::{
    BrandId, Errors,
    brand::Brand,
    event::Act,
    status::{Status, Statuses},
    text::Reference,
    ticket::Ticket,
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use crate::{
    Result, brands,
    error::Found,
    payload::{self, More},
};

/// Through what a status or an assignee changed; it stands in the SYSTEM comment (API 5.5).
pub(crate) fn trigger(act: &Act) -> &'static str {
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
    Ok(Loaded { brand, ticket: ticket.found()?, statuses })
}

/// The same for an operation that changes the ticket. When its status was deleted and the row is not rewritten yet,
/// that is done now: what happens to the ticket next must follow from what is recorded.
pub(crate) async fn load_settled(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Loaded> {
    let loaded = load(tx, brand, id).await?;
    let stored = &loaded.ticket.status_id;
    let Some(new) = loaded.statuses.resolve(stored.as_str()).filter(|status| status.id != *stored) else {
        return Ok(loaded);
    };
    let old = store::statuses::replaced(tx, brand, stored).await?.found()?;
    move_to_replacement(tx, &act.of_the_system(), brand, &loaded.ticket.id, &old, new, &loaded.statuses).await?;
    load(tx, brand, id).await
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
    brands::get(tx, brand).await?;
    store::tickets::id_of(tx, brand, id).await?.found().map(|_| ())
}

/// Deletes a ticket; its comments go with it.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Ticket> {
    let Loaded { mut ticket, statuses, .. } = load_settled(tx, act, brand, id).await?;
    store::tickets::delete(tx, brand, &ticket.id, act.at).await?;
    let status = statuses.resolve(ticket.status_id.as_str()).found()?;
    store::counts::add(tx, brand, &status.id, if ticket.is_spam { 0 } else { -1 }, 0).await?;
    ticket.deleted_at = Some(act.at);
    let shown = ticket.view(&statuses)?;
    tx.record(act, brand, payload::ticket("ticket.deleted", &shown, More::default(), None));
    Ok(shown)
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
