//! To what a message belongs: the tokens of reply addresses, and the messages that it names.

use dispatch_model::{BrandId, MailId, TicketId, Timestamp};

use crate::{Result, Select, Tx, args, value::only};

/// Messages that are looked at of those that a message names: one mail goes to many people under one id each.
const MESSAGES_MAX: i64 = 200;

crate::statements! {
    BY_REPLY_HASH = "SELECT id, ticket_id, to_address, member_id, created_at FROM mail
        WHERE brand_id = $1 AND reply_hash = $2 AND direction = 'out'";
    TAKEN_ID = "SELECT id FROM mail WHERE brand_id = $1 AND message_id = $2 AND direction = 'in' AND id <> $3
        AND state NOT IN ('received', 'duplicate') LIMIT 1";
    TAKEN_BYTES = "SELECT id FROM mail WHERE brand_id = $1 AND digest = $2 AND direction = 'in' AND id <> $3
        AND state NOT IN ('received', 'duplicate') LIMIT 1";
    FROM_SENDER = "SELECT count(*) FROM (SELECT 1 FROM mail WHERE brand_id = $1 AND from_address = $2 AND direction = 'in'
        AND created_at > $3 AND id <> $4 AND state NOT IN ('received', 'duplicate') LIMIT $5) m";
    BOUNCE = "UPDATE mail SET state = 'bounced', reason = $4, due_at = NULL WHERE brand_id = $1 AND message_id = $2
        AND direction = 'out' AND state = 'sent' AND to_address = coalesce($3, to_address)";
}

/// A mail that was sent with an address to answer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answerable {
    /// The mail.
    pub id: MailId,
    /// Its ticket.
    pub ticket_id: Option<TicketId>,
    /// Whom it went to.
    pub to_address: String,
    /// The member that it went to, if it was one.
    pub member_id: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// The mail whose reply address has a token with this hash.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_reply_hash(tx: &Tx, brand: &BrandId, hash: &str) -> Result<Option<Answerable>> {
    tx.maybe(&BY_REPLY_HASH, args![brand, hash], |columns| {
        Ok(Answerable {
            id: columns.take()?,
            ticket_id: columns.take()?,
            to_address: columns.take()?,
            member_id: columns.take()?,
            created_at: columns.take()?,
        })
    })
    .await
}

/// The tickets that these messages belong to, sent or received, the newest message first. Ids are without angle brackets.
///
/// # Errors
/// When the database cannot answer.
pub async fn tickets_of_messages(tx: &Tx, brand: &BrandId, ids: &[String]) -> Result<Vec<TicketId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new("SELECT ticket_id FROM mail");
    select.with("brand_id =", brand).within("message_id", ids).is("ticket_id IS NOT NULL");
    select.first("created_at DESC, id DESC", MESSAGES_MAX);
    let found: Vec<TicketId> = tx.select(&select, only).await?;
    let mut tickets: Vec<TicketId> = Vec::new();
    for ticket in found {
        if !tickets.contains(&ticket) {
            tickets.push(ticket);
        }
    }
    Ok(tickets)
}

/// Whether another message with this id, or without one with these bytes, was taken before.
///
/// # Errors
/// When the database cannot answer.
pub async fn was_taken(tx: &Tx, brand: &BrandId, own: &MailId, message: Option<&str>, digest: &str) -> Result<bool> {
    let found: Option<MailId> = match message {
        Some(message) => tx.maybe(&TAKEN_ID, args![brand, message, own], only).await?,
        None => tx.maybe(&TAKEN_BYTES, args![brand, digest, own], only).await?,
    };
    Ok(found.is_some())
}

/// How many other messages of a sender came since then, counted up to `limit`.
///
/// # Errors
/// When the database cannot answer.
pub async fn from_sender(
    tx: &Tx,
    brand: &BrandId,
    own: &MailId,
    address: &str,
    since: Timestamp,
    limit: i64,
) -> Result<i64> {
    tx.one(&FROM_SENDER, args![brand, address, since, own, limit], only).await
}

/// Notes that a mail that was sent did not arrive.
///
/// # Errors
/// When the database cannot write.
pub async fn bounce(tx: &Tx, brand: &BrandId, message: &str, recipient: Option<&str>, reason: &str) -> Result<()> {
    tx.run(&BOUNCE, args![brand, message, recipient, reason]).await
}
