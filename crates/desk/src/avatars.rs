//! The pictures of members (API 3.3): asked for, uploaded and confirmed like attachments, and shown to whoever is shown the
//! member.

use dispatch_model::{
    AttachmentId, JsonText,
    attachment::{Attachment, AttachmentStatus, NewAvatar},
    event::{Act, Changes},
    file_key,
    limits::{AVATAR_BYTES_MAX, UPLOAD_KEPT_MS},
    member::MemberView,
    session::Profile,
};
use dispatch_store::{self as store, Tx, avatars::AvatarUpload};

use crate::{
    Caller, Result,
    attachments::{Kept, refuse_too_large},
    error::{conflict, invalid},
    members, profile,
};

/// Pictures of one member that are on their way at once.
const UPLOADS_MAX: i64 = 20;

fn shown(upload: AvatarUpload, member: &MemberView) -> Attachment {
    Attachment {
        id: upload.id,
        ticket_id: None,
        comment_id: None,
        filename: upload.filename,
        content_type: upload.content_type,
        size: upload.size,
        checksum: None,
        status: AttachmentStatus::Pending,
        uploaded_by: Some(member.email.clone()),
        metadata: JsonText::empty_object(),
        created_at: upload.created_at,
        updated_at: upload.created_at,
    }
}

/// Lets a picture of the caller wait for its bytes.
///
/// # Errors
/// When it would be too large, or too many are on their way.
pub async fn request(tx: &Tx, act: &Act, caller: &Caller, new: &NewAvatar) -> Result<Attachment> {
    let (member, _) = caller.own()?;
    let size = new.size.map(|size| size.0);
    refuse_too_large(size, AVATAR_BYTES_MAX)?;
    if store::avatars::count(tx, &member.id).await? >= UPLOADS_MAX {
        return Err(conflict(format!("{UPLOADS_MAX} pictures are on their way, which is the limit.")));
    }
    let upload = AvatarUpload {
        id: act.mint.id::<AttachmentId>(),
        filename: new.filename.0.clone(),
        content_type: new.content_type.as_str().to_owned(),
        size,
        created_at: act.at,
    };
    store::avatars::insert(tx, &member.id, &upload).await?;
    let pending = file_key::pending(upload.id.as_str());
    store::removals::plan(tx, &pending, act.at.plus_ms(UPLOAD_KEPT_MS)).await?;
    Ok(shown(upload, member))
}

/// The picture of the caller that is to be confirmed.
///
/// # Errors
/// When there is none.
pub async fn to_confirm(tx: &Tx, caller: &Caller, id: &str) -> Result<Attachment> {
    let (member, _) = caller.own()?;
    let found = store::avatars::get(tx, &member.id, id).await?;
    Ok(shown(found.ok_or_else(|| invalid("uploadId", "unknown upload"))?, member))
}

/// Forgets a picture whose upload has failed.
///
/// # Errors
/// When the database cannot write.
pub async fn fail(tx: &Tx, caller: &Caller, id: &str) -> Result<()> {
    let (member, _) = caller.own()?;
    match store::avatars::get(tx, &member.id, id).await? {
        Some(upload) => Ok(store::avatars::delete(tx, upload.id.as_str()).await?),
        None => Ok(()),
    }
}

/// Gives the caller the picture whose bytes lie in their final place; the one before goes.
///
/// # Errors
/// When the upload is not there any more.
pub async fn confirm(tx: &Tx, act: &Act, caller: &Caller, id: &str, kept: &Kept, base_url: &str) -> Result<Profile> {
    let found = to_confirm(tx, caller, id).await?;
    store::avatars::delete(tx, found.id.as_str()).await?;
    store::removals::cancel(tx, &kept.key).await?;
    let url = format!("{}{}", url_base(base_url), kept.key);
    set(tx, act, caller, Some((&kept.key, &url))).await
}

/// Takes the caller's picture away.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, act: &Act, caller: &Caller) -> Result<Profile> {
    set(tx, act, caller, None).await
}

async fn set(tx: &Tx, act: &Act, caller: &Caller, picture: Option<(&str, &str)>) -> Result<Profile> {
    let old = profile::get(tx, caller).await?;
    let url = picture.map(|(_, url)| url.to_owned());
    if old.avatar_url == url {
        return Ok(old);
    }
    let (member, _) = caller.own()?;
    if let Some(key) = store::avatars::present(tx, &caller.account, &member.id).await? {
        store::removals::plan(tx, &key, act.at).await?;
    }
    store::avatars::set(tx, &caller.account, &member.id, picture, act.at).await?;
    let mut changes = Changes::default();
    changes.add("avatarUrl", &old.avatar_url, &url);
    let after = MemberView { avatar_url: url.clone(), display_name: old.display_name.clone(), ..member.clone() };
    members::record(tx, act, &caller.account, "member.updated", &after, Some(changes.to_json())).await?;
    Ok(Profile { avatar_url: url, ..old })
}

/// What the addresses of pictures begin with.
fn url_base(base_url: &str) -> String {
    format!("{base_url}/blob/")
}

/// Lets the addresses of all pictures follow the server's own.
///
/// # Errors
/// When the database cannot write.
pub async fn rebase(tx: &Tx, base_url: &str) -> Result<()> {
    Ok(store::avatars::rebase(tx, &url_base(base_url)).await?)
}
