//! Lists of tickets of which a filter wants a good part, in an order that an index has for all of them: what stands in the index is
//! read first, and then, by their ids, which of these tickets are wanted. Their rows are twenty times as dear as their places.

use std::collections::HashSet;

use dispatch_model::TicketId;

use super::{
    Position, TicketFilter,
    filter::{Driver, Walked},
    groups,
    list::{IDS_AT_ONCE, Scene, TicketList, walk_along},
};
use crate::{Result, Select, Tx, value::only};

/// How many times more places are looked at than are expected to fill a page.
pub(super) const WIDER: i64 = 2;
/// How many times more, where nobody knows what part is wanted; and again when they did not fill it.
const AGAIN: i64 = 8;

/// How many places of a group are looked at first.
pub(super) const fn first(limit: i64) -> i64 {
    limit.saturating_mul(AGAIN)
}

/// Places that are wanted, found in two rounds.
struct Sieve {
    found: Vec<Position>,
    /// Behind this place nothing was looked at.
    after: Option<Position>,
    limit: i64,
}

impl Sieve {
    const fn missing(&self) -> i64 {
        self.limit.saturating_sub(self.found.len() as i64)
    }

    /// Keeps those of the places that the filter wants. Says whether that is all: they are enough, or fewer than were asked for.
    async fn keep(
        &mut self,
        tx: &Tx,
        scene: Scene<'_>,
        filter: &TicketFilter,
        met: Vec<Position>,
        asked: i64,
    ) -> Result<bool> {
        for some in met.chunks(IDS_AT_ONCE) {
            if self.missing() <= 0 {
                break;
            }
            let ids = some.iter().map(|place| place.id.clone()).collect();
            let wanted = TicketFilter { ids: Some(ids), ..filter.clone() };
            let mut select = Select::new("SELECT t.id FROM ticket t");
            wanted.conditions(&mut select, scene.brand, Driver::Ids, Walked::default());
            let wanted: HashSet<TicketId> = tx.select(&select, only).await?.into_iter().collect();
            let kept = some.iter().filter(|place| wanted.contains(&place.id)).cloned();
            self.found.extend(kept.take(usize::try_from(self.missing()).unwrap_or(0)));
        }
        let is_last = (met.len() as i64) < asked;
        self.after = met.into_iter().next_back();
        Ok(is_last || self.missing() <= 0)
    }
}

/// The first titles behind the list's place, and once more eight times as many of them. If that was not enough, every ticket behind
/// these is asked.
pub(super) async fn titles(
    tx: &Tx,
    scene: Scene<'_>,
    list: &TicketList,
    ranges: &[(TicketFilter, Driver)],
    first: i64,
) -> Result<Vec<Position>> {
    let any = TicketFilter { shown: list.filter.shown, ..TicketFilter::default() };
    let all: Vec<_> = any.split().into_iter().map(|part| (part, Driver::Order)).collect();
    let mut sieve = Sieve { found: Vec::new(), after: list.after.clone(), limit: list.limit };
    for limit in [first, first.saturating_mul(AGAIN)] {
        let part = TicketList { filter: any.clone(), after: sieve.after.clone(), limit, ..list.clone() };
        let met = walk_along(tx, scene, &part, &all).await?;
        if sieve.keep(tx, scene, &list.filter, met, limit).await? {
            return Ok(sieve.found);
        }
    }
    let rest = TicketList { limit: sieve.missing(), after: sieve.after, ..list.clone() };
    sieve.found.extend(walk_along(tx, scene, &rest, ranges).await?);
    Ok(sieve.found)
}

/// The same for a group of tickets, which stand by id. If two rounds were not enough, the rest is read by the index `otherwise`.
pub(super) async fn group(
    tx: &Tx,
    scene: Scene<'_>,
    list: &TicketList,
    range: &groups::Range,
    key: &groups::Key,
    otherwise: Driver,
    limit: i64,
) -> Result<Vec<Position>> {
    let whole = groups::Range { filter: range.filter.part(range.driver), ..range.clone() };
    let mut sieve = Sieve { found: Vec::new(), after: list.after.clone(), limit };
    for asked in [first(limit), first(first(limit))] {
        let part = TicketList { after: sieve.after.clone(), ..list.clone() };
        let met = whole.places(tx, scene.brand, &part, key, range.driver, asked).await?;
        if sieve.keep(tx, scene, &range.filter, met, asked).await? {
            return Ok(sieve.found);
        }
    }
    let rest = TicketList { after: sieve.after.clone(), ..list.clone() };
    let missing = sieve.missing();
    sieve.found.extend(range.places(tx, scene.brand, &rest, key, otherwise, missing).await?);
    Ok(sieve.found)
}
