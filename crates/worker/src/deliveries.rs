//! Deliveries on their way: claimed, sent with no transaction open, written down. A receiver that is slow or dead holds up
//! its own deliveries alone: each webhook has a few attempts under way at most, and those that have waited longest come
//! first.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
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

use crate::{
    Worker,
    pace::Pace,
    places::{Full, Places},
};

/// Attempts under way to one webhook.
const PER_WEBHOOK: usize = 32;
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

/// Attempts that began together end within this time, when their receiver is quick: they are written down together.
const GATHER: Duration = Duration::from_millis(5);
/// Attempts that are written down in one transaction.
const RECORD_MAX: usize = 64;

/// What the deliveries of one process share.
#[derive(Clone, Debug)]
struct Shared {
    places: Places,
    freed: Arc<Notify>,
    /// Whether something may wait for a place: only then is anybody told of one that becomes free.
    short: Arc<AtomicBool>,
    made: Made,
    /// How long the first attempt that is to be written down waits for others.
    gather: Duration,
}

impl Shared {
    fn new(gather: Duration) -> Self {
        let (places, freed) = (Places::new(IN_ALL, PER_WEBHOOK), Arc::default());
        Self { places, freed, short: Arc::new(AtomicBool::new(true)), made: Made::default(), gather }
    }
}

/// What a look for deliveries came to.
#[derive(Debug, Default)]
struct Round {
    /// Whether there is more to claim at once.
    more: bool,
    /// Attempts that were begun.
    begun: usize,
}

/// A delivery that was attempted, and what came of it.
type Attempt = (Claimed, Attempted);

/// Attempts that are not written down yet, by their webhook. Whoever brings the first one writes, and what is brought meanwhile
/// with the next write: a webhook's row is written once for all of them.
#[derive(Clone, Debug, Default)]
struct Made(Arc<Mutex<HashMap<WebhookId, Vec<Attempt>>>>);

impl Made {
    fn map(&self) -> MutexGuard<'_, HashMap<WebhookId, Vec<Attempt>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings an attempt. Whoever is answered with a writer writes until nothing is left.
    fn bring(&self, attempt: Attempt) -> Option<Writer> {
        let webhook = attempt.0.hook.webhook.id.clone();
        match self.map().entry(webhook.clone()) {
            Entry::Occupied(mut waiting) => {
                waiting.get_mut().push(attempt);
                None
            }
            Entry::Vacant(nobody) => {
                nobody.insert(vec![attempt]);
                Some(Writer { made: self.clone(), webhook, over: false })
            }
        }
    }
}

/// Writes for one webhook.
struct Writer {
    made: Made,
    webhook: WebhookId,
    /// Somebody else may write already.
    over: bool,
}

impl Writer {
    /// What is to be written next; nothing when all is written, and then somebody else may begin.
    fn next(&mut self) -> Option<Vec<Attempt>> {
        let mut map = self.made.map();
        let waiting = map.get_mut(&self.webhook)?;
        let next: Vec<Attempt> = waiting.drain(..waiting.len().min(RECORD_MAX)).collect();
        if next.is_empty() {
            map.remove(&self.webhook);
            self.over = true;
            return None;
        }
        Some(next)
    }
}

impl Drop for Writer {
    /// What it leaves unwritten is tried again when its claim ends; whoever comes next must not wait for it.
    fn drop(&mut self) {
        if !self.over {
            self.made.map().remove(&self.webhook);
        }
    }
}

