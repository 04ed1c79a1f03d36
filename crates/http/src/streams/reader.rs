//! One reader of a live stream: how far it is, and whether it still takes what it gets.

use std::{collections::VecDeque, sync::Arc};

use bytes::Bytes;
use dispatch_desk::{Caller, events::Wanted};
use dispatch_model::{
    Timestamp,
    limits::{STREAM_BEHIND_MS, STREAM_MS, STREAM_PING_MS},
};
use tokio::sync::Notify;

use super::frame::{PING, RETRY};
use crate::listen::Cut;

/// Frames that may wait for one reader beside the buffer of its brand; what is in no log is dropped beyond them.
const QUEUE_MAX: usize = 64;

/// Who has the next move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// There is nothing for it; it waits.
    Waits,
    /// This process: it looks for what comes next.
    Ours,
    /// The reader's, since then: there is something for it to take.
    Theirs(Timestamp),
}

/// A reader.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) caller: Arc<Caller>,
    pub(super) wanted: Arc<Wanted>,
    /// It has seen everything up to here, or does not want it.
    pub(super) position: i64,
    /// Whether it has reached the buffer; before, it reads from the log.
    pub(super) live: bool,
    pub(super) turn: Turn,
    pub(super) ended: bool,
    queue: VecDeque<Bytes>,
    wake: Arc<Notify>,
    opened: Timestamp,
    pinged: Timestamp,
    cut: Option<Cut>,
}

impl Reader {
    pub(super) fn new(
        caller: Arc<Caller>,
        wanted: Arc<Wanted>,
        after: i64,
        now: Timestamp,
        wake: Arc<Notify>,
        cut: Option<Cut>,
    ) -> Self {
        Self {
            caller,
            wanted,
            position: after,
            live: false,
            turn: Turn::Theirs(now),
            ended: false,
            queue: VecDeque::from([RETRY]),
            wake,
            opened: now,
            pinged: now,
            cut,
        }
    }

    /// What waits for it alone.
    pub(super) fn queued(&mut self) -> Option<Bytes> {
        self.queue.pop_front()
    }

    /// Wakes it if it waits: it is its turn.
    pub(super) fn rouse(&mut self, now: Timestamp) {
        if self.turn == Turn::Waits {
            self.turn = Turn::Theirs(now);
        }
        self.wake.notify_one();
    }

    /// Puts frames from the log before it, which lead up to `position`.
    pub(super) fn caught_up(&mut self, frames: Vec<Bytes>, position: i64) {
        self.queue.extend(frames);
        self.position = position;
    }

    /// Tells it something that is in no log, unless too much waits for it already.
    pub(super) fn tell(&mut self, frame: &Bytes, now: Timestamp) {
        if self.queue.len() < QUEUE_MAX {
            self.queue.push_back(frame.clone());
            self.rouse(now);
        }
    }

    /// Ends its stream: in order when it comes for more.
    pub(super) fn end(&mut self) {
        self.ended = true;
        self.queue.clear();
        self.wake.notify_one();
    }

    /// Ends its stream without waiting for it: it does not take what it is sent.
    pub(super) fn cut(&mut self) {
        self.end();
        if let Some(cut) = &self.cut {
            cut.now();
        }
    }

    /// What the time asks for. `first` is the first sequence in the buffer.
    pub(super) fn tick(&mut self, now: Timestamp, first: i64) {
        let stalled = matches!(self.turn, Turn::Theirs(since) if since.plus_ms(STREAM_BEHIND_MS) <= now);
        if stalled || (self.live && self.position + 1 < first) {
            self.cut();
        } else if self.opened.plus_ms(STREAM_MS) <= now {
            self.end();
        } else if self.pinged.plus_ms(STREAM_PING_MS) <= now {
            self.pinged = now;
            self.tell(&PING, now);
        }
    }
}
