//! Invitations to join an account: their tokens are kept only as hashes.

use dispatch_model::{
    AccountId, BrandId, InviteId, Timestamp,
    member::{Invite, InviteStatus, Role},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "SELECT id, email, role, all_brands, brand_ids, sent_at, expires_at, created_at"
    };
}

crate::statements! {
    LIST = concat!(columns!(), " FROM invite WHERE account_id = $1 ORDER BY created_at, id");
    GET = concat!(columns!(), " FROM invite WHERE account_id = $1 AND id = $2");
    BY_EMAIL = concat!(columns!(), " FROM invite WHERE account_id = $1 AND email = $2");
    BY_HASH = concat!(columns!(), ", account_id FROM invite WHERE hash = $1 AND expires_at > $2");
    COUNT = "SELECT count(*) FROM invite WHERE account_id = $1";
    INSERT = "INSERT INTO invite (id, account_id, email, role, all_brands, brand_ids, hash, sent_at, expires_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE invite SET role = $3, all_brands = $4, brand_ids = $5 WHERE account_id = $1 AND id = $2";
    RENEW = "UPDATE invite SET hash = $3, sent_at = $4, expires_at = $5 WHERE account_id = $1 AND id = $2";
    DELETE = "DELETE FROM invite WHERE account_id = $1 AND id = $2";
    DELETE_BY_EMAIL = "DELETE FROM invite WHERE account_id = $1 AND email = $2";
    DELETE_ALL = "DELETE FROM invite WHERE account_id = $1";
}

fn row(columns: &mut Columns<'_>) -> Result<Invite> {
    Ok(Invite {
        id: columns.take()?,
        email: columns.take()?,
        role: Role::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        status: InviteStatus::Pending,
        all_brands: columns.take()?,
        brand_ids: columns.take::<String>()?.split_whitespace().map(BrandId::from).collect(),
        sent_at: columns.take()?,
        expires_at: columns.take()?,
        created_at: columns.take()?,
    })
}

fn brands_text(brands: &[BrandId]) -> String {
    brands.iter().map(BrandId::as_str).collect::<Vec<_>>().join(" ")
}

/// Every invitation, in the order in which they were made.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, account: &AccountId) -> Result<Vec<Invite>> {
    tx.all(&LIST, args![account], row).await
}

/// One invitation.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, account: &AccountId, id: &str) -> Result<Option<Invite>> {
    tx.maybe(&GET, args![account, id], row).await
}

/// The invitation of this address.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_email(tx: &Tx, account: &AccountId, email: &str) -> Result<Option<Invite>> {
    tx.maybe(&BY_EMAIL, args![account, email], row).await
}

/// The invitation with this hash, while it can be accepted.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_hash(tx: &Tx, hash: &str, now: Timestamp) -> Result<Option<(Invite, AccountId)>> {
    tx.maybe(&BY_HASH, args![hash, now], |columns| Ok((row(columns)?, columns.take()?))).await
}

/// How many invitations there are.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, account: &AccountId) -> Result<i64> {
    tx.one(&COUNT, args![account], only).await
}

/// Keeps a new invitation.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, account: &AccountId, invite: &Invite, hash: &str) -> Result<()> {
    let Invite { id, email, role, all_brands, sent_at, expires_at, created_at, .. } = invite;
    let brands = brands_text(&invite.brand_ids);
    tx.run(&INSERT, args![id, account, email, role.as_str(), all_brands, brands, hash, sent_at, expires_at, created_at])
        .await
}

/// Stores what can be changed of an invitation.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, account: &AccountId, invite: &Invite) -> Result<()> {
    let brands = brands_text(&invite.brand_ids);
    tx.run(&UPDATE, args![account, invite.id, invite.role.as_str(), invite.all_brands, brands]).await
}

/// Gives an invitation another token; the old one is dead.
///
/// # Errors
/// When the database cannot write.
pub async fn renew(tx: &Tx, account: &AccountId, invite: &Invite, hash: &str) -> Result<()> {
    tx.run(&RENEW, args![account, invite.id, hash, invite.sent_at, invite.expires_at]).await
}

/// Removes an invitation.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, account: &AccountId, id: &InviteId) -> Result<()> {
    tx.run(&DELETE, args![account, id]).await
}

/// Removes the invitation of an address that has joined another way.
///
/// # Errors
/// When the database cannot write.
pub async fn delete_by_email(tx: &Tx, account: &AccountId, email: &str) -> Result<()> {
    tx.run(&DELETE_BY_EMAIL, args![account, email]).await
}

/// Removes every invitation of an account that ends.
///
/// # Errors
/// When the database cannot write.
pub async fn delete_all(tx: &Tx, account: &AccountId) -> Result<()> {
    tx.run(&DELETE_ALL, args![account]).await
}
