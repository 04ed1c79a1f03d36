//! What was deleted and is not kept any longer (API 1.6): how it is found, and the rows that go with it, some at a time.
//!
//! Attachments, runs of automations and surveys are in their own files; what the rules say is in `desk/purge.rs`.

use dispatch_model::{BrandId, CommentId, CompanyId, JsonText, MailId, StatusId, TicketId, Timestamp};

use crate::{
    Result, Tx, args,
    search::{self, Entity},
    tags,
    value::{Columns, only},
};

/// What is deleted since `$1` or longer, behind a place.
macro_rules! due {
    ($table:literal, $also:literal) => {
        concat!(
            "SELECT deleted_at, brand_id, id FROM ",
            $table,
            " WHERE deleted_at IS NOT NULL",
            $also,
            " AND deleted_at <= $1 AND (deleted_at, brand_id, id) > ($2, $3, $4) ORDER BY deleted_at, brand_id, id LIMIT $5"
        )
    };
}

crate::statements! {
    DUE_TICKETS = due!("ticket", "");
    DUE_COMMENTS = due!("comment", "");
    DUE_CUSTOMERS = due!("customer", " AND email <> ''");
    DUE_COMPANIES = due!("company", "");
    TICKET_SINCE = "SELECT deleted_at FROM ticket WHERE brand_id = $1 AND id = $2 AND deleted_at <= $3";
    COMMENT_SINCE = "SELECT deleted_at FROM comment WHERE brand_id = $1 AND id = $2 AND deleted_at <= $3";
    CUSTOMER_SINCE = "SELECT deleted_at FROM customer WHERE brand_id = $1 AND id = $2 AND deleted_at <= $3";
    COMPANY_SINCE = "SELECT deleted_at FROM company WHERE brand_id = $1 AND id = $2 AND deleted_at <= $3";
    PENDING = "SELECT id FROM rewrite WHERE brand_id = $1 AND kind = 'purge' AND subject = $2";
    TICKET_OF = "SELECT ticket_id FROM comment WHERE brand_id = $1 AND id = $2";
    MERGED_INTO = "SELECT id FROM ticket WHERE brand_id = $1 AND merged_into_id = $2 ORDER BY id LIMIT $3";
    COMMENTS = "SELECT id FROM comment WHERE brand_id = $1 AND ticket_id = $2 ORDER BY created_at, id LIMIT $3";
    DELETE_COMMENT = "DELETE FROM comment WHERE brand_id = $1 AND id = $2";
    PARTICIPANTS = "SELECT address FROM mail_participant WHERE brand_id = $1 AND ticket_id = $2 ORDER BY address LIMIT $3";
    DELETE_PARTICIPANT = "DELETE FROM mail_participant WHERE brand_id = $1 AND ticket_id = $2 AND address = $3";
    DELETE_WATCHERS = "DELETE FROM watcher WHERE brand_id = $1 AND ticket_id = $2";
    MAILS = "SELECT m.id, r.mail_id, r.blob_key FROM mail m
        LEFT JOIN mail_raw r ON r.brand_id = m.brand_id AND r.mail_id = m.id
        WHERE m.brand_id = $1 AND m.ticket_id = $2 ORDER BY m.id LIMIT $3";
    MAILS_OF_COMMENT = "SELECT m.id, r.mail_id, r.blob_key FROM mail m
        LEFT JOIN mail_raw r ON r.brand_id = m.brand_id AND r.mail_id = m.id
        WHERE m.brand_id = $1 AND m.ticket_id = $2 AND m.comment_id = $4 ORDER BY m.id LIMIT $3";
    /// Of a mail only that it was, how large, in what state and when.
    EMPTY_MAIL = "UPDATE mail SET ticket_id = NULL, comment_id = NULL, member_id = NULL, to_address = '', to_name = NULL, from_address = '',
        to_list = CASE WHEN direction = 'in' THEN '[]' END, cc_list = CASE WHEN direction = 'in' THEN '[]' END, references_list = NULL,
        message_id = NULL, subject = $3, body = '', link = NULL, envelope = NULL, auth = NULL, reply_hash = NULL, digest = NULL,
        reason = CASE WHEN direction = 'in' THEN reason END, due_at = NULL, lease_until = NULL,
        state = CASE WHEN state = 'queued' THEN 'suppressed' ELSE state END WHERE brand_id = $1 AND id = $2";
    /// Nothing of what a mail says; the ticket that it is about stays.
    EMPTY_TEXT = "UPDATE mail SET comment_id = NULL, subject = $3, body = '', envelope = NULL, due_at = NULL,
        state = CASE WHEN state = 'queued' THEN 'suppressed' ELSE state END WHERE brand_id = $1 AND id = $2";
    EMPTY_TEXT_OF_EVENT = "UPDATE mail SET comment_id = NULL, subject = $4, body = '', due_at = NULL,
        state = CASE WHEN state = 'queued' THEN 'suppressed' ELSE state END
        WHERE brand_id = $1 AND ticket_id = $2 AND event_id = $3 AND direction = 'out'";
    TICKET = "SELECT status_id, tag_ids, custom_fields FROM ticket WHERE brand_id = $1 AND id = $2 AND deleted_at IS NOT NULL";
    DELETE_TICKET = "DELETE FROM ticket WHERE brand_id = $1 AND id = $2";
    DELETE_COMPANY = "DELETE FROM company WHERE brand_id = $1 AND id = $2";
}

