//! Mail that is to be sent: a row for each person who is mailed. What came in is in `incoming`, its bytes are in `raw`.

macro_rules! columns {
    () => {
        "id, brand_id, kind, ticket_id, comment_id, event_id, to_address, to_name, member_id, subject, body, link, state, reason,
            attempts, created_at"
    };
}

pub mod erase;
pub mod incoming;
pub mod ledger;
pub mod participants;
pub mod raw;
// Below the macro that it uses.
pub mod sending;
pub mod thread;

use dispatch_model::{
    BrandId, MailId, Timestamp,
    mail::{Mail, MailKind, MailState, Recipient},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    INSERT = "INSERT INTO mail (brand_id, id, kind, ticket_id, event_id, to_address, to_name, subject, state, due_at, created_at,
        body, comment_id, member_id, link) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14)";
    OF_BRAND = concat!("SELECT ", columns!(), " FROM mail WHERE brand_id = $1 AND id > $2 AND direction = 'out' ORDER BY id LIMIT $3");
    DUE = "SELECT brand_id, id FROM mail WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, brand_id, id LIMIT $2";
    DUE_WITHOUT_RELAY = "SELECT brand_id, id FROM mail WHERE due_at IS NOT NULL AND due_at <= $1
        AND brand_id NOT IN (SELECT brand_id FROM mail_relay) ORDER BY due_at, brand_id, id LIMIT $2";
    SUPPRESS = "UPDATE mail SET state = 'suppressed', reason = $3, due_at = NULL, processed_at = $4
        WHERE brand_id = $1 AND id = $2 AND due_at IS NOT NULL";
    TO_ERASE = "SELECT m.id, t.customer_id, m.to_address, m.to_name, m.subject, m.body FROM mail m
        LEFT JOIN ticket t ON t.brand_id = m.brand_id AND t.id = m.ticket_id
        WHERE m.brand_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3";
    WRITE = "UPDATE mail SET to_address = $3, to_name = $4, subject = $5, body = $6 WHERE brand_id = $1 AND id = $2";
    WAITING = "SELECT count(*) FROM (SELECT 1 FROM mail WHERE due_at IS NOT NULL LIMIT $1) d";
}

/// Keeps a mail that waits to be sent.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, mail: &Mail) -> Result<()> {
    let Mail {
        id, brand_id, kind, ticket_id, comment_id, event_id, to, subject, body, link, state, created_at, ..
    } = mail;
    let (kind, state, member) = (kind.as_str(), state.as_str(), &to.member_id);
    tx.run(
        &INSERT,
        args![
            brand_id, id, kind, ticket_id, event_id, to.address, to.name, subject, state, created_at, body, comment_id,
            member, link
        ],
    )
    .await
}

fn row(columns: &mut Columns<'_>) -> Result<Mail> {
    Ok(Mail {
        id: columns.take()?,
        brand_id: columns.take()?,
        kind: MailKind::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        ticket_id: columns.take()?,
        comment_id: columns.take()?,
        event_id: columns.take()?,
        to: Recipient { address: columns.take()?, name: columns.take()?, member_id: columns.take()? },
        subject: columns.take()?,
        body: columns.take()?,
        link: columns.take()?,
        state: MailState::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        reason: columns.take()?,
        attempts: columns.take()?,
        created_at: columns.take()?,
    })
}

/// Outgoing mails of a brand behind this id, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_brand(tx: &Tx, brand: &BrandId, after: &str, limit: i64) -> Result<Vec<Mail>> {
    tx.all(&OF_BRAND, args![brand, after, limit], row).await
}

/// Whose mail is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// That of brands without a relay of their own, and that of accounts.
    WithoutRelay,
}

/// Mails that have been due since then or longer, those that have waited longest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, before: Timestamp, whose: Whose, limit: i64) -> Result<Vec<(BrandId, MailId)>> {
    let due = match whose {
        Whose::All => &DUE,
        Whose::WithoutRelay => &DUE_WITHOUT_RELAY,
    };
    tx.all(due, args![before, limit], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Gives up a mail that waits: it is not sent.
///
/// # Errors
/// When the database cannot write.
pub async fn suppress(tx: &Tx, brand: &BrandId, id: &MailId, reason: &str, at: Timestamp) -> Result<()> {
    tx.run(&SUPPRESS, args![brand, id, reason, at]).await
}

/// More mails than these are not counted.
const COUNTED_MAX: i64 = 1_000_000;

/// How many mails wait, counted up to a million.
///
/// # Errors
/// When the database cannot answer.
pub async fn waiting(tx: &Tx) -> Result<i64> {
    tx.one(&WAITING, args![COUNTED_MAX], only).await
}

/// What a mail may hold of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the mail")]
pub struct MailTexts {
    pub id: MailId,
    /// The customer of its ticket.
    pub customer_id: Option<String>,
    pub to_address: String,
    pub to_name: Option<String>,
    pub subject: String,
    pub body: String,
}

/// Mails of a brand behind this id, with what they may hold of a person.
///
/// # Errors
/// When the database cannot answer.
pub async fn to_erase(tx: &Tx, brand: &BrandId, after: &str, limit: i64) -> Result<Vec<MailTexts>> {
    tx.all(&TO_ERASE, args![brand, after, limit], |columns: &mut Columns<'_>| {
        Ok(MailTexts {
            id: columns.take()?,
            customer_id: columns.take()?,
            to_address: columns.take()?,
            to_name: columns.take()?,
            subject: columns.take()?,
            body: columns.take()?,
        })
    })
    .await
}

/// Writes the texts of a mail.
///
/// # Errors
/// When the database cannot write.
pub async fn write(tx: &Tx, brand: &BrandId, new: &MailTexts) -> Result<()> {
    tx.run(&WRITE, args![brand, new.id, new.to_address, new.to_name, new.subject, new.body]).await
}
