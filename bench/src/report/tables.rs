//! The tables of measured cells.

use std::fmt::Write;
use std::time::Duration;

use crate::run::cell::Cell;
use crate::run::database::DatabaseResult;
use crate::run::limits::Limits;

const KB_PER_MB: f64 = 1_024.0;

/// One row per cell, with its ratios to the static answer and to the raw engine.
pub fn cells(cells: &[Cell], static_cells: &[Cell], limits: Option<&Limits>) -> String {
    let mut text = String::from(
        "| operation | connections | requests/s | ÷ static | ÷ raw | p50 ms | p99 ms | server CPU ms | \
         database CPU ms | client CPU ms | reply bytes | errors |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for cell in cells {
        let hello = static_cells
            .iter()
            .find(|other| other.connections == cell.connections)
            .map(|other| cell.rate() / other.rate());
        let database = cell.cpu.postgres_ms.map(|ms| cell.per_request(ms));
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {} | {} | {:.2} | {:.2} | {:.3} | {} | {:.3} | {} | {} |",
            cell.operation,
            cell.connections,
            cell.rate(),
            ratio(hello),
            ratio(limits.and_then(|limits| raw_ratio(cell, limits))),
            cell.latency.p50_ms,
            cell.latency.p99_ms,
            cell.per_request(cell.cpu.server_ms),
            database.map_or_else(|| "-".to_owned(), |ms| format!("{ms:.3}")),
            cell.per_request(cell.cpu.client_ms),
            cell.body_bytes,
            cell.errors
        );
    }
    text
}

/// Rate of a create by the raw engine's rate; rate of lists by the raw engine's pages on one thread.
fn raw_ratio(cell: &Cell, limits: &Limits) -> Option<f64> {
    match (cell.operation, limits) {
        ("create" | "create hot", _) => limits.create_rate(cell.connections).map(|raw| cell.rate() / raw),
        ("list", Limits::Sqlite { list, .. }) => Some(cell.rate() / list.rate()),
        _ => None,
    }
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"))
}

/// Start, memory and size.
pub fn facts(database: &DatabaseResult) -> String {
    let starts: Vec<String> = database.starts.iter().map(|time| ms(*time)).collect();
    let mut text = format!(
        "- start until ready, filled database: median {} ms (of {} ms)\n\
         - resident memory: {:.0} MB after the start, {:.0} MB after all cells, peak {:.0} MB\n\
         - filled through the API over 64 connections at {:.0} tickets/s\n",
        ms(median(&database.starts)),
        starts.join(", "),
        megabytes(database.memory_start.resident_kb),
        megabytes(database.memory_end.resident_kb),
        megabytes(database.memory_end.peak_kb),
        database.fill_rate
    );
    if let Limits::Sqlite { database_bytes, .. } = &database.limits {
        let _ = writeln!(text, "- filled database file: {:.0} MB", megabytes(database_bytes / 1_024));
    }
    text
}

/// The middle one of sorted times.
pub fn median(sorted: &[Duration]) -> Duration {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.0}", time.as_secs_f64() * 1_000.0)
}

fn megabytes(kb: u64) -> f64 {
    kb as f64 / KB_PER_MB
}
