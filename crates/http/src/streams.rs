//! Live streams (API 15.2): who has one open, and what ends them.
//!
//! `tail.rs` reads the log once for all streams of a brand, `reader.rs` is one reader's place in it, `frame.rs` what is
//! sent. Nothing here waits for the wall clock: once a second [`App::tick`] does what the injected clock says is due.

mod frame;
mod reader;
mod tail;

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use dispatch_desk::{
    self as desk, Caller, access,
    events::{Beginning, Wanted},
};
use dispatch_model::{
    BrandId, TicketId, Timestamp,
    event::Event,
    limits::{STREAM_ACCESS_MS, STREAMS_MAX, STREAMS_OF_PROCESS_MAX},
    presence::{Presence, PresenceChange},
};
use futures_util::{StreamExt, stream};
use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::{Mutex as AsyncMutex, Notify, Semaphore};

use self::{
    reader::Reader,
    tail::{Next, Tail},
};
use crate::{
    App,
    listen::Cut,
    problem::{Code, Problem},
};

/// The media type of a stream.
pub(crate) const MEDIA_TYPE: &str = "text/event-stream";
/// Streams that read the log for themselves at the same time; the others wait for their turn.
const CATCHING_UP_MAX: usize = 4;
/// Credentials that one transaction looks at.
const ACCESS_CHUNK: usize = 50;
/// How long streams get to end in order when the server stops.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);

/// The live streams of this process.
#[derive(Debug)]
pub(crate) struct Streams {
    state: Mutex<State>,
    next_id: AtomicU64,
    catching_up: Semaphore,
    /// When the credentials were last looked at, in milliseconds.
    checked: AtomicI64,
    /// How many changes of credentials there were, and up to which of them they have been looked at.
    changes: AtomicU64,
    looked_at: AsyncMutex<u64>,
    gauge: Gauge,
}

#[derive(Debug, Default)]
struct State {
    tails: HashMap<BrandId, Arc<Tail>>,
    /// How many each credential has open.
    open: HashMap<String, usize>,
    total: usize,
    stopping: bool,
}

