//! Deliveries to webhooks. A delivery refers to its event, whose payload is made anew from the log for every attempt and
//! every reader: the same bytes, and nothing besides the log holds what a customer may want to be forgotten.

pub mod claim;

use std::collections::{HashMap, HashSet};

use dispatch_model::{
    BrandId, DeliveryId, JsonText, Timestamp, WebhookId,
    event::EventType,
    webhook::{DeliveryStatus, PAYLOAD_GONE, payload},
};

use crate::{
    Error, Result, Select, Tx, args, log,
    log::Head,
    value::{Columns, only},
    webhooks::Hook,
};

macro_rules! columns {
    () => {
        "id, webhook_id, sequence, event_id, type, is_test, status, attempts, tries, claimed, due_at, waiting_since, last_attempt,
            response_code, response_body, error, duration_ms, created_at, payload, attempt_log"
    };
}

crate::statements! {
    INSERT = "INSERT INTO delivery (brand_id, id, webhook_id, sequence, event_id, type, is_test, status, attempts, tries,
        claimed, due_at, waiting_since, created_at, attempt_log)
        VALUES ($1, $2, $3, $4, $5, $6, FALSE, 'PENDING', 0, 0, FALSE, $7, $8, $7, '[]')";
    INSERT_TEST = "INSERT INTO delivery (brand_id, id, webhook_id, event_id, type, is_test, status, attempts, tries, claimed,
        due_at, waiting_since, last_attempt, created_at, payload, attempt_log)
        VALUES ($1, $2, $3, $4, 'webhook.ping', TRUE, 'PENDING', 1, 1, TRUE, $5, $6, $6, $6, $7, '[]')";
    GET = concat!("SELECT ", columns!(), " FROM delivery WHERE brand_id = $1 AND webhook_id = $2 AND id = $3");
    RETRY = "UPDATE delivery SET status = 'PENDING', tries = 0, claimed = FALSE, due_at = $3, waiting_since = $4
        WHERE brand_id = $1 AND id = $2";
    FLOOR = "SELECT coalesce(min(id), '') FROM (SELECT id FROM delivery WHERE brand_id = $1 AND webhook_id = $2 AND id < $3
        ORDER BY id DESC LIMIT $4) d";
    OF_EVENTS = "SELECT sequence, status = 'FAILED' OR (due_at IS NOT NULL AND NOT claimed AND waiting_since <= $5) FROM delivery
        WHERE brand_id = $1 AND webhook_id = $2 AND sequence IS NOT NULL AND sequence > $3 AND sequence <= $4
        ORDER BY sequence, id";
    NEXT_BRAND = "SELECT brand_id, id FROM delivery WHERE brand_id > $1 ORDER BY brand_id, id LIMIT 1";
    OLD = "SELECT id FROM delivery WHERE brand_id = $1 AND id < $2 ORDER BY id LIMIT $3";
    REMOVE = "DELETE FROM delivery WHERE brand_id = $1 AND id < $2 AND id IN (SELECT o.id FROM delivery o
        WHERE o.brand_id = $1 AND o.id < $2 ORDER BY o.id LIMIT $3)";
    ANSWERED = "WITH RECURSIVE hook(id) AS (SELECT min(f.webhook_id) FROM delivery f WHERE f.brand_id = $1 UNION ALL
        SELECT (SELECT min(n.webhook_id) FROM delivery n WHERE n.brand_id = $1 AND n.webhook_id > h.id) FROM hook h
        WHERE h.id IS NOT NULL)
        SELECT d.id, d.sequence FROM hook, delivery d WHERE d.brand_id = $1 AND d.webhook_id = hook.id AND d.sequence >= $2
        AND d.sequence <= $3 AND d.response_body IS NOT NULL";
    FORGET_ANSWER = "UPDATE delivery SET response_body = NULL WHERE brand_id = $1 AND id = $2";
    WAITING = "SELECT count(*) FROM (SELECT 1 FROM delivery WHERE due_at IS NOT NULL LIMIT $1) d";
}

