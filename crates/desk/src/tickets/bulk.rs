//! One action on many tickets (API 5.8): looked at once, then each ticket in a transaction of its own.

use dispatch_model::{
    BrandId, Errors, Patch, TagId,
    event::Act,
    limits::TICKET_TAGS_MAX,
    status::{CLOSED, RESOLVED},
    text::{List, Reference},
    ticket::{BulkAction, BulkChange, SpamMark, TicketPatch},
};
use dispatch_store::{self as store, Tx};

use super::{delete, labels, mark_spam, update, wanted_status};
use crate::{Result, assignment, brands};

/// The trigger of everything that a bulk action does.
const TRIGGER: &str = "bulk";

/// What is done to each ticket.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is changed.
    Change(Box<TicketPatch>),
    /// It is marked as spam, or no longer.
    Spam(SpamMark),
    /// It is deleted.
    Delete,
}

fn text(value: &str) -> Result<Reference> {
    Reference::new(value).map_err(|message| store::Error::Bug(message).into())
}

/// Looks at the action: what it refers to must be there, and new tags are created. Nothing is done to a ticket yet.
///
/// # Errors
/// When there is no such brand, or a field of the action is wrong.
pub async fn prepare(tx: &Tx, act: &Act, brand: &BrandId, bulk: &BulkChange) -> Result<Step> {
    let whole = brands::get(tx, brand).await?;
    let mut errors = Errors::default();
    let mut patch = TicketPatch::nothing();
    let missing =
        |errors: &mut Errors, field: &str| errors.push(field, format!("is required for {}", bulk.action.as_str()));
    match bulk.action {
        BulkAction::Spam | BulkAction::NotSpam => {
            return Ok(Step::Spam(SpamMark { is_spam: bulk.action == BulkAction::Spam, block_customer: None }));
        }
        BulkAction::Delete => return Ok(Step::Delete),
        BulkAction::Resolve => patch.status = Some(text(RESOLVED)?),
        BulkAction::Close => {
            patch.status = Some(text(CLOSED)?);
            patch.close_reason = bulk.close_reason.map_or(Patch::Keep, Patch::Set);
        }
        BulkAction::SetStatus => {
            let statuses = store::statuses::all(tx, brand).await?;
            match &bulk.status {
                None => missing(&mut errors, "status"),
                Some(_) => {
                    wanted_status(&statuses, bulk.status.as_ref(), None, &mut errors);
                }
            }
            patch.status.clone_from(&bulk.status);
        }
        BulkAction::SetPriority => {
            if bulk.priority.is_none() {
                missing(&mut errors, "priority");
            }
            patch.priority = bulk.priority;
        }
        BulkAction::Assign => {
            if bulk.assignee_id.is_keep() && bulk.assignee_email.is_keep() {
                missing(&mut errors, "assigneeId");
            }
            let (id, email) = (bulk.assignee_id.as_ref(), bulk.assignee_email.as_ref());
            assignment::assignee(tx, &whole, None, id, email, &mut errors).await?;
            patch.assignee_id = bulk.assignee_id.clone();
            patch.assignee_email = bulk.assignee_email.clone();
        }
        BulkAction::SetCategory => {
            match &bulk.category_id {
                Patch::Keep => missing(&mut errors, "categoryId"),
                Patch::Clear => {}
                Patch::Set(text) => {
                    labels::category(tx, brand, text, &mut errors).await?;
                }
            }
            patch.category_id = bulk.category_id.clone();
        }
        BulkAction::SetTags | BulkAction::AddTags | BulkAction::RemoveTags => {
            if bulk.tags.is_none() && bulk.tag_ids.is_none() {
                missing(&mut errors, "tags");
            }
            tags(tx, act, brand, bulk, &mut patch, &mut errors).await?;
        }
    }
    errors.into_result()?;
    Ok(Step::Change(Box::new(patch)))
}

async fn tags(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    bulk: &BulkChange,
    patch: &mut TicketPatch,
    errors: &mut Errors,
) -> Result<()> {
    let words = labels::TagWords {
        ids: bulk.tag_ids.as_ref().map(|list| list.0.as_slice()),
        names: bulk.tags.as_ref().map(|list| list.0.as_slice()),
        ..labels::TagWords::default()
    };
    let wanted = labels::wanted(tx, brand, &words, errors).await?;
    if bulk.action == BulkAction::RemoveTags {
        for name in wanted.new_names() {
            errors.push("tags", format!("unknown tag {name}"));
        }
    }
    if !errors.is_empty() {
        return Ok(());
    }
    let all = labels::applied(tx, act, brand, &[], wanted).await?;
    let ids: Vec<TagId> = all.iter().map(|tag| tag.id.clone()).collect();
    let list: Vec<Reference> = ids.iter().map(|id| text(id.as_str())).collect::<Result<_>>()?;
    let list: List<Reference, TICKET_TAGS_MAX> = List(list);
    match bulk.action {
        BulkAction::SetTags => patch.tag_ids = Some(list),
        BulkAction::AddTags => patch.add_tag_ids = Some(list),
        _ => patch.remove_tag_ids = Some(list),
    }
    Ok(())
}

/// Does the action to one ticket, as the single call would.
///
/// # Errors
/// When there is no such ticket, or its state forbids it.
pub async fn step(tx: &Tx, act: &Act, brand: &BrandId, id: &str, step: &Step) -> Result<()> {
    match step {
        Step::Change(patch) => update(tx, act, brand, id, patch, TRIGGER).await.map(|_| ()),
        Step::Spam(mark) => mark_spam(tx, act, brand, id, mark).await.map(|_| ()),
        Step::Delete => delete(tx, act, brand, id).await.map(|_| ()),
    }
}

/// The tickets that are meant, each once: the text that asked for it, and its id when it is there.
///
/// # Errors
/// When the database cannot answer.
pub async fn targets(tx: &Tx, brand: &BrandId, texts: &[Reference]) -> Result<Vec<(String, Option<String>)>> {
    let mut all: Vec<(String, Option<String>)> = Vec::with_capacity(texts.len());
    for text in texts {
        let id = store::tickets::id_of(tx, brand, text).await?.map(|id| id.0);
        let known = all.iter().any(|(known, known_id)| *known == **text || (id.is_some() && *known_id == id));
        if !known {
            all.push(((**text).to_owned(), id));
        }
    }
    Ok(all)
}
