//! Mail that came in: rows of the ledger, from the moment in which a message is taken until something has become of it.

use dispatch_model::{
    BrandId, JsonText, MailId, Timestamp,
    mail::{MailChannel, MailKind, MailState},
};

use crate::{Error, Result, Tx, args, value::only};

crate::statements! {
    INSERT = "INSERT INTO mail (brand_id, id, kind, direction, channel, state, to_address, subject, body, size, digest, envelope,
        lease_until, created_at) VALUES ($1, $2, $3, 'in', $4, $5, '', '', '', $6, $7, $8, $9, $10)";
    TAKES = "SELECT inbound_email_enabled FROM brand WHERE id = $1 AND deleted_at IS NULL";
    DUE = "SELECT brand_id, id, size FROM mail WHERE state = 'received' AND lease_until <= $1 ORDER BY lease_until LIMIT $2";
    CLAIM = "UPDATE mail SET lease_until = $4, attempts = attempts + 1
        WHERE brand_id = $1 AND id = $2 AND state = 'received' AND lease_until <= $3
        RETURNING channel, attempts, size, digest, envelope, created_at";
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
    tx.maybe(&CLAIM, args![brand, id, now, until], |columns| {
        Ok(Claimed {
            channel: MailChannel::read(&columns.take::<String>()?).map_err(Error::Bug)?,
            attempt: columns.take()?,
            size: columns.take()?,
            digest: columns.take::<Option<String>>()?.unwrap_or_default(),
            envelope: columns.take::<Option<JsonText>>()?.unwrap_or_else(JsonText::empty_object),
            received_at: columns.take()?,
        })
    })
    .await
}

/// Gives a message back that could not be looked at for a reason of ours; it may be taken again then.
///
/// # Errors
/// When the database cannot write.
pub async fn release(tx: &Tx, brand: &BrandId, id: &MailId, at: Timestamp) -> Result<()> {
    tx.run(&RELEASE, args![brand, id, at]).await
}
