//! The audit logs of a brand, of a ticket and of the account.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use dispatch_desk::{
    self as desk, Permission,
    audit::{self, AuditPaging, AuditQuery, Reading},
};
use dispatch_model::{
    BrandId, Errors, JsonText, Timestamp,
    audit::{AuditFilter, AuditLog},
    event::{ACCOUNT_CATALOGUE, ActorType, CATALOGUE, EventType},
    input::{Params, schema},
    limits::TICKET_LOGS_PAGE_MAX,
};
use futures_util::stream;

use super::{TYPES, descending, limit, order_schema, page_limit, paged, types_schema};
use crate::{
    App,
    call::{Call, Reply, write_json},
    csv, op,
    operation::Operation,
    problem::Problem,
};

/// Entries that one transaction reads of a log that is sent as a whole.
const CSV_CHUNK: i64 = 500;
/// The columns of the file (API 15.4).
const CSV_HEADER: [&str; 9] =
    ["createdAt", "event", "entityType", "entityId", "ticketNumber", "performerType", "performer", "source", "changes"];
/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        filtered(
            paged(Operation::page::<AuditLog>(
                "/brands/{brandId}/logs",
                "logs.list",
                "The audit log of a brand: who did what",
            )),
            CATALOGUE,
        )
        .needs(Permission::Configure)
        .about("Newest first unless `order` says otherwise.")
        .run(list),
        filtered(
            Operation::csv("/brands/{brandId}/logs.csv", "logs.csv", "The audit log of a brand as a file"),
            CATALOGUE,
        )
        .needs(Permission::Configure)
        .about(
            "The same entries as `logs.list` in one file, streamed. Cells that a spreadsheet would take \
            for formulas begin with an apostrophe.",
        )
        .run(file),
        Operation::array::<AuditLog>(
            "/brands/{brandId}/tickets/{ticketId}/logs",
            "tickets.logs",
            "The audit log of a ticket and its parts, newest first",
        )
        .query("limit", "Entries at most.", schema::int_or(1, TICKET_LOGS_PAGE_MAX, TICKET_LOGS_PAGE_MAX))
        .query("cursor", "`X-Next-Cursor` of the reply before.", schema::text(0, 4096))
        .about("The ticket, its comments and watchers.")
        .continues()
        .run(list_ticket),
        filtered(
            paged(Operation::page::<AuditLog>(
                "/accounts/me/logs",
                "accounts.logs",
                "The audit log of the account: keys, members, brands",
            )),
            ACCOUNT_CATALOGUE,
        )
        .needs(Permission::Manage)
        .about("Apart from the logs of the brands. Newest first unless `order` says otherwise.")
        .run(list_account),
    ]
}

/// Adds the filters of an audit log.
fn filtered(operation: Operation, catalogue: &[EventType]) -> Operation {
    let mut kinds: Vec<&str> = catalogue.iter().filter_map(|name| name.split('.').next()).collect();
    kinds.dedup();
    operation
        .query("entityType", "Only about this kind of thing.", schema::one_of(&kinds))
        .query("entityId", "Only about the thing with this id.", schema::any_text())
        .query("event", TYPES, types_schema(catalogue))
        .query("startDate", "From this moment on.", schema::moment())
        .query("endDate", "Before this moment; a bare date includes that day.", schema::moment())
        .query("performerType", "Only by this kind of actor.", schema::one_of(ActorType::ALL))
        .query("performerId", "Only by the actor with this id.", schema::any_text())
        .query("order", "Newest or oldest first.", order_schema("desc"))
}

fn read_filter(params: &mut Params, errors: &mut Errors) -> AuditQuery {
    AuditQuery {
        entity_type: params.one("entityType", errors),
        events: params.list("event", errors),
        filter: AuditFilter {
            entity_id: params.one("entityId", errors),
            start: params.parsed("startDate", errors),
            end: end(params, errors),
            performer_type: params.parsed("performerType", errors),
            performer_id: params.one("performerId", errors),
            newest_first: descending(params, true, errors),
            ..AuditFilter::default()
        },
    }
}

/// The moment before which it ends: a bare date includes that day (API 1.9).
fn end(params: &mut Params, errors: &mut Errors) -> Option<Timestamp> {
    let text = params.one("endDate", errors)?;
    let is_bare_date = text.len() == "2026-01-02".len();
    match <Timestamp as dispatch_model::input::QueryValue>::read(&text) {
        Ok(at) => Some(if is_bare_date { at.plus_ms(DAY_MS) } else { at }),
        Err(message) => {
            errors.push("endDate", message);
            None
        }
    }
}

