//! Mail that waits. Nothing sends any yet: without a relay it is given up at once, and with one it waits for at most a day, so
//! that whatever sends first finds nothing that is long out of date.

use std::time::Duration;

use dispatch_desk as desk;
use dispatch_model::{
    BrandId, MailId,
    limits::{MAIL_STEP, MAIL_WAITS_MS},
};
use dispatch_store::{self as store, Lane};
use tokio::time::sleep;

use crate::Worker;

/// How often it looks for mail that waits.
const LOOK: Duration = Duration::from_secs(5);
/// Why a mail is given up when there is nothing to send it with.
const NO_RELAY: &str = "no relay is set";
/// Why a mail is given up that has waited for a day.
const TOO_OLD: &str = "it has waited for more than 24 hours";

impl Worker {
    /// Gives up mail until it is dropped.
    pub(crate) async fn mailing(&self) {
        loop {
            if let Err(error) = self.give_up_mails().await {
                tracing::warn!(%error, "mail that waits could not be looked at and will be again");
            }
            sleep(LOOK).await;
        }
    }

    /// Gives up the mail that nobody will send, step by step.
    pub(crate) async fn give_up_mails(&self) -> desk::Result<()> {
        let now = self.seams.clock.now();
        let (before, reason) = if self.has_relay { (now.plus_ms(-MAIL_WAITS_MS), TOO_OLD) } else { (now, NO_RELAY) };
        loop {
            let due: store::Result<Vec<(BrandId, MailId)>> = self
                .db
                .read("worker.mails", move |tx| Box::pin(async move { store::mails::due(tx, before, MAIL_STEP).await }))
                .await;
            let due = due?;
            let found = due.len();
            if found == 0 {
                return Ok(());
            }
            let given_up: store::Result<()> = self
                .db
                .write(Lane::Outbox("mail".to_owned()), "mails.suppress", move |tx| {
                    let due = due.clone();
                    Box::pin(async move {
                        for (brand, id) in &due {
                            store::mails::suppress(tx, brand, id, reason, now).await?;
                        }
                        Ok(())
                    })
                })
                .await;
            given_up?;
            self.seams.outbound.tally().suppressed(u64::try_from(found).unwrap_or(0));
            if i64::try_from(found) != Ok(MAIL_STEP) {
                return Ok(());
            }
        }
    }
}
