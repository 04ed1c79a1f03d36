//! Somebody on this machine who is called by the server, answers what the test says and remembers what came.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A call that came.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its method.
    pub method: Method,
    /// Its path, with the query.
    pub path: String,
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
pub struct Answering {
    /// The status.
    pub status: u16,
    /// The media type.
    pub kind: &'static str,
    /// The body.
    pub body: String,
    /// `Retry-After`, if it says that.
    pub retry_after: Option<String>,
}

impl Answering {
    /// Plain text.
    #[must_use]
    pub fn text(status: u16, body: &str) -> Self {
        Self { status, kind: "text/plain", body: body.to_owned(), retry_after: None }
    }

    /// JSON.
    #[must_use]
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self { status, kind: "application/json", body: body.to_string(), retry_after: None }
    }
}

/// What is answered to a call by itself.
struct Judge(Box<dyn Fn(&Received) -> Answering + Send + Sync>);

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}

#[derive(Debug)]
struct Inner {
    received: Mutex<Vec<Received>>,
    judge: Judge,
    /// What the test has said instead.
    answering: Mutex<Option<Answering>>,
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
        Self::judging(|_| Answering::text(200, "OK")).await
    }

    /// One that looks at what comes before it answers.
    pub async fn judging(judge: impl Fn(&Received) -> Answering + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/in", listener.local_addr().expect("an address"));
        let inner = Arc::new(Inner {
            received: Mutex::default(),
            judge: Judge(Box::new(judge)),
            answering: Mutex::default(),
            held: watch::Sender::new(false),
        });
        let router = Router::new().fallback(receive).with_state(inner.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { url, inner, serving }
    }

    /// From now on it answers this.
    pub fn answers(&self, status: u16, body: &str) {
        *lock(&self.inner.answering) = Some(Answering::text(status, body));
    }

    /// From now on it answers as it did at first.
    pub fn recovers(&self) {
        *lock(&self.inner.answering) = None;
    }

    /// From now on it answers this status with `Retry-After`.
    pub fn asks_to_wait(&self, status: u16, retry_after: &str) {
        let answering = Answering { retry_after: Some(retry_after.to_owned()), ..Answering::text(status, "") };
        *lock(&self.inner.answering) = Some(answering);
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

async fn receive(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let received = Received { method, path: uri.to_string(), headers, body };
    lock(&inner.received).push(received.clone());
    let mut held = inner.held.subscribe();
    let _dropped = held.wait_for(|held| !held).await;
    let said = lock(&inner.answering).clone();
    let Answering { status, kind, body, retry_after } = said.unwrap_or_else(|| (inner.judge.0)(&received));
    let status = StatusCode::from_u16(status).expect("a status");
    let mut answer = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
    if let Some(text) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, text.parse().expect("a header"));
    }
    answer
}
