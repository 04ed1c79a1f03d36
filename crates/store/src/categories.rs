//! Categories of a brand. Tickets may still name one that is gone: `rewrites.rs` says what they read as meanwhile.

use dispatch_model::{BrandId, CategoryId, TicketId, category::Category};

use crate::{
    Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, name, key, color, description, sort_order, created_at, updated_at"
    };
}

crate::statements! {
    ALL_OF_BRAND = concat!("SELECT ", columns!(), " FROM category WHERE brand_id = $1 ORDER BY sort_order, id");
    BY_ID = concat!("SELECT ", columns!(), " FROM category WHERE brand_id = $1 AND id = $2");
    BY_KEY = concat!("SELECT ", columns!(), " FROM category WHERE brand_id = $1 AND key = $2");
    INSERT = "INSERT INTO category (brand_id, id, name, name_key, key, color, description, sort_order, created_at,
        updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE category SET name = $3, name_key = $4, color = $5, description = $6, sort_order = $7, updated_at = $8
        WHERE brand_id = $1 AND id = $2";
    DELETE = "DELETE FROM category WHERE brand_id = $1 AND id = $2";
    COUNTS = "SELECT category_id, status_id, count(*) FROM ticket
        WHERE brand_id = $1 AND category_id IS NOT NULL AND live = TRUE GROUP BY category_id, status_id";
    LIVE = "SELECT count(*) FROM ticket WHERE brand_id = $1 AND category_id = $2 AND live = TRUE";
    TICKETS = "SELECT id FROM ticket WHERE brand_id = $1 AND category_id = $2 ORDER BY live, status_id, id LIMIT $3";
    MOVE = "UPDATE ticket SET category_id = $3 WHERE brand_id = $1 AND id = $2";
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

/// Every category of a brand in display order.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Category>> {
    tx.all(&ALL_OF_BRAND, args![brand], |columns| row(brand, columns)).await
}

/// A category by its id.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Category>> {
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}

/// A category by its key.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_key(tx: &Tx, brand: &BrandId, key: &str) -> Result<Option<Category>> {
    tx.maybe(&BY_KEY, args![brand, key], |columns| row(brand, columns)).await
}

/// Creates a category.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, category: &Category) -> Result<()> {
    let name_key = dispatch_model::fold::folded(&category.name);
    tx.run(
        &INSERT,
        args![
            category.brand_id,
            category.id,
            category.name,
            name_key,
            category.key,
            category.color,
            category.description,
            category.sort_order,
            category.created_at,
            category.updated_at,
        ],
    )
    .await
}

/// Stores what can be changed of a category, its place included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, category: &Category) -> Result<()> {
    let name_key = dispatch_model::fold::folded(&category.name);
    tx.run(
        &UPDATE,
        args![
            category.brand_id,
            category.id,
            category.name,
            name_key,
            category.color,
            category.description,
            category.sort_order,
            category.updated_at,
        ],
    )
    .await
}

/// Removes a category. Tickets that name it are the business of a rewriting.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &CategoryId) -> Result<()> {
    tx.run(&DELETE, args![brand, id]).await
}

/// How many tickets that are neither spam nor deleted have a category and a status, both as they are stored.
#[derive(Clone, Debug)]
pub struct StoredCount {
    /// The stored category.
    pub category_id: String,
    /// The stored status.
    pub status_id: String,
    /// The tickets.
    pub tickets: i64,
}

/// The counts of a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn counts(tx: &Tx, brand: &BrandId) -> Result<Vec<StoredCount>> {
    tx.all(&COUNTS, args![brand], |row| {
        Ok(StoredCount { category_id: row.take()?, status_id: row.take()?, tickets: row.take()? })
    })
    .await
}

/// How many tickets that are neither spam nor deleted are stored with one of these categories.
///
/// # Errors
/// When the database cannot answer.
pub async fn live(tx: &Tx, brand: &BrandId, stored: &[&str]) -> Result<i64> {
    let mut sum = 0;
    for id in stored {
        sum += tx.one(&LIVE, args![brand, id], only::<i64>).await?;
    }
    Ok(sum)
}

/// Some tickets that are stored with a category, spam and deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn tickets(tx: &Tx, brand: &BrandId, stored: &str, limit: i64) -> Result<Vec<TicketId>> {
    tx.all(&TICKETS, args![brand, stored, limit], only).await
}

/// Rewrites the stored category of a ticket, and nothing else of it.
///
/// # Errors
/// When the database cannot write.
pub async fn move_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId, category: Option<&str>) -> Result<()> {
    tx.run(&MOVE, args![brand, ticket, category]).await
}
