//! Who watches a ticket.

use dispatch_model::{BrandId, TicketId, watcher::Watcher};

use crate::{
    Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "SELECT id, ticket_id, member_id, email, name, added_by, added_at, notify_on_comment, notify_on_status_change
            FROM watcher WHERE brand_id = $1 AND ticket_id = $2"
    };
}

crate::statements! {
    OF_TICKET = concat!(columns!(), " ORDER BY added_at, id");
    BY_EMAIL = concat!(columns!(), " AND email = $3");
    COUNT = "SELECT count(*) FROM watcher WHERE brand_id = $1 AND ticket_id = $2";
    INSERT = "INSERT INTO watcher (brand_id, ticket_id, id, member_id, email, name, added_by, added_at, notify_on_comment,
        notify_on_status_change) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE watcher SET notify_on_comment = $4, notify_on_status_change = $5
        WHERE brand_id = $1 AND ticket_id = $2 AND id = $3";
    DELETE = "DELETE FROM watcher WHERE brand_id = $1 AND ticket_id = $2 AND id = $3";
}

fn row(columns: &mut Columns<'_>) -> Result<Watcher> {
    Ok(Watcher {
        id: columns.take()?,
        ticket_id: columns.take()?,
        member_id: columns.take()?,
        email: columns.take()?,
        name: columns.take()?,
        added_by: columns.take()?,
        added_at: columns.take()?,
        notify_on_comment: columns.take()?,
        notify_on_status_change: columns.take()?,
    })
}

/// Everybody who watches a ticket, in the order in which they came.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<Vec<Watcher>> {
    tx.all(&OF_TICKET, args![brand, ticket], row).await
}

/// The watcher with this address.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_email(tx: &Tx, brand: &BrandId, ticket: &TicketId, email: &str) -> Result<Option<Watcher>> {
    tx.maybe(&BY_EMAIL, args![brand, ticket, email], row).await
}

/// How many watch a ticket.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<i64> {
    tx.one(&COUNT, args![brand, ticket], only).await
}

/// Adds a watcher.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, new: &Watcher) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            brand,
            new.ticket_id,
            new.id,
            new.member_id,
            new.email,
            new.name,
            new.added_by,
            new.added_at,
            new.notify_on_comment,
            new.notify_on_status_change,
        ],
    )
    .await
}

/// Stores what a watcher hears of.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, brand: &BrandId, watcher: &Watcher) -> Result<()> {
    let (comment, status) = (watcher.notify_on_comment, watcher.notify_on_status_change);
    tx.run(&UPDATE, args![brand, watcher.ticket_id, watcher.id, comment, status]).await
}

/// Removes a watcher.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, watcher: &Watcher) -> Result<()> {
    tx.run(&DELETE, args![brand, watcher.ticket_id, watcher.id]).await
}
