//! Sessions of members: their tokens are kept only as hashes. A session works as long as its member and its account do.

use dispatch_model::{
    AccountId, MemberId, SessionId, Timestamp,
    limits::{SESSION_IDLE_MS, SESSION_MS, SESSIONS_MAX},
    member::MemberView,
};

use crate::{
    Result, Tx, args,
    members::{view_columns, view_row},
    value::{Columns, only},
};

crate::statements! {
    BY_HASH = concat!("SELECT ", view_columns!(), ", m.account_id, s.id, s.created_at, s.used_at FROM session s
        JOIN member m ON m.id = s.member_id AND m.status = 'active'
        JOIN account a ON a.id = m.account_id AND a.deleted_at IS NULL
        WHERE s.hash = $1 AND s.expires_at > $2");
    BY_ID = concat!("SELECT ", view_columns!(), ", m.account_id, s.id, s.created_at, s.used_at FROM session s
        JOIN member m ON m.id = s.member_id AND m.status = 'active'
        JOIN account a ON a.id = m.account_id AND a.deleted_at IS NULL
        WHERE s.id = $1 AND s.expires_at > $2");
    INSERT = "INSERT INTO session (id, member_id, hash, created_at, used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)";
    DROP_OLDEST = "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE member_id = $1
        ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3)";
    USED = "UPDATE session SET used_at = $2, expires_at = $3 WHERE id = $1 AND used_at < $2";
    DELETE = "DELETE FROM session WHERE id = $1";
    DELETE_OF_MEMBER = "DELETE FROM session WHERE member_id = $1 AND id <> $2";
    OLDEST = "SELECT expires_at FROM session WHERE expires_at <= $1 ORDER BY expires_at LIMIT 1 OFFSET $2";
    PURGE = "DELETE FROM session WHERE expires_at <= $1";
}

/// A session that works.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The account.
    pub account: AccountId,
    /// Who is signed in.
    pub member: MemberView,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last noted as used.
    pub used_at: Timestamp,
}

/// When a session ends that began at `created` and is used at `used` for the last time.
#[must_use]
pub fn end(created: Timestamp, used: Timestamp) -> Timestamp {
    used.plus_ms(SESSION_IDLE_MS).min(created.plus_ms(SESSION_MS))
}

/// The session with this hash, unless it has ended, with its member as it is now.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_hash(tx: &Tx, hash: &str, now: Timestamp) -> Result<Option<Session>> {
    tx.maybe(&BY_HASH, args![hash, now], row).await
}

/// The session with this id, unless it has ended, with its member as it is now.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, id: &SessionId, now: Timestamp) -> Result<Option<Session>> {
    tx.maybe(&BY_ID, args![id, now], row).await
}

fn row(columns: &mut Columns<'_>) -> Result<Session> {
    let member = view_row(columns)?;
    Ok(Session {
        member,
        account: columns.take()?,
        id: columns.take()?,
        created_at: columns.take()?,
        used_at: columns.take()?,
    })
}

/// Begins a session. The oldest ones of the member end when there are too many.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, id: &SessionId, member: &MemberId, hash: &str, at: Timestamp) -> Result<()> {
    tx.run(&INSERT, args![id, member, hash, at, end(at, at)]).await?;
    tx.run(&DROP_OLDEST, args![member, SESSIONS_MAX, SESSIONS_MAX]).await
}

/// Notes a use of a session, which puts off its end.
///
/// # Errors
/// When the database cannot write.
pub async fn used(tx: &Tx, id: &SessionId, created: Timestamp, at: Timestamp) -> Result<()> {
    tx.run(&USED, args![id, at, end(created, at)]).await
}

/// Ends a session.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, id: &SessionId) -> Result<()> {
    tx.run(&DELETE, args![id]).await
}

/// Ends every session of a member, except this one.
///
/// # Errors
/// When the database cannot write.
pub async fn delete_of(tx: &Tx, member: &MemberId, except: Option<&SessionId>) -> Result<()> {
    tx.run(&DELETE_OF_MEMBER, args![member, except.map_or("", SessionId::as_str)]).await
}

/// Whether a session has ended whose row is still there.
///
/// # Errors
/// When the database cannot answer.
pub async fn any_ended(tx: &Tx, now: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&OLDEST, args![now, 0_i64], only::<Timestamp>).await?.is_some())
}

/// Removes up to about `rows` sessions that have ended; says whether there may be more.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, now: Timestamp, rows: i64) -> Result<bool> {
    let step: Option<Timestamp> = tx.maybe(&OLDEST, args![now, rows], only).await?;
    tx.run(&PURGE, args![step.unwrap_or(now)]).await?;
    Ok(step.is_some())
}
