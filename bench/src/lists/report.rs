//! The section of the lists: figures at both sizes, ratios, verdicts.

use std::fmt::Write;

use super::ask::Timed;
use super::question::Class;
use super::{Answered, DEEP_PAGE, Found};
use crate::report::tables;

/// An indexed list, or a search for rare words, at many tickets: at most so many times its time at few. The same for a
/// late page and the first.
const RATIO_MAX: f64 = 1.5;
const SORT_MS_MAX: f64 = 60.0;
const PAIR_MS_MAX: f64 = 10.0;
const COUNT_MS_MAX: f64 = 2.0;
const QUEUE_MS_MAX: f64 = 10.0;
const START_MS_MAX: f64 = 300.0;
const MEMORY_MB_MAX: f64 = 120.0;
const BEYOND_MEMORY_MB_MAX: f64 = 256.0;
/// Pairs that are listed beside those that missed their target.
const SLOWEST: usize = 12;
const KB_PER_MB: f64 = 1_024.0;

/// A finished section.
#[derive(Debug)]
pub struct Section {
    /// Markdown, beginning with its heading.
    pub text: String,
    /// Targets that were missed.
    pub missed: usize,
}

/// The bounds of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// Of a million tickets on SQLite.
    Sqlite,
    /// Of a million tickets on PostgreSQL: the server shares the start and the memory with its database.
    Postgres,
    /// Of ten times as many on SQLite: memory alone.
    Beyond,
}

/// The section of one database; `name` stands in its heading.
pub fn section(name: &str, bounds: Bounds, small: &Found, large: &Found) -> Section {
    let mut text = format!("## Lists, counts and searches: {name}\n\n");
    let mut missed = 0;
    for found in [small, large] {
        let _ = writeln!(text, "- {} tickets in 20 brands, filled {}", found.tickets, found.filled);
    }
    let _ = writeln!(text, "- one connection, times from sending to the last byte, median (p95) in ms\n");
    text.push_str("| target at many tickets | figure | bound | verdict |\n|---|---|---|---|\n");
    for (name, figure, bound, met) in facts(bounds, large) {
        missed += usize::from(!met);
        let _ = writeln!(text, "| {name} | {figure} | {bound} | {} |", verdict(met));
    }
    let _ = write!(
        text,
        "\n| question | {} tickets | {} tickets | ÷ | late page | ms | ÷ first | reply bytes | verdict |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|---|\n",
        small.tickets, large.tickets
    );
    for answered in &large.cells {
        let before = small.cells.iter().find(|other| other.question.name == answered.question.name);
        let met = met(answered, before).filter(|_| bounds != Bounds::Beyond);
        missed += usize::from(met == Some(false));
        let _ = writeln!(text, "{}", row(answered, before, met));
    }
    let slow = slow_pairs(&large.pairs, bounds);
    missed += slow.iter().filter(|(_, met)| !met).count();
    let _ = write!(
        text,
        "\nOf {} pairs of a sort and a filter at {} tickets, those that missed and the slowest others (bounds: {PAIR_MS_MAX} ms, \
         for sorts without an index {SORT_MS_MAX} ms):\n\n| pair | ms | reply bytes | verdict |\n|---|--:|--:|---|\n",
        large.pairs.len(),
        large.tickets
    );
    for (pair, met) in slow {
        let (name, first) = (&pair.question.name, pair.first);
        let said = if bounds == Bounds::Beyond { "reported" } else { verdict(met) };
        let _ = writeln!(text, "| {name} | {} | {} | {said} |", times(first), first.bytes);
    }
    let _ = writeln!(
        text,
        "\nThe late page is page {DEEP_PAGE}, or the last full one of a shorter list, reached by its cursors. Bounds: ÷ {RATIO_MAX} for \
         indexed sorts, their late pages and rare words; {SORT_MS_MAX} ms for other sorts; {COUNT_MS_MAX} ms for counts; \
         {QUEUE_MS_MAX} ms for the first page over 20 brands.{}",
        if bounds == Bounds::Beyond { " They are those of a million tickets, and not held here." } else { "" }
    );
    Section { text, missed }
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "**missed**" }
}

