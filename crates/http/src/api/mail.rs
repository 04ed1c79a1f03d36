//! `/inbound/email`, `/brands/{brandId}/inbound-token` and `/brands/{brandId}/mail`.

use std::{net::IpAddr, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{Method, StatusCode},
};
use dispatch_desk::{
    Permission,
    mail_in::{self, MailQuery},
    mails,
};
use dispatch_mailroom::{Received, Trouble};
use dispatch_model::{
    BrandId, Errors, Timestamp,
    account::Success,
    input::{Params, schema},
    limits::{MAIL_ENVELOPE_MAX, SEARCH_CHARS_MAX},
    mail::{InboundToken, MailChannel, MailDirection, MailRecord, MailState, Reprocess},
};

use super::{page_limit, paged, search};
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

/// What a raw message is called.
pub(crate) const MEDIA_TYPE: &str = "message/rfc822";
const TOKEN: &str = "/brands/{brandId}/inbound-token";
const ONE: &str = "/brands/{brandId}/mail/{mailId}";

pub(super) fn operations() -> Vec<Operation> {
    let deliver = Operation::new::<MailRecord>(Method::POST, "/inbound/email/{brandSlug}", "mail.deliver", "Deliver a message")
        .creates()
        .or_ok()
        .needs(Permission::Inbound)
        .reads_raw(MEDIA_TYPE)
        .about(
            "For a mail server or a service that receives mail. The message is on disk before this is answered, and is looked at at once: \
            201 when a ticket or a comment came of it, 200 otherwise (`outcome` says what). A repeat is a `duplicate`: no idempotency \
            key is needed. At most 35 MB unless it is set otherwise.",
        )
        .refuses(Code::Conflict, "The brand takes no mail: `inboundEmailEnabled` is false.")
        .refuses(Code::PayloadTooLarge, "The message is larger than the server takes, 35 MB unless it is set otherwise.")
        .run_raw(deliver);
    let token = [
        Operation::new::<InboundToken>(
            Method::POST,
            TOKEN,
            "mail.createInboundToken",
            "Make the inbound token of a brand",
        )
        .creates()
        .about("Shown once. The token that the brand had before works no more.")
        .run(create_token),
        Operation::new::<Success>(
            Method::DELETE,
            TOKEN,
            "mail.deleteInboundToken",
            "Take the inbound token of a brand away",
        )
        .empty()
        .run(delete_token),
    ];
    let list =
        paged(Operation::page::<MailRecord>("/brands/{brandId}/mail", "mail.list", "Mail in and out, newest first"))
            .query("direction", "Only that way.", schema::comma_list(schema::one_of(MailDirection::ALL)))
            .query("outcome", "Only with these outcomes.", schema::comma_list(schema::one_of(MailState::ALL)))
            .query("ticketId", "Only of this ticket: id or number.", schema::any_text())
            .query("from", "Only from this address.", schema::any_text())
            .query("search", "Only with this in the subject.", schema::text(0, SEARCH_CHARS_MAX))
            .query("createdAfter", "Only from then on.", schema::moment())
            .query("createdBefore", "Only before then.", schema::moment())
            .run(list);
    let ledger = [
        list,
        Operation::new::<MailRecord>(Method::GET, ONE, "mail.get", "One mail").run(get),
        Operation::raw("/brands/{brandId}/mail/{mailId}/raw", "mail.raw", "The bytes of a message as they came", MEDIA_TYPE)
            .about("Of mail that came in, for 30 days unless it is set otherwise; then 404.")
            .run(raw),
        Operation::new::<MailRecord>(
            Method::POST,
            "/brands/{brandId}/mail/{mailId}/reprocess",
            "mail.reprocess",
            "Look at a message again",
        )
        .about(
            "`auto` does what the rules say now; `create` makes a ticket of it and `append` a comment on `ticketId`, whatever they say: \
            so a message is released from quarantine.",
        )
        .refuses(
            Code::Conflict,
            "It went out, something has become of it already, it cannot be read, or its bytes are no longer kept.",
        )
        .run_with(reprocess),
        Operation::new::<MailRecord>(
            Method::POST,
            "/brands/{brandId}/mail/{mailId}/resend",
            "mail.resend",
            "Send a mail again",
        )
        .about("Outgoing mail that `failed` or `bounced`, with all of its tries.")
        .refuses(Code::Conflict, "It came in, or it neither failed nor bounced.")
        .run(resend),
    ];
    let configured = token.into_iter().chain(ledger).map(|operation| operation.needs(Permission::Configure));
    std::iter::once(deliver).chain(configured).collect()
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Desk(error) => error.into(),
            Trouble::Files(error) => error.into(),
        }
    }
}

