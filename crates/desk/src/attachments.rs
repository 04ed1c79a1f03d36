//! Attachments of tickets and comments (API 8). The bytes are the edges' business: they look at the file store between two
//! transactions, never inside one. What must not be left behind there is noted in the same transaction as the row.

mod collect;
mod confirm;
mod using;

pub use collect::{collect, forget_avatar};
pub use confirm::{Fault, Kept, confirm, fail, to_confirm};
pub(crate) use using::{by_comment, of_comment, used, wanted};

use dispatch_model::{
    AttachmentId, BrandId, Errors, JsonText, TicketId,
    attachment::{Attachment, AttachmentStatus, NewUpload},
    event::{Act, EventType, NewEvent},
    file_key,
    limits::{ATTACHMENTS_MAX, LOOSE_FILE_MS, UPLOAD_KEPT_MS},
};
use dispatch_store::{self as store, Tx, attachments::StoredAttachment, tickets::StoredTicket};

use crate::{
    Refusal, Result, brands,
    error::{Found, conflict, invalid},
    tickets::{self, Loaded},
};

/// Where an attachment is looked for: among those of a ticket, or among those that wait for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this ticket, by its id or number.
    Ticket(String),
    /// On none yet.
    Nowhere,
}

/// Lets an attachment wait for its bytes.
///
/// # Errors
/// When there is no such ticket or comment, the ticket has too many attachments, or the file would be too large.
pub async fn request(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    place: &Place,
    new: &NewUpload,
    size_max: i64,
) -> Result<Attachment> {
    let (ticket, comment) = match place {
        Place::Nowhere => {
            brands::get(tx, brand).await?;
            (None, None)
        }
        Place::Ticket(id) => {
            let ticket = tickets::load(tx, brand, id).await?.ticket;
            let comment = match &new.comment_id {
                None => None,
                Some(id) => {
                    let found = store::comments::get(tx, brand, &ticket.id, id).await?;
                    Some(found.ok_or_else(|| invalid("commentId", "unknown comment of this ticket"))?.id)
                }
            };
            (Some(ticket), comment)
        }
    };
    let size = new.size.map(|size| size.0);
    refuse_too_large(size, size_max)?;
    if let Some(ticket) = &ticket {
        refuse_too_many(tx, ticket, 1).await?;
    }
    let attachment = Attachment {
        id: act.mint.id(),
        ticket_id: ticket.map(|ticket| ticket.id),
        comment_id: comment,
        filename: new.filename.0.clone(),
        content_type: new.content_type.0.clone(),
        size,
        checksum: new.checksum.as_ref().map(|sum| sum.0.clone()),
        status: AttachmentStatus::Pending,
        uploaded_by: match act.member() {
            Some(_) => act.actor.email.clone(),
            None => new.uploaded_by.clone().map(String::from).filter(|text| !text.is_empty()),
        },
        metadata: JsonText::empty_object().merged(new.metadata.as_ref().unwrap_or(&JsonText::empty_object())),
        created_at: act.at,
        updated_at: act.at,
    };
    store::attachments::insert(tx, brand, &attachment).await?;
    // Whatever becomes of it: what was uploaded goes once no link leads there any more.
    let pending = file_key::pending(attachment.id.as_str());
    store::removals::plan(tx, &pending, act.at.plus_ms(UPLOAD_KEPT_MS)).await?;
    Ok(attachment)
}

/// Refuses an announced size that is over the cap.
pub(crate) fn refuse_too_large(size: Option<i64>, size_max: i64) -> Result<()> {
    if size.is_none_or(|size| size <= size_max) {
        return Ok(());
    }
    Err(too_large(size_max))
}

pub(crate) fn too_large(size_max: i64) -> crate::Error {
    Refusal::TooLarge(format!("The file is larger than {}.", spelled(size_max))).into()
}

/// `50 MB`, or the bytes where they are no whole number of them.
fn spelled(bytes: i64) -> String {
    const MB: i64 = 1024 * 1024;
    if bytes % MB == 0 { format!("{} MB", bytes / MB) } else { format!("{bytes} bytes") }
}

async fn refuse_too_many(tx: &Tx, ticket: &StoredTicket, more: usize) -> Result<()> {
    let there = store::attachments::count(tx, &ticket.brand_id, &ticket.id).await?;
    if usize::try_from(there).unwrap_or(usize::MAX) + more > ATTACHMENTS_MAX {
        return Err(conflict(format!("The ticket can have {ATTACHMENTS_MAX} attachments.")));
    }
    Ok(())
}

