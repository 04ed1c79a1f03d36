//! Lists of tickets (DESIGN, "Lists, counts and search"). A list is read in one of three ways:
//!
//! - **collected** (`collect.rs`): a filter finds no more than [`COLLECTED_MAX`] tickets; they are read through its index and sorted;
//! - **walked**: along an index that has the wanted order, or from one group of tickets to the next, until the page is full;
//! - **sifted** (`sift.rs`): the index of an order or a group is read first, and then which of its tickets are wanted.
//!
//! Which way, a few counts that stop early say. What is found first are places (sort value and id); the rows follow.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicI64, Ordering},
};

use dispatch_model::{
    BrandId, TicketId,
    limits::{COLLECTED_MAX, COUNTED_MAX},
    status::Statuses,
    ticket::TicketSort,
};

use super::{
    Assigned, Position, Shown, SortKey, StoredTicket, TicketFilter, collect,
    filter::{Driver, Walked},
    groups::{self, Segment},
    row, sift,
};
use crate::{
    Result, Select, Tx, counts,
    customers::{company_join, customer_columns},
    value::{Columns, only},
};

/// Which tickets are listed, in which order.
#[derive(Clone, Debug)]
pub struct TicketList {
    /// Which.
    pub filter: TicketFilter,
    /// What they are sorted by.
    pub sort: TicketSort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Behind this place.
    pub after: Option<Position>,
    /// Rows at most.
    pub limit: i64,
}

/// A brand, as far as its lists need it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The brand.
    pub brand: &'a BrandId,
    /// Its statuses.
    pub statuses: &'a Statuses,
    /// Whether rows of it are being rewritten.
    pub rewriting: bool,
}

/// Ids that one statement asks for.
pub(super) const IDS_AT_ONCE: usize = 1_024;
/// How many times more than usual are collected for a span of time.
const RANGES_WIDER: i64 = 4;
/// Tickets of a brand for each one that a list by title may collect: the titles alone are read from an index, more than
/// twenty times as fast as rows.
const TITLES_PER_ROW: i64 = 16;
/// Ranges of an index that are walked side by side.
const RANGES_MAX: usize = 16;

/// How many tickets a filter may find for the list to be collected.
static COLLECTED: AtomicI64 = AtomicI64::new(COLLECTED_MAX);

/// For tests: lists of more tickets are walked. What a list shows does not depend on it.
#[doc(hidden)]
pub fn collect_at_most(rows: i64) {
    COLLECTED.store(rows, Ordering::Relaxed);
}

/// Ranges that are walked side by side, each with its own filter and index.
type Ranges = Vec<(TicketFilter, Driver)>;

/// How the list is read.
enum Way {
    Collect(Driver),
    Walk(Ranges),
    /// The titles first, so many at a time, and then which of these tickets are wanted: most are.
    Titles(Ranges, i64),
}

/// A part of the tickets of a brand: their places and their rows.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, scene: Scene<'_>, list: &TicketList) -> Result<Vec<(Position, StoredTicket)>> {
    let way = way(tx, scene, list).await?;
    if let (Way::Walk(ranges), Some(column)) = (&way, direct(list.sort))
        && let [(filter, driver)] = ranges.as_slice()
        && filter.shown != Shown::Both
    {
        let select = columns!();
        let text = [select, ", substr(t.body, 1, 2001)", from!()].concat();
        let query = walk(&text, scene.brand, filter, *driver, column, list, list.after.as_ref(), &list.limit);
        let found = tx.select(&query, |columns| row(scene.brand, columns)).await?;
        return Ok(found.into_iter().map(|ticket| (direct_position(list.sort, &ticket), ticket)).collect());
    }
    let places = places(tx, scene, list, way).await?;
    let ids: Vec<TicketId> = places.iter().map(|place| place.id.clone()).collect();
    let mut found = rows(tx, scene.brand, &ids).await?;
    Ok(places.into_iter().filter_map(|place| Some((place.clone(), found.remove(&place.id)?))).collect())
}

