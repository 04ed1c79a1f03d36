//! Reading a brand's log (API 15.1).

use dispatch_model::{
    BrandId,
    event::{Event, EventPage, EventPagination, expand_types},
    limits::EVENTS_EXAMINED_MAX,
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result, brands,
    error::{Found, invalid},
};

/// What of the log is asked for.
#[derive(Clone, Debug)]
pub struct EventQuery {
    /// A position, an event id or `now`; none for the oldest.
    pub after: Option<String>,
    /// Names, groups and `*`.
    pub types: Option<Vec<String>>,
    /// Only of this ticket: id or number.
    pub ticket_id: Option<String>,
    /// Events at most.
    pub limit: i64,
    /// Whether the caller reads what only admins may.
    pub admin: bool,
}

/// A part of the log, oldest first.
///
/// # Errors
/// When there is no such brand, or `after`, `types` or `ticketId` is unknown.
pub async fn list(tx: &Tx, brand: &BrandId, query: &EventQuery) -> Result<EventPage> {
    brands::get(tx, brand).await?;
    let last = tx.counter(brand).await?.found()?.last_sequence;
    let everything = ["*".to_owned()];
    let wanted = query.types.as_deref().unwrap_or(&everything);
    let types = expand_types(wanted, query.admin).map_err(|text| invalid("types", format!("unknown event {text}")))?;
    let ticket = match &query.ticket_id {
        None => None,
        Some(id) => {
            let found = store::tickets::id_of(tx, brand, id).await?;
            Some(found.ok_or_else(|| invalid("ticketId", "unknown ticket"))?)
        }
    };
    let after = match query.after.as_deref() {
        None => 0,
        Some("now") => return Ok(page(Vec::new(), false, last)),
        Some(text) => position(tx, brand, text, last).await?,
    };
    let ticket = ticket.as_ref().map(dispatch_model::TicketId::as_str);
    read(tx, brand, ticket, after, last, query.limit, &types).await
}

/// The sequence behind a position or an event id.
async fn position(tx: &Tx, brand: &BrandId, text: &str, last: i64) -> Result<i64> {
    let unknown = || invalid("after", "unknown position");
    if let Ok(position) = text.parse::<i64>() {
        return if (0..=last).contains(&position) { Ok(position) } else { Err(unknown()) };
    }
    store::log::sequence_of(tx, brand, text).await?.ok_or_else(unknown)
}

/// Examines the log in chunks until the page is full or enough rows were looked at.
async fn read(
    tx: &Tx,
    brand: &BrandId,
    ticket: Option<&str>,
    after: i64,
    last: i64,
    limit: i64,
    types: &[&str],
) -> Result<EventPage> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut events, mut at, mut examined): (Vec<Event>, i64, i64) = (Vec::new(), after, 0);
    while examined < EVENTS_EXAMINED_MAX {
        let chunk = store::log::after(tx, brand, ticket, at, limit + 1).await?;
        let whole = i64::try_from(chunk.len()).unwrap_or(i64::MAX) <= limit;
        for event in chunk {
            if types.contains(&event.kind.as_str()) {
                if events.len() == wanted {
                    return Ok(page(events, true, at));
                }
                at = event.sequence;
                events.push(event);
            } else {
                at = event.sequence;
            }
            examined += 1;
        }
        if whole {
            // Nothing is left: the whole log up to its end has been examined, whatever was filtered out.
            return Ok(page(events, false, last.max(after)));
        }
    }
    Ok(page(events, true, at))
}

fn page(data: Vec<Event>, has_more: bool, position: i64) -> EventPage {
    let next = has_more.then(|| position.to_string());
    EventPage {
        data,
        pagination: EventPagination { has_more, cursor: next.clone(), next_cursor: next },
        position: position.to_string(),
    }
}
