//! What follows in steps behind a deleted company or a new domain (API 1.6).

use dispatch_model::{BrandId, CompanyId, CustomerId, Timestamp, customer::Customer};

use super::row;
use crate::{Result, Tx, args, value::only};

crate::statements! {
    TO_JOIN = concat!(plain!(), " WHERE c.brand_id = $1 AND c.domain = $2 AND c.company_id IS NULL
        AND c.deleted_at IS NULL ORDER BY c.id LIMIT $3");
    SOME_TO_JOIN = "SELECT id FROM customer WHERE brand_id = $1 AND domain = $2 AND company_id IS NULL
        AND deleted_at IS NULL LIMIT 1";
    OF_COMPANY = concat!(plain!(), " WHERE c.brand_id = $1 AND c.company_id = $2 ORDER BY c.id LIMIT $3");
    SOME_OF_COMPANY = "SELECT id FROM customer WHERE brand_id = $1 AND company_id = $2 LIMIT 1";
    IDS_OF_COMPANY = "SELECT id FROM customer WHERE brand_id = $1 AND company_id = $2 ORDER BY id LIMIT $3";
    MOVE = "UPDATE customer SET company_id = $3, updated_at = $4 WHERE brand_id = $1 AND id = $2";
    CLEAR = "UPDATE customer SET company_id = NULL WHERE brand_id = $1 AND company_id = $2 AND id <= $3";
}

/// Some customers of a domain whose rows name no company.
///
/// # Errors
/// When the database cannot answer.
pub async fn joining(tx: &Tx, brand: &BrandId, domain: &str, limit: i64) -> Result<Vec<Customer>> {
    tx.all(&TO_JOIN, args![brand, domain, limit], |columns| row(brand, columns)).await
}

/// Whether there are any.
///
/// # Errors
/// When the database cannot answer.
pub async fn some_to_join(tx: &Tx, brand: &BrandId, domain: &str) -> Result<bool> {
    Ok(tx.maybe(&SOME_TO_JOIN, args![brand, domain], only::<CustomerId>).await?.is_some())
}

/// Some customers whose rows name this company, deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_company(tx: &Tx, brand: &BrandId, company: &str, limit: i64) -> Result<Vec<Customer>> {
    tx.all(&OF_COMPANY, args![brand, company, limit], |columns| row(brand, columns)).await
}

/// Whether there are any.
///
/// # Errors
/// When the database cannot answer.
pub async fn some_of_company(tx: &Tx, brand: &BrandId, company: &str) -> Result<bool> {
    Ok(tx.maybe(&SOME_OF_COMPANY, args![brand, company], only::<CustomerId>).await?.is_some())
}

/// Lets a customer's row name another company, or none.
///
/// # Errors
/// When the database cannot write.
pub async fn move_to(
    tx: &Tx,
    brand: &BrandId,
    id: &CustomerId,
    company: Option<&CompanyId>,
    updated_at: Timestamp,
) -> Result<()> {
    tx.run(&MOVE, args![brand, id, company, updated_at]).await
}

/// Takes the mark of a rewriting from up to `limit` rows; says whether there were any. Marks keep a customer that was written
/// while a rewriting of its domain was under way from being moved by it; then they would only be in the way of the next one.
///
/// # Errors
/// When the database cannot write.
pub async fn unmark(tx: &Tx, brand: &BrandId, mark: &str, limit: i64) -> Result<bool> {
    let ids: Vec<CustomerId> = tx.all(&IDS_OF_COMPANY, args![brand, mark, limit], only).await?;
    let Some(last) = ids.last() else { return Ok(false) };
    tx.run(&CLEAR, args![brand, mark, last]).await?;
    Ok(true)
}
