//! What the files of SQLite may still hold of words that have gone for good.
//!
//! The index of the search (FTS5 without its contents) does not know which words a row had: removing the row marks it, and the words
//! stay in the index's pages until it is merged. What is freed elsewhere SQLite overwrites at once (`secure_delete`, dialect.rs).
//! PostgreSQL has VACUUM for all of that; there the marks are only taken back.

use dispatch_model::{BrandId, Timestamp};

use crate::{Dialect, Result, Tx, args, value::only};

crate::statements! {
    MARK = "INSERT INTO wipe (brand_id, since, last_at) VALUES ($1, $2, $2)
        ON CONFLICT (brand_id) DO UPDATE SET last_at = excluded.last_at";
    DUE = "SELECT count(*) FROM wipe WHERE since <= $1";
    DONE = "DELETE FROM wipe WHERE last_at <= $1";
}

pub(crate) mod sqlite {
    crate::statements! {
        only Sqlite;
        // A negative number begins to merge everything there is into one, a positive one goes on with that.
        BEGIN = "INSERT INTO search_word (search_word, rank) VALUES ('merge', -500)";
        GO_ON = "INSERT INTO search_word (search_word, rank) VALUES ('merge', 500)";
        CHANGES = "SELECT total_changes()";
    }
}

/// Less than so many rows changed: there was nothing left to merge (sqlite.org/fts5.html, 6.8).
const NOTHING_LEFT: i64 = 2;

/// Notes that something of this brand has gone for good.
///
/// # Errors
/// When the database cannot write.
pub async fn mark(tx: &Tx, brand: &BrandId, at: Timestamp) -> Result<()> {
    tx.run(&MARK, args![brand, at]).await
}

/// Whether something has gone for good before this moment, and is not wiped yet.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_due(tx: &Tx, before: Timestamp) -> Result<bool> {
    Ok(tx.one(&DUE, args![before], only::<i64>).await? > 0)
}

/// Merges a part of the index of the search: about 500 pages. Says whether there is more to do.
///
/// # Errors
/// When the database cannot write.
pub async fn step(tx: &Tx, first: bool) -> Result<bool> {
    if tx.dialect() != Dialect::Sqlite {
        return Ok(false);
    }
    let before: i64 = tx.one(&sqlite::CHANGES, &[], only).await?;
    tx.run(if first { &sqlite::BEGIN } else { &sqlite::GO_ON }, &[]).await?;
    let after: i64 = tx.one(&sqlite::CHANGES, &[], only).await?;
    Ok(after - before >= NOTHING_LEFT)
}

/// What had gone when this moment came is wiped.
///
/// # Errors
/// When the database cannot write.
pub async fn done(tx: &Tx, at: Timestamp) -> Result<()> {
    tx.run(&DONE, args![at]).await
}
