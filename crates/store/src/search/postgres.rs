//! PostgreSQL: rows of ready-made words (tsvector) with a GIN index over all of them. A text too large for one row takes several.

use dispatch_model::BrandId;

use super::Entity;
use crate::{Result, Tx, args};

/// The rows that have the words $2. First the index alone, then the brand: left to choose, the planner may walk the whole
/// brand instead.
macro_rules! hits {
    () => {
        "WITH hit AS MATERIALIZED (SELECT brand_id, entity_id FROM search_word
            WHERE words @@ CAST(CAST($2 AS text) AS tsquery)),
        own AS (SELECT DISTINCT entity_id FROM hit WHERE brand_id = $1)"
    };
}

crate::statements! {
    only Postgres;
    PUT = "INSERT INTO search_word (brand_id, entity_id, part, words)
        VALUES ($1, $2, $3, array_to_tsvector(string_to_array($4, ' ')))
        ON CONFLICT (brand_id, entity_id, part) DO UPDATE SET words = excluded.words";
    DELETE_FROM = "DELETE FROM search_word WHERE brand_id = $1 AND entity_id = $2 AND part >= $3";
    TICKETS = concat!(hits!(), " SELECT entity_id FROM own ORDER BY entity_id DESC LIMIT $3");
    TICKETS_OF_COMMENTS = concat!(hits!(), " SELECT c.ticket_id FROM own JOIN comment c ON c.brand_id = $1 AND c.id = own.entity_id
        WHERE c.deleted_at IS NULL ORDER BY c.id DESC LIMIT $3");
    TICKETS_OF_CUSTOMERS = concat!(hits!(), " SELECT t.id FROM (SELECT entity_id FROM own ORDER BY entity_id DESC LIMIT $3) u
        JOIN ticket t ON t.brand_id = $1 AND t.customer_id = u.entity_id ORDER BY t.id DESC LIMIT $3");
    CUSTOMERS_WITH_DELETED = concat!(hits!(), " SELECT entity_id FROM own ORDER BY entity_id DESC LIMIT $3");
    CUSTOMERS = concat!(hits!(), " SELECT c.id FROM own JOIN customer c ON c.brand_id = $1 AND c.id = own.entity_id
        WHERE c.deleted_at IS NULL ORDER BY c.id DESC LIMIT $3");
    COMPANIES = concat!(hits!(), " SELECT c.id FROM own JOIN company c ON c.brand_id = $1 AND c.id = own.entity_id
        WHERE c.deleted_at IS NULL ORDER BY c.id DESC LIMIT $3");
}

/// Bytes of words in one row. PostgreSQL takes 1 MB of them (MAXSTRPOS in tsearch/ts_type.h); half of it keeps a row's
/// index entries few enough.
const PART_BYTES_MAX: usize = 512 * 1024;

/// The words of one thing, as many in each part as one row takes.
pub(super) fn parts(kept: &[String]) -> impl Iterator<Item = &[String]> {
    let mut rest = kept;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|word| {
            bytes += word.len() + 1;
            bytes <= PART_BYTES_MAX
        });
        let (part, behind) = rest.split_at(fits.count().max(usize::from(!rest.is_empty())));
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

/// Sends the words of something.
pub(super) async fn set(tx: &Tx, brand: &BrandId, entity: Entity<'_>, kept: &[String], new: bool) -> Result<()> {
    let mut count: i64 = 0;
    for part in parts(kept) {
        tx.run(&PUT, args![brand, entity.id(), count, part.join(" ")]).await?;
        count += 1;
    }
    if new { Ok(()) } else { tx.run(&DELETE_FROM, args![brand, entity.id(), count]).await }
}

/// All of these must begin a word. Our words hold no quotes; a quoted one is safe whatever it holds.
pub(super) fn question(kept: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> =
        kept.map(|word| format!("'{}':*", word.replace('\\', "\\\\").replace('\'', "''"))).collect();
    parts.join(" & ")
}
