//! What every request shares.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use dispatch_blob::Files;
use dispatch_desk::passwords::Cost;
use dispatch_mail::judge::Judge;
use dispatch_mailroom::{MailSettings, Mailroom};
use dispatch_model::{
    Clock, Entropy,
    event::{Act, Actor},
    free_mail::FreeMail,
    id::{Mint, RequestId},
};
use dispatch_outbound::Outbound;
use dispatch_seal::ServerKey;
use dispatch_store::Db;
use tokio::{sync::broadcast::error::RecvError, time::MissedTickBehavior};

use crate::{
    auth::Keys, clients::Running, hashing::Hashing, metrics::Metrics, presence::Presences, rate::Buckets, rate::Limits,
    streams::Streams,
};

/// How often live streams look at the clock, and at their logs where nobody has told them that those have grown.
const TICK: Duration = Duration::from_secs(1);

/// The inputs of the outside world, the server key, the file store and the way out.
#[derive(Clone, Debug)]
pub struct Seams {
    /// What time it is.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// What secrets are sealed with, and links are signed with.
    pub key: ServerKey,
    /// Where files are kept.
    pub files: Files,
    /// The way out to the network.
    pub outbound: Outbound,
    /// Who says whether messages come from where they say.
    pub judge: Judge,
}

/// The bytes that a file may have at most.
#[derive(Clone, Copy, Debug)]
pub struct FileCap(pub i64);

impl Default for FileCap {
    fn default() -> Self {
        Self(50 * 1024 * 1024)
    }
}

/// What is set for REST.
#[derive(Clone, Debug, Default)]
pub struct HttpSettings {
    /// The domain of the brands' mail addresses.
    pub mail_domain: String,
    /// Other domains that brands may send from.
    pub mail_from_domains: Vec<String>,
    /// Domains whose addresses say nothing about a company.
    pub free_mail: FreeMail,
    /// Origins whose pages may call the API.
    pub cors_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The rate limits; none when they are switched off.
    pub limits: Option<Limits>,
    /// The address under which the outside reaches the server; links begin with it, without a slash at the end.
    pub public_url: String,
    /// What hashing a password costs.
    pub password_cost: Cost,
    /// What `/metrics` on the main port asks for; empty for none.
    pub metrics_token: String,
    /// How large a file may be.
    pub file_cap: FileCap,
    /// What is set for incoming mail; its domain, its file cap and its free mail are those above.
    pub mail: MailSettings,
}

/// The server, shared by all requests.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    seams: Seams,
    settings: HttpSettings,
    keys: Keys,
    buckets: Buckets,
    running: Running,
    hashing: Hashing,
    metrics: Metrics,
    streams: Streams,
    presences: Presences,
    mailroom: Mailroom,
    stopping: AtomicBool,
    work: Arc<tokio::sync::Notify>,
    deliveries: Arc<tokio::sync::Notify>,
}

impl App {
    /// A server on this database.
    #[must_use]
    pub fn new(db: Db, seams: Seams, settings: HttpSettings) -> Self {
        let metrics = Metrics::new(db.clone(), seams.outbound.clone());
        let mailroom = mailroom(&db, &seams, &settings);
        Self(Arc::new(Inner {
            keys: Keys::new(db.dialect()),
            buckets: Buckets::default(),
            running: Running::default(),
            hashing: Hashing::default(),
            streams: Streams::new(metrics.open_streams()),
            presences: Presences::default(),
            mailroom,
            stopping: AtomicBool::new(false),
            work: Arc::default(),
            deliveries: Arc::default(),
            db,
            seams,
            settings,
            metrics,
        }))
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// What is set.
    #[must_use]
    pub fn settings(&self) -> &HttpSettings {
        &self.0.settings
    }

    /// Clock, randomness and the server key.
    #[must_use]
    pub fn seams(&self) -> &Seams {
        &self.0.seams
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.seams.files
    }

    /// Where mail comes in.
    #[must_use]
    pub fn mailroom(&self) -> &Mailroom {
        &self.0.mailroom
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub(crate) fn buckets(&self) -> &Buckets {
        &self.0.buckets
    }

    pub(crate) fn running(&self) -> &Running {
        &self.0.running
    }

    pub(crate) fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }

    pub(crate) fn streams(&self) -> &Streams {
        &self.0.streams
    }

    pub(crate) fn presences(&self) -> &Presences {
        &self.0.presences
    }

    /// Whether the outside reaches the server under https: then cookies are for https alone.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.settings.public_url.starts_with("https://")
    }

    /// The counters.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The API document.
    #[must_use]
    pub fn document(&self) -> &'static str {
        crate::openapi::document()
    }

    /// Tells the worker that there is something to do. A hint: it looks by itself as well.
    pub(crate) fn wake(&self) {
        self.0.work.notify_one();
    }

    /// What the worker waits for.
    #[must_use]
    pub fn work(&self) -> Arc<tokio::sync::Notify> {
        self.0.work.clone()
    }

    /// Tells the worker that there is something to deliver.
    pub(crate) fn wake_deliveries(&self) {
        self.0.deliveries.notify_one();
    }

    /// What the deliveries of the worker wait for.
    #[must_use]
    pub fn deliveries(&self) -> Arc<tokio::sync::Notify> {
        self.0.deliveries.clone()
    }

    /// From now on `/v1/ready` says no, and live streams end.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        self.stop_streams();
    }

    /// What goes on beside the requests: the clock of live streams, and what other nodes say. It runs until it is dropped.
    pub async fn run(self) {
        self.db().listen();
        let mut heard = self.db().signals().heard();
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => self.tick().await,
                sentence = heard.recv() => match sentence {
                    Ok(sentence) => self.hear_presence(&sentence),
                    // Too much was said at once; it will be said again.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                },
            }
        }
    }

    /// Whether the server is on its way down.
    #[must_use]
    pub fn stopping(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }

    pub(crate) fn request_id(&self) -> String {
        let mint = Mint::new(self.0.seams.clock.now(), &self.0.seams.entropy);
        mint.id::<RequestId>().0
    }

    pub(crate) fn act(&self, actor: Actor, source: &'static str) -> Act {
        let act = Act::new(actor, source, &self.0.seams.clock, &self.0.seams.entropy);
        Act { free_mail: self.0.settings.free_mail.clone(), ..act }
    }
}

fn mailroom(db: &Db, seams: &Seams, settings: &HttpSettings) -> Mailroom {
    let Seams { clock, entropy, key, files, judge, outbound, .. } = seams.clone();
    let settings = MailSettings {
        domain: settings.mail_domain.to_lowercase(),
        file_bytes_max: usize::try_from(settings.file_cap.0).unwrap_or(usize::MAX),
        free_mail: settings.free_mail.clone(),
        base_url: settings.public_url.clone(),
        ..settings.mail.clone()
    };
    Mailroom::new(db.clone(), dispatch_mailroom::Seams { clock, entropy, key, files, judge, outbound }, settings)
}