/// What goes for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tickets with everything on them.
    Ticket,
    /// Single comments.
    Comment,
    /// Customers.
    Customer,
    /// Companies.
    Company,
}

impl Kind {
    /// All of them, in the order in which they go.
    pub const ALL: [Self; 4] = [Self::Ticket, Self::Comment, Self::Customer, Self::Company];
}

/// Something that is not kept any longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Since when it is deleted.
    pub since: Timestamp,
    /// Its brand.
    pub brand: BrandId,
    /// Its id.
    pub id: String,
}

/// Some things of a kind that are deleted since `before` or longer, behind the last one that was looked at: of all brands,
/// the longest deleted first.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, kind: Kind, before: Timestamp, after: Option<&Due>, limit: i64) -> Result<Vec<Due>> {
    let sql = match kind {
        Kind::Ticket => &DUE_TICKETS,
        Kind::Comment => &DUE_COMMENTS,
        Kind::Customer => &DUE_CUSTOMERS,
        Kind::Company => &DUE_COMPANIES,
    };
    let since = after.map_or(Timestamp::from_millis(0), |due| due.since);
    let (brand, id) = after.map_or(("", ""), |due| (due.brand.as_str(), due.id.as_str()));
    tx.all(sql, args![before, since, brand, id, limit], |columns| {
        Ok(Due { since: columns.take()?, brand: columns.take()?, id: columns.take()? })
    })
    .await
}

/// Whether it is still there, and deleted since `before` or longer.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_due(tx: &Tx, brand: &BrandId, kind: Kind, id: &str, before: Timestamp) -> Result<bool> {
    let sql = match kind {
        Kind::Ticket => &TICKET_SINCE,
        Kind::Comment => &COMMENT_SINCE,
        Kind::Customer => &CUSTOMER_SINCE,
        Kind::Company => &COMPANY_SINCE,
    };
    Ok(tx.maybe(sql, args![brand, id, before], only::<Timestamp>).await?.is_some())
}

/// Whether it is going: then nothing brings it back.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_going(tx: &Tx, brand: &BrandId, id: &str) -> Result<bool> {
    Ok(tx.maybe(&PENDING, args![brand, id], only::<String>).await?.is_some())
}

/// The ticket of a comment, deleted or not.
///
/// # Errors
/// When the database cannot answer.
pub async fn ticket_of(tx: &Tx, brand: &BrandId, comment: &str) -> Result<Option<TicketId>> {
    tx.maybe(&TICKET_OF, args![brand, comment], only).await
}

