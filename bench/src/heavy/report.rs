//! The section of the heavy operations.

use std::fmt::Write;

use super::Done;
use crate::lists::report::Section;

const ANSWER_MS_MAX: f64 = 200.0;
const WAIT_MS_MAX: f64 = 50.0;

/// The section of one database.
pub fn section(engine: &str, tickets: usize, done: &[Done]) -> Section {
    let mut missed = 0;
    let mut text = format!(
        "## Heavy operations: {engine}\n\nBeside {tickets} other tickets, under 50 creates and gets a second in the same brand and in \
         another one. Bounds: answered in under {ANSWER_MS_MAX} ms, no other request waits longer than {WAIT_MS_MAX} ms.\n\n\
         | operation | tickets | answer ms | longest wait ms | median wait ms | longest without it ms | requests | rewritten after s \
         | verdict |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n"
    );
    for one in done {
        let answer = one.answered.as_secs_f64() * 1_000.0;
        let met = answer < ANSWER_MS_MAX && one.during.longest_ms <= WAIT_MS_MAX;
        missed += usize::from(!met);
        let _ = writeln!(
            text,
            "| {} | {} | {answer:.1} | {:.1} | {:.2} | {:.1} | {} | {:.1} | {} |",
            one.name,
            one.tickets,
            one.during.longest_ms,
            one.during.median_ms,
            one.before.longest_ms,
            one.during.requests,
            one.rewritten.as_secs_f64(),
            if met { "met" } else { "**missed**" }
        );
    }
    Section { text, missed }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::steady::Waits;
    use super::*;

    #[test]
    fn a_slow_answer_or_a_long_wait_is_missed() {
        let missed = |answer, longest_ms| {
            let during = Waits { requests: 9, median_ms: 1.0, longest_ms };
            let done = Done {
                name: "x",
                tickets: 5,
                answered: Duration::from_millis(answer),
                rewritten: Duration::from_secs(9),
                before: Waits::default(),
                during,
            };
            section("SQLite", 7, &[done]).missed
        };
        assert_eq!((missed(100, 40.0), missed(250, 40.0), missed(100, 60.0)), (0, 1, 1));
    }
}
