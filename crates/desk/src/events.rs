//! Reading a brand's log (API 15.1).

use dispatch_model::{
    BrandId, TicketId,
    event::{Event, EventPage, EventPagination, EventType, expand_types},
    id::event_sequence,
    limits::{EVENTS_EXAMINED_MAX, STREAM_CATCH_UP, STREAM_READ_MAX},
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
    let wanted = wanted(tx, brand, query.types.as_deref(), query.ticket_id.as_deref(), query.admin).await?;
    let after = match query.after.as_deref() {
        None => 0,
        Some("now") => return Ok(page(Vec::new(), false, last)),
        Some(text) => position(tx, brand, "after", text, last).await?,
    };
    let truncated = query.after.is_some() && after + 1 < store::log::kept_from(tx, brand).await?;
    Ok(EventPage { truncated, ..read(tx, brand, &wanted, after, last, query.limit).await? })
}

/// Which events of a log somebody reads.
#[derive(Clone, Debug)]
pub struct Wanted {
    types: Vec<EventType>,
    /// Only of this ticket.
    pub ticket: Option<TicketId>,
}

impl Wanted {
    /// Whether it is one of them.
    #[must_use]
    pub fn wants(&self, kind: &str, ticket: Option<&TicketId>) -> bool {
        self.types.binary_search_by(|known| (*known).cmp(kind)).is_ok()
            && self.ticket.as_ref().is_none_or(|wanted| ticket == Some(wanted))
    }
}

async fn wanted(
    tx: &Tx,
    brand: &BrandId,
    types: Option<&[String]>,
    ticket: Option<&str>,
    admin: bool,
) -> Result<Wanted> {
    let everything = ["*".to_owned()];
    let types = types.unwrap_or(&everything);
    // They come sorted.
    let types = expand_types(types, admin).map_err(|text| invalid("types", format!("unknown event {text}")))?;
    let ticket = match ticket {
        None => None,
        Some(id) => {
            let found = store::tickets::id_of(tx, brand, id).await?;
            Some(found.ok_or_else(|| invalid("ticketId", "unknown ticket"))?)
        }
    };
    Ok(Wanted { types, ticket })
}

/// What a live stream is to carry.
#[derive(Clone, Debug)]
pub struct StreamQuery {
    /// Where it goes on: the name of the parameter, and a position, an event id or `now`. None for now.
    pub after: Option<(&'static str, String)>,
    /// Names, groups and `*`.
    pub types: Option<Vec<String>>,
    /// Only of this ticket: id or number.
    pub ticket_id: Option<String>,
    /// Whether the caller reads what only admins may.
    pub admin: bool,
}

/// Where a live stream begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// What it carries.
    pub wanted: Wanted,
    /// The sequence behind which it begins.
    pub after: i64,
    /// The last sequence there is.
    pub last: i64,
}

/// Where a live stream begins, and what it carries.
///
/// # Errors
/// When there is no such brand, or the place, `types` or `ticketId` is unknown.
pub async fn begin(tx: &Tx, brand: &BrandId, query: &StreamQuery) -> Result<Beginning> {
    brands::get(tx, brand).await?;
    let last = tx.counter(brand).await?.found()?.last_sequence;
    let wanted = wanted(tx, brand, query.types.as_deref(), query.ticket_id.as_deref(), query.admin).await?;
    let after = match &query.after {
        None => last,
        Some((_, text)) if text == "now" => last,
        Some((field, text)) => position(tx, brand, field, text, last).await?,
    };
    Ok(Beginning { wanted, after, last })
}

/// The next events for a live stream that is behind.
///
/// # Errors
/// When the brand is gone or the database cannot answer.
pub async fn catch_up(tx: &Tx, brand: &BrandId, wanted: &Wanted, after: i64) -> Result<(Vec<Event>, i64)> {
    brands::get(tx, brand).await?;
    let last = tx.counter(brand).await?.found()?.last_sequence;
    let page = read(tx, brand, wanted, after, last, STREAM_CATCH_UP).await?;
    let position = page.position.parse().unwrap_or(after);
    Ok((page.data, position))
}

/// By what a log has grown, for all live streams of its brand: the next events, whatever they are.
///
/// # Errors
/// When the brand is gone or the database cannot answer.
pub async fn grown(tx: &Tx, brand: &BrandId, after: i64) -> Result<Vec<Event>> {
    brands::get(tx, brand).await?;
    if tx.counter(brand).await?.found()?.last_sequence <= after {
        return Ok(Vec::new());
    }
    Ok(store::log::after(tx, brand, None, after, STREAM_READ_MAX).await?)
}

/// The sequence behind a position or an event id.
async fn position(tx: &Tx, brand: &BrandId, field: &str, text: &str, last: i64) -> Result<i64> {
    let unknown = || invalid(field, "unknown position");
    if let Ok(position) = text.parse::<i64>() {
        return if (0..=last).contains(&position) { Ok(position) } else { Err(unknown()) };
    }
    if let Some(sequence) = store::log::sequence_of(tx, brand, text).await? {
        return Ok(sequence);
    }
    // The id of an event that is no longer kept says where it stood.
    let kept_from = store::log::kept_from(tx, brand).await?;
    event_sequence(text).filter(|sequence| (1..kept_from).contains(sequence)).ok_or_else(unknown)
}

/// Examines the log in chunks until the page is full or enough rows were looked at.
async fn read(
    tx: &Tx,
    brand: &BrandId,
    Wanted { types, ticket }: &Wanted,
    after: i64,
    last: i64,
    limit: i64,
) -> Result<EventPage> {
    let ticket = ticket.as_ref().map(TicketId::as_str);
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
        truncated: false,
    }
}
