//! Lists of what a filter's index finds, sorted here or by the database.

use dispatch_model::ticket::TicketSort;

use super::{
    Position, SortKey, TicketFilter,
    filter::{Driver, Walked},
    groups,
    list::{IDS_AT_ONCE, Scene, TicketList},
};
use crate::{Result, Select, Tx, value::Columns};

/// Where tickets without a date stand among dates: behind all of them, in either order.
macro_rules! never {
    () => {
        9007199254740991
    };
}
const NEVER: i64 = never!();
const NEVER_DESCENDING: i64 = -NEVER;

/// The value of a column that the database can sort what is collected by, so that only a page of it is read; written so that no
/// index seems to have that order.
const fn sorted(sort: TicketSort, descending: bool) -> Option<&'static str> {
    Some(match (sort, descending) {
        (TicketSort::CreatedAt, _) => "coalesce(t.created_at, 0)",
        (TicketSort::UpdatedAt, _) => "coalesce(t.updated_at, 0)",
        (TicketSort::TicketNumber, _) => "coalesce(t.number, 0)",
        (TicketSort::Priority, _) => "coalesce(t.priority, 0)",
        (TicketSort::DueAt, false) => concat!("coalesce(t.due_at, ", never!(), ")"),
        (TicketSort::DueAt, true) => concat!("coalesce(t.due_at, -", never!(), ")"),
        (TicketSort::Title, _) => "coalesce(t.title_key, '')",
        _ => return None,
    })
}

/// The first of everything that the filter's index finds.
pub(super) async fn collect(tx: &Tx, scene: Scene<'_>, list: &TicketList, driver: Driver) -> Result<Vec<Position>> {
    let known = groups::Known::load(tx, scene, list).await?;
    let text = format!("SELECT t.id, {}", groups::collected(list.sort, scene.rewriting));
    let mut found: Vec<Position> = Vec::new();
    let parts: Vec<TicketFilter> = match &list.filter.ids {
        Some(ids) if ids.len() > IDS_AT_ONCE => ids
            .chunks(IDS_AT_ONCE)
            .map(|chunk| TicketFilter { ids: Some(chunk.to_vec()), ..list.filter.clone() })
            .collect(),
        _ => vec![list.filter.clone()],
    };
    let parts: Vec<TicketFilter> = parts.iter().flat_map(TicketFilter::split).collect();
    for part in &parts {
        let mut select = Select::new(&text);
        part.conditions(&mut select, scene.brand, driver, Walked::default());
        if let Some(value) = sorted(list.sort, list.descending) {
            let (operator, direction) = if list.descending { ("<", " DESC") } else { (">", "") };
            let columns = format!("{value}, t.id");
            match list.after.as_ref().map(|after| (&after.key, &after.id)) {
                Some((SortKey::Int(at), id)) => select.beyond(&columns, operator, &[at, id]),
                Some((SortKey::Text(at), id)) => select.beyond(&columns, operator, &[at, id]),
                Some((SortKey::Empty, id)) => {
                    select.beyond(&columns, operator, &[if list.descending { &NEVER_DESCENDING } else { &NEVER }, id])
                }
                None => &mut select,
            };
            select.page(&format!("{value}{direction}, t.id{direction}"), &list.limit);
        }
        let read = |columns: &mut Columns<'_>| {
            let id = columns.take()?;
            Ok(Position { key: known.key(list.sort, columns)?, id })
        };
        found.extend(tx.select(&select, read).await?);
    }
    if let Some(after) = &list.after {
        found.retain(|place| after.order(place, list.descending).is_lt());
    }
    found.sort_by(|one, two| one.order(two, list.descending));
    found.truncate(usize::try_from(list.limit).unwrap_or(usize::MAX));
    Ok(found)
}
