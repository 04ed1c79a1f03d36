//! Attachments of a brand: the rows. How many bytes a brand has stored moves with them, so that no rule can forget it.

use dispatch_model::{
    AttachmentId, BrandId, CommentId, TicketId, Timestamp,
    attachment::{Attachment, AttachmentStatus},
};

use crate::{
    Error, Result, Select, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "SELECT a.id, a.ticket_id, a.comment_id, a.filename, a.content_type, a.size, a.checksum, a.status, a.uploaded_by, a.metadata,
            a.created_at, a.updated_at, a.object_key FROM attachment a"
    };
}

crate::statements! {
    GET = concat!(columns!(), " WHERE a.brand_id = $1 AND a.id = $2 AND a.deleted_at IS NULL");
    OF_TICKET = concat!(columns!(), " WHERE a.brand_id = $1 AND a.ticket_id = $2 AND a.status = 'UPLOADED' AND a.deleted_at IS NULL
        ORDER BY a.created_at, a.id");
    COUNT = "SELECT count(*) FROM attachment WHERE brand_id = $1 AND ticket_id = $2 AND status <> 'FAILED' AND deleted_at IS NULL";
    INSERT = "INSERT INTO attachment (brand_id, id, ticket_id, comment_id, filename, content_type, size, checksum, status,
        uploaded_by, metadata, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)";
    UPDATE = "UPDATE attachment SET ticket_id = $3, comment_id = $4, size = $5, checksum = $6, status = $7, updated_at = $8,
        object_key = $9 WHERE brand_id = $1 AND id = $2";
    DELETE = "DELETE FROM attachment WHERE brand_id = $1 AND id = $2";
    HIDE = "UPDATE attachment SET deleted_at = $4 WHERE brand_id = $1 AND ticket_id = $2 AND comment_id = $3
        AND status = 'UPLOADED' AND deleted_at IS NULL";
    DROP_UNCONFIRMED = "DELETE FROM attachment WHERE brand_id = $1 AND ticket_id = $2 AND comment_id = $3 AND status <> 'UPLOADED'";
    TO_ERASE = "SELECT a.id, a.ticket_id, t.customer_id, c.author_id, c.author_email, a.uploaded_by, a.comment_id FROM attachment a
        LEFT JOIN ticket t ON t.brand_id = a.brand_id AND t.id = a.ticket_id
        LEFT JOIN comment c ON c.brand_id = a.brand_id AND c.id = a.comment_id
        WHERE a.brand_id = $1 AND a.id > $2 ORDER BY a.id LIMIT $3";
    ALL_OF_TICKET = concat!(columns!(), " WHERE a.brand_id = $1 AND a.ticket_id = $2 ORDER BY a.created_at, a.id LIMIT $3");
    ALL_OF_COMMENT = concat!(columns!(), " WHERE a.brand_id = $1 AND a.ticket_id = $2 AND a.comment_id = $4 ORDER BY a.created_at, a.id LIMIT $3");
    OF_ANY_STATE = concat!(columns!(), " WHERE a.brand_id = $1 AND a.id = $2");
    COUNT_DOWN = "UPDATE ticket SET attachment_count = attachment_count - 1 WHERE brand_id = $1 AND id = $2
        AND EXISTS (SELECT 1 FROM attachment a WHERE a.brand_id = $1 AND a.id = $3 AND a.deleted_at IS NULL AND a.status = 'UPLOADED')";
    ERASE = "UPDATE attachment SET filename = $3, content_type = $4, size = NULL, checksum = NULL, status = 'FAILED', uploaded_by = NULL,
        metadata = '{}', object_key = NULL, deleted_at = coalesce(deleted_at, $5) WHERE brand_id = $1 AND id = $2";
    FORGET_UPLOADER = "UPDATE attachment SET uploaded_by = NULL WHERE brand_id = $1 AND id = $2";
    ERASED = "SELECT id FROM attachment WHERE brand_id = $1 AND status = 'FAILED' AND deleted_at IS NOT NULL";
    MOVE_ALL = "UPDATE attachment SET ticket_id = $3 WHERE brand_id = $1 AND ticket_id = $2 AND status = 'UPLOADED'";
    LOOSE = "SELECT brand_id, id FROM attachment WHERE (status <> 'UPLOADED' OR ticket_id IS NULL) AND deleted_at IS NULL AND created_at < $1
        ORDER BY created_at, id LIMIT $2";
    STORE = "INSERT INTO brand_storage (brand_id, bytes) VALUES ($1, $2)
        ON CONFLICT (brand_id) DO UPDATE SET bytes = brand_storage.bytes + excluded.bytes";
}