/// A delivery as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: DeliveryId,
    /// Its webhook.
    pub webhook_id: WebhookId,
    /// The sequence of its event; none for a test call.
    pub sequence: Option<i64>,
    /// The id of its event.
    pub event_id: String,
    /// The type of its event.
    pub kind: String,
    /// Whether it is a test call, which is tried once.
    pub is_test: bool,
    /// What has become of it.
    pub status: DeliveryStatus,
    /// Attempts in all.
    pub attempts: i64,
    /// Attempts since its schedule began.
    pub tries: i64,
    /// Whether an attempt is under way.
    pub claimed: bool,
    /// When it is due, or until when the attempt under way is waited for.
    pub due_at: Option<Timestamp>,
    /// Since when it waits: its creation, or the retry that somebody asked for.
    pub waiting_since: Timestamp,
    /// When the last attempt began.
    pub last_attempt: Option<Timestamp>,
    /// The status code of the last answer.
    pub response_code: Option<i64>,
    /// The beginning of the last answer.
    pub response_body: Option<String>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// How long the last attempt took.
    pub duration_ms: Option<i64>,
    /// When it was created.
    pub created_at: Timestamp,
    /// The payload of a test call.
    pub payload: Option<String>,
    /// Every attempt, as JSON.
    pub attempt_log: JsonText,
}

fn row(columns: &mut Columns<'_>) -> Result<Kept> {
    Ok(Kept {
        id: columns.take()?,
        webhook_id: columns.take()?,
        sequence: columns.take()?,
        event_id: columns.take()?,
        kind: columns.take()?,
        is_test: columns.take()?,
        status: DeliveryStatus::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        attempts: columns.take()?,
        tries: columns.take()?,
        claimed: columns.take()?,
        due_at: columns.take()?,
        waiting_since: columns.take()?,
        last_attempt: columns.take()?,
        response_code: columns.take()?,
        response_body: columns.take()?,
        error: columns.take()?,
        duration_ms: columns.take()?,
        created_at: columns.take()?,
        payload: columns.take()?,
        attempt_log: columns.take()?,
    })
}

impl Kept {
    /// What is sent: the envelope of its event. Where the log no longer holds it, a stub that says so.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn payload(&self, tx: &Tx, brand: &BrandId) -> Result<String> {
        if let Some(payload) = &self.payload {
            return Ok(payload.clone());
        }
        let event = match self.sequence {
            Some(sequence) => log::at(tx, brand, sequence).await?,
            None => None,
        };
        Ok(event.map_or_else(|| PAYLOAD_GONE.to_owned(), |event| payload(&event)))
    }
}

/// Something is to be delivered. Who writes it holds the webhook.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(
    tx: &Tx,
    brand: &BrandId,
    id: &DeliveryId,
    hook: &Hook,
    event: &Head,
    now: Timestamp,
) -> Result<()> {
    let (webhook, since) = (&hook.webhook.id, hook.waiting_from(now));
    tx.run(&INSERT, args![brand, id, webhook, event.sequence, event.id, event.kind, now, since]).await
}

/// A test call that begins now and is waited for until `until`.
#[derive(Debug)]
pub struct Test<'a> {
    /// Its id.
    pub id: &'a DeliveryId,
    /// Its webhook.
    pub webhook: &'a WebhookId,
    /// The id of its event, which is in no log.
    pub event_id: &'a str,
    /// What is sent.
    pub payload: &'a str,
    /// When it begins.
    pub now: Timestamp,
    /// When it is given up.
    pub until: Timestamp,
}

/// Keeps a test call.
///
/// # Errors
/// When the database cannot write.
pub async fn insert_test(tx: &Tx, brand: &BrandId, test: &Test<'_>) -> Result<()> {
    let Test { id, webhook, event_id, payload, now, until } = test;
    tx.run(&INSERT_TEST, args![brand, id, webhook, event_id, until, now, payload]).await
}

/// One delivery of a webhook.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, webhook: &WebhookId, id: &str) -> Result<Option<Kept>> {
    tx.maybe(&GET, args![brand, webhook, id], row).await
}

/// It is to be tried at once, and its schedule begins anew. Who writes it holds the webhook.
///
/// # Errors
/// When the database cannot write.
pub async fn retry(tx: &Tx, hook: &Hook, id: &DeliveryId, now: Timestamp) -> Result<()> {
    tx.run(&RETRY, args![hook.webhook.brand_id, id, now, hook.waiting_from(now)]).await
}

/// What deliveries are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What has become of them.
    pub status: Option<DeliveryStatus>,
    /// The types of their events.
    pub types: Option<Vec<EventType>>,
    /// Those that have waited since then or longer count as failed.
    pub closed_at: Timestamp,
    /// Only those before this id.
    pub before: String,
    /// Rows at most.
    pub limit: i64,
}

/// Rows that one page looks at, wanted or not: a rare type never reads a month at once.
const EXAMINED_MAX: i64 = 10_000;

