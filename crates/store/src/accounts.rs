//! The account. There is one per server in this version; it is created by the first start or `admin` command.

use dispatch_model::{
    AccountId, BrandId, Timestamp,
    account::{Account, Usage},
};

use crate::{Result, Select, Tx, args, value::only};

crate::statements! {
    FIRST = "SELECT id, name, created_at, updated_at FROM account ORDER BY created_at, id LIMIT 1";
    INSERT = "INSERT INTO account (id, name, created_at, updated_at) VALUES ($1, $2, $3, $3)";
    TICKETS_SINCE = "SELECT count(*) FROM ticket WHERE brand_id = $1 AND live AND created_at >= $2";
    CUSTOMERS = "SELECT count(*) FROM customer WHERE brand_id = $1 AND deleted_at IS NULL";
}

/// The account of this server, if it has been created.
///
/// # Errors
/// When the database cannot answer.
pub async fn first(tx: &Tx) -> Result<Option<Account>> {
    tx.maybe(&FIRST, &[], |row| {
        Ok(Account { id: row.take()?, name: row.take()?, created_at: row.take()?, updated_at: row.take()? })
    })
    .await
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
    Ok(usage)
}
