//! Comments: the conversation on a ticket, and the SYSTEM messages that tell what happened to it (API 6, 5.5).

mod create;

pub use create::create;

use dispatch_model::{
    BrandId, CommentId, JsonText, Patch, Timestamp,
    comment::{AuthorType, Comment, CommentPatch, CommentWithReplies},
    event::{Act, Changes},
    limits::COMMENTS_PAGE_MAX,
    page::{Cursor, fingerprint},
    text::Link,
};
use dispatch_store::{
    self as store, Tx,
    tickets::{Assignee, StoredTicket},
};

use crate::{
    Caller, Result, attachments, brands,
    brands::merged,
    error::{Found, conflict, forbidden, invalid},
    payload, tickets,
    tickets::{Loaded, StatusMove},
};

/// A comment that the server writes itself.
pub(crate) async fn system(
    tx: &Tx,
    act: &Act,
    ticket: &StoredTicket,
    body: String,
    metadata: serde_json::Value,
) -> Result<()> {
    let comment = Comment {
        id: act.mint.id(),
        ticket_id: ticket.id.clone(),
        parent_id: None,
        body,
        author_type: AuthorType::System,
        author_id: None,
        author_name: None,
        author_email: None,
        is_internal: false,
        links: JsonText::empty_list(),
        metadata: JsonText::of(&metadata),
        cc: JsonText::empty_list(),
        attachments: Vec::new(),
        source: "system".to_owned(),
        source_id: None,
        source_data: None,
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
        by_server: true,
    };
    Ok(store::comments::insert(tx, &ticket.brand_id, &comment).await?)
}

/// `Status changed from Open to Resolved`.
pub(crate) async fn status_changed(tx: &Tx, act: &Act, ticket: &StoredTicket, moved: &StatusMove) -> Result<()> {
    let metadata = serde_json::json!({
        "kind": "status_changed", "old": moved.old_key, "new": moved.new.key, "trigger": moved.trigger,
    });
    let body = format!("Status changed from {} to {}", moved.old_name, moved.new.name);
    system(tx, act, ticket, body, metadata).await
}

/// `Assigned to Ana Ito`.
pub(crate) async fn assignee_changed(
    tx: &Tx,
    act: &Act,
    ticket: &StoredTicket,
    old: Option<&Assignee>,
    trigger: &str,
) -> Result<()> {
    let new = ticket.assignee.as_ref();
    let metadata = serde_json::json!({
        "kind": "assignee_changed",
        "old": old.map(Assignee::email),
        "new": new.map(Assignee::email),
        "trigger": trigger,
    });
    let name = |assignee: &Assignee| match assignee {
        Assignee::Member { name: Some(name), .. } => name.clone(),
        other => other.email().to_owned(),
    };
    let body = match (old, new) {
        (None, Some(new)) => format!("Assigned to {}", name(new)),
        (Some(old), Some(new)) => format!("Assignee changed from {} to {}", name(old), name(new)),
        (Some(old), None) => format!("Unassigned from {}", name(old)),
        (None, None) => return Ok(()),
    };
    system(tx, act, ticket, body, metadata).await
}

async fn ticket_of(tx: &Tx, brand: &BrandId, ticket: &str) -> Result<dispatch_model::TicketId> {
    brands::get(tx, brand).await?;
    store::tickets::id_of(tx, brand, ticket).await?.found()
}

/// A part of the comments of a ticket, oldest first, and where the next part begins.
///
/// # Errors
/// When there is no such ticket or the cursor is of another list.
pub async fn list(
    tx: &Tx,
    brand: &BrandId,
    ticket: &str,
    authors: &[AuthorType],
    limit: i64,
    cursor: Option<&str>,
) -> Result<(Vec<Comment>, Option<String>)> {
    let ticket = ticket_of(tx, brand, ticket).await?;
    let authors: Vec<&'static str> = authors.iter().map(|author| author.as_str()).collect();
    let mark = fingerprint(&["comments", brand.as_str(), ticket.as_str(), &authors.join(",")]);
    let after = match cursor.map(|text| Cursor::decode(text, mark, 2)) {
        None => None,
        Some(found) => {
            let keys = found.map(|cursor| cursor.keys).unwrap_or_default();
            let at = keys.first().and_then(|at| at.parse().ok());
            let at = at.ok_or_else(|| invalid("cursor", "is not a cursor of this list"))?;
            Some((Timestamp::from_millis(at), keys[1].clone()))
        }
    };
    let mut found = store::comments::list(tx, brand, &ticket, &authors, after.as_ref(), limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > wanted;
    found.truncate(wanted);
    attachments::by_comment(tx, brand, &ticket, &mut found.iter_mut().collect::<Vec<_>>()).await?;
    let next = found.last().filter(|_| more).map(|last| {
        Cursor { fingerprint: mark, keys: vec![last.created_at.as_millis().to_string(), last.id.0.clone()] }.encode()
    });
    Ok((found, next))
}

/// One comment with the comments that answer it.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, ticket: &str, id: &str) -> Result<CommentWithReplies> {
    let ticket = ticket_of(tx, brand, ticket).await?;
    let mut comment = store::comments::get(tx, brand, &ticket, id).await?.found()?;
    let mut replies = store::comments::replies(tx, brand, &ticket, &comment.id, COMMENTS_PAGE_MAX).await?;
    let mut all: Vec<&mut Comment> = std::iter::once(&mut comment).chain(&mut replies).collect();
    attachments::by_comment(tx, brand, &ticket, &mut all).await?;
    Ok(CommentWithReplies { comment, replies })
}

