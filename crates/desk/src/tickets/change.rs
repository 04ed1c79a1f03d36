//! Changing a ticket: one `ticket.updated` with all changes, then what follows from its status.

use std::sync::Arc;

use dispatch_model::{
    BrandId, Errors, JsonText, Patch,
    brand::Brand,
    customer::Customer,
    event::{Act, Changes},
    status::{CLOSED, Statuses},
    text::Link,
    ticket::{Ticket, TicketPatch},
};
use dispatch_store::{
    self as store, Tx,
    tickets::{Assignee, StoredTicket},
};

use super::{Loaded, StatusMove, labels, load_settled, move_status, refuse_merged, spam, wanted_status};
use crate::{Result, assignment, brands::merged, comments, customers, error::conflict, payload, surveys};

/// Changes a ticket. Nothing changed: nothing is written.
///
/// # Errors
/// When there is none, or a field refers to what is not there.
pub async fn update(
    tx: &Tx,
    act: &Act,
    brand_id: &BrandId,
    id: &str,
    patch: &TicketPatch,
    trigger: &'static str,
) -> Result<Ticket> {
    let Loaded { brand, ticket: old, statuses } = load_settled(tx, act, brand_id, id).await?;
    let mut errors = act.wrong.clone();
    let wanted = wanted_status(&statuses, patch.status.as_ref(), patch.status_id.as_ref(), &mut errors).cloned();
    let mut new = plain_fields(&old, patch)?;
    new.assignee = assignee(tx, &brand, &old, patch, &mut errors).await?;
    match &patch.category_id {
        Patch::Keep => {}
        Patch::Clear => (new.category_id, new.category) = (None, None),
        Patch::Set(text) => {
            new.category = labels::category(tx, brand_id, text, &mut errors).await?;
            new.category_id = new.category.as_ref().map(|category| category.id.clone());
        }
    }
    let tags = labels::wanted(tx, brand_id, &labels::TagWords::of(patch), &mut errors).await?;
    let named = match &patch.customer_id {
        Patch::Set(id) => customers::named(tx, brand_id, id, patch.customer_email.as_ref(), &mut errors).await?,
        _ => None,
    };
    let present = statuses.resolve(old.status_id.as_str()).cloned();
    let after = wanted.or(present);
    let closed = after.as_ref().is_some_and(|status| status.key == CLOSED);
    match patch.close_reason {
        Patch::Keep => {}
        Patch::Clear => new.close_reason = None,
        // Whether it is closed is not known while its status may be what is wrong.
        Patch::Set(_) if !closed && act.wrong.is_empty() => errors.push("closeReason", "is only for closed tickets"),
        Patch::Set(reason) => new.close_reason = Some(reason),
    }
    errors.into_result()?;
    if patch.expected_updated_at.is_some_and(|expected| expected != old.updated_at) {
        return Err(conflict("The ticket was changed meanwhile: its updatedAt is another one."));
    }
    let moved = match after {
        Some(status) => move_status(act, &statuses, &mut new, &status, trigger)?,
        None => None,
    };
    if moved.is_some() {
        refuse_merged(tx, &old).await?;
    }
    new.customer = customer(tx, act, brand_id, &old, named, patch).await?;
    new.tags = labels::applied(tx, act, brand_id, &old.tags, tags).await?;
    new.tag_ids = new.tags.iter().map(|tag| tag.id.clone()).collect();
    let change = Change { old, new, moved, trigger };
    match patch.is_spam {
        Some(spam) if spam != change.old.is_spam => {
            let mut between = change.new.clone();
            between.updated_at = finish(tx, act, &brand, &statuses, change).await?.updated_at;
            spam::mark(tx, act, &brand, &statuses, between, spam, true).await
        }
        _ => finish(tx, act, &brand, &statuses, change).await,
    }
}

/// The fields that need no look at anything else.
fn plain_fields(old: &StoredTicket, patch: &TicketPatch) -> Result<StoredTicket> {
    let mut new = old.clone();
    if let Some(title) = &patch.title {
        new.title = String::from(title.clone());
    }
    new.body = patch.body.clone().text().or(new.body);
    new.priority = patch.priority.unwrap_or(old.priority);
    new.due_at = patch.due_at.clone().or(old.due_at);
    if new.due_at != old.due_at {
        new.overdue_at = None;
    }
    new.custom_fields = merged("customFields", &old.custom_fields, &patch.custom_fields)?;
    new.metadata = merged("metadata", &old.metadata, &patch.metadata)?;
    match &patch.links {
        Patch::Keep => {}
        Patch::Clear => new.links = JsonText::empty_list(),
        Patch::Set(links) => new.links = JsonText::of::<[Link]>(&links.0),
    }
    Ok(new)
}

