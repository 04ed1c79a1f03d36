//! Files in the portal: those that the customer sees, and those that they upload themselves.

use std::collections::HashSet;

use dispatch_model::{
    Errors,
    attachment::{Attachment, AttachmentIds, NewUpload},
    event::Act,
    portal::{NewPortalUpload, PortalAttachment},
};
use dispatch_store::{self as store, Tx, attachments::StoredAttachment, portal::PortalUser};

use super::tickets::ticket_id;
use crate::{
    Result,
    attachments::{self, Place},
    error::Found,
};

/// Lets a file of a customer wait for its bytes.
///
/// # Errors
/// When there is no such ticket of theirs, or the file would be too large.
pub async fn request(
    tx: &Tx,
    act: &Act,
    user: &PortalUser,
    place: &Place,
    new: &NewPortalUpload,
    size_max: i64,
) -> Result<Attachment> {
    check_place(tx, user, place).await?;
    let NewPortalUpload { filename, content_type, size, checksum } = new.clone();
    let upload =
        NewUpload { filename, content_type, size, checksum, comment_id: None, uploaded_by: None, metadata: None };
    let made = attachments::request(tx, act, &user.brand, place, &upload, size_max).await?;
    store::portal::own(tx, user, made.id.as_str()).await?;
    Ok(Attachment { uploaded_by: Some(user.email.clone()), ..made })
}

async fn check_place(tx: &Tx, user: &PortalUser, place: &Place) -> Result<()> {
    match place {
        Place::Ticket(id) => ticket_id(tx, user, id).await.map(|_| ()),
        Place::Nowhere => Ok(()),
    }
}

/// Refuses a file that the customer has not uploaded.
///
/// # Errors
/// When it is not theirs, or not at this place.
pub async fn check_file(tx: &Tx, user: &PortalUser, place: &Place, id: &str) -> Result<()> {
    check_place(tx, user, place).await?;
    store::portal::owner(tx, &user.brand, id).await?.filter(|owner| owner == user.customer.as_str()).found().map(|_| ())
}

/// A confirmed upload as its customer sees it.
#[must_use]
pub fn confirmed(shown: Attachment) -> PortalAttachment {
    shown.into()
}

/// Adds those files to `errors` that a customer names and has not uploaded.
pub(super) async fn refuse_foreign(
    tx: &Tx,
    user: &PortalUser,
    ids: Option<&AttachmentIds>,
    errors: &mut Errors,
) -> Result<()> {
    for (index, id) in attachments::names(ids).iter().enumerate() {
        let owner = store::portal::owner(tx, &user.brand, id).await?;
        if owner.as_deref() != Some(user.customer.as_str()) {
            attachments::wrong(errors, index, "unknown attachment, or one that is used already");
        }
    }
    Ok(())
}

/// The confirmed files of a ticket that its customer sees: those of internal notes are left out.
async fn visible(tx: &Tx, user: &PortalUser, ticket: &str) -> Result<Vec<StoredAttachment>> {
    let ticket = ticket_id(tx, user, ticket).await?;
    let hidden: HashSet<String> = store::portal::internal(tx, &user.brand, &ticket).await?.into_iter().collect();
    let mut found = store::attachments::of_ticket(tx, &user.brand, &ticket).await?;
    found.retain(|file| file.shown.comment_id.as_ref().is_none_or(|comment| !hidden.contains(comment.as_str())));
    Ok(found)
}

/// The files of a ticket, oldest first.
///
/// # Errors
/// When there is no such ticket of theirs.
pub async fn attachments(tx: &Tx, user: &PortalUser, ticket: &str) -> Result<Vec<PortalAttachment>> {
    Ok(visible(tx, user, ticket).await?.into_iter().map(|file| file.shown.into()).collect())
}

/// One file: one that the customer sees, or one of their own that is not confirmed yet.
///
/// # Errors
/// When there is none.
pub async fn attachment(tx: &Tx, user: &PortalUser, ticket: &str, id: &str) -> Result<StoredAttachment> {
    if let Some(found) = visible(tx, user, ticket).await?.into_iter().find(|file| file.shown.id.as_str() == id) {
        return Ok(found);
    }
    let place = Place::Ticket(ticket.to_owned());
    check_file(tx, user, &place, id).await?;
    attachments::get(tx, &user.brand, &place, id).await.and_then(|file| {
        let waits = file.shown.status != dispatch_model::attachment::AttachmentStatus::Uploaded;
        Some(file).filter(|_| waits).found()
    })
}
