//! What runs behind the requests, in steps that a crash cannot spoil: what follows from events is written and delivered, people are
//! told,
//! the rows of deleted statuses are rewritten, and old idempotency answers, sessions, links, deliveries, files, events and deleted
//! things are removed. Waking up is a hint; the worker also looks by itself.

mod automations;
mod consumers;
mod deliveries;
mod files;
mod notifications;
mod overdue;
mod pace;
mod places;
mod retention;
mod surveys;

use std::{sync::Arc, time::Duration};

use dispatch_blob::Files;
use dispatch_desk::{self as desk, automations::Rules};
use dispatch_model::{
    BrandId, Clock, Entropy,
    event::{Act, Actor},
    limits::{IDEMPOTENCY_KEPT_MS, REWRITE_STEP_ROWS},
};
use dispatch_outbound::Outbound;
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Db, Lane};
use tokio::sync::{Notify, watch};

pub use retention::Retention;

/// How long the worker sleeps when nobody wakes it.
const TICK: Duration = Duration::from_secs(5);

/// Events that so many automations have led to start no run, unless something else is set (API 18).
const DEPTH_DEFAULT: i64 = 5;

/// How often deliveries, runs, deleted things and events that are no longer kept are looked for.
const PURGE: Duration = Duration::from_secs(3_600);

/// The inputs of the outside world, the server key, and the way out.
#[derive(Clone, Debug)]
pub struct Seams {
    /// What time it is.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// What secrets are sealed with.
    pub key: ServerKey,
    /// The way out to the network.
    pub outbound: Outbound,
}

/// The worker of one process.
#[derive(Clone, Debug)]
pub struct Worker {
    db: Db,
    seams: Seams,
    files: Option<Arc<files::Collector>>,
    mail_domain: String,
    rules: Rules,
    retention: Retention,
    calls: Arc<Notify>,
}

impl Worker {
    /// A worker on this database.
    #[must_use]
    pub fn new(db: Db, seams: Seams) -> Self {
        let rules = Rules { base_url: String::new(), max_depth: DEPTH_DEFAULT };
        Self {
            db,
            seams,
            files: None,
            mail_domain: String::new(),
            rules,
            retention: Retention::default(),
            calls: Arc::default(),
        }
    }

