//! The active tickets of a member who was removed lose their assignee, row by row, behind what every reader sees at once.

use dispatch_model::{
    BrandId, TicketId, Timestamp,
    event::{Act, Changes},
    limits::REWRITE_STEP_ROWS,
    member::MemberView,
    status::Statuses,
};
use dispatch_store::{
    self as store, Tx,
    rewrites::Rewrite,
    tickets::{Assignee, StoredTicket},
};

use crate::{Result, comments, payload, tickets};

/// Each unassigned ticket touches about five rows: its own, a comment, an event, and their counters.
const STEP_TICKETS: i64 = REWRITE_STEP_ROWS / 5;

/// How far a rewriting has come: first what lists show, then the hidden rest, each in the order of its changes. A ticket
/// that is changed meanwhile moves to the end, and is met again.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    live: bool,
    after: (Timestamp, String),
}

impl Place {
    fn start(live: bool) -> Self {
        Self { live, after: (Timestamp::from_millis(i64::MIN), String::new()) }
    }

    fn read(text: Option<&str>) -> Self {
        let parts: Vec<&str> = text.unwrap_or_default().splitn(3, ' ').collect();
        match parts[..] {
            [part, at, id] => {
                let at = Timestamp::from_millis(at.parse().unwrap_or(i64::MIN));
                Self { live: part == "live", after: (at, id.to_owned()) }
            }
            _ => Self::start(true),
        }
    }

    fn write(&self) -> String {
        let (at, id) = &self.after;
        format!("{} {} {id}", if self.live { "live" } else { "hidden" }, at.as_millis())
    }
}

/// Unassigns some tickets of a removed member; says whether there is more to do.
pub(crate) async fn rewrite_step(tx: &Tx, act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let Some(whole) = store::brands::get(tx, brand).await? else { return Ok(false) };
    let Some(gone) = store::members::get(tx, &whole.account_id, &rewrite.subject).await? else { return Ok(false) };
    let statuses = store::statuses::all(tx, brand).await?;
    let mut place = Place::read(rewrite.position.as_deref());
    let found =
        store::members::assigned(tx, brand, place.live, &rewrite.subject, &place.after, REWRITE_STEP_ROWS).await?;
    if found.is_empty() {
        if !place.live {
            return Ok(false);
        }
        place = Place::start(false);
    }
    let mut unassigned = 0;
    for (id, updated_at, status) in found {
        if unassigned == STEP_TICKETS {
            break;
        }
        place.after = (updated_at, id.0.clone());
        let is_active = statuses.resolve(status.as_str()).is_some_and(|status| status.is_active);
        if is_active && unassign(tx, act, brand, &id, &gone, &statuses).await? {
            unassigned += 1;
        }
    }
    store::rewrites::move_on(tx, brand, &rewrite.id, &place.write()).await?;
    Ok(true)
}

/// Takes the assignee off one ticket; says whether there was one to take.
async fn unassign(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &TicketId,
    gone: &MemberView,
    statuses: &Statuses,
) -> Result<bool> {
    let Some(mut old) = store::tickets::get(tx, brand, id.as_str()).await? else { return Ok(false) };
    if statuses.resolve(old.status_id.as_str()).is_some_and(|status| status.id != old.status_id) {
        old = tickets::load_settled(tx, act, brand, id.as_str()).await?.ticket;
    }
    // Readers may already see it without an assignee; what is recorded is what the row says.
    let member = Assignee::Member { id: gone.id.clone(), email: gone.email.clone(), name: gone.display_name.clone() };
    old.assignee = Some(member);
    let new = StoredTicket { assignee: None, updated_at: act.after(old.updated_at), ..old.clone() };
    comments::assignee_changed(tx, act, &new, old.assignee.as_ref(), "system").await?;
    store::tickets::update(tx, &old, &new).await?;
    let mut changes = Changes::default();
    changes.add("assigneeId", &Some(&gone.id), &None);
    changes.add("assigneeEmail", &Some(&gone.email), &None);
    let shown = new.view(statuses)?;
    tx.record(act, brand, payload::ticket_updated(&shown, &changes));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        assert_eq!(Place::read(None), Place::start(true));
        let place = Place { live: false, after: (Timestamp::from_millis(1_767_323_045_678), "tkt_1".to_owned()) };
        assert_eq!(Place::read(Some(&place.write())), place);
        assert_eq!(Place::read(Some(&Place::start(false).write())), Place::start(false));
    }
}