/// Start and memory.
fn facts(bounds: Bounds, large: &Found) -> Vec<(&'static str, String, String, bool)> {
    let start = tables::median(&large.starts).as_secs_f64() * 1_000.0;
    let [started, asked, loaded] = large.memory.map(|memory| memory.resident_kb as f64 / KB_PER_MB);
    let peak = large.memory[2].peak_kb as f64 / KB_PER_MB;
    let (rate, errors) = large.load;
    let memory = format!(
        "{loaded:.0} MB, peak {peak:.0} MB ({started:.0} MB after the start, {asked:.0} MB after the lists); {rate:.0} requests/s"
    );
    let bound = |bounded: bool, text: String| if bounded { text } else { "-".to_owned() };
    let starts = bounds == Bounds::Sqlite;
    let memory_max = match bounds {
        Bounds::Sqlite => Some(MEMORY_MB_MAX),
        Bounds::Beyond => Some(BEYOND_MEMORY_MB_MAX),
        Bounds::Postgres => None,
    };
    let mut facts = vec![(
        "start until ready, median",
        format!("{start:.0} ms"),
        bound(starts, format!("< {START_MS_MAX} ms")),
        !starts || start < START_MS_MAX,
    )];
    let most = memory_max.unwrap_or(f64::INFINITY);
    let memory_bound = bound(memory_max.is_some(), format!("< {most} MB"));
    facts.push(("resident under load over 64 connections", memory, memory_bound, peak < most));
    facts.push(("requests of the load answered other than 2xx", errors.to_string(), "0".to_owned(), errors == 0));
    facts
}

/// Whether the target of a question is met; nothing when it has none.
fn met(answered: &Answered, before: Option<&Answered>) -> Option<bool> {
    let ms = answered.first.p50_ms;
    let grew = before.map(|before| ms / before.first.p50_ms);
    match answered.question.class {
        Class::Indexed => {
            let late = answered.deep.is_none_or(|(_, late)| late.p50_ms <= RATIO_MAX * ms);
            Some(late && grew? <= RATIO_MAX)
        }
        Class::RareWords => Some(grew? <= RATIO_MAX),
        Class::Sort => Some(ms <= SORT_MS_MAX),
        Class::Pair => Some(ms <= PAIR_MS_MAX),
        Class::Counts => Some(ms < COUNT_MS_MAX),
        Class::Queue => Some(ms < QUEUE_MS_MAX),
        Class::Reported => None,
    }
}

fn row(answered: &Answered, before: Option<&Answered>, met: Option<bool>) -> String {
    let first = answered.first;
    let small = before.map_or_else(|| "-".to_owned(), |before| times(before.first));
    let grew = before.map_or_else(|| "-".to_owned(), |before| format!("{:.2}", first.p50_ms / before.first.p50_ms));
    let late = answered.deep.map_or_else(
        || "- | - | -".to_owned(),
        |(page, late)| format!("{page} | {} | {:.2}", times(late), late.p50_ms / first.p50_ms),
    );
    format!(
        "| {} | {small} | {} | {grew} | {late} | {} | {} |",
        answered.question.name,
        times(first),
        first.bytes,
        met.map_or("reported", verdict)
    )
}

fn times(timed: Timed) -> String {
    format!("{:.2} ({:.2})", timed.p50_ms, timed.p95_ms)
}

