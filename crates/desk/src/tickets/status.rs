//! What a change of status does to a ticket (API 5.5).

use std::sync::Arc;

use dispatch_model::{
    BrandId, TicketId,
    event::{Act, Changes},
    status::{CLOSED, Status, Statuses},
    ticket::Ticket,
};
use dispatch_store::{self as store, Tx, statuses::Replaced, tickets::StoredTicket};

use super::{Change, dress, finish};
use crate::{Result, brands, error::Found, payload};

/// A change of status that has been made to a ticket in memory.
#[derive(Clone, Debug)]
pub(crate) struct StatusMove {
    pub(crate) old_name: String,
    pub(crate) old_key: String,
    pub(crate) new: Arc<Status>,
    pub(crate) trigger: &'static str,
    reopened: bool,
}

impl StatusMove {
    /// Adds the change to the others of the same event.
    pub(crate) fn add_to(&self, changes: &mut Changes) {
        changes.add("status", &self.old_key, &self.new.key);
    }

    /// Records what follows `ticket.updated`.
    pub(crate) fn record(&self, tx: &Tx, act: &Act, shown: &Ticket) {
        if self.new.key == CLOSED {
            tx.record(act, &shown.brand_id, payload::ticket_closed(shown));
        }
        if self.reopened {
            tx.record(act, &shown.brand_id, payload::ticket_reopened(shown, self.trigger));
        }
    }
}

/// Gives a ticket this status, in memory, with the times that follow from it; `None` when it has it already.
pub(crate) fn move_status(
    act: &Act,
    statuses: &Statuses,
    ticket: &mut StoredTicket,
    new: &Arc<Status>,
    trigger: &'static str,
) -> Result<Option<StatusMove>> {
    let old = statuses.resolve(ticket.status_id.as_str()).cloned().found()?;
    if old.id == new.id {
        return Ok(None);
    }
    let reopened = apply(act, ticket, old.is_active, &old.key, new);
    Ok(Some(StatusMove { old_name: old.name.clone(), old_key: old.key.clone(), new: new.clone(), trigger, reopened }))
}

/// Sets the status and its times; says whether the ticket came back to an active status.
fn apply(act: &Act, ticket: &mut StoredTicket, was_active: bool, old_key: &str, new: &Status) -> bool {
    ticket.status_id = new.id.clone();
    if new.is_active {
        ticket.resolved_at = None;
        ticket.resolved_by_id = None;
        ticket.closed_at = None;
        ticket.close_reason = None;
        ticket.drop_gone();
        return !was_active;
    }
    if ticket.resolved_at.is_none() {
        ticket.resolved_at = Some(act.at);
        ticket.resolved_by_id = act.member();
    }
    if new.key == CLOSED {
        ticket.closed_at = Some(act.at);
    } else if old_key == CLOSED {
        // From closed to another inactive status: it is no longer closed, for whatever reason it was.
        ticket.closed_at = None;
        ticket.close_reason = None;
    }
    false
}

/// Rewrites one ticket of a deleted status, be it spam or deleted itself: it may come back. Its count moved when the status
/// was deleted.
pub(crate) async fn move_to_replacement(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &TicketId,
    old_status: &Replaced,
    new_status: &Arc<Status>,
    statuses: &Statuses,
) -> Result<()> {
    let stored = match store::tickets::get(tx, brand, id.as_str()).await? {
        Some(shown) => Some(shown),
        None => store::tickets::get_deleted(tx, brand, id.as_str()).await?,
    };
    let Some(stored) = stored else { return Ok(()) };
    let assignee = stored.assignee.clone();
    let mut one = [stored];
    let whole = brands::get(tx, brand).await?;
    dress(tx, &whole, &mut one).await?;
    let [mut old] = one;
    let mut new = old.clone();
    if old.assignee_gone {
        // What reads as nobody's is unassigned along with it: it reads so by its old status.
        (old.assignee, old.assignee_gone, new.assignee_gone) = (assignee, false, false);
    }
    let reopened = apply(act, &mut new, old_status.is_active, &old_status.key, new_status);
    let moved = StatusMove {
        old_name: old_status.name.clone(),
        old_key: old_status.key.clone(),
        new: new_status.clone(),
        trigger: "status_deleted",
        reopened,
    };
    let change = Change { old, new, moved: Some(moved), trigger: "status_deleted" };
    finish(tx, act, &whole, statuses, change).await.map(|_| ())
}
