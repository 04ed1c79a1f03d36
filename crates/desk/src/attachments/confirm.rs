//! The confirmation of an upload, in steps around the file store: what waits ([`to_confirm`]), what is wrong with what came
//! ([`Fault::of`]), where it will stay ([`Kept`]), and that it does ([`confirm`]).

use dispatch_model::{
    BrandId, Errors,
    attachment::{Attachment, AttachmentStatus},
    event::Act,
};
use dispatch_store::{self as store, Tx, attachments::StoredAttachment};

use super::{Place, at, get, record, refuse_too_large};
use crate::{
    Error, Result, brands,
    error::conflict,
    tickets::{self, Loaded},
};

/// What is wrong with an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has more bytes than a file may have.
    TooLarge(i64),
    /// It is not as long as was announced.
    Size(i64),
    /// Its bytes are others than those that were announced.
    Checksum,
}

impl Fault {
    /// What is wrong with the bytes that came for an attachment, if anything is.
    #[must_use]
    pub fn of(asked: &Attachment, size: i64, checksum: Option<&str>, size_max: i64) -> Option<Self> {
        if refuse_too_large(Some(size), size_max).is_err() {
            return Some(Self::TooLarge(size_max));
        }
        if asked.size.is_some_and(|asked| asked != size) {
            return Some(Self::Size(size));
        }
        let differs =
            matches!((&asked.checksum, checksum), (Some(asked), Some(real)) if !asked.eq_ignore_ascii_case(real));
        differs.then_some(Self::Checksum)
    }

    /// It, in words for the caller.
    #[must_use]
    pub fn refusal(self) -> Error {
        match self {
            Self::TooLarge(max) => super::too_large(max),
            Self::Size(size) => {
                Errors::one("size", format!("{size} bytes were uploaded, not as many as announced")).into()
            }
            Self::Checksum => Errors::one("checksum", "other bytes were uploaded than those announced").into(),
        }
    }
}

/// Bytes that lie in their final place.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where.
    pub key: String,
    /// How many.
    pub size: i64,
    /// Their SHA-256, where the store knows it.
    pub checksum: Option<String>,
}

/// The attachment that is to be confirmed, or that is confirmed already.
///
/// # Errors
/// When there is none at this place, or its upload has failed.
pub async fn to_confirm(tx: &Tx, brand: &BrandId, place: &Place, id: &str) -> Result<StoredAttachment> {
    let found = get(tx, brand, place, id).await?;
    if found.shown.status == AttachmentStatus::Failed {
        return Err(conflict("Other bytes were uploaded than those announced; ask for another upload."));
    }
    Ok(found)
}

/// Notes that an upload has failed.
///
/// # Errors
/// When there is no such attachment any more.
pub async fn fail(tx: &Tx, act: &Act, brand: &BrandId, place: &Place, id: &str) -> Result<()> {
    let old = get(tx, brand, place, id).await?;
    if old.shown.status != AttachmentStatus::Pending {
        return Ok(());
    }
    let mut new = old.clone();
    new.shown.status = AttachmentStatus::Failed;
    new.shown.updated_at = act.after(old.shown.updated_at);
    Ok(store::attachments::update(tx, brand, &old, &new).await?)
}

/// Confirms an attachment whose bytes lie in their final place. Who comes second finds it confirmed; the other bytes go.
///
/// # Errors
/// When there is no such attachment any more.
pub async fn confirm(tx: &Tx, act: &Act, brand: &BrandId, place: &Place, id: &str, kept: &Kept) -> Result<Attachment> {
    let loaded = match place {
        Place::Ticket(ticket) => Some(tickets::load(tx, brand, ticket).await?),
        Place::Nowhere => {
            brands::get(tx, brand).await?;
            None
        }
    };
    let ticket = loaded.as_ref().map(|loaded| &loaded.ticket.id);
    let old = at(tx, brand, ticket, id).await?;
    if old.shown.status != AttachmentStatus::Pending {
        // The row that lets these bytes go stays.
        return Ok(old.shown);
    }
    let mut new = old.clone();
    new.object_key = Some(kept.key.clone());
    let shown = &mut new.shown;
    shown.status = AttachmentStatus::Uploaded;
    shown.size = Some(kept.size);
    shown.checksum = kept.checksum.clone().or(shown.checksum.take());
    shown.updated_at = act.after(old.shown.updated_at);
    if let (Some(comment), Some(ticket)) = (&shown.comment_id, ticket)
        && store::comments::get(tx, brand, ticket, comment.as_str()).await?.is_none()
    {
        // The comment was deleted, or went to another ticket, while the bytes were on their way.
        shown.comment_id = None;
    }
    store::attachments::update(tx, brand, &old, &new).await?;
    store::removals::cancel(tx, &kept.key).await?;
    if let Some(Loaded { ticket: old, statuses, .. }) = &loaded {
        let mut ticket = old.clone();
        ticket.attachment_count += 1;
        ticket.updated_at = act.after(old.updated_at);
        store::tickets::update(tx, statuses, old, &ticket).await?;
    }
    record(tx, act, brand, "attachment.created", &new.shown);
    Ok(new.shown)
}
