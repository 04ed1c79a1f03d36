//! Companies of a brand.

use dispatch_model::{BrandId, company::Company};

use crate::{Result, Tx, args, value::Columns};

crate::statements! {
    BY_ID = "SELECT id, name, domain, metadata, settings, created_at, updated_at, deleted_at FROM company
        WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL";
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Company> {
    Ok(Company {
        id: columns.take()?,
        brand_id: brand.clone(),
        name: columns.take()?,
        domain: columns.take()?,
        metadata: columns.take()?,
        settings: columns.take()?,
        customer_count: None,
        ticket_count: None,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: columns.take()?,
    })
}

/// A company that is not deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Company>> {
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}
