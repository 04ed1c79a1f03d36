//! Where the data of one person may stand besides the customer itself: read in pieces, in the order of each table's key, and
//! written back without it (API 1.6).
//!
//! There is no index on what people write; so every row of the brand is looked at. The database leaves out those that
//! cannot be meant; what is to be done with the others, the rules say.

use dispatch_model::{BrandId, CommentId, CustomerId, JsonText, TicketId};

use crate::{
    Result, Tx, args,
    search::{self, Entity},
    value::{Columns, only},
};

/// Whether one of these columns holds the text that `$4` is a pattern of, in any case.
macro_rules! holds {
    ($first:literal $(, $column:literal)*) => {
        concat!("lower(", $first, ") LIKE $4 ESCAPE '\\'", $( " OR lower(", $column, ") LIKE $4 ESCAPE '\\'" ),*)
    };
}

crate::statements! {
    FORGET = "UPDATE customer SET email = '', domain = '', sort_key = '', name = NULL, avatar_url = NULL, company_id = NULL,
        custom_fields = '{}', metadata = '{}', updated_at = $3, deleted_at = coalesce(deleted_at, $3)
        WHERE brand_id = $1 AND id = $2";
    OF_CUSTOMER = "SELECT id, prefix, number, title, body, created_by, assignee, cc, links, custom_fields, metadata, source_id, source_data
        FROM ticket WHERE brand_id = $1 AND customer_id = $2 ORDER BY id LIMIT $3";
    UNLINK = "UPDATE ticket SET customer_id = NULL WHERE brand_id = $1 AND id = $2";
    NOTES = "SELECT c.id FROM ticket t JOIN comment c ON c.brand_id = t.brand_id AND c.ticket_id = t.id
        WHERE t.brand_id = $1 AND t.customer_id = $2 AND c.source = 'automation' AND c.body <> $3 LIMIT $4";
    EMPTY_NOTE = "UPDATE comment SET body = $3, links = '[]', metadata = '{}', source_data = NULL WHERE brand_id = $1 AND id = $2";
    TICKETS_END = "SELECT id FROM ticket WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET $3";
    TICKETS = concat!("SELECT id, prefix, number, title, body, created_by, assignee, cc, links, custom_fields, metadata, source_id, source_data
        FROM ticket WHERE brand_id = $1 AND id > $2 AND ($3 = '' OR id <= $3) AND (",
        holds!("title", "body", "created_by", "assignee", "cc", "links", "custom_fields", "metadata", "source_id", "source_data"),
        ") ORDER BY id");
    WRITE_TICKET = "UPDATE ticket SET title = $3, title_key = $4, body = $5, created_by = $6, assignee = $7, cc = $8, links = $9,
        custom_fields = $10, metadata = $11, source_id = $12, source_data = $13 WHERE brand_id = $1 AND id = $2";
    COMMENTS_END = "SELECT id FROM comment WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET $3";
    COMMENTS = concat!("SELECT id, author_type <> 'SYSTEM' AND deleted_at IS NULL, author_id, author_name, author_email, body, cc, links, metadata,
        source_id, source_data FROM comment WHERE brand_id = $1 AND id > $2 AND ($3 = '' OR id <= $3) AND (author_id = $5 OR ",
        holds!("author_id", "author_email", "author_name", "body", "cc", "links", "metadata", "source_id", "source_data"),
        ") ORDER BY id");
    WRITE_COMMENT = "UPDATE comment SET author_id = $3, author_name = $4, author_email = $5, body = $6, cc = $7, links = $8,
        metadata = $9, source_id = $10, source_data = $11 WHERE brand_id = $1 AND id = $2";
    WATCHERS_END = "SELECT ticket_id FROM watcher WHERE brand_id = $1 AND ticket_id > $2 ORDER BY ticket_id LIMIT 1 OFFSET $3";
    UNWATCH = "DELETE FROM watcher WHERE brand_id = $1 AND ticket_id > $2 AND ($3 = '' OR ticket_id <= $3) AND email = $4
        AND member_id IS NULL";
    ANSWERS_END = "SELECT credential, operation, key FROM idempotency WHERE (credential, operation, key) > ($1, $2, $3)
        ORDER BY credential, operation, key LIMIT 1 OFFSET $4";
    ANSWERS = "SELECT credential, operation, key, reply FROM idempotency WHERE (credential, operation, key) > ($1, $2, $3)
        ORDER BY credential, operation, key LIMIT $4";
    WRITE_ANSWER = "UPDATE idempotency SET reply = $4 WHERE credential = $1 AND operation = $2 AND key = $3";
}

/// Forgets who a customer was. The empty address is none: it stands for nobody, and nothing is found by it.
///
/// # Errors
/// When the database cannot write.
pub async fn forget(tx: &Tx, brand: &BrandId, id: &CustomerId, at: dispatch_model::Timestamp) -> Result<()> {
    tx.run(&FORGET, args![brand, id, at]).await?;
    search::remove(tx, brand, Entity::Customer(id)).await
}

/// Up to `limit` tickets of a customer, deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_customer(tx: &Tx, brand: &BrandId, customer: &str, limit: i64) -> Result<Vec<TicketTexts>> {
    tx.all(&OF_CUSTOMER, args![brand, customer, limit], ticket_texts).await
}

/// Empties up to `limit` comments that automations wrote on the tickets of a customer; says how many.
///
/// # Errors
/// When the database cannot write.
pub async fn notes(tx: &Tx, brand: &BrandId, customer: &str, said: &str, limit: i64) -> Result<usize> {
    let found: Vec<CommentId> = tx.all(&NOTES, args![brand, customer, said, limit], only).await?;
    for id in &found {
        tx.run(&EMPTY_NOTE, args![brand, id, said]).await?;
        search::put(tx, brand, Entity::Comment(id), &[said]).await?;
    }
    Ok(found.len())
}

/// Takes a ticket from its customer.
///
/// # Errors
/// When the database cannot write.
pub async fn unlink(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<()> {
    tx.run(&UNLINK, args![brand, ticket]).await
}

/// Who is looked for in the rows behind `after`.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// Where the last piece ended.
    pub after: &'a str,
    /// Rows of the piece.
    pub rows: i64,
    /// The customer's id.
    pub customer: &'a str,
    /// Its address.
    pub email: &'a str,
}

impl Piece<'_> {
    /// What LIKE finds the address by, anywhere and in any case.
    fn pattern(&self) -> String {
        let mut pattern = "%".to_owned();
        for letter in self.email.to_ascii_lowercase().chars() {
            if matches!(letter, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
        pattern.push('%');
        pattern
    }
}

/// The texts of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the ticket")]
pub struct TicketTexts {
    pub id: TicketId,
    /// Prefix and number.
    pub number: String,
    pub title: String,
    pub body: Option<String>,
    pub created_by: Option<String>,
    pub assignee: Option<String>,
    pub cc: JsonText,
    pub links: JsonText,
    pub custom_fields: JsonText,
    pub metadata: JsonText,
    pub source_id: Option<String>,
    pub source_data: Option<JsonText>,
}

fn ticket_texts(columns: &mut Columns<'_>) -> Result<TicketTexts> {
    Ok(TicketTexts {
        id: columns.take()?,
        number: format!("{}-{}", columns.take::<String>()?, columns.take::<i64>()?),
        title: columns.take()?,
        body: columns.take()?,
        created_by: columns.take()?,
        assignee: columns.take()?,
        cc: columns.take()?,
        links: columns.take()?,
        custom_fields: columns.take()?,
        metadata: columns.take()?,
        source_id: columns.take()?,
        source_data: columns.take()?,
    })
}

/// The tickets of a piece that hold the address, and where the piece ends; nothing at the end of the table.
///
/// # Errors
/// When the database cannot answer.
pub async fn tickets(tx: &Tx, brand: &BrandId, piece: &Piece<'_>) -> Result<(Vec<TicketTexts>, Option<String>)> {
    let end: Option<String> = tx.maybe(&TICKETS_END, args![brand, piece.after, piece.rows - 1], only).await?;
    let last = end.clone().unwrap_or_default();
    let found = tx.all(&TICKETS, args![brand, piece.after, last, piece.pattern()], ticket_texts).await?;
    Ok((found, end))
}

/// Writes the texts of a ticket.
///
/// # Errors
/// When the database cannot write.
pub async fn write_ticket(tx: &Tx, brand: &BrandId, old: &TicketTexts, new: &TicketTexts) -> Result<()> {
    let title_key = dispatch_model::fold::folded(&new.title);
    tx.run(
        &WRITE_TICKET,
        args![
            brand,
            new.id,
            new.title,
            title_key,
            new.body,
            new.created_by,
            new.assignee,
            new.cc,
            new.links,
            new.custom_fields,
            new.metadata,
            new.source_id,
            new.source_data,
        ],
    )
    .await?;
    crate::tickets::move_fields(tx, brand, &new.id, &old.custom_fields, &new.custom_fields).await?;
    let texts = crate::tickets::searched(&new.title, &new.number, new.body.as_deref());
    search::put(tx, brand, Entity::Ticket(&new.id), &texts).await
}

/// The texts of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the comment")]
pub struct CommentTexts {
    pub id: CommentId,
    /// Whether the search finds it.
    pub is_found: bool,
    pub author_id: Option<String>,
    pub author_name: Option<String>,
    pub author_email: Option<String>,
    pub body: String,
    pub cc: JsonText,
    pub links: JsonText,
    pub metadata: JsonText,
    pub source_id: Option<String>,
    pub source_data: Option<JsonText>,
}

/// The comments of a piece that the customer wrote or that hold its address, and where the piece ends.
///
/// # Errors
/// When the database cannot answer.
pub async fn comments(tx: &Tx, brand: &BrandId, piece: &Piece<'_>) -> Result<(Vec<CommentTexts>, Option<String>)> {
    let end: Option<String> = tx.maybe(&COMMENTS_END, args![brand, piece.after, piece.rows - 1], only).await?;
    let last = end.clone().unwrap_or_default();
    let found = tx
        .all(&COMMENTS, args![brand, piece.after, last, piece.pattern(), piece.customer], |columns| {
            Ok(CommentTexts {
                id: columns.take()?,
                is_found: columns.take()?,
                author_id: columns.take()?,
                author_name: columns.take()?,
                author_email: columns.take()?,
                body: columns.take()?,
                cc: columns.take()?,
                links: columns.take()?,
                metadata: columns.take()?,
                source_id: columns.take()?,
                source_data: columns.take()?,
            })
        })
        .await?;
    Ok((found, end))
}

/// Writes the texts of a comment.
///
/// # Errors
/// When the database cannot write.
pub async fn write_comment(tx: &Tx, brand: &BrandId, new: &CommentTexts) -> Result<()> {
    tx.run(
        &WRITE_COMMENT,
        args![
            brand,
            new.id,
            new.author_id,
            new.author_name,
            new.author_email,
            new.body,
            new.cc,
            new.links,
            new.metadata,
            new.source_id,
            new.source_data,
        ],
    )
    .await?;
    if new.is_found { search::put(tx, brand, Entity::Comment(&new.id), &[&new.body]).await } else { Ok(()) }
}

/// Removes the address from the watchers of a piece; members stay. Answers where the piece ends.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn watchers(tx: &Tx, brand: &BrandId, piece: &Piece<'_>) -> Result<Option<String>> {
    let end: Option<String> = tx.maybe(&WATCHERS_END, args![brand, piece.after, piece.rows - 1], only).await?;
    let last = end.clone().unwrap_or_default();
    tx.run(&UNWATCH, args![brand, piece.after, last, piece.email]).await?;
    Ok(end)
}

/// An answer to an idempotency key, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Credential, operation and key.
    pub place: [String; 3],
    /// Its body.
    pub reply: String,
}