/// Some tickets that were merged into this one.
///
/// # Errors
/// When the database cannot answer.
pub async fn merged_into(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<Vec<TicketId>> {
    tx.all(&MERGED_INTO, args![brand, ticket, limit], only).await
}

/// Removes up to `limit` comments of a ticket with their words; says how many.
///
/// # Errors
/// When the database cannot write.
pub async fn comments(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<usize> {
    let found: Vec<CommentId> = tx.all(&COMMENTS, args![brand, ticket, limit], only).await?;
    for id in &found {
        comment(tx, brand, id).await?;
    }
    Ok(found.len())
}

/// Removes one comment with its words.
///
/// # Errors
/// When the database cannot write.
pub async fn comment(tx: &Tx, brand: &BrandId, id: &CommentId) -> Result<()> {
    search::remove(tx, brand, Entity::Comment(id)).await?;
    tx.run(&DELETE_COMMENT, args![brand, id]).await
}

/// Removes up to `limit` of those who take part in a ticket by mail, and its watchers, of which it has few; says how many of the
/// former.
///
/// # Errors
/// When the database cannot write.
pub async fn people(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<usize> {
    tx.run(&DELETE_WATCHERS, args![brand, ticket]).await?;
    let found: Vec<String> = tx.all(&PARTICIPANTS, args![brand, ticket, limit], only).await?;
    for address in &found {
        tx.run(&DELETE_PARTICIPANT, args![brand, ticket, address]).await?;
    }
    Ok(found.len())
}

/// A mail in or out, and where its bytes are.
struct Letter {
    id: MailId,
    has_raw: bool,
    blob_key: Option<String>,
}

fn letter(columns: &mut Columns<'_>) -> Result<Letter> {
    Ok(Letter { id: columns.take()?, has_raw: columns.take::<Option<String>>()?.is_some(), blob_key: columns.take()? })
}

/// Empties up to `limit` mails in and out about a ticket and lets their bytes go; or only what those about one of its comments say.
/// Answers how many.
///
/// # Errors
/// When the database cannot write.
pub async fn mails(
    tx: &Tx,
    brand: &BrandId,
    (ticket, comment): (&TicketId, Option<&str>),
    said: &str,
    at: Timestamp,
    limit: i64,
) -> Result<usize> {
    let found = match comment {
        None => tx.all(&MAILS, args![brand, ticket, limit], letter).await?,
        Some(comment) => tx.all(&MAILS_OF_COMMENT, args![brand, ticket, limit, comment], letter).await?,
    };
    for Letter { id, has_raw, blob_key } in &found {
        tx.run(if comment.is_none() { &EMPTY_MAIL } else { &EMPTY_TEXT }, args![brand, id, said]).await?;
        if *has_raw {
            crate::mails::raw::delete(tx, brand, id).await?;
        }
        if let Some(key) = blob_key {
            crate::removals::plan(tx, key, at).await?;
        }
    }
    Ok(found.len())
}

/// Empties what the mails say that tell of an event of this ticket.
///
/// # Errors
/// When the database cannot write.
pub async fn mails_of_event(tx: &Tx, brand: &BrandId, ticket: &TicketId, event: &str, said: &str) -> Result<()> {
    tx.run(&EMPTY_TEXT_OF_EVENT, args![brand, ticket, event, said]).await
}

/// The status that the row of a deleted ticket names, its tags, its custom fields.
///
/// # Errors
/// When the database cannot answer.
pub async fn ticket_state(tx: &Tx, brand: &BrandId, id: &TicketId) -> Result<Option<(StatusId, JsonText, JsonText)>> {
    tx.maybe(&TICKET, args![brand, id], |columns| Ok((columns.take()?, columns.take()?, columns.take()?))).await
}

/// Removes the row of a deleted ticket and everything that is kept beside it. `status` is the one that it counts for.
///
/// # Errors
/// When the database cannot write.
pub async fn ticket(
    tx: &Tx,
    brand: &BrandId,
    id: &TicketId,
    status: &StatusId,
    (tag_ids, fields): (&JsonText, &JsonText),
) -> Result<()> {
    search::remove(tx, brand, Entity::Ticket(id)).await?;
    tags::set_rows(tx, brand, id, &tags::ids_in(tag_ids), &[]).await?;
    crate::tickets::move_fields(tx, brand, id, fields, &JsonText::empty_object()).await?;
    crate::counts::add(tx, brand, status, 0, -1).await?;
    tx.run(&DELETE_TICKET, args![brand, id]).await
}

/// Removes the row of a company and its words.
///
/// # Errors
/// When the database cannot write.
pub async fn company(tx: &Tx, brand: &BrandId, id: &CompanyId) -> Result<()> {
    search::remove(tx, brand, Entity::Company(id)).await?;
    tx.run(&DELETE_COMPANY, args![brand, id]).await
}
