//! Writing a ticket and everything that is kept about it beside its row: counts, sums, tags, fields that can be
//! filtered on. What differs between the old and the new state is moved; nobody else moves it.

use std::collections::BTreeSet;

use dispatch_model::{
    BrandId, JsonText, StatusId, TagId, TicketId, fold::folded, limits::FIELDS_FILTERED_MAX, status::Statuses,
    ticket::CloseReason,
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{Assignee, StoredTicket, searched};
use crate::{
    Result, Tx, args,
    search::{self, Entity},
    stats, tags,
};

crate::statements! {
    INSERT = "INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, close_reason, priority, assignee,
        customer_id, category_id, source, source_id, created_by, comment_count, attachment_count, is_spam, due_at,
        resolved_at, resolved_by_id, closed_at, created_at, updated_at, title, title_key, tag_ids, cc, links, custom_fields,
        metadata, source_data, body)
        VALUES ($1, $2, $3, $4, TRUE, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $28, FALSE, $14, $15, $16, $17, $18, $18,
            $19, $20, $21, $22, $23, $24, $25, $26, $27)";
    /// What a comment changes: none of it stands in an index, but for the time of the change.
    UPDATE_PLAIN = "UPDATE ticket SET comment_count = $3, attachment_count = $4, first_response_at = $5, updated_at = $6,
        cc = $7, links = $8, custom_fields = $9, metadata = $10 WHERE brand_id = $1 AND id = $2";
    /// The same with what a change of status or assignee changes.
    UPDATE_STATE = "UPDATE ticket SET comment_count = $3, attachment_count = $4, first_response_at = $5, updated_at = $6,
        cc = $7, links = $8, custom_fields = $9, metadata = $10, status_id = $11, close_reason = $12, assignee = $13,
        resolved_at = $14, resolved_by_id = $15, closed_at = $16 WHERE brand_id = $1 AND id = $2";
    UPDATE_ALL = "UPDATE ticket SET comment_count = $3, attachment_count = $4, first_response_at = $5, updated_at = $6,
        cc = $7, links = $8, custom_fields = $9, metadata = $10, status_id = $11, close_reason = $12, assignee = $13,
        resolved_at = $14, resolved_by_id = $15, closed_at = $16, live = $17, priority = $18, customer_id = $19,
        category_id = $20, merged_into_id = $21, is_spam = $22, due_at = $23, deleted_at = $24, title = $25,
        title_key = $26, tag_ids = $27, overdue_at = $28 WHERE brand_id = $1 AND id = $2";
    UPDATE_BODY = "UPDATE ticket SET body = $3 WHERE brand_id = $1 AND id = $2";
    ADD_FIELD = "INSERT INTO ticket_field (brand_id, key, value, ticket_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    REMOVE_FIELD = "DELETE FROM ticket_field WHERE brand_id = $1 AND key = $2 AND value = $3 AND ticket_id = $4";
}

/// Bytes of a key or value that stand as they are in the filter's table; a longer one stands as its hash.
const FIELD_BYTES_MAX: usize = 200;

