//! Mailboxes that are looked into by IMAP (API 20.1). A mailbox is claimed, read with no transaction open, and given back. A message is
//! on disk before anything is done to it over there; a crash in between makes it come again, and it is known for a duplicate then.
//! `folder.rs` speaks IMAP, `socket.rs` is the connection, `token.rs` asks for tokens.

mod folder;
mod socket;
mod token;
mod utf7;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use dispatch_desk::{self as desk, Refusal, mailboxes, webhooks::Sealing};
use dispatch_model::{
    BrandId,
    limits::{MAILBOX_AGAIN_MS, MAILBOX_LEASE_MS, MAILBOX_LOOKS_MAX},
    mail::MailChannel,
    mailbox::{MailboxConfig, MailboxSecrets, MailboxTest},
    text::cut,
};
use dispatch_outbound::Outbound;
use dispatch_store::{
    self as store, Lane,
    mailboxes::{Claim, MailboxRow},
};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{Mailroom, Received, Trouble};
use folder::{Failure, Folder, Search};

/// How often it looks for what has become due.
const LOOK: Duration = Duration::from_secs(1);
/// How long a server that stops waits for messages that are being fetched.
const LAST_LOOKS: Duration = Duration::from_secs(5);
/// Messages whose sizes are asked for at once.
const SIZES: usize = 200;
/// How often the connection may break on one message before it is skipped.
const STRIKES_MAX: u32 = 3;
/// Such messages of a folder that are remembered; when there are more, the oldest are tried again.
const SKIPPED_MAX: usize = 1_000;
/// Characters of what went wrong that are kept.
const TOLD_CHARS: usize = 500;

/// Whoever looks into the mailboxes. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Poller {
    mailroom: Mailroom,
    outbound: Outbound,
    strikes: Arc<Mutex<HashMap<BrandId, Strikes>>>,
}

/// On which messages of a folder the connection broke.
#[derive(Debug, Default)]
struct Strikes {
    /// What the UIDs hold for.
    validity: i64,
    /// The last one, and how often in a row.
    last: (u32, u32),
    /// Those that are passed over now.
    skipped: BTreeSet<u32>,
}

/// Signs in and opens the folders, without changing anything. Answers as well secrets that the other side has renewed.
pub async fn try_out(
    config: &MailboxConfig,
    secrets: &MailboxSecrets,
    outbound: &Outbound,
) -> (MailboxTest, Option<MailboxSecrets>) {
    let (opened, renewed) = Folder::open(config, secrets, outbound, true).await;
    let tried = async {
        let mut folder = opened?;
        let messages = folder.messages();
        if let Some(other) = config.move_to.as_ref().filter(|_| config.after_process.as_str() == "move") {
            folder.exists(other).await?;
        }
        folder.close().await;
        Ok(messages)
    };
    let test = match tried.await {
        Ok(messages) => {
            MailboxTest { ok: true, message: format!("the folder {} has {messages} messages", config.folder) }
        }
        Err(failure) => MailboxTest { ok: false, message: told(&failure, secrets) },
    };
    (test, renewed)
}

/// What went wrong, in one line and without a secret.
fn told(failure: &Failure, secrets: &MailboxSecrets) -> String {
    let mut text = failure.to_string();
    for secret in secrets.hidden() {
        text = text.replace(&secret, "...");
    }
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    cut(&line, TOLD_CHARS).0.to_owned()
}

impl Poller {
    /// Whoever looks into the mailboxes of this mailroom's database.
    #[must_use]
    pub fn new(mailroom: Mailroom, outbound: Outbound) -> Self {
        Self { mailroom, outbound, strikes: Arc::default() }
    }

    /// Looks into mailboxes until `stop` says so.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut looks = JoinSet::new();
        while !*stop.borrow() {
            match self.due(MAILBOX_LOOKS_MAX.saturating_sub(looks.len())).await {
                Ok(brands) => {
                    for brand in brands {
                        let (this, stop) = (self.clone(), stop.clone());
                        looks.spawn(async move { this.noted(&brand, &stop).await });
                    }
                }
                Err(error) => tracing::warn!(%error, "mailboxes could not be found and will be later"),
            }
            tokio::select! {
                () = sleep(LOOK) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
            while looks.try_join_next().is_some() {}
        }
        let _in_time = timeout(LAST_LOOKS, async { while looks.join_next().await.is_some() {} }).await;
    }

