//! What came of the calls, counted for the metrics.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use dispatch_model::{automation::RunStatus, webhook::DeliveryStatus};

/// Attempts of deliveries by what they came to, and how much waits.
#[derive(Debug, Default)]
pub struct Tally {
    success: AtomicU64,
    retrying: AtomicU64,
    failed: AtomicU64,
    backlog: AtomicI64,
    lag: AtomicI64,
    mails: AtomicI64,
    suppressed: AtomicU64,
    runs: [AtomicU64; RUNS.len()],
    calls: [AtomicU64; CALLS.len()],
    calls_waiting: AtomicI64,
    unseen: AtomicI64,
}

/// What becomes of runs of automations, and of attempts of their calls.
const RUNS: [RunStatus; 4] = [RunStatus::Success, RunStatus::Partial, RunStatus::Failed, RunStatus::Skipped];
const CALLS: [&str; 3] = ["success", "retrying", "failed"];

impl Tally {
    /// One more attempt.
    pub fn count(&self, status: DeliveryStatus) {
        let counter = match status {
            DeliveryStatus::Success => &self.success,
            DeliveryStatus::Pending | DeliveryStatus::Retrying => &self.retrying,
            DeliveryStatus::Failed => &self.failed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Attempts that succeeded, that are made again, and that were the last.
    #[must_use]
    pub fn attempts(&self) -> [(&'static str, u64); 3] {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        [("success", read(&self.success)), ("retrying", read(&self.retrying)), ("failed", read(&self.failed))]
    }

    /// Notes how many deliveries wait, and how many events have not become deliveries yet.
    pub fn waits(&self, backlog: i64, lag: i64) {
        self.backlog.store(backlog, Ordering::Relaxed);
        self.lag.store(lag, Ordering::Relaxed);
    }

    /// Notes how many mails wait.
    pub fn mails_wait(&self, mails: i64) {
        self.mails.store(mails, Ordering::Relaxed);
    }

    /// Notes mails that were given up because nobody sends them.
    pub fn suppressed(&self, mails: u64) {
        self.suppressed.fetch_add(mails, Ordering::Relaxed);
    }

    /// Runs of automations that came to this at once.
    pub fn ran(&self, status: RunStatus, runs: u64) {
        if let Some((_, counter)) = RUNS.iter().zip(&self.runs).find(|(known, _)| **known == status) {
            counter.fetch_add(runs, Ordering::Relaxed);
        }
    }

    /// Runs by what they came to at once.
    pub fn runs(&self) -> impl Iterator<Item = (&'static str, u64)> {
        RUNS.iter().zip(&self.runs).map(|(status, counter)| (status.as_str(), counter.load(Ordering::Relaxed)))
    }

    /// One more attempt of a call: `success`, `retrying` or `failed`.
    pub fn called(&self, outcome: &str) {
        if let Some((_, counter)) = CALLS.iter().zip(&self.calls).find(|(known, _)| **known == outcome) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Attempts of calls by what they came to.
    pub fn calls(&self) -> impl Iterator<Item = (&'static str, u64)> {
        CALLS.iter().zip(&self.calls).map(|(outcome, counter)| (*outcome, counter.load(Ordering::Relaxed)))
    }

    /// Notes how many calls of automations wait, and how many events no automation has seen yet.
    pub fn automations_wait(&self, calls: i64, unseen: i64) {
        self.calls_waiting.store(calls, Ordering::Relaxed);
        self.unseen.store(unseen, Ordering::Relaxed);
    }

    /// Calls of automations that wait.
    #[must_use]
    pub fn calls_waiting(&self) -> i64 {
        self.calls_waiting.load(Ordering::Relaxed)
    }

    /// Events that no automation has seen yet.
    #[must_use]
    pub fn unseen(&self) -> i64 {
        self.unseen.load(Ordering::Relaxed)
    }

    /// Mails that wait.
    #[must_use]
    pub fn mails(&self) -> i64 {
        self.mails.load(Ordering::Relaxed)
    }

    /// Mails by what became of them.
    #[must_use]
    pub fn mail_outcomes(&self) -> [(&'static str, u64); 1] {
        [("suppressed", self.suppressed.load(Ordering::Relaxed))]
    }

    /// Deliveries that wait.
    #[must_use]
    pub fn backlog(&self) -> i64 {
        self.backlog.load(Ordering::Relaxed)
    }

    /// Events that have not become deliveries yet.
    #[must_use]
    pub fn lag(&self) -> i64 {
        self.lag.load(Ordering::Relaxed)
    }
}
