//! Deliveries on their way: claimed, sent with no transaction open, written down. A receiver that is slow or dead holds up
//! its own deliveries alone: each webhook has a few attempts under way at most, and those that have waited longest come
//! first.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use dispatch_desk::{
    self as desk,
    webhooks::{Claimed, Claims, Ended},
};
use dispatch_model::{
    BrandId, WebhookId,
    event::{Act, Actor},
    id::first_id_at,
    limits::{DELIVERY_KEPT_MS, REWRITE_STEP_ROWS},
    webhook::Attempted,
};
use dispatch_outbound::webhook::{Post, lease_ms};
use dispatch_store::{self as store, Lane, deliveries::claim as claims};
use futures_util::future::join_all;
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::Worker;

/// Attempts under way to one webhook.
const PER_WEBHOOK: usize = 16;
/// Attempts under way in all.
const IN_ALL: usize = 256;
/// Webhooks that one look finds.
const WEBHOOKS_MAX: i64 = 64;
/// How often it looks for what has become due.
const LOOK: Duration = Duration::from_secs(1);
/// How long a server that stops waits for attempts under way. What is left then is tried again when its claim ends.
const LAST_ATTEMPTS: Duration = Duration::from_secs(5);
/// How often the backlog is counted.
const COUNT: Duration = Duration::from_secs(5);

/// The attempts under way in this process.
#[derive(Debug, Default)]
struct UnderWay(HashMap<WebhookId, usize>);

impl UnderWay {
    fn total(&self) -> usize {
        self.0.values().sum()
    }

    fn busy(&self) -> Vec<WebhookId> {
        self.0.iter().filter(|(_, count)| **count >= PER_WEBHOOK).map(|(id, _)| id.clone()).collect()
    }

    /// Takes as many places as there are for a webhook.
    fn reserve(&mut self, id: &WebhookId) -> usize {
        let free = IN_ALL.saturating_sub(self.total());
        let room = PER_WEBHOOK.saturating_sub(self.0.get(id).copied().unwrap_or(0)).min(free);
        if room > 0 {
            *self.0.entry(id.clone()).or_default() += room;
        }
        room
    }

    fn release(&mut self, id: &WebhookId, places: usize) {
        if let Some(count) = self.0.get_mut(id) {
            *count = count.saturating_sub(places);
            if *count == 0 {
                self.0.remove(id);
            }
        }
    }
}

/// What the deliveries of one process share.
#[derive(Clone, Debug, Default)]
struct Shared {
    under_way: Arc<Mutex<UnderWay>>,
    freed: Arc<Notify>,
}