impl Streams {
    /// No streams; `gauge` counts those that come.
    pub(crate) fn new(gauge: Gauge) -> Self {
        Self {
            state: Mutex::default(),
            next_id: AtomicU64::new(0),
            catching_up: Semaphore::new(CATCHING_UP_MAX),
            checked: AtomicI64::new(0),
            changes: AtomicU64::new(0),
            looked_at: AsyncMutex::default(),
            gauge,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tails(&self) -> Vec<Arc<Tail>> {
        self.state().tails.values().cloned().collect()
    }

    /// Ends every stream, now and from now on; answers where there may still be some.
    fn stop(&self) -> Vec<Arc<Tail>> {
        self.state().stopping = true;
        let tails = self.tails();
        tails.iter().for_each(|tail| tail.end());
        tails
    }
}

/// A stream that counts as open until this is dropped.
#[derive(Debug)]
pub(crate) struct Slot {
    app: App,
    credential: String,
}

impl Slot {
    /// Room for one more stream of this credential.
    pub(crate) fn take(app: &App, credential: &str) -> Result<Self, Problem> {
        let mut state = app.streams().state();
        if state.stopping {
            return Err(Problem::new(Code::Unavailable, "The server is stopping.").retry_after(1));
        }
        if state.total >= STREAMS_OF_PROCESS_MAX {
            return Err(Problem::new(Code::Unavailable, "Too many streams are open on this server.").retry_after(5));
        }
        let open = state.open.entry(credential.to_owned()).or_default();
        if *open >= STREAMS_MAX {
            let message = format!("This credential has {STREAMS_MAX} streams open; close one first.");
            return Err(Problem::new(Code::RateLimit, message).retry_after(5));
        }
        *open += 1;
        state.total += 1;
        app.streams().gauge.inc();
        Ok(Self { app: app.clone(), credential: credential.to_owned() })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.app.streams().state();
        state.total -= 1;
        if let Some(open) = state.open.get_mut(&self.credential) {
            *open -= 1;
            if *open == 0 {
                state.open.remove(&self.credential);
            }
        }
        self.app.streams().gauge.dec();
    }
}

/// Opens a stream that begins there; `cut` ends its connection when its reader takes nothing any more.
pub(crate) fn open(
    slot: Slot,
    brand: &BrandId,
    Beginning { wanted, after, last }: Beginning,
    caller: Caller,
    cut: Option<Cut>,
) -> Body {
    let app = slot.app.clone();
    let (wanted, wake) = (Arc::new(wanted), Arc::<Notify>::default());
    let now = app.seams().clock.now();
    let reader = Reader::new(Arc::new(caller), wanted.clone(), after, now, wake.clone(), cut);
    let id = app.streams().next_id.fetch_add(1, Ordering::Relaxed);
    let mut state = app.streams().state();
    if state.total == 1 {
        // The first one after a while: its credential was looked at just now.
        app.streams().checked.store(now.as_millis(), Ordering::SeqCst);
    }
    let tail = state
        .tails
        .entry(brand.clone())
        .or_insert_with(|| {
            let tail = Arc::new(Tail::new(brand.clone(), last));
            tokio::spawn(tail.clone().run(app.clone()));
            tail
        })
        .clone();
    tail.join(id, reader);
    if state.stopping {
        tail.end();
    }
    drop(state);
    let place = Place { slot, tail, id, wanted, wake };
    let frames = stream::unfold(place, |place| async move {
        let frame = place.next().await?;
        Some((Ok::<_, Infallible>(frame), place))
    });
    Body::from_stream(frames.fuse())
}

/// One stream's place. Dropped, the stream is closed.
#[derive(Debug)]
struct Place {
    slot: Slot,
    tail: Arc<Tail>,
    id: u64,
    wanted: Arc<Wanted>,
    wake: Arc<Notify>,
}

impl Place {
    /// The next frame; none when the stream ends.
    async fn next(&self) -> Option<Bytes> {
        loop {
            match self.tail.next(self.id, self.slot.app.seams().clock.now()) {
                Next::Frame(frame) => return Some(frame),
                Next::End => return None,
                Next::Wait => self.wake.notified().await,
                Next::Behind(after) => match self.catch_up(after).await {
                    Ok((events, position)) => {
                        let frames = events.iter().map(frame::of_event).collect();
                        self.tail.with(self.id, |reader| reader.caught_up(frames, position));
                    }
                    Err(error) => {
                        // The reader comes back and goes on where it was.
                        tracing::warn!(brand = %self.tail.brand, %error, "a live stream could not read the log");
                        return None;
                    }
                },
            }
        }
    }

    async fn catch_up(&self, after: i64) -> desk::Result<(Vec<Event>, i64)> {
        let _turn = self.slot.app.streams().catching_up.acquire().await;
        let (brand, wanted) = (self.tail.brand.clone(), self.wanted.clone());
        self.slot
            .app
            .db()
            .read("streams.catch_up", move |tx| {
                let (brand, wanted) = (brand.clone(), wanted.clone());
                Box::pin(async move { desk::events::catch_up(tx, &brand, &wanted, after).await })
            })
            .await
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.slot.app.streams().state();
        let is_known = state.tails.get(&self.tail.brand).is_some_and(|tail| Arc::ptr_eq(tail, &self.tail));
        if self.tail.leave(self.id) && is_known {
            state.tails.remove(&self.tail.brand);
        }
    }
}

impl App {
    /// Does what the clock says is due for live streams and presence, and looks at the logs of those streams. The server
    /// does it once a second; tests do it when they have moved the clock.
    pub async fn tick(&self) {
        let now = self.seams().clock.now();
        let checked = Timestamp::from_millis(self.streams().checked.load(Ordering::SeqCst));
        if checked.plus_ms(STREAM_ACCESS_MS) <= now {
            self.check_access().await;
        }
        for (brand, ticket, gone) in self.presences().forget(now) {
            self.tell_presence(&brand, &ticket, &gone, now);
        }
        for tail in self.streams().tails() {
            tail.tick(now);
            tail.wake.notify_one();
        }
    }

    /// A credential may have ended, or what it gives: streams that it opened are looked at now.
    pub(crate) fn access_changed(&self) {
        if self.streams().state().total == 0 {
            return;
        }
        let change = self.streams().changes.fetch_add(1, Ordering::SeqCst) + 1;
        let app = self.clone();
        tokio::spawn(async move {
            let streams = app.streams();
            let mut looked_at = streams.looked_at.lock().await;
            // Changes that came while others were looked at are looked at together.
            if *looked_at < change {
                *looked_at = streams.changes.load(Ordering::SeqCst);
                app.check_access().await;
            }
        });
    }

    /// Ends the streams whose credential has ended, or gives other rights than it did: they come back with those.
    async fn check_access(&self) {
        let now = self.seams().clock.now();
        self.streams().checked.store(now.as_millis(), Ordering::SeqCst);
        let tails = self.streams().tails();
        let mut shown: HashMap<String, Arc<Caller>> = HashMap::new();
        for tail in &tails {
            tail.each(|reader| {
                shown.entry(shown_by(&reader.caller)).or_insert_with(|| reader.caller.clone());
            });
        }
        let shown: Vec<(String, Arc<Caller>)> = shown.into_iter().collect();
        for chunk in shown.chunks(ACCESS_CHUNK) {
            match self.renewed(chunk.to_vec(), now).await {
                Ok(renewed) => tails.iter().for_each(|tail| end_those_without(tail, &renewed)),
                Err(error) => tracing::warn!(%error, "the credentials of live streams could not be looked at"),
            }
        }
    }

    async fn renewed(
        &self,
        shown: Vec<(String, Arc<Caller>)>,
        now: Timestamp,
    ) -> desk::Result<HashMap<String, Option<Caller>>> {
        self.db()
            .read("streams.access", move |tx| {
                let shown = shown.clone();
                Box::pin(async move {
                    let mut renewed = HashMap::new();
                    for (credential, caller) in shown {
                        renewed.insert(credential, access::renewed(tx, &caller, now).await?);
                    }
                    Ok(renewed)
                })
            })
            .await
    }

    /// Ends every stream, for the server stops: in order where the reader takes it, else by closing the connection.
    pub(crate) fn stop_streams(&self) {
        let tails = self.streams().stop();
        tokio::spawn(async move {
            tokio::time::sleep(STOP_TIMEOUT).await;
            tails.iter().for_each(|tail| tail.each(Reader::cut));
        });
    }

    /// Tells the streams of a ticket what somebody does there.
    pub(crate) fn tell_presence(&self, brand: &BrandId, ticket: &TicketId, presence: &Presence, now: Timestamp) {
        let tail = self.streams().state().tails.get(brand).cloned();
        if let Some(tail) = tail {
            let frame = frame::aside("presence", &PresenceChange { ticket_id: ticket, presence });
            tail.tell(ticket, &frame, now);
        }
    }
}

/// What a caller has shown: a key or a session. A member may have several sessions.
fn shown_by(caller: &Caller) -> String {
    caller.session.as_ref().map_or_else(|| caller.credential.clone(), |own| own.session.id.0.clone())
}

fn end_those_without(tail: &Tail, renewed: &HashMap<String, Option<Caller>>) {
    tail.each(|reader| {
        let Some(now) = renewed.get(&shown_by(&reader.caller)) else { return };
        let still = |now: &Caller| now.reaches(&tail.brand) && now.is_admin() == reader.caller.is_admin();
        if !now.as_ref().is_some_and(still) {
            reader.end();
        }
    });
}
