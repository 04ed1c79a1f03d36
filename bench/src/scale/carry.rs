//! Carrying the rows of a filled SQLite database to an empty PostgreSQL database of the same version, as fast as COPY
//! takes them. A test of the server holds that the tables are the same on both; the words of the search differ, so the
//! server writes those anew by the job that it has for databases of older versions.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use tokio::time::sleep;

use super::psql::Psql;
use crate::error::{Context, Result};

/// Tables that each database writes for itself.
const OWN: [&str; 2] = ["schema_migration", "search_word"];
const WORDS_LIMIT: Duration = Duration::from_secs(7_200);
const WORDS_LOOK: Duration = Duration::from_secs(2);
const CHUNK_BYTES: usize = 1 << 20;

/// Carries every table; says how many rows. The brands are left waiting for their words.
pub fn tables(file: &Path, psql: &Psql) -> Result<u64> {
    let source = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let sql = "SELECT table_name, string_agg(column_name, ',' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = current_schema() GROUP BY table_name ORDER BY table_name";
    let tables = psql.ask(sql)?;
    let mut rows = 0;
    for row in &tables {
        let [table, _] = row.as_slice() else { return Err("psql answered something else".into()) };
        if OWN.contains(&table.as_str()) {
            continue;
        }
        psql.ask(&format!("TRUNCATE {table} CASCADE"))?;
    }
    for row in &tables {
        let [table, columns] = row.as_slice() else { return Err("psql answered something else".into()) };
        if OWN.contains(&table.as_str()) {
            continue;
        }
        let carried = one(&source, psql, table, columns).context(|| table.clone())?;
        eprintln!("{table}: {carried} rows");
        rows += carried;
    }
    psql.ask(
        "INSERT INTO rewrite (brand_id, id, kind, subject, created_at) SELECT id, 'reindex', 'reindex', '', 0 FROM brand
        ON CONFLICT DO NOTHING",
    )?;
    psql.ask("UPDATE brand SET rewriting = TRUE")?;
    psql.ask("ANALYZE")?;
    Ok(rows)
}

fn one(source: &Connection, psql: &Psql, table: &str, columns: &str) -> Result<u64> {
    let mut carried = 0;
    psql.feed(&format!("COPY {table} ({columns}) FROM STDIN (FORMAT csv)"), |input| {
        let mut out = BufWriter::with_capacity(CHUNK_BYTES, input);
        let mut statement = source.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let count = statement.column_count();
        let mut rows = statement.query([])?;
        let mut line = Vec::new();
        while let Some(row) = rows.next()? {
            line.clear();
            for column in 0..count {
                if column > 0 {
                    line.push(b',');
                }
                field(row.get_ref(column)?, &mut line);
            }
            line.push(b'\n');
            out.write_all(&line)?;
            carried += 1;
        }
        out.flush()?;
        Ok(())
    })?;
    Ok(carried)
}

/// One value as CSV: nothing at all is NULL, so every text stands in quotes.
fn field(value: ValueRef<'_>, line: &mut Vec<u8>) {
    match value {
        ValueRef::Null => {}
        ValueRef::Integer(number) => line.extend_from_slice(number.to_string().as_bytes()),
        ValueRef::Real(number) => line.extend_from_slice(number.to_string().as_bytes()),
        ValueRef::Text(text) => {
            line.push(b'"');
            for byte in text {
                line.extend_from_slice(if *byte == b'"' { b"\"\"" } else { std::slice::from_ref(byte) });
            }
            line.push(b'"');
        }
        ValueRef::Blob(bytes) => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            line.extend_from_slice(b"\\x");
            for byte in bytes {
                line.push(DIGITS[usize::from(byte >> 4)]);
                line.push(DIGITS[usize::from(byte & 15)]);
            }
        }
    }
}

/// Waits until the running server has written the words of every brand.
pub async fn words_written(psql: &Psql) -> Result<()> {
    let start = Instant::now();
    loop {
        let left = psql.ask("SELECT count(*) FROM rewrite")?;
        let left = left.first().and_then(|row| row.first()).cloned().unwrap_or_default();
        if left == "0" {
            return Ok(());
        }
        if start.elapsed() > WORDS_LIMIT {
            return Err(format!("the words of {left} brands were not written in time").into());
        }
        eprintln!("words: {left} brands to go after {:.0} s", start.elapsed().as_secs_f64());
        sleep(WORDS_LOOK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(values: &[ValueRef<'_>]) -> String {
        let mut line = Vec::new();
        for value in values {
            field(*value, &mut line);
            line.push(b',');
        }
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn an_empty_text_is_not_null_and_quotes_are_doubled() {
        let values = [
            ValueRef::Null,
            ValueRef::Text(b""),
            ValueRef::Text(b"a \"b\"\n"),
            ValueRef::Integer(-7),
            ValueRef::Blob(&[0, 255]),
        ];
        assert_eq!(csv(&values), ",\"\",\"a \"\"b\"\"\n\",-7,\\x00ff,");
    }
}
