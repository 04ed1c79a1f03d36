//! The active tickets of a member who was removed lose their assignee, row by row, behind what every reader sees at once.

use dispatch_model::{
    BrandId, Timestamp,
    event::Act,
    limits::{REWRITE_STEP_ROWS, REWRITE_STEP_TICKETS},
};
use dispatch_store::{self as store, Tx, rewrites::Rewrite};

use crate::{Result, tickets};

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
    let statuses = rewrite.gone_from();
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
        if unassigned == REWRITE_STEP_TICKETS {
            break;
        }
        place.after = (updated_at, id.0.clone());
        if statuses.contains(&status) {
            tickets::unassign_gone(tx, act, brand, id.as_str()).await?;
            unassigned += 1;
        }
    }
    store::rewrites::move_on(tx, brand, &rewrite.id, &place.write()).await?;
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
