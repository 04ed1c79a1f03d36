//! Lists and counts of tickets, of one brand and across brands (API 5.4, 23).

use std::{collections::HashMap, sync::Arc};

use dispatch_model::{
    BrandId, TicketId,
    brand::Brand,
    event::Act,
    page::{Cursor, Page, Pagination, fingerprint},
    status::Statuses,
    ticket::{BrandOfTicket, Ticket, TicketCount, TicketSort},
};
use dispatch_store::{
    self as store, Tx,
    tickets::{Position, Scene, Shown, SortKey, StoredTicket, TicketFilter, TicketList, shortened},
};
use futures_util::future::try_join_all;

use super::{
    dress,
    filter::{Filtered, Place, TicketQuery, filter},
};
use crate::{
    Caller, Result, brands,
    error::{Found, invalid},
};

/// The tickets of a brand that a query finds, a page at a time.
///
/// # Errors
/// When there is no such brand, a filter names what is not there, or the cursor is of another list.
pub async fn list(tx: &Tx, act: &Act, brand_id: &BrandId, query: &TicketQuery) -> Result<Page<Ticket>> {
    let (brand, statuses) =
        futures_util::try_join!(brands::get(tx, brand_id), async { Ok(store::statuses::all(tx, brand_id).await?) })?;
    let mark = mark(brand_id.as_str(), query);
    let after = after(query, mark)?;
    let place = Place::of(tx, &brand, &statuses).await?;
    let Filtered { filter, truncated } = filter(tx, &place, query, act.at, false).await?;
    let wanted = wanted(query, filter, after);
    let scene = Scene { brand: brand_id, statuses: &statuses, rewriting: brand.rewriting };
    let found = store::tickets::list(tx, scene, &wanted).await?;
    let (places, mut tickets): (Vec<Position>, Vec<StoredTicket>) = found.into_iter().unzip();
    dress(tx, &brand, &mut tickets).await?;
    let shown =
        tickets.into_iter().map(|ticket| ticket.view(&statuses).map(shortened)).collect::<store::Result<Vec<_>>>()?;
    Ok(page(query, mark, places.into_iter().zip(shown).collect(), truncated))
}

/// The tickets of all customers of a company that a query finds.
///
/// # Errors
/// When there is no such company, a filter names what is not there, or the cursor is of another list.
pub async fn list_of_company(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    company: &str,
    query: &TicketQuery,
) -> Result<Page<Ticket>> {
    brands::get(tx, brand).await?;
    store::companies::by_id(tx, brand, company).await?.found()?;
    if query.company_id.as_deref().is_some_and(|wanted| wanted != company) {
        return Err(invalid("companyId", "is another company than that of the path"));
    }
    let of_company = TicketQuery { company_id: Some(company.to_owned()), ..query.clone() };
    list(tx, act, brand, &of_company).await
}

fn wanted(query: &TicketQuery, filter: TicketFilter, after: Option<Position>) -> TicketList {
    TicketList {
        filter,
        sort: query.sort.unwrap_or(TicketSort::CreatedAt),
        descending: !query.ascending,
        after,
        limit: query.limit + 1,
    }
}

/// What the cursor of this list is bound to: everything but the limit and the cursor itself.
fn mark(scope: &str, query: &TicketQuery) -> u64 {
    let bound = TicketQuery { limit: 0, cursor: None, ..query.clone() };
    fingerprint(&["tickets", scope, &format!("{bound:?}")])
}

fn after(query: &TicketQuery, mark: u64) -> Result<Option<Position>> {
    let Some(text) = query.cursor.as_deref() else { return Ok(None) };
    let read = || {
        let mut keys = Cursor::decode(text, mark, 2)?.keys;
        let id = keys.pop()?;
        Some(Position { key: SortKey::decode(&keys.pop()?)?, id: TicketId::from(id) })
    };
    read().map(Some).ok_or_else(|| invalid("cursor", "is not a cursor of this list"))
}

