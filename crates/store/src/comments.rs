//! Comments of a ticket. Their attachments are rows of their own (`attachments.rs`); here they are always empty.

use dispatch_model::{
    BrandId, CommentId, TicketId, Timestamp,
    comment::{AuthorType, Comment},
};

use crate::{
    Error, Result, Select, Tx, args,
    search::{self, Entity},
    value::Columns,
};

macro_rules! columns {
    () => {
        "SELECT id, ticket_id, parent_id, author_type, author_id, author_name, author_email, is_internal, by_server, links,
            metadata, cc, source, source_id, source_data, created_at, updated_at, deleted_at, body FROM comment"
    };
}

crate::statements! {
    GET = concat!(columns!(), " WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL");
    BODY = "SELECT body FROM comment WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL";
    REPLIES = concat!(columns!(), " WHERE brand_id = $1 AND ticket_id = $2 AND parent_id = $3 AND deleted_at IS NULL
        ORDER BY created_at, id LIMIT $4");
    INSERT = "INSERT INTO comment (brand_id, id, ticket_id, parent_id, author_type, author_id, author_name,
        author_email, is_internal, by_server, links, metadata, cc, source, source_id, source_data, created_at,
        updated_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18)";
    UPDATE = "UPDATE comment SET body = $3, links = $4, metadata = $5, updated_at = $6, deleted_at = $7
        WHERE brand_id = $1 AND id = $2";
    PUBLIC = concat!(columns!(), " WHERE brand_id = $1 AND ticket_id = $2 AND deleted_at IS NULL AND NOT is_internal
        AND author_type <> 'SYSTEM' ORDER BY created_at DESC, id DESC LIMIT $3");
    COUNT_TO_MOVE = "SELECT count(*) FROM comment WHERE brand_id = $1 AND ticket_id = $2 AND NOT by_server";
    MOVE_ALL = "UPDATE comment SET ticket_id = $3 WHERE brand_id = $1 AND ticket_id = $2 AND NOT by_server";
}

fn row(columns: &mut Columns<'_>) -> Result<Comment> {
    Ok(Comment {
        id: columns.take()?,
        ticket_id: columns.take()?,
        parent_id: columns.take()?,
        author_type: AuthorType::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        author_id: columns.take()?,
        author_name: columns.take()?,
        author_email: columns.take()?,
        is_internal: columns.take()?,
        by_server: columns.take()?,
        links: columns.take()?,
        metadata: columns.take()?,
        cc: columns.take()?,
        attachments: Vec::new(),
        source: columns.take()?,
        source_id: columns.take()?,
        source_data: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: columns.take()?,
        body: columns.take()?,
    })
}

/// A comment of a ticket, if it is not deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, ticket: &TicketId, id: &str) -> Result<Option<Comment>> {
    let found = tx.maybe(&GET, args![brand, id], row).await?;
    Ok(found.filter(|comment| comment.ticket_id == *ticket))
}

/// The text of a comment, whichever ticket it is on now; nothing when it is deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn body(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<String>> {
    tx.maybe(&BODY, args![brand, id], crate::value::only).await
}

/// The comments that answer a comment, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn replies(
    tx: &Tx,
    brand: &BrandId,
    ticket: &TicketId,
    parent: &CommentId,
    limit: i64,
) -> Result<Vec<Comment>> {
    tx.all(&REPLIES, args![brand, ticket, parent, limit], row).await
}

/// Creates a comment.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, new: &Comment) -> Result<()> {
    let author = new.author_type.as_str();
    tx.run(
        &INSERT,
        args![
            brand,
            new.id,
            new.ticket_id,
            new.parent_id,
            author,
            new.author_id,
            new.author_name,
            new.author_email,
            new.is_internal,
            new.by_server,
            new.links,
            new.metadata,
            new.cc,
            new.source,
            new.source_id,
            new.source_data,
            new.created_at,
            new.body,
        ],
    )
    .await?;
    match new.author_type {
        AuthorType::System => Ok(()),
        _ => search::add(tx, brand, Entity::Comment(&new.id), &[&new.body]).await,
    }
}

/// Stores what can be changed of a comment, its deletion included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, brand: &BrandId, comment: &Comment) -> Result<()> {
    tx.run(&UPDATE, args![
        brand, comment.id, comment.body, comment.links, comment.metadata, comment.updated_at, comment.deleted_at,
    ])
    .await?;
    if comment.deleted_at.is_some() || comment.author_type == AuthorType::System {
        return search::remove(tx, brand, Entity::Comment(&comment.id)).await;
    }
    search::put(tx, brand, Entity::Comment(&comment.id), &[&comment.body]).await
}

/// A part of the comments of a ticket, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(
    tx: &Tx,
    brand: &BrandId,
    ticket: &TicketId,
    authors: &[&'static str],
    after: Option<&(Timestamp, String)>,
    limit: i64,
) -> Result<Vec<Comment>> {
    let mut select = Select::new(columns!());
    select.with("brand_id =", brand).with("ticket_id =", ticket).is("deleted_at IS NULL");
    if !authors.is_empty() {
        select.within("author_type", authors);
    }
    if let Some((at, id)) = after {
        select.beyond("created_at, id", ">", &[at, id]);
    }
    select.page("created_at, id", &limit);
    tx.select(&select, row).await
}

/// The newest comments of a ticket that its customer sees, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn public(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<Vec<Comment>> {
    let mut found = tx.all(&PUBLIC, args![brand, ticket, limit], row).await?;
    found.reverse();
    Ok(found)
}

/// How many comments a merge would take from a ticket: all but those that the server wrote about it.
///
/// # Errors
/// When the database cannot answer.
pub async fn count_to_move(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<i64> {
    tx.one(&COUNT_TO_MOVE, args![brand, ticket], crate::value::only).await
}

/// Gives the comments of a ticket to another, with their times; those that the server wrote about it stay.
///
/// # Errors
/// When the database cannot write.
pub async fn move_all(tx: &Tx, brand: &BrandId, from: &TicketId, to: &TicketId) -> Result<()> {
    tx.run(&MOVE_ALL, args![brand, from, to]).await
}
