//! What every commit wakes must not run for every commit: under load it does once what it would have done for each of several, and the
//! commits that it makes itself are few. Whoever has rested for long enough goes on at once.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The most time from one beginning to the next. At 200 tickets a second it is one step for eight of them, and the disk is free for
/// whoever creates the next one.
const MOST: Duration = Duration::from_millis(40);
/// The part of it for each thing that was done: who delivers one event now and then hardly waits for the next.
const EACH: Duration = Duration::from_millis(2);

/// When something last began, and how long it rests from there.
#[derive(Debug, Default)]
pub(crate) struct Pace(Option<(Instant, Duration)>);

impl Pace {
    /// It begins.
    pub(crate) fn begin(&mut self) {
        self.0 = Some((Instant::now(), Duration::ZERO));
    }

    /// It did as many things as these since it began.
    pub(crate) fn did(&mut self, things: usize) {
        if let Some((_, rest)) = &mut self.0 {
            *rest = EACH.saturating_mul(u32::try_from(things).unwrap_or(u32::MAX)).min(MOST);
        }
    }

    /// Waits until it may begin again.
    pub(crate) async fn rest(&self) {
        if let Some((last, rest)) = self.0 {
            sleep_until(last + rest).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_rests_for_longer_the_more_it_did_and_never_for_too_long() {
        let (start, mut pace) = (Instant::now(), Pace::default());
        let mut begun = Vec::new();
        for done in [0, 1, 5, 1_000, usize::MAX] {
            pace.rest().await;
            pace.begin();
            begun.push(start.elapsed());
            pace.did(done);
        }
        assert_eq!(begun, [Duration::ZERO, Duration::ZERO, EACH, EACH * 6, EACH * 6 + MOST]);
        tokio::time::advance(MOST * 5).await;
        let later = start.elapsed();
        pace.rest().await;
        assert_eq!(start.elapsed(), later);
    }
}