/// The places of a part of the tickets of a brand, for lists across brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn positions(tx: &Tx, scene: Scene<'_>, list: &TicketList) -> Result<Vec<Position>> {
    let way = way(tx, scene, list).await?;
    places(tx, scene, list, way).await
}

/// The tickets with these ids, whatever kind they are. Of a body, one character more than is shown comes along, so that
/// the cut is known.
///
/// # Errors
/// When the database cannot answer.
pub async fn rows(tx: &Tx, brand: &BrandId, ids: &[TicketId]) -> Result<HashMap<TicketId, StoredTicket>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Select::new(concat!(columns!(), ", substr(t.body, 1, 2001)", from!()));
    select.with("t.brand_id =", brand).within("t.id", ids);
    let found = tx.select(&select, |columns| row(brand, columns)).await?;
    Ok(found.into_iter().map(|ticket| (ticket.id.clone(), ticket)).collect())
}

/// The column of a sort that an index has as it is.
const fn direct(sort: TicketSort) -> Option<&'static str> {
    match sort {
        TicketSort::CreatedAt => Some("t.created_at"),
        TicketSort::UpdatedAt => Some("t.updated_at"),
        TicketSort::TicketNumber => Some("t.number"),
        TicketSort::Priority => Some("t.priority"),
        _ => None,
    }
}

fn direct_position(sort: TicketSort, ticket: &StoredTicket) -> Position {
    let key = match sort {
        TicketSort::UpdatedAt => ticket.updated_at.as_millis(),
        TicketSort::TicketNumber => ticket.number,
        TicketSort::Priority => ticket.priority.rank(),
        _ => ticket.created_at.as_millis(),
    };
    Position { key: SortKey::Int(key), id: ticket.id.clone() }
}

/// The columns whose conditions the index of a sort serves.
const fn walked(sort: TicketSort, driver: Driver) -> Walked {
    Walked {
        live: !matches!(sort, TicketSort::TicketNumber) || !matches!(driver, Driver::Order),
        created: matches!(sort, TicketSort::CreatedAt),
        updated: matches!(sort, TicketSort::UpdatedAt),
        due: matches!(sort, TicketSort::DueAt),
    }
}

/// The filters that an index with the wanted order serves as well, as ranges of that index.
fn natural(list: &TicketList) -> Option<(Ranges, Vec<Driver>)> {
    let filter = &list.filter;
    let ranges = |parts: Vec<TicketFilter>, driver: Driver| {
        let split = |part: TicketFilter| part.split().into_iter().map(move |part| (part, driver));
        (parts.len() <= RANGES_MAX).then(|| (parts.into_iter().flat_map(split).collect(), vec![driver]))
    };
    let in_order = || filter.split().into_iter().map(|part| (part, Driver::Order)).collect();
    match (list.sort, &filter.statuses, &filter.assigned, &filter.customers) {
        (TicketSort::UpdatedAt, Some(statuses), ..) => {
            let one = |id| TicketFilter { statuses: Some(vec![id]), ..filter.clone() };
            ranges(statuses.iter().cloned().map(one).collect(), Driver::Status)
        }
        (TicketSort::UpdatedAt, None, Some(Assigned::To(who)), _) => {
            let one = |id| TicketFilter { assigned: Some(Assigned::To(vec![id])), ..filter.clone() };
            ranges(who.iter().cloned().map(one).collect(), Driver::Assigned)
        }
        (TicketSort::CreatedAt, _, _, Some(customers)) => {
            let one = |id| TicketFilter { customers: Some(vec![id]), ..filter.clone() };
            ranges(customers.iter().cloned().map(one).collect(), Driver::Customers)
        }
        (TicketSort::CreatedAt, ..) => Some((in_order(), vec![Driver::Created, Driver::Hidden])),
        (TicketSort::UpdatedAt, ..) => Some((in_order(), vec![Driver::Updated, Driver::Hidden])),
        (TicketSort::DueAt, ..) => Some((in_order(), vec![Driver::Due])),
        (TicketSort::Title, ..) => Some((in_order(), Vec::new())),
        (TicketSort::Priority, ..) => match &filter.priorities {
            None => Some((in_order(), vec![Driver::Hidden])),
            // One by one: otherwise those before the wanted ones would be read and left out.
            Some(priorities) => {
                let one = |rank| TicketFilter { priorities: Some(vec![rank]), ..filter.clone() };
                ranges(priorities.iter().copied().map(one).collect(), Driver::Priority)
            }
        },
        _ => Some((vec![(filter.clone(), Driver::Order)], Vec::new())),
    }
}

