//! Mailboxes that are looked into, with their sealed secrets and how far each has been read.

use dispatch_model::{
    BrandId, JsonText, Timestamp,
    mailbox::{Mailbox, MailboxConfig},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "config, secrets, enabled, uid_validity, last_uid, last_poll_at, last_error, updated_at"
    };
}

crate::statements! {
    GET = concat!("SELECT ", columns!(), " FROM mailbox WHERE brand_id = $1");
    SET = "INSERT INTO mailbox (brand_id, config, secrets, enabled, uid_validity, last_uid, last_poll_at, last_error, due_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (brand_id) DO UPDATE SET config = excluded.config, secrets = excluded.secrets, enabled = excluded.enabled,
            uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, last_poll_at = excluded.last_poll_at,
            last_error = excluded.last_error, due_at = excluded.due_at, lease_until = NULL, updated_at = excluded.updated_at";
    DELETE = "DELETE FROM mailbox WHERE brand_id = $1";
    DUE = "SELECT brand_id FROM mailbox WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) ORDER BY due_at LIMIT $2";
    CLAIM = concat!("UPDATE mailbox SET lease_until = $3 WHERE brand_id = $1 AND due_at <= $2
        AND (lease_until IS NULL OR lease_until <= $2) RETURNING ", columns!());
    READ_ON = "UPDATE mailbox SET uid_validity = $4, last_uid = $5, lease_until = $6
        WHERE brand_id = $1 AND updated_at = $2 AND lease_until = $3 RETURNING brand_id";
    LOOKED = "UPDATE mailbox SET last_poll_at = $4, last_error = $5, due_at = $6, lease_until = NULL
        WHERE brand_id = $1 AND updated_at = $2 AND lease_until = $3";
    RESEAL = "UPDATE mailbox SET secrets = $3 WHERE brand_id = $1 AND updated_at = $2";
}

/// A mailbox with what is not shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxRow {
    /// What is set.
    pub config: MailboxConfig,
    /// Its secrets, sealed.
    pub sealed: String,
    /// Whether it is looked into.
    pub enabled: bool,
    /// What the UIDs hold for.
    pub uid_validity: Option<i64>,
    /// The UID of the last message that was taken or skipped.
    pub last_uid: Option<i64>,
    /// When it was last looked into.
    pub last_poll_at: Option<Timestamp>,
    /// What went wrong then.
    pub last_error: Option<String>,
    /// When it was last set.
    pub updated_at: Timestamp,
}

impl MailboxRow {
    /// What is shown of it.
    #[must_use]
    pub fn shown(self) -> Mailbox {
        let MailboxConfig { host, port, tls, username, auth, oauth, folder, poll_seconds, after_process, move_to } =
            self.config;
        Mailbox {
            host,
            port,
            tls,
            username,
            auth,
            oauth,
            folder,
            poll_seconds,
            after_process,
            move_to,
            enabled: self.enabled,
            last_poll_at: self.last_poll_at,
            last_error: self.last_error,
            last_uid: self.last_uid,
        }
    }
}

fn row(columns: &mut Columns<'_>) -> Result<MailboxRow> {
    let config = serde_json::from_str(&columns.take::<String>()?)
        .map_err(|error| Error::Bug(format!("what is set of a mailbox cannot be read: {error}")))?;
    Ok(MailboxRow {
        config,
        sealed: columns.take()?,
        enabled: columns.take()?,
        uid_validity: columns.take()?,
        last_uid: columns.take()?,
        last_poll_at: columns.take()?,
        last_error: columns.take()?,
        updated_at: columns.take()?,
    })
}

/// The mailbox of a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId) -> Result<Option<MailboxRow>> {
    tx.maybe(&GET, args![brand], row).await
}

/// Keeps the mailbox of a brand. It is looked into at that time, if at all; whoever looks into it now has lost it.
///
/// # Errors
/// When the database cannot write.
pub async fn set(tx: &Tx, brand: &BrandId, new: &MailboxRow, due_at: Option<Timestamp>) -> Result<()> {
    let MailboxRow { config, sealed, enabled, uid_validity, last_uid, last_poll_at, last_error, updated_at } = new;
    let config = JsonText::of(config);
    let args =
        args![brand, config, sealed, enabled, uid_validity, last_uid, last_poll_at, last_error, due_at, updated_at];
    tx.run(&SET, args).await
}

/// Deletes the mailbox of a brand, with its secrets.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&DELETE, args![brand]).await
}

/// Brands whose mailboxes are to be looked into, those that have waited longest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<BrandId>> {
    tx.all(&DUE, args![now, limit], only).await
}

/// Takes a mailbox to be looked into until then, if nobody else has.
///
/// # Errors
/// When the database cannot write.
pub async fn claim(tx: &Tx, brand: &BrandId, now: Timestamp, until: Timestamp) -> Result<Option<MailboxRow>> {
    tx.maybe(&CLAIM, args![brand, now, until], row).await
}

/// A claim: whoever has set the mailbox anew, or has claimed it since, ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// When it was set that was claimed.
    pub updated_at: Timestamp,
    /// How long the claim lasts.
    pub until: Timestamp,
}

/// Notes how far it has been read, and goes on until then. False when the claim is over.
///
/// # Errors
/// When the database cannot write.
pub async fn read_on(
    tx: &Tx,
    brand: &BrandId,
    claim: Claim,
    uid_validity: Option<i64>,
    last_uid: Option<i64>,
    until: Timestamp,
) -> Result<bool> {
    let args = args![brand, claim.updated_at, claim.until, uid_validity, last_uid, until];
    Ok(tx.maybe(&READ_ON, args, only::<BrandId>).await?.is_some())
}

/// Notes that it was looked into, what went wrong, and when it is looked into next.
///
/// # Errors
/// When the database cannot write.
pub async fn looked(
    tx: &Tx,
    brand: &BrandId,
    claim: Claim,
    at: Timestamp,
    error: Option<&str>,
    due_at: Timestamp,
) -> Result<()> {
    tx.run(&LOOKED, args![brand, claim.updated_at, claim.until, at, error, due_at]).await
}

/// Keeps secrets that the other side has renewed, unless the mailbox has been set since this time.
///
/// # Errors
/// When the database cannot write.
pub async fn reseal(tx: &Tx, brand: &BrandId, set_at: Timestamp, sealed: &str) -> Result<()> {
    tx.run(&RESEAL, args![brand, set_at, sealed]).await
}
