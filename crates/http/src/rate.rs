//! Token buckets (API 1.8), per node. Our own, in forty lines: the contract wants the whole tokens left and the second
//! when a bucket is full again, which the usual crates do not tell.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderMap;
use dispatch_model::Timestamp;

use crate::problem::named;

/// A bucket's size and how fast it fills.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Tokens of a full bucket.
    pub capacity: u32,
    /// Tokens per second.
    pub per_second: f64,
}

/// The limits of each kind of caller.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// API keys and session members.
    pub caller: Rate,
    /// Customers in the portal.
    pub portal: Rate,
    /// Public routes and bad credentials, per client address.
    pub public: Rate,
    /// Signing in, mailed links and password resets: per client address, and per email address.
    pub sign_in: Rate,
}

/// Buckets that are kept at most; full ones are forgotten first, then the fuller half of the others.
const BUCKETS_MAX: usize = 20_000;

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
    rate: Rate,
}

/// What a bucket answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// Tokens of a full bucket.
    pub(crate) capacity: u32,
    /// Whole tokens left.
    pub(crate) remaining: u32,
    /// Unix seconds when it is full again.
    pub(crate) reset: i64,
    /// Seconds to wait, when it was empty.
    pub(crate) wait: Option<u64>,
}

impl Taken {
    /// The headers of every authenticated reply.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.insert(named("x-ratelimit-limit"), self.capacity.into());
        headers.insert(named("x-ratelimit-remaining"), self.remaining.into());
        headers.insert(named("x-ratelimit-reset"), self.reset.into());
    }
}

/// Every bucket of this node.
#[derive(Debug, Default)]
pub(crate) struct Buckets(Mutex<HashMap<String, Bucket>>);

impl Buckets {
    /// Takes a token from the bucket of `whose`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "tokens lie between 0 and the capacity"
    )]
    pub(crate) fn take(&self, whose: &str, rate: Rate, now: Timestamp) -> Taken {
        let capacity = f64::from(rate.capacity);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX && !buckets.contains_key(whose) {
            buckets.retain(|_, bucket| fill(*bucket, now) < f64::from(bucket.rate.capacity));
            if buckets.len() >= BUCKETS_MAX {
                forget_fuller_half(&mut buckets, now);
            }
        }
        let before = buckets.get(whose).map_or(capacity, |bucket| fill(Bucket { rate, ..*bucket }, now));
        let granted = before >= 1.0;
        let tokens = if granted { before - 1.0 } else { before };
        buckets.insert(whose.to_owned(), Bucket { tokens, at: now, rate });
        let seconds_to = |wanted: f64| ((wanted - tokens).max(0.0) / rate.per_second).ceil();
        Taken {
            capacity: rate.capacity,
            remaining: tokens as u32,
            reset: (now.as_millis() + (seconds_to(capacity) * 1000.0) as i64).div_euclid(1000),
            wait: (!granted).then(|| (seconds_to(1.0) as u64).max(1)),
        }
    }
}

/// Makes room when so many callers at once are an attack on the memory. Who has asked most often stays known: else an attacker
/// with many addresses could wash the bucket clean of whoever's password is being tried.
fn forget_fuller_half(buckets: &mut HashMap<String, Bucket>, now: Timestamp) {
    let fullness = |bucket: &Bucket| fill(*bucket, now) / f64::from(bucket.rate.capacity);
    let mut all: Vec<f64> = buckets.values().map(fullness).collect();
    let middle = all.len() / 2;
    let (_, middle, _) = all.select_nth_unstable_by(middle, f64::total_cmp);
    let middle = *middle;
    buckets.retain(|_, bucket| fullness(bucket) < middle);
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds between two requests")]
fn fill(Bucket { tokens, at, rate }: Bucket, now: Timestamp) -> f64 {
    let passed_ms = (now.as_millis() - at.as_millis()).max(0) as f64;
    (tokens + passed_ms / 1000.0 * rate.per_second).min(f64::from(rate.capacity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (buckets, rate) = (Buckets::default(), Rate { capacity: 2, per_second: 0.5 });
        let at = |ms: i64| Timestamp::from_millis(1_000_000 + ms);
        assert_eq!(buckets.take("a", rate, at(0)).remaining, 1);
        let second = buckets.take("a", rate, at(0));
        assert_eq!((second.remaining, second.wait, second.reset), (0, None, 1_004));
        assert_eq!(buckets.take("a", rate, at(0)).wait, Some(2));
        assert_eq!(buckets.take("a", rate, at(1_999)).wait, Some(1));
        assert_eq!(buckets.take("a", rate, at(2_000)).wait, None);
        assert_eq!(buckets.take("b", rate, at(0)).wait, None, "each has a bucket of its own");
    }

    #[test]
    fn when_there_are_too_many_only_full_ones_are_forgotten_each_by_its_own_rate() {
        let (buckets, quick) = (Buckets::default(), Rate { capacity: 1, per_second: 100.0 });
        let slow = Rate { capacity: 2, per_second: 0.01 };
        let at = |ms: i64| Timestamp::from_millis(1_000_000 + ms);
        buckets.take("slow", slow, at(0));
        buckets.take("slow", slow, at(0));
        for number in 1..BUCKETS_MAX {
            buckets.take(&number.to_string(), quick, at(0));
        }
        buckets.take("one more", quick, at(1_000));
        assert!(buckets.take("slow", slow, at(1_000)).wait.is_some(), "it is still empty");
        assert_eq!(buckets.0.lock().unwrap().len(), 2, "the others were full again");
    }

    #[test]
    fn a_flood_of_callers_does_not_wash_an_empty_bucket_clean() {
        let (buckets, rate) = (Buckets::default(), Rate { capacity: 10, per_second: 0.01 });
        let now = Timestamp::from_millis(1_000_000);
        for _ in 0..10 {
            buckets.take("whose password is tried", rate, now);
        }
        for number in 0..3 * BUCKETS_MAX {
            buckets.take(&number.to_string(), rate, now);
            assert!(buckets.0.lock().unwrap().len() <= BUCKETS_MAX);
        }
        assert!(buckets.take("whose password is tried", rate, now).wait.is_some(), "it is still empty");
    }
}
