//! Counts again what is kept beside the tickets: the sums of the statistics, the tags and the fields that filters look
//! for.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use dispatch_model::{BrandId, JsonText, rewrite::RewriteKind};

use crate::{
    Result, Tx, args,
    tickets::{kept_fields, tag_ids},
};

crate::statements! {
    /// What the sums must be, from the rows; the same as the migration filled them with.
    COUNTED = "SELECT CAST('created' AS text), created_at / 86400000, status_id, count(*), CAST(0 AS bigint) FROM ticket
            WHERE brand_id = $1 AND live AND coalesce(close_reason, '') <> 'duplicate'
            GROUP BY created_at / 86400000, status_id
        UNION ALL SELECT CAST('response' AS text), created_at / 86400000, CAST('' AS text), count(*),
            CAST(sum(first_response_at - created_at) AS bigint) FROM ticket
            WHERE brand_id = $1 AND live AND coalesce(close_reason, '') <> 'duplicate' AND first_response_at IS NOT NULL
            GROUP BY created_at / 86400000
        UNION ALL SELECT CAST('resolution' AS text), created_at / 86400000, CAST('' AS text), count(*),
            CAST(sum(resolved_at - created_at) AS bigint) FROM ticket
            WHERE brand_id = $1 AND live AND coalesce(close_reason, '') <> 'duplicate' AND resolved_at IS NOT NULL
            GROUP BY created_at / 86400000
        UNION ALL SELECT CAST('resolved' AS text), resolved_at / 86400000, coalesce(resolved_by_id, ''), count(*),
            CAST(0 AS bigint) FROM ticket
            WHERE brand_id = $1 AND live AND coalesce(close_reason, '') <> 'duplicate' AND resolved_at IS NOT NULL
            GROUP BY resolved_at / 86400000, coalesce(resolved_by_id, '')
        UNION ALL SELECT CAST('closed' AS text), closed_at / 86400000, coalesce(resolved_by_id, ''), count(*),
            CAST(0 AS bigint) FROM ticket
            WHERE brand_id = $1 AND live AND coalesce(close_reason, '') <> 'duplicate' AND closed_at IS NOT NULL
            GROUP BY closed_at / 86400000, coalesce(resolved_by_id, '')";
    KEPT = "SELECT kind, day, key, n, total FROM ticket_stat WHERE brand_id = $1 AND (n <> 0 OR total <> 0)";
    TICKETS = "SELECT id, tag_ids, custom_fields FROM ticket WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    TAGS = "SELECT tag_id, ticket_id FROM ticket_tag WHERE brand_id = $1 AND (tag_id, ticket_id) > ($2, $3)
        ORDER BY tag_id, ticket_id LIMIT $4";
    FIELDS = "SELECT key, value, ticket_id FROM ticket_field WHERE brand_id = $1 AND (key, value, ticket_id) > ($2, $3, $4)
        ORDER BY key, value, ticket_id LIMIT $5";
}

/// Rows that are read at once: what they hold fits into memory however large the brand is.
const ROWS_AT_ONCE: i64 = 1_000;

/// Rows in whatever order, as a number and a sum of hashes: two sets with the same are the same.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rows {
    count: u64,
    sum: u64,
}

impl Rows {
    fn add(&mut self, row: impl Hash) {
        let mut hasher = DefaultHasher::new();
        row.hash(&mut hasher);
        self.count += 1;
        self.sum = self.sum.wrapping_add(hasher.finish());
    }
}

/// What is wrong with what is kept beside the tickets of a brand.
pub(super) async fn problems(tx: &Tx, brand: &BrandId, problems: &mut Vec<String>) -> Result<()> {
    sums(tx, brand, problems).await?;
    let (mut tags, mut fields) = (Rows::default(), Rows::default());
    let mut after = String::new();
    loop {
        let page = tx
            .all(&TICKETS, args![brand, after, ROWS_AT_ONCE], |row| {
                Ok((row.take::<String>()?, row.take::<String>()?, row.take::<JsonText>()?))
            })
            .await?;
        let Some((last, ..)) = page.last() else { break };
        after.clone_from(last);
        for (id, listed, custom) in page {
            for tag in tag_ids(&listed) {
                tags.add((tag.as_str(), id.as_str()));
            }
            for (key, value) in kept_fields(&custom) {
                fields.add((key.as_str(), value.as_str(), id.as_str()));
            }
        }
    }
    // What an older version wrote gets them in steps.
    let pending = crate::rewrites::pending(tx, brand).await?;
    let is_whole = pending.iter().all(|rewrite| rewrite.kind != RewriteKind::Reindex);
    for (what, counted, kept) in
        [("tags", tags, kept_tags(tx, brand).await?), ("custom fields", fields, fields_of(tx, brand).await?)]
    {
        if counted != kept && (what == "tags" || is_whole) {
            problems
                .push(format!("filters find {} {what} of tickets, which have {} others", kept.count, counted.count));
        }
    }
    Ok(())
}

async fn sums(tx: &Tx, brand: &BrandId, problems: &mut Vec<String>) -> Result<()> {
    type Sums = BTreeMap<(String, i64, String), (i64, i64)>;
    let mut both: [Sums; 2] = [Sums::new(), Sums::new()];
    for (sums, sql) in both.iter_mut().zip([&COUNTED, &KEPT]) {
        let rows = tx
            .all(sql, args![brand], |row| Ok(((row.take()?, row.take()?, row.take()?), (row.take()?, row.take()?))))
            .await?;
        sums.extend(rows);
    }
    let [counted, kept] = both;
    let parts = counted.keys().chain(kept.keys().filter(|part| !counted.contains_key(*part)));
    for part in parts {
        let (real, found) =
            (counted.get(part).copied().unwrap_or_default(), kept.get(part).copied().unwrap_or_default());
        if real != found {
            let (kind, day, key) = part;
            problems
                .push(format!("the statistics have {found:?} {kind} of day {day} for '{key}', the tickets {real:?}"));
        }
    }
    Ok(())
}

async fn kept_tags(tx: &Tx, brand: &BrandId) -> Result<Rows> {
    let (mut rows, mut after) = (Rows::default(), (String::new(), String::new()));
    loop {
        let page: Vec<(String, String)> =
            tx.all(&TAGS, args![brand, after.0, after.1, ROWS_AT_ONCE], |row| Ok((row.take()?, row.take()?))).await?;
        let Some(last) = page.last() else { return Ok(rows) };
        after.clone_from(last);
        page.iter().for_each(|(tag, ticket)| rows.add((tag.as_str(), ticket.as_str())));
    }
}

async fn fields_of(tx: &Tx, brand: &BrandId) -> Result<Rows> {
    let (mut rows, mut after) = (Rows::default(), (String::new(), String::new(), String::new()));
    loop {
        let page: Vec<(String, String, String)> = tx
            .all(&FIELDS, args![brand, after.0, after.1, after.2, ROWS_AT_ONCE], |row| {
                Ok((row.take()?, row.take()?, row.take()?))
            })
            .await?;
        let Some(last) = page.last() else { return Ok(rows) };
        after.clone_from(last);
        page.iter().for_each(|(key, value, ticket)| rows.add((key.as_str(), value.as_str(), ticket.as_str())));
    }
}
