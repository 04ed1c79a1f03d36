//! The event log of a brand: one row per change, in the transaction of the change, numbered without holes.

use dispatch_model::{
    BrandId, JsonText, TicketId, Timestamp,
    event::{Actor, Cause, Event, EventType, NewEvent, Telling},
    id::event_sequence,
};

use crate::{
    Error, Result, Select, Tx, args,
    pack::{self, Body},
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "sequence, id, type, created_at, source, entity_id, ticket_id, caused_by, depth, body"
    };
}

// Below the macro that it uses.
mod audit;
pub use audit::{AuditEntry, Found, Log, audit};

crate::statements! {
    INSERT = "INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor_type, actor_id, entity_id,
        ticket_id, caused_by, depth, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE_BODY = "UPDATE event SET body = $3 WHERE brand_id = $1 AND sequence = $2";
    BODIES = "SELECT sequence, body FROM event WHERE brand_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    ID_AT = "SELECT id FROM event WHERE brand_id = $1 AND sequence = $2";
    FIRST = "SELECT coalesce(min(sequence), 1) FROM event WHERE brand_id = $1";
    KEPT_FROM = "SELECT kept_from FROM brand_counter WHERE brand_id = $1";
    SET_KEPT_FROM = "UPDATE brand_counter SET kept_from = $2 WHERE brand_id = $1";
    TIMES = "SELECT sequence, created_at FROM event WHERE brand_id = $1 ORDER BY sequence LIMIT $2";
    REMOVE = "DELETE FROM event WHERE brand_id = $1 AND sequence <= $2";
    READ_TO = "SELECT min(position) FROM consumer WHERE brand_id = $1";
    /// Of what is still to be delivered, called or mailed, the first event.
    DELIVERED_FROM = "SELECT min(d.sequence) FROM webhook w JOIN delivery d ON d.brand_id = w.brand_id AND d.webhook_id = w.id
        WHERE w.brand_id = $1 AND d.due_at IS NOT NULL AND d.due_at > -1";
    CALLED_FROM = "SELECT min(r.sequence) FROM automation_call c JOIN automation_run r ON r.brand_id = c.brand_id AND r.id = c.run_id
        WHERE c.brand_id = $1";
    MAILED_FROM = "SELECT min(event_id) FROM mail WHERE due_at IS NOT NULL AND due_at > -1 AND coalesce(brand_id, '') = $1";
    AFTER = concat!("SELECT ", columns!(), " FROM event
        WHERE brand_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3");
    BETWEEN = concat!("SELECT ", columns!(), " FROM event
        WHERE brand_id = $1 AND sequence > $2 AND sequence <= $3 ORDER BY sequence");
    OF_ENTITY = concat!("SELECT ", columns!(), " FROM event
        WHERE brand_id = $1 AND sequence > $2 AND sequence <= $3 AND entity_id = $4 AND type = $5 ORDER BY sequence");
    HEADS = "SELECT sequence, id, type, created_at FROM event WHERE brand_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    LAST_OF_TICKET = concat!("SELECT ", columns!(), " FROM event WHERE brand_id = $1 AND ticket_id = $2 ORDER BY sequence DESC LIMIT $3");
    CAUSE_OF = "SELECT actor_type, actor_id, caused_by FROM event WHERE brand_id = $1 AND sequence = $2";
    AT = concat!("SELECT ", columns!(), " FROM event WHERE brand_id = $1 AND sequence = $2");
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
    pub(crate) actor: Actor,
    pub(crate) cause: Option<Cause>,
    pub(crate) telling: Telling,
}

/// Writes events.
pub(crate) async fn insert(tx: &Tx, entries: &[Entry]) -> Result<()> {
    for Entry { id, sequence, brand, event, at, source, actor, cause, telling } in entries {
        let NewEvent { kind, entity_id, ticket_id, changes, data } = event;
        let said = serde_json::to_string(actor).unwrap_or_default();
        let body = pack::pack(&said, changes.as_ref().map(JsonText::as_str), data.as_str(), *telling);
        let (who, actor) = (actor.kind.as_str(), &actor.id);
        let (caused_by, depth) = cause.as_ref().map_or((None, 0), |cause| (Some(&cause.event), cause.depth));
        let values =
            args![brand, sequence, id, kind, at, source, who, actor, entity_id, ticket_id, caused_by, depth, body];
        tx.run(&INSERT, values).await?;
    }
    Ok(())
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Event> {
    let sequence = columns.take()?;
    let (id, kind, created_at, source) = (columns.take()?, columns.take()?, columns.take()?, columns.take()?);
    let (entity_id, ticket_id, caused_by, depth) = (columns.take()?, columns.take()?, columns.take()?, columns.take()?);
    let Body { actor, changes, data, telling } = pack::unpack(&columns.take::<Vec<u8>>()?)
        .map_err(|why| Error::Bug(format!("event {sequence} of brand {brand} cannot be read: {why}")))?;
    Ok(Event {
        brand_id: brand.clone(),
        sequence,
        id,
        kind,
        created_at,
        source,
        actor,
        entity_id,
        ticket_id,
        caused_by,
        depth,
        changes,
        data,
        telling,
    })
}

/// Writes the actor, the changes and the data of an event anew, for personal data that must go. Nothing else of it changes.
///
/// # Errors
/// When the database cannot write.
pub async fn rewrite_body(tx: &Tx, brand: &BrandId, event: &Event) -> Result<()> {
    let changes = event.changes.as_ref().map(JsonText::as_str);
    let body = pack::pack(event.actor.as_str(), changes, event.data.as_str(), event.telling);
    tx.run(&UPDATE_BODY, args![brand, event.sequence, body]).await
}

/// Events that [`unreadable`] looks at in one go, and those that it names.
const LOOKED_AT: i64 = 500;
const NAMED_MAX: usize = 20;

/// The first events of a brand that cannot be read, and why.
///
/// # Errors
/// When the database cannot answer.
pub async fn unreadable(tx: &Tx, brand: &BrandId) -> Result<Vec<(i64, String)>> {
    let (mut found, mut after) = (Vec::new(), 0);
    let look = |row: &mut Columns<'_>| Ok((row.take::<i64>()?, pack::unpack(&row.take::<Vec<u8>>()?).err()));
    loop {
        let looked = tx.all(&BODIES, args![brand, after, LOOKED_AT], look).await?;
        let Some((last, _)) = looked.last() else { return Ok(found) };
        after = *last;
        found.extend(looked.into_iter().filter_map(|(sequence, why)| Some((sequence, why?))));
        if found.len() >= NAMED_MAX {
            found.truncate(NAMED_MAX);
            return Ok(found);
        }
    }
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

/// The sequence of the oldest event that is kept; behind the end of the log when none is.
///
/// # Errors
/// When the database cannot answer, or there is no such brand.
pub async fn kept_from(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&KEPT_FROM, args![brand], only).await
}

/// How far the times of events and the order of their ids may be apart.
const SLACK_EVENTS: i64 = 1_000;

/// Up to where nobody needs the log any more: every consumer has read it, and nothing that follows from it waits to be sent.
///
/// # Errors
/// When the database cannot answer.
pub async fn read_to(tx: &Tx, brand: &BrandId) -> Result<i64> {
    let last = tx.counter(brand).await?.map_or(0, |counter| counter.last_sequence);
    let read: Option<i64> = tx.one(&READ_TO, args![brand], only).await?;
    let delivered: Option<i64> = tx.one(&DELIVERED_FROM, args![brand], only).await?;
    let called: Option<i64> = tx.one(&CALLED_FROM, args![brand], only).await?;
    let mailed: Option<String> = tx.one(&MAILED_FROM, args![brand], only).await?;
    let mailed = mailed.as_deref().and_then(event_sequence).map(|sequence| sequence - SLACK_EVENTS);
    let needed = [delivered, called, mailed].into_iter().flatten().map(|first| first - 1);
    Ok(needed.chain(read).fold(last, i64::min))
}

/// Removes up to `limit` events that are older than `before`, from the oldest on and no further than `end`; says whether there may
/// be more. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn remove(tx: &Tx, brand: &BrandId, before: Timestamp, end: i64, limit: i64) -> Result<bool> {
    let oldest: Vec<(i64, Timestamp)> =
        tx.all(&TIMES, args![brand, limit], |columns| Ok((columns.take()?, columns.take()?))).await?;
    let old = oldest.iter().take_while(|(sequence, at)| *at < before && *sequence <= end).count();
    if let Some((last, _)) = old.checked_sub(1).and_then(|at| oldest.get(at)) {
        tx.run(&REMOVE, args![brand, last]).await?;
        tx.run(&SET_KEPT_FROM, args![brand, last + 1]).await?;
    }
    Ok(i64::try_from(old) == Ok(limit))
}

/// When the oldest event that is kept happened; nothing when none is.
///
/// # Errors
/// When the database cannot answer.
pub async fn oldest(tx: &Tx, brand: &BrandId) -> Result<Option<(i64, Timestamp)>> {
    tx.maybe(&TIMES, args![brand, 1_i64], |columns| Ok((columns.take()?, columns.take()?))).await
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

/// What an event is, without what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place in the log.
    pub sequence: i64,
    /// Its id.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// When it happened.
    pub created_at: Timestamp,
}

/// Up to `limit` events behind `after`, oldest first, without their bodies.
///
/// # Errors
/// When the database cannot answer.
pub async fn heads(tx: &Tx, brand: &BrandId, after: i64, limit: i64) -> Result<Vec<Head>> {
    let head = |row: &mut Columns<'_>| {
        Ok(Head { sequence: row.take()?, id: row.take()?, kind: row.take()?, created_at: row.take()? })
    };
    tx.all(&HEADS, args![brand, after, limit], head).await
}

/// The event with this sequence.
///
/// # Errors
/// When the database cannot answer.
pub async fn at(tx: &Tx, brand: &BrandId, sequence: i64) -> Result<Option<Event>> {
    tx.maybe(&AT, args![brand, sequence], |columns| row(brand, columns)).await
}

/// The newest events of a ticket, newest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn last_of_ticket(tx: &Tx, brand: &BrandId, ticket: &str, limit: i64) -> Result<Vec<Event>> {
    tx.all(&LAST_OF_TICKET, args![brand, ticket, limit], |columns| row(brand, columns)).await
}

/// The automation that an event was caused by, and the event that started that one.
///
/// # Errors
/// When the database cannot answer.
pub async fn cause_of(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<(Option<String>, Option<String>)>> {
    let Some(sequence) = event_sequence(id) else { return Ok(None) };
    let of = |row: &mut Columns<'_>| Ok((row.take::<String>()?, row.take::<Option<String>>()?, row.take()?));
    let found = tx.maybe(&CAUSE_OF, args![brand, sequence], of).await?;
    let automation = dispatch_model::event::ActorType::Automation.as_str();
    Ok(found.map(|(kind, actor, caused_by)| (actor.filter(|_| kind == automation), caused_by)))
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

impl Wording {
    /// The same with what has been worded anew of it; nothing when that is nothing.
    #[must_use]
    pub fn with(&self, actor: Option<String>, changes: Option<String>, data: Option<String>) -> Option<Self> {
        if actor.is_none() && changes.is_none() && data.is_none() {
            return None;
        }
        let or_old = |new: Option<String>, old: &JsonText| new.map_or_else(|| old.clone(), JsonText::stored);
        Some(Self {
            entity_id: self.entity_id.clone(),
            actor: or_old(actor, &self.actor),
            changes: self.changes.as_ref().map(|old| or_old(changes, old)),
            data: or_old(data, &self.data),
        })
    }
}

/// The events of one type and object behind `after` up to `last`. There is no index: it reads what lies between.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_entity(
    tx: &Tx,
    brand: &BrandId,
    span: (i64, i64),
    entity: &str,
    kind: EventType,
) -> Result<Vec<Event>> {
    let (after, last) = span;
    tx.all(&OF_ENTITY, args![brand, after, last, entity, kind], |columns| row(brand, columns)).await
}

/// Lets `reword` change the events behind `after` up to `last`: it answers the new parts, or nothing when they may stay.
/// Answers the sequences of those that were changed, in their order.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn scrub(
    tx: &Tx,
    brand: &BrandId,
    after: i64,
    last: i64,
    reword: impl Fn(&Wording) -> Option<Wording> + Send,
) -> Result<Vec<i64>> {
    let mut reworded = Vec::new();
    for event in tx.all(&BETWEEN, args![brand, after, last], |columns| row(brand, columns)).await? {
        let Event { entity_id, actor, changes, data, .. } = event.clone();
        if let Some(Wording { actor, changes, data, .. }) = reword(&Wording { entity_id, actor, changes, data }) {
            reworded.push(event.sequence);
            rewrite_body(tx, brand, &Event { actor, changes, data, ..event }).await?;
        }
    }
    Ok(reworded)
}

/// The same for up to `limit` events of a ticket behind `after`. Answers those that were changed, and the last one that was looked
/// at; nothing when there was none.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn scrub_of_ticket(
    tx: &Tx,
    brand: &BrandId,
    (ticket, after): (&TicketId, i64),
    limit: i64,
    reword: impl Fn(&Wording) -> Option<Wording> + Send,
) -> Result<(Vec<Reworded>, Option<i64>)> {
    let (mut reworded, mut last) = (Vec::new(), None);
    for event in tx.all(&OF_TICKET_AFTER, args![brand, ticket, after, limit], |columns| row(brand, columns)).await? {
        last = Some(event.sequence);
        let Event { entity_id, actor, changes, data, .. } = event.clone();
        if let Some(Wording { actor, changes, data, .. }) = reword(&Wording { entity_id, actor, changes, data }) {
            reworded.push(Reworded { sequence: event.sequence, id: event.id.clone() });
            rewrite_body(tx, brand, &Event { actor, changes, data, ..event }).await?;
        }
    }
    Ok((reworded, last))
}

/// An event whose words were changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// Its place in the log.
    pub sequence: i64,
    /// Its id.
    pub id: String,
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
