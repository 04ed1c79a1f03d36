//! Who takes part in a ticket by mail beside its customer: the addresses in copy.

use dispatch_model::{BrandId, TicketId, Timestamp, mail::Recipient};

use crate::{Result, Tx, args, value::only};

crate::statements! {
    OF_TICKET = "SELECT address, name FROM mail_participant WHERE brand_id = $1 AND ticket_id = $2 ORDER BY created_at, address
        LIMIT $3";
    INSERT = "INSERT INTO mail_participant (brand_id, ticket_id, address, name, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (brand_id, ticket_id, address) DO NOTHING";
    TAKES_PART = "SELECT address FROM mail_participant WHERE brand_id = $1 AND ticket_id = $2 AND address = $3
        UNION ALL SELECT email FROM watcher WHERE brand_id = $1 AND ticket_id = $2 AND email = $3
        UNION ALL SELECT author_email FROM comment WHERE brand_id = $1 AND ticket_id = $2 AND author_type = 'STAFF' AND author_email = $3
            AND deleted_at IS NULL LIMIT 1";
    FORGET = "DELETE FROM mail_participant WHERE brand_id = $1 AND address = $2";
}

/// More of a ticket are not kept.
pub const PARTICIPANTS_MAX: i64 = 50;

/// Who takes part, in the order in which they came.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<Vec<Recipient>> {
    tx.all(&OF_TICKET, args![brand, ticket, PARTICIPANTS_MAX], |columns| {
        Ok(Recipient { address: columns.take()?, name: columns.take()?, member_id: None })
    })
    .await
}

/// Lets these take part, as long as there is room.
///
/// # Errors
/// When the database cannot write.
pub async fn add(tx: &Tx, brand: &BrandId, ticket: &TicketId, new: &[Recipient], at: Timestamp) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let known = of_ticket(tx, brand, ticket).await?;
    let room = usize::try_from(PARTICIPANTS_MAX).unwrap_or(0).saturating_sub(known.len());
    let is_new = |one: &&Recipient| !known.iter().any(|known| known.address == one.address);
    for one in new.iter().filter(is_new).take(room) {
        tx.run(&INSERT, args![brand, ticket, one.address, one.name, at]).await?;
    }
    Ok(())
}

/// Whether an address takes part: in copy, as a watcher, or as one of the team who has written.
///
/// # Errors
/// When the database cannot answer.
pub async fn takes_part(tx: &Tx, brand: &BrandId, ticket: &TicketId, address: &str) -> Result<bool> {
    Ok(tx.maybe(&TAKES_PART, args![brand, ticket, address], only::<String>).await?.is_some())
}

/// Lets an address take part in no ticket of the brand any more.
///
/// # Errors
/// When the database cannot write.
pub async fn forget(tx: &Tx, brand: &BrandId, address: &str) -> Result<()> {
    tx.run(&FORGET, args![brand, address]).await
}
