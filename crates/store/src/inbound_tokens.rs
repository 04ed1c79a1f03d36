//! The credential of a brand's `POST /inbound/email`, kept as a hash.

use dispatch_model::{AccountId, BrandId, Timestamp};

use crate::{Result, Tx, args, value::only};

crate::statements! {
    PUT = "INSERT INTO inbound_token (brand_id, hash, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (brand_id) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at";
    BY_HASH = "SELECT b.id, b.account_id FROM inbound_token t JOIN brand b ON b.id = t.brand_id
        WHERE t.hash = $1 AND b.deleted_at IS NULL";
    EXISTS = "SELECT brand_id FROM inbound_token WHERE brand_id = $1";
    DELETE = "DELETE FROM inbound_token WHERE brand_id = $1";
}

/// Gives a brand this token in the place of the one that it had.
///
/// # Errors
/// When the database cannot write.
pub async fn put(tx: &Tx, brand: &BrandId, hash: &str, at: Timestamp) -> Result<()> {
    tx.run(&PUT, args![brand, hash, at]).await
}

/// The brand of a token, and its account.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_hash(tx: &Tx, hash: &str) -> Result<Option<(BrandId, AccountId)>> {
    tx.maybe(&BY_HASH, args![hash], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Whether a brand has a token.
///
/// # Errors
/// When the database cannot answer.
pub async fn exists(tx: &Tx, brand: &BrandId) -> Result<bool> {
    Ok(tx.maybe(&EXISTS, args![brand], only::<BrandId>).await?.is_some())
}

/// Takes the token of a brand away.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&DELETE, args![brand]).await
}