/// Whether the list is collected through a filter's index, or walked.
async fn way(tx: &Tx, scene: Scene<'_>, list: &TicketList) -> Result<Way> {
    let whole = || list.filter.split().into_iter().map(|part| (part, Driver::Order)).collect();
    if list.filter.nothing {
        return Ok(Way::Walk(Vec::new()));
    }
    if list.filter.ids.is_some() {
        return Ok(Way::Collect(Driver::Ids));
    }
    let drivers = list.filter.drivers();
    let natural = natural(list);
    let by_title = list.sort == TicketSort::Title && !list.filter.is_plain();
    if let Some((ranges, served)) = &natural
        && !by_title
        && drivers.iter().all(|driver| served.contains(driver))
    {
        return Ok(Way::Walk(ranges.clone()));
    }
    let max = COLLECTED.load(Ordering::Relaxed);
    // What was created or changed within some days stands together in the other orders as well: a walk would pass over all
    // that came later.
    let kept =
        if by_title || list.filter.statuses.is_some() { kept(tx, scene.brand, &list.filter).await? } else { None };
    let most = |driver: Driver| match (driver, kept) {
        (_, Some(kept)) if by_title => max.max(kept.all / TITLES_PER_ROW),
        (Driver::Created | Driver::Updated, _) => max * RANGES_WIDER,
        _ => max,
    };
    let of_statuses = kept.map(|kept| kept.found).filter(|_| list.filter.statuses.is_some());
    let best = fewest(tx, scene.brand, &list.filter, &drivers, most, of_statuses).await?;
    // What still needs somebody is the newest: a walk that begins there has soon met enough of it, however few it is compared with all.
    let newest_first = list.descending && matches!(list.sort, TicketSort::CreatedAt | TicketSort::TicketNumber);
    let soon_met = |found: i64| {
        let active = groups::active(scene.statuses);
        let are_active = list.filter.statuses.iter().flatten().all(|status| active.contains(status));
        let all = kept.map_or(i64::MAX, |kept| kept.all);
        newest_first && drivers == [Driver::Status] && are_active && found * found > list.limit.saturating_mul(all)
    };
    Ok(match best {
        Some((driver, fewest)) if fewest <= most(driver) && !soon_met(fewest) => Way::Collect(driver),
        _ if by_title => {
            let found = best.map_or(0, |(_, found)| found);
            let all = kept.map_or(0, |kept| kept.all);
            let one_in = all.checked_div(found).unwrap_or(TITLES_PER_ROW).max(1);
            Way::Titles(whole(), list.limit.saturating_mul(sift::WIDER).saturating_mul(one_in))
        }
        _ => Way::Walk(natural.map_or_else(whole, |(ranges, _)| ranges)),
    })
}

/// How many tickets there are in the statuses of a filter, and how many in all.
#[derive(Clone, Copy, Debug)]
struct Kept {
    found: i64,
    all: i64,
}

/// What is counted already, and need not be counted for a list: tickets by status. It says nothing of spam and of what is deleted.
async fn kept(tx: &Tx, brand: &BrandId, filter: &TicketFilter) -> Result<Option<Kept>> {
    if filter.shown != Shown::Live {
        return Ok(None);
    }
    let mut kept = Kept { found: 0, all: 0 };
    for count in counts::of_brand(tx, brand).await? {
        kept.all += count.live;
        if filter.statuses.iter().flatten().any(|status| *status == count.status_id) {
            kept.found += count.live;
        }
    }
    Ok(Some(kept))
}

