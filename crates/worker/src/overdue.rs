//! The timer of tickets that are past their date (API 25). One query finds the brands that have some; each is then worked on in
//! its own lane, a few tickets a step. Several nodes may do so at once: a ticket is looked at again in the lane.

use std::time::Duration;

use dispatch_desk as desk;
use dispatch_model::{
    BrandId,
    event::{Act, Actor},
};
use dispatch_store::{self as store, Lane};
use tokio::time::sleep;

use crate::Worker;

/// How often it looks: the contract allows a minute.
const LOOK: Duration = Duration::from_secs(15);
/// Brands that one look finds; the next one goes on behind them.
const BRANDS_MAX: i64 = 256;

impl Worker {
    /// Tells of overdue tickets until it is dropped.
    pub(crate) async fn timing(&self) {
        loop {
            if let Err(error) = self.find_overdue().await {
                tracing::warn!(%error, "overdue tickets could not be looked for and will be again");
            }
            sleep(LOOK).await;
        }
    }

    /// Tells of every ticket that is overdue now. A brand whose step fails does not keep the others waiting.
    ///
    /// # Errors
    /// The last failure.
    pub async fn find_overdue(&self) -> desk::Result<()> {
        let now = self.seams.clock.now();
        let (mut after, mut done) = (String::new(), Ok(()));
        loop {
            let from = after.clone();
            let found: store::Result<Vec<BrandId>> = self
                .db
                .read("worker.overdue", move |tx| {
                    let from = from.clone();
                    Box::pin(async move { store::tickets::brands_overdue(tx, now, &from, BRANDS_MAX).await })
                })
                .await;
            let found = found?;
            for brand in &found {
                let told = async {
                    while self.overdue_step(brand).await? {}
                    Ok(())
                };
                if let Err(error) = told.await {
                    tracing::warn!(%brand, %error, "the overdue tickets of a brand could not be told of");
                    done = Err(error);
                }
            }
            match found.last() {
                Some(last) if i64::try_from(found.len()) == Ok(BRANDS_MAX) => after = last.0.clone(),
                _ => return done,
            }
        }
    }

    async fn overdue_step(&self, brand: &BrandId) -> desk::Result<bool> {
        let act = Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy);
        let id = brand.clone();
        self.db
            .write(Lane::Brand(brand.clone()), "tickets.overdue", move |tx| {
                let (act, id) = (act.clone(), id.clone());
                Box::pin(async move { desk::tickets::find_overdue(tx, &act, &id).await })
            })
            .await
    }
}
