//! The body of a form, on its way in.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::{Stream, StreamExt};

/// What may have arrived and led to nothing yet, before its reader has to look at it; and how much it may be if it still leads to nothing,
/// because the head of a part has no end. The reader has it in memory.
const AHEAD_BYTES: usize = 128 * 1024;
const AHEAD_BYTES_MAX: usize = 2 * 1024 * 1024;
/// How much of a form that does not count is read all the same, and for how long, so that its sender hears the answer.
const DRAIN_BYTES_MAX: usize = 64 * 1024 * 1024;
const DRAIN_TIME: Duration = Duration::from_secs(20);

/// A body that is read no faster than it is used.
#[derive(Clone)]
pub(super) struct Arrival(Arc<Mutex<Inner>>);

struct Inner {
    body: BodyDataStream,
    ahead: usize,
    has_paused: bool,
}

impl Arrival {
    pub(super) fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Inner { body: body.into_data_stream(), ahead: 0, has_paused: false })))
    }

    /// What has arrived was used.
    pub(super) fn went_on(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ahead = 0;
    }

    /// Reads on a little and forgets it.
    pub(super) async fn drain(mut self) {
        let all = async {
            let mut seen = 0;
            while seen < DRAIN_BYTES_MAX {
                self.went_on();
                match self.next().await {
                    Some(Ok(bytes)) => seen += bytes.len(),
                    _ => break,
                }
            }
        };
        // Who sends on all the same is hung up on.
        let _either = tokio::time::timeout(DRAIN_TIME, all).await;
    }
}

impl Stream for Arrival {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.ahead > AHEAD_BYTES && !inner.has_paused {
            // The reader of parts takes all that there is before it looks at any of it, unless it has to wait.
            inner.has_paused = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        inner.has_paused = false;
        if inner.ahead > AHEAD_BYTES_MAX {
            return Poll::Ready(Some(Err(io::Error::other("the head of a part has no end"))));
        }
        let piece = ready!(inner.body.poll_next_unpin(context));
        Poll::Ready(piece.map(|piece| {
            let piece = piece.map_err(io::Error::other)?;
            inner.ahead += piece.len();
            Ok(piece)
        }))
    }
}
