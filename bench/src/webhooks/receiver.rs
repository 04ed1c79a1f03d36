//! A receiver that answers at once and counts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::Result;

#[derive(Debug)]
struct Heard {
    count: watch::Sender<usize>,
    last: Mutex<Option<(Instant, Bytes)>>,
}

/// It ends when it is dropped.
pub struct Receiver {
    authority: String,
    heard: Arc<Heard>,
    serving: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Receiver {
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let authority = listener.local_addr()?.to_string();
        let heard = Arc::new(Heard { count: watch::Sender::new(0), last: Mutex::default() });
        let router = Router::new().fallback(receive).with_state(Arc::clone(&heard));
        let serving = tokio::spawn(async move {
            // It serves until the measurement ends; what it could not do shows in the count.
            drop(axum::serve(listener, router).await);
        });
        Ok(Self { authority, heard, serving })
    }

    pub fn url(&self) -> String {
        format!("http://{}/in", self.authority)
    }

    pub fn authority(&self) -> String {
        self.authority.clone()
    }

    /// Waits until so many posts have come since it last forgot.
    pub async fn arrived(&self, wanted: usize) {
        let mut count = self.heard.count.subscribe();
        // The sender lives as long as this.
        drop(count.wait_for(|count| *count >= wanted).await);
    }

    pub fn count(&self) -> usize {
        *self.heard.count.borrow()
    }

    /// Counts from nothing.
    pub fn forget(&self) {
        self.heard.count.send_replace(0);
    }

    pub fn last_arrival(&self) -> Option<Instant> {
        self.last().as_ref().map(|(at, _)| *at)
    }

    pub fn last_body(&self) -> Option<Bytes> {
        self.last().as_ref().map(|(_, body)| body.clone())
    }

    fn last(&self) -> MutexGuard<'_, Option<(Instant, Bytes)>> {
        self.heard.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn receive(State(heard): State<Arc<Heard>>, body: Bytes) {
    *heard.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), body));
    heard.count.send_modify(|count| *count += 1);
}
