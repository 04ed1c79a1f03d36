//! A line on stderr now and then, so that a long load does not look dead.

use std::time::{Duration, Instant};

use tokio::time::{Interval, interval_at};

const EVERY: Duration = Duration::from_secs(2);

/// Prints progress every two seconds.
pub struct Line {
    interval: Interval,
    start: Instant,
    verbose: bool,
}

impl Line {
    /// A line that stays silent unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { interval: interval_at(tokio::time::Instant::now() + EVERY, EVERY), start: Instant::now(), verbose }
    }

    /// Waits until the next line is due.
    pub async fn due(&mut self) {
        self.interval.tick().await;
    }

    /// Prints how far the stories are.
    pub fn print(&self, stories: usize, of: usize, requests: usize) {
        let seconds = self.start.elapsed().as_secs_f64();
        if self.verbose && requests > 0 {
            let rate = requests as f64 / seconds;
            eprintln!("{stories} of {of} tickets, {requests} requests, {rate:.0}/s");
        }
    }
}