/// Lets bytes go a day later that are about to be put in a place, unless the confirmation says that they stay.
///
/// # Errors
/// When the database cannot write.
pub async fn plan_removal(tx: &Tx, act: &Act, key: &str) -> Result<()> {
    Ok(store::removals::plan(tx, key, act.at.plus_ms(LOOSE_FILE_MS)).await?)
}

/// The confirmed attachments of a ticket and its comments, oldest first.
///
/// # Errors
/// When there is no such ticket.
pub async fn list(tx: &Tx, brand: &BrandId, ticket: &str) -> Result<Vec<Attachment>> {
    brands::get(tx, brand).await?;
    let ticket = store::tickets::id_of(tx, brand, ticket).await?.found()?;
    let found = store::attachments::of_ticket(tx, brand, &ticket).await?;
    Ok(found.into_iter().map(|attachment| attachment.shown).collect())
}

/// One attachment, whatever its state.
///
/// # Errors
/// When there is none at this place.
pub async fn get(tx: &Tx, brand: &BrandId, place: &Place, id: &str) -> Result<StoredAttachment> {
    brands::get(tx, brand).await?;
    let ticket = match place {
        Place::Ticket(ticket) => Some(store::tickets::id_of(tx, brand, ticket).await?.found()?),
        Place::Nowhere => None,
    };
    at(tx, brand, ticket.as_ref(), id).await
}

async fn at(tx: &Tx, brand: &BrandId, ticket: Option<&TicketId>, id: &str) -> Result<StoredAttachment> {
    let found = store::attachments::get(tx, brand, id).await?;
    found.filter(|attachment| attachment.shown.ticket_id.as_ref() == ticket).found()
}

/// Those of these attachments that can be downloaded.
///
/// # Errors
/// When there is no such brand.
pub async fn readable(tx: &Tx, brand: &BrandId, ids: &[String]) -> Result<Vec<StoredAttachment>> {
    brands::get(tx, brand).await?;
    Ok(store::attachments::readable(tx, brand, ids).await?)
}

/// Removes an attachment; answers where its bytes lie, which are now nobody's.
///
/// # Errors
/// When there is none on this ticket.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, ticket: &str, id: &str) -> Result<Vec<String>> {
    let Loaded { ticket: old, statuses, .. } = tickets::load(tx, brand, ticket).await?;
    let found = at(tx, brand, Some(&old.id), id).await?;
    store::attachments::delete(tx, brand, &found).await?;
    let mut keys = vec![file_key::pending(found.shown.id.as_str())];
    if let Some(key) = &found.object_key {
        store::removals::plan(tx, key, act.at).await?;
        keys.push(key.clone());
    }
    if found.shown.status == AttachmentStatus::Uploaded {
        let mut new = old.clone();
        new.attachment_count -= 1;
        new.updated_at = act.after(old.updated_at);
        store::tickets::update(tx, &statuses, &old, &new).await?;
        record(tx, act, brand, "attachment.deleted", &found.shown);
    }
    Ok(keys)
}

pub(crate) fn record(tx: &Tx, act: &Act, brand: &BrandId, kind: EventType, shown: &Attachment) {
    let data = serde_json::json!({ "id": shown.id, "ticketId": shown.ticket_id, "attachment": shown });
    let event = NewEvent {
        kind,
        entity_id: shown.id.0.clone(),
        ticket_id: shown.ticket_id.clone(),
        changes: None,
        data: JsonText::of(&data),
    };
    tx.record(act, brand, event);
}

/// The ids of attachments, as they are named in a request.
pub(crate) fn names(ids: Option<&dispatch_model::attachment::AttachmentIds>) -> &[dispatch_model::text::Reference] {
    ids.map_or(&[], |ids| &ids.0)
}

/// Adds what is wrong with the attachment named at `index`.
pub(crate) fn wrong(errors: &mut Errors, index: usize, message: &str) {
    errors.push(format!("attachmentIds[{index}]"), message);
}

/// Its id, for those who look for duplicates.
fn is(attachment: &StoredAttachment, id: &AttachmentId) -> bool {
    attachment.shown.id == *id
}
