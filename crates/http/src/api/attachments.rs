//! `/brands/{brandId}/tickets/{ticketId}/attachments` and `/brands/{brandId}/attachments`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::attachments::{self, Place};
use dispatch_model::{
    account::Success,
    attachment::{
        Attachment, AttachmentStatus, AttachmentUrl, AttachmentUrls, AttachmentWithUrl, AttachmentsAsked,
        NewPendingUpload, NewUpload, Upload,
    },
    file_key,
    input::schema,
};

use crate::{
    call::{Call, Reply, write_json},
    files::{self, Settled},
    metrics::Uploaded,
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/tickets/{ticketId}/attachments";
const ONE: &str = "/brands/{brandId}/tickets/{ticketId}/attachments/{attachmentId}";
const CONFIRM: &str = "/brands/{brandId}/tickets/{ticketId}/attachments/{attachmentId}/confirm";
const URLS: &str = "/brands/{brandId}/attachments/urls";
const PENDING: &str = "/brands/{brandId}/attachments/pending";
const CONFIRM_PENDING: &str = "/brands/{brandId}/attachments/pending/{attachmentId}/confirm";

pub(super) const CONFIRMS: &str = "Says that the bytes are there. From then on they are what they are: later uploads to the same address \
    change nothing. Confirmed already: 200 with the same. Records `attachment.created`.";
pub(super) const NOT_AS_ANNOUNCED: &str = "No bytes are there yet, or they have another size or checksum than was announced; then the \
    attachment is `FAILED` and they are removed.";
pub(super) const TOO_LARGE: &str =
    "More bytes were sent than the server takes; the attachment is `FAILED` and they are removed.";
pub(super) const FAILED: &str = "The attachment is `FAILED`, or other bytes are being uploaded at this moment.";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Upload>(Method::POST, ALL, "attachments.requestUpload", "Ask where to upload a file")
            .creates()
            .about(
                "Send the bytes to `uploadUrl` with PUT, with exactly the headers that `headers` names and without a credential, \
                then confirm. The address works for 15 minutes; what is not confirmed after 24 hours is removed. In a \
                replay it is signed afresh. A ticket has at most 500 attachments.",
            )
            .refuses(Code::PayloadTooLarge, "`size` is over the server's cap, 50 MB unless it is set otherwise.")
            .refuses(Code::Conflict, "The ticket has 500 attachments.")
            .run_with(request),
        Operation::array::<Attachment>(ALL, "attachments.list", "Files of a ticket, oldest first")
            .about("Those that are confirmed, the ones of its comments included.")
            .run(list),
        Operation::new::<AttachmentWithUrl>(Method::GET, ONE, "attachments.get", "One file with a fresh link to it")
            .query("inline", "Whether a browser may show it; for png, jpeg, gif and webp alone.", schema::boolean())
            .strict()
            .about("Whatever its state; `downloadUrl` is null until it is confirmed. Each call answers a fresh address, which works for an hour.")
            .refuses(Code::Validation, "`inline` is no boolean.")
            .run(get),
        Operation::new::<Success>(Method::DELETE, ONE, "attachments.delete", "Remove a file")
            .empty()
            .about("Its bytes are removed and its addresses are dead. Records `attachment.deleted`, if it was confirmed.")
            .run(delete),
        Operation::new::<Attachment>(Method::POST, CONFIRM, "attachments.confirm", "Confirm an upload")
            .about(CONFIRMS)
            .refuses(Code::Validation, NOT_AS_ANNOUNCED)
            .refuses(Code::PayloadTooLarge, TOO_LARGE)
            .refuses(Code::Conflict, FAILED)
            .run(confirm),
        Operation::new::<AttachmentUrls>(Method::POST, URLS, "attachments.urls", "Fresh links to several files")
            .about("What is unknown, not confirmed or of a deleted ticket has null.")
            .run_with(urls),
        Operation::new::<Upload>(
            Method::POST,
            PENDING,
            "attachments.requestPendingUpload",
            "Ask where to upload a file before its ticket exists",
        )
        .creates()
        .about("The same as for a ticket. Name it in `attachmentIds` of a new ticket or comment within 24 hours of this call; else it is removed.")
        .refuses(Code::PayloadTooLarge, "`size` is over the server's cap, 50 MB unless it is set otherwise.")
        .run_with(request_pending),
        Operation::new::<Attachment>(
            Method::POST,
            CONFIRM_PENDING,
            "attachments.confirmPending",
            "Confirm an upload before its ticket exists",
        )
        .about(CONFIRMS)
        .refuses(Code::Validation, NOT_AS_ANNOUNCED)
        .refuses(Code::PayloadTooLarge, TOO_LARGE)
        .refuses(Code::Conflict, FAILED)
        .run(confirm_pending),
    ]
}

