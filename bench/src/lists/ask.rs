//! The same question again and again over one connection: how long the whole reply takes.

use std::time::Instant;

use tokio::time::timeout;

use crate::error::{Context, Result};
use crate::run::latency;
use crate::wire::connection::Connection;
use crate::wire::request;
use crate::wire::target::Target;

/// Requests that are not counted: they fill the caches and plan the statement.
const WARM_UP: u32 = 5;
/// Far beyond every target: the measurement of a list that takes this long has failed.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);
const EXCERPT_BYTES: usize = 300;

/// How long a question took, from sending to the last byte of the reply.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timed {
    /// Half of the requests were faster.
    pub p50_ms: f64,
    /// 95 of 100 requests were faster.
    pub p95_ms: f64,
    /// Bytes of the reply's body.
    pub bytes: usize,
}

/// One connection.
pub struct Asker {
    target: Target,
    connection: Connection,
}

impl Asker {
    /// Connects.
    pub async fn open(target: &Target) -> Result<Self> {
        Ok(Self { target: target.clone(), connection: Connection::open(&target.authority).await? })
    }

    /// One reply; only 200 will do.
    pub async fn get(&mut self, path: &str) -> Result<&[u8]> {
        let bytes = request::build(&self.target, "GET", path, None, None);
        self.exchange(path, &bytes).await?;
        Ok(self.connection.body())
    }

    /// Asks `requests` times after a warm-up.
    pub async fn time(&mut self, path: &str, requests: u32) -> Result<Timed> {
        let bytes = request::build(&self.target, "GET", path, None, None);
        for _ in 0..WARM_UP {
            self.exchange(path, &bytes).await?;
        }
        let mut times = Vec::new();
        for _ in 0..requests {
            let start = Instant::now();
            self.exchange(path, &bytes).await?;
            times.push(u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
        times.sort_unstable();
        Ok(Timed {
            p50_ms: latency::at(&times, 50),
            p95_ms: latency::at(&times, 95),
            bytes: self.connection.body().len(),
        })
    }

    async fn exchange(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let head = timeout(LIMIT, self.connection.exchange(bytes)).await.context(|| format!("no reply: {path}"))??;
        if head.close {
            let body = String::from_utf8_lossy(self.connection.body()).into_owned();
            self.connection = Connection::open(&self.target.authority).await?;
            return Err(format!("GET {path}: {} {body}, and the connection was closed", head.status).into());
        }
        if head.status != 200 {
            let body = self.connection.body();
            let body = String::from_utf8_lossy(&body[..body.len().min(EXCERPT_BYTES)]);
            return Err(format!("GET {path}: {} {body}", head.status).into());
        }
        Ok(())
    }
}
