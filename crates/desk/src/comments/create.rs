//! A new comment: itself, the ticket that it moves, and the events of both, in one transaction.

use std::sync::Arc;

use dispatch_model::{
    BrandId, CommentId, Errors, JsonText,
    brand::Brand,
    comment::{AuthorType, Comment, NewComment},
    event::{Act, Changes, Telling},
    mail::Recipient,
    status::{CLOSED, OPEN, PENDING, RESOLVED, Status, Statuses},
    text::Link,
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use super::{assignee_changed, parent, status_changed};
use crate::{
    Result, attachments, payload, surveys,
    tickets::{self, Loaded, StatusMove, move_status, trigger},
};

/// Writes a comment.
///
/// # Errors
/// When there is no such ticket, or a field refers to what is not there.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, ticket: &str, new: &NewComment) -> Result<Comment> {
    let Loaded { brand: whole_brand, ticket: old, statuses } = tickets::load_settled(tx, act, brand, ticket).await?;
    let author_type = new.author_type.unwrap_or(AuthorType::Staff);
    let merged = tickets::refuse_merged(tx, &old).await;
    let mut errors = act.wrong.clone();
    let is_internal = is_internal(new, author_type, &mut errors);
    let parent_id = parent_of(tx, &old, new, &mut errors).await?;
    let wanted = wanted_status(&statuses, new, &mut errors);
    let files = attachments::names(new.attachment_ids.as_ref());
    let files = attachments::wanted(tx, brand, files, Some(&old), &mut errors).await?;
    errors.into_result()?;
    merged?;
    let author = author(tx, act, &whole_brand, &old, new, author_type).await?;
    let empty = JsonText::empty_object();
    let metadata = empty.merged(new.metadata.as_ref().unwrap_or(&empty));
    let mut comment = Comment {
        id: act.mint.id(),
        ticket_id: old.id.clone(),
        parent_id,
        body: String::from(new.body.clone()),
        author_type,
        author_id: author.id,
        author_name: author.name,
        author_email: author.email,
        is_internal,
        links: new.links.as_ref().map_or_else(JsonText::empty_list, |links| JsonText::of::<[Link]>(&links.0)),
        metadata: mirrored(&metadata, is_internal),
        cc: new.cc.as_ref().map_or_else(JsonText::empty_list, |cc| JsonText::of(&cc.0)),
        attachments: Vec::new(),
        source: new.source.clone().map_or_else(|| act.source.to_owned(), String::from),
        source_id: new.source_id.clone().map(String::from),
        source_data: new.source_data.clone(),
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
        by_server: false,
    };
    store::comments::insert(tx, brand, &comment).await?;
    let mut after = old.clone();
    let (files, more) = attachments::used(tx, act, brand, files, &old.id, Some(&comment.id)).await?;
    comment.attachments = files;
    after.attachment_count += more;
    after.updated_at = act.after(old.updated_at);
    if author_type != AuthorType::System {
        after.comment_count += 1;
    }
    if author_type == AuthorType::Staff && !is_internal && after.first_response_at.is_none() {
        after.first_response_at = Some(act.at);
    }
    let (target, trigger) = match wanted {
        Some(status) => (Some(status), trigger(act)),
        None => (reopening(&statuses, &old, author_type), "customer_reply"),
    };
    let moved = match target {
        Some(status) => move_status(act, &statuses, &mut after, &status, trigger)?,
        None => None,
    };
    if new.close_reason.is_some() {
        after.close_reason = new.close_reason;
    }
    participants(tx, act, brand, &old, new, is_internal).await?;
    let telling = if new.notify_customer == Some(false) { Telling::Staff } else { Telling::Usual };
    finish(tx, act, (&whole_brand, &statuses), &old, after, (&comment, telling), moved.as_ref()).await?;
    Ok(comment)
}

/// Whoever is in copy of a public comment takes part in the ticket from now on.
async fn participants(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    ticket: &StoredTicket,
    new: &NewComment,
    is_internal: bool,
) -> Result<()> {
    if let Some(cc) = new.cc.as_ref().filter(|cc| !cc.0.is_empty() && !is_internal) {
        let new: Vec<Recipient> = cc.0.iter().map(|address| Recipient::new(address, None)).collect();
        store::mails::participants::add(tx, brand, &ticket.id, &new, act.at).await?;
    }
    Ok(())
}

/// Stores the ticket and records the events: first the comment, then what it did to the ticket.
async fn finish(
    tx: &Tx,
    act: &Act,
    (brand, statuses): (&Brand, &Statuses),
    old: &StoredTicket,
    after: StoredTicket,
    (comment, telling): (&Comment, Telling),
    moved: Option<&StatusMove>,
) -> Result<()> {
    if let Some(moved) = moved {
        status_changed(tx, act, &after, moved).await?;
    }
    if old.assignee.is_some() && after.assignee.is_none() {
        // The member was gone already, and the ticket is active again.
        assignee_changed(tx, act, &after, old.assignee.as_ref(), "system").await?;
    }
    store::tickets::update(tx, statuses, old, &after).await?;
    if let Some(moved) = moved {
        surveys::status_moved(tx, act, brand, &after, moved).await?;
    }
    let changes: Changes = tickets::differences(old, &after, moved);
    let shown = after.view(statuses)?;
    tx.record_telling(act, &brand.id, payload::comment("comment.created", comment, &shown, None), telling);
    if !changes.is_empty() {
        tx.record(act, &brand.id, payload::ticket_updated(&shown, &changes));
    }
    if let Some(moved) = moved {
        moved.record(tx, act, &shown);
    }
    Ok(())
}