    /// Looks once into every mailbox that is due; for tests.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn look_at_all(&self) -> desk::Result<()> {
        let (_kept, never) = watch::channel(false);
        for brand in self.due(100).await? {
            self.look_into(&brand, &never).await?;
        }
        Ok(())
    }

    async fn due(&self, limit: usize) -> desk::Result<Vec<BrandId>> {
        let (now, limit) = (self.mailroom.0.seams.clock.now(), i64::try_from(limit).unwrap_or(0));
        if limit == 0 {
            return Ok(Vec::new());
        }
        let found: store::Result<Vec<BrandId>> = self
            .mailroom
            .0
            .db
            .read("mailboxes.due", move |tx| Box::pin(async move { store::mailboxes::due(tx, now, limit).await }))
            .await;
        Ok(found?)
    }

    async fn noted(&self, brand: &BrandId, stop: &watch::Receiver<bool>) {
        if let Err(error) = self.look_into(brand, stop).await {
            tracing::warn!(%brand, %error, "a mailbox could not be looked into and will be later");
        }
    }

    /// Claims a mailbox, reads it and gives it back.
    async fn look_into(&self, brand: &BrandId, stop: &watch::Receiver<bool>) -> desk::Result<()> {
        let inner = &self.mailroom.0;
        let (now, id) = (inner.seams.clock.now(), brand.clone());
        let until = now.plus_ms(MAILBOX_LEASE_MS);
        let claimed: desk::Result<Option<MailboxRow>> = inner
            .db
            .write(Lane::Brand(brand.clone()), "mailboxes.claim", move |tx| {
                let id = id.clone();
                Box::pin(async move { Ok(store::mailboxes::claim(tx, &id, now, until).await?) })
            })
            .await;
        let Some(row) = claimed? else { return Ok(()) };
        let mut look = Look { poller: self, brand, claim: Claim { updated_at: row.updated_at, until }, row, stop };
        let (error, failed) = match mailboxes::secrets(&look.row, brand, &inner.seams.key) {
            None => (Some(mailboxes::UNOPENED.to_owned()), true),
            Some(secrets) => match look.read(&secrets).await {
                Ok(note) => (note, false),
                Err(Ended::Lost) => return Ok(()),
                Err(Ended::Failed(failure) | Ended::AtMessage(failure)) => (Some(told(&failure, &secrets)), true),
                Err(Ended::Database(error)) => return Err(error),
            },
        };
        if let Some(error) = &error {
            tracing::info!(%brand, error, "something went wrong in a mailbox");
        }
        let poll_ms = look.row.config.poll_seconds * 1000;
        let wait_ms = if failed { poll_ms.max(MAILBOX_AGAIN_MS) } else { poll_ms };
        let (id, claim, at) = (brand.clone(), look.claim, inner.seams.clock.now());
        inner
            .db
            .write(Lane::Brand(brand.clone()), "mailboxes.looked", move |tx| {
                let (id, error) = (id.clone(), error.clone());
                Box::pin(async move {
                    Ok(store::mailboxes::looked(tx, &id, claim, at, error.as_deref(), at.plus_ms(wait_ms)).await?)
                })
            })
            .await
    }

    /// Notes that the connection broke on this message; too often, and it is passed over from now on.
    fn strike(&self, brand: &BrandId, validity: i64, uid: u32) {
        let mut strikes = self.strikes.lock().unwrap_or_else(PoisonError::into_inner);
        let of = strikes.entry(brand.clone()).or_default();
        if of.validity != validity {
            *of = Strikes { validity, ..Strikes::default() };
        }
        let count = if of.last.0 == uid { of.last.1 + 1 } else { 1 };
        of.last = (uid, count);
        if count >= STRIKES_MAX {
            of.skipped.insert(uid);
            while of.skipped.len() > SKIPPED_MAX {
                of.skipped.pop_first();
            }
        }
    }

    /// Whether the connection has broken too often on this message.
    fn is_skipped(&self, brand: &BrandId, validity: i64, uid: u32) -> bool {
        let strikes = self.strikes.lock().unwrap_or_else(PoisonError::into_inner);
        strikes.get(brand).is_some_and(|of| of.validity == validity && of.skipped.contains(&uid))
    }
}

/// Why a look is over before its end.
enum Ended {
    /// Somebody else has the mailbox now, or it was set anew.
    Lost,
    /// The other side, or what is set, is to blame.
    Failed(Failure),
    /// The same, and it may be for one message: it is not tried for ever.
    AtMessage(Failure),
    /// The database.
    Database(desk::Error),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<desk::Error> for Ended {
    fn from(error: desk::Error) -> Self {
        Self::Database(error)
    }
}

/// What has become of one message.
enum Done {
    /// It is on disk, or no longer there.
    Taken,
    /// It was left where it is.
    Skipped(String),
}

/// One look into one mailbox.
struct Look<'a> {
    poller: &'a Poller,
    brand: &'a BrandId,
    row: MailboxRow,
    claim: Claim,
    stop: &'a watch::Receiver<bool>,
}

