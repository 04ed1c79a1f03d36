//! When a call that failed is made again.

use dispatch_model::{Entropy, Timestamp};

/// How long to wait after each failed try, in milliseconds; behind the last one it is given up.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The delays, the first of them after the first try.
    pub delays_ms: &'static [i64],
    /// By how many percent a delay is longer or shorter, at random, so that what failed together does not come back together.
    pub jitter_percent: i64,
    /// The longest wait that an answer may ask for.
    pub retry_after_max_ms: i64,
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

impl Schedule {
    /// That of webhooks (API 16): eight attempts.
    pub const WEBHOOK: Self = Self {
        delays_ms: &[5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR],
        jitter_percent: 10,
        retry_after_max_ms: 24 * HOUR,
    };

    /// That of the calls of automations (API 18): five attempts.
    pub const CALL: Self =
        Self { delays_ms: &[10 * SECOND, MINUTE, 10 * MINUTE, HOUR], jitter_percent: 0, retry_after_max_ms: HOUR };

    /// When to try again after `tries` tries, of which the last ended `now`; none when that was the last. A later moment that
    /// the answer asked for counts instead.
    #[must_use]
    pub fn next(&self, tries: i64, now: Timestamp, asked: Option<Timestamp>, entropy: &Entropy) -> Option<Timestamp> {
        let index = usize::try_from(tries.max(1) - 1).ok()?;
        let delay = *self.delays_ms.get(index)?;
        let spread = delay * self.jitter_percent / 100;
        let random = i64::from(u32::from_le_bytes(entropy.bytes()));
        let jitter = if spread == 0 { 0 } else { random % (2 * spread + 1) - spread };
        let planned = now.plus_ms(delay + jitter);
        let latest = now.plus_ms(self.retry_after_max_ms);
        Some(asked.map_or(planned, |asked| asked.min(latest).max(planned)))
    }
}

/// What `Retry-After` says: seconds from now, or a date (RFC 9110, 10.2.3).
#[must_use]
pub fn retry_after(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        return Some(now.plus_ms(text.parse::<i64>().unwrap_or(i64::MAX).saturating_mul(SECOND)));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Timestamp::from_millis(date.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_767_323_045_000);

    #[test]
    fn there_are_eight_attempts_and_each_delay_is_within_a_tenth() {
        let entropy = Entropy::seeded(1);
        for (tries, delay) in (1..).zip(Schedule::WEBHOOK.delays_ms) {
            let (mut least, mut most) = (i64::MAX, 0);
            for _ in 0..500 {
                let next = Schedule::WEBHOOK.next(tries, NOW, None, &entropy).expect("another try");
                let waited = next.as_millis() - NOW.as_millis();
                (least, most) = (least.min(waited), most.max(waited));
            }
            assert!(least >= delay * 9 / 10 && most <= delay * 11 / 10, "{tries}: {least} {most}");
            assert!(most - least > delay / 10, "{tries}: it is spread");
        }
        assert_eq!(Schedule::WEBHOOK.next(8, NOW, None, &entropy), None);
    }

    #[test]
    fn a_call_is_made_five_times() {
        let entropy = Entropy::seeded(1);
        let waits = (1..=5).map(|tries| Schedule::CALL.next(tries, NOW, None, &entropy));
        let waits: Vec<_> = waits.map(|next| next.map(|next| next.as_millis() - NOW.as_millis())).collect();
        assert_eq!(waits, [Some(10_000), Some(60_000), Some(600_000), Some(3_600_000), None]);
    }

    #[test]
    fn a_later_retry_after_counts_and_no_more_than_a_day() {
        let entropy = Entropy::seeded(1);
        let wait = |text: &str| {
            let next = Schedule::WEBHOOK.next(1, NOW, retry_after(text, NOW), &entropy).expect("another try");
            next.as_millis() - NOW.as_millis()
        };
        assert_eq!(wait("120"), 120_000);
        assert!(wait("1") >= 4_500, "an earlier one does not");
        assert_eq!(wait("999999999999999999999"), 86_400_000);
        assert_eq!(wait("Fri, 02 Jan 2026 03:06:05 GMT"), 120_000);
        assert!(wait("Fri, 02 Jan 2020 03:06:05 GMT") <= 5_500, "a moment that has passed");
        for nonsense in ["", "soon", "-5", "1.5"] {
            assert_eq!(retry_after(nonsense, NOW), None, "{nonsense}");
        }
    }
}
