//! What every commit wakes must not run for every commit: under load it does once what it would have done for each of several, and the
//! commits that it makes itself are few. Whoever has rested for long enough goes on at once.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The least time from one beginning to the next. What comes alone waits for nothing; at 200 tickets a second it is one step for four of
/// them, and the disk is free for whoever creates the next one.
const LEAST: Duration = Duration::from_millis(20);

/// When something last began.
#[derive(Debug, Default)]
pub(crate) struct Pace(Option<Instant>);

impl Pace {
    /// It begins.
    pub(crate) fn begin(&mut self) {
        self.0 = Some(Instant::now());
    }

    /// Waits until it may begin again.
    pub(crate) async fn rest(&self) {
        if let Some(last) = self.0 {
            sleep_until(last + LEAST).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_first_is_at_once_and_the_others_keep_their_distance() {
        let (start, mut pace) = (Instant::now(), Pace::default());
        let mut begun = Vec::new();
        for _ in 0..3 {
            pace.rest().await;
            pace.begin();
            begun.push(start.elapsed());
        }
        assert_eq!(begun, [Duration::ZERO, LEAST, LEAST * 2]);
        tokio::time::advance(LEAST * 5).await;
        pace.rest().await;
        assert_eq!(start.elapsed(), LEAST * 7);
    }
}
