//! Mail on its way out (API 20.4): claimed and worded in one transaction, handed to the relay with none open, and written down in
//! another. A crash between the last two sends it again with the same Message-ID, which mailboxes know.

use std::{collections::HashMap, sync::Arc, time::Duration};

use dispatch_desk::{
    self as desk,
    mails::{
        Sent,
        render::{Rendered, Sender, render},
    },
};
use dispatch_mail::compose::compose;
use dispatch_model::{
    BrandId, MailId, Timestamp,
    event::{Act, Actor},
    limits::{MAIL_SENDING_MAX, MAIL_SENDING_MS, MAIL_SENDING_PER_BRAND, MAIL_STEP, MAIL_WAITS_MS},
    mail::{Letter, Mail},
    relay::{OpenRelay, RelayTest},
};
use dispatch_store::{self as store, Lane, mails::Whose};
use lettre::Message;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    Mailroom, Trouble,
    relay::{Attempted, Relays, Way, try_out},
};

/// How often it looks for mail that waits.
const LOOK: Duration = Duration::from_millis(500);
/// Why a mail is given up when there is nothing to send it with.
const NO_RELAY: &str = "no relay is set";
/// Why a mail is given up that has waited for a day.
const TOO_OLD: &str = "it has waited for more than 24 hours";

/// The relays and what is sent through them.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    relays: Relays,
}

impl Mailroom {
    /// Whether the server itself has a relay, which what is mailed for the account goes through.
    #[must_use]
    pub fn can_send(&self) -> bool {
        self.0.settings.relay_url.is_some()
    }

    /// Connects to a relay and signs in.
    pub async fn try_relay(&self, relay: &OpenRelay) -> RelayTest {
        try_out(relay, &self.0.seams.outbound).await
    }

