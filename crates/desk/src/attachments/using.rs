//! Attachments that new tickets and comments name, and those that comments show.

use std::collections::HashMap;

use dispatch_model::{
    BrandId, CommentId, Errors, TicketId,
    attachment::{Attachment, AttachmentStatus},
    comment::Comment,
    event::Act,
    text::Reference,
};
use dispatch_store::{self as store, Tx, attachments::StoredAttachment, tickets::StoredTicket};

use super::{is, refuse_too_many, wrong};
use crate::Result;

/// The attachments that a request names; what is wrong is added to `errors`. A new comment may also name those of its ticket
/// that no comment has.
pub(crate) async fn wanted(
    tx: &Tx,
    brand: &BrandId,
    ids: &[Reference],
    ticket: Option<&StoredTicket>,
    errors: &mut Errors,
) -> Result<Vec<StoredAttachment>> {
    let mut all: Vec<StoredAttachment> = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let found = store::attachments::get(tx, brand, id).await?;
        let Some(found) = found.filter(|found| found.shown.ticket_id.is_none() || ticket.is_some()) else {
            wrong(errors, index, "unknown attachment, or one that is used already");
            continue;
        };
        let on_this =
            found.shown.ticket_id.is_none() || found.shown.ticket_id.as_ref() == ticket.map(|ticket| &ticket.id);
        if !on_this || found.shown.comment_id.is_some() {
            wrong(errors, index, "unknown attachment, or one that is used already");
        } else if found.shown.status != AttachmentStatus::Uploaded {
            wrong(errors, index, "its upload is not confirmed");
        } else if !all.iter().any(|known| is(known, &found.shown.id)) {
            all.push(found);
        }
    }
    if let Some(ticket) = ticket.filter(|_| !all.is_empty() && errors.is_empty()) {
        let new = all.iter().filter(|attachment| attachment.shown.ticket_id.is_none()).count();
        refuse_too_many(tx, ticket, new).await?;
    }
    Ok(all)
}

/// Lets these attachments belong to a ticket, and to a comment of it; answers how they read then, and how many of them are
/// new to the ticket.
pub(crate) async fn used(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    wanted: Vec<StoredAttachment>,
    ticket: &TicketId,
    comment: Option<&CommentId>,
) -> Result<(Vec<Attachment>, i64)> {
    let (mut shown, mut more) = (Vec::with_capacity(wanted.len()), 0);
    for old in wanted {
        let mut new = old.clone();
        more += i64::from(old.shown.ticket_id.is_none());
        new.shown.ticket_id = Some(ticket.clone());
        new.shown.comment_id = comment.cloned();
        new.shown.updated_at = act.after(old.shown.updated_at);
        store::attachments::update(tx, brand, &old, &new).await?;
        shown.push(new.shown);
    }
    Ok((shown, more))
}

/// The attachments of a comment.
pub(crate) async fn of_comment(tx: &Tx, brand: &BrandId, comment: &Comment) -> Result<Vec<Attachment>> {
    let found = store::attachments::of_ticket(tx, brand, &comment.ticket_id).await?;
    let own = found.into_iter().map(|attachment| attachment.shown);
    Ok(own.filter(|attachment| attachment.comment_id.as_ref() == Some(&comment.id)).collect())
}

/// Lets comments of one ticket show their attachments.
pub(crate) async fn by_comment(
    tx: &Tx,
    brand: &BrandId,
    ticket: &TicketId,
    comments: &mut [&mut Comment],
) -> Result<()> {
    if comments.is_empty() {
        return Ok(());
    }
    let mut all: HashMap<CommentId, Vec<Attachment>> = HashMap::new();
    for attachment in store::attachments::of_ticket(tx, brand, ticket).await? {
        if let Some(comment) = attachment.shown.comment_id.clone() {
            all.entry(comment).or_default().push(attachment.shown);
        }
    }
    for comment in comments {
        comment.attachments = all.remove(&comment.id).unwrap_or_default();
    }
    Ok(())
}