impl Look<'_> {
    /// Takes everything that is new, and answers what there is to tell.
    async fn read(&mut self, secrets: &MailboxSecrets) -> Result<Option<String>, Ended> {
        let (opened, renewed) = Folder::open(&self.row.config, secrets, &self.poller.outbound, false).await;
        if let Some(renewed) = renewed {
            self.renew(renewed).await?;
        }
        let mut folder = opened?;
        let validity = folder.uid_validity();
        let known = self.row.last_uid.filter(|_| self.row.uid_validity == Some(validity));
        let search = match (known, self.row.uid_validity, self.row.last_poll_at) {
            (Some(last), ..) => Search::Behind(last),
            // The server counts anew. What was taken already is known for a duplicate.
            (None, Some(_), Some(at)) => Search::UnseenOrSince(at.plus_ms(-24 * 60 * 60 * 1000)),
            (None, ..) => Search::Unseen,
        };
        let uids = folder.search(search).await?;
        let (mut notes, mut whole) = (Vec::new(), true);
        'all: for some in uids.chunks(SIZES) {
            let sizes = folder.sizes(some).await?;
            for uid in some {
                if *self.stop.borrow() {
                    whole = false;
                    break 'all;
                }
                let done = if self.poller.is_skipped(self.brand, validity, *uid) {
                    Done::Skipped("passed over: the connection breaks on it again and again".to_owned())
                } else {
                    match self.take(&mut folder, *uid, sizes.get(uid).copied()).await {
                        Err(Ended::AtMessage(failure)) => {
                            self.poller.strike(self.brand, validity, *uid);
                            return Err(failure.into());
                        }
                        done => done?,
                    }
                };
                if let Done::Skipped(why) = done {
                    notes.push(format!("message {uid}: {why}"));
                }
                // While a folder is read for the first time its end is not known: it begins anew if it is not finished.
                match known {
                    Some(_) => self.read_on(Some(validity), Some(i64::from(*uid))).await?,
                    None => self.read_on(self.row.uid_validity, self.row.last_uid).await?,
                }
            }
        }
        if known.is_none() && whole {
            self.read_on(Some(validity), Some(folder.last_uid(&uids))).await?;
        }
        folder.close().await;
        Ok((!notes.is_empty()).then(|| cut(&notes.join("; "), TOLD_CHARS).0.to_owned()))
    }

    async fn take(&self, folder: &mut Folder, uid: u32, size: Option<u32>) -> Result<Done, Ended> {
        let bytes_max = self.poller.mailroom.settings().message_bytes_max;
        let too_large = || Done::Skipped(format!("larger than {} MB, left where it is", bytes_max / (1024 * 1024)));
        let Some(size) = size else { return Ok(Done::Taken) };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > bytes_max {
            return Ok(too_large());
        }
        let raw: Bytes = match folder.fetch(uid, size).await {
            Ok(Some(raw)) => raw,
            Ok(None) => return Ok(Done::Taken),
            Err(failure) => return Err(Ended::AtMessage(failure)),
        };
        let received = Received {
            channel: MailChannel::Imap,
            envelope_from: None,
            envelope_to: Vec::new(),
            remote_ip: None,
            helo: None,
            raw,
        };
        match self.poller.mailroom.receive(self.brand, received).await {
            Ok(id) => tracing::info!(brand = %self.brand, mail = %id, size, "a message came from a mailbox"),
            Err(Trouble::Desk(desk::Error::Refused(Refusal::TooLarge(_)))) => return Ok(too_large()),
            Err(trouble) if trouble.is_final() => {
                return Err(Failure::Refused("the brand takes no mail: inboundEmailEnabled is false".to_owned()).into());
            }
            Err(trouble) => {
                tracing::warn!(brand = %self.brand, error = %trouble, "a message of a mailbox could not be kept");
                return Err(
                    Failure::Refused("a message could not be kept here; it will be fetched again".to_owned()).into()
                );
            }
        }
        match folder.after(uid, &self.row.config).await {
            Ok(()) => Ok(Done::Taken),
            Err(failure) if failure.is_broken() => Err(Ended::AtMessage(failure)),
            Err(failure) => Ok(Done::Skipped(format!("taken, but not dealt with afterwards: {failure}"))),
        }
    }

    /// Notes how far the folder has been read, and holds it for longer.
    async fn read_on(&mut self, validity: Option<i64>, last: Option<i64>) -> Result<(), Ended> {
        let inner = &self.poller.mailroom.0;
        let (id, claim) = (self.brand.clone(), self.claim);
        let until = inner.seams.clock.now().plus_ms(MAILBOX_LEASE_MS);
        let held: desk::Result<bool> = inner
            .db
            .write(Lane::Brand(self.brand.clone()), "mailboxes.read_on", move |tx| {
                let id = id.clone();
                Box::pin(async move { Ok(store::mailboxes::read_on(tx, &id, claim, validity, last, until).await?) })
            })
            .await;
        if !held? {
            return Err(Ended::Lost);
        }
        self.claim.until = until;
        Ok(())
    }

    /// Keeps a token that was given in the place of the one that was used.
    async fn renew(&self, secrets: MailboxSecrets) -> Result<(), Ended> {
        let inner = &self.poller.mailroom.0;
        let (id, set_at) = (self.brand.clone(), self.row.updated_at);
        let sealing = Sealing::new(inner.seams.key.clone(), inner.seams.entropy.clone());
        let done: desk::Result<()> = inner
            .db
            .write(Lane::Brand(self.brand.clone()), "mailboxes.renew", move |tx| {
                let (id, secrets, sealing) = (id.clone(), secrets.clone(), sealing.clone());
                Box::pin(async move { mailboxes::renew(tx, &id, set_at, &secrets, &sealing).await })
            })
            .await;
        Ok(done?)
    }
}
