//! Watchers of a ticket (API 7).

use dispatch_model::{
    BrandId, Errors, MemberId, TicketId,
    brand::Brand,
    event::Act,
    limits::WATCHERS_MAX,
    watcher::{NewWatcher, Watcher, WatcherPatch},
};
use dispatch_store::{self as store, Tx};
use serde_json::json;

use crate::{
    Result, brands,
    error::{Found, conflict},
    tickets,
};

/// Somebody who shall watch, as the brand knows them.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    member_id: Option<MemberId>,
    email: String,
    name: Option<String>,
    on_comment: bool,
    on_status_change: bool,
}

/// Who is meant by each of these; what is wrong is added to `errors`. The same address twice counts once.
pub(crate) async fn wanted(tx: &Tx, brand: &Brand, new: &[NewWatcher], errors: &mut Errors) -> Result<Vec<Wanted>> {
    let mut all: Vec<Wanted> = Vec::new();
    for (at, watcher) in new.iter().enumerate() {
        let mut inner = Errors::default();
        let found = one(tx, brand, watcher, &mut inner).await?;
        for error in inner.into_vec() {
            errors.push(format!("watchers[{at}].{}", error.field), error.message);
        }
        if let Some(found) = found.filter(|found| !all.iter().any(|known| known.email == found.email)) {
            all.push(found);
        }
    }
    Ok(all)
}

async fn one(tx: &Tx, brand: &Brand, new: &NewWatcher, errors: &mut Errors) -> Result<Option<Wanted>> {
    let (on_comment, on_status_change) =
        (new.notify_on_comment.unwrap_or(true), new.notify_on_status_change.unwrap_or(true));
    let name = new.name.as_ref().map(|name| (**name).to_owned()).filter(|name| !name.is_empty());
    let member = match (&new.member_id, &new.email) {
        (Some(id), email) => {
            let member = store::members::by_id(tx, &brand.account_id, &brand.id, id).await?;
            let Some(member) = member.filter(dispatch_model::member::Member::can_be_assigned) else {
                errors.push("memberId", "must be an active member with access to the brand");
                return Ok(None);
            };
            if email.as_ref().is_some_and(|email| **email != *member.email) {
                errors.push("email", "names somebody else than memberId");
                return Ok(None);
            }
            Some(member)
        }
        (None, Some(email)) => {
            let member = store::members::by_email(tx, &brand.account_id, &brand.id, email).await?;
            member.filter(dispatch_model::member::Member::can_be_assigned)
        }
        (None, None) => {
            errors.push("email", "is required without memberId");
            return Ok(None);
        }
    };
    Ok(Some(match (member, &new.email) {
        (Some(member), _) => Wanted {
            member_id: Some(member.id),
            email: member.email,
            name: member.display_name,
            on_comment,
            on_status_change,
        },
        (None, Some(email)) => {
            Wanted { member_id: None, email: String::from(email.clone()), name, on_comment, on_status_change }
        }
        (None, None) => return Ok(None),
    }))
}

/// Adds watchers to a new ticket.
pub(crate) async fn add_all(tx: &Tx, act: &Act, brand: &BrandId, ticket: &TicketId, all: Vec<Wanted>) -> Result<()> {
    for wanted in all {
        insert(tx, act, brand, ticket, wanted).await?;
    }
    Ok(())
}

async fn insert(tx: &Tx, act: &Act, brand: &BrandId, ticket: &TicketId, wanted: Wanted) -> Result<Watcher> {
    let Wanted { member_id, email, name, on_comment, on_status_change } = wanted;
    let watcher = Watcher {
        id: act.mint.id(),
        ticket_id: ticket.clone(),
        member_id,
        email,
        name,
        added_by: act.actor.email.clone().or_else(|| act.actor.name.clone()),
        added_at: act.at,
        notify_on_comment: on_comment,
        notify_on_status_change: on_status_change,
    };
    store::watchers::insert(tx, brand, &watcher).await?;
    record(tx, act, brand, "watcher.added", &watcher);
    Ok(watcher)
}

