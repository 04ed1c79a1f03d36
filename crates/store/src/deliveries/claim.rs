//! Taking deliveries to work on, and writing down what became of them. A claim is a lease: until `due_at` the others leave
//! the delivery alone, and if nothing has been written down by then it is tried again.
//!
//! Who claims, writes down or adds deliveries holds their webhook meanwhile: several nodes share this work, and `next_due`
//! of a webhook is never wrong.

use dispatch_model::{BrandId, DeliveryId, JsonText, Timestamp, WebhookId, webhook::DeliveryStatus};

use super::{Kept, row};
use crate::{Result, Select, Tx, args, value::only};

// With its webhook, though its id would do: PostgreSQL knows nothing of a table that has just been made, and then walks the index that
// has the webhook before the id through the whole brand as soon as it looks the row up by the id.
crate::statements! {
    DUE = "SELECT id, webhook_id, sequence, event_id, type, is_test, status, attempts, tries, claimed, due_at, waiting_since,
        last_attempt, response_code, response_body, error, duration_ms, created_at, payload, attempt_log FROM delivery
        WHERE brand_id = $1 AND webhook_id = $2 AND due_at <= $3 ORDER BY due_at, id LIMIT $4";
    CLAIM = "UPDATE delivery SET claimed = TRUE, attempts = attempts + 1, tries = tries + 1, last_attempt = $3, due_at = $4,
        attempt_log = $5 WHERE brand_id = $1 AND id = $2 AND webhook_id = $6";
    FIRST_DUE = "SELECT due_at FROM delivery WHERE brand_id = $1 AND webhook_id = $2 AND due_at IS NOT NULL
        ORDER BY due_at, id LIMIT 1";
    NEXT_DUE = "UPDATE webhook SET next_due = $3 WHERE brand_id = $1 AND id = $2";
    CLOSED = "SELECT id FROM delivery WHERE brand_id = $1 AND webhook_id = $2 AND due_at IS NOT NULL AND waiting_since <= $3
        AND (NOT claimed OR due_at <= $4) LIMIT $5";
    CLOSE = "UPDATE delivery SET status = 'FAILED', claimed = FALSE, due_at = NULL, error = $3
        WHERE brand_id = $1 AND id = $2 AND webhook_id = $4";
    STATE = "SELECT attempts, claimed, waiting_since, attempt_log FROM delivery
        WHERE brand_id = $1 AND id = $2 AND webhook_id = $3";
    RECORD = "UPDATE delivery SET status = $3, claimed = FALSE, due_at = $4, response_code = $5, response_body = $6, error = $7,
        duration_ms = $8, attempt_log = $9 WHERE brand_id = $1 AND id = $2 AND webhook_id = $10";
}

/// Webhooks that something is due for, those that have waited longest first, without the `busy` ones and without those of busy
/// brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn webhooks(
    tx: &Tx,
    (brands, busy): (&[BrandId], &[String]),
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(BrandId, WebhookId)>> {
    let mut select = Select::new("SELECT brand_id, id FROM webhook");
    select.with("next_due <=", &now).without("brand_id", brands).without("id", busy);
    select.page("next_due, brand_id, id", &limit);
    tx.select(&select, |columns| Ok((columns.take()?, columns.take()?))).await
}

/// The first `limit` deliveries of a webhook that are due.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, brand: &BrandId, webhook: &WebhookId, now: Timestamp, limit: i64) -> Result<Vec<Kept>> {
    tx.all(&DUE, args![brand, webhook, now, limit], row).await
}

/// An attempt begins: nobody else makes one before `until`. `log`: the attempts before it, as JSON.
///
/// # Errors
/// When the database cannot write.
pub async fn claim(
    tx: &Tx,
    brand: &BrandId,
    (webhook, id): (&WebhookId, &DeliveryId),
    (now, until): (Timestamp, Timestamp),
    log: &JsonText,
) -> Result<()> {
    tx.run(&CLAIM, args![brand, id, now, until, log, webhook]).await
}

/// Notes when the next delivery of a webhook is due, and answers it; nothing when none waits. Where some are due already, it goes
/// behind the others that wait.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn move_on(tx: &Tx, brand: &BrandId, webhook: &WebhookId, now: Timestamp) -> Result<Option<Timestamp>> {
    let first: Option<Timestamp> = tx.maybe(&FIRST_DUE, args![brand, webhook], only).await?;
    let next = first.map(|at| at.max(now));
    tx.run(&NEXT_DUE, args![brand, webhook, next]).await?;
    Ok(next)
}

/// When a webhook was closed that never was: nothing has waited since then.
const NEVER_CLOSED: Timestamp = Timestamp::from_millis(0);

/// Fails up to `limit` deliveries that have waited since `closed_at` or longer; says how many.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn close(
    tx: &Tx,
    brand: &BrandId,
    webhook: &WebhookId,
    closed_at: Timestamp,
    now: Timestamp,
    limit: i64,
) -> Result<i64> {
    if closed_at <= NEVER_CLOSED {
        return Ok(0);
    }
    let waiting: Vec<DeliveryId> = tx.all(&CLOSED, args![brand, webhook, closed_at, now, limit], only).await?;
    for id in &waiting {
        fail(tx, brand, (webhook, id), dispatch_model::webhook::CLOSED).await?;
    }
    Ok(i64::try_from(waiting.len()).unwrap_or(limit))
}

/// Fails a delivery without an attempt.
///
/// # Errors
/// When the database cannot write.
pub async fn fail(tx: &Tx, brand: &BrandId, (webhook, id): (&WebhookId, &DeliveryId), why: &str) -> Result<()> {
    tx.run(&CLOSE, args![brand, id, why, webhook]).await
}

/// How a delivery stands while an attempt is under way.
#[derive(Clone, Debug)]
pub struct State {
    /// Since when it waits.
    pub waiting_since: Timestamp,
    /// The attempts before this one, as JSON.
    pub attempt_log: JsonText,
}

/// The state of a delivery whose attempt with this number is still the one that counts; none when its lease had ended and
/// another one has begun.
///
/// # Errors
/// When the database cannot answer.
pub async fn under_way(
    tx: &Tx,
    brand: &BrandId,
    (webhook, id): (&WebhookId, &DeliveryId),
    attempt: i64,
) -> Result<Option<State>> {
    let found = tx
        .maybe(&STATE, args![brand, id, webhook], |columns| {
            let (attempts, claimed) = (columns.take::<i64>()?, columns.take::<bool>()?);
            let state = State { waiting_since: columns.take()?, attempt_log: columns.take()? };
            Ok((attempts == attempt && claimed).then_some(state))
        })
        .await?;
    Ok(found.flatten())
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub struct Record {
    /// What has become of the delivery.
    pub status: DeliveryStatus,
    /// When it is tried again.
    pub due_at: Option<Timestamp>,
    /// The status code of the answer.
    pub response_code: Option<i64>,
    /// Its beginning.
    pub response_body: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
    /// All attempts, as JSON.
    pub attempt_log: JsonText,
}

/// Writes down what became of an attempt.
///
/// # Errors
/// When the database cannot write.
pub async fn record(tx: &Tx, brand: &BrandId, (webhook, id): (&WebhookId, &DeliveryId), record: &Record) -> Result<()> {
    let Record { status, due_at, response_code, response_body, error, duration_ms, attempt_log } = record;
    let status = status.as_str();
    let attempt =
        args![brand, id, status, due_at, response_code, response_body, error, duration_ms, attempt_log, webhook];
    tx.run(&RECORD, attempt).await
}
