//! Categories of a brand.

use dispatch_model::{BrandId, category::Category};

use crate::{Result, Tx, args, value::Columns};

macro_rules! columns {
    () => {
        "SELECT id, name, key, color, description, sort_order, created_at, updated_at FROM category"
    };
}

crate::statements! {
    ALL_OF_BRAND = concat!(columns!(), " WHERE brand_id = $1 ORDER BY sort_order, id");
    BY_ID = concat!(columns!(), " WHERE brand_id = $1 AND id = $2");
    BY_KEY = concat!(columns!(), " WHERE brand_id = $1 AND key = $2");
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Category> {
    Ok(Category {
        id: columns.take()?,
        brand_id: brand.clone(),
        name: columns.take()?,
        key: columns.take()?,
        color: columns.take()?,
        description: columns.take()?,
        sort_order: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    })
}

/// Every category of a brand, in display order.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Category>> {
    tx.all(&ALL_OF_BRAND, args![brand], |columns| row(brand, columns)).await
}

/// The category with this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Category>> {
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}

/// The category with this key.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_key(tx: &Tx, brand: &BrandId, key: &str) -> Result<Option<Category>> {
    tx.maybe(&BY_KEY, args![brand, key], |columns| row(brand, columns)).await
}
