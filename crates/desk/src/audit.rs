//! The audit log of a brand, a ticket and the account (API 15.4): their logs read as who did what.

use dispatch_model::{
    AccountId, BrandId, JsonText, TicketId,
    audit::{AuditFilter, AuditLog},
    event::{ACCOUNT_CATALOGUE, CATALOGUE, EventType, expand_in, expand_types},
    page::{Cursor, Page, Pagination, fingerprint},
};
use dispatch_store::{
    self as store, Tx,
    log::{AuditEntry, Found as Stretch, Log},
};
use serde_json::{Map, Value};

use crate::{
    Caller, Result, Scope, brands,
    error::{Found, invalid},
};

/// What of an audit log is asked for, as the caller wrote it.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Everything but the names of events.
    pub filter: AuditFilter,
    /// Names, groups and `*`.
    pub events: Option<Vec<String>>,
    /// Only about this kind of thing: the part of an event's name before the dot.
    pub entity_type: Option<String>,
}

/// A page of it.
#[derive(Clone, Debug, Default)]
pub struct AuditPaging {
    /// Items of the page.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// The filter with the names of events that `query` means in a log with this catalogue.
fn filter(query: &AuditQuery, catalogue: &[EventType]) -> Result<AuditFilter> {
    let mut errors = dispatch_model::Errors::default();
    let mut names: Option<Vec<EventType>> = None;
    if let Some(wanted) = &query.events {
        match expand_in(catalogue, wanted, true) {
            Ok(events) => names = Some(events),
            Err(text) => errors.push("event", format!("unknown event {text}")),
        }
    }
    if let Some(kind) = &query.entity_type {
        let group = |name: &EventType| name.split('.').next().unwrap_or_default().to_owned();
        let of_kind = |name: &EventType| group(name) == *kind;
        if !catalogue.iter().any(of_kind) {
            let mut groups: Vec<String> = catalogue.iter().map(group).collect();
            groups.dedup();
            errors.push("entityType", format!("must be one of: {}", groups.join(", ")));
        }
        let among = names.unwrap_or_else(|| catalogue.to_vec());
        names = Some(among.into_iter().filter(of_kind).collect());
    }
    errors.into_result()?;
    Ok(AuditFilter { events: names, ..query.filter.clone() })
}

/// The same for a brand's log. All events about a ticket are among the ticket's own, and those have an index.
fn brand_filter(query: &AuditQuery) -> Result<AuditFilter> {
    let filter = filter(query, CATALOGUE)?;
    let ticket_id = filter.entity_id.as_deref().filter(|id| id.starts_with("tkt_")).map(TicketId::from);
    Ok(AuditFilter { ticket_id, ..filter })
}

/// A page of a brand's audit log.
///
/// # Errors
/// When there is no such brand, a filter is unknown or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, query: &AuditQuery, paging: &AuditPaging) -> Result<Page<AuditLog>> {
    brands::get(tx, brand).await?;
    let filter = brand_filter(query)?;
    let last = tx.counter(brand).await?.found()?.last_sequence;
    page(tx, &Log::Brand(brand.clone()), &filter, last, paging, |_| true).await
}

/// A page of the account's audit log. Whoever does not reach every brand reads of brands, keys and people only what their
/// lists show as well (API 1.2, 3.2); a page may then hold less than was asked for.
///
/// # Errors
/// When a filter is unknown or the cursor is of another list.
pub async fn list_account(
    tx: &Tx,
    caller: &Caller,
    query: &AuditQuery,
    paging: &AuditPaging,
) -> Result<Page<AuditLog>> {
    let account: &AccountId = &caller.account;
    let filter = filter(query, ACCOUNT_CATALOGUE)?;
    let last = store::account_log::last_sequence(tx, account).await?;
    page(tx, &Log::Account(account.clone()), &filter, last, paging, |entry| shows(&caller.scope, entry)).await
}

/// Whether somebody who reaches these brands may read an entry of the account's log.
fn shows(scope: &Scope, entry: &AuditEntry) -> bool {
    let data = entry.data.members();
    let object = match entry.kind.split('.').next() {
        Some("brand") => return scope.reaches(&BrandId::from(&*entry.entity_id)),
        Some("api_key") => data.get("apiKey"),
        Some("member") => data.get("member").or_else(|| data.get("invite")),
        _ => return true,
    };
    let Some(object) = object else { return *scope == Scope::All };
    let brands = object.get("brandIds").and_then(Value::as_array).into_iter().flatten();
    let brands: Vec<BrandId> = brands.filter_map(Value::as_str).map(BrandId::from).collect();
    scope.meets(&Scope::of(object.get("allBrands") == Some(&Value::Bool(true)), &brands))
}

/// The newest entries of a ticket and its parts.
///
/// # Errors
/// When there is no such ticket or the cursor is of another list.
pub async fn list_ticket(
    tx: &Tx,
    brand: &BrandId,
    ticket: &str,
    paging: &AuditPaging,
    admin: bool,
) -> Result<Page<AuditLog>> {
    brands::get(tx, brand).await?;
    let ticket_id = store::tickets::id_of(tx, brand, ticket).await?.found()?;
    // What only admins may read is left out for others (API 15.1).
    let events = if admin { None } else { expand_types(&["*".to_owned()], false).ok() };
    let filter = AuditFilter { ticket_id: Some(ticket_id), events, newest_first: true, ..AuditFilter::default() };
    let last = tx.counter(brand).await?.found()?.last_sequence;
    page(tx, &Log::Brand(brand.clone()), &filter, last, paging, |_| true).await
}

