//! The section of the streams.

use std::fmt::Write;
use std::time::Duration;

/// Memory that a thousand open streams may take more.
const MEMORY_MB_MAX: f64 = 50.0;
const KB_PER_MB: f64 = 1_024.0;

/// Creates per second.
#[derive(Clone, Copy, Debug)]
pub struct Creates {
    /// While nobody reads.
    pub without: f64,
    /// While one stream is open.
    pub with_one: f64,
    /// While all are open.
    pub with_all: f64,
}

/// What was measured.
#[derive(Debug)]
pub struct Measured {
    /// The database.
    pub engine: &'static str,
    /// Open streams.
    pub streams: u32,
    /// Resident memory before they were opened, when they were open, and after the load.
    pub memory_kb: [u64; 3],
    /// From sending a create to its frame at the first and at the last reader.
    pub arrivals: Vec<(Duration, Duration)>,
    /// Creates.
    pub creates: Creates,
}

/// The text, and how many targets were missed.
pub struct Report {
    /// The section.
    pub text: String,
    /// Targets that were missed.
    pub missed: usize,
}

/// The section of one database.
pub fn section(measured: &Measured) -> Report {
    let [before, open, used] = measured.memory_kb.map(|kb| kb as f64 / KB_PER_MB);
    let more = open - before;
    // The target is for a thousand of them.
    let bound = MEMORY_MB_MAX * f64::from(measured.streams) / 1_000.0;
    let missed = more > bound;
    let verdict = if missed { "missed" } else { "met" };
    let mut first: Vec<Duration> = measured.arrivals.iter().map(|(first, _)| *first).collect();
    let mut last: Vec<Duration> = measured.arrivals.iter().map(|(_, last)| *last).collect();
    let Creates { without, with_one, with_all } = measured.creates;
    let streams = measured.streams;
    let mut text =
        format!("## Live streams: {}\n\n{streams} streams of one brand, open at the same time.\n\n", measured.engine);
    text.push_str("| | |\n|---|--:|\n");
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "| {name} | {value} |");
    };
    row("memory before", format!("{before:.1} MB"));
    row(
        &format!("more with the streams open (at most {bound:.0} MB: {verdict})"),
        format!("{more:.1} MB, {:.1} KB each", more * KB_PER_MB / f64::from(streams.max(1))),
    );
    row("more after the creates below", format!("{:.1} MB", used - before));
    for (name, times) in [("first", &mut first), ("last", &mut last)] {
        times.sort_unstable();
        let (p50, p95) = (percentile(times, 0.5), percentile(times, 0.95));
        row(
            &format!("from sending a create to its frame at the {name} reader, p50 / p95"),
            format!("{p50:.1} / {p95:.1} ms"),
        );
    }
    row("creates per second over 16 connections, no stream", format!("{without:.0}"));
    row("the same with one stream", format!("{with_one:.0} ({:.2})", with_one / without.max(1.0)));
    row(&format!("the same with {streams} streams"), format!("{with_all:.0} ({:.2})", with_all / without.max(1.0)));
    text.push_str("\nReaders and writers share the machine with the server.\n");
    Report { text, missed: usize::from(missed) }
}

/// Milliseconds of the value at this part of a sorted list.
fn percentile(sorted: &[Duration], part: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let at = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
    sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(open_kb: u64) -> Measured {
        let ms = Duration::from_millis;
        Measured {
            engine: "SQLite",
            streams: 1_000,
            memory_kb: [20_480, open_kb, open_kb],
            arrivals: vec![(ms(3), ms(30)), (ms(1), ms(10)), (ms(2), ms(20))],
            creates: Creates { without: 1_000.0, with_one: 900.0, with_all: 250.0 },
        }
    }

    #[test]
    fn memory_is_held_against_the_target() {
        let good = section(&measured(20_480 + 50 * 1_024));
        assert_eq!(good.missed, 0);
        assert!(good.text.contains("(at most 50 MB: met) | 50.0 MB, 51.2 KB each |"), "{}", good.text);
        assert!(good.text.contains("at the last reader, p50 / p95 | 20.0 / 30.0 ms |"), "{}", good.text);
        assert!(good.text.contains("| the same with 1000 streams | 250 (0.25) |"), "{}", good.text);
        assert_eq!(section(&measured(20_481 + 50 * 1_024)).missed, 1);
    }
}