fn read_page(params: &mut Params, errors: &mut Errors) -> (AuditQuery, AuditPaging) {
    let query = read_filter(params, errors);
    (query, AuditPaging { limit: page_limit(params, errors), cursor: params.one("cursor", errors) })
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let asked = Arc::new(call.query(read_page).await?);
    let brand = call.brand();
    call.read(op!([brand, asked] | tx, _act | audit::list(tx, &brand, &asked.0, &asked.1))).await
}

async fn list_account(mut call: Call) -> Result<Reply, Problem> {
    let asked = Arc::new(call.query(read_page).await?);
    let caller = call.caller.clone();
    call.read(op!([caller, asked] | tx, _act | audit::list_account(tx, &caller, &asked.0, &asked.1))).await
}

async fn list_ticket(mut call: Call) -> Result<Reply, Problem> {
    let admin = call.caller.is_admin();
    let paging = call
        .query(|params, errors| AuditPaging {
            limit: limit(params, TICKET_LOGS_PAGE_MAX, TICKET_LOGS_PAGE_MAX, errors),
            cursor: params.one("cursor", errors),
        })
        .await?;
    let (brand, ticket, paging) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(paging));
    let page = call
        .found(op!([brand, ticket, paging] | tx, _act | audit::list_ticket(tx, &brand, &ticket, &paging, admin)))
        .await?;
    let reply = call.reply(write_json(&page.data)?);
    Ok(match page.pagination.next_cursor {
        Some(next) => reply.header("x-next-cursor", &next),
        None => reply,
    })
}

/// What has been read of a log that is sent as a whole, and how it goes on.
type Part = (Vec<AuditLog>, Option<Reading>);

/// The whole log, a short transaction at a time: neither memory nor a reader of the database is held for its length.
async fn file(mut call: Call) -> Result<Reply, Problem> {
    let query = Arc::new(call.query(read_filter).await?);
    let (brand, app) = (call.brand(), call.app.clone());
    // What is wrong with the request is known before the first byte.
    let asked = brand.clone();
    let first: Part = call
        .found(op!(
            [asked, query] | tx,
            _act | async {
                let at = audit::begin(tx, &asked, &query).await?;
                audit::read_on(tx, &asked, &at, CSV_CHUNK).await
            }
        ))
        .await?;
    let header = Bytes::from(csv::line(CSV_HEADER));
    let lines = stream::try_unfold(Some(first), move |part| {
        let (app, brand) = (app.clone(), brand.clone());
        async move {
            let Some((entries, next)) = part else { return Ok::<_, desk::Error>(None) };
            let text: String = entries.iter().map(csv_line).collect();
            let next = match next {
                None => None,
                Some(at) => Some(read_on(&app, &brand, at).await?),
            };
            Ok(Some((Bytes::from(text), next)))
        }
    });
    let whole = futures_util::StreamExt::chain(stream::iter([Ok(header)]), lines);
    Ok(call.reply_with(csv::MEDIA_TYPE, Body::from_stream(whole)))
}

/// The next part. When it cannot be read, the reply is cut off, which its reader can tell from its end.
async fn read_on(app: &App, brand: &BrandId, at: Reading) -> desk::Result<Part> {
    let brand = brand.clone();
    let read: desk::Result<Part> = app
        .db()
        .read("logs.csv", move |tx| {
            let (brand, at) = (brand.clone(), at.clone());
            Box::pin(async move { audit::read_on(tx, &brand, &at, CSV_CHUNK).await })
        })
        .await;
    if let Err(error) = &read {
        tracing::warn!(%error, "an audit log could not be sent to its end");
    }
    read
}

fn csv_line(entry: &AuditLog) -> String {
    let (performer, metadata) = (entry.performed_by.members(), entry.metadata.members());
    let text = |key: &str| performer.get(key).and_then(|value| value.as_str()).unwrap_or_default();
    let name = ["name", "email", "id"].into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    csv::line([
        entry.created_at.to_string().as_str(),
        &entry.event,
        &entry.entity_type,
        &entry.entity_id,
        metadata.get("ticketNumber").and_then(|number| number.as_str()).unwrap_or_default(),
        text("type"),
        name,
        &entry.source,
        entry.changes.as_ref().map(JsonText::as_str).unwrap_or_default(),
    ])
}