impl Worker {
    /// Delivers until it is told to stop; then it waits a moment for the attempts under way.
    pub(crate) async fn deliver(&self, wake: &Notify, mut stop: watch::Receiver<bool>) {
        let (shared, mut attempts, mut pace) = (Shared::new(GATHER), JoinSet::new(), Pace::default());
        while !*stop.borrow() {
            pace.begin();
            let Round { more, begun } = match self.round(&shared, &mut attempts).await {
                Ok(round) => round,
                Err(error) => {
                    tracing::warn!(%error, "deliveries could not be claimed and will be again");
                    sleep(LOOK).await;
                    Round::default()
                }
            };
            pace.did(begun);
            while attempts.try_join_next().is_some() {}
            if !more {
                tokio::select! {
                    () = async { wake.notified().await; pace.rest().await } => {}
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
        let (shared, mut attempts) = (Shared::new(Duration::ZERO), JoinSet::new());
        while self.round(&shared, &mut attempts).await?.more || !attempts.is_empty() {
            attempts.join_next().await;
        }
        Ok(())
    }

    /// Claims what is due and has room, and begins the attempts.
    async fn round(&self, shared: &Shared, attempts: &mut JoinSet<()>) -> desk::Result<Round> {
        // Before the places are looked at: one that becomes free meanwhile is heard of.
        shared.short.store(true, Ordering::SeqCst);
        let Some(full) = shared.places.full() else { return Ok(Round::default()) };
        let mut short = full != Full::default();
        let now = self.seams.clock.now();
        let due: store::Result<Vec<(BrandId, WebhookId)>> = self
            .db
            .read("worker.due", move |tx| {
                let full = full.clone();
                Box::pin(async move { claims::webhooks(tx, (&full.brands, &full.targets), now, WEBHOOKS_MAX).await })
            })
            .await;
        let due = due?;
        let all = i64::try_from(due.len()).unwrap_or(0) < WEBHOOKS_MAX;
        let claiming = due.into_iter().filter_map(|(brand, id)| {
            let room = shared.places.take(&brand, &id.0, PER_WEBHOOK);
            short |= room == 0;
            (room > 0).then_some(async move { (self.claim(&brand, &id, room).await, brand, id, room) })
        });
        let claiming: Vec<_> = claiming.collect();
        shared.short.store(short, Ordering::SeqCst);
        let mut round = Round { more: !all, begun: 0 };
        for (found, brand, id, room) in join_all(claiming).await {
            let Claims { claimed, more: left } = match found {
                Ok(found) => found,
                Err(error) => {
                    shared.places.give_back(&brand, &id.0, room);
                    tracing::warn!(webhook = %id, %error, "deliveries could not be claimed and will be again");
                    continue;
                }
            };
            shared.places.give_back(&brand, &id.0, room - claimed.len());
            round.more |= left;
            round.begun += claimed.len();
            for one in claimed {
                let (worker, shared) = (self.clone(), shared.clone());
                attempts.spawn(async move { worker.attempt(one, &shared).await });
            }
        }
        Ok(round)
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
        shared.places.give_back(&claimed.brand, &claimed.hook.webhook.id.0, 1);
        if shared.short.load(Ordering::SeqCst) {
            shared.freed.notify_one();
        }
        let Some(mut writer) = shared.made.bring((claimed, attempted)) else { return };
        if !shared.gather.is_zero() {
            sleep(shared.gather).await;
        }
        while let Some(next) = writer.next() {
            let next = Arc::new(next);
            let Err(error) = self.record(&next).await else { continue };
            let one = next.len() == 1;
            if !one {
                // One that cannot be written must not keep the others from it.
                tracing::warn!(webhook = %writer.webhook, %error, "attempts could not be written down together");
            }
            for attempt in next.iter().filter(|_| !one) {
                if let Err(error) = self.record(&Arc::new(vec![attempt.clone()])).await {
                    self.lost(attempt, &error);
                }
            }
            if let (true, Some(attempt)) = (one, next.first()) {
                self.lost(attempt, &error);
            }
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

    /// Writes down what came of attempts of one webhook; where one ends it, that one in the lane of the brand.
    async fn record(&self, made: &Arc<Vec<Attempt>>) -> desk::Result<()> {
        let mut done = 0;
        while let Some((claimed, _)) = made.get(done) {
            let lane = Lane::Outbox(claimed.hook.webhook.id.0.clone());
            let (attempts, from) = (made.clone(), done);
            let ended: desk::Result<Vec<Ended>> = self
                .db
                .write(lane, "deliveries.record", move |tx| {
                    let attempts = attempts.clone();
                    Box::pin(async move { desk::webhooks::record_all(tx, &attempts[from..]).await })
                })
                .await;
            for ended in ended? {
                let ended = match ended {
                    Ended::Disables(reason) => self.disable(made, done, &reason).await?,
                    ended => ended,
                };
                if let Ended::Recorded(status) = ended {
                    self.seams.outbound.tally().count(status);
                }
                done += 1;
            }
        }
        Ok(())
    }

    /// Writes down the attempt that ends its webhook.
    async fn disable(&self, made: &Arc<Vec<Attempt>>, place: usize, reason: &str) -> desk::Result<Ended> {
        let (attempts, act) =
            (made.clone(), Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy));
        let Some((claimed, _)) = made.get(place) else { return Ok(Ended::Superseded) };
        tracing::info!(webhook = %claimed.hook.webhook.id, reason, "a webhook is disabled");
        self.db
            .write(Lane::Brand(claimed.brand.clone()), "deliveries.disable", move |tx| {
                let (attempts, act) = (attempts.clone(), act.clone());
                Box::pin(async move {
                    let (claimed, attempted) = &attempts[place];
                    desk::webhooks::record(tx, claimed, attempted, Some(&act)).await
                })
            })
            .await
    }

    fn lost(&self, (claimed, _): &Attempt, error: &desk::Error) {
        let (brand, delivery) = (&claimed.brand, &claimed.delivery.id);
        tracing::warn!(%brand, %delivery, %error, "an attempt could not be written down and will be made again");
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
