//! Bytes that are nobody's: uploads that were not confirmed, files that nothing uses, files that were removed (API 8).

use std::sync::atomic::{AtomicI64, Ordering};

use dispatch_blob::Files;
use dispatch_desk as desk;
use dispatch_model::{
    AttachmentId, BrandId,
    event::{Act, Actor},
    limits::{FILE_STEP, LOOSE_FILE_MS},
};
use dispatch_store::{self as store, Lane};

use crate::Worker;

/// How often left-overs of broken uploads are looked for.
const SWEEP_MS: i64 = 60 * 60 * 1000;

/// The file store, and when it was swept last.
#[derive(Debug)]
pub(crate) struct Collector {
    files: Files,
    swept_ms: AtomicI64,
}

/// What there is to collect.
#[derive(Default)]
struct Due {
    loose: Vec<(BrandId, AttachmentId)>,
    avatars: Vec<String>,
    bytes: Vec<String>,
}

impl Collector {
    pub(crate) const fn new(files: Files) -> Self {
        Self { files, swept_ms: AtomicI64::new(0) }
    }

    fn sweep_is_due(&self, now_ms: i64) -> bool {
        let last = self.swept_ms.load(Ordering::Relaxed);
        let due = now_ms - last >= SWEEP_MS;
        if due {
            self.swept_ms.store(now_ms, Ordering::Relaxed);
        }
        due
    }
}

impl Worker {
    /// Collects everything that is due, step by step.
    pub(crate) async fn collect_files(&self, collector: &Collector) -> desk::Result<()> {
        let mut last = None;
        loop {
            let due = self.due_files().await?;
            // A row that could not be removed comes again: its time is the next round.
            let first = due.loose.first().map(|(_, id)| id.clone());
            if first.is_none() && due.avatars.is_empty() || first.is_some() && first == last {
                break;
            }
            self.collect_rows(due).await?;
            last = first;
        }
        loop {
            let due = self.due_files().await?.bytes;
            if due.is_empty() || !self.remove_bytes(&collector.files, due).await? {
                break;
            }
        }
        if collector.sweep_is_due(self.seams.clock.now().as_millis())
            && let Err(error) = collector.files.sweep().await
        {
            tracing::warn!(%error, "left-overs of uploads could not be removed");
        }
        Ok(())
    }

    async fn due_files(&self) -> desk::Result<Due> {
        let now = self.seams.clock.now();
        let before = now.plus_ms(-LOOSE_FILE_MS);
        let due: Result<Due, store::Error> = self
            .db
            .read("worker.files_due", move |tx| {
                Box::pin(async move {
                    Ok(Due {
                        loose: store::attachments::loose(tx, before, FILE_STEP).await?,
                        avatars: store::avatars::old(tx, before, FILE_STEP).await?,
                        bytes: store::removals::due(tx, now, FILE_STEP).await?,
                    })
                })
            })
            .await;
        Ok(due?)
    }

    async fn collect_rows(&self, due: Due) -> desk::Result<()> {
        for (brand, id) in due.loose {
            let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
            let lane = Lane::Brand(brand.clone());
            let done: desk::Result<()> = self
                .db
                .write(lane, "attachments.collect", move |tx| {
                    let (act, brand, id) = (act.clone(), brand.clone(), id.clone());
                    Box::pin(async move { desk::attachments::collect(tx, &act, &brand, id.as_str()).await })
                })
                .await;
            done?;
        }
        if due.avatars.is_empty() {
            return Ok(());
        }
        self.db
            .write(Lane::Account, "avatars.collect", move |tx| {
                let avatars = due.avatars.clone();
                Box::pin(async move {
                    for id in &avatars {
                        desk::attachments::forget_avatar(tx, id).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Removes these bytes, with no transaction open; says whether all of them are gone.
    async fn remove_bytes(&self, files: &Files, due: Vec<String>) -> desk::Result<bool> {
        let (now, count) = (self.seams.clock.now(), due.len());
        let mut gone = Vec::with_capacity(count);
        for key in due {
            match files.remove(&key).await {
                Ok(()) => gone.push(key),
                Err(error) => {
                    tracing::warn!(%error, "bytes could not be removed and will be later");
                    break;
                }
            }
        }
        let all = gone.len() == count;
        let noted: desk::Result<()> = self
            .db
            .write(Lane::Account, "files.removed", move |tx| {
                let gone = gone.clone();
                Box::pin(async move { Ok(store::removals::done(tx, &gone, now).await?) })
            })
            .await;
        noted?;
        Ok(all)
    }
}
