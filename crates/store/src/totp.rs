//! The second factor of members: their sealed secrets, and the hashes of their recovery codes.

use dispatch_model::{MemberId, Timestamp};

use crate::{
    Result, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    GET = "SELECT secret, confirmed_at, step FROM member_totp WHERE member_id = $1";
    SET = "INSERT INTO member_totp (member_id, secret, confirmed_at, step, created_at) VALUES ($1, $2, NULL, 0, $3)
        ON CONFLICT (member_id) DO UPDATE SET secret = excluded.secret, confirmed_at = NULL, step = 0, created_at = excluded.created_at";
    CONFIRM = "UPDATE member_totp SET confirmed_at = $2 WHERE member_id = $1";
    TAKE_STEP = "UPDATE member_totp SET step = $2 WHERE member_id = $1 AND step < $2 RETURNING member_id";
    DELETE = "DELETE FROM member_totp WHERE member_id = $1";
    ADD_CODE = "INSERT INTO recovery_code (member_id, hash) VALUES ($1, $2)";
    TAKE_CODE = "DELETE FROM recovery_code WHERE member_id = $1 AND hash = $2 RETURNING member_id";
    DELETE_CODES = "DELETE FROM recovery_code WHERE member_id = $1";
}

/// The second factor of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totp {
    /// Its secret, sealed.
    pub sealed: String,
    /// From when on it is asked for; not yet, as long as nobody has shown a code.
    pub confirmed_at: Option<Timestamp>,
    /// The last step whose code was taken.
    pub step: i64,
}

/// The second factor of a member, if there is one.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, member: &MemberId) -> Result<Option<Totp>> {
    let row = |columns: &mut Columns<'_>| {
        Ok(Totp { sealed: columns.take()?, confirmed_at: columns.take()?, step: columns.take()? })
    };
    tx.maybe(&GET, args![member], row).await
}

/// Keeps a new secret, which is not asked for yet.
///
/// # Errors
/// When the database cannot write.
pub async fn set(tx: &Tx, member: &MemberId, sealed: &str, at: Timestamp) -> Result<()> {
    tx.run(&SET, args![member, sealed, at]).await
}

/// From now on it is asked for, and these recovery codes open in its place.
///
/// # Errors
/// When the database cannot write.
pub async fn confirm(tx: &Tx, member: &MemberId, hashes: &[String], at: Timestamp) -> Result<()> {
    tx.run(&CONFIRM, args![member, at]).await?;
    tx.run(&DELETE_CODES, args![member]).await?;
    for hash in hashes {
        tx.run(&ADD_CODE, args![member, hash]).await?;
    }
    Ok(())
}

/// Takes the code of a step. False when it, or a later one, was taken before.
///
/// # Errors
/// When the database cannot write.
pub async fn take_step(tx: &Tx, member: &MemberId, step: i64) -> Result<bool> {
    Ok(tx.maybe(&TAKE_STEP, args![member, step], only::<MemberId>).await?.is_some())
}

/// Takes a recovery code, which is gone then. False when there is no such one.
///
/// # Errors
/// When the database cannot write.
pub async fn take_code(tx: &Tx, member: &MemberId, hash: &str) -> Result<bool> {
    Ok(tx.maybe(&TAKE_CODE, args![member, hash], only::<MemberId>).await?.is_some())
}

/// Takes the second factor of a member away.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, member: &MemberId) -> Result<()> {
    tx.run(&DELETE, args![member]).await?;
    tx.run(&DELETE_CODES, args![member]).await
}