/// An attachment, and where its bytes lie once it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAttachment {
    /// The attachment.
    pub shown: Attachment,
    /// The key of its bytes.
    pub object_key: Option<String>,
}

impl StoredAttachment {
    /// The bytes that it takes in the file store.
    fn bytes(&self) -> i64 {
        if self.shown.status == AttachmentStatus::Uploaded { self.shown.size.unwrap_or(0) } else { 0 }
    }
}

fn row(columns: &mut Columns<'_>) -> Result<StoredAttachment> {
    Ok(StoredAttachment {
        shown: Attachment {
            id: columns.take()?,
            ticket_id: columns.take()?,
            comment_id: columns.take()?,
            filename: columns.take()?,
            content_type: columns.take()?,
            size: columns.take()?,
            checksum: columns.take()?,
            status: AttachmentStatus::read(&columns.take::<String>()?).map_err(Error::Bug)?,
            uploaded_by: columns.take()?,
            metadata: columns.take()?,
            created_at: columns.take()?,
            updated_at: columns.take()?,
        },
        object_key: columns.take()?,
    })
}

/// One attachment, whatever it hangs on.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<StoredAttachment>> {
    tx.maybe(&GET, args![brand, id], row).await
}

/// The confirmed attachments of a ticket and its comments, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<Vec<StoredAttachment>> {
    tx.all(&OF_TICKET, args![brand, ticket], row).await
}

/// The confirmed ones among these that may be read: of tickets that are not deleted, or of none yet.
///
/// # Errors
/// When the database cannot answer.
pub async fn readable(tx: &Tx, brand: &BrandId, ids: &[String]) -> Result<Vec<StoredAttachment>> {
    let mut select =
        Select::new(concat!(columns!(), " LEFT JOIN ticket t ON t.brand_id = a.brand_id AND t.id = a.ticket_id"));
    select.with("a.brand_id =", brand).within("a.id", ids);
    select.is("a.status = 'UPLOADED'").is("a.deleted_at IS NULL").is("t.deleted_at IS NULL");
    tx.select(&select, row).await
}

/// How many attachments a ticket has, those on their way included.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<i64> {
    tx.one(&COUNT, args![brand, ticket], only).await
}

/// Creates an attachment that waits for its bytes.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, new: &Attachment) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            brand,
            new.id,
            new.ticket_id,
            new.comment_id,
            new.filename,
            new.content_type,
            new.size,
            new.checksum,
            new.status.as_str(),
            new.uploaded_by,
            new.metadata,
            new.created_at,
        ],
    )
    .await
}

/// Stores what became of an attachment.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, brand: &BrandId, old: &StoredAttachment, new: &StoredAttachment) -> Result<()> {
    let shown = &new.shown;
    tx.run(
        &UPDATE,
        args![
            brand,
            shown.id,
            shown.ticket_id,
            shown.comment_id,
            shown.size,
            shown.checksum,
            shown.status.as_str(),
            shown.updated_at,
            new.object_key,
        ],
    )
    .await?;
    store_bytes(tx, brand, new.bytes() - old.bytes()).await
}

/// Removes an attachment. Its bytes are to be removed beside it.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, old: &StoredAttachment) -> Result<()> {
    tx.run(&DELETE, args![brand, old.shown.id]).await?;
    store_bytes(tx, brand, -old.bytes()).await
}

async fn store_bytes(tx: &Tx, brand: &BrandId, more: i64) -> Result<()> {
    if more == 0 { Ok(()) } else { tx.run(&STORE, args![brand, more]).await }
}

/// Hides the attachments of a comment that is deleted; their bytes stay until the purge. Those on their way have nowhere to
/// go any more.
///
/// # Errors
/// When the database cannot write.
pub async fn hide(tx: &Tx, brand: &BrandId, ticket: &TicketId, comment: &CommentId, at: Timestamp) -> Result<()> {
    tx.run(&HIDE, args![brand, ticket, comment, at]).await?;
    tx.run(&DROP_UNCONFIRMED, args![brand, ticket, comment]).await
}