/// The index that finds the fewest tickets, and how many: more than `max` of it when the count stopped there.
async fn fewest(
    tx: &Tx,
    brand: &BrandId,
    filter: &TicketFilter,
    drivers: &[Driver],
    max: impl Fn(Driver) -> i64,
    of_statuses: Option<i64>,
) -> Result<Option<(Driver, i64)>> {
    // Where the count stopped, there may be any number.
    let stopped = |driver: Driver, found: i64| (found > max(driver), found);
    let mut best: Option<(Driver, i64)> = None;
    for driver in drivers {
        let found = match of_statuses {
            Some(known) if *driver == Driver::Status => known,
            _ => found_by(tx, brand, filter, *driver, max(*driver) + 1).await?,
        };
        if best.is_none_or(|(other, fewest)| stopped(*driver, found) < stopped(other, fewest)) {
            best = Some((*driver, found));
        }
        if found <= RANGES_MAX as i64 {
            break;
        }
    }
    Ok(best)
}

/// How many tickets an index finds, up to `max`. Of a label it is asked how many it is on, whatever has become of them: the tickets
/// themselves would take ten times as long.
async fn found_by(tx: &Tx, brand: &BrandId, filter: &TicketFilter, driver: Driver, max: i64) -> Result<i64> {
    let part = filter.part(driver);
    let Some(mut select) = part.labelled(brand, driver) else {
        return count_up_to(tx, brand, &part, driver, max).await;
    };
    let limit = select.place(&max);
    select.end(&format!(" LIMIT {limit}) found"));
    Ok(tx.select(&select, only::<i64>).await?.first().copied().unwrap_or(0))
}

async fn count_up_to(tx: &Tx, brand: &BrandId, filter: &TicketFilter, driver: Driver, max: i64) -> Result<i64> {
    let mut found = 0;
    for part in filter.split() {
        let mut select = Select::new("SELECT count(*) FROM (SELECT 1 FROM ticket t");
        // Without a filter's index, whatever leads with brand and live will do.
        let walked = Walked { live: true, ..Walked::default() };
        part.conditions(&mut select, brand, driver, walked);
        let limit = select.place(&max);
        select.end(&format!(" LIMIT {limit}) found"));
        found += tx.select(&select, only::<i64>).await?.first().copied().unwrap_or(0);
    }
    Ok(found)
}

/// How many tickets there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// As many as were found.
    pub count: i64,
    /// Whether there may be more.
    pub capped: bool,
}

/// Counts tickets one by one, up to [`COUNTED_MAX`].
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId, filter: &TicketFilter) -> Result<Counted> {
    if filter.nothing {
        return Ok(Counted { count: 0, capped: false });
    }
    let mut found = 0;
    if let Some(ids) = &filter.ids {
        for chunk in ids.chunks(IDS_AT_ONCE) {
            let part = TicketFilter { ids: Some(chunk.to_vec()), ..filter.clone() };
            found += count_up_to(tx, brand, &part, Driver::Ids, COUNTED_MAX + 1).await?;
        }
    } else {
        let best = fewest(tx, brand, filter, &filter.drivers(), |_| COUNTED_MAX, None).await?;
        let driver = best.map_or(Driver::Order, |(driver, _)| driver);
        found = count_up_to(tx, brand, filter, driver, COUNTED_MAX + 1).await?;
    }
    Ok(Counted { count: found.min(COUNTED_MAX), capped: found > COUNTED_MAX })
}

