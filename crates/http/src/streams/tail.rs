//! The end of one brand's log, as all of its live streams read it: one reading, one frame, many readers.
//!
//! The tail keeps what came in the last half minute, up to a number of bytes; a reader is a place in it. A reader that
//! begins further back reads the log itself until it gets there, and one that falls out of it is cut off.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use dispatch_desk as desk;
use dispatch_model::{
    BrandId, TicketId, Timestamp,
    event::Event,
    limits::{STREAM_BEHIND_BYTES, STREAM_BEHIND_MS, STREAM_READ_MAX},
};
use tokio::sync::Notify;

use super::{
    frame::Frame,
    reader::{Reader, Turn},
};
use crate::App;

/// What there is for a reader.
#[derive(Debug)]
pub(super) enum Next {
    /// This.
    Frame(Bytes),
    /// Nothing yet.
    Wait,
    /// What the log holds behind this place, which is further back than the buffer.
    Behind(i64),
    /// Nothing more.
    End,
}

/// The end of a log.
#[derive(Debug)]
pub(super) struct Tail {
    pub(super) brand: BrandId,
    /// Wakes the one who reads the log.
    pub(super) wake: Arc<Notify>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The last sequence that was read.
    position: i64,
    frames: VecDeque<Frame>,
    bytes: usize,
    readers: HashMap<u64, Reader>,
    /// Nothing more comes: the brand is gone, or nobody reads.
    ended: bool,
}

impl State {
    /// The first sequence in the buffer.
    fn first(&self) -> i64 {
        self.frames.front().map_or(self.position + 1, |frame| frame.sequence)
    }

    fn drop_first(&mut self) {
        if let Some(frame) = self.frames.pop_front() {
            self.bytes -= frame.bytes.len();
        }
    }
}

impl Tail {
    pub(super) fn new(brand: BrandId, position: i64) -> Self {
        let state = State { position, frames: VecDeque::new(), bytes: 0, readers: HashMap::new(), ended: false };
        Self { brand, wake: Arc::default(), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn join(&self, id: u64, mut reader: Reader) {
        let mut state = self.state();
        reader.ended = state.ended;
        state.readers.insert(id, reader);
    }

    /// A reader has gone; says whether it was the last one.
    pub(super) fn leave(&self, id: u64) -> bool {
        let mut state = self.state();
        state.readers.remove(&id);
        state.ended |= state.readers.is_empty();
        if state.ended {
            self.wake.notify_one();
        }
        state.readers.is_empty()
    }

    /// What there is for a reader that comes for more.
    pub(super) fn next(&self, id: u64, now: Timestamp) -> Next {
        let mut state = self.state();
        let (first, position) = (state.first(), state.position);
        let State { frames, readers, .. } = &mut *state;
        let Some(reader) = readers.get_mut(&id).filter(|reader| !reader.ended) else { return Next::End };
        if let Some(frame) = reader.queued() {
            reader.turn = Turn::Theirs(now);
            return Next::Frame(frame);
        }
        if reader.position + 1 < first {
            reader.turn = Turn::Ours;
            return if reader.live { Next::End } else { Next::Behind(reader.position) };
        }
        reader.live = true;
        let from = frames.partition_point(|frame| frame.sequence <= reader.position);
        let wanted = reader.wanted.clone();
        match frames.range(from..).find(|frame| wanted.wants(&frame.kind, frame.ticket.as_ref())) {
            Some(frame) => {
                reader.position = frame.sequence;
                reader.turn = Turn::Theirs(now);
                Next::Frame(frame.bytes.clone())
            }
            None => {
                reader.position = reader.position.max(position);
                reader.turn = Turn::Waits;
                Next::Wait
            }
        }
    }

    /// Does something to one reader, if it is still there.
    pub(super) fn with(&self, id: u64, act: impl FnOnce(&mut Reader)) {
        if let Some(reader) = self.state().readers.get_mut(&id) {
            act(reader);
        }
    }

    /// Does something to every reader.
    pub(super) fn each(&self, act: impl FnMut(&mut Reader)) {
        self.state().readers.values_mut().for_each(act);
    }

    /// Ends every stream: there is nothing more to come.
    pub(super) fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        state.readers.values_mut().for_each(Reader::end);
        self.wake.notify_one();
    }

    /// Tells the readers of a ticket something that is in no log.
    pub(super) fn tell(&self, ticket: &TicketId, frame: &Bytes, now: Timestamp) {
        self.each(|reader| {
            if reader.wanted.ticket.as_ref() == Some(ticket) {
                reader.tell(frame, now);
            }
        });
    }

    /// What the time asks for.
    pub(super) fn tick(&self, now: Timestamp) {
        let mut state = self.state();
        while state.frames.front().is_some_and(|frame| frame.at.plus_ms(STREAM_BEHIND_MS) <= now) {
            state.drop_first();
        }
        let first = state.first();
        state.readers.values_mut().for_each(|reader| reader.tick(now, first));
    }

    /// Adds frames, which follow on those before. Only readers that want one of them are woken.
    fn push(&self, frames: Vec<Frame>, now: Timestamp) {
        let mut state = self.state();
        let Some(last) = frames.last().map(|frame| frame.sequence) else { return };
        for reader in state.readers.values_mut().filter(|reader| reader.turn == Turn::Waits) {
            if frames.iter().any(|frame| reader.wanted.wants(&frame.kind, frame.ticket.as_ref())) {
                reader.rouse(now);
            } else {
                reader.position = reader.position.max(last);
            }
        }
        state.position = last;
        state.bytes += frames.iter().map(|frame| frame.bytes.len()).sum::<usize>();
        state.frames.extend(frames);
        while state.bytes > STREAM_BEHIND_BYTES && state.frames.len() > 1 {
            state.drop_first();
        }
    }

    /// Reads the log for as long as there are readers.
    pub(super) async fn run(self: Arc<Self>, app: App) {
        let _following = app.db().signals().follow(&self.brand, self.wake.clone());
        loop {
            let (position, ended) = {
                let state = self.state();
                (state.position, state.ended)
            };
            if ended {
                return;
            }
            match grown(&app, &self.brand, position).await {
                Ok(events) => {
                    let now = app.seams().clock.now();
                    let is_all = i64::try_from(events.len()).is_ok_and(|count| count < STREAM_READ_MAX);
                    self.push(events.iter().map(|event| Frame::new(event, now)).collect(), now);
                    if !is_all {
                        // The readers come to their turn before the next part.
                        tokio::task::yield_now().await;
                        continue;
                    }
                }
                Err(desk::Error::Refused(_)) => return self.end(),
                Err(error) => {
                    tracing::warn!(brand = %self.brand, %error, "a log could not be read for its live streams")
                }
            }
            self.wake.notified().await;
        }
    }
}

async fn grown(app: &App, brand: &BrandId, after: i64) -> desk::Result<Vec<Event>> {
    let brand = brand.clone();
    app.db()
        .read("streams.grown", move |tx| {
            let brand = brand.clone();
            Box::pin(async move { desk::events::grown(tx, &brand, after).await })
        })
        .await
}
