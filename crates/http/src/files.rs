//! Around the file store: the answers that carry links, and the confirmation of an upload. The store is asked between two
//! transactions, never inside one (DESIGN 1).

use dispatch_blob::{Download, Files, Link, Unavailable, Upload as Wanted};
use dispatch_desk::{
    self as desk,
    attachments::{self, Fault, Kept},
};
use dispatch_model::{
    JsonText,
    attachment::{Asked, Attachment, AttachmentStatus, Upload},
    event::Act,
    file_key::{is_image, pending},
};
use dispatch_store::{self as store, Tx, attachments::StoredAttachment, conn::OpFuture};
use serde::Serialize;

use crate::{
    call::{Call, Reply, write_json},
    metrics::Uploaded,
    op,
    problem::{Code, Problem},
};

/// How often an upload is looked at again that is replaced while it is being confirmed.
const TRIES: usize = 3;

impl From<Unavailable> for Problem {
    fn from(error: Unavailable) -> Self {
        tracing::error!(%error, "the file store is unavailable");
        Self::new(Code::Unavailable, "The file store is unavailable; try again soon.").retry_after(2)
    }
}

/// Keeps a request for an upload of at most `size_max` bytes, and answers where they go.
pub(crate) async fn request<T, F>(call: Call, size_max: i64, op: F) -> Result<Reply, Problem>
where
    T: Serialize + Send + 'static,
    F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
{
    let app = call.app.clone();
    let answered = call.write_completed(op, |attachment| upload_reply(app.files(), size_max, attachment)).await?;
    if !answered.is_replay() {
        app.metrics().upload(Uploaded::Requested);
    }
    Ok(answered)
}

/// The answer to a request for an upload, from the attachment as it is kept for a replay: the link is signed now.
fn upload_reply(files: &Files, size_max: i64, attachment: String) -> Result<String, Problem> {
    let asked: Asked = serde_json::from_str(&attachment).map_err(|error| store::Error::Bug(error.to_string()))?;
    let key = pending(&asked.id);
    let link = files.upload_link(&Wanted {
        key: &key,
        content_type: &asked.content_type,
        size: asked.size,
        checksum: asked.checksum.as_deref(),
        size_max,
    });
    let headers: serde_json::Map<_, _> =
        link.headers.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    write_json(&Upload {
        id: asked.id.as_str().into(),
        attachment_id: asked.id.as_str().into(),
        attachment: JsonText::stored(attachment),
        upload_url: link.url,
        method: "PUT",
        headers: JsonText::of(&headers),
        expires_in: i64::from(link.expires_in),
        expires_at: link.expires_at,
        filename: asked.filename,
        content_type: asked.content_type,
        status: AttachmentStatus::Pending.as_str(),
    })
}

/// A fresh link to a confirmed attachment. Only a picture is shown inside a page.
pub(crate) fn download_link(files: &Files, found: &StoredAttachment, inline: bool) -> Option<Link> {
    let Attachment { filename, content_type, .. } = &found.shown;
    let key = found.object_key.as_deref()?;
    Some(files.download_link(&Download { key, filename, content_type, inline: inline && is_image(content_type) }))
}

/// What became of an upload.
pub(crate) enum Settled {
    /// Its bytes lie in their final place.
    Kept(Kept),
    /// They are not those that were announced.
    Faulty(Fault),
}

/// Looks at what was uploaded, and gives exactly that its final key, which `key_of` makes of a nonce. That the bytes go again
/// is noted before they are there: a crash in between leaves none behind.
pub(crate) async fn settle(
    call: &Call,
    asked: &Attachment,
    size_max: i64,
    key_of: impl Fn(&str) -> String + Send,
) -> Result<Settled, Problem> {
    let (files, pending) = (call.app.files(), pending(asked.id.as_str()));
    for _ in 0..TRIES {
        let Some(found) = files.found(&pending).await? else {
            return Err(Problem::new(Code::Validation, "No bytes have been uploaded yet."));
        };
        if let Some(fault) = Fault::of(asked, found.size, found.checksum.as_deref(), size_max) {
            call.app.metrics().upload(Uploaded::Failed);
            return Ok(Settled::Faulty(fault));
        }
        let nonce: String = call.app.seams().entropy.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = key_of(&nonce);
        let planned = key.clone();
        call.made(op!([planned] | tx, act | attachments::plan_removal(tx, &act, &planned))).await?;
        if files.keep(&pending, &found.version, &key).await? {
            return Ok(Settled::Kept(Kept { key, size: found.size, checksum: found.checksum }));
        }
    }
    Err(Problem::new(
        Code::Conflict,
        "Other bytes are being uploaded at this moment; confirm again when they are there.",
    ))
}

/// Removes bytes that are nobody's any more. What fails here is tried again by the worker.
pub(crate) async fn remove(call: &Call, keys: &[String]) {
    for key in keys {
        if let Err(error) = call.app.files().remove(key).await {
            tracing::warn!(%error, "bytes could not be removed and will be later");
        }
    }
}
