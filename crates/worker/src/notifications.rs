//! People are told of what happens (API 21). Nothing hurries here: brands that have gone on are looked for now and then, so that many
//! events share a step, and a commit is not followed by another one of ours.

use std::time::Duration;

use dispatch_desk as desk;
use dispatch_model::{
    BrandId,
    event::{Act, Actor},
};
use dispatch_store::{self as store, Lane, consumers};
use tokio::time::sleep;

use crate::Worker;

/// How often brands are looked for that have gone on.
const LOOK: Duration = Duration::from_millis(500);
/// Brands that one look finds; the next one goes on behind them.
const BRANDS_MAX: i64 = 256;

impl Worker {
    /// Tells people until it is dropped.
    pub(crate) async fn notifying(&self) {
        loop {
            if let Err(error) = self.notify_all().await {
                tracing::warn!(%error, "people could not be told and will be later");
            }
            sleep(LOOK).await;
        }
    }

    /// Tells people of everything that they have not been told of. A brand whose step fails does not keep the others waiting.
    pub(crate) async fn notify_all(&self) -> desk::Result<()> {
        let (mut after, mut done) = (String::new(), Ok(()));
        loop {
            let from = after.clone();
            let found: store::Result<Vec<BrandId>> = self
                .db
                .read("worker.to_notify", move |tx| {
                    let from = from.clone();
                    Box::pin(async move { consumers::to_notify(tx, &from, BRANDS_MAX).await })
                })
                .await;
            let found = found?;
            for brand in &found {
                if let Err(error) = self.notify(brand).await {
                    tracing::warn!(%brand, %error, "the people of a brand could not be told");
                    done = Err(error);
                }
            }
            match found.last() {
                Some(last) if i64::try_from(found.len()) == Ok(BRANDS_MAX) => after = last.0.clone(),
                _ => return done,
            }
        }
    }

    async fn notify(&self, brand: &BrandId) -> desk::Result<()> {
        loop {
            let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
            let (id, domain) = (brand.clone(), self.mail_domain.clone());
            let step: desk::Result<_> = self
                .db
                .write(Lane::Consumer(brand.clone(), consumers::NOTIFICATIONS), "notifications.consume", move |tx| {
                    let (act, id, domain) = (act.clone(), id.clone(), domain.clone());
                    Box::pin(async move { desk::notifications::consume(tx, &act, &id, &domain).await })
                })
                .await;
            if !step?.more {
                return Ok(());
            }
        }
    }
}
