//! `indexes`: what each index, and each part of a create beside its rows, costs a create of the raw engine: the server's
//! statements with one of them left out at a time, on a copy of a filled database.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::cli::IndexesArgs;
use crate::error::{Context, Result};
use crate::raw_sqlite;
use crate::raw_sqlite::create::{self, RawCreate, Without};
use crate::report::section;
use crate::run::cell::Timing;
use crate::run::limits;
use crate::scale::ground::Ground;

/// Creates per commit.
const BATCH: usize = 64;
/// Customers of each brand that two of three creates name; the first seconds make them.
const KNOWN_CUSTOMERS: u64 = 500;
const FIRST_SECONDS: Duration = Duration::from_secs(5);
const WARM_UP: Duration = Duration::from_millis(500);

/// The indexes that a create writes to, but for the one by which it finds the customer.
const INDEXES: &str = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
    AND tbl_name IN ('ticket', 'customer', 'event') AND name <> 'customer_email' ORDER BY tbl_name DESC, name";

/// What is written beside the rows and their indexes.
const PARTS: [(Without, &str); 5] = [
    (Without::Words, "words of the search"),
    (Without::Log, "events, their index included"),
    (Without::Fields, "custom fields for filters (4)"),
    (Without::Sums, "sums of the statistics"),
    (Without::Counts, "counts of the statuses"),
];

/// What a create costs with everything, and what it would without one thing.
#[derive(Debug)]
struct Saving {
    name: String,
    whole: RawCreate,
    without: RawCreate,
}

/// Measures and reports.
pub fn indexes(args: &IndexesArgs) -> Result<bool> {
    let ground = Ground::load(&args.data)?;
    ground.file()?;
    let folder = args.work_dir.join(format!("indexes-{}", std::process::id()));
    let outcome = limits::copy_sqlite(&args.data, &folder).and_then(|copy| measure(args, &copy));
    std::fs::remove_dir_all(&folder).context(|| folder.display().to_string())?;
    let text = report(ground.tickets, &outcome?);
    print!("{text}");
    section::put(args.out.as_deref(), &text)?;
    Ok(true)
}

fn measure(args: &IndexesArgs, copy: &Path) -> Result<Vec<Saving>> {
    let connection = raw_sqlite::writer(copy)?;
    let timing = Timing { warmup: WARM_UP, measured: Duration::from_secs(args.seconds) };
    let run = |without| create::measure(&connection, BATCH, timing, KNOWN_CUSTOMERS, without);
    create::measure(&connection, BATCH, Timing { warmup: FIRST_SECONDS, ..timing }, KNOWN_CUSTOMERS, None)?;
    let mut savings = Vec::new();
    for (name, sql) in written_indexes(&connection)? {
        let whole = run(None)?;
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
        let without = run(None)?;
        connection.execute_batch(&sql)?;
        note(&mut savings, Saving { name: format!("index {name}"), whole, without });
    }
    for (part, name) in PARTS {
        let (whole, without) = (run(None)?, run(Some(part))?);
        note(&mut savings, Saving { name: name.to_owned(), whole, without });
    }
    Ok(savings)
}

fn written_indexes(connection: &Connection) -> Result<Vec<(String, String)>> {
    let mut statement = connection.prepare(INDEXES)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn note(savings: &mut Vec<Saving>, saving: Saving) {
    eprintln!(
        "{}: {:.1} of {:.1} µs",
        saving.name,
        micros(&saving.whole) - micros(&saving.without),
        micros(&saving.whole)
    );
    savings.push(saving);
}

fn micros(raw: &RawCreate) -> f64 {
    1_000_000.0 / raw.rate()
}

fn report(tickets: usize, savings: &[Saving]) -> String {
    let count = savings.len().max(1) as f64;
    let whole = savings.iter().map(|saving| micros(&saving.whole)).sum::<f64>() / count;
    let cpu = savings.iter().map(|saving| saving.whole.cpu_each_ms() * 1_000.0).sum::<f64>() / count;
    let mut text = format!(
        "## What a create is made of: SQLite\n\nThe raw engine on a copy of the database with {tickets} tickets, {BATCH} creates to a commit: \
         {whole:.0} µs each, {cpu:.0} µs of them processor time. Each row: the same without one thing, measured right after it with \
         everything. The whole time has the waiting for the disk in it, which varies more than what is measured here.\n\n\
         | left out | saves µs | saves CPU µs | of its CPU |\n|---|--:|--:|--:|\n"
    );
    for saving in savings {
        let time = micros(&saving.whole) - micros(&saving.without);
        let cpu = (saving.whole.cpu_each_ms() - saving.without.cpu_each_ms()) * 1_000.0;
        let share = 100.0 * cpu / (saving.whole.cpu_each_ms() * 1_000.0).max(f64::MIN_POSITIVE);
        let _ = writeln!(text, "| {} | {time:.1} | {cpu:.1} | {share:.0} % |", saving.name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saving_is_the_difference_of_two_measurements() {
        let raw = |creates, cpu_ms| RawCreate { batch: BATCH, creates, elapsed: Duration::from_secs(1), cpu_ms };
        let saving = Saving { name: "index x".to_owned(), whole: raw(8_000, 800), without: raw(10_000, 800) };
        let text = report(1_000, &[saving]);
        assert!(
            text.contains("125 µs each, 100 µs of them") && text.contains("| index x | 25.0 | 20.0 | 20 % |"),
            "{text}"
        );
    }

    #[test]
    fn the_index_that_finds_the_customer_stays() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE ticket (a, b UNIQUE); CREATE TABLE customer (a); CREATE TABLE other (a);
                CREATE INDEX ticket_a ON ticket (a); CREATE INDEX customer_email ON customer (a);
                CREATE INDEX customer_sort ON customer (a); CREATE INDEX other_a ON other (a);",
            )
            .unwrap();
        let found: Vec<String> = written_indexes(&connection).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, ["ticket_a", "customer_sort"]);
    }
}
