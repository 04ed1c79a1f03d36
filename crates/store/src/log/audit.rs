//! The log of a brand or of the account under the filters of an audit log (API 15.4).
//!
//! The log has no index for most of these filters, and needs none: a page examines a bounded stretch of it and then answers
//! what it has found there, with the place from which the next one goes on.

use dispatch_model::{
    AccountId, BrandId, JsonText, TicketId, Timestamp, audit::AuditFilter, event::Event, limits::AUDIT_EXAMINED_MAX,
};

use super::row;
use crate::{Result, Select, Tx, account_log, value::Columns};

/// Rows that are read at once while some of them are still to be left out.
const CHUNK: i64 = 500;

/// Which log is read.
#[derive(Clone, Debug)]
pub enum Log {
    /// A brand's.
    Brand(BrandId),
    /// The account's.
    Account(AccountId),
}

/// An event of either log.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are those of the event")]
pub struct AuditEntry {
    pub id: String,
    pub sequence: i64,
    pub kind: String,
    pub created_at: Timestamp,
    pub source: String,
    pub actor: JsonText,
    pub entity_id: String,
    pub ticket_id: Option<TicketId>,
    pub changes: Option<JsonText>,
    pub data: JsonText,
}

impl From<Event> for AuditEntry {
    fn from(event: Event) -> Self {
        Self {
            id: event.id,
            sequence: event.sequence,
            kind: event.kind,
            created_at: event.created_at,
            source: event.source,
            actor: event.actor,
            entity_id: event.entity_id,
            ticket_id: event.ticket_id,
            changes: event.changes,
            data: event.data,
        }
    }
}

/// What a stretch of a log has.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The entries that fit, in the order that was asked for.
    pub entries: Vec<AuditEntry>,
    /// The sequence behind which it goes on, when there may be more.
    pub next: Option<i64>,
}

/// A stretch of a log, and how it is asked for.
struct Stretch<'a> {
    log: &'a Log,
    filter: &'a AuditFilter,
    /// The last sequence of it in its order.
    end: i64,
}

impl Stretch<'_> {
    fn descending(&self) -> bool {
        self.filter.newest_first
    }

    /// Up to `limit` rows behind `at`; who performed them is not looked at yet.
    async fn rows(&self, tx: &Tx, at: i64, limit: i64) -> Result<Vec<AuditEntry>> {
        let filter = self.filter;
        let mut select = Select::new(match self.log {
            Log::Brand(_) => concat!("SELECT ", columns!(), " FROM event"),
            Log::Account(_) => account_log::SELECT,
        });
        match self.log {
            Log::Brand(brand) => select.with("brand_id =", brand),
            Log::Account(account) => select.with("account_id =", account),
        };
        if let Some(ticket) = &filter.ticket_id {
            select.with("ticket_id =", ticket);
        }
        if let Some(entity) = &filter.entity_id {
            select.with("entity_id =", entity);
        }
        if let Some(events) = &filter.events {
            select.within("type", events);
        }
        if let Some(start) = &filter.start {
            select.with("created_at >=", start);
        }
        if let Some(end) = &filter.end {
            select.with("created_at <", end);
        }
        select.with(if self.descending() { "sequence <" } else { "sequence >" }, &at);
        select.with(if self.descending() { "sequence >=" } else { "sequence <=" }, &self.end);
        select.page(if self.descending() { "sequence DESC" } else { "sequence" }, &limit);
        match self.log {
            Log::Brand(brand) => tx.select(&select, |columns| row(brand, columns).map(AuditEntry::from)).await,
            Log::Account(_) => tx.select(&select, account_row).await,
        }
    }

    /// Whether somebody did it who is asked for.
    fn performed(&self, entry: &AuditEntry) -> bool {
        let (kind, id) = (&self.filter.performer_type, &self.filter.performer_id);
        if kind.is_none() && id.is_none() {
            return true;
        }
        let actor = entry.actor.members();
        let is = |key: &str, value: &str| actor.get(key).and_then(serde_json::Value::as_str) == Some(value);
        kind.is_none_or(|kind| is("type", kind.as_str())) && id.as_ref().is_none_or(|id| is("id", id))
    }
}

fn account_row(columns: &mut Columns<'_>) -> Result<AuditEntry> {
    Ok(AuditEntry {
        sequence: columns.take()?,
        id: columns.take()?,
        kind: columns.take()?,
        created_at: columns.take()?,
        source: columns.take()?,
        actor: columns.take()?,
        entity_id: columns.take()?,
        ticket_id: None,
        changes: columns.take()?,
        data: columns.take()?,
    })
}

/// Up to `limit` entries behind the sequence `after`, and where it goes on. Nothing behind `last`, the end of the log, is
/// looked at, so that a reader who goes on page by page comes to an end.
///
/// # Errors
/// When the database cannot answer.
pub async fn audit(
    tx: &Tx,
    log: &Log,
    filter: &AuditFilter,
    after: Option<i64>,
    last: i64,
    limit: i64,
) -> Result<Found> {
    let first = match log {
        Log::Brand(brand) => super::first_sequence(tx, brand).await?,
        Log::Account(account) => account_log::first_sequence(tx, account).await?,
    };
    // The events of one ticket have an index; all others are looked for in a stretch of the log.
    let examined = if filter.ticket_id.is_some() { i64::MAX } else { AUDIT_EXAMINED_MAX };
    let (mut at, end, log_end) = if filter.newest_first {
        let at = after.unwrap_or(last.saturating_add(1)).min(last.saturating_add(1));
        (at, at.saturating_sub(examined).max(first), first)
    } else {
        let at = after.unwrap_or(first - 1).max(first - 1);
        (at, at.saturating_add(examined).min(last), last)
    };
    let stretch = Stretch { log, filter, end };
    let by_performer = filter.performer_type.is_some() || filter.performer_id.is_some();
    let (chunk, wanted) = (if by_performer { CHUNK } else { limit + 1 }, usize::try_from(limit).unwrap_or(usize::MAX));
    let (mut entries, mut seen): (Vec<AuditEntry>, i64) = (Vec::new(), 0);
    loop {
        let rows = stretch.rows(tx, at, chunk).await?;
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        for entry in rows {
            let sequence = entry.sequence;
            if stretch.performed(&entry) {
                if entries.len() == wanted {
                    return Ok(Found { entries, next: Some(at) });
                }
                entries.push(entry);
            }
            at = sequence;
        }
        seen += count;
        if count < chunk {
            // The stretch is done; the log goes on where the stretch ends before it.
            return Ok(Found { entries, next: (end != log_end).then_some(end) });
        }
        if seen >= AUDIT_EXAMINED_MAX {
            return Ok(Found { entries, next: Some(at) });
        }
    }
}
