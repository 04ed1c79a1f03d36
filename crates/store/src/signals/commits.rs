//! Who wants to know when a commit has brought events. What they hear is a hint: it comes from this process alone, and
//! nobody may depend on it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use dispatch_model::BrandId;
use tokio::sync::Notify;

/// A brand whose log has grown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The brand.
    pub brand: BrandId,
    /// The sequence of its last event.
    pub last_sequence: i64,
    /// Whether consumers follow its log.
    pub consumed: bool,
}

/// Hears of commits. It holds each brand once, however many commits there were.
#[derive(Clone, Debug)]
pub struct Follower(Arc<Heard>);

#[derive(Debug)]
struct Heard {
    wants: fn(&Committed) -> bool,
    brands: Mutex<HashMap<BrandId, Committed>>,
    notify: Notify,
}

impl Follower {
    /// Waits until there is something, and answers all of it.
    pub async fn next(&self) -> Vec<Committed> {
        loop {
            let heard = self.take();
            if !heard.is_empty() {
                return heard;
            }
            self.0.notify.notified().await;
        }
    }

    /// What there is now, without waiting.
    #[must_use]
    pub fn take(&self) -> Vec<Committed> {
        std::mem::take(&mut *lock(&self.0.brands)).into_values().collect()
    }
}

/// Everybody who follows.
#[derive(Debug, Default)]
pub(super) struct Followers(Mutex<Vec<Weak<Heard>>>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Followers {
    /// One more, which hears of what it wants; until its last clone is dropped.
    pub(super) fn add(&self, wants: fn(&Committed) -> bool) -> Follower {
        let heard = Arc::new(Heard { wants, brands: Mutex::default(), notify: Notify::new() });
        let mut all = lock(&self.0);
        all.retain(|one| one.strong_count() > 0);
        all.push(Arc::downgrade(&heard));
        Follower(heard)
    }

    /// Whether there is no one to tell.
    pub(super) fn nobody(&self) -> bool {
        lock(&self.0).is_empty()
    }

    /// Tells them what a commit has brought.
    pub(super) fn tell(&self, news: &[Committed]) {
        if news.is_empty() {
            return;
        }
        for follower in lock(&self.0).iter().filter_map(Weak::upgrade) {
            let mut wanted = news.iter().filter(|one| (follower.wants)(one)).peekable();
            if wanted.peek().is_some() {
                let mut brands = lock(&follower.brands);
                brands.extend(wanted.map(|one| (one.brand.clone(), one.clone())));
                drop(brands);
                follower.notify.notify_one();
            }
        }
    }
}