fn page(query: &TicketQuery, mark: u64, mut found: Vec<(Position, Ticket)>, truncated: bool) -> Page<Ticket> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let has_more = found.len() > limit;
    found.truncate(limit);
    let cursor = found
        .last()
        .filter(|_| has_more)
        .map(|(place, _)| Cursor { fingerprint: mark, keys: vec![place.key.encode(), place.id.0.clone()] }.encode());
    let pagination = Pagination { has_more, cursor: cursor.clone(), next_cursor: cursor, truncated };
    Page { data: found.into_iter().map(|(_, ticket)| ticket).collect(), pagination }
}

/// How many tickets of a brand a query finds.
///
/// # Errors
/// When there is no such brand, or a filter names what is not there.
pub async fn count(tx: &Tx, act: &Act, brand_id: &BrandId, query: &TicketQuery) -> Result<TicketCount> {
    let (brand, statuses) =
        futures_util::try_join!(brands::get(tx, brand_id), async { Ok(store::statuses::all(tx, brand_id).await?) })?;
    count_in(tx, act, &brand, &statuses, query, false).await
}

async fn count_in(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    statuses: &Statuses,
    query: &TicketQuery,
    across: bool,
) -> Result<TicketCount> {
    let place = Place::of(tx, brand, statuses).await?;
    let Filtered { filter, truncated } = filter(tx, &place, query, act.at, across).await?;
    // Without filters, or by status alone, the counts are kept.
    let alone = TicketFilter { statuses: None, ..filter.clone() };
    if !filter.nothing && filter.shown == Shown::Live && alone.is_plain() {
        let fits = |count: &store::counts::Count| {
            filter.statuses.as_ref().is_none_or(|statuses| statuses.contains(&count.status_id))
        };
        let counts = store::counts::of_brand(tx, &brand.id).await?;
        let count = counts.iter().filter(|count| fits(count)).map(|count| count.live).sum();
        return Ok(TicketCount { count, capped: false });
    }
    let counted = store::tickets::count(tx, &brand.id, &filter).await?;
    Ok(TicketCount { count: counted.count, capped: counted.capped || truncated })
}

/// The brands of a list across brands.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// Only these, as far as the caller reaches them.
    pub brand_ids: Option<Vec<String>>,
}

impl Across {
    /// The brands that are meant: those the caller reaches. One outside is treated like an unknown one.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn brands(&self, tx: &Tx, caller: &Caller) -> Result<Vec<Brand>> {
        let all = brands::reachable(tx, caller).await?;
        let wanted =
            |brand: &Brand| self.brand_ids.as_ref().is_none_or(|ids| ids.iter().any(|id| *id == brand.id.as_str()));
        Ok(all.into_iter().filter(wanted).collect())
    }
}

/// Brands that are asked side by side: on PostgreSQL their statements share round trips.
const BRANDS_AT_ONCE: usize = 16;