fn is_internal(new: &NewComment, author: AuthorType, errors: &mut Errors) -> bool {
    let mirror = new.metadata.as_ref().and_then(|metadata| metadata.members().get("isInternal").cloned());
    let in_metadata = mirror.as_ref().and_then(serde_json::Value::as_bool);
    if mirror.is_some_and(|mirror| !mirror.is_boolean()) {
        errors.push("metadata.isInternal", "must be true or false");
    }
    let internal = new.is_internal.or(in_metadata).unwrap_or(false);
    if internal && author == AuthorType::Customer {
        errors.push("isInternal", "a customer cannot write an internal note");
    }
    internal
}

/// The metadata with `isInternal` as it is: true is mirrored, a false that was sent stays, and neither lies.
pub(super) fn mirrored(metadata: &JsonText, is_internal: bool) -> JsonText {
    let mut members = metadata.members();
    if is_internal || members.contains_key("isInternal") {
        members.insert("isInternal".to_owned(), is_internal.into());
        return JsonText::of(&members);
    }
    metadata.clone()
}

async fn parent_of(tx: &Tx, ticket: &StoredTicket, new: &NewComment, errors: &mut Errors) -> Result<Option<CommentId>> {
    let Some(id) = &new.parent_id else { return Ok(None) };
    let found = parent(tx, ticket, id).await?;
    if found.is_none() {
        errors.push("parentId", "unknown comment of this ticket");
    }
    Ok(found)
}

fn wanted_status(statuses: &Statuses, new: &NewComment, errors: &mut Errors) -> Option<Arc<Status>> {
    let found = new.set_status.as_ref().map(|text| statuses.find(text));
    if found == Some(None) {
        errors.push("setStatus", "unknown status");
    }
    let status = found.flatten();
    // With something wrong already, setStatus may be what is wrong.
    if new.close_reason.is_some() && errors.is_empty() && status.is_none_or(|status| status.key != CLOSED) {
        errors.push("closeReason", "is only for setStatus closed");
    }
    status.cloned()
}

/// The status that a customer's reply brings back: `open`, from `resolved`, `closed` and `pending` (API 5.5).
fn reopening(statuses: &Statuses, ticket: &StoredTicket, author: AuthorType) -> Option<Arc<Status>> {
    let status = statuses.resolve(ticket.status_id.as_str())?;
    let waits = status.is_system && [RESOLVED, CLOSED, PENDING].contains(&status.key.as_str());
    (author == AuthorType::Customer && waits && !ticket.is_spam).then(|| statuses.system(OPEN).cloned())?
}

struct Author {
    id: Option<String>,
    name: Option<String>,
    email: Option<String>,
}

/// Who wrote it: a member who speaks for the team is named as they are; else what the caller says, completed from the
/// member or customer with that address.
async fn author(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    ticket: &StoredTicket,
    new: &NewComment,
    kind: AuthorType,
) -> Result<Author> {
    if let (AuthorType::Staff, Some(id)) = (kind, act.member()) {
        return Ok(Author { id: Some(id.0), name: act.actor.name.clone(), email: act.actor.email.clone() });
    }
    let mut author = Author {
        id: new.author_id.clone().map(String::from),
        name: new.author_name.as_ref().map(|name| (**name).to_owned()).filter(|name| !name.is_empty()),
        email: new.author_email.clone().map(String::from),
    };
    match (kind, &author.email) {
        (AuthorType::System, _) | (AuthorType::Staff, None) => {}
        (AuthorType::Staff, Some(email)) => {
            let member = store::members::by_email(tx, &brand.account_id, &brand.id, email).await?;
            if let Some(member) = member.filter(|member| member.active) {
                author.id = Some(member.id.0);
                author.name = author.name.or(member.display_name);
            }
        }
        (AuthorType::Customer, Some(email)) => {
            if let Some(customer) = store::customers::by_email(tx, &brand.id, email).await? {
                author.id = Some(customer.id.0);
                author.name = author.name.or(customer.name);
            }
        }
        (AuthorType::Customer, None) => {
            if let Some(customer) = ticket.customer.as_ref().filter(|customer| customer.deleted_at.is_none()) {
                author.id = Some(customer.id.0.clone());
                author.name = author.name.or_else(|| customer.name.clone());
                author.email = Some(customer.email.clone());
            }
        }
    }
    Ok(author)
}
