//! What runs behind the requests, in steps that a crash cannot spoil: the rows of deleted statuses are rewritten, and
//! old idempotency answers, sessions, links and files are removed. Waking up is a hint; the worker also looks by itself.

mod files;

use std::{sync::Arc, time::Duration};

use dispatch_blob::Files;
use dispatch_desk as desk;
use dispatch_model::{
    BrandId, Clock, Entropy,
    event::{Act, Actor},
    limits::{IDEMPOTENCY_KEPT_MS, REWRITE_STEP_ROWS},
};
use dispatch_store::{self as store, Db, Lane};
use tokio::sync::Notify;

/// How long the worker sleeps when nobody wakes it.
const TICK: Duration = Duration::from_secs(5);

/// The worker of one process.
#[derive(Clone, Debug)]
pub struct Worker {
    db: Db,
    clock: Clock,
    entropy: Entropy,
    files: Option<Arc<files::Collector>>,
}

impl Worker {
    /// A worker on this database.
    #[must_use]
    pub const fn new(db: Db, clock: Clock, entropy: Entropy) -> Self {
        Self { db, clock, entropy, files: None }
    }

    /// Lets it also remove files that are nobody's from this store.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files: Some(Arc::new(files::Collector::new(files))), ..self }
    }

    /// Works until it is dropped.
    pub async fn run(self, wake: Arc<Notify>) {
        loop {
            if let Err(error) = self.drain().await {
                tracing::warn!(%error, "work behind the requests failed and will be tried again");
            }
            let _either = tokio::time::timeout(TICK, wake.notified()).await;
        }
    }

    /// Does everything that there is to do now. A brand whose step fails does not keep the others waiting.
    ///
    /// # Errors
    /// The last failure; what the other steps did stands.
    pub async fn drain(&self) -> desk::Result<()> {
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
        let act = Act::new(Actor::system(), "system", &self.clock, &self.entropy);
        let id = brand.clone();
        self.db
            .write(Lane::Brand(brand.clone()), "rewrites.step", move |tx| {
                let (act, id) = (act.clone(), id.clone());
                Box::pin(async move { desk::rewrites::step(tx, &act, &id).await })
            })
            .await
    }

    async fn rewrite(&self, brand: &BrandId) -> desk::Result<bool> {
        let act = Act::new(Actor::system(), "system", &self.clock, &self.entropy);
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
        let now = self.clock.now();
        let due: Result<bool, store::Error> = self
            .db
            .read("worker.people_due", move |tx| {
                Box::pin(async move {
                    Ok(store::sessions::any_ended(tx, now).await? || store::mail_tokens::any_expired(tx, now).await?)
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
                    Ok(store::mail_tokens::purge(tx, now, REWRITE_STEP_ROWS).await? || sessions)
                })
            })
            .await
    }

    async fn purge(&self) -> desk::Result<bool> {
        let before = self.clock.now().plus_ms(-IDEMPOTENCY_KEPT_MS);
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