impl Shared {
    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker {
    /// Delivers until it is told to stop; then it waits a moment for the attempts under way.
    pub(crate) async fn deliver(&self, wake: &Notify, mut stop: watch::Receiver<bool>) {
        let (shared, mut attempts) = (Shared::default(), JoinSet::new());
        while !*stop.borrow() {
            let more = match self.round(&shared, &mut attempts).await {
                Ok(more) => more,
                Err(error) => {
                    tracing::warn!(%error, "deliveries could not be claimed and will be again");
                    sleep(LOOK).await;
                    false
                }
            };
            while attempts.try_join_next().is_some() {}
            if !more {
                tokio::select! {
                    () = wake.notified() => {}
                    () = shared.freed.notified() => {}
                    () = sleep(LOOK) => {}
                    _ = stop.changed() => {}
                }
            }
        }
        let _in_time = timeout(LAST_ATTEMPTS, async { while attempts.join_next().await.is_some() {} }).await;
    }

    /// Delivers everything that is due now, and what comes of it now; for tests.
    pub(crate) async fn deliver_all(&self) -> desk::Result<()> {
        let (shared, mut attempts) = (Shared::default(), JoinSet::new());
        while self.round(&shared, &mut attempts).await? || !attempts.is_empty() {
            attempts.join_next().await;
        }
        Ok(())
    }

    /// Claims what is due and has room, and begins the attempts. Says whether there is more to claim at once.
    async fn round(&self, shared: &Shared, attempts: &mut JoinSet<()>) -> desk::Result<bool> {
        let (busy, free) = {
            let under_way = shared.under_way();
            (under_way.busy(), IN_ALL.saturating_sub(under_way.total()))
        };
        if free == 0 {
            return Ok(false);
        }
        let now = self.seams.clock.now();
        let due: store::Result<Vec<(BrandId, WebhookId)>> = self
            .db
            .read("worker.due", move |tx| {
                let busy = busy.clone();
                Box::pin(async move { claims::webhooks(tx, &busy, now, WEBHOOKS_MAX).await })
            })
            .await;
        let due = due?;
        let all = i64::try_from(due.len()).unwrap_or(0) < WEBHOOKS_MAX;
        let claiming = due.into_iter().filter_map(|(brand, id)| {
            let room = shared.under_way().reserve(&id);
            (room > 0).then_some(async move { (self.claim(&brand, &id, room).await, id, room) })
        });
        let mut more = !all;
        for (found, id, room) in join_all(claiming).await {
            let Claims { claimed, more: left } = match found {
                Ok(found) => found,
                Err(error) => {
                    shared.under_way().release(&id, room);
                    tracing::warn!(webhook = %id, %error, "deliveries could not be claimed and will be again");
                    continue;
                }
            };
            shared.under_way().release(&id, room - claimed.len());
            more |= left;
            for one in claimed {
                let (worker, shared) = (self.clone(), shared.clone());
                attempts.spawn(async move { worker.attempt(one, &shared).await });
            }
        }
        Ok(more)
    }

    async fn claim(&self, brand: &BrandId, id: &WebhookId, room: usize) -> desk::Result<Claims> {
        let now = self.seams.clock.now();
        let (brand, id, room) = (brand.clone(), id.clone(), i64::try_from(room).unwrap_or(0));
        self.db
            .write(Lane::Outbox(id.0.clone()), "deliveries.claim", move |tx| {
                let (brand, id, span) = (brand.clone(), id.clone(), (now, now.plus_ms(lease_ms())));
                Box::pin(async move { desk::webhooks::claim(tx, &brand, &id, span, room).await })
            })
            .await
    }

    /// One attempt, from its beginning to its record.
    async fn attempt(&self, claimed: Claimed, shared: &Shared) {
        let attempted = self.send(&claimed).await;
        // Its place is free for the next one while it is written down.
        shared.under_way().release(&claimed.hook.webhook.id, 1);
        shared.freed.notify_one();
        let (brand, id) = (claimed.brand.clone(), claimed.delivery.id.clone());
        if let Err(error) = self.record(claimed, attempted).await {
            tracing::warn!(%brand, delivery = %id, %error, "an attempt could not be written down and will be made again");
        }
    }

    async fn send(&self, claimed: &Claimed) -> Attempted {
        let seams = &self.seams;
        let (webhook, now) = (&claimed.hook.webhook, seams.clock.now());
        let secrets = match desk::webhooks::open_secrets(&seams.key, webhook.id.as_str(), &claimed.hook.sealed, now) {
            Ok(secrets) => secrets,
            Err(error) => {
                tracing::error!(webhook = %webhook.id, error, "a delivery cannot be signed");
                return Attempted::unsent(now, desk::webhooks::UNSIGNED);
            }
        };
        let post = Post {
            url: &webhook.url,
            event_id: &claimed.delivery.event_id,
            kind: &claimed.delivery.kind,
            delivery_id: claimed.delivery.id.as_str(),
            secrets: &secrets,
            body: &claimed.payload,
            tries: claimed.tries,
        };
        seams.outbound.post(&post, &seams.clock, &seams.entropy).await
    }

    /// Writes down what came of an attempt; where that ends its webhook, in the lane of the brand.
    async fn record(&self, claimed: Claimed, attempted: Attempted) -> desk::Result<()> {
        let both = Arc::new((claimed, attempted));
        let lane = Lane::Outbox(both.0.hook.webhook.id.0.clone());
        let mut ended = self.write_down(lane, both.clone(), None).await?;
        if let Ended::Disables(reason) = &ended {
            tracing::info!(webhook = %both.0.hook.webhook.id, reason, "a webhook is disabled");
            let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
            ended = self.write_down(Lane::Brand(both.0.brand.clone()), both, Some(act)).await?;
        }
        if let Ended::Recorded(status) = ended {
            self.seams.outbound.tally().count(status);
        }
        Ok(())
    }

    async fn write_down(&self, lane: Lane, both: Arc<(Claimed, Attempted)>, act: Option<Act>) -> desk::Result<Ended> {
        self.db
            .write(lane, "deliveries.record", move |tx| {
                let (both, act) = (both.clone(), act.clone());
                Box::pin(async move { desk::webhooks::record(tx, &both.0, &both.1, act.as_ref()).await })
            })
            .await
    }

    /// Counts what waits, now and then, for the metrics.
    pub(crate) async fn count(&self) {
        loop {
            let counted: store::Result<_> = self
                .db
                .read("worker.count", |tx| {
                    Box::pin(async move {
                        let lag = store::consumers::lag(tx, store::consumers::WEBHOOKS).await?;
                        let mails = store::mails::waiting(tx).await?;
                        let calls = store::automations::calls::waiting(tx).await?;
                        let unseen = store::consumers::lag(tx, store::consumers::AUTOMATIONS).await?;
                        Ok((store::deliveries::waiting(tx).await?, lag, mails, calls, unseen))
                    })
                })
                .await;
            match counted {
                Ok((backlog, lag, mails, calls, unseen)) => {
                    let tally = self.seams.outbound.tally();
                    tally.waits(backlog, lag);
                    tally.mails_wait(mails);
                    tally.automations_wait(calls, unseen);
                }
                Err(error) => tracing::warn!(%error, "what waits could not be counted"),
            }
            sleep(COUNT).await;
        }
    }

    /// Removes deliveries that are older than they are kept.
    pub(crate) async fn purge_deliveries(&self) -> desk::Result<()> {
        let before = self.seams.clock.now().plus_ms(-DELIVERY_KEPT_MS);
        let oldest = first_id_at("whd", before);
        let mut after = String::new();
        loop {
            let from = after.clone();
            let next: store::Result<_> = self
                .db
                .read("worker.deliveries_old", move |tx| {
                    let from = from.clone();
                    Box::pin(async move { store::deliveries::next_brand(tx, &from).await })
                })
                .await;
            let Some((brand, first)) = next? else { return Ok(()) };
            let mut old = first.0 < oldest;
            while old {
                let (id, oldest) = (brand.clone(), oldest.clone());
                let purged: store::Result<bool> = self
                    .db
                    .write(Lane::Consumer(brand.clone(), store::consumers::WEBHOOKS), "deliveries.purge", move |tx| {
                        let (id, oldest) = (id.clone(), oldest.clone());
                        Box::pin(async move { store::deliveries::purge(tx, &id, &oldest, REWRITE_STEP_ROWS).await })
                    })
                    .await;
                old = purged?;
            }
            after = brand.0;
        }
    }
}