/// Deliveries of a webhook, newest first; and where to go on when there may be more.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(
    tx: &Tx,
    brand: &BrandId,
    webhook: &WebhookId,
    wanted: &Wanted,
) -> Result<(Vec<Kept>, Option<DeliveryId>)> {
    let Wanted { status, types, closed_at, before, limit } = wanted;
    let filtered = status.is_some() || types.is_some();
    let floor: String =
        if filtered { tx.one(&FLOOR, args![brand, webhook, before, EXAMINED_MAX], only).await? } else { String::new() };
    let (waits, more) = (status.map_or("", DeliveryStatus::as_str), *limit + 1);
    let mut select = Select::new(concat!("SELECT ", columns!(), " FROM delivery"));
    select.with("brand_id =", brand).with("webhook_id =", webhook).with("id <", before);
    if filtered {
        select.with("id >=", &floor);
    }
    match status {
        Some(DeliveryStatus::Failed) => {
            let since = select.place(closed_at);
            select.condition(&format!(
                "(status = 'FAILED' OR (due_at IS NOT NULL AND NOT claimed AND waiting_since <= {since}))"
            ));
        }
        Some(DeliveryStatus::Success) => {
            select.with("status =", waits);
        }
        Some(DeliveryStatus::Pending | DeliveryStatus::Retrying) => {
            let since = select.place(closed_at);
            select.with("status =", waits).condition(&format!("(claimed OR waiting_since > {since})"));
        }
        None => {}
    }
    if let Some(types) = types {
        select.within("type", types);
    }
    select.page("id DESC", &more);
    let mut found = tx.select(&select, row).await?;
    let limit = usize::try_from(*limit).unwrap_or(usize::MAX);
    if found.len() > limit {
        found.truncate(limit);
        let next = found.last().map(|last| last.id.clone());
        return Ok((found, next));
    }
    // Everything down to the floor was looked at; below it there may be more.
    let first = if floor.is_empty() { floor } else { below(tx, brand, webhook, floor).await? };
    Ok((found, (!first.is_empty()).then_some(DeliveryId(first))))
}

/// This id, if there is a delivery of the webhook before it; else nothing.
async fn below(tx: &Tx, brand: &BrandId, webhook: &WebhookId, id: String) -> Result<String> {
    let next: String = tx.one(&FLOOR, args![brand, webhook, id, 1_i64], only).await?;
    Ok(if next.is_empty() { next } else { id })
}

/// The events behind `after` up to `last` whose newest delivery to the webhook has failed.
///
/// # Errors
/// When the database cannot answer.
pub async fn failed(
    tx: &Tx,
    brand: &BrandId,
    webhook: &WebhookId,
    (after, last): (i64, i64),
    closed_at: Timestamp,
) -> Result<HashSet<i64>> {
    let found = |columns: &mut Columns<'_>| Ok((columns.take::<i64>()?, columns.take::<bool>()?));
    let newest: HashMap<i64, bool> =
        tx.all(&OF_EVENTS, args![brand, webhook, after, last, closed_at], found).await?.into_iter().collect();
    Ok(newest.into_iter().filter(|(_, failed)| *failed).map(|(sequence, _)| sequence).collect())
}

/// The deliveries of events from `first` up to `last` that were answered with some text, those of removed webhooks included; each
/// with the sequence of its event.
///
/// # Errors
/// When the database cannot answer.
pub async fn answered(tx: &Tx, brand: &BrandId, (first, last): (i64, i64)) -> Result<Vec<(DeliveryId, i64)>> {
    tx.all(&ANSWERED, args![brand, first, last], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Forgets what a delivery was answered with. Who calls it holds the webhooks of the brand.
///
/// # Errors
/// When the database cannot write.
pub async fn forget_answer(tx: &Tx, brand: &BrandId, id: &DeliveryId) -> Result<()> {
    tx.run(&FORGET_ANSWER, args![brand, id]).await
}

/// The first brand behind `after` that has deliveries, with the oldest of them.
///
/// # Errors
/// When the database cannot answer.
pub async fn next_brand(tx: &Tx, after: &str) -> Result<Option<(BrandId, DeliveryId)>> {
    tx.maybe(&NEXT_BRAND, args![after], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Removes up to `limit` deliveries that are older than the id `before`; says whether there may be more.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, brand: &BrandId, before: &str, limit: i64) -> Result<bool> {
    let old: Vec<DeliveryId> = tx.all(&OLD, args![brand, before, limit], only).await?;
    if !old.is_empty() {
        tx.run(&REMOVE, args![brand, before, limit]).await?;
    }
    Ok(i64::try_from(old.len()).unwrap_or(0) == limit)
}

/// Deliveries that are counted one by one.
const COUNTED_MAX: i64 = 1_000_000;

/// How many deliveries wait, or are under way; a million stands for more.
///
/// # Errors
/// When the database cannot answer.
pub async fn waiting(tx: &Tx) -> Result<i64> {
    tx.one(&WAITING, args![COUNTED_MAX], only).await
}
