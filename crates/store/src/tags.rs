//! Tags of a brand.

use dispatch_model::{BrandId, TagId, tag::Tag};

use crate::{Result, Select, Tx, args, value::Columns};

crate::statements! {
    INSERT = "INSERT INTO tag (brand_id, id, name, name_key, color, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
    COUNT = "SELECT count(*) FROM tag WHERE brand_id = $1";
}

const COLUMNS: &str = "SELECT id, name, color, created_at, updated_at FROM tag";

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Tag> {
    Ok(Tag {
        id: columns.take()?,
        brand_id: brand.clone(),
        name: columns.take()?,
        color: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    })
}

/// The tags with these ids.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_ids(tx: &Tx, brand: &BrandId, ids: &[TagId]) -> Result<Vec<Tag>> {
    let mut select = Select::new(COLUMNS);
    select.with("brand_id =", brand).within("id", ids);
    tx.select(&select, |columns| row(brand, columns)).await
}

/// The tags with these names, case-folded.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_names(tx: &Tx, brand: &BrandId, keys: &[String]) -> Result<Vec<Tag>> {
    let mut select = Select::new(COLUMNS);
    select.with("brand_id =", brand).within("name_key", keys);
    tx.select(&select, |columns| row(brand, columns)).await
}

/// How many tags a brand has.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&COUNT, args![brand], crate::value::only).await
}

/// Creates a tag.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, tag: &Tag) -> Result<()> {
    let key = dispatch_model::fold::folded(&tag.name);
    tx.run(&INSERT, args![tag.brand_id, tag.id, tag.name, key, tag.color, tag.created_at]).await
}