/// A walk along an index.
#[expect(clippy::too_many_arguments, reason = "a statement is made of all of them")]
fn walk<'a>(
    text: &str,
    brand: &'a BrandId,
    filter: &'a TicketFilter,
    driver: Driver,
    column: &str,
    list: &'a TicketList,
    after: Option<&'a Position>,
    limit: &'a i64,
) -> Select<'a> {
    let mut select = Select::new(text);
    filter.conditions(&mut select, brand, driver, walked(list.sort, driver));
    let (operator, direction) = if list.descending { ("<", " DESC") } else { (">", "") };
    match after {
        Some(Position { key: SortKey::Int(value), id }) => {
            if list.sort == TicketSort::TicketNumber {
                select.with(&format!("t.number {operator}="), value);
            }
            select.beyond(&format!("{column}, t.id"), operator, &[value, id]);
        }
        Some(Position { key: SortKey::Text(value), id }) => {
            select.beyond(&format!("{column}, t.id"), operator, &[value, id]);
        }
        _ => {}
    }
    let order = order(list.sort, column, direction);
    if filter.is_plain() {
        select.first(&order, *limit);
    } else {
        select.page(&order, limit);
    }
    select
}

/// The order of a walk: by id where the column is the same. Nothing in a brand shares a number, and its index has no id;
/// in another brand something may, so that a place behind it has an id nevertheless.
fn order(sort: TicketSort, column: &str, direction: &str) -> String {
    match sort {
        TicketSort::TicketNumber => format!("{column}{direction}"),
        _ => format!("{column}{direction}, t.id{direction}"),
    }
}

async fn places(tx: &Tx, scene: Scene<'_>, list: &TicketList, way: Way) -> Result<Vec<Position>> {
    match way {
        Way::Collect(driver) => collect::collect(tx, scene, list, driver).await,
        Way::Walk(ranges) => walk_along(tx, scene, list, &ranges).await,
        Way::Titles(ranges, first) => sift::titles(tx, scene, list, &ranges, first).await,
    }
}

/// Along the ranges until the page is full.
pub(super) async fn walk_along(
    tx: &Tx,
    scene: Scene<'_>,
    list: &TicketList,
    ranges: &[(TicketFilter, Driver)],
) -> Result<Vec<Position>> {
    let mut found: Vec<Position> = Vec::new();
    for segment in groups::segments(tx, scene, list, ranges).await? {
        let missing = list.limit - i64::try_from(found.len()).unwrap_or(i64::MAX);
        if missing <= 0 {
            break;
        }
        found.extend(in_segment(tx, scene, list, &segment, missing).await?);
    }
    Ok(found)
}

