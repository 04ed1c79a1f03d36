//! Mail on its way out: claimed, sent with no transaction open, written down. `due_at` of a mail that is being sent says when
//! somebody else may try; its `attempts` say whose record counts.

use dispatch_model::{
    BrandId, MailId, TicketId, Timestamp,
    mail::{Mail, MailKind},
};

use super::row;
use crate::{Result, Select, Tx, args, value::only};

crate::statements! {
    GET = concat!("SELECT ", columns!(), " FROM mail WHERE brand_id = $1 AND id = $2 AND direction = 'out'");
    CLAIM = concat!("UPDATE mail SET attempts = attempts + 1, due_at = $4 WHERE brand_id = $1 AND id = $2 AND due_at IS NOT NULL
        AND due_at <= $3 AND direction = 'out' RETURNING ", columns!());
    WORD = "UPDATE mail SET subject = $3, from_address = $4, message_id = $5, reply_hash = $6 WHERE brand_id = $1 AND id = $2";
    SENT = "UPDATE mail SET state = 'sent', reason = NULL, due_at = NULL, processed_at = $4
        WHERE brand_id = $1 AND id = $2 AND attempts = $3 AND due_at IS NOT NULL RETURNING id";
    LATER = "UPDATE mail SET reason = $4, due_at = $5 WHERE brand_id = $1 AND id = $2 AND attempts = $3 AND due_at IS NOT NULL";
    FAILED = "UPDATE mail SET state = 'failed', reason = $4, due_at = NULL, processed_at = $5
        WHERE brand_id = $1 AND id = $2 AND attempts = $3 AND due_at IS NOT NULL RETURNING id";
    AGAIN = "UPDATE mail SET state = 'queued', reason = NULL, due_at = $3, processed_at = NULL, attempts = 0
        WHERE brand_id = $1 AND id = $2 AND direction = 'out' AND state IN ('failed', 'bounced') RETURNING id";
    ANSWERED_SINCE = "SELECT id FROM mail WHERE brand_id = $1 AND to_address = $2 AND created_at > $3 AND direction = 'out'
        AND kind = 'auto_reply' LIMIT 1";
    TOLD_SINCE = "SELECT id FROM mail WHERE brand_id = $1 AND to_address = $2 AND created_at > $3 AND direction = 'out'
        AND kind = 'mail_quarantined' LIMIT 1";
    THREAD = "SELECT message_id FROM mail WHERE brand_id = $1 AND ticket_id = $2 AND message_id IS NOT NULL
        AND ((direction = 'in' AND state IN ('created', 'appended')) OR (direction = 'out' AND to_address = $3 AND id < $4))
        ORDER BY id DESC LIMIT $5";
}

/// One mail that goes out.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &MailId) -> Result<Option<Mail>> {
    tx.maybe(&GET, args![brand, id], row).await
}

/// Mails that are due, those that have waited longest first, but none of these brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, now: Timestamp, but: &[BrandId], limit: i64) -> Result<Vec<(BrandId, MailId)>> {
    let mut select = Select::new("SELECT brand_id, id FROM mail");
    select.with("due_at <=", &now).without("brand_id", but).first("due_at, brand_id, id", limit);
    tx.select(&select, |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Takes a mail that is due: the attempt counts from now on, and nobody else takes it before `until`.
///
/// # Errors
/// When the database cannot write.
pub async fn claim(tx: &Tx, brand: &BrandId, id: &MailId, now: Timestamp, until: Timestamp) -> Result<Option<Mail>> {
    tx.maybe(&CLAIM, args![brand, id, now, until], row).await
}

/// What a mail got when it was worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// Its subject.
    pub subject: String,
    /// The address that it comes from.
    pub from: String,
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// The hash of the token in the address that answers go to.
    pub reply_hash: Option<String>,
}

/// Notes how a mail was worded.
///
/// # Errors
/// When the database cannot write.
pub async fn word(tx: &Tx, brand: &BrandId, id: &MailId, worded: &Worded) -> Result<()> {
    tx.run(&WORD, args![brand, id, worded.subject, worded.from, worded.message_id, worded.reply_hash]).await
}

/// The relay has taken it. Says whether this attempt still counted.
///
/// # Errors
/// When the database cannot write.
pub async fn sent(tx: &Tx, brand: &BrandId, id: &MailId, attempt: i64, at: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&SENT, args![brand, id, attempt, at], only::<MailId>).await?.is_some())
}

/// It is to be tried again then.
///
/// # Errors
/// When the database cannot write.
pub async fn later(tx: &Tx, brand: &BrandId, id: &MailId, attempt: i64, why: &str, due: Timestamp) -> Result<()> {
    tx.run(&LATER, args![brand, id, attempt, why, due]).await
}

/// It is given up. Says whether this attempt still counted.
///
/// # Errors
/// When the database cannot write.
pub async fn failed(tx: &Tx, brand: &BrandId, id: &MailId, attempt: i64, why: &str, at: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&FAILED, args![brand, id, attempt, why, at], only::<MailId>).await?.is_some())
}

/// Lets a mail that failed or came back be sent again, with all of its tries. Says whether it is one of those.
///
/// # Errors
/// When the database cannot write.
pub async fn again(tx: &Tx, brand: &BrandId, id: &MailId, at: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&AGAIN, args![brand, id, at], only::<MailId>).await?.is_some())
}

/// Whether an address was told of something of this kind since then: an automatic answer, or mail in quarantine.
///
/// # Errors
/// When the database cannot answer.
pub async fn told_since(tx: &Tx, brand: &BrandId, kind: MailKind, to: &str, since: Timestamp) -> Result<bool> {
    let statement = if kind == MailKind::AutoReply { &ANSWERED_SINCE } else { &TOLD_SINCE };
    Ok(tx.maybe(statement, args![brand, to, since], only::<MailId>).await?.is_some())
}

/// The messages of a ticket that this person has seen before this mail, newest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn thread(
    tx: &Tx,
    brand: &BrandId,
    ticket: &TicketId,
    (to, before): (&str, &MailId),
    limit: i64,
) -> Result<Vec<String>> {
    tx.all(&THREAD, args![brand, ticket, to, before, limit], only).await
}