/// The tickets that a query finds in all brands that the caller reaches, a page at a time: the first of each brand,
/// merged.
///
/// # Errors
/// When a filter is wrong or the cursor is of another list.
pub async fn list_across(
    tx: &Tx,
    act: &Act,
    caller: &Caller,
    across: &Across,
    query: &TicketQuery,
) -> Result<Page<Ticket>> {
    let brands = across.brands(tx, caller).await?;
    let scope: Vec<&str> = brands.iter().map(|brand| brand.id.as_str()).collect();
    let mark = mark(&scope.join(" "), query);
    let after = after(query, mark)?;
    let (mut places, mut truncated): (Vec<(Position, usize)>, bool) = (Vec::new(), false);
    let mut statuses_of: Vec<Statuses> = Vec::with_capacity(brands.len());
    for some in brands.chunks(BRANDS_AT_ONCE) {
        let firsts = some.iter().map(|brand| first_of(tx, act, brand, query, after.as_ref()));
        for first in try_join_all(firsts).await? {
            let at = statuses_of.len();
            truncated |= first.truncated;
            places.extend(first.places.into_iter().map(|place| (place, at)));
            statuses_of.push(first.statuses);
        }
    }
    places.sort_by(|(one, _), (two, _)| one.order(two, !query.ascending));
    places.truncate(usize::try_from(query.limit + 1).unwrap_or(usize::MAX));
    let mut ids_of: Vec<Vec<TicketId>> = vec![Vec::new(); brands.len()];
    for (place, at) in &places {
        ids_of[*at].push(place.id.clone());
    }
    let mut tickets: HashMap<TicketId, Ticket> = HashMap::new();
    let met: Vec<_> = brands.iter().zip(&statuses_of).zip(&ids_of).filter(|(_, ids)| !ids.is_empty()).collect();
    for some in met.chunks(BRANDS_AT_ONCE) {
        let shown = some.iter().map(|((brand, statuses), ids)| shown_of(tx, brand, statuses, ids));
        for ticket in try_join_all(shown).await?.into_iter().flatten() {
            tickets.insert(ticket.id.clone(), ticket);
        }
    }
    let found = places
        .into_iter()
        .filter_map(|(place, _)| {
            let ticket = tickets.remove(&place.id)?;
            Some((place, ticket))
        })
        .collect();
    Ok(page(query, mark, found, truncated))
}

/// What a list across brands may show of one of them.
struct First {
    places: Vec<Position>,
    statuses: Statuses,
    truncated: bool,
}

async fn first_of(tx: &Tx, act: &Act, brand: &Brand, query: &TicketQuery, after: Option<&Position>) -> Result<First> {
    let statuses = store::statuses::all(tx, &brand.id).await?;
    let place = Place::of(tx, brand, &statuses).await?;
    let Filtered { filter, truncated } = filter(tx, &place, query, act.at, true).await?;
    let scene = Scene { brand: &brand.id, statuses: &statuses, rewriting: brand.rewriting };
    let places = store::tickets::positions(tx, scene, &wanted(query, filter, after.cloned())).await?;
    Ok(First { places, statuses, truncated })
}

/// These tickets of a brand, which they name.
async fn shown_of(tx: &Tx, brand: &Brand, statuses: &Statuses, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    let mut rows: Vec<StoredTicket> = store::tickets::rows(tx, &brand.id, ids).await?.into_values().collect();
    dress(tx, brand, &mut rows).await?;
    let shown = Arc::new(BrandOfTicket {
        id: brand.id.clone(),
        name: brand.name.clone(),
        slug: brand.slug.clone(),
        ticket_prefix: brand.ticket_prefix.clone(),
        icon_url: brand.icon_url.clone(),
    });
    let of_brand = |row: StoredTicket| Ok(Ticket { brand: Some(shown.clone()), ..shortened(row.view(statuses)?) });
    rows.into_iter().map(of_brand).collect()
}

/// How many tickets a query finds in all brands that the caller reaches.
///
/// # Errors
/// When a filter is wrong.
pub async fn count_across(
    tx: &Tx,
    act: &Act,
    caller: &Caller,
    across: &Across,
    query: &TicketQuery,
) -> Result<TicketCount> {
    let mut all = TicketCount { count: 0, capped: false };
    let mut exact = true;
    for brand in across.brands(tx, caller).await? {
        let statuses = store::statuses::all(tx, &brand.id).await?;
        let counted = count_in(tx, act, &brand, &statuses, query, true).await?;
        all.count += counted.count;
        all.capped |= counted.capped;
        exact &= counted.count <= dispatch_model::limits::COUNTED_MAX || !counted.capped;
    }
    // A sum of what was counted one by one stops where a single count does.
    if all.capped && exact {
        all.count = all.count.min(dispatch_model::limits::COUNTED_MAX);
    }
    Ok(all)
}
