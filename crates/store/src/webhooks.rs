//! Webhooks of a brand, and their sealed secrets. Deleted ones stay until their deliveries are failed.

use dispatch_model::{
    BrandId, JsonText, Timestamp, WebhookId,
    webhook::{Webhook, read_events},
};

use crate::{
    Dialect, Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, url, events, enabled, description, failure_count, disabled_reason, last_triggered, last_success, last_failure,
            created_at, updated_at, secret, previous_secret, previous_until, since, closed_at, failing_since, deleted_at
            FROM webhook "
    };
}

crate::statements! {
    ALL_OF_BRAND = concat!("SELECT ", columns!(), "WHERE brand_id = $1 AND deleted_at IS NULL ORDER BY created_at, id");
    GET = concat!("SELECT ", columns!(), "WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL");
    GET_ANY = concat!("SELECT ", columns!(), "WHERE brand_id = $1 AND id = $2");
    SUBSCRIBED = concat!("SELECT ", columns!(), "WHERE brand_id = $1 AND enabled AND deleted_at IS NULL ORDER BY id");
    INSERT = "INSERT INTO webhook (brand_id, id, url, events, enabled, description, secret, since, closed_at, failure_count,
        created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $9)";
    UPDATE = "UPDATE webhook SET url = $3, events = $4, enabled = $5, description = $6, since = $7, closed_at = $8,
        failure_count = $9, failing_since = $10, disabled_reason = $11, updated_at = $12 WHERE brand_id = $1 AND id = $2";
    SET_SECRETS = "UPDATE webhook SET secret = $3, previous_secret = $4, previous_until = $5, updated_at = $6
        WHERE brand_id = $1 AND id = $2";
    DELETE = "UPDATE webhook SET enabled = FALSE, deleted_at = $3, closed_at = $3, next_due = $3 WHERE brand_id = $1 AND id = $2";
    CLOSE_ALL = "UPDATE webhook SET enabled = FALSE, deleted_at = $2, closed_at = $2, next_due = $2
        WHERE brand_id = $1 AND deleted_at IS NULL";
    REMOVE = "DELETE FROM webhook WHERE brand_id = $1 AND id = $2 AND deleted_at IS NOT NULL";
    LEFT = "SELECT count(*) FROM webhook WHERE brand_id = $1 AND deleted_at IS NULL";
    DUE = "UPDATE webhook SET next_due = CASE WHEN next_due < $3 THEN next_due ELSE $3 END WHERE brand_id = $1 AND id = $2";
    SUCCEEDED = "UPDATE webhook SET failure_count = 0, failing_since = NULL, last_triggered = $3, last_success = $4
        WHERE brand_id = $1 AND id = $2";
    FAILED = "UPDATE webhook SET failure_count = failure_count + 1, failing_since = coalesce(failing_since, $3),
        last_triggered = $3, last_failure = $4
        WHERE brand_id = $1 AND id = $2";
    DISABLE = "UPDATE webhook SET enabled = FALSE, disabled_reason = $3, next_due = $4, updated_at = $4,
        closed_at = CASE WHEN closed_at >= $4 THEN closed_at + 1 ELSE $4 END
        WHERE brand_id = $1 AND id = $2";
}

/// What PostgreSQL alone is asked.
pub(crate) mod postgres {
    crate::statements! {
        only Postgres;
        /// Whoever writes deliveries of a brand holds its webhooks, so that nobody misses when the next one is due.
        HOLD = "SELECT id FROM webhook WHERE brand_id = $1 ORDER BY id FOR UPDATE";
        HOLD_ONE = "SELECT id FROM webhook WHERE brand_id = $1 AND id = $2 FOR UPDATE";
    }
}

/// The secrets of a webhook as they are kept: sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What signs.
    pub secret: String,
    /// What also signs, and until when.
    pub previous: Option<(String, Timestamp)>,
}

/// A webhook with what is not shown of it.
#[derive(Clone, Debug)]
pub struct Hook {
    /// What is shown.
    pub webhook: Webhook,
    /// Its secrets.
    pub sealed: Sealed,
    /// Events up to this sequence are none of its business.
    pub since: i64,
    /// When it was last disabled, or enabled again: what waited before is failed.
    pub closed_at: Timestamp,
    /// The first failure without a success behind it.
    pub failing_since: Option<Timestamp>,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

impl Hook {
    /// Deliveries that have waited since then or longer are failed: all, while it is not enabled.
    #[must_use]
    pub fn closed_to(&self) -> Timestamp {
        if self.webhook.enabled { self.closed_at } else { Timestamp::from_millis(i64::MAX) }
    }

    /// Since when something waits that begins to wait now: always behind what is failed.
    #[must_use]
    pub fn waiting_from(&self, now: Timestamp) -> Timestamp {
        now.max(self.closed_at.plus_ms(1))
    }
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Hook> {
    let webhook = Webhook {
        id: columns.take()?,
        brand_id: brand.clone(),
        url: columns.take()?,
        events: read_events(&columns.take::<String>()?).map_err(Error::Bug)?,
        enabled: columns.take()?,
        description: columns.take()?,
        failure_count: columns.take()?,
        disabled_reason: columns.take()?,
        last_triggered: columns.take()?,
        last_success: columns.take()?,
        last_failure: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    };
    let secret = columns.take()?;
    let previous = columns.take::<Option<String>>()?.zip(columns.take()?);
    let sealed = Sealed { secret, previous };
    let (since, closed_at) = (columns.take()?, columns.take()?);
    Ok(Hook { webhook, sealed, since, closed_at, failing_since: columns.take()?, deleted_at: columns.take()? })
}

/// Every webhook of a brand, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Hook>> {
    tx.all(&ALL_OF_BRAND, args![brand], |columns| row(brand, columns)).await
}

/// One webhook.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Hook>> {
    tx.maybe(&GET, args![brand, id], |columns| row(brand, columns)).await
}