async fn request(call: Call, new: NewUpload) -> Result<Reply, Problem> {
    let place = Place::Ticket(call.at("ticketId").to_owned());
    request_at(call, place, new).await
}

async fn request_pending(call: Call, new: NewPendingUpload) -> Result<Reply, Problem> {
    request_at(call, Place::Nowhere, new.into()).await
}

async fn request_at(call: Call, place: Place, new: NewUpload) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    let size_max = call.app.settings().file_cap.0;
    files::request(
        call,
        size_max,
        op!([brand, place, new] | tx, act | attachments::request(tx, &act, &brand, &place, &new, size_max)),
    )
    .await
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let (brand, ticket) = (call.brand(), call.at("ticketId").to_owned());
    call.read(op!([brand, ticket] | tx, _act | attachments::list(tx, &brand, &ticket))).await
}

async fn get(mut call: Call) -> Result<Reply, Problem> {
    let inline = call.query(|params, errors| params.parsed::<bool>("inline", errors).unwrap_or(false)).await?;
    let (brand, id) = (call.brand(), call.at("attachmentId").to_owned());
    let place = Place::Ticket(call.at("ticketId").to_owned());
    let found = call.found(op!([brand, place, id] | tx, _act | attachments::get(tx, &brand, &place, &id))).await?;
    let link = files::download_link(call.app.files(), &found, inline);
    let (download_url, expires_at) = link.map(|link| (link.url, link.expires_at)).unzip();
    let shown = AttachmentWithUrl { fields: found.shown.clone(), attachment: found.shown, download_url, expires_at };
    Ok(call.reply(write_json(&shown)?))
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, ticket, id) = (call.brand(), call.at("ticketId").to_owned(), call.at("attachmentId").to_owned());
    let keys =
        call.made(op!([brand, ticket, id] | tx, act | attachments::delete(tx, &act, &brand, &ticket, &id))).await?;
    files::remove(&call, &keys).await;
    Ok(call.reply(String::new()))
}

async fn confirm(call: Call) -> Result<Reply, Problem> {
    let place = Place::Ticket(call.at("ticketId").to_owned());
    confirm_at(call, place).await
}

async fn confirm_pending(call: Call) -> Result<Reply, Problem> {
    confirm_at(call, Place::Nowhere).await
}

async fn confirm_at(call: Call, place: Place) -> Result<Reply, Problem> {
    let id = call.at("attachmentId").to_owned();
    let shown = confirmed(&call, &place, &id).await?;
    let body = write_json(&shown)?;
    Ok(call.reply(body))
}

/// Confirms an upload: the bytes are looked at and kept between two transactions.
pub(crate) async fn confirmed(call: &Call, place: &Place, id: &str) -> Result<Attachment, Problem> {
    let (brand, place, id) = (call.brand(), place.clone(), id.to_owned());
    let asked =
        call.found(op!(&[brand, place, id] | tx, _act | attachments::to_confirm(tx, &brand, &place, &id))).await?;
    if asked.shown.status == AttachmentStatus::Uploaded {
        return Ok(asked.shown);
    }
    let key_of = |nonce: &str| file_key::kept(&brand, &id, nonce);
    let pending = [file_key::pending(&id)];
    match files::settle(call, &asked.shown, call.app.settings().file_cap.0, key_of).await? {
        Settled::Faulty(fault) => {
            call.made(op!(&[brand, place, id] | tx, act | attachments::fail(tx, &act, &brand, &place, &id))).await?;
            files::remove(call, &pending).await;
            Err(fault.refusal().into())
        }
        Settled::Kept(kept) => {
            let shown = call
                .made(op!(
                    &[brand, place, id, kept] | tx,
                    act | { attachments::confirm(tx, &act, &brand, &place, &id, &kept) }
                ))
                .await?;
            call.app.metrics().upload(Uploaded::Confirmed(kept.size));
            files::remove(call, &pending).await;
            Ok(shown)
        }
    }
}

async fn urls(call: Call, asked: AttachmentsAsked) -> Result<Reply, Problem> {
    let (brand, ids) = (call.brand(), Arc::new(asked.ids.0.into_iter().map(String::from).collect::<Vec<_>>()));
    let found = call.found(op!(&[brand, ids] | tx, _act | attachments::readable(tx, &brand, &ids))).await?;
    let mut urls = AttachmentUrls::default();
    for id in ids.iter() {
        let one = found.iter().find(|found| found.shown.id.as_str() == id);
        let url = one.and_then(|found| {
            let link = files::download_link(call.app.files(), found, false)?;
            let Attachment { filename, content_type, .. } = found.shown.clone();
            Some(AttachmentUrl { url: link.url, filename, content_type, expires_at: link.expires_at })
        });
        urls.0.insert(id.clone(), url);
    }
    Ok(call.reply(write_json(&urls)?))
}
