//! What customers are mailed on time or on demand: surveys that are due, and links to the portal. One query finds them, each is
//! then worked on in its brand's lane, where it is looked at again: several nodes may do so at once.

use std::time::Duration;

use dispatch_desk as desk;
use dispatch_model::{
    BrandId, FeedbackId,
    event::{Act, Actor},
    limits::{PORTAL_LINK_STEP, SURVEY_STEP},
};
use dispatch_store::{self as store, Lane, portal::PortalLink};
use tokio::time::sleep;

use crate::Worker;

/// Surveys that one look finds.
type Found = Vec<(BrandId, FeedbackId)>;

/// How often it looks.
const LOOK: Duration = Duration::from_secs(1);

impl Worker {
    /// Asks customers until it is dropped.
    pub(crate) async fn asking(&self) {
        loop {
            if let Err(error) = self.mail_portal_links().await {
                tracing::warn!(%error, "links to the portal could not be mailed and will be");
            }
            if let Err(error) = self.move_surveys().await {
                tracing::warn!(%error, "surveys that are due could not be looked at and will be again");
            }
            sleep(LOOK).await;
        }
    }

    fn system_act(&self) -> Act {
        Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy)
    }

    /// Mails every link to the portal that was asked for.
    pub(crate) async fn mail_portal_links(&self) -> desk::Result<()> {
        loop {
            let asked: store::Result<Vec<PortalLink>> = self
                .db
                .read("worker.portal_links", |tx| {
                    Box::pin(async move { store::portal::asked(tx, PORTAL_LINK_STEP).await })
                })
                .await;
            let asked = asked?;
            let found = asked.len();
            for link in asked {
                let (act, key, lane) = (self.system_act(), self.seams.key.clone(), Lane::Brand(link.brand.clone()));
                let mailed: desk::Result<()> = self
                    .db
                    .write(lane, "portal.mail_link", move |tx| {
                        let (act, key, link) = (act.clone(), key.clone(), link.clone());
                        Box::pin(async move { desk::portal::mail_step(tx, &act, &key, &link).await })
                    })
                    .await;
                mailed?;
            }
            if i64::try_from(found) != Ok(PORTAL_LINK_STEP) {
                return Ok(());
            }
        }
    }

    /// Mails every survey that is due, and lets those end that nobody has answered in time. One that fails does not keep the others
    /// waiting, but ends this look.
    pub(crate) async fn move_surveys(&self) -> desk::Result<()> {
        let mut failed = None;
        loop {
            let now = self.seams.clock.now();
            let found: store::Result<(Found, Found)> = self
                .db
                .read("worker.surveys", move |tx| {
                    Box::pin(async move {
                        let due = store::surveys::due(tx, now, SURVEY_STEP).await?;
                        Ok((due, store::surveys::over(tx, now, SURVEY_STEP).await?))
                    })
                })
                .await;
            let (due, over) = found?;
            let full = |list: &Vec<_>| i64::try_from(list.len()) == Ok(SURVEY_STEP);
            let more = full(&due) || full(&over);
            for (brand, id) in due {
                if let Err(error) = self.mail_survey(&brand, &id).await {
                    tracing::warn!(%brand, %id, %error, "a survey could not be mailed");
                    failed = Some(error);
                }
            }
            for (brand, id) in over {
                self.db
                    .write(Lane::Brand(brand.clone()), "surveys.expire", move |tx| {
                        let (brand, id) = (brand.clone(), id.clone());
                        Box::pin(async move {
                            store::surveys::expire(tx, &brand, &id, now).await?;
                            Ok::<(), desk::Error>(())
                        })
                    })
                    .await?;
            }
            match failed {
                Some(error) => return Err(error),
                None if more => {}
                None => return Ok(()),
            }
        }
    }

    async fn mail_survey(&self, brand: &BrandId, id: &FeedbackId) -> desk::Result<()> {
        let (act, key, url) = (self.system_act(), self.seams.key.clone(), self.rules.base_url.clone());
        let (brand, id) = (brand.clone(), id.clone());
        self.db
            .write(Lane::Brand(brand.clone()), "surveys.mail", move |tx| {
                let (act, key, url, brand, id) = (act.clone(), key.clone(), url.clone(), brand.clone(), id.clone());
                Box::pin(async move { desk::surveys::step(tx, &act, (&key, &url), &brand, &id).await })
            })
            .await
    }
}
