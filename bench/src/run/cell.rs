//! One cell of a table: an operation at a number of connections for a few seconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::cpu::{CpuMeter, CpuTime};
use super::latency::{Percentiles, percentiles};
use super::template::Template;
use crate::cli::RunArgs;
use crate::error::{Context, Result};
use crate::wire::connection::Connection;

const WARMING: u8 = 0;
const COUNTING: u8 = 1;
const OVER: u8 = 2;

/// After the end of a cell, the last replies must be in within this time.
const DRAIN: Duration = Duration::from_secs(30);
/// A connection with this many errors gives up.
const ERRORS_PER_CONNECTION_MAX: u64 = 1_000;
const EXCERPT_BYTES: usize = 300;

/// Running number of requests over the whole program, so that no two creates are equal.
static SEQUENCE: AtomicU64 = AtomicU64::new(0);

/// How long a cell takes.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Before counting.
    pub warmup: Duration,
    /// While counting.
    pub measured: Duration,
}

impl Timing {
    /// As the options say.
    pub fn of(args: &RunArgs) -> Self {
        Self { warmup: Duration::from_secs(args.warmup_seconds), measured: Duration::from_secs(args.seconds) }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Name of the operation.
    pub operation: &'static str,
    /// Connections.
    pub connections: usize,
    /// Requests answered with 2xx.
    pub requests: u64,
    /// Time they took together.
    pub elapsed: Duration,
    /// Their latencies.
    pub latency: Percentiles,
    /// Processor time while counting.
    pub cpu: CpuTime,
    /// Requests answered otherwise, or not at all; warm-up included.
    pub errors: u64,
    /// The first of those.
    pub first_error: Option<String>,
    /// Average size of a body.
    pub body_bytes: u64,
}

impl Cell {
    /// Requests per second.
    pub fn rate(&self) -> f64 {
        self.requests as f64 / self.elapsed.as_secs_f64()
    }

    /// Milliseconds of processor time per request.
    pub fn per_request(&self, total_ms: u64) -> f64 {
        total_ms as f64 / self.requests.max(1) as f64
    }

    /// Processor time of server and database per request.
    pub fn server_cpu_ms(&self) -> f64 {
        self.per_request(self.cpu.server_ms + self.cpu.postgres_ms.unwrap_or_default())
    }
}

#[derive(Default)]
struct Found {
    latencies_us: Vec<u32>,
    body_bytes: u64,
    errors: u64,
    first_error: Option<String>,
}

impl Found {
    fn note_error(&mut self, text: String) {
        self.errors += 1;
        self.first_error.get_or_insert(text);
    }

    fn add(&mut self, other: Self) {
        self.latencies_us.extend(other.latencies_us);
        self.body_bytes += other.body_bytes;
        self.errors += other.errors;
        self.first_error = self.first_error.take().or(other.first_error);
    }
}

/// Sends `templates` over `connections` connections to `authority` and counts.
pub async fn measure(
    operation: &'static str,
    authority: &str,
    templates: &Arc<Vec<Template>>,
    connections: usize,
    timing: Timing,
    meter: &CpuMeter,
) -> Result<Cell> {
    let phase = Arc::new(AtomicU8::new(WARMING));
    let mut drivers = JoinSet::new();
    for index in 0..connections {
        let templates = Arc::clone(templates);
        let start = index * templates.len() / connections;
        drivers.spawn(drive(authority.to_owned(), templates, start, Arc::clone(&phase)));
    }
    sleep(timing.warmup).await;
    let before = meter.read()?;
    let start = Instant::now();
    phase.store(COUNTING, Ordering::Relaxed);
    sleep(timing.measured).await;
    phase.store(OVER, Ordering::Relaxed);
    let elapsed = start.elapsed();
    let cpu = meter.read()?.since(&before);
    let mut all = Found::default();
    let collected = timeout(DRAIN, async {
        while let Some(found) = drivers.join_next().await {
            all.add(found?);
        }
        Result::Ok(())
    });
    collected.await.context(|| format!("{operation}: the last replies did not come"))??;
    let requests = all.latencies_us.len() as u64;
    Ok(Cell {
        operation,
        connections,
        requests,
        elapsed,
        latency: percentiles(&mut all.latencies_us),
        cpu,
        errors: all.errors,
        first_error: all.first_error,
        body_bytes: all.body_bytes / requests.max(1),
    })
}

/// One connection: requests one after the other until the cell is over.
async fn drive(authority: String, templates: Arc<Vec<Template>>, start: usize, phase: Arc<AtomicU8>) -> Found {
    let mut found = Found::default();
    let mut connection = None;
    let mut request = Vec::new();
    let mut place = start;
    while phase.load(Ordering::Relaxed) != OVER && found.errors < ERRORS_PER_CONNECTION_MAX {
        let sequence = SEQUENCE.fetch_add(1, Ordering::Relaxed);
        templates[place % templates.len()].fill(sequence, &mut request);
        place += 1;
        let begin = Instant::now();
        match exchange(&authority, &mut connection, &request).await {
            Ok((status, bytes)) if (200..300).contains(&status) => {
                if phase.load(Ordering::Relaxed) == COUNTING {
                    let latency = u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX);
                    found.latencies_us.push(latency);
                    found.body_bytes += bytes;
                }
            }
            Ok((status, _)) => {
                let body = connection.as_ref().map(Connection::body).unwrap_or_default();
                let body = String::from_utf8_lossy(&body[..body.len().min(EXCERPT_BYTES)]);
                found.note_error(format!("{status} {body}"));
            }
            Err(error) => found.note_error(error.to_string()),
        }
    }
    found
}

/// One request; status and size of the body. The connection is kept for the next request where that is possible.
async fn exchange(authority: &str, kept: &mut Option<Connection>, request: &[u8]) -> std::io::Result<(u16, u64)> {
    let mut connection = match kept.take() {
        Some(connection) => connection,
        None => Connection::open(authority).await?,
    };
    let head = connection.exchange(request).await?;
    let bytes = connection.body().len() as u64;
    if !head.close {
        *kept = Some(connection);
    }
    Ok((head.status, bytes))
}

#[cfg(test)]
#[path = "cell_tests.rs"]
mod tests;
