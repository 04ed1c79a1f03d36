//! The readers of the log (DESIGN 1): whatever follows from events is written by a consumer, in steps that a crash can neither
//! repeat nor lose. A new one is a line in [`CONSUMERS`].
//!
//! A commit of this process wakes it at once. What another node wrote, and what was written while nobody listened, is found
//! by looking at the marked brands every second: waking is a hint, the mark is the truth.

use std::{pin::Pin, time::Duration};

use dispatch_desk::{self as desk, webhooks::Step};
use dispatch_model::{
    BrandId,
    event::{Act, Actor},
};
use dispatch_store::{self as store, Committed, Lane, consumers};
use futures_util::{StreamExt, future::try_join_all, stream};
use tokio::{sync::Notify, time::sleep};

use crate::{Worker, pace::Pace};

/// One kind of consumer.
pub(crate) struct Consumer {
    /// Its name in the rows.
    kind: &'static str,
    /// What its steps are called in logs.
    name: &'static str,
    /// One step.
    step: for<'w> fn(&'w Worker, &'w Consumer, &'w BrandId) -> Stepping<'w>,
}

/// A step under way.
pub(crate) type Stepping<'w> = Pin<Box<dyn Future<Output = desk::Result<Step>> + Send + 'w>>;

/// Every kind.
static CONSUMERS: [Consumer; 2] = [
    Consumer {
        kind: consumers::AUTOMATIONS,
        name: "automations.consume",
        step: |worker, consumer, brand| Box::pin(worker.automate(consumer.name, brand)),
    },
    Consumer { kind: consumers::WEBHOOKS, name: "webhooks.consume", step: webhooks },
];

/// Deliveries are written in a lane of their own: nothing of the brand itself is changed.
fn webhooks<'w>(worker: &'w Worker, consumer: &'w Consumer, brand: &'w BrandId) -> Stepping<'w> {
    Box::pin(async move {
        let act = Act::new(Actor::system(), "system", &worker.seams.clock, &worker.seams.entropy);
        let (id, lane) = (brand.clone(), Lane::Consumer(brand.clone(), consumer.kind));
        worker
            .db
            .write(lane, consumer.name, move |tx| {
                let (act, id) = (act.clone(), id.clone());
                Box::pin(async move { desk::webhooks::consume(tx, &act, &id).await })
            })
            .await
    })
}

/// How often the marked brands are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Brands that are worked on at the same time: their steps share commits.
const AT_ONCE: usize = 16;
/// Brands that one look finds; the next one goes on behind them.
const BRANDS_MAX: i64 = 256;

impl Worker {
    /// Follows the log until it is dropped. `deliveries` hears when there is something to deliver; so do the calls of automations.
    pub(crate) async fn follow(&self, deliveries: &Notify) {
        let (follower, mut pace) = (self.db.signals().commits(|news| news.consumed), Pace::default());
        loop {
            pace.rest().await;
            let news: Vec<BrandId> = tokio::select! {
                news = follower.next() => news.into_iter().map(|Committed { brand, .. }| brand).collect(),
                () = sleep(LOOK) => match self.behind().await {
                    Ok(brands) => brands,
                    Err(error) => {
                        tracing::warn!(%error, "the log could not be looked at and will be again");
                        continue;
                    }
                },
            };
            pace.begin();
            pace.did(self.consume_all(news, deliveries).await);
        }
    }

    /// Answers how much was written for others to act on.
    async fn consume_all(&self, brands: Vec<BrandId>, deliveries: &Notify) -> usize {
        let each = stream::iter(brands).map(|brand| async move {
            match self.consume(&brand).await {
                Ok(wrote) if wrote > 0 => {
                    deliveries.notify_one();
                    self.calls.notify_one();
                    usize::try_from(wrote).unwrap_or(0)
                }
                Ok(_) => 0,
                Err(error) => {
                    tracing::warn!(%brand, %error, "what follows from events failed and will be tried again");
                    0
                }
            }
        });
        each.buffer_unordered(AT_ONCE).fold(0, async |all, wrote| all + wrote).await
    }

    /// Lets every consumer of a brand come to the end of its log, side by side: none waits for another. Answers what they wrote
    /// for others to act on.
    pub(crate) async fn consume(&self, brand: &BrandId) -> desk::Result<i64> {
        let each = CONSUMERS.iter().map(|consumer| async move {
            let mut wrote = 0;
            loop {
                let done = (consumer.step)(self, consumer, brand).await?;
                wrote += done.wrote;
                if !done.more {
                    return Ok::<i64, desk::Error>(wrote);
                }
            }
        });
        let wrote: Vec<i64> = try_join_all(each).await?;
        Ok(wrote.into_iter().sum())
    }

    /// The brands that a consumer has not come to the end of; the marks of the others are taken back.
    pub(crate) async fn behind(&self) -> desk::Result<Vec<BrandId>> {
        let caught_up: store::Result<Vec<BrandId>> = self
            .db
            .read("worker.caught_up", |tx| Box::pin(async move { consumers::caught_up(tx, BRANDS_MAX).await }))
            .await;
        for brand in caught_up? {
            let id = brand.clone();
            let cleaned: store::Result<()> = self
                .db
                .write(Lane::Brand(brand), "worker.clean", move |tx| {
                    let id = id.clone();
                    Box::pin(async move { consumers::clean(tx, &id).await })
                })
                .await;
            cleaned?;
        }
        let mut behind: Vec<BrandId> = Vec::new();
        for consumer in &CONSUMERS {
            let mut after = String::new();
            loop {
                let (kind, from) = (consumer.kind, after.clone());
                let found: store::Result<Vec<BrandId>> = self
                    .db
                    .read("worker.behind", move |tx| {
                        let from = from.clone();
                        Box::pin(async move { consumers::behind(tx, kind, &from, BRANDS_MAX).await })
                    })
                    .await;
                let found = found?;
                let whole = i64::try_from(found.len()).unwrap_or(0) < BRANDS_MAX;
                after = found.last().map_or(after, |last| last.0.clone());
                behind.extend(found);
                if whole {
                    break;
                }
            }
        }
        behind.sort_unstable();
        behind.dedup();
        Ok(behind)
    }
}
