//! Somebody on this machine who receives webhooks, answers what the test says and remembers what came.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A call that came.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Received {
    /// A header, or "".
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// What it answers.
#[derive(Clone, Debug)]
struct Answering {
    status: u16,
    body: String,
    retry_after: Option<String>,
}

#[derive(Debug)]
struct Inner {
    received: Mutex<Vec<Received>>,
    answering: Mutex<Answering>,
    /// Whether answers are held back, and how many calls wait for theirs.
    held: watch::Sender<bool>,
}

/// A receiver. It ends when it is dropped.
#[derive(Debug)]
pub struct Receiver {
    /// Where it listens.
    pub url: String,
    inner: Arc<Inner>,
    serving: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Receiver {
    /// One that answers 200 `OK`.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/in", listener.local_addr().expect("an address"));
        let inner = Arc::new(Inner {
            received: Mutex::default(),
            answering: Mutex::new(Answering { status: 200, body: "OK".to_owned(), retry_after: None }),
            held: watch::Sender::new(false),
        });
        let router = Router::new().fallback(receive).with_state(inner.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { url, inner, serving }
    }

    /// From now on it answers this.
    pub fn answers(&self, status: u16, body: &str) {
        *lock(&self.inner.answering) = Answering { status, body: body.to_owned(), retry_after: None };
    }

    /// From now on it answers this status with `Retry-After`.
    pub fn asks_to_wait(&self, status: u16, retry_after: &str) {
        let answering = Answering { status, body: String::new(), retry_after: Some(retry_after.to_owned()) };
        *lock(&self.inner.answering) = answering;
    }

    /// From now on calls get their answers when it is released.
    pub fn hold(&self) {
        self.inner.held.send_replace(true);
    }

    /// Every call gets its answer.
    pub fn release(&self) {
        self.inner.held.send_replace(false);
    }

    /// What came since it was last asked, in the order of arrival.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *lock(&self.inner.received))
    }

    /// How much came since it was last asked.
    #[must_use]
    pub fn count(&self) -> usize {
        lock(&self.inner.received).len()
    }
}

async fn receive(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    lock(&inner.received).push(Received { headers, body });
    let mut held = inner.held.subscribe();
    let _dropped = held.wait_for(|held| !held).await;
    let Answering { status, body, retry_after } = lock(&inner.answering).clone();
    let mut answer = (StatusCode::from_u16(status).expect("a status"), body).into_response();
    if let Some(text) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, text.parse().expect("a header"));
    }
    answer
}
