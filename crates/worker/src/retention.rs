//! What is not kept any longer (API 1.6, 15): deleted things go for good, old events leave the log, and the files of SQLite are wiped
//! of the words of both.

use dispatch_desk as desk;
use dispatch_model::{
    BrandId, Timestamp,
    event::{Act, Actor},
    limits::{PURGE_FOUND_MAX, WIPE_AFTER_MS},
};
use dispatch_store::{
    self as store, Lane,
    purge::{Due, Kind},
};

use crate::Worker;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How long things are kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Days for which deleted things are kept.
    pub deleted_days: i64,
    /// Days for which events are kept; nothing for ever.
    pub events_days: Option<i64>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { deleted_days: 30, events_days: None }
    }
}

impl Worker {
    /// Does everything that is due now. What fails does not keep the rest waiting; the last failure is told.
    pub(crate) async fn retain(&self) -> desk::Result<()> {
        // An answer that is stored for a day may hold what was deleted before it: those go first.
        let purged = match self.rewrite_all().await {
            Ok(()) => self.purge_deleted().await,
            Err(error) => Err(error),
        };
        let removed = self.remove_events().await;
        let wiped = self.wipe().await;
        // Bytes of files that the purge let go.
        let collected = match &self.files {
            Some(files) => self.collect_files(files).await,
            None => Ok(()),
        };
        purged.and(removed).and(wiped).and(collected)
    }

    async fn purge_deleted(&self) -> desk::Result<()> {
        let before = self.seams.clock.now().plus_ms(-self.retention.deleted_days * DAY_MS);
        let mut done = Ok(());
        for kind in Kind::ALL {
            let mut last: Option<Due> = None;
            loop {
                let after = last.clone();
                let found: store::Result<Vec<Due>> = self
                    .db
                    .read("worker.purge_due", move |tx| {
                        let after = after.clone();
                        Box::pin(
                            async move { store::purge::due(tx, kind, before, after.as_ref(), PURGE_FOUND_MAX).await },
                        )
                    })
                    .await;
                let found = found?;
                for due in &found {
                    if let Err(error) = self.purge_one(kind, due, before).await {
                        tracing::warn!(brand = %due.brand, id = due.id, %error, "something could not be purged and will be later");
                        done = Err(error);
                    }
                }
                match found.into_iter().next_back() {
                    Some(due) => last = Some(due),
                    None => break,
                }
            }
        }
        done
    }

    /// Purges one thing, however many steps it takes.
    async fn purge_one(&self, kind: Kind, due: &Due, before: Timestamp) -> desk::Result<()> {
        let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
        let (brand, id) = (due.brand.clone(), due.id.clone());
        let more: desk::Result<bool> = self
            .db
            .write(Lane::Brand(due.brand.clone()), "purge.begin", move |tx| {
                let (act, brand, id) = (act.clone(), brand.clone(), id.clone());
                Box::pin(async move { desk::purge::begin(tx, &act, &brand, kind, &id, before).await })
            })
            .await;
        if more? {
            while self.step(&due.brand).await? {}
        }
        Ok(())
    }

    /// Removes events that are not kept any longer, unless somebody has still to read them.
    async fn remove_events(&self) -> desk::Result<()> {
        let Some(days) = self.retention.events_days else { return Ok(()) };
        let before = self.seams.clock.now().plus_ms(-days * DAY_MS);
        let brands: store::Result<Vec<BrandId>> =
            self.db.read("worker.brands", |tx| Box::pin(async move { store::brands::ids(tx).await })).await;
        for brand in brands? {
            let mut more = self.has_old_events(&brand, before).await?;
            while more {
                let id = brand.clone();
                let removed: store::Result<bool> = self
                    .db
                    .write(Lane::Brand(brand.clone()), "events.remove", move |tx| {
                        let id = id.clone();
                        Box::pin(async move {
                            let end = store::log::read_to(tx, &id).await?;
                            store::log::remove(tx, &id, before, end, PURGE_FOUND_MAX).await
                        })
                    })
                    .await;
                more = removed?;
            }
        }
        Ok(())
    }

    async fn has_old_events(&self, brand: &BrandId, before: Timestamp) -> desk::Result<bool> {
        let id = brand.clone();
        let oldest: store::Result<Option<(i64, Timestamp)>> = self
            .db
            .read("worker.oldest_event", move |tx| {
                let id = id.clone();
                Box::pin(async move { store::log::oldest(tx, &id).await })
            })
            .await;
        Ok(oldest?.is_some_and(|(_, at)| at < before))
    }

    /// Lets the files of SQLite forget the words of what has gone for good: once a day at most, since it goes through the whole index of
    /// the search.
    async fn wipe(&self) -> desk::Result<()> {
        let now = self.seams.clock.now();
        let before = now.plus_ms(-WIPE_AFTER_MS);
        let due: store::Result<bool> = self
            .db
            .read("worker.wipe_due", move |tx| Box::pin(async move { store::wipe::is_due(tx, before).await }))
            .await;
        if !due? {
            return Ok(());
        }
        let (mut first, mut more) = (true, true);
        while more {
            let stepped: store::Result<bool> = self
                .db
                .write(Lane::Account, "wipe.step", move |tx| {
                    Box::pin(async move { store::wipe::step(tx, first).await })
                })
                .await;
            (first, more) = (false, stepped?);
        }
        if !self.db.empty_log().await? {
            tracing::info!("somebody reads from SQLite's log; it is emptied with the next wiping");
            return Ok(());
        }
        let done: store::Result<()> = self
            .db
            .write(Lane::Account, "wipe.done", move |tx| Box::pin(async move { store::wipe::done(tx, now).await }))
            .await;
        Ok(done?)
    }
}
