//! Mail that came in: rows of the ledger, from the moment in which a message is taken until something has become of it.

use dispatch_model::{
    BrandId, CommentId, JsonText, MailId, MemberId, TicketId, Timestamp,
    mail::{MailChannel, MailKind, MailState},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    INSERT = "INSERT INTO mail (brand_id, id, kind, direction, channel, state, to_address, subject, body, size, digest, envelope,
        lease_until, created_at) VALUES ($1, $2, $3, 'in', $4, $5, '', '', '', $6, $7, $8, $9, $10)";
    TAKES = "SELECT inbound_email_enabled FROM brand WHERE id = $1 AND deleted_at IS NULL";
    DUE = "SELECT brand_id, id, size FROM mail WHERE state = 'received' AND lease_until <= $1
        AND EXISTS (SELECT 1 FROM brand b WHERE b.id = mail.brand_id AND b.deleted_at IS NULL) ORDER BY lease_until LIMIT $2";
    CLAIM = "UPDATE mail SET lease_until = $4, attempts = attempts + 1
        WHERE brand_id = $1 AND id = $2 AND state = 'received' AND lease_until <= $3
        RETURNING channel, attempts, size, digest, envelope, created_at";
    GET = "SELECT channel, attempts, size, digest, envelope, created_at FROM mail
        WHERE brand_id = $1 AND id = $2 AND direction = 'in'";
    STATE = "SELECT state, attempts FROM mail WHERE brand_id = $1 AND id = $2 AND direction = 'in'";
    SETTLE = "UPDATE mail SET state = $3, reason = $4, ticket_id = $5, comment_id = $6, member_id = $7, message_id = $8,
        from_address = $9, to_name = $10, to_list = $11, cc_list = $12, subject = $13, references_list = $14, auth = $15,
        processed_at = $16, lease_until = NULL WHERE brand_id = $1 AND id = $2 AND direction = 'in'";
    RELEASE = "UPDATE mail SET lease_until = $3, attempts = attempts - 1
        WHERE brand_id = $1 AND id = $2 AND state = 'received' AND attempts > 0";
}

/// A message that is taken.
#[derive(Clone, Debug)]
pub struct NewIncoming {
    /// Its id in the ledger.
    pub id: MailId,
    /// The way it came.
    pub channel: MailChannel,
    /// Its bytes.
    pub size: i64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// What was said beside it: who sent it to whom, from where.
    pub envelope: JsonText,
    /// When somebody else may look at it.
    pub lease_until: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
}

/// Writes the row of a message that is taken.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, new: &NewIncoming) -> Result<()> {
    let NewIncoming { id, channel, size, digest, envelope, lease_until, received_at } = new;
    let (kind, state) = (MailKind::Incoming.as_str(), MailState::Received.as_str());
    let channel = channel.as_str();
    tx.run(&INSERT, args![brand, id, kind, channel, state, size, digest, envelope, lease_until, received_at]).await
}

/// Whether a brand takes mail; nothing when there is no such brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn takes(tx: &Tx, brand: &BrandId) -> Result<Option<bool>> {
    tx.maybe(&TAKES, args![brand], only).await
}

/// A message that waits to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub id: MailId,
    /// Its bytes.
    pub size: i64,
}

/// Messages that nobody looks at, those that have waited longest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<Waiting>> {
    tx.all(&DUE, args![now, limit], |columns| {
        Ok(Waiting { brand: columns.take()?, id: columns.take()?, size: columns.take()? })
    })
    .await
}

/// A message that somebody looks at now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The way it came.
    pub channel: MailChannel,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// Its bytes.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub digest: String,
    /// What was said beside it.
    pub envelope: JsonText,
    /// When it came.
    pub received_at: Timestamp,
}

/// Takes a message to be looked at until then, if nobody else has.
///
/// # Errors
/// When the database cannot write.
pub async fn claim(tx: &Tx, brand: &BrandId, id: &MailId, now: Timestamp, until: Timestamp) -> Result<Option<Claimed>> {
    tx.maybe(&CLAIM, args![brand, id, now, until], claimed).await
}

fn claimed(columns: &mut Columns<'_>) -> Result<Claimed> {
    Ok(Claimed {
        channel: MailChannel::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        attempt: columns.take()?,
        size: columns.take()?,
        digest: columns.take::<Option<String>>()?.unwrap_or_default(),
        envelope: columns.take::<Option<JsonText>>()?.unwrap_or_else(JsonText::empty_object),
        received_at: columns.take()?,
    })
}

/// Gives a message back that could not be looked at for a reason of ours; it may be taken again then.
///
/// # Errors
/// When the database cannot write.
pub async fn release(tx: &Tx, brand: &BrandId, id: &MailId, at: Timestamp) -> Result<()> {
    tx.run(&RELEASE, args![brand, id, at]).await
}

/// What has become of a message.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What.
    pub state: MailState,
    /// Why.
    pub reason: Option<String>,
    /// The ticket that it belongs to.
    pub ticket: Option<TicketId>,
    /// The comment that it became.
    pub comment: Option<CommentId>,
    /// The member who wrote it.
    pub member: Option<MemberId>,
}

/// What a message says of itself.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// Its id, without angle brackets.
    pub message_id: Option<String>,
    /// Who wrote it.
    pub from: String,
    /// The name of who wrote it.
    pub from_name: Option<String>,
    /// To whom.
    pub to: Vec<String>,
    /// In copy.
    pub cc: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// The messages that it names.
    pub references: Vec<String>,
    /// Whether it comes from where it says.
    pub auth: Option<JsonText>,
}

/// Writes what has become of a message. In the brand's lane, which has just asked for its state.
///
/// # Errors
/// When the database cannot write.
pub async fn settle(
    tx: &Tx,
    brand: &BrandId,
    id: &MailId,
    heading: &Heading,
    outcome: &Outcome,
    at: Timestamp,
) -> Result<()> {
    let Heading { message_id, from, from_name, to, cc, subject, references, auth } = heading;
    let Outcome { state, reason, ticket, comment, member } = outcome;
    let (to, cc, references) = (JsonText::of(to), JsonText::of(cc), JsonText::of(references));
    let state = state.as_str();
    tx.run(
        &SETTLE,
        args![
            brand, id, state, reason, ticket, comment, member, message_id, from, from_name, to, cc, subject,
            references, auth, at
        ],
    )
    .await
}

/// The state of a message, with how often it was looked at.
///
/// # Errors
/// When the database cannot answer.
pub async fn state(tx: &Tx, brand: &BrandId, id: &MailId) -> Result<Option<(MailState, i64)>> {
    tx.maybe(&STATE, args![brand, id], |columns| {
        Ok((MailState::read(&columns.take::<String>()?).map_err(Error::Bug)?, columns.take()?))
    })
    .await
}

/// The way a message came, its bytes, and what was said beside it, whatever has become of it.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Claimed>> {
    tx.maybe(&GET, args![brand, id], claimed).await
}
