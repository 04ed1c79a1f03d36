//! The way to the other processes on one PostgreSQL database: a connection of its own that listens and notifies.
//!
//! A transaction that notifies takes a lock of the whole cluster for its commit. So writes never notify themselves: what
//! they moved is told behind them, many at once, and only brands that another process has lately said it follows.

use std::{
    collections::{HashMap, HashSet},
    future::poll_fn,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use dispatch_model::BrandId;
use tokio::sync::mpsc;
use tokio_postgres::{
    AsyncMessage, Client, Config, NoTls, Socket,
    config::SslMode,
    tls::{MakeTlsConnect, TlsConnect},
};

use super::{
    reach::connect,
    wire::{error, tls},
};
use crate::{
    Result,
    dialect::{POSTGRES_LISTEN, POSTGRES_NOTIFY, POSTGRES_PID},
    signals::{Signals, Weak},
};

/// Hints that may wait to be sent; more are dropped.
const QUEUE_MAX: usize = 1_024;
/// Bytes of one notification; PostgreSQL takes fewer than 8,000.
const PAYLOAD_BYTES_MAX: usize = 7_900;
/// How often a process says again which brands it follows.
const ANNOUNCE_EVERY: Duration = Duration::from_secs(10);
/// How long others believe it.
const BELIEVED: Duration = Duration::from_secs(30);
/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a new connection is waited for after one that failed.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// What is said to the other processes; it is written as a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Hint {
    /// The log of this brand has grown.
    Moved(BrandId),
    /// This process follows this brand.
    Follow(BrandId),
    /// A sentence for whoever hears it.
    Said(String),
}

impl Hint {
    fn line(&self) -> String {
        match self {
            Self::Moved(brand) => format!("moved {brand}"),
            Self::Follow(brand) => format!("follow {brand}"),
            Self::Said(sentence) => format!("said {sentence}"),
        }
    }

    fn read(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "moved" => Some(Self::Moved(BrandId::from(rest))),
            "follow" => Some(Self::Follow(BrandId::from(rest))),
            "said" => Some(Self::Said(rest.to_owned())),
            _ => None,
        }
    }
}

/// The brands that other processes follow, and when they last said so.
#[derive(Debug, Default)]
struct Wanted {
    brands: Mutex<HashMap<BrandId, Instant>>,
    any: AtomicBool,
}

impl Wanted {
    fn brands(&self) -> MutexGuard<'_, HashMap<BrandId, Instant>> {
        self.brands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, brand: BrandId) {
        self.brands().insert(brand, Instant::now());
        self.any.store(true, Ordering::SeqCst);
    }

    /// Forgets what nobody has said for long.
    fn forget(&self) {
        let mut brands = self.brands();
        brands.retain(|_, said| said.elapsed() < BELIEVED);
        self.any.store(!brands.is_empty(), Ordering::SeqCst);
    }
}

/// The way out of this process.
#[derive(Debug)]
pub(crate) struct Outside {
    queue: mpsc::Sender<Hint>,
    wanted: Arc<Wanted>,
}

impl Outside {
    /// Opens the way; it closes with the last handle of the database.
    pub(super) fn open(config: Config, signals: Weak) -> Self {
        let (queue, hints) = mpsc::channel(QUEUE_MAX);
        let wanted = Arc::<Wanted>::default();
        tokio::spawn(keep_open(config, signals, wanted.clone(), hints));
        Self { queue, wanted }
    }

    fn send(&self, hint: Hint) {
        // Only a hint: when too many wait, the others find out by themselves.
        let _dropped = self.queue.try_send(hint);
    }

    pub(crate) fn follow(&self, brand: &BrandId) {
        self.send(Hint::Follow(brand.clone()));
    }

    pub(crate) fn say(&self, sentence: String) {
        // A line is a hint; JSON, which is what is said, has no line break in it.
        self.send(Hint::Said(sentence.replace('\n', " ")));
    }

    pub(crate) fn anybody_follows(&self) -> bool {
        self.wanted.any.load(Ordering::SeqCst)
    }

    pub(crate) fn moved<'b>(&self, brands: impl Iterator<Item = &'b BrandId>) {
        let wanted = self.wanted.brands();
        for brand in brands.filter(|brand| wanted.contains_key(*brand)) {
            self.send(Hint::Moved(brand.clone()));
        }
    }
}