/// A text of a custom field as the filter's table holds it.
#[must_use]
pub(super) fn field_text(text: &str) -> String {
    use std::fmt::Write as _;
    if text.len() <= FIELD_BYTES_MAX {
        return text.to_owned();
    }
    Sha256::digest(text).iter().fold("sha256:".to_owned(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The top-level scalars of custom fields, each with its text; the first [`FIELDS_FILTERED_MAX`] of them.
pub(crate) fn fields(custom: &JsonText) -> BTreeSet<(String, String)> {
    if custom.as_str() == "{}" {
        return BTreeSet::new();
    }
    let text = |value: Json| match value {
        Json::String(text) => Some(text),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let scalars = custom.members().into_iter().filter_map(|(key, value)| Some((field_text(&key), text(value)?)));
    scalars.map(|(key, value)| (key, field_text(&value))).take(FIELDS_FILTERED_MAX).collect()
}

fn list_of(tags: &[TagId]) -> String {
    serde_json::to_string(tags).unwrap_or_else(|_| "[]".to_owned())
}

/// Creates a ticket.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, new: &StoredTicket) -> Result<()> {
    let (close_reason, priority) = (new.close_reason.map(CloseReason::as_str), new.priority.rank());
    let assignee = new.assignee.as_ref().map(Assignee::stored);
    let customer = new.customer.as_ref().map(|customer| &customer.id);
    tx.run(
        &INSERT,
        args![
            new.brand_id,
            new.id,
            new.number,
            new.prefix,
            new.status_id,
            close_reason,
            priority,
            assignee,
            customer,
            new.category_id,
            new.source,
            new.source_id,
            new.created_by,
            new.due_at,
            new.resolved_at,
            new.resolved_by_id,
            new.closed_at,
            new.created_at,
            new.title,
            folded(&new.title),
            list_of(&new.tag_ids),
            new.cc,
            new.links,
            new.custom_fields,
            new.metadata,
            new.source_data,
            new.body,
            new.attachment_count,
        ],
    )
    .await?;
    crate::counts::add(tx, &new.brand_id, &new.status_id, 1, 1).await?;
    stats::moved(tx, &new.brand_id, None, Some(new)).await?;
    for (key, value) in fields(&new.custom_fields) {
        tx.run(&ADD_FIELD, args![new.brand_id, key, value, new.id]).await?;
    }
    tags::set_rows(tx, &new.brand_id, &new.id, &[], &new.tag_ids).await?;
    let number = new.ticket_number();
    let texts = searched(&new.title, &number, new.body.as_deref());
    search::add(tx, &new.brand_id, Entity::Ticket(&new.id), &texts).await
}

/// Stores what differs of a ticket, and moves what is kept beside it. One statement on the row: on PostgreSQL each makes
/// a new row with all its index entries; on SQLite each index costs that has a column in it.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, statuses: &Statuses, old: &StoredTicket, new: &StoredTicket) -> Result<()> {
    let whole = row(tx, old, new).await?;
    if old.body != new.body {
        tx.run(&UPDATE_BODY, args![new.brand_id, new.id, new.body]).await?;
    }
    if old.body != new.body || old.title != new.title {
        let number = new.ticket_number();
        let texts = searched(&new.title, &number, new.body.as_deref());
        search::put(tx, &new.brand_id, Entity::Ticket(&new.id), &texts).await?;
    }
    let shown = |ticket: &StoredTicket| -> (StatusId, bool) {
        let id = statuses.resolve(ticket.status_id.as_str()).map_or(&ticket.status_id, |status| &status.id);
        (id.clone(), ticket.live())
    };
    let (before, behind) = (shown(old), shown(new));
    if before != behind {
        let moved = i64::from(before.0 != behind.0);
        crate::counts::add(tx, &old.brand_id, &before.0, -i64::from(before.1), -moved).await?;
        crate::counts::add(tx, &new.brand_id, &behind.0, i64::from(behind.1), moved).await?;
    }
    stats::moved(tx, &new.brand_id, Some(old), Some(new)).await?;
    move_fields(tx, &new.brand_id, &new.id, &old.custom_fields, &new.custom_fields).await?;
    if whole {
        tags::set_rows(tx, &new.brand_id, &new.id, &old.stored_tag_ids, &new.tag_ids).await?;
    }
    Ok(())
}

/// Moves what filters find of the custom fields.
pub(crate) async fn move_fields(
    tx: &Tx,
    brand: &BrandId,
    ticket: &TicketId,
    old: &JsonText,
    new: &JsonText,
) -> Result<()> {
    if old == new {
        return Ok(());
    }
    let (before, behind) = (fields(old), fields(new));
    for (key, value) in before.difference(&behind) {
        tx.run(&REMOVE_FIELD, args![brand, key, value, ticket]).await?;
    }
    for (key, value) in behind.difference(&before) {
        tx.run(&ADD_FIELD, args![brand, key, value, ticket]).await?;
    }
    Ok(())
}

/// The columns that [`UPDATE_STATE`] has beyond those of [`UPDATE_PLAIN`].
fn state(ticket: &StoredTicket) -> impl PartialEq + '_ {
    (
        &ticket.status_id,
        ticket.close_reason,
        ticket.assignee.as_ref().map(Assignee::stored),
        ticket.resolved_at,
        &ticket.resolved_by_id,
        ticket.closed_at,
    )
}

/// The columns that [`UPDATE_ALL`] has beyond those of [`UPDATE_STATE`].
fn rest(ticket: &StoredTicket) -> impl PartialEq + '_ {
    (
        (ticket.is_spam, ticket.deleted_at, ticket.priority, ticket.due_at, &ticket.title, &ticket.tag_ids),
        (ticket.customer.as_ref().map(|customer| &customer.id), &ticket.category_id, &ticket.merged_into_id),
    )
}

/// Writes the row; says whether all of it was written, the list of its tags included.
async fn row(tx: &Tx, old: &StoredTicket, new: &StoredTicket) -> Result<bool> {
    let close_reason = new.close_reason.map(CloseReason::as_str);
    let assignee = new.assignee.as_ref().map(Assignee::stored);
    let (live, priority, title_key, tags) =
        (new.live(), new.priority.rank(), folded(&new.title), list_of(&new.tag_ids));
    let customer = new.customer.as_ref().map(|customer| &customer.id);
    let all = args![
        new.brand_id,
        new.id,
        new.comment_count,
        new.attachment_count,
        new.first_response_at,
        new.updated_at,
        new.cc,
        new.links,
        new.custom_fields,
        new.metadata,
        new.status_id,
        close_reason,
        assignee,
        new.resolved_at,
        new.resolved_by_id,
        new.closed_at,
        live,
        priority,
        customer,
        new.category_id,
        new.merged_into_id,
        new.is_spam,
        new.due_at,
        new.deleted_at,
        new.title,
        title_key,
        tags,
        new.overdue_at,
    ];
    if rest(old) != rest(new) {
        tx.run(&UPDATE_ALL, all).await?;
        return Ok(true);
    }
    if state(old) != state(new) {
        tx.run(&UPDATE_STATE, &all[..16]).await?;
    } else {
        tx.run(&UPDATE_PLAIN, &all[..10]).await?;
    }
    Ok(false)
}
