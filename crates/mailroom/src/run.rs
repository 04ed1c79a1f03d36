//! What goes on behind the ways in: messages that wait are looked at, and old bytes go.

use std::time::Duration;

use dispatch_desk as desk;
use dispatch_model::{BrandId, MailId, limits::MAIL_STEP};
use dispatch_store::{self as store, Lane};
use tokio::{sync::watch, time::timeout};

use crate::{Mailroom, Trouble};

/// How often messages that wait are looked for when nobody says that one has arrived.
const LOOK: Duration = Duration::from_secs(5);
/// How often bytes are looked for that are no longer kept.
const PURGE: Duration = Duration::from_secs(600);

impl Mailroom {
    /// Looks at what arrives and sends what waits until `stop` says so; what is under way then is finished.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        tokio::select! {
            () = self.purging() => {}
            () = async { tokio::join!(self.sending(stop.clone()), self.reading(stop.clone())); } => {}
        }
    }

    async fn reading(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.process_while(|| !*stop.borrow()).await {
                tracing::warn!(%error, "mail that came in could not be looked for and will be again");
            }
            tokio::select! {
                _ = stop.changed() => {}
                _ = timeout(LOOK, self.0.arrived.notified()) => {}
            }
        }
    }

    async fn purging(&self) {
        loop {
            if let Err(error) = self.purge_raw().await {
                tracing::warn!(%error, "old bytes of mail could not be removed and will be later");
            }
            tokio::time::sleep(PURGE).await;
        }
    }

    /// Lets the bytes of messages go whose time is over, step by step; those in the file store are noted for the collector.
    ///
    /// # Errors
    /// When the database cannot answer or write.
    pub async fn purge_raw(&self) -> Result<(), Trouble> {
        loop {
            let now = self.0.seams.clock.now();
            let old: store::Result<Vec<(BrandId, MailId, Option<String>)>> = self
                .0
                .db
                .read("mail.expired", move |tx| {
                    Box::pin(async move { store::mails::raw::expired(tx, now, MAIL_STEP).await })
                })
                .await;
            let old = old?;
            if old.is_empty() {
                return Ok(());
            }
            let done: desk::Result<()> = self
                .0
                .db
                .write(Lane::Outbox("mail_raw".to_owned()), "mail.purge_raw", move |tx| {
                    let old = old.clone();
                    Box::pin(async move {
                        for (brand, id, key) in &old {
                            if let Some(key) = key {
                                store::removals::plan(tx, key, now).await?;
                            }
                            store::mails::raw::delete(tx, brand, id).await?;
                        }
                        Ok(())
                    })
                })
                .await;
            done?;
        }
    }
}