async fn assignee(
    tx: &Tx,
    brand: &Brand,
    old: &StoredTicket,
    patch: &TicketPatch,
    errors: &mut Errors,
) -> Result<Option<Assignee>> {
    if patch.assignee_id.is_keep() && patch.assignee_email.is_keep() {
        return Ok(old.assignee.clone());
    }
    let (id, email) = (patch.assignee_id.as_ref(), patch.assignee_email.as_ref());
    assignment::assignee(tx, brand, old.assignee.clone(), id, email, errors).await
}

async fn customer(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    old: &StoredTicket,
    named: Option<Customer>,
    patch: &TicketPatch,
) -> Result<Option<Arc<Customer>>> {
    let name = patch.customer_name.as_ref();
    let plain_name = name.map(|name| (**name).to_owned()).filter(|name| !name.is_empty());
    match (named, &patch.customer_id, &patch.customer_email) {
        (Some(known), ..) => Ok(Some(Arc::new(customers::fill_name(tx, act, known, plain_name).await?))),
        (None, _, Some(email)) => {
            let known = store::customers::by_email(tx, brand, email).await?;
            Ok(Some(customers::link(tx, act, brand, known, email, name).await?))
        }
        (None, Patch::Clear, None) => Ok(None),
        (None, _, None) => match &old.customer {
            Some(known) if known.deleted_at.is_none() => {
                Ok(Some(Arc::new(customers::fill_name(tx, act, (**known).clone(), plain_name).await?)))
            }
            other => Ok(other.clone()),
        },
    }
}

/// A change of a ticket that has been made in memory.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) old: StoredTicket,
    pub(crate) new: StoredTicket,
    pub(crate) moved: Option<StatusMove>,
    /// Through what the assignee changed, if it did.
    pub(crate) trigger: &'static str,
}

/// Stores and records what differs, with the SYSTEM comments that tell of it.
pub(crate) async fn finish(tx: &Tx, act: &Act, brand: &Brand, statuses: &Statuses, change: Change) -> Result<Ticket> {
    let Change { old, mut new, moved, trigger } = change;
    let changes = differences(&old, &new, moved.as_ref());
    if changes.is_empty() {
        return Ok(new.view(statuses)?);
    }
    new.updated_at = act.after(old.updated_at);
    if let Some(moved) = &moved {
        comments::status_changed(tx, act, &new, moved).await?;
    }
    if old.assignee.as_ref().map(Assignee::stored) != new.assignee.as_ref().map(Assignee::stored) {
        comments::assignee_changed(tx, act, &new, old.assignee.as_ref(), trigger).await?;
    }
    store::tickets::update(tx, statuses, &old, &new).await?;
    if let Some(moved) = &moved {
        surveys::status_moved(tx, act, brand, &new, moved).await?;
    }
    let shown = new.view(statuses)?;
    tx.record(act, &brand.id, payload::ticket_updated(&shown, &changes));
    if let Some(moved) = &moved {
        moved.record(tx, act, &shown);
    }
    Ok(shown)
}

/// Every changed field; derived ones are left out (API 17.1).
pub(crate) fn differences(old: &StoredTicket, new: &StoredTicket, moved: Option<&StatusMove>) -> Changes {
    let mut changes = Changes::default();
    changes.add("title", &old.title, &new.title);
    changes.add("body", &old.body, &new.body);
    if let Some(moved) = moved {
        moved.add_to(&mut changes);
    }
    changes.add("closeReason", &old.close_reason, &new.close_reason);
    changes.add("priority", &old.priority, &new.priority);
    let member = |ticket: &StoredTicket| ticket.assignee.as_ref().and_then(Assignee::member).cloned();
    let email = |ticket: &StoredTicket| ticket.assignee.as_ref().map(|assignee| assignee.email().to_owned());
    changes.add("assigneeId", &member(old), &member(new));
    changes.add("assigneeEmail", &email(old), &email(new));
    let customer = |ticket: &StoredTicket| ticket.customer.as_ref().map(|customer| customer.id.clone());
    if customer(old) != customer(new) {
        let live = |ticket: &StoredTicket| {
            ticket.customer.clone().filter(|customer| customer.deleted_at.is_none()).map(|customer| customer.id.clone())
        };
        let address = |ticket: &StoredTicket| ticket.customer.as_ref().map(|customer| customer.email.clone());
        changes.add("customerId", &live(old), &live(new));
        changes.add("customerEmail", &address(old), &address(new));
    }
    let name = |ticket: &StoredTicket| ticket.customer.as_ref().and_then(|customer| customer.name.clone());
    changes.add("customerName", &name(old), &name(new));
    let category = |ticket: &StoredTicket| ticket.category.as_ref().map(|category| category.id.clone());
    changes.add("categoryId", &category(old), &category(new));
    changes.add("tagIds", &old.tag_ids, &new.tag_ids);
    changes.add("links", &old.links, &new.links);
    changes.add_members("customFields", &old.custom_fields, &new.custom_fields);
    changes.add("metadata", &old.metadata, &new.metadata);
    changes.add("dueAt", &old.due_at, &new.due_at);
    changes.add("mergedIntoId", &old.merged_into_id, &new.merged_into_id);
    changes
}
