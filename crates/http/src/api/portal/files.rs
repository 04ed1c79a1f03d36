//! Files of a customer's tickets.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, attachments::Place, portal};
use dispatch_model::{
    attachment::Upload,
    portal::{NewPortalUpload, PortalAttachment, PortalAttachmentWithUrl},
};

use super::super::attachments::{self, CONFIRMS, FAILED, NOT_AS_ANNOUNCED, TOO_LARGE};
use crate::{
    call::{Call, Reply, write_json},
    files, op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/portal/tickets/{ticketId}/attachments";
const ONE: &str = "/portal/tickets/{ticketId}/attachments/{attachmentId}";
const CONFIRM: &str = "/portal/tickets/{ticketId}/attachments/{attachmentId}/confirm";
const PENDING: &str = "/portal/tickets/attachments/pending";
const CONFIRM_PENDING: &str = "/portal/tickets/attachments/pending/{attachmentId}/confirm";

pub(super) fn operations() -> Vec<Operation> {
    let cap = "`size` is over the server's cap, 50 MB unless it is set otherwise.";
    let confirm = |path, id, summary| {
        Operation::new::<PortalAttachment>(Method::POST, path, id, summary)
            .needs(Permission::Portal)
            .about(CONFIRMS)
            .refuses(Code::Validation, NOT_AS_ANNOUNCED)
            .refuses(Code::PayloadTooLarge, TOO_LARGE)
            .refuses(Code::Conflict, FAILED)
    };
    vec![
        Operation::array::<PortalAttachment>(ALL, "portal.listAttachments", "Files of a ticket, oldest first")
            .needs(Permission::Portal)
            .about("Those that are confirmed, without those of internal notes.")
            .run(list),
        Operation::new::<PortalAttachmentWithUrl>(Method::GET, ONE, "portal.getAttachment", "One file with a fresh link to it")
            .needs(Permission::Portal)
            .about("Each call answers a fresh address, which works for an hour.")
            .run(get),
        Operation::new::<Upload>(Method::POST, ALL, "portal.requestUpload", "Ask where to upload a file")
            .needs(Permission::Portal)
            .creates()
            .about(
                "Send the bytes to `uploadUrl` with PUT, with exactly the headers that `headers` names and without a credential, \
                then confirm.",
            )
            .refuses(Code::PayloadTooLarge, cap)
            .refuses(Code::Conflict, "The ticket has 500 attachments.")
            .run_with(request),
        confirm(CONFIRM, "portal.confirmUpload", "Confirm an upload").run(confirm_on_ticket),
        Operation::new::<Upload>(
            Method::POST,
            PENDING,
            "portal.requestPendingUpload",
            "Ask where to upload a file before its ticket or comment exists",
        )
        .needs(Permission::Portal)
        .creates()
        .about("Name it in `attachmentIds` of a new ticket or comment within 24 hours of this call; else it is removed.")
        .refuses(Code::PayloadTooLarge, cap)
        .run_with(request_pending),
        confirm(CONFIRM_PENDING, "portal.confirmPendingUpload", "Confirm an upload before its ticket or comment exists")
            .run(confirm_pending),
    ]
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let (user, ticket) = (call.caller.portal_user()?.clone(), call.at("ticketId").to_owned());
    call.read(op!([user, ticket] | tx, _act | portal::attachments(tx, &user, &ticket))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (user, ticket) = (call.caller.portal_user()?.clone(), call.at("ticketId").to_owned());
    let id = call.at("attachmentId").to_owned();
    let found = call.found(op!([user, ticket, id] | tx, _act | portal::attachment(tx, &user, &ticket, &id))).await?;
    let link = files::download_link(call.app.files(), &found, false);
    let (download_url, expires_at) = link.map(|link| (link.url, link.expires_at)).unzip();
    let shown = PortalAttachment::from(found.shown);
    let shown = PortalAttachmentWithUrl { fields: shown.clone(), attachment: shown, download_url, expires_at };
    Ok(call.reply(write_json(&shown)?))
}

async fn request(call: Call, new: NewPortalUpload) -> Result<Reply, Problem> {
    let place = Place::Ticket(call.at("ticketId").to_owned());
    request_at(call, place, new).await
}

async fn request_pending(call: Call, new: NewPortalUpload) -> Result<Reply, Problem> {
    request_at(call, Place::Nowhere, new).await
}

async fn request_at(call: Call, place: Place, new: NewPortalUpload) -> Result<Reply, Problem> {
    let (user, new) = (call.caller.portal_user()?.clone(), Arc::new(new));
    let size_max = call.app.settings().file_cap.0;
    files::request(
        call,
        size_max,
        op!([user, place, new] | tx, act | portal::request(tx, &act, &user, &place, &new, size_max)),
    )
    .await
}

async fn confirm_on_ticket(call: Call) -> Result<Reply, Problem> {
    let place = Place::Ticket(call.at("ticketId").to_owned());
    confirm_at(call, place).await
}

async fn confirm_pending(call: Call) -> Result<Reply, Problem> {
    confirm_at(call, Place::Nowhere).await
}

async fn confirm_at(call: Call, place: Place) -> Result<Reply, Problem> {
    let (user, id) = (call.caller.portal_user()?.clone(), call.at("attachmentId").to_owned());
    call.found(op!(&[user, place, id] | tx, _act | portal::check_file(tx, &user, &place, &id))).await?;
    let shown = attachments::confirmed(&call, &place, &id).await?;
    let body = write_json(&PortalAttachment::from(shown))?;
    Ok(call.reply(body))
}
