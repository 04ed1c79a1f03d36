//! Tickets per status: moved in the transaction that moves the ticket, so that chips and statistics never count rows.

use dispatch_model::{BrandId, StatusId};

use crate::{Result, Tx, args};

crate::statements! {
    ADD = "INSERT INTO ticket_count (brand_id, status_id, live, total) VALUES ($1, $2, $3, $4)
        ON CONFLICT (brand_id, status_id)
        DO UPDATE SET live = ticket_count.live + excluded.live, total = ticket_count.total + excluded.total";
    OF_BRAND = "SELECT status_id, live, total FROM ticket_count WHERE brand_id = $1";
    REMOVE = "DELETE FROM ticket_count WHERE brand_id = $1 AND status_id = $2";
}

/// How many tickets a status has.
#[derive(Clone, Debug)]
pub struct Count {
    /// The status.
    pub status_id: StatusId,
    /// Tickets that are neither spam nor deleted.
    pub live: i64,
    /// All tickets.
    pub total: i64,
}

/// Adds to the count of a status (or takes away).
///
/// # Errors
/// When the database cannot write.
pub async fn add(tx: &Tx, brand: &BrandId, status: &StatusId, live: i64, total: i64) -> Result<()> {
    if live == 0 && total == 0 {
        return Ok(());
    }
    tx.run(&ADD, args![brand, status, live, total]).await
}

/// The counts of a brand; a status without a row has no tickets.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_brand(tx: &Tx, brand: &BrandId) -> Result<Vec<Count>> {
    tx.all(&OF_BRAND, args![brand], |row| Ok(Count { status_id: row.take()?, live: row.take()?, total: row.take()? }))
        .await
}

/// Removes the row of a status that is gone.
///
/// # Errors
/// When the database cannot write.
pub async fn remove(tx: &Tx, brand: &BrandId, status: &StatusId) -> Result<()> {
    tx.run(&REMOVE, args![brand, status]).await
}
