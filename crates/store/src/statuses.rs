//! Statuses of a brand, the deleted ones that tickets still name included.

use std::sync::Arc;

use dispatch_model::{
    BrandId, StatusId, Timestamp,
    status::{Status, Statuses},
};

use crate::{
    Result, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    ALL_OF_BRAND = "SELECT id, name, key, color, description, is_system, is_active, sort_order, created_at, updated_at,
        replaced_by FROM status WHERE brand_id = $1 ORDER BY sort_order, id";
    INSERT = "INSERT INTO status (brand_id, id, name, key, color, description, is_system, is_active, sort_order,
        created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    UPDATE = "UPDATE status SET name = $3, color = $4, description = $5, is_active = $6, sort_order = $7, updated_at = $8
        WHERE brand_id = $1 AND id = $2";
    REPLACE = "UPDATE status SET replaced_by = $3, updated_at = $4
        WHERE brand_id = $1 AND (id = $2 OR replaced_by = $2)";
    DELETE = "DELETE FROM status WHERE brand_id = $1 AND id = $2";
    REPLACED = "SELECT id, name, key, is_active FROM status WHERE brand_id = $1 AND replaced_by IS NOT NULL ORDER BY id LIMIT 1";
    REPLACED_BY_ID = "SELECT id, name, key, is_active FROM status WHERE brand_id = $1 AND id = $2 AND replaced_by IS NOT NULL";
    BRANDS_WITH_REPLACED = "SELECT DISTINCT brand_id FROM status WHERE replaced_by IS NOT NULL";
}

/// Every status of a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Statuses> {
    let rows = tx
        .all(&ALL_OF_BRAND, args![brand], |columns| {
            let status = Status {
                id: columns.take()?,
                brand_id: brand.clone(),
                name: columns.take()?,
                key: columns.take()?,
                color: columns.take()?,
                description: columns.take()?,
                is_system: columns.take()?,
                is_active: columns.take()?,
                sort_order: columns.take()?,
                created_at: columns.take()?,
                updated_at: columns.take()?,
            };
            Ok((status, columns.take::<Option<StatusId>>()?))
        })
        .await?;
    let (mut shown, mut replaced) = (Vec::new(), Vec::new());
    for (status, replaced_by) in rows {
        match replaced_by {
            None => shown.push(Arc::new(status)),
            Some(new) => replaced.push((status.id, new)),
        }
    }
    Ok(Statuses::new(shown, replaced))
}

/// Creates a status.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, status: &Status) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            status.brand_id,
            status.id,
            status.name,
            status.key,
            status.color,
            status.description,
            status.is_system,
            status.is_active,
            status.sort_order,
            status.created_at,
            status.updated_at,
        ],
    )
    .await
}

/// Stores what can be changed of a status, its place included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, status: &Status) -> Result<()> {
    tx.run(
        &UPDATE,
        args![
            status.brand_id,
            status.id,
            status.name,
            status.color,
            status.description,
            status.is_active,
            status.sort_order,
            status.updated_at,
        ],
    )
    .await
}

/// Lets every ticket of `old` read as `new`, at once. The rows follow in steps.
///
/// # Errors
/// When the database cannot write.
pub async fn replace(tx: &Tx, brand: &BrandId, old: &StatusId, new: &StatusId, at: Timestamp) -> Result<()> {
    tx.run(&REPLACE, args![brand, old, new, at]).await
}

/// Removes the row of a status that no ticket names.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &StatusId) -> Result<()> {
    tx.run(&DELETE, args![brand, id]).await
}

/// A deleted status whose tickets wait to be rewritten.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// The deleted status.
    pub id: StatusId,
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// Whether its tickets needed attention.
    pub is_active: bool,
}

/// The next deleted status of a brand whose tickets wait to be rewritten.
///
/// # Errors
/// When the database cannot answer.
pub async fn next_replaced(tx: &Tx, brand: &BrandId) -> Result<Option<Replaced>> {
    tx.maybe(&REPLACED, args![brand], replaced_row).await
}

/// A deleted status of a brand whose tickets wait to be rewritten, by its id.
///
/// # Errors
/// When the database cannot answer.
pub async fn replaced(tx: &Tx, brand: &BrandId, id: &StatusId) -> Result<Option<Replaced>> {
    tx.maybe(&REPLACED_BY_ID, args![brand, id], replaced_row).await
}

fn replaced_row(row: &mut Columns<'_>) -> Result<Replaced> {
    Ok(Replaced { id: row.take()?, name: row.take()?, key: row.take()?, is_active: row.take()? })
}

/// The brands that have such statuses.
///
/// # Errors
/// When the database cannot answer.
pub async fn brands_with_replaced(tx: &Tx) -> Result<Vec<BrandId>> {
    tx.all(&BRANDS_WITH_REPLACED, &[], only).await
}