/// Refuses a comment that is not there, or that whoever wants to change it may not, before a body is looked at.
///
/// # Errors
/// When there is none, or they may not.
pub async fn check(tx: &Tx, brand: &BrandId, ticket: &str, id: &str, by: Option<&Caller>) -> Result<()> {
    let ticket = ticket_of(tx, brand, ticket).await?;
    let comment = store::comments::get(tx, brand, &ticket, id).await?.found()?;
    by.map_or(Ok(()), |caller| may_change(caller, &comment))
}

/// A member changes their own comments, admins and keys all (API 6).
fn may_change(caller: &Caller, comment: &Comment) -> Result<()> {
    let own = comment.author_type == AuthorType::Staff
        && caller.member_id().is_some_and(|id| comment.author_id.as_deref() == Some(id.as_str()));
    if caller.is_plain_member() && !own {
        return Err(forbidden("A member changes and deletes only their own comments."));
    }
    Ok(())
}

/// Changes a comment.
///
/// # Errors
/// When there is none, it is not the caller's to change, or the server wrote it.
pub async fn update(
    tx: &Tx,
    act: &Act,
    caller: &Caller,
    (brand, ticket, id): (&BrandId, &str, &str),
    patch: &CommentPatch,
) -> Result<Comment> {
    let Loaded { ticket: stored, statuses, .. } = tickets::load(tx, brand, ticket).await?;
    let mut old = store::comments::get(tx, brand, &stored.id, id).await?.found()?;
    may_change(caller, &old)?;
    by_somebody(&old)?;
    if stored.attachment_count > 0 {
        old.attachments = attachments::of_comment(tx, brand, &old).await?;
    }
    let mut new = old.clone();
    if let Some(body) = &patch.body {
        new.body = String::from(body.clone());
    }
    match &patch.links {
        Patch::Keep => {}
        Patch::Clear => new.links = JsonText::empty_list(),
        Patch::Set(links) => new.links = JsonText::of::<[Link]>(&links.0),
    }
    new.metadata = create::mirrored(&merged("metadata", &old.metadata, &patch.metadata)?, old.is_internal);
    let mut changes = Changes::default();
    changes.add("body", &old.body, &new.body);
    changes.add("links", &old.links, &new.links);
    changes.add("metadata", &old.metadata, &new.metadata);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.at;
    store::comments::update(tx, brand, &new).await?;
    let shown = stored.view(&statuses)?;
    tx.record(act, brand, payload::comment("comment.updated", &new, &shown, Some(changes.to_json())));
    Ok(new)
}

fn by_somebody(comment: &Comment) -> Result<()> {
    if comment.by_server {
        return Err(conflict("The server wrote this comment; it cannot be changed."));
    }
    Ok(())
}

/// Deletes a comment; the comments that answer it stay and keep naming it.
///
/// # Errors
/// When there is none, it is not the caller's to delete, or the server wrote it.
pub async fn delete(
    tx: &Tx,
    act: &Act,
    caller: &Caller,
    (brand, ticket, id): (&BrandId, &str, &str),
) -> Result<Comment> {
    let Loaded { ticket: old, statuses, .. } = tickets::load(tx, brand, ticket).await?;
    let mut comment = store::comments::get(tx, brand, &old.id, id).await?.found()?;
    may_change(caller, &comment)?;
    by_somebody(&comment)?;
    comment.deleted_at = Some(act.at);
    store::comments::update(tx, brand, &comment).await?;
    let mut new = old.clone();
    if comment.author_type != AuthorType::System {
        new.comment_count -= 1;
    }
    if old.attachment_count > 0 {
        // Its files go with it.
        comment.attachments = attachments::of_comment(tx, brand, &comment).await?;
        new.attachment_count -= i64::try_from(comment.attachments.len()).unwrap_or(0);
        store::attachments::hide(tx, brand, &old.id, &comment.id, act.at).await?;
    }
    if (new.comment_count, new.attachment_count) != (old.comment_count, old.attachment_count) {
        store::tickets::update(tx, &statuses, &old, &new).await?;
    }
    let shown = new.view(&statuses)?;
    tx.record(act, brand, payload::comment("comment.deleted", &comment, &shown, None));
    Ok(comment)
}

/// The comment that a new one answers.
pub(crate) async fn parent(tx: &Tx, ticket: &StoredTicket, id: &str) -> Result<Option<CommentId>> {
    let found = store::comments::get(tx, &ticket.brand_id, &ticket.id, id).await?;
    Ok(found.map(|comment| comment.id))
}
