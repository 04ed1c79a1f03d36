//! Where mail comes in and goes out: HTTP, SMTP and IMAP in, relays out.
//!
//! [`Mailroom::receive`] is where every way in ends: the message is on disk when it returns. What becomes of it is decided behind
//! that, by whoever claims it first.

mod dkim;
pub mod imap;
mod process;
mod receive;
mod relay;
mod run;
mod send;
pub mod smtp;

pub use dkim::Dkim;
pub use receive::{Received, Trouble};
pub use relay::check_relay_url;

use std::sync::Arc;

use dispatch_blob::Files;
use dispatch_mail::judge::Judge;
use dispatch_model::{Clock, Entropy, free_mail::FreeMail};
use dispatch_outbound::Outbound;
use dispatch_seal::ServerKey;
use dispatch_store::Db;
use tokio::sync::{Notify, Semaphore};

/// Large messages that are looked at at once.
const LARGE_AT_ONCE: usize = 2;

/// The inputs of the outside world, the server key and the file store.
#[derive(Clone, Debug)]
pub struct Seams {
    /// What time it is.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// What the tokens in reply addresses are made of.
    pub key: ServerKey,
    /// Where large messages and attachments are kept.
    pub files: Files,
    /// Who says whether messages come from where they say.
    pub judge: Judge,
    /// The way out, and what is counted of it.
    pub outbound: Outbound,
}

/// What is set for mail.
#[derive(Clone)]
pub struct MailSettings {
    /// The domain of the brands' addresses, in lower case.
    pub domain: String,
    /// The bytes that a message may have.
    pub message_bytes_max: usize,
    /// How long its bytes are kept.
    pub raw_kept_ms: i64,
    /// Whether mail is quarantined that its domain's policy refuses.
    pub dmarc_enforce: bool,
    /// The bytes that an attachment may have.
    pub file_bytes_max: usize,
    /// Domains whose addresses say nothing about a company.
    pub free_mail: FreeMail,
    /// The relay that outgoing mail is handed to, with its password.
    pub relay_url: Option<String>,
    /// What signs mail that goes out.
    pub dkim: Option<Arc<Dkim>>,
    /// What links to the server begin with, without a slash at the end.
    pub base_url: String,
}

impl std::fmt::Debug for MailSettings {
    /// The address of the relay holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings").field("domain", &self.domain).finish_non_exhaustive()
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            domain: "localhost".to_owned(),
            message_bytes_max: 35 * 1024 * 1024,
            raw_kept_ms: 30 * 24 * 60 * 60 * 1000,
            dmarc_enforce: true,
            file_bytes_max: 50 * 1024 * 1024,
            free_mail: FreeMail::default(),
            relay_url: None,
            dkim: None,
            base_url: String::new(),
        }
    }
}

/// The mail of one process. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Mailroom(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    seams: Seams,
    settings: MailSettings,
    arrived: Notify,
    large: Semaphore,
    outbox: send::Outbox,
}

impl Mailroom {
    /// A mailroom on this database.
    #[must_use]
    pub fn new(db: Db, seams: Seams, settings: MailSettings) -> Self {
        Self(Arc::new(Inner {
            db,
            seams,
            settings,
            arrived: Notify::new(),
            large: Semaphore::new(LARGE_AT_ONCE),
            outbox: send::Outbox::default(),
        }))
    }

    /// What is set.
    #[must_use]
    pub fn settings(&self) -> &MailSettings {
        &self.0.settings
    }
}
