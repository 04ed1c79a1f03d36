//! The readers of the log (DESIGN 1): whatever follows from events is written by a consumer, in steps that a crash can neither
//! repeat nor lose. A new one is a line in [`CONSUMERS`].
//!
//! A commit of this process wakes it at once. What another node wrote, and what was written while nobody listened, is found
//! by looking at the marked brands every second: waking is a hint, the mark is the truth.

use std::time::Duration;

use dispatch_desk::{self as desk, webhooks::Step};
use dispatch_model::{
    BrandId,
    event::{Act, Actor},
};
use dispatch_store::{self as store, Committed, Lane, Tx, conn::OpFuture, consumers};
use futures_util::{StreamExt, stream};
use tokio::{sync::Notify, time::sleep};

use crate::Worker;

/// One kind of consumer.
pub(crate) struct Consumer {
    /// Its name in the rows.
    kind: &'static str,
    /// What its steps are called in logs.
    name: &'static str,
    /// Whose writes they wait for: its own, or those of the brand when it changes what belongs to it.
    lane: fn(&BrandId, &'static str) -> Lane,
    /// One step.
    step: for<'t> fn(&'t Tx, Act, BrandId) -> OpFuture<'t, Step, desk::Error>,
}

/// Every kind.
const CONSUMERS: [Consumer; 1] = [Consumer {
    kind: consumers::WEBHOOKS,
    name: "webhooks.consume",
    lane: |brand, kind| Lane::Consumer(brand.clone(), kind),
    step: webhooks,
}];

fn webhooks(tx: &Tx, act: Act, brand: BrandId) -> OpFuture<'_, Step, desk::Error> {
    Box::pin(async move { desk::webhooks::consume(tx, &act, &brand).await })
}

/// How often the marked brands are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Brands that are worked on at the same time: their steps share commits.
const AT_ONCE: usize = 16;
/// Brands that one look finds; the next one goes on behind them.
const BRANDS_MAX: i64 = 256;

impl Worker {
    /// Follows the log until it is dropped. `deliveries` hears when there is something to deliver.
    pub(crate) async fn follow(&self, deliveries: &Notify) {
        let follower = self.db.signals().commits(|news| news.consumed);
        loop {
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
            self.consume_all(news, deliveries).await;
        }
    }

    async fn consume_all(&self, brands: Vec<BrandId>, deliveries: &Notify) {
        let each = stream::iter(brands).for_each_concurrent(AT_ONCE, |brand| async move {
            match self.consume(&brand).await {
                Ok(wrote) if wrote > 0 => deliveries.notify_one(),
                Ok(_) => {}
                Err(error) => tracing::warn!(%brand, %error, "what follows from events failed and will be tried again"),
            }
        });
        each.await;
    }

    /// Lets every consumer of a brand come to the end of its log; answers what they wrote for others to act on.
    pub(crate) async fn consume(&self, brand: &BrandId) -> desk::Result<i64> {
        let mut wrote = 0;
        for consumer in &CONSUMERS {
            loop {
                let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
                let (id, step) = (brand.clone(), consumer.step);
                let lane = (consumer.lane)(brand, consumer.kind);
                let done: Step =
                    self.db.write(lane, consumer.name, move |tx| step(tx, act.clone(), id.clone())).await?;
                wrote += done.wrote;
                if !done.more {
                    break;
                }
            }
        }
        Ok(wrote)
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