    /// Lets it also remove files that are nobody's from this store.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files: Some(Arc::new(files::Collector::new(files))), ..self }
    }

    /// Says what holds for automations.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// Says how long things are kept.
    #[must_use]
    pub fn with_retention(self, retention: Retention) -> Self {
        Self { retention, ..self }
    }

    /// Says which domain the brands' own mail addresses have: nothing is answered automatically there.
    #[must_use]
    pub fn with_mail_domain(self, mail_domain: String) -> Self {
        Self { mail_domain, ..self }
    }

    /// Works until `stop` says so; then it ends when the calls under way have been answered, or after some seconds. `wake`
    /// says that there are rows to rewrite, `deliveries` that there is something to deliver.
    pub async fn run(self, wake: Arc<Notify>, deliveries: Arc<Notify>, stop: watch::Receiver<bool>) {
        tokio::select! {
            () = async { tokio::join!(self.deliver(&deliveries, stop.clone()), self.calling(stop.clone())); } => {}
            () = self.follow(&deliveries) => {}
            () = self.rewriting(&wake) => {}
            () = self.count() => {}
            () = self.purging() => {}
            () = self.notifying() => {}
            () = self.timing() => {}
            () = self.asking() => {}
        }
    }

    async fn rewriting(&self, wake: &Notify) {
        loop {
            if let Err(error) = self.rewrite_all().await {
                tracing::warn!(%error, "work behind the requests failed and will be tried again");
            }
            let _either = tokio::time::timeout(TICK, wake.notified()).await;
        }
    }

    async fn purging(&self) {
        loop {
            if let Err(error) = self.purge_deliveries().await {
                tracing::warn!(%error, "old deliveries could not be removed and will be later");
            }
            if let Err(error) = self.purge_runs().await {
                tracing::warn!(%error, "old runs of automations could not be removed and will be later");
            }
            if let Err(error) = self.retain().await {
                tracing::warn!(%error, "what is not kept any longer could not be removed as a whole and will be later");
            }
            tokio::time::sleep(PURGE).await;
        }
    }

    /// Does everything that there is to do now, for tests.
    ///
    /// # Errors
    /// The first failure of a consumer or delivery, or the last of a rewriting.
    pub async fn drain(&self) -> desk::Result<()> {
        self.rewrite_all().await?;
        self.find_overdue().await?;
        self.mail_portal_links().await?;
        self.move_surveys().await?;
        loop {
            let behind = self.behind().await?;
            for brand in &behind {
                self.consume(brand).await?;
            }
            self.deliver_all().await?;
            self.call_all().await?;
            // What came of the calls may be events of its own.
            if behind.is_empty() && self.behind().await?.is_empty() {
                break;
            }
        }
        self.notify_all().await?;
        self.purge_runs().await?;
        self.purge_deliveries().await?;
        self.retain().await
    }

    /// Turns events into deliveries and runs, without sending anything; for tests.
    ///
    /// # Errors
    /// The first failure.
    pub async fn consume_only(&self) -> desk::Result<()> {
        for brand in self.behind().await? {
            self.consume(&brand).await?;
        }
        Ok(())
    }

    /// Rewrites and removes everything that there is. A brand whose step fails does not keep the others waiting.
    async fn rewrite_all(&self) -> desk::Result<()> {
        let brands: Result<Vec<BrandId>, store::Error> = self
            .db
            .read("worker.replaced", |tx| Box::pin(async move { store::statuses::brands_with_replaced(tx).await }))
            .await;
        let mut done = Ok(());
        for brand in brands? {
            let rewritten = async {
                while self.rewrite(&brand).await? {}
                Ok(())
            };
            if let Err(error) = rewritten.await {
                tracing::warn!(%brand, %error, "the rows of a deleted status could not be rewritten");
                done = Err(error);
            }
        }
        let brands: Result<Vec<BrandId>, store::Error> =
            self.db.read("worker.rewriting", |tx| Box::pin(async move { store::rewrites::brands(tx).await })).await;
        for brand in brands? {
            let rewritten = async {
                while self.step(&brand).await? {}
                Ok(())
            };
            if let Err(error) = rewritten.await {
                tracing::warn!(%brand, %error, "the rows of a brand could not be rewritten");
                done = Err(error);
            }
        }
        while self.purge().await? {}
        while self.purge_people().await? {}
        if let Some(files) = &self.files {
            self.collect_files(files).await?;
        }
        done
    }

    async fn step(&self, brand: &BrandId) -> desk::Result<bool> {
        let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
        let id = brand.clone();
        self.db
            .write(Lane::Brand(brand.clone()), "rewrites.step", move |tx| {
                let (act, id) = (act.clone(), id.clone());
                Box::pin(async move { desk::rewrites::step(tx, &act, &id).await })
            })
            .await
    }

    async fn rewrite(&self, brand: &BrandId) -> desk::Result<bool> {
        let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
        let id = brand.clone();
        self.db
            .write(Lane::Brand(brand.clone()), "statuses.rewrite_step", move |tx| {
                let (act, id) = (act.clone(), id.clone());
                Box::pin(async move { desk::statuses::rewrite_step(tx, &act, &id).await })
            })
            .await
    }

    /// Sessions and mailed links that have run out.
    async fn purge_people(&self) -> desk::Result<bool> {
        let now = self.seams.clock.now();
        let due: Result<bool, store::Error> = self
            .db
            .read("worker.people_due", move |tx| {
                Box::pin(async move {
                    Ok(store::sessions::any_ended(tx, now).await?
                        || store::mail_tokens::any_expired(tx, now).await?
                        || store::portal::any_ended(tx, now).await?)
                })
            })
            .await;
        if !due? {
            return Ok(false);
        }
        self.db
            .write(Lane::Account, "people.purge", move |tx| {
                Box::pin(async move {
                    let sessions = store::sessions::purge(tx, now, REWRITE_STEP_ROWS).await?;
                    let links = store::mail_tokens::purge(tx, now, REWRITE_STEP_ROWS).await?;
                    Ok(store::portal::purge(tx, now, REWRITE_STEP_ROWS).await? || links || sessions)
                })
            })
            .await
    }

    async fn purge(&self) -> desk::Result<bool> {
        let before = self.seams.clock.now().plus_ms(-IDEMPOTENCY_KEPT_MS);
        let due: Result<bool, store::Error> = self
            .db
            .read("worker.idempotency_due", move |tx| {
                Box::pin(async move { store::idempotency::any_before(tx, before).await })
            })
            .await;
        if !due? {
            return Ok(false);
        }
        self.db
            .write(Lane::Account, "idempotency.purge", move |tx| {
                Box::pin(async move { Ok(store::idempotency::purge(tx, before, REWRITE_STEP_ROWS).await?) })
            })
            .await
    }
}