/// Gives the confirmed attachments of a ticket to another, with their times.
///
/// # Errors
/// When the database cannot write.
pub async fn move_all(tx: &Tx, brand: &BrandId, from: &TicketId, to: &TicketId) -> Result<()> {
    tx.run(&MOVE_ALL, args![brand, from, to]).await
}

/// Attachments that nothing became of before this moment, of every brand: the worker looks for them.
///
/// # Errors
/// When the database cannot answer.
pub async fn loose(tx: &Tx, before: Timestamp, limit: i64) -> Result<Vec<(BrandId, AttachmentId)>> {
    tx.all(&LOOSE, args![before, limit], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// The bytes of the confirmed files of these brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn bytes(tx: &Tx, brands: &[BrandId]) -> Result<i64> {
    let mut rows = Select::new("SELECT bytes FROM brand_storage");
    rows.within("brand_id", brands);
    Ok(tx.select(&rows, only::<i64>).await?.into_iter().sum())
}

/// Whose an attachment may be: what an erasure looks at.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The attachment.
    pub id: String,
    /// Its ticket.
    pub ticket_id: Option<TicketId>,
    /// The customer of that ticket.
    pub customer_id: Option<String>,
    /// The author of its comment.
    pub author_id: Option<String>,
    /// The author's address.
    pub author_email: Option<String>,
    /// Who uploaded it.
    pub uploaded_by: Option<String>,
    /// Whether it has a comment.
    pub has_comment: bool,
}

/// Attachments of a brand behind this id, whatever their state.
///
/// # Errors
/// When the database cannot answer.
pub async fn to_erase(tx: &Tx, brand: &BrandId, after: &str, limit: i64) -> Result<Vec<Whose>> {
    tx.all(&TO_ERASE, args![brand, after, limit], |columns| {
        Ok(Whose {
            id: columns.take()?,
            ticket_id: columns.take()?,
            customer_id: columns.take()?,
            author_id: columns.take()?,
            author_email: columns.take()?,
            uploaded_by: columns.take()?,
            has_comment: columns.take::<Option<String>>()?.is_some(),
        })
    })
    .await
}

/// Empties the row of an attachment and takes its bytes away. The row stays, hidden: by it the events about it are found.
///
/// # Errors
/// When the database cannot write.
pub async fn erase(tx: &Tx, brand: &BrandId, whose: &Whose, filename: &str, at: Timestamp) -> Result<()> {
    let Some(old) = tx.maybe(&OF_ANY_STATE, args![brand, whose.id], row).await? else { return Ok(()) };
    if let Some(ticket) = &whose.ticket_id {
        tx.run(&COUNT_DOWN, args![brand, ticket, whose.id]).await?;
    }
    if let Some(key) = &old.object_key {
        crate::removals::plan(tx, key, at).await?;
    }
    tx.run(&ERASE, args![brand, whose.id, filename, "application/octet-stream", at]).await?;
    store_bytes(tx, brand, -old.bytes()).await
}

/// Some attachments of a ticket, or of one of its comments, whatever their state.
///
/// # Errors
/// When the database cannot answer.
pub async fn all_of(
    tx: &Tx,
    brand: &BrandId,
    (ticket, comment): (&TicketId, Option<&str>),
    limit: i64,
) -> Result<Vec<StoredAttachment>> {
    match comment {
        None => tx.all(&ALL_OF_TICKET, args![brand, ticket, limit], row).await,
        Some(comment) => tx.all(&ALL_OF_COMMENT, args![brand, ticket, limit, comment], row).await,
    }
}

/// Removes an attachment for good, and lets its bytes go at this moment.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, brand: &BrandId, old: &StoredAttachment, at: Timestamp) -> Result<()> {
    if let Some(key) = &old.object_key {
        crate::removals::plan(tx, key, at).await?;
    }
    delete(tx, brand, old).await
}

/// Forgets who uploaded an attachment.
///
/// # Errors
/// When the database cannot write.
pub async fn forget_uploader(tx: &Tx, brand: &BrandId, id: &str) -> Result<()> {
    tx.run(&FORGET_UPLOADER, args![brand, id]).await
}

/// The ids of the attachments of a brand that were erased.
///
/// # Errors
/// When the database cannot answer.
pub async fn erased(tx: &Tx, brand: &BrandId) -> Result<Vec<String>> {
    tx.all(&ERASED, args![brand], only).await
}
