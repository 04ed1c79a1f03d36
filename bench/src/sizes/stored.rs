//! Bytes of each table and index, as the databases themselves count them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::cli::SizesArgs;
use crate::error::Result;
use crate::run::server::sqlite_file;
use crate::scale::psql::Psql;

/// How often each event occurs, and the bytes that its rows take without their indexes, when that can be said.
pub type Events = Vec<(String, u64)>;

const EVENTS: &str = "SELECT type, count(*) FROM event GROUP BY type ORDER BY count(*) DESC, type";

/// A table or an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The table.
    pub table: String,
    /// The index; none: the rows themselves.
    pub index: Option<String>,
}

/// Bytes of everything in one database.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which of the two databases.
    pub engine: &'static str,
    /// Each table and index.
    pub parts: BTreeMap<Name, i64>,
    /// The file of SQLite, or what PostgreSQL says of the whole database.
    pub whole: i64,
}

impl Stored {
    /// Looks at the database of a stopped server.
    pub fn measure(args: &SizesArgs) -> Result<Self> {
        match &args.database {
            None => sqlite(&Connection::open(sqlite_file(&args.data)?)?),
            Some(url) => postgres(&Psql::new(&args.server, url)),
        }
    }

    /// What came since `earlier`.
    pub fn since(&self, earlier: &Self) -> Self {
        let parts = self.parts.iter().map(|(name, bytes)| {
            let before = earlier.parts.get(name).copied().unwrap_or_default();
            (name.clone(), bytes - before)
        });
        Self { engine: self.engine, parts: parts.collect(), whole: self.whole - earlier.whole }
    }
}

/// The events of the log by type.
pub fn events(args: &SizesArgs) -> Result<Events> {
    match &args.database {
        None => {
            let connection = Connection::open(sqlite_file(&args.data)?)?;
            let mut statement = connection.prepare(EVENTS)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        }
        Some(url) => {
            let rows = Psql::new(&args.server, url).ask(EVENTS)?;
            rows.into_iter()
                .map(|row| match row.as_slice() {
                    [kind, count] => Ok((kind.clone(), count.parse()?)),
                    _ => Err("psql answered something else".into()),
                })
                .collect()
        }
    }
}

fn sqlite(connection: &Connection) -> Result<Stored> {
    // Whatever the last server left beside the file.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let sql = "SELECT coalesce(m.tbl_name, d.name), CASE WHEN m.type = 'index' THEN d.name END, sum(d.pgsize)
        FROM dbstat d LEFT JOIN sqlite_schema m ON m.name = d.name WHERE d.aggregate = TRUE GROUP BY d.name";
    let mut parts = BTreeMap::new();
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let table: String = row.get(0)?;
        // The full-text index is one table in several.
        let table = if table.starts_with("search_word") { "search_word".to_owned() } else { table };
        *parts.entry(Name { table, index: row.get(1)? }).or_default() += row.get::<_, i64>(2)?;
    }
    let whole = connection.query_row(
        "SELECT p.page_count * s.page_size FROM pragma_page_count p, pragma_page_size s",
        [],
        |row| row.get(0),
    )?;
    Ok(Stored { engine: "SQLite", parts, whole })
}

fn postgres(psql: &Psql) -> Result<Stored> {
    // Waiting entries of the full-text index go where they belong, and dead rows are marked, but no file is made shorter.
    psql.ask("VACUUM (ANALYZE)")?;
    let sql = "SELECT c.relname, '', pg_table_size(c.oid) FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
        UNION ALL SELECT t.relname, i.relname, pg_relation_size(i.oid) FROM pg_index x
            JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r'";
    let mut parts = BTreeMap::new();
    for row in psql.ask(sql)? {
        let [table, index, bytes] = row.as_slice() else { return Err("psql answered something else".into()) };
        let index = (!index.is_empty()).then(|| index.clone());
        parts.insert(Name { table: table.clone(), index }, bytes.parse()?);
    }
    let whole = parts.values().sum();
    Ok(Stored { engine: "PostgreSQL", parts, whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_indexes_are_told_apart_and_grow() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE ticket (id TEXT PRIMARY KEY, title TEXT); CREATE INDEX ticket_title ON ticket (title);
                CREATE VIRTUAL TABLE search_word USING fts5 (words, content = '', contentless_delete = 1, detail = none);",
            )
            .unwrap();
        let before = sqlite(&connection).unwrap();
        connection
            .execute_batch(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO ticket SELECT 'tkt_' || i, 'a title with the number ' || i FROM n;
                INSERT INTO search_word (rowid, words) SELECT rowid, title FROM ticket;",
            )
            .unwrap();
        let grown = sqlite(&connection).unwrap().since(&before);
        let bytes = |table: &str, index: Option<&str>| {
            grown.parts[&Name { table: table.to_owned(), index: index.map(str::to_owned) }]
        };
        assert!(bytes("ticket", None) > 100_000 && bytes("ticket", Some("ticket_title")) > 100_000);
        assert!(bytes("search_word", None) > 10_000);
        // Merging the full-text index leaves free pages behind.
        assert!(grown.whole >= grown.parts.values().sum::<i64>());
    }
}
