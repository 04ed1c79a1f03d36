//! The first answer to each idempotency key, stored in the transaction of its work (API 1.7).

use dispatch_model::Timestamp;

use crate::{Result, Tx, args, value::only};

crate::statements! {
    GET = "SELECT body_hash, status, reply FROM idempotency
        WHERE credential = $1 AND operation = $2 AND key = $3 AND created_at > $4";
    PUT = "INSERT INTO idempotency (credential, operation, key, body_hash, status, reply, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (credential, operation, key) DO UPDATE SET body_hash = excluded.body_hash,
            status = excluded.status, reply = excluded.reply, created_at = excluded.created_at";
    PURGE = "DELETE FROM idempotency WHERE created_at <= $1";
    OLDEST = "SELECT created_at FROM idempotency WHERE created_at <= $1 ORDER BY created_at LIMIT 1 OFFSET $2";
}

/// Whose key it is, for what, and what was sent with it.
#[derive(Clone, Debug)]
pub struct Use {
    /// The credential: the id of an API key, member or portal customer.
    pub credential: String,
    /// Method and full path.
    pub operation: String,
    /// The key.
    pub key: String,
    /// A hash of the body's bytes.
    pub body_hash: String,
}

/// An answer that was given before.
#[derive(Clone, Debug)]
pub struct Stored {
    /// A hash of the body that it answered.
    pub body_hash: String,
    /// The status of the answer.
    pub status: i64,
    /// The body of the answer.
    pub reply: String,
}

/// The answer that this key has, if it is younger than `since`.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, used: &Use, since: Timestamp) -> Result<Option<Stored>> {
    tx.maybe(&GET, args![used.credential, used.operation, used.key, since], |row| {
        Ok(Stored { body_hash: row.take()?, status: row.take()?, reply: row.take()? })
    })
    .await
}

/// Stores the answer of this key. An expired one is replaced.
///
/// # Errors
/// When the database cannot write.
pub async fn put(tx: &Tx, used: &Use, status: i64, reply: &str, at: Timestamp) -> Result<()> {
    tx.run(&PUT, args![used.credential, used.operation, used.key, used.body_hash, status, reply, at]).await
}

/// Whether an answer is older than `before`.
///
/// # Errors
/// When the database cannot answer.
pub async fn any_before(tx: &Tx, before: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&OLDEST, args![before, 0_i64], only::<Timestamp>).await?.is_some())
}

/// Removes up to about `rows` answers that are older than `before`; says whether there may be more.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, before: Timestamp, rows: i64) -> Result<bool> {
    let step: Option<Timestamp> = tx.maybe(&OLDEST, args![before, rows], only).await?;
    tx.run(&PURGE, args![step.unwrap_or(before)]).await?;
    Ok(step.is_some())
}
