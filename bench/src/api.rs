//! A caller of the API that does not give up at once: it waits where the server asks for it (429, 503, 409 while an
//! equal request still runs), connects again after a broken connection, and sends the same bytes again.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{sleep, timeout};

use crate::error::{Context, Result};
use crate::wire::connection::Connection;
use crate::wire::request;
use crate::wire::target::Target;

/// Repeats of one request, whatever the reasons.
pub const RETRIES_MAX: u32 = 30;
const RETRY_AFTER_SECONDS_MAX: u64 = 120;
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
const RECONNECT_PAUSE: Duration = Duration::from_millis(500);

/// One caller with its keep-alive connection.
pub struct Api {
    target: Target,
    connection: Option<Connection>,
    /// Requests that were sent again so far.
    pub retries: u64,
}

/// The reply that counted.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body bytes.
    pub body: Vec<u8>,
    /// The server answered from its memory of an earlier equal request.
    pub replayed: bool,
    /// A connection broke on the way, so `replayed` may stem from this very call.
    pub uncertain: bool,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).context(|| "the reply is not JSON".to_owned())
    }

    /// The body for an error message, cut short.
    pub fn excerpt(&self) -> String {
        String::from_utf8_lossy(&self.body).chars().take(400).collect()
    }

    /// Fails unless the status is 2xx.
    pub fn expect_success(self, doing: &str) -> Result<Self> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        Err(format!("{doing}: {} {}", self.status, self.excerpt()).into())
    }
}

impl Api {
    /// A caller that connects when first used.
    pub fn new(target: Target) -> Self {
        Self { target, connection: None, retries: 0 }
    }

    /// Reads a resource.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, None, None).await
    }

    /// Sends a JSON body; `key` is the Idempotency-Key, which makes a repeat harmless.
    pub async fn post(&mut self, path: &str, body: &[u8], key: Option<&str>) -> Result<Answer> {
        self.send("POST", path, Some(body), key).await
    }

    /// Sends any request.
    pub async fn send(&mut self, method: &str, path: &str, body: Option<&[u8]>, key: Option<&str>) -> Result<Answer> {
        let bytes = request::build(&self.target, method, path, body, key);
        let mut uncertain = false;
        for attempt in 0..=RETRIES_MAX {
            let last = attempt == RETRIES_MAX;
            match self.attempt(&bytes).await {
                Ok((answer, wait)) => match wait {
                    Some(pause) if !last => sleep(pause).await,
                    _ => {
                        return Ok(Answer { uncertain, ..answer });
                    }
                },
                Err(failure) if last => {
                    return Err(format!("{method} {path}: {failure}").into());
                }
                Err(_) => {
                    uncertain = true;
                    sleep(RECONNECT_PAUSE).await;
                }
            }
            self.retries += 1;
        }
        Err(format!("{method} {path}: gave up").into())
    }

    /// One try: the answer, and how long to wait before the next try if there should be one.
    async fn attempt(&mut self, bytes: &[u8]) -> Result<(Answer, Option<Duration>)> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(&self.target.authority).await?,
        };
        let head =
            timeout(REQUEST_TIMEOUT, connection.exchange(bytes)).await.context(|| "no reply in time".to_owned())??;
        let answer =
            Answer { status: head.status, body: connection.body().to_vec(), replayed: head.replayed, uncertain: false };
        if !head.close {
            self.connection = Some(connection);
        }
        let pause = wait_before_retry(head.status, head.retry_after_seconds);
        Ok((answer, pause))
    }
}

/// How long the server wants us to wait, when the request is worth another try.
fn wait_before_retry(status: u16, retry_after_seconds: Option<u64>) -> Option<Duration> {
    let seconds = match (status, retry_after_seconds) {
        (429 | 503, after) => after.unwrap_or(1),
        (409, Some(after)) => after,
        _ => return None,
    };
    Some(Duration::from_secs(seconds.clamp(1, RETRY_AFTER_SECONDS_MAX)))
}

#[cfg(test)]
#[path = "api_tests.rs"]
mod tests;
