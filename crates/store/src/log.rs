//! The event log of a brand: one row per change, in the transaction of the change, numbered without holes.

use dispatch_model::{
    BrandId, JsonText, Timestamp,
    event::{Event, EventType, NewEvent},
    id::event_sequence,
};

use crate::{
    Result, Select, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "sequence, id, type, created_at, source, actor, entity_id, ticket_id, caused_by, depth, changes, data"
    };
}

crate::statements! {
    INSERT = "INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor, entity_id, ticket_id,
        caused_by, depth, changes, data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, 0, $10, $11)";
    ID_AT = "SELECT id FROM event WHERE brand_id = $1 AND sequence = $2";
    FIRST = "SELECT coalesce(min(sequence), 1) FROM event WHERE brand_id = $1";
    AFTER = concat!("SELECT ", columns!(), " FROM event
        WHERE brand_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3");
    BETWEEN = "SELECT sequence, entity_id, actor, changes, data FROM event
        WHERE brand_id = $1 AND sequence > $2 AND sequence <= $3 ORDER BY sequence";
    REWORD = "UPDATE event SET actor = $3, changes = $4, data = $5 WHERE brand_id = $1 AND sequence = $2";
    OF_TICKET_AFTER = concat!("SELECT ", columns!(), " FROM event
        WHERE brand_id = $1 AND ticket_id = $2 AND sequence > $3 ORDER BY sequence LIMIT $4");
}

/// An event with its place in the log.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) sequence: i64,
    pub(crate) brand: BrandId,
    pub(crate) event: NewEvent,
    pub(crate) at: Timestamp,
    pub(crate) source: &'static str,
    pub(crate) actor: String,
}

/// Writes events.
pub(crate) async fn insert(tx: &Tx, entries: &[Entry]) -> Result<()> {
    for Entry { id, sequence, brand, event, at, source, actor } in entries {
        let NewEvent { kind, entity_id, ticket_id, changes, data } = event;
        tx.run(&INSERT, args![brand, sequence, id, kind, at, source, actor, entity_id, ticket_id, changes, data])
            .await?;
    }
    Ok(())
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Event> {
    Ok(Event {
        brand_id: brand.clone(),
        sequence: columns.take()?,
        id: columns.take()?,
        kind: columns.take()?,
        created_at: columns.take()?,
        source: columns.take()?,
        actor: columns.take()?,
        entity_id: columns.take()?,
        ticket_id: columns.take()?,
        caused_by: columns.take()?,
        depth: columns.take()?,
        changes: columns.take()?,
        data: columns.take()?,
    })
}

/// The sequence of the event with this id, if it is in the brand's log.
///
/// # Errors
/// When the database cannot answer.
pub async fn sequence_of(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<i64>> {
    let Some(sequence) = event_sequence(id) else { return Ok(None) };
    let found: Option<String> = tx.maybe(&ID_AT, args![brand, sequence], only).await?;
    Ok(found.filter(|found| found == id).map(|_| sequence))
}

/// The sequence of the oldest event that is kept; 1 in an empty log.
///
/// # Errors
/// When the database cannot answer.
pub async fn first_sequence(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&FIRST, args![brand], only).await
}

/// Up to `limit` events behind `after`, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn after(tx: &Tx, brand: &BrandId, ticket: Option<&str>, after: i64, limit: i64) -> Result<Vec<Event>> {
    match ticket {
        None => tx.all(&AFTER, args![brand, after, limit], |columns| row(brand, columns)).await,
        Some(ticket) => {
            tx.all(&OF_TICKET_AFTER, args![brand, ticket, after, limit], |columns| row(brand, columns)).await
        }
    }
}

/// The parts of an event that may hold what somebody wants to be forgotten. Its id, type, time and place never change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The id of what it is about.
    pub entity_id: String,
    /// Who did it.
    pub actor: JsonText,
    /// What changed.
    pub changes: Option<JsonText>,
    /// The payload.
    pub data: JsonText,
}

/// Lets `reword` change the events behind `after` up to `last`: it answers the new parts, or nothing when they may stay.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn scrub(
    tx: &Tx,
    brand: &BrandId,
    after: i64,
    last: i64,
    reword: impl Fn(&Wording) -> Option<Wording> + Send,
) -> Result<()> {
    let events = tx
        .all(&BETWEEN, args![brand, after, last], |columns| {
            let sequence: i64 = columns.take()?;
            let wording = Wording {
                entity_id: columns.take()?,
                actor: columns.take()?,
                changes: columns.take()?,
                data: columns.take()?,
            };
            Ok((sequence, wording))
        })
        .await?;
    for (sequence, old) in events {
        if let Some(Wording { actor, changes, data, .. }) = reword(&old) {
            tx.run(&REWORD, args![brand, sequence, actor, changes, data]).await?;
        }
    }
    Ok(())
}

/// What activity of a ticket is asked for.
#[derive(Debug)]
pub struct ActivityPage<'a> {
    /// Only these types, when not empty.
    pub types: &'a [EventType],
    /// Newest first.
    pub newest_first: bool,
    /// Behind this sequence in the order of the page.
    pub after: Option<i64>,
    /// Rows at most.
    pub limit: i64,
}

/// The events of a ticket in either order.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_ticket(tx: &Tx, brand: &BrandId, ticket: &str, page: &ActivityPage<'_>) -> Result<Vec<Event>> {
    let mut select = Select::new(concat!("SELECT ", columns!(), " FROM event"));
    select.with("brand_id =", brand).with("ticket_id =", ticket);
    if !page.types.is_empty() {
        select.within("type", page.types);
    }
    if let Some(after) = &page.after {
        select.with(if page.newest_first { "sequence <" } else { "sequence >" }, after);
    }
    select.page(if page.newest_first { "sequence DESC" } else { "sequence" }, &page.limit);
    tx.select(&select, |columns| row(brand, columns)).await
}
