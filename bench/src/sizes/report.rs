//! The section of the sizes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::stored::{Events, Stored};

/// The number of tickets for which it is said what they would take.
const MANY: f64 = 10_000_000.0;
const BYTES_PER_GB: f64 = 1_073_741_824.0;
/// Smaller parts stand together in one row.
const LISTED_BYTES: f64 = 1.0;
/// The table that holds the log.
const LOG: &str = "event";

/// The section of one database: `grown` is what `tickets` tickets took.
pub fn section(grown: &Stored, tickets: usize, requests: u64, events: Events) -> String {
    let each = |bytes: i64| bytes as f64 / tickets.max(1) as f64;
    let many = |bytes: i64| each(bytes) * MANY / BYTES_PER_GB;
    let mut tables: BTreeMap<&str, i64> = BTreeMap::new();
    for (name, bytes) in &grown.parts {
        *tables.entry(&name.table).or_default() += bytes;
    }
    let log = tables.get(LOG).copied().unwrap_or_default();
    let mut text = format!(
        "## Bytes of a ticket: {}\n\n{tickets} tickets, each created, written to again by its customer, answered and closed by staff \
         ({requests} requests).\n\n| | bytes per ticket | 10 million tickets |\n|---|--:|--:|\n",
        grown.engine
    );
    let _ = writeln!(text, "| in all | {:.0} | {:.1} GB |", each(grown.whole), many(grown.whole));
    let share = 100.0 * log as f64 / grown.whole.max(1) as f64;
    let _ = writeln!(text, "| the log, {share:.0} % of it | {:.0} | {:.1} GB |", each(log), many(log));
    let count: u64 = events.iter().map(|(_, count)| count).sum();
    let names: Vec<String> = events.iter().take(8).map(|(kind, count)| format!("{kind} {count}")).collect();
    let _ = write!(
        text,
        "\nThe log holds {count} events (the most: {}): {:.0} bytes each with their indexes.\n\n\
         | table | index | bytes per ticket | 10 million tickets |\n|---|---|--:|--:|\n",
        names.join(", "),
        log as f64 / count.max(1) as f64
    );
    let mut parts: Vec<_> = grown.parts.iter().collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(**bytes));
    let mut rest = 0;
    for (name, bytes) in parts {
        if each(*bytes) < LISTED_BYTES {
            rest += bytes;
            continue;
        }
        let index = name.index.as_deref().unwrap_or("");
        let _ = writeln!(text, "| {} | {index} | {:.0} | {:.1} GB |", name.table, each(*bytes), many(*bytes));
    }
    let free = grown.whole - grown.parts.values().sum::<i64>();
    if free != 0 {
        let _ = writeln!(text, "| free pages | | {:.0} | {:.1} GB |", each(free), many(free));
    }
    let _ = writeln!(text, "| all others | | {:.1} | {:.1} GB |", each(rest), many(rest));
    text
}

#[cfg(test)]
mod tests {
    use super::super::stored::Name;
    use super::*;

    #[test]
    fn the_log_stands_beside_the_whole() {
        let part = |table: &str, index: Option<&str>, bytes| {
            (Name { table: table.to_owned(), index: index.map(str::to_owned) }, bytes)
        };
        let parts = [part(LOG, None, 300_000), part(LOG, Some("event_ticket"), 100_000), part("ticket", None, 600_000)];
        let grown = Stored { engine: "SQLite", parts: parts.into_iter().collect(), whole: 1_020_000 };
        let text = section(
            &grown,
            1_000,
            3_000,
            vec![("ticket.created".to_owned(), 1_000), ("ticket.closed".to_owned(), 1_000)],
        );
        assert!(text.contains("| in all | 1020 | 9.5 GB |"), "{text}");
        assert!(text.contains("| the log, 39 % of it | 400 | 3.7 GB |"));
        assert!(text.contains("200 bytes each") && text.contains("| event | event_ticket | 100 | 0.9 GB |"));
        assert!(text.contains("| free pages | | 20 | 0.2 GB |"));
    }
}
