//! What nobody confirmed or used within a day goes (API 8).

use dispatch_model::{BrandId, attachment::AttachmentStatus, event::Act, limits::LOOSE_FILE_MS};
use dispatch_store::{self as store, Tx};

use super::record;
use crate::Result;

/// Removes an attachment of which nothing has become for a day.
///
/// # Errors
/// When the database cannot write.
pub async fn collect(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<()> {
    let Some(found) = store::attachments::get(tx, brand, id).await? else { return Ok(()) };
    let is_loose = found.shown.status != AttachmentStatus::Uploaded || found.shown.ticket_id.is_none();
    if !is_loose || found.shown.created_at >= act.at.plus_ms(-LOOSE_FILE_MS) {
        return Ok(());
    }
    store::attachments::delete(tx, brand, &found).await?;
    if let Some(key) = &found.object_key {
        store::removals::plan(tx, key, act.at).await?;
        record(tx, act, brand, "attachment.deleted", &found.shown);
    }
    Ok(())
}

/// Forgets a picture that nobody confirmed; its bytes go by themselves.
///
/// # Errors
/// When the database cannot write.
pub async fn forget_avatar(tx: &Tx, id: &str) -> Result<()> {
    Ok(store::avatars::delete(tx, id).await?)
}
