//! Merging: the target gets what belongs to the sources, which are closed as its duplicates (API 5.8).

use std::sync::Arc;

use dispatch_model::{
    BrandId, Errors, JsonText,
    brand::Brand,
    comment::{AuthorType, Comment},
    event::Act,
    fold::folded,
    limits::{ATTACHMENTS_MAX, MERGE_COMMENTS_MAX, TICKET_TAGS_MAX},
    status::{CLOSED, Statuses},
    tag::Tag,
    text::Reference,
    ticket::{CloseReason, MergedTicket},
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};
use serde_json::json;

use super::{Change, Loaded, finish, load_settled, move_status, refuse_merged};
use crate::{
    Result, comments,
    error::{Found, conflict},
    payload, surveys, watchers,
};

/// Merges tickets into another. All or nothing.
///
/// # Errors
/// When there is no such target, a source is not there or is the target, or one of them was merged before.
pub async fn merge(tx: &Tx, act: &Act, id: &BrandId, target: &str, sources: &[Reference]) -> Result<MergedTicket> {
    let Loaded { brand, ticket: old, statuses } = load_settled(tx, act, id, target).await?;
    let sources = found(tx, act, id, &old, sources).await?;
    refuse_merged(tx, &old).await?;
    for source in &sources {
        refuse_merged(tx, source).await?;
    }
    let mut new = old.clone();
    let (mut moved, mut ids, mut numbers) = (0, Vec::new(), Vec::new());
    for source in sources {
        moved += absorb(tx, act, &mut new, &source).await?;
        if moved > MERGE_COMMENTS_MAX {
            return Err(conflict(format!("The tickets have more than {MERGE_COMMENTS_MAX} comments.")));
        }
        ids.push(source.id.clone());
        numbers.push(source.ticket_number());
        close(tx, act, &brand, &statuses, source, &old).await?;
    }
    if new.tags.len() > TICKET_TAGS_MAX {
        return Err(conflict(format!("The ticket would have more than {TICKET_TAGS_MAX} tags.")));
    }
    if new.attachment_count > i64::try_from(ATTACHMENTS_MAX).unwrap_or(i64::MAX) {
        return Err(conflict(format!("The ticket would have more than {ATTACHMENTS_MAX} attachments.")));
    }
    new.tags.sort_by_cached_key(|tag| (folded(&tag.name), tag.id.clone()));
    new.tag_ids = new.tags.iter().map(|tag| tag.id.clone()).collect();
    new.updated_at = act.after(old.updated_at);
    let body = format!("Merged from {}", numbers.join(", "));
    let metadata = json!({ "kind": "merged_from", "ticketIds": ids, "ticketNumbers": numbers });
    comments::system(tx, act, &new, body, metadata).await?;
    store::tickets::update(tx, &statuses, &old, &new).await?;
    let shown = new.view(&statuses)?;
    tx.record(act, id, payload::ticket_merged(&shown, &ids));
    let (target_ticket_id, merged_count) = (shown.id.clone(), ids.len());
    Ok(MergedTicket { ticket: shown, target_ticket_id, merged_ticket_ids: ids, merged_count })
}

/// The sources, each once, in their order.
async fn found(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    target: &StoredTicket,
    texts: &[Reference],
) -> Result<Vec<StoredTicket>> {
    let (mut errors, mut all) = (Errors::default(), Vec::<StoredTicket>::new());
    for (at, text) in texts.iter().enumerate() {
        let field = format!("sourceTicketIds[{at}]");
        match store::tickets::id_of(tx, brand, text).await? {
            None => errors.push(field, "unknown ticket"),
            Some(id) if id == target.id => errors.push(field, "is the target itself"),
            Some(id) if all.iter().any(|known| known.id == id) => {}
            Some(id) => all.push(load_settled(tx, act, brand, id.as_str()).await?.ticket),
        }
    }
    errors.into_result()?;
    Ok(all)
}

/// Gives the target the comments, attachments, tags and watchers of a source, and its text as a comment; says how many comments.
async fn absorb(tx: &Tx, act: &Act, target: &mut StoredTicket, source: &StoredTicket) -> Result<i64> {
    let brand = target.brand_id.clone();
    let moved = store::comments::count_to_move(tx, &brand, &source.id).await?;
    if moved > MERGE_COMMENTS_MAX {
        return Ok(moved);
    }
    store::comments::move_all(tx, &brand, &source.id, &target.id).await?;
    let text = text_of(act, target, source);
    store::comments::insert(tx, &brand, &text).await?;
    target.comment_count += source.comment_count + 1;
    store::attachments::move_all(tx, &brand, &source.id, &target.id).await?;
    target.attachment_count += source.attachment_count;
    let known = |target: &StoredTicket, tag: &Arc<Tag>| target.tags.iter().any(|known| known.id == tag.id);
    let new: Vec<Arc<Tag>> = source.tags.iter().filter(|tag| !known(target, tag)).cloned().collect();
    target.tags.extend(new);
    watchers::join(tx, act, &brand, &source.id, &target.id).await?;
    Ok(moved)
}

/// The source's title and body as a comment of its customer, dated as the source.
fn text_of(act: &Act, target: &StoredTicket, source: &StoredTicket) -> Comment {
    let body = match source.body.as_deref().filter(|body| !body.is_empty()) {
        Some(body) => format!("{}\n\n{body}", source.title),
        None => source.title.clone(),
    };
    let customer = source.customer.as_ref();
    Comment {
        id: act.mint.id(),
        ticket_id: target.id.clone(),
        parent_id: None,
        body,
        author_type: AuthorType::Customer,
        author_id: customer.filter(|customer| customer.deleted_at.is_none()).map(|customer| customer.id.0.clone()),
        author_name: customer.and_then(|customer| customer.name.clone()),
        author_email: customer.map(|customer| customer.email.clone()),
        is_internal: false,
        links: source.links.clone(),
        metadata: JsonText::of(&json!({
            "kind": "merged_ticket", "ticketId": source.id, "ticketNumber": source.ticket_number(),
        })),
        cc: JsonText::empty_list(),
        attachments: Vec::new(),
        source: source.source.clone(),
        source_id: source.source_id.clone(),
        source_data: source.source_data.clone(),
        created_at: source.created_at,
        updated_at: source.created_at,
        deleted_at: None,
        by_server: false,
    }
}

/// Closes a source as a duplicate of the target.
async fn close(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    statuses: &Statuses,
    old: StoredTicket,
    target: &StoredTicket,
) -> Result<()> {
    let mut new = StoredTicket { comment_count: 0, attachment_count: 0, ..old.clone() };
    let closed = statuses.system(CLOSED).found()?;
    let moved = move_status(act, statuses, &mut new, closed, "merge")?;
    new.close_reason = Some(CloseReason::Duplicate);
    new.merged_into_id = Some(target.id.clone());
    let body = format!("Merged into {}", target.ticket_number());
    let metadata = json!({ "kind": "merged_into", "ticketId": target.id, "ticketNumber": target.ticket_number() });
    comments::system(tx, act, &new, body, metadata).await?;
    surveys::cancel(tx, brand, &new.id).await?;
    finish(tx, act, brand, statuses, Change { old, new, moved, trigger: "merge" }).await.map(|_| ())
}
