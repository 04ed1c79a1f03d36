//! Pictures of members: the uploads that are on their way, and where the present one lies.

use dispatch_model::{AccountId, AttachmentId, MemberId, Timestamp};

use crate::{
    Result, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    INSERT = "INSERT INTO avatar_upload (id, member_id, filename, content_type, size, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    GET = "SELECT id, filename, content_type, size, created_at FROM avatar_upload WHERE member_id = $1 AND id = $2";
    COUNT = "SELECT count(*) FROM avatar_upload WHERE member_id = $1";
    DELETE = "DELETE FROM avatar_upload WHERE id = $1";
    OLD = "SELECT id FROM avatar_upload WHERE created_at < $1 ORDER BY created_at, id LIMIT $2";
    PRESENT = "SELECT avatar_key FROM member WHERE account_id = $1 AND id = $2";
    SET = "UPDATE member SET avatar_key = $3, avatar_url = $4, updated_at = $5 WHERE account_id = $1 AND id = $2";
    REBASE = "UPDATE member SET avatar_url = $1 || avatar_key WHERE avatar_key IS NOT NULL AND coalesce(avatar_url, '') <> $1 || avatar_key";
}

/// A picture on its way.
#[derive(Clone, Debug)]
pub struct AvatarUpload {
    /// Its id.
    pub id: AttachmentId,
    /// What the file is called.
    pub filename: String,
    /// What it is.
    pub content_type: String,
    /// How long it was said to be.
    pub size: Option<i64>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

fn row(columns: &mut Columns<'_>) -> Result<AvatarUpload> {
    Ok(AvatarUpload {
        id: columns.take()?,
        filename: columns.take()?,
        content_type: columns.take()?,
        size: columns.take()?,
        created_at: columns.take()?,
    })
}

/// Notes a picture that shall be uploaded.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, member: &MemberId, new: &AvatarUpload) -> Result<()> {
    let AvatarUpload { id, filename, content_type, size, created_at } = new;
    tx.run(&INSERT, args![id, member, filename, content_type, size, created_at]).await
}

/// A picture of this member that is on its way.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, member: &MemberId, id: &str) -> Result<Option<AvatarUpload>> {
    tx.maybe(&GET, args![member, id], row).await
}

/// How many pictures of a member are on their way.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, member: &MemberId) -> Result<i64> {
    tx.one(&COUNT, args![member], only).await
}

/// Forgets an upload.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, id: &str) -> Result<()> {
    tx.run(&DELETE, args![id]).await
}

/// Some uploads of before this moment.
///
/// # Errors
/// When the database cannot answer.
pub async fn old(tx: &Tx, before: Timestamp, limit: i64) -> Result<Vec<String>> {
    tx.all(&OLD, args![before, limit], only).await
}

/// Where the present picture of a member lies.
///
/// # Errors
/// When the database cannot answer.
pub async fn present(tx: &Tx, account: &AccountId, member: &MemberId) -> Result<Option<String>> {
    Ok(tx.maybe(&PRESENT, args![account, member], only::<Option<String>>).await?.flatten())
}

/// Gives a member a picture, or takes it away.
///
/// # Errors
/// When the database cannot write.
pub async fn set(
    tx: &Tx,
    account: &AccountId,
    member: &MemberId,
    picture: Option<(&str, &str)>,
    at: Timestamp,
) -> Result<()> {
    let (key, url) = picture.unzip();
    tx.run(&SET, args![account, member, key, url, at]).await
}

/// Lets the addresses of all pictures begin with this: the server may have got another address.
///
/// # Errors
/// When the database cannot write.
pub async fn rebase(tx: &Tx, base: &str) -> Result<()> {
    tx.run(&REBASE, args![base]).await
}