/// What a list shows, so that a cursor of it is of no use for another.
fn mark(log: &Log, filter: &AuditFilter) -> u64 {
    fingerprint(&["audit", &format!("{log:?} {filter:?}")])
}

async fn page(
    tx: &Tx,
    log: &Log,
    filter: &AuditFilter,
    last: i64,
    paging: &AuditPaging,
    shows: impl Fn(&AuditEntry) -> bool,
) -> Result<Page<AuditLog>> {
    let mark = mark(log, filter);
    let after = paging.cursor.as_deref().map(|text| {
        Cursor::decode(text, mark, 1)
            .and_then(|cursor| cursor.keys[0].parse().ok())
            .ok_or_else(|| invalid("cursor", "is not a cursor of this list"))
    });
    let Stretch { entries, next } = store::log::audit(tx, log, filter, after.transpose()?, last, paging.limit).await?;
    let cursor = next.map(|next| Cursor { fingerprint: mark, keys: vec![next.to_string()] }.encode());
    Ok(Page {
        data: entries.into_iter().filter(shows).map(|entry| told(log, entry)).collect(),
        pagination: Pagination {
            has_more: cursor.is_some(),
            cursor: cursor.clone(),
            next_cursor: cursor,
            truncated: false,
        },
    })
}

/// Where a reading of a whole audit log stands.
#[derive(Clone, Debug)]
pub struct Reading {
    filter: AuditFilter,
    /// Where the log ended when the reading began: what is added meanwhile does not belong to it.
    last: i64,
    after: Option<i64>,
}

/// Begins to read the whole of a brand's audit log.
///
/// # Errors
/// When there is no such brand or a filter is unknown.
pub async fn begin(tx: &Tx, brand: &BrandId, query: &AuditQuery) -> Result<Reading> {
    brands::get(tx, brand).await?;
    let filter = brand_filter(query)?;
    let last = tx.counter(brand).await?.found()?.last_sequence;
    Ok(Reading { filter, last, after: None })
}

/// The next entries of it, at most `limit` and perhaps none, and how to go on when there may be more.
///
/// # Errors
/// When the brand has been deleted meanwhile or the database cannot answer.
pub async fn read_on(tx: &Tx, brand: &BrandId, at: &Reading, limit: i64) -> Result<(Vec<AuditLog>, Option<Reading>)> {
    brands::get(tx, brand).await?;
    let log = Log::Brand(brand.clone());
    let found = store::log::audit(tx, &log, &at.filter, at.after, at.last, limit).await?;
    let next = found.next.map(|next| Reading { after: Some(next), ..at.clone() });
    Ok((found.entries.into_iter().map(|entry| told(&log, entry)).collect(), next))
}

fn told(log: &Log, entry: AuditEntry) -> AuditLog {
    let entity_type = entry.kind.split('.').next().unwrap_or_default().to_owned();
    AuditLog {
        metadata: metadata(&entity_type, &entry.data),
        brand_id: match log {
            Log::Brand(brand) => Some(brand.clone()),
            Log::Account(_) => None,
        },
        id: entry.id,
        sequence: entry.sequence,
        event: entry.kind,
        entity_type,
        entity_id: entry.entity_id,
        ticket_id: entry.ticket_id,
        changes: entry.changes,
        performed_by: entry.actor,
        source: entry.source,
        created_at: entry.created_at,
    }
}

/// What stands beside the object in an event and says something about what happened.
const TOLD: [&str; 10] = [
    "ticketNumber",
    "title",
    "trigger",
    "closeReason",
    "mergedTicketIds",
    "mergedTagIds",
    "movedTickets",
    "replacementStatusId",
    "replacementCategoryId",
    "ticketCount",
];

/// What a thing is called, in the order in which it is looked for.
const NAMES: [&str; 5] = ["name", "label", "displayName", "filename", "email"];

fn metadata(entity_type: &str, data: &JsonText) -> JsonText {
    let data = data.members();
    let mut told = Map::new();
    for key in TOLD {
        if let Some(value) = data.get(key) {
            told.insert(key.to_owned(), value.clone());
        }
    }
    let title = data.get("ticket").and_then(|ticket| ticket.get("title"));
    if let (false, Some(title)) = (told.contains_key("title"), title) {
        told.insert("title".to_owned(), title.clone());
    }
    // The object stands under its own name, which for an API key is spelled as JSON spells it.
    let object = data.get(entity_type).or_else(|| data.get("apiKey"));
    let name = object.and_then(|object| NAMES.iter().find_map(|key| object.get(*key).filter(|name| name.is_string())));
    if let Some(name) = name {
        told.insert("name".to_owned(), name.clone());
    }
    JsonText::of(&Value::Object(told))
}
