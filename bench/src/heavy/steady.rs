//! A steady load: a request every few milliseconds, whether or not the one before has been answered.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::api::Api;
use crate::error::{Context, Result};
use crate::load::brands::text;
use crate::scale::prepare;
use crate::wire::connection::Connection;
use crate::wire::request;
use crate::wire::target::Target;

/// Fifty requests a second.
const EVERY: Duration = Duration::from_millis(20);
const REPLY_LIMIT: Duration = Duration::from_secs(60);

/// Requests that take turns.
pub struct Steady {
    every: Duration,
    authority: String,
    requests: Arc<Vec<Vec<u8>>>,
}

/// What requests waited in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waits {
    /// Requests that were begun or waited in it.
    pub requests: usize,
    /// The middle one.
    pub median_ms: f64,
    /// The longest one.
    pub longest_ms: f64,
}

/// When a request was sent, and when it was answered.
type Span = (Instant, Instant);

/// A load that is going on.
pub struct Load {
    over: watch::Sender<bool>,
    task: JoinHandle<Result<Vec<Span>>>,
}

impl Steady {
    /// Creates and gets in each of `brands`.
    pub async fn new(target: &Target, brands: &[String]) -> Result<Self> {
        let mut api = Api::new(target.clone());
        let mut requests = Vec::new();
        for brand in brands {
            let ticket =
                json!({ "title": "Steady", "body": "Nothing special.", "customerEmail": "steady@bench.example" });
            let id = text(&prepare::create(&mut api, brand, "tickets", &ticket).await?, "id")?;
            let path = format!("/v1/brands/{brand}/tickets");
            requests.push(request::build(target, "POST", &path, Some(ticket.to_string().as_bytes()), None));
            requests.push(request::build(target, "GET", &format!("{path}/{id}"), None, None));
        }
        Ok(Self { every: EVERY, authority: target.authority.clone(), requests: Arc::new(requests) })
    }

    /// Only creates in one brand.
    pub fn creates(target: &Target, brand: &str, every: Duration) -> Self {
        let ticket = json!({ "title": "Steady", "body": "Nothing special.", "customerEmail": "steady@bench.example" });
        let path = format!("/v1/brands/{brand}/tickets");
        let create = request::build(target, "POST", &path, Some(ticket.to_string().as_bytes()), None);
        Self { every, authority: target.authority.clone(), requests: Arc::new(vec![create]) }
    }

    /// Begins.
    pub fn start(&self) -> Load {
        let (over, told) = watch::channel(false);
        let task = tokio::spawn(drive(self.every, self.authority.clone(), Arc::clone(&self.requests), told));
        Load { over, task }
    }
}

impl Load {
    /// Ends; what requests waited before `from`, and from then until `to`.
    pub async fn stop(self, from: Instant, to: Instant) -> Result<(Waits, Waits)> {
        self.over.send_replace(true);
        let spans = self.task.await??;
        let before: Vec<Span> = spans.iter().copied().filter(|(_, answered)| *answered < from).collect();
        let during: Vec<Span> =
            spans.iter().copied().filter(|(sent, answered)| *answered >= from && *sent <= to).collect();
        Ok((waits(&before), waits(&during)))
    }
}

async fn drive(
    every: Duration,
    authority: String,
    requests: Arc<Vec<Vec<u8>>>,
    told: watch::Receiver<bool>,
) -> Result<Vec<Span>> {
    let idle: Arc<Mutex<Vec<Connection>>> = Arc::default();
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut running = JoinSet::new();
    let mut turn = 0;
    while !*told.borrow() {
        ticks.tick().await;
        let (authority, requests, idle) = (authority.clone(), Arc::clone(&requests), Arc::clone(&idle));
        let place = turn % requests.len();
        running.spawn(async move { one(&authority, &requests[place], &idle).await });
        turn += 1;
    }
    let mut spans = Vec::new();
    while let Some(done) = running.join_next().await {
        spans.push(done??);
    }
    Ok(spans)
}

/// One request on an idle connection, or on a new one; connecting is not counted.
async fn one(authority: &str, bytes: &[u8], idle: &Mutex<Vec<Connection>>) -> Result<Span> {
    let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut connection = match kept {
        Some(connection) => connection,
        None => Connection::open(authority).await?,
    };
    let sent = Instant::now();
    let head = timeout(REPLY_LIMIT, connection.exchange(bytes)).await.context(|| "no reply in time".to_owned())??;
    let span = (sent, Instant::now());
    if !(200..300).contains(&head.status) {
        return Err(format!("a request of the steady load was answered with {}", head.status).into());
    }
    if !head.close {
        idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
    Ok(span)
}

fn waits(spans: &[Span]) -> Waits {
    let mut all: Vec<f64> = spans.iter().map(|(sent, answered)| (*answered - *sent).as_secs_f64() * 1_000.0).collect();
    all.sort_by(f64::total_cmp);
    Waits {
        requests: all.len(),
        median_ms: all.get(all.len() / 2).copied().unwrap_or_default(),
        longest_ms: all.last().copied().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio::time::sleep;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_slow_answer_does_not_hold_up_the_others() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        let slow = axum::Router::new()
            .route("/slow", axum::routing::get(async || sleep(Duration::from_millis(150)).await))
            .fallback(async || ());
        let server = tokio::spawn(async move { axum::serve(listener, slow).await.unwrap() });
        let target = Target { authority: authority.clone(), key: None };
        let requests = ["/slow", "/fast"].map(|path| request::build(&target, "GET", path, None, None)).to_vec();
        let load = Steady { every: EVERY, authority, requests: Arc::new(requests) }.start();
        sleep(Duration::from_millis(400)).await;
        let now = Instant::now();
        sleep(Duration::from_millis(400)).await;
        let (before, during) = load.stop(now, Instant::now()).await.unwrap();
        server.abort();
        assert!(before.requests >= 5 && during.requests >= 5, "{before:?} {during:?}");
        assert!(during.longest_ms >= 150.0 && during.longest_ms < 2_000.0, "{during:?}");
    }
}
