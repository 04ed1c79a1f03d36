//! Tokens of mailed links: kept only as hashes, good once.

use dispatch_model::Timestamp;

use crate::{Result, Tx, args, value::only};

crate::statements! {
    INSERT = "INSERT INTO mail_token (hash, purpose, email, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    EMAIL = "SELECT email FROM mail_token WHERE hash = $1 AND purpose = $2 AND expires_at > $3";
    DELETE = "DELETE FROM mail_token WHERE hash = $1";
    OLDEST = "SELECT expires_at FROM mail_token WHERE expires_at <= $1 ORDER BY expires_at LIMIT 1 OFFSET $2";
    PURGE = "DELETE FROM mail_token WHERE expires_at <= $1";
}

/// What a mailed link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To set a new password.
    Reset,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Reset => "reset",
        }
    }
}

/// Keeps the hash of a link's token.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(
    tx: &Tx,
    hash: &str,
    purpose: Purpose,
    email: &str,
    at: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    tx.run(&INSERT, args![hash, purpose.as_str(), email, at, expires]).await
}

/// Whom the link was mailed to, while it works.
///
/// # Errors
/// When the database cannot answer.
pub async fn email(tx: &Tx, hash: &str, purpose: Purpose, now: Timestamp) -> Result<Option<String>> {
    tx.maybe(&EMAIL, args![hash, purpose.as_str(), now], only).await
}

/// Uses a link up.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, hash: &str) -> Result<()> {
    tx.run(&DELETE, args![hash]).await
}

/// Whether a link has expired whose row is still there.
///
/// # Errors
/// When the database cannot answer.
pub async fn any_expired(tx: &Tx, now: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&OLDEST, args![now, 0_i64], only::<Timestamp>).await?.is_some())
}

/// Removes up to about `rows` expired links; says whether there may be more.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, now: Timestamp, rows: i64) -> Result<bool> {
    let step: Option<Timestamp> = tx.maybe(&OLDEST, args![now, rows], only).await?;
    tx.run(&PURGE, args![step.unwrap_or(now)]).await?;
    Ok(step.is_some())
}
