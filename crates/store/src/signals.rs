//! Hints between what works on one database: that the log of a brand has grown, and what processes tell each other.
//!
//! In one process they come right behind the commit; on PostgreSQL they go to the other processes by NOTIFY. A hint may
//! be lost or come too late: whoever follows a log looks by itself as well, and what it reads is the log.

mod commits;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use dispatch_model::BrandId;
use tokio::sync::{Notify, broadcast};

use self::commits::Followers;
pub use self::commits::{Committed, Follower};
use crate::{Tx, conn::Outside};

/// Sentences of other processes that may wait to be heard.
const HEARD_MAX: usize = 1_024;

/// The hints of one database. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Signals(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    commits: Followers,
    followers: Mutex<HashMap<BrandId, Vec<Arc<Notify>>>>,
    /// How many follow in this process: asked after every commit, so that a log without readers costs nothing.
    count: AtomicUsize,
    heard: broadcast::Sender<Arc<str>>,
    /// The way to other processes, from the moment on that this one listens to them.
    outside: OnceLock<Outside>,
}

impl Signals {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            commits: Followers::default(),
            followers: Mutex::default(),
            count: AtomicUsize::new(0),
            heard: broadcast::Sender::new(HEARD_MAX),
            outside: OnceLock::new(),
        }))
    }

    fn followers(&self) -> MutexGuard<'_, HashMap<BrandId, Vec<Arc<Notify>>>> {
        self.0.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hears of the commits of this process, of every brand whose news `wants` picks.
    #[must_use]
    pub fn commits(&self, wants: fn(&Committed) -> bool) -> Follower {
        self.0.commits.add(wants)
    }

    /// From now on `wake` hears when the brand's log has grown, until what this answers is dropped.
    #[must_use]
    pub fn follow(&self, brand: &BrandId, wake: Arc<Notify>) -> Following {
        self.followers().entry(brand.clone()).or_default().push(wake.clone());
        self.0.count.fetch_add(1, Ordering::SeqCst);
        if let Some(outside) = self.0.outside.get() {
            outside.follow(brand);
        }
        Following { signals: self.clone(), brand: brand.clone(), wake }
    }

    /// Tells those who follow that the logs of these brands have grown: in this process.
    pub(crate) fn wake<'b>(&self, brands: impl IntoIterator<Item = &'b BrandId>) {
        let followers = self.followers();
        for brand in brands {
            for wake in followers.get(brand).into_iter().flatten() {
                wake.notify_one();
            }
        }
    }

    /// After a commit: tells everybody who follows a brand that it has changed.
    pub(crate) fn committed(&self, tx: &Tx) {
        let here = self.0.count.load(Ordering::SeqCst) > 0;
        let outside = self.0.outside.get().filter(|outside| outside.anybody_follows());
        if !here && outside.is_none() && self.0.commits.nobody() {
            return;
        }
        let news = tx.committed();
        self.0.commits.tell(&news);
        if here {
            self.wake(news.iter().map(|one| &one.brand));
        }
        if let Some(outside) = outside {
            outside.moved(news.iter().map(|one| &one.brand));
        }
    }

    /// The brands that somebody in this process follows.
    pub(crate) fn followed(&self) -> Vec<BrandId> {
        self.followers().keys().cloned().collect()
    }

    /// Listens to other processes from now on, over this way.
    pub(crate) fn connect(&self, outside: impl FnOnce() -> Outside) {
        self.0.outside.get_or_init(outside);
    }

    /// Tells the other processes something; those that do not listen miss it, and so does this one.
    pub fn say(&self, sentence: String) {
        if let Some(outside) = self.0.outside.get() {
            outside.say(sentence);
        }
    }

    /// What other processes say from now on.
    #[must_use]
    pub fn heard(&self) -> broadcast::Receiver<Arc<str>> {
        self.0.heard.subscribe()
    }

    pub(crate) fn hear(&self, sentence: &str) {
        let _nobody_listens = self.0.heard.send(sentence.into());
    }

    pub(crate) fn downgrade(&self) -> Weak {
        Weak(Arc::downgrade(&self.0))
    }
}

/// The hints, as long as their database is open.
#[derive(Debug)]
pub(crate) struct Weak(std::sync::Weak<Inner>);

impl Weak {
    pub(crate) fn upgrade(&self) -> Option<Signals> {
        self.0.upgrade().map(Signals)
    }
}

/// Somebody follows a brand's log, until this is dropped.
#[derive(Debug)]
pub struct Following {
    signals: Signals,
    brand: BrandId,
    wake: Arc<Notify>,
}

impl Drop for Following {
    fn drop(&mut self) {
        let mut followers = self.signals.followers();
        if let Some(wakes) = followers.get_mut(&self.brand) {
            wakes.retain(|wake| !Arc::ptr_eq(wake, &self.wake));
            if wakes.is_empty() {
                followers.remove(&self.brand);
            }
        }
        drop(followers);
        self.signals.0.count.fetch_sub(1, Ordering::SeqCst);
    }
}