/// Connects, and connects again when that ends.
async fn keep_open(config: Config, signals: Weak, wanted: Arc<Wanted>, mut hints: mpsc::Receiver<Hint>) {
    let mut failed = false;
    loop {
        let open = Open { signals: &signals, wanted: &wanted };
        let ended = match config.get_ssl_mode() {
            SslMode::Disable => open.work(&config, NoTls, &mut hints).await,
            _ => match tls() {
                Ok(tls) => open.work(&config, tls, &mut hints).await,
                Err(error) => Err(error),
            },
        };
        let Err(error) = ended else { return };
        if !std::mem::replace(&mut failed, true) {
            tracing::warn!(%error, "other nodes cannot be listened to; live streams look by themselves every second");
        }
        if signals.upgrade().is_none() {
            return;
        }
        tokio::time::sleep(RETRY_AFTER).await;
    }
}

struct Open<'o> {
    signals: &'o Weak,
    wanted: &'o Arc<Wanted>,
}

impl Open<'_> {
    /// Listens and tells until the database is closed (then `Ok`) or the connection fails.
    async fn work<T>(&self, config: &Config, tls: T, hints: &mut mpsc::Receiver<Hint>) -> Result<()>
    where
        T: MakeTlsConnect<Socket> + Clone + Send,
        T::TlsConnect: Send,
        T::Stream: Send + 'static,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        let connecting = tokio::time::timeout(CONNECT_TIMEOUT, connect(config, tls)).await;
        let connected = connecting.map_err(|_| crate::Error::Unavailable("no server answers".to_owned()))?;
        let (client, mut connection) = connected.map_err(|failure| error(&failure))?;
        let (heard, mut messages) = mpsc::channel(QUEUE_MAX);
        tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|cx| connection.poll_message(cx)).await {
                if let AsyncMessage::Notification(said) = message {
                    let _dropped = heard.try_send((said.process_id(), said.payload().to_owned()));
                }
            }
        });
        client.batch_execute(POSTGRES_LISTEN).await.map_err(|failure| error(&failure))?;
        let own: i32 = client.query_one(POSTGRES_PID, &[]).await.map_err(|failure| error(&failure))?.get(0);
        let mut announce = tokio::time::interval(ANNOUNCE_EVERY);
        loop {
            let waiting: HashSet<Hint> = tokio::select! {
                _ = announce.tick() => {
                    self.wanted.forget();
                    let Some(signals) = self.signals.upgrade() else { return Ok(()) };
                    signals.followed().into_iter().map(Hint::Follow).collect()
                }
                hint = hints.recv() => {
                    let Some(hint) = hint else { return Ok(()) };
                    let mut waiting = HashSet::from([hint]);
                    while let Ok(hint) = hints.try_recv() {
                        waiting.insert(hint);
                    }
                    waiting
                }
                message = messages.recv() => {
                    let Some((process, lines)) = message else {
                        return Err(crate::Error::Unavailable("the connection that listens has ended".to_owned()));
                    };
                    if process != own {
                        let Some(signals) = self.signals.upgrade() else { return Ok(()) };
                        self.hear(&signals, &lines);
                    }
                    continue;
                }
            };
            tell(&client, &waiting).await?;
        }
    }

    fn hear(&self, signals: &Signals, lines: &str) {
        for hint in lines.lines().filter_map(Hint::read) {
            match hint {
                Hint::Moved(brand) => signals.wake([&brand]),
                Hint::Follow(brand) => self.wanted.add(brand),
                Hint::Said(sentence) => signals.hear(&sentence),
            }
        }
    }
}

/// Sends hints, as many in one notification as it takes.
async fn tell(client: &Client, hints: &HashSet<Hint>) -> Result<()> {
    let mut payload = String::new();
    let mut full = Vec::new();
    for line in hints.iter().map(Hint::line).filter(|line| line.len() < PAYLOAD_BYTES_MAX) {
        if payload.len() + line.len() + 1 > PAYLOAD_BYTES_MAX {
            full.push(std::mem::take(&mut payload));
        }
        payload.push_str(&line);
        payload.push('\n');
    }
    full.extend((!payload.is_empty()).then_some(payload));
    for payload in full {
        client.execute(POSTGRES_NOTIFY, &[&payload]).await.map_err(|failure| error(&failure))?;
    }
    Ok(())
}
