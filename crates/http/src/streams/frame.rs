//! What a live stream carries, as text (API 15.2).

use bytes::Bytes;
use dispatch_model::{TicketId, Timestamp, event::Event};
use serde::Serialize;

/// The first frame: how long a reader waits before it comes back.
pub(super) const RETRY: Bytes = Bytes::from_static(b"retry: 3000\n\n");
/// A comment, so that nobody on the way takes the stream for dead.
pub(super) const PING: Bytes = Bytes::from_static(b": ping\n\n");

/// An event as its frame, written once for all streams.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) sequence: i64,
    pub(super) kind: String,
    pub(super) ticket: Option<TicketId>,
    /// When it came into the buffer.
    pub(super) at: Timestamp,
    pub(super) bytes: Bytes,
}

impl Frame {
    pub(super) fn new(event: &Event, at: Timestamp) -> Self {
        Self {
            sequence: event.sequence,
            kind: event.kind.clone(),
            ticket: event.ticket_id.clone(),
            at,
            bytes: of_event(event),
        }
    }
}

/// The frame of an event.
pub(super) fn of_event(event: &Event) -> Bytes {
    Bytes::from(format!("id: {}\n{}", event.sequence, frame(&event.kind, event)))
}

/// A frame that is in no log: it has no id.
pub(super) fn aside<T: Serialize>(name: &str, data: &T) -> Bytes {
    Bytes::from(frame(name, data))
}

fn frame<T: Serialize>(name: &str, data: &T) -> String {
    let mut data = serde_json::to_string(data).unwrap_or_default();
    if data.contains(['\n', '\r']) {
        // In JSON a line break is only space between two words.
        data = data.replace(['\n', '\r'], " ");
    }
    format!("event: {name}\ndata: {data}\n\n")
}