async fn deliver(call: Call, raw: Bytes) -> Result<Reply, Problem> {
    let name = call.at("brandSlug").to_owned();
    let brand: BrandId = call.found(op!([name] | tx, _act | mail_in::brand_named(tx, &name))).await?;
    if !call.caller.reaches(&brand) {
        return Err(Problem::not_found());
    }
    if raw.is_empty() {
        return Err(Problem::new(Code::Validation, "The body is empty: it must be a message."));
    }
    let mut errors = Errors::default();
    let remote_ip = match call.said("x-remote-ip").map(str::parse::<IpAddr>) {
        None => None,
        Some(Ok(ip)) => Some(ip),
        Some(Err(_)) => {
            errors.push("X-Remote-IP", "must be an IP address");
            None
        }
    };
    errors.into_result().map_err(Problem::invalid)?;
    let to = call.said("x-envelope-to").unwrap_or_default();
    let to = to.split(',').map(str::trim).filter(|to| !to.is_empty()).take(MAIL_ENVELOPE_MAX);
    let received = Received {
        channel: MailChannel::Http,
        envelope_from: call.said("x-envelope-from").map(str::to_owned),
        envelope_to: to.map(str::to_owned).collect(),
        remote_ip,
        helo: None,
        raw,
    };
    let record = call.app.mailroom().deliver(&brand, received).await?;
    let new = matches!(record.outcome, MailState::Created | MailState::Appended);
    let reply = call.reply(write_json(&record)?);
    Ok(reply.status(if new { StatusCode::CREATED } else { StatusCode::OK }))
}

async fn create_token(call: Call) -> Result<Reply, Problem> {
    let (brand, token) = (call.brand(), mail_in::mint_token(&call.app.seams().entropy));
    call.write_kept(op!([brand, token] | tx, act | mail_in::new_token(tx, &act, &brand, &token)), |made| {
        write_json(&InboundToken { token: None, ..made.clone() })
    })
    .await
}

async fn delete_token(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.made(op!([brand] | tx, _act | mail_in::delete_token(tx, &brand))).await?;
    Ok(call.reply(String::new()))
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| MailQuery {
            directions: words(params, "direction", |text| MailDirection::read(text).map(MailDirection::as_str), errors),
            outcomes: words(params, "outcome", |text| MailState::read(text).map(MailState::as_str), errors),
            ticket: params.one("ticketId", errors),
            from: params.one("from", errors),
            search: search(params, "search", errors),
            created_after: params.parsed::<Timestamp>("createdAfter", errors),
            created_before: params.parsed::<Timestamp>("createdBefore", errors),
            limit: page_limit(params, errors),
            cursor: params.one("cursor", errors),
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    call.read(op!([brand, query] | tx, _act | mail_in::list(tx, &brand, &query))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("mailId").to_owned());
    call.read(op!([brand, id] | tx, _act | mail_in::get(tx, &brand, &id))).await
}

async fn raw(call: Call) -> Result<Reply, Problem> {
    let id = call.at("mailId").to_owned();
    let bytes = call.app.mailroom().raw(&call.brand(), &id).await?.ok_or_else(Problem::not_found)?;
    let reply = call.reply_with(MEDIA_TYPE, Body::from(bytes));
    Ok(reply.header("content-disposition", &format!("attachment; filename=\"{id}.eml\"")))
}

async fn reprocess(call: Call, wanted: Reprocess) -> Result<Reply, Problem> {
    let id = call.at("mailId").to_owned();
    let record = match call.app.mailroom().reprocess(&call.brand(), &id, &wanted).await {
        Ok(record) => record,
        Err(trouble) => return Err(trouble.into()),
    };
    Ok(call.reply(write_json(&record)?))
}

async fn resend(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("mailId").to_owned());
    call.write(op!([brand, id] | tx, act | mails::resend(tx, &act, &brand, &id))).await
}

/// Reads a list of words of ours.
fn words(
    params: &mut Params,
    name: &str,
    read: impl Fn(&str) -> Result<&'static str, String>,
    errors: &mut Errors,
) -> Vec<&'static str> {
    let given = params.list(name, errors).unwrap_or_default();
    let mut known = Vec::with_capacity(given.len());
    for word in given {
        match read(&word) {
            Ok(word) => known.push(word),
            Err(message) => {
                errors.push(name, message);
                break;
            }
        }
    }
    known
}