/// The same, deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn get_any(tx: &Tx, brand: &BrandId, id: &WebhookId) -> Result<Option<Hook>> {
    tx.maybe(&GET_ANY, args![brand, id], |columns| row(brand, columns)).await
}

/// The webhooks that events are delivered to.
///
/// # Errors
/// When the database cannot answer.
pub async fn subscribed(tx: &Tx, brand: &BrandId) -> Result<Vec<Hook>> {
    tx.all(&SUBSCRIBED, args![brand], |columns| row(brand, columns)).await
}

/// Holds the webhooks of a brand until the end of the transaction: before deliveries are written.
///
/// # Errors
/// When the database cannot answer.
pub async fn hold(tx: &Tx, brand: &BrandId) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        tx.all(&postgres::HOLD, args![brand], |_| Ok(())).await?;
    }
    Ok(())
}

/// Holds one webhook until the end of the transaction.
///
/// # Errors
/// When the database cannot answer.
pub async fn hold_one(tx: &Tx, brand: &BrandId, id: &WebhookId) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        tx.all(&postgres::HOLD_ONE, args![brand, id], |_| Ok(())).await?;
    }
    Ok(())
}

/// How many webhooks a brand has.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&LEFT, args![brand], only).await
}

/// Keeps a new webhook.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, webhook: &Webhook, secret: &str, since: i64) -> Result<()> {
    let Webhook { id, brand_id, url, enabled, description, created_at, .. } = webhook;
    let events = JsonText::of(&webhook.events);
    tx.run(&INSERT, args![brand_id, id, url, events, enabled, description, secret, since, created_at]).await
}

/// Stores what can be changed of a webhook.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, hook: &Hook) -> Result<()> {
    let Hook { webhook, since, closed_at, failing_since, .. } = hook;
    let Webhook { id, brand_id, url, enabled, description, failure_count, disabled_reason, updated_at, .. } = webhook;
    let events = JsonText::of(&webhook.events);
    tx.run(
        &UPDATE,
        args![
            brand_id,
            id,
            url,
            events,
            enabled,
            description,
            since,
            closed_at,
            failure_count,
            failing_since,
            disabled_reason,
            updated_at,
        ],
    )
    .await
}

/// Stores other secrets.
///
/// # Errors
/// When the database cannot write.
pub async fn set_secrets(tx: &Tx, brand: &BrandId, id: &WebhookId, sealed: &Sealed, at: Timestamp) -> Result<()> {
    let (previous, until) = sealed.previous.clone().unzip();
    tx.run(&SET_SECRETS, args![brand, id, sealed.secret, previous, until, at]).await
}

/// Deletes a webhook: it is gone for readers, and its row follows when nothing waits for it any more.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &WebhookId, at: Timestamp) -> Result<()> {
    tx.run(&DELETE, args![brand, id, at]).await
}

/// Deletes every webhook of a brand.
///
/// # Errors
/// When the database cannot write.
pub async fn delete_all(tx: &Tx, brand: &BrandId, at: Timestamp) -> Result<()> {
    tx.run(&CLOSE_ALL, args![brand, at]).await
}

/// Removes the row of a deleted webhook.
///
/// # Errors
/// When the database cannot write.
pub async fn remove(tx: &Tx, brand: &BrandId, id: &WebhookId) -> Result<()> {
    tx.run(&REMOVE, args![brand, id]).await
}

/// Something is to be delivered to it at this time or before.
///
/// # Errors
/// When the database cannot write.
pub async fn due(tx: &Tx, brand: &BrandId, id: &WebhookId, at: Timestamp) -> Result<()> {
    tx.run(&DUE, args![brand, id, at]).await
}

/// Notes an attempt that began at `began` and succeeded.
///
/// # Errors
/// When the database cannot write.
pub async fn succeeded(tx: &Tx, brand: &BrandId, id: &WebhookId, began: Timestamp, now: Timestamp) -> Result<()> {
    tx.run(&SUCCEEDED, args![brand, id, began, now]).await
}

/// Notes an attempt that began at `began` and failed.
///
/// # Errors
/// When the database cannot write.
pub async fn failed(tx: &Tx, brand: &BrandId, id: &WebhookId, began: Timestamp, now: Timestamp) -> Result<()> {
    tx.run(&FAILED, args![brand, id, began, now]).await
}

/// Disables a webhook: what waits for it is failed.
///
/// # Errors
/// When the database cannot write.
pub async fn disable(tx: &Tx, brand: &BrandId, id: &WebhookId, reason: &str, at: Timestamp) -> Result<()> {
    tx.run(&DISABLE, args![brand, id, reason, at]).await
}