fn place(columns: &mut Columns<'_>) -> Result<[String; 3]> {
    Ok([columns.take()?, columns.take()?, columns.take()?])
}

/// The stored answers behind a place that are about this brand, and where the piece ends.
///
/// # Errors
/// When the database cannot answer.
pub async fn answers(
    tx: &Tx,
    brand: &BrandId,
    after: &[String; 3],
    rows: i64,
) -> Result<(Vec<Answer>, Option<[String; 3]>)> {
    let [credential, operation, key] = after;
    let end = tx.maybe(&ANSWERS_END, args![credential, operation, key, rows - 1], place).await?;
    let found = tx
        .all(&ANSWERS, args![credential, operation, key, rows], |columns| {
            Ok(Answer { place: place(columns)?, reply: columns.take()? })
        })
        .await?;
    // The operation is method and path, `POST /v1/brands/br_x/tickets`; most answers name their brand as well.
    let of_brand = |answer: &Answer| answer.place[1].contains(brand.as_str()) || answer.reply.contains(brand.as_str());
    Ok((found.into_iter().filter(of_brand).collect(), end))
}

/// Writes a stored answer.
///
/// # Errors
/// When the database cannot write.
pub async fn write_answer(tx: &Tx, answer: &Answer) -> Result<()> {
    let [credential, operation, key] = &answer.place;
    tx.run(&WRITE_ANSWER, args![credential, operation, key, answer.reply]).await
}
