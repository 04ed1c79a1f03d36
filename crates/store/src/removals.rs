//! Bytes that are to be removed from the file store, and when. A row is written in the transaction in which they become
//! superfluous, or before they are written at all; the worker removes what is due. So no crash leaves any behind.

use dispatch_model::Timestamp;

use crate::{Result, Tx, args, value::only};

crate::statements! {
    PLAN = "INSERT INTO file_removal (object_key, due_at) VALUES ($1, $2)
        ON CONFLICT (object_key) DO UPDATE SET due_at = excluded.due_at";
    CANCEL = "DELETE FROM file_removal WHERE object_key = $1";
    DUE = "SELECT object_key FROM file_removal WHERE due_at <= $1 ORDER BY due_at, object_key LIMIT $2";
    DONE = "DELETE FROM file_removal WHERE object_key = $1 AND due_at <= $2";
    COUNT = "SELECT count(*) FROM file_removal";
}

/// Lets bytes go at this moment.
///
/// # Errors
/// When the database cannot write.
pub async fn plan(tx: &Tx, key: &str, due_at: Timestamp) -> Result<()> {
    tx.run(&PLAN, args![key, due_at]).await
}

/// Lets bytes stay.
///
/// # Errors
/// When the database cannot write.
pub async fn cancel(tx: &Tx, key: &str) -> Result<()> {
    tx.run(&CANCEL, args![key]).await
}

/// Some of the bytes that go now.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<String>> {
    tx.all(&DUE, args![now, limit], only).await
}

/// They are gone.
///
/// # Errors
/// When the database cannot write.
pub async fn done(tx: &Tx, keys: &[String], now: Timestamp) -> Result<()> {
    for key in keys {
        tx.run(&DONE, args![key, now]).await?;
    }
    Ok(())
}

/// How many wait, due or not.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx) -> Result<i64> {
    tx.one(&COUNT, &[], only).await
}