/// All that missed, and the slowest of the others; the slowest first.
fn slow_pairs(pairs: &[Answered], bounds: Bounds) -> Vec<(&Answered, bool)> {
    let is_met = |pair| bounds == Bounds::Beyond || met(pair, None) != Some(false);
    let mut all: Vec<(&Answered, bool)> = pairs.iter().map(|pair| (pair, is_met(pair))).collect();
    all.sort_by(|(a, _), (b, _)| b.first.p50_ms.total_cmp(&a.first.p50_ms));
    let mut others = 0;
    all.retain(|(_, met)| {
        others += usize::from(*met);
        !met || others <= SLOWEST
    });
    all
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::question::Question;
    use super::*;
    use crate::run::process::Memory;

    fn answered(class: Class, name: &str, ms: f64, late_ms: Option<f64>) -> Answered {
        let timed = |ms| Timed { p50_ms: ms, p95_ms: ms * 2.0, bytes: 9 };
        let deep = late_ms.map(|ms| (1_000, timed(ms)));
        Answered { question: Question::new(class, name, "/"), first: timed(ms), deep }
    }

    fn found(cells: Vec<Answered>, pairs: Vec<Answered>) -> Found {
        Found {
            tickets: 1_000_000,
            filled: "in the test".to_owned(),
            starts: vec![Duration::from_millis(50)],
            memory: [Memory { resident_kb: 80 << 10, peak_kb: 90 << 10 }; 3],
            load: (1_000.0, 0),
            cells,
            pairs,
        }
    }

    #[test]
    fn a_list_that_grows_with_the_brand_or_with_the_page_is_missed() {
        let small =
            found(vec![answered(Class::Indexed, "a", 1.0, None), answered(Class::Indexed, "b", 1.0, None)], vec![]);
        let large = |a, b| {
            let cells = vec![answered(Class::Indexed, "a", a, Some(a)), answered(Class::Indexed, "b", 1.0, Some(b))];
            section("SQLite", Bounds::Sqlite, &small, &found(cells, vec![])).missed
        };
        assert_eq!((large(1.4, 1.4), large(1.6, 1.4), large(1.6, 1.6)), (0, 1, 2));
    }

    #[test]
    fn bounds_in_milliseconds_are_held() {
        let cells = |ms| {
            [Class::Sort, Class::Counts, Class::Queue, Class::Reported]
                .map(|class| answered(class, "x", ms, None))
                .to_vec()
        };
        let missed = |ms| section("SQLite", Bounds::Sqlite, &found(vec![], vec![]), &found(cells(ms), vec![])).missed;
        assert_eq!((missed(1.0), missed(5.0), missed(50.0), missed(70.0)), (0, 1, 2, 3));
    }

    #[test]
    fn the_slowest_pairs_are_listed_and_every_one_that_missed() {
        let pairs = (0..40).map(|ms| answered(Class::Pair, &format!("pair {ms}"), f64::from(ms), None)).collect();
        let section = section("SQLite", Bounds::Sqlite, &found(vec![], vec![]), &found(vec![], pairs));
        assert_eq!(section.missed, 29);
        assert!(section.text.contains("pair 11 ") && section.text.contains("| pair 10 |"));
        assert!(section.text.contains("| pair 0 |") == (SLOWEST > 10));
    }

    #[test]
    fn memory_is_bounded_on_sqlite() {
        let missed = |bounds, peak_mb: u64| {
            let mut large = found(vec![], vec![]);
            large.memory[2].peak_kb = peak_mb << 10;
            section("it", bounds, &found(vec![], vec![]), &large).missed
        };
        assert_eq!(
            (missed(Bounds::Sqlite, 130), missed(Bounds::Postgres, 130), missed(Bounds::Beyond, 130)),
            (1, 0, 0)
        );
        assert_eq!(missed(Bounds::Beyond, 300), 1);
    }

    #[test]
    fn beyond_a_million_tickets_times_are_told_and_not_judged() {
        let cells = vec![answered(Class::Indexed, "a", 9.0, Some(99.0))];
        let slow = vec![answered(Class::Pair, "pair", 300.0, None)];
        let small = found(vec![answered(Class::Indexed, "a", 1.0, None)], vec![]);
        let section = section("it", Bounds::Beyond, &small, &found(cells, slow));
        assert_eq!(section.missed, 0);
        assert!(section.text.contains("| pair | 300.00 (600.00) | 9 | reported |"), "{}", section.text);
    }
}
