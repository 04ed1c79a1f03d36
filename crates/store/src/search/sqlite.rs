//! SQLite: one full-text index (FTS5, contentless) whose row ids are `doc * 4 + kind`, where `doc` is the row id of what the
//! words stand in. Words are gathered and written once per commit.

use std::collections::BTreeMap;

use dispatch_model::BrandId;

use super::{Entity, Kind};
use crate::{Result, Tx, args, value::only};

crate::statements! {
    only Sqlite;
    DOC_OF_TICKET = "SELECT doc FROM ticket WHERE brand_id = $1 AND id = $2";
    DOC_OF_COMMENT = "SELECT doc FROM comment WHERE brand_id = $1 AND id = $2";
    DOC_OF_CUSTOMER = "SELECT doc FROM customer WHERE brand_id = $1 AND id = $2";
    DOC_OF_COMPANY = "SELECT doc FROM company WHERE brand_id = $1 AND id = $2";
    INSERT = "INSERT INTO search_word (rowid, words) VALUES ($1, $2)";
    DELETE = "DELETE FROM search_word WHERE rowid = $1";
    // The index answers in the order of its rows, so that a limit ends the walk. CROSS JOIN keeps it the outer loop.
    TICKETS = "SELECT t.id FROM search_word w CROSS JOIN ticket t ON t.doc = w.rowid / 4 AND t.brand_id = $1
        WHERE w.search_word MATCH $2 ORDER BY w.rowid DESC LIMIT $3";
    TICKETS_OF_COMMENTS = "SELECT c.ticket_id FROM search_word w CROSS JOIN comment c ON c.doc = w.rowid / 4 AND c.brand_id = $1
        WHERE w.search_word MATCH $2 AND c.deleted_at IS NULL ORDER BY w.rowid DESC LIMIT $3";
    TICKETS_OF_CUSTOMERS = "SELECT t.id FROM (SELECT c.id FROM search_word w CROSS JOIN customer c ON c.doc = w.rowid / 4
            AND c.brand_id = $1 WHERE w.search_word MATCH $2 ORDER BY w.rowid DESC LIMIT $3) u
        CROSS JOIN ticket t ON t.brand_id = $1 AND t.customer_id = u.id ORDER BY t.id DESC LIMIT $3";
    CUSTOMERS_WITH_DELETED = "SELECT c.id FROM search_word w CROSS JOIN customer c ON c.doc = w.rowid / 4 AND c.brand_id = $1
        WHERE w.search_word MATCH $2 ORDER BY w.rowid DESC LIMIT $3";
    CUSTOMERS = "SELECT c.id FROM search_word w CROSS JOIN customer c ON c.doc = w.rowid / 4 AND c.brand_id = $1
        WHERE w.search_word MATCH $2 AND c.deleted_at IS NULL ORDER BY w.rowid DESC LIMIT $3";
    COMPANIES = "SELECT c.id FROM search_word w CROSS JOIN company c ON c.doc = w.rowid / 4 AND c.brand_id = $1
        WHERE w.search_word MATCH $2 AND c.deleted_at IS NULL ORDER BY w.rowid DESC LIMIT $3";
}

/// What one row of the index will hold after the commit.
#[derive(Debug)]
pub(crate) struct Words {
    row: i64,
    /// Whether the index cannot hold anything for it yet.
    new: bool,
    text: String,
}

/// The row of the index for something whose own row id is `doc`.
pub(super) const fn row_id(doc: i64, kind: Kind) -> i64 {
    doc * 4
        + match kind {
            Kind::Ticket => 0,
            Kind::Comment => 1,
            Kind::Customer => 2,
            Kind::Company => 3,
        }
}

/// Gathers the words of something; its row is there.
pub(super) async fn set(tx: &Tx, brand: &BrandId, entity: Entity<'_>, kept: Vec<String>, new: bool) -> Result<()> {
    let sql = match entity.kind() {
        Kind::Ticket => &DOC_OF_TICKET,
        Kind::Comment => &DOC_OF_COMMENT,
        Kind::Customer => &DOC_OF_CUSTOMER,
        Kind::Company => &DOC_OF_COMPANY,
    };
    let doc: i64 = tx.one(sql, args![brand, entity.id()], only).await?;
    tx.keep_words(Words { row: row_id(doc, entity.kind()), new, text: kept.join(" ") });
    Ok(())
}

/// Writes what a batch has gathered; of several texts for one row the last.
pub(crate) async fn write(tx: &Tx, gathered: Vec<Words>) -> Result<()> {
    let mut rows: BTreeMap<i64, (bool, String)> = BTreeMap::new();
    for Words { row, new, text } in gathered {
        // The first one says whether the index holds something. A row that is removed may give its number to the next one at once.
        rows.entry(row).or_insert_with(|| (new, String::new())).1 = text;
    }
    for (row, (new, text)) in rows {
        if !new {
            tx.run(&DELETE, args![row]).await?;
        }
        if !text.is_empty() {
            tx.run(&INSERT, args![row, text]).await?;
        }
    }
    Ok(())
}

/// All of these must begin a word.
pub(super) fn question(kept: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = kept.map(|word| format!("\"{}\" *", word.replace('"', "\"\""))).collect();
    parts.join(" AND ")
}