fn record(tx: &Tx, act: &Act, brand: &BrandId, kind: &'static str, watcher: &Watcher) {
    let data = json!({ "id": watcher.id, "ticketId": watcher.ticket_id, "watcher": watcher });
    let event = dispatch_model::event::NewEvent {
        kind,
        entity_id: watcher.id.0.clone(),
        ticket_id: Some(watcher.ticket_id.clone()),
        changes: None,
        data: dispatch_model::JsonText::of(&data),
    };
    tx.record(act, brand, event);
}

/// Everybody who watches a ticket.
///
/// # Errors
/// When there is no such ticket.
pub async fn list(tx: &Tx, brand: &BrandId, ticket: &str) -> Result<Vec<Watcher>> {
    brands::get(tx, brand).await?;
    let ticket = store::tickets::id_of(tx, brand, ticket).await?.found()?;
    Ok(store::watchers::of_ticket(tx, brand, &ticket).await?)
}

/// Adds a watcher; who watches already stays as they are. Says whether they are new.
///
/// # Errors
/// When there is no such ticket, the watcher is nobody, or there are too many.
pub async fn add(tx: &Tx, act: &Act, brand: &BrandId, ticket: &str, new: &NewWatcher) -> Result<(Watcher, bool)> {
    let tickets::Loaded { brand: whole, ticket, .. } = tickets::load(tx, brand, ticket).await?;
    let mut errors = Errors::default();
    let wanted = one(tx, &whole, new, &mut errors).await?;
    errors.into_result()?;
    let wanted = wanted.found()?;
    if let Some(known) = store::watchers::by_email(tx, brand, &ticket.id, &wanted.email).await? {
        return Ok((known, false));
    }
    let there = store::watchers::count(tx, brand, &ticket.id).await?;
    if there >= i64::try_from(WATCHERS_MAX).unwrap_or(i64::MAX) {
        return Err(conflict(format!("The ticket has {WATCHERS_MAX} watchers, which is the limit.")));
    }
    Ok((insert(tx, act, brand, &ticket.id, wanted).await?, true))
}

/// Lets a ticket have the watchers of another as well.
///
/// # Errors
/// When there would be too many.
pub(crate) async fn join(tx: &Tx, act: &Act, brand: &BrandId, from: &TicketId, to: &TicketId) -> Result<()> {
    let mut there = store::watchers::of_ticket(tx, brand, to).await?;
    for watcher in store::watchers::of_ticket(tx, brand, from).await? {
        if there.iter().any(|known| known.email == watcher.email) {
            continue;
        }
        if there.len() >= WATCHERS_MAX {
            return Err(conflict(format!("The ticket would have more than {WATCHERS_MAX} watchers.")));
        }
        let joined = Watcher { id: act.mint.id(), ticket_id: to.clone(), ..watcher };
        store::watchers::insert(tx, brand, &joined).await?;
        there.push(joined);
    }
    Ok(())
}

/// A watcher by its id, its member's id or its address.
///
/// # Errors
/// When there is none.
pub async fn find(tx: &Tx, brand: &BrandId, ticket: &str, id: &str) -> Result<Watcher> {
    let email = id.to_lowercase();
    let fits = |watcher: &Watcher| {
        watcher.id.as_str() == id
            || watcher.member_id.as_ref().is_some_and(|member| member.as_str() == id)
            || watcher.email == email
    };
    list(tx, brand, ticket).await?.into_iter().find(fits).found()
}

/// Changes what a watcher hears of.
///
/// # Errors
/// When there is none.
pub async fn update(tx: &Tx, brand: &BrandId, ticket: &str, id: &str, patch: &WatcherPatch) -> Result<Watcher> {
    let old = find(tx, brand, ticket, id).await?;
    let new = Watcher {
        notify_on_comment: patch.notify_on_comment.unwrap_or(old.notify_on_comment),
        notify_on_status_change: patch.notify_on_status_change.unwrap_or(old.notify_on_status_change),
        ..old.clone()
    };
    if new != old {
        store::watchers::update(tx, brand, &new).await?;
    }
    Ok(new)
}

/// Removes a watcher.
///
/// # Errors
/// When there is none.
pub async fn remove(tx: &Tx, act: &Act, brand: &BrandId, ticket: &str, id: &str) -> Result<()> {
    let watcher = find(tx, brand, ticket, id).await?;
    store::watchers::delete(tx, brand, &watcher).await?;
    record(tx, act, brand, "watcher.removed", &watcher);
    Ok(())
}
