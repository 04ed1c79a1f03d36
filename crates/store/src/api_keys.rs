//! API keys: their text is kept only as a hash.

use dispatch_model::{
    AccountId, BrandId, JsonText, KeyId, Timestamp,
    account::{ApiKey, Permissions},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, name, permissions, preview, prefix, all_brands, brand_ids, last_used_at, expires_at, created_by, created_at"
    };
}

crate::statements! {
    INSERT = "INSERT INTO api_key (id, account_id, hash, name, permissions, preview, prefix, all_brands, brand_ids,
        expires_at, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    LIST = concat!("SELECT ", columns!(), " FROM api_key WHERE account_id = $1 ORDER BY created_at DESC, id DESC");
    GET = concat!("SELECT ", columns!(), " FROM api_key WHERE account_id = $1 AND id = $2");
    BY_HASH = concat!("SELECT ", columns!(), ", account_id FROM api_key WHERE hash = $1");
    COUNT = "SELECT count(*) FROM api_key WHERE account_id = $1";
    UPDATE = "UPDATE api_key SET name = $3, all_brands = $4, brand_ids = $5, expires_at = $6
        WHERE account_id = $1 AND id = $2";
    USED = "UPDATE api_key SET last_used_at = $2 WHERE id = $1 AND coalesce(last_used_at, 0) < $2";
    DELETE = "DELETE FROM api_key WHERE account_id = $1 AND id = $2";
}

fn row(columns: &mut Columns<'_>) -> Result<ApiKey> {
    Ok(ApiKey {
        id: columns.take()?,
        name: columns.take()?,
        permissions: Permissions::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        key_preview: columns.take()?,
        prefix: columns.take()?,
        all_brands: columns.take()?,
        brand_ids: brands(&columns.take::<String>()?),
        last_used_at: columns.take()?,
        expires_at: columns.take()?,
        created_by: columns.take()?,
        created_at: columns.take()?,
    })
}

/// The brands of a key are kept as one text: they are only ever read together.
fn brands(text: &str) -> Vec<BrandId> {
    text.split(' ').filter(|id| !id.is_empty()).map(BrandId::from).collect()
}

fn brands_text(brands: &[BrandId]) -> String {
    brands.iter().map(BrandId::as_str).collect::<Vec<_>>().join(" ")
}

/// Keeps a new key.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, account: &AccountId, key: &ApiKey, hash: &str) -> Result<()> {
    let brands = brands_text(&key.brand_ids);
    let permissions = key.permissions.as_str();
    tx.run(
        &INSERT,
        args![
            key.id,
            account,
            hash,
            key.name,
            permissions,
            key.key_preview,
            key.prefix,
            key.all_brands,
            brands,
            key.expires_at,
            key.created_by,
            key.created_at,
        ],
    )
    .await
}

/// Every key, newest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, account: &AccountId) -> Result<Vec<ApiKey>> {
    tx.all(&LIST, args![account], row).await
}

/// One key.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, account: &AccountId, id: &KeyId) -> Result<Option<ApiKey>> {
    tx.maybe(&GET, args![account, id], row).await
}

/// The key with this hash, with its account.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_hash(tx: &Tx, hash: &str) -> Result<Option<(ApiKey, AccountId)>> {
    tx.maybe(&BY_HASH, args![hash], |columns| Ok((row(columns)?, columns.take()?))).await
}

/// How many keys there are.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, account: &AccountId) -> Result<i64> {
    tx.one(&COUNT, args![account], only).await
}

/// Stores what can be changed of a key.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, account: &AccountId, key: &ApiKey) -> Result<()> {
    let brands = brands_text(&key.brand_ids);
    tx.run(&UPDATE, args![account, key.id, key.name, key.all_brands, brands, key.expires_at]).await
}

/// Notes the minute of a key's last use.
///
/// # Errors
/// When the database cannot write.
pub async fn used(tx: &Tx, id: &KeyId, minute: Timestamp) -> Result<()> {
    tx.run(&USED, args![id, minute]).await
}

/// Revokes a key.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, account: &AccountId, id: &KeyId) -> Result<()> {
    tx.run(&DELETE, args![account, id]).await
}

/// A key's data for the account's log: everything but its text.
#[must_use]
pub fn data(key: &ApiKey) -> JsonText {
    JsonText::of(&serde_json::json!({ "id": key.id, "apiKey": key }))
}
