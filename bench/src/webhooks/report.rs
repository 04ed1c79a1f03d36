//! The section of the webhooks.

use super::{Measured, WEBHOOKS};
use crate::lists::report::Section;

const LATENCY_MS_MAX: f64 = 20.0;
const DELIVERED_MIN: f64 = 2_000.0;
const DEARER_MAX: f64 = 1.25;

/// The section of one database.
pub fn section(engine: &str, measured: &Measured) -> Section {
    let Measured { latency_ms, delivered, bare, without, with, missing, wanted } = measured;
    let dearer = with.median_ms / without.median_ms.max(f64::MIN_POSITIVE);
    let verdicts = [latency_ms.0 < LATENCY_MS_MAX, *delivered >= DELIVERED_MIN, dearer <= DEARER_MAX, *missing == 0];
    let word = |met: bool| if met { "met" } else { "**missed**" };
    let text = format!(
        "## Webhooks: {engine}\n\nThe receiver answers at once and runs beside the server on the same machine, as does whoever \
         creates the tickets.\n\n| what | figure | bound | verdict |\n|---|--:|--:|---|\n\
         | from the answer to a create to its arrival, idle: median ms | {:.1} | {LATENCY_MS_MAX} | {} |\n\
         | the same, 99 of 100 | {:.1} | | |\n\
         | deliveries a second to one webhook | {delivered:.0} | {DELIVERED_MIN} | {} |\n\
         | the same posts a second from a bare client | {bare:.0} | | |\n\
         | deliveries ÷ bare posts | {:.2} | | |\n\
         | 200 creates a second, no webhook: median ms | {:.2} | | |\n\
         | the same, {WEBHOOKS} webhooks: median ms | {:.2} | | |\n\
         | {WEBHOOKS} webhooks ÷ none | {dearer:.2} | {DEARER_MAX} | {} |\n\
         | deliveries missing 2 s after the load, of {wanted} | {missing} | 0 | {} |\n",
        latency_ms.0,
        word(verdicts[0]),
        latency_ms.1,
        word(verdicts[1]),
        delivered / bare.max(f64::MIN_POSITIVE),
        without.median_ms,
        with.median_ms,
        word(verdicts[2]),
        word(verdicts[3]),
    );
    Section { text, missed: verdicts.iter().filter(|met| !**met).count() }
}

#[cfg(test)]
mod tests {
    use super::super::Waits;
    use super::*;

    #[test]
    fn each_bound_is_watched() {
        let waits = |median_ms| Waits { requests: 100, median_ms, longest_ms: 9.0 };
        let good = || Measured {
            latency_ms: (8.0, 15.0),
            delivered: 2_500.0,
            bare: 9_000.0,
            without: waits(2.0),
            with: waits(2.4),
            missing: 0,
            wanted: 500,
        };
        let missed = |measured: Measured| section("SQLite", &measured).missed;
        assert_eq!(missed(good()), 0);
        assert_eq!(missed(Measured { latency_ms: (21.0, 30.0), ..good() }), 1);
        assert_eq!(missed(Measured { delivered: 1_999.0, ..good() }), 1);
        assert_eq!(missed(Measured { with: waits(2.6), ..good() }), 1);
        assert_eq!(missed(Measured { missing: 1, ..good() }), 1);
    }
}
