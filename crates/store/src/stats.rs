//! Sums for the statistics (API 23), moved in the transaction that moves the ticket: what a ticket adds to them is a
//! function of the ticket alone, so that each write only moves the difference.

use std::collections::BTreeMap;

use dispatch_model::{BrandId, Timestamp, ticket::CloseReason};

use crate::{Result, Select, Tx, args, tickets::StoredTicket};

crate::statements! {
    ADD = "INSERT INTO ticket_stat (brand_id, kind, day, key, n, total) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (brand_id, kind, day, key)
        DO UPDATE SET n = ticket_stat.n + excluded.n, total = ticket_stat.total + excluded.total";
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The number of the day of this moment, from 1970 (UTC).
#[must_use]
pub const fn day_of(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(DAY_MS)
}

/// What a ticket adds: kind, day and key, each with a number and a sum.
type Parts = BTreeMap<(&'static str, i64, String), (i64, i64)>;

fn parts(ticket: &StoredTicket, factor: i64, parts: &mut Parts) {
    if !ticket.live() || ticket.close_reason == Some(CloseReason::Duplicate) {
        return;
    }
    let created = ticket.created_at;
    let mut add = |kind, at, key: &str, total: i64| {
        let part = parts.entry((kind, day_of(at), key.to_owned())).or_default();
        part.0 += factor;
        part.1 += factor * total;
    };
    let since = |at: Timestamp| at.as_millis() - created.as_millis();
    add("created", created, ticket.status_id.as_str(), 0);
    if let Some(at) = ticket.first_response_at {
        add("response", created, "", since(at));
    }
    let by = ticket.resolved_by_id.as_ref().map_or("", |member| member.as_str());
    if let Some(at) = ticket.resolved_at {
        add("resolution", created, "", since(at));
        add("resolved", at, by, 0);
    }
    if let Some(at) = ticket.closed_at {
        add("closed", at, by, 0);
    }
}

/// Moves what differs between the two states of a ticket.
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn moved(
    tx: &Tx,
    brand: &BrandId,
    old: Option<&StoredTicket>,
    new: Option<&StoredTicket>,
) -> Result<()> {
    let mut all = Parts::new();
    if let Some(old) = old {
        parts(old, -1, &mut all);
    }
    if let Some(new) = new {
        parts(new, 1, &mut all);
    }
    for ((kind, day, key), (n, total)) in all {
        if (n, total) != (0, 0) {
            tx.run(&ADD, args![brand, kind, day, key, n, total]).await?;
        }
    }
    Ok(())
}

/// A sum by day and key.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The day, or 0 when the days were added up.
    pub day: i64,
    /// A status, a member, or nothing.
    pub key: String,
    /// How many.
    pub n: i64,
    /// Their milliseconds.
    pub total: i64,
}

/// The sums of one kind from a day on up to another (exclusive), added up by key.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_key(tx: &Tx, brand: &BrandId, kind: &str, from: i64, before: i64) -> Result<Vec<Sum>> {
    read(tx, brand, kind, from, before, "CAST(0 AS bigint), key", " GROUP BY key").await
}

/// The same, added up by day.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_day(tx: &Tx, brand: &BrandId, kind: &str, from: i64, before: i64) -> Result<Vec<Sum>> {
    read(tx, brand, kind, from, before, "day, CAST('' AS text)", " GROUP BY day").await
}

async fn read(
    tx: &Tx,
    brand: &BrandId,
    kind: &str,
    from: i64,
    before: i64,
    columns: &str,
    group: &str,
) -> Result<Vec<Sum>> {
    let mut select =
        Select::new(&format!("SELECT {columns}, CAST(sum(n) AS bigint), CAST(sum(total) AS bigint) FROM ticket_stat"));
    select.with("brand_id =", brand).with("kind =", kind).with("day >=", &from).with("day <", &before).end(group);
    tx.select(&select, |row| Ok(Sum { day: row.take()?, key: row.take()?, n: row.take()?, total: row.take()? })).await
}
