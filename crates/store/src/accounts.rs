//! The account. There is one per server in this version; it is created by the first start or `admin` command.

use dispatch_model::{
    AccountId, BrandId, Timestamp,
    account::{Account, Usage},
};

use crate::{
    Result, Select, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    FIRST = "SELECT id, name, created_at, updated_at FROM account WHERE deleted_at IS NULL ORDER BY created_at, id LIMIT 1";
    GET = "SELECT id, name, created_at, updated_at FROM account WHERE id = $1 AND deleted_at IS NULL";
    RENAME = "UPDATE account SET name = $2, updated_at = $3 WHERE id = $1";
    DELETE = "UPDATE account SET deleted_at = $2, updated_at = $2, setup_hash = NULL WHERE id = $1";
    SETUP_HASH = "SELECT setup_hash FROM account WHERE id = $1";
    SET_SETUP_HASH = "UPDATE account SET setup_hash = $2 WHERE id = $1";
    DELETE_KEYS = "DELETE FROM api_key WHERE account_id = $1";
    INSERT = "INSERT INTO account (id, name, created_at, updated_at) VALUES ($1, $2, $3, $3)";
    TICKETS_SINCE = "SELECT count(*) FROM ticket WHERE brand_id = $1 AND live AND created_at >= $2";
    CUSTOMERS = "SELECT count(*) FROM customer WHERE brand_id = $1 AND deleted_at IS NULL";
}

fn row(columns: &mut Columns<'_>) -> Result<Account> {
    Ok(Account { id: columns.take()?, name: columns.take()?, created_at: columns.take()?, updated_at: columns.take()? })
}

/// The account of this server, if it has been created.
///
/// # Errors
/// When the database cannot answer.
pub async fn first(tx: &Tx) -> Result<Option<Account>> {
    tx.maybe(&FIRST, &[], row).await
}

/// An account that is not deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, id: &AccountId) -> Result<Option<Account>> {
    tx.maybe(&GET, args![id], row).await
}

/// Gives an account another name.
///
/// # Errors
/// When the database cannot write.
pub async fn rename(tx: &Tx, account: &Account) -> Result<()> {
    tx.run(&RENAME, args![account.id, account.name, account.updated_at]).await
}

/// Ends an account: its API keys go, and nothing finds it any more.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, id: &AccountId, at: Timestamp) -> Result<()> {
    tx.run(&DELETE_KEYS, args![id]).await?;
    tx.run(&DELETE, args![id, at]).await
}

/// The hash of the token of the setup link, while there is one.
///
/// # Errors
/// When the database cannot answer.
pub async fn setup_hash(tx: &Tx, id: &AccountId) -> Result<Option<String>> {
    Ok(tx.maybe(&SETUP_HASH, args![id], only::<Option<String>>).await?.flatten())
}

/// Keeps the hash of the token of the setup link, or forgets it.
///
/// # Errors
/// When the database cannot write.
pub async fn set_setup_hash(tx: &Tx, id: &AccountId, hash: Option<&str>) -> Result<()> {
    tx.run(&SET_SETUP_HASH, args![id, hash]).await
}

/// Creates an account.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, id: &AccountId, name: &str, at: Timestamp) -> Result<()> {
    tx.run(&INSERT, args![id, name, at]).await
}

/// What these brands hold.
///
/// # Errors
/// When the database cannot answer.
pub async fn usage(tx: &Tx, brands: &[BrandId], month: Timestamp) -> Result<Usage> {
    let mut usage = Usage { brands_count: i64::try_from(brands.len()).unwrap_or(i64::MAX), ..Usage::default() };
    for brand in brands {
        usage.tickets_this_month += tx.one(&TICKETS_SINCE, args![brand, month], only::<i64>).await?;
        usage.customers_total += tx.one(&CUSTOMERS, args![brand], only::<i64>).await?;
    }
    // A sum of bigint is numeric on PostgreSQL: counted here instead.
    let mut rows = Select::new("SELECT live FROM ticket_count");
    rows.within("brand_id", brands);
    usage.tickets_total = tx.select(&rows, only::<i64>).await?.into_iter().sum();
    usage.storage_bytes = crate::attachments::bytes(tx, brands).await?;
    Ok(usage)
}