    /// Sends what waits until `stop` says so; what is under way then is finished.
    pub(crate) async fn sending(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.send_all().await {
                tracing::warn!(%error, "mail that waits could not be sent and will be tried again");
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Sends or gives up everything that is due, and says how many mails a relay has taken.
    ///
    /// # Errors
    /// When the database cannot answer or write.
    pub async fn send_all(&self) -> Result<u64, Trouble> {
        let now = self.0.seams.clock.now();
        let server: Option<Arc<str>> = self.0.settings.relay_url.as_deref().map(Arc::from);
        if server.is_none() {
            self.suppress(now, Whose::WithoutRelay, NO_RELAY).await?;
        }
        self.suppress(now.plus_ms(-MAIL_WAITS_MS), Whose::All, TOO_OLD).await?;
        let mut sending: JoinSet<(BrandId, bool)> = JoinSet::new();
        let mut busy: HashMap<BrandId, usize> = HashMap::new();
        let mut taken = 0;
        loop {
            let full: Vec<BrandId> =
                busy.iter().filter(|(_, mails)| **mails >= MAIL_SENDING_PER_BRAND).map(|(id, _)| id.clone()).collect();
            let due: store::Result<Vec<(BrandId, MailId)>> = self
                .0
                .db
                .read("mail.due", move |tx| {
                    let full = full.clone();
                    Box::pin(async move { store::mails::sending::due(tx, now, &full, MAIL_STEP).await })
                })
                .await;
            let due = due?;
            if due.is_empty() && sending.is_empty() {
                return Ok(taken);
            }
            for (brand, id) in due {
                let places = busy.entry(brand.clone()).or_default();
                if *places >= MAIL_SENDING_PER_BRAND || sending.len() >= MAIL_SENDING_MAX {
                    continue;
                }
                let Some((mail, letter, way)) = self.claim_due(&brand, &id, server.clone()).await? else { continue };
                *places += 1;
                let room = self.clone();
                sending.spawn(async move {
                    let sent = room.send(&mail, letter, &way).await;
                    (mail.brand_id, sent)
                });
            }
            // Others do not wait for a relay that is slow: what becomes due meanwhile is looked for.
            if let Ok(Some(Ok((brand, sent)))) = timeout(LOOK, sending.join_next()).await {
                taken += u64::from(sent);
                if let Some(places) = busy.get_mut(&brand) {
                    *places -= 1;
                }
            }
        }
    }

    /// Takes a mail that is due and words it. None when somebody else has it, or it is not to be sent any more.
    async fn claim_due(
        &self,
        brand: &BrandId,
        id: &MailId,
        server: Option<Arc<str>>,
    ) -> desk::Result<Option<(Mail, Letter, Way)>> {
        let now = self.0.seams.clock.now();
        let (brand, id, key, settings) = (brand.clone(), id.clone(), self.0.seams.key.clone(), self.0.settings.clone());
        self.0
            .db
            .write(Lane::Outbox(format!("mail {brand}")), "mail.claim", move |tx| {
                let (brand, id, key, server) = (brand.clone(), id.clone(), key.clone(), server.clone());
                let sender = Sender { domain: settings.domain.clone(), base_url: settings.base_url.clone() };
                Box::pin(async move {
                    let until = now.plus_ms(MAIL_SENDING_MS);
                    let Some(mail) = store::mails::sending::claim(tx, &brand, &id, now, until).await? else {
                        return Ok(None);
                    };
                    let own = store::relays::get(tx, &brand).await?;
                    let from = own.as_ref().map(|own| own.relay.from_email.clone());
                    let way = match (own, server) {
                        (Some(own), _) => desk::relays::opened(own, &brand, &key)
                            .map_or(Way::Closed(desk::relays::UNOPENED), |own| Way::Own(Box::new(own))),
                        (None, Some(server)) => Way::Server(server),
                        (None, None) => {
                            store::mails::suppress(tx, &brand, &id, NO_RELAY, now).await?;
                            return Ok(None);
                        }
                    };
                    match render(tx, &mail, &key, &sender, from.as_deref()).await? {
                        Rendered::Ready(letter) => Ok(Some((mail, *letter, way))),
                        Rendered::Moot(why) => {
                            store::mails::suppress(tx, &brand, &id, why, now).await?;
                            Ok(None)
                        }
                    }
                })
            })
            .await
    }

    /// One attempt, from the bytes to its record. Says whether the relay has taken it.
    async fn send(&self, mail: &Mail, mut letter: Letter, way: &Way) -> bool {
        let _room = self.room(letter.files.iter().map(|file| file.size).sum()).await;
        let attempted = match self.composed(&mut letter).await {
            Ok(message) => match self.signed(&letter, message.formatted()) {
                Ok(raw) => self.0.outbox.relays.send(way, &self.0.seams.outbound, message.envelope(), &raw).await,
                Err(error) => Attempted::Later(format!("it cannot be signed: {error}")),
            },
            Err(attempted) => attempted,
        };
        let sent = match attempted {
            Attempted::Taken => Sent::Taken,
            Attempted::Refused(why) => Sent::Refused(why),
            Attempted::Later(why) => Sent::Later(why),
        };
        let taken = sent == Sent::Taken;
        if let Err(error) = self.record_sent(mail, sent).await {
            tracing::warn!(mail = %mail.id, %error, "what came of a mail could not be written down; it will be sent again");
        }
        taken
    }

    /// A mail with the bytes of its files; those that were deleted since it was worded are left out.
    async fn composed(&self, letter: &mut Letter) -> Result<Message, Attempted> {
        let mut bytes = Vec::with_capacity(letter.files.len());
        for file in std::mem::take(&mut letter.files) {
            match self.0.seams.files.read(&file.key, u64::try_from(file.size).unwrap_or(0)).await {
                Ok(Some(found)) => {
                    bytes.push(found.into());
                    letter.files.push(file);
                }
                Ok(None) => {}
                Err(error) => return Err(Attempted::Later(error.to_string())),
            }
        }
        compose(letter, bytes).map_err(|error| Attempted::Refused(error.to_string()))
    }

    fn signed(&self, letter: &Letter, raw: Vec<u8>) -> Result<Vec<u8>, String> {
        match &self.0.settings.dkim {
            Some(dkim) => dkim.sign(&letter.from.address, raw),
            None => Ok(raw),
        }
    }

    async fn record_sent(&self, mail: &Mail, sent: Sent) -> desk::Result<()> {
        let act = Act::new(Actor::system(), "system", &self.0.seams.clock, &self.0.seams.entropy);
        let made = Arc::new((mail.clone(), sent));
        // Only what fails is an event, for which the brand's lane is needed.
        let lane = if desk::mails::fails(mail, &made.1) {
            Lane::Brand(mail.brand_id.clone())
        } else {
            Lane::Outbox(format!("mail {}", mail.brand_id))
        };
        self.0
            .db
            .write(lane, "mail.record", move |tx| {
                let (act, made) = (act.clone(), made.clone());
                Box::pin(async move { desk::mails::record(tx, &act, &made.0, &made.1).await })
            })
            .await
    }

    /// Gives up the mail that has been due since then or longer, step by step.
    async fn suppress(&self, before: Timestamp, whose: Whose, reason: &'static str) -> Result<(), Trouble> {
        let now = self.0.seams.clock.now();
        loop {
            let due: store::Result<Vec<(BrandId, MailId)>> = self
                .0
                .db
                .read("mail.waits", move |tx| {
                    Box::pin(async move { store::mails::due(tx, before, whose, MAIL_STEP).await })
                })
                .await;
            let due = due?;
            let found = due.len();
            if found == 0 {
                return Ok(());
            }
            let given_up: desk::Result<()> = self
                .0
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
            self.0.seams.outbound.tally().suppressed(u64::try_from(found).unwrap_or(0));
            if i64::try_from(found) != Ok(MAIL_STEP) {
                return Ok(());
            }
        }
    }
}