/// The places of one segment behind the list's own place.
async fn in_segment(
    tx: &Tx,
    scene: Scene<'_>,
    list: &TicketList,
    segment: &Segment,
    limit: i64,
) -> Result<Vec<Position>> {
    let mut found: Vec<Position> = Vec::new();
    for range in &segment.ranges {
        let key = &segment.key;
        found.extend(match range.reading(tx, scene.brand, key, limit).await? {
            Reading::Direct(driver) => range.places(tx, scene.brand, list, key, driver, limit).await?,
            Reading::Sift(otherwise) => sift::group(tx, scene, list, range, key, otherwise, limit).await?,
        });
    }
    if segment.ranges.len() > 1 {
        found.sort_by(|one, two| one.order(two, list.descending));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(found)
}

/// How one range is read.
enum Reading {
    /// By this index.
    Direct(Driver),
    /// By its own index, and then which of these tickets are wanted; by this one if that takes too long.
    Sift(Driver),
}

impl groups::Range {
    /// How a range is read. A group stands by id, in whose order its own index does not have it: a small one is read whole and
    /// sorted, a large one is met often enough along the ids, of those that another filter finds where its index has them so.
    /// Where a filter leaves some of a group, its index alone gives the ids.
    async fn reading(&self, tx: &Tx, brand: &BrandId, key: &groups::Key, limit: i64) -> Result<Reading> {
        if matches!(key, groups::Key::Int(_) | groups::Key::Text(_)) || self.driver == Driver::Order {
            return Ok(Reading::Direct(self.driver));
        }
        let along = self.filter.along_ids();
        if along == Some(Driver::Category) {
            return Ok(Reading::Direct(Driver::Category));
        }
        let (max, first) = (COLLECTED.load(Ordering::Relaxed), sift::first(limit));
        let found = count_up_to(tx, brand, &self.filter.part(self.driver), self.driver, max.max(first) + 1).await?;
        let driver = if found > max { along.unwrap_or(Driver::Order) } else { self.driver };
        let is_small = found <= first;
        let is_sifted = match self.driver {
            Driver::Assigned => !is_small && !TicketFilter { assigned: None, ..self.filter.clone() }.is_plain(),
            Driver::Status => {
                !is_small && found <= max && !TicketFilter { statuses: None, ..self.filter.clone() }.is_plain()
            }
            _ => false,
        };
        Ok(if is_sifted { Reading::Sift(driver) } else { Reading::Direct(driver) })
    }

    /// The first places of this range behind the list's own place.
    pub(super) async fn places(
        &self,
        tx: &Tx,
        brand: &BrandId,
        list: &TicketList,
        key: &groups::Key,
        driver: Driver,
        limit: i64,
    ) -> Result<Vec<Position>> {
        let select = self.select(brand, list, key, driver, &limit);
        let read = |columns: &mut Columns<'_>| {
            Ok(match key {
                groups::Key::Fixed(key) => Position { key: key.clone(), id: columns.take()? },
                groups::Key::Int(_) => Position { key: SortKey::Int(columns.take()?), id: columns.take()? },
                groups::Key::Text(_) => Position { key: SortKey::Text(columns.take()?), id: columns.take()? },
            })
        };
        tx.select(&select, read).await
    }

    /// The statement that finds the places of this range.
    fn select<'a>(
        &'a self,
        brand: &'a BrandId,
        list: &'a TicketList,
        key: &'a groups::Key,
        driver: Driver,
        limit: &'a i64,
    ) -> Select<'a> {
        let after = list.after.as_ref().filter(|after| match key {
            groups::Key::Fixed(key) => after.key == *key,
            groups::Key::Int(_) | groups::Key::Text(_) => true,
        });
        let (operator, direction) = if list.descending { ("<", " DESC") } else { (">", "") };
        match key {
            groups::Key::Int(column) | groups::Key::Text(column) => {
                let text = format!("SELECT {column}, t.id FROM {}", self.from);
                let mut select = Select::new(&text);
                self.filter.conditions(&mut select, brand, driver, walked(list.sort, driver));
                for condition in self.more {
                    select.is(condition);
                }
                match after.map(|after| (&after.key, &after.id)) {
                    Some((SortKey::Int(value), id)) => {
                        if list.sort == TicketSort::TicketNumber {
                            select.with(&format!("t.number {operator}="), value);
                        }
                        select.beyond(&format!("{column}, t.id"), operator, &[value, id]);
                    }
                    Some((SortKey::Text(value), id)) => {
                        // Where the column stands in another table, the first condition is what its index serves.
                        select.with(&format!("{column} {operator}="), value);
                        select.beyond(&format!("{column}, t.id"), operator, &[value, id]);
                    }
                    _ => {}
                }
                select.page(&order(list.sort, column, direction), limit);
                select
            }
            groups::Key::Fixed(_) => {
                let text = format!("SELECT t.id FROM {}", self.from);
                let mut select = Select::new(&text);
                // Along the ids, no other index may be of use.
                self.filter.conditions(&mut select, brand, driver, Walked::default());
                for condition in self.more {
                    select.is(condition);
                }
                // By the index of the group: SQLite would rather go through the ids of the whole brand than sort.
                let id =
                    if matches!(driver, Driver::Status | Driver::Assigned) { "coalesce(t.id, '')" } else { "t.id" };
                if let Some(after) = after {
                    select.with(&format!("{id} {operator}"), &after.id);
                }
                select.page(&format!("{id}{direction}"), limit);
                select
            }
        }
    }
}
