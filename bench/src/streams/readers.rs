//! Readers of live streams that only count: each looks for the frames of created tickets.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::error::{Context, Result};
use crate::wire::request;
use crate::wire::target::Target;

/// What a frame of a created ticket holds once.
const MARK: &[u8] = b"event: ticket.created\n";
/// What the first frame ends with.
const FIRST: &[u8] = b"retry: 3000\n\n";
/// How often the counters are looked at while frames are on their way.
const LOOK: Duration = Duration::from_micros(200);
/// No frame comes for so long: there is nothing more on its way.
const QUIET: Duration = Duration::from_millis(500);

/// What all readers have seen together.
#[derive(Debug, Default)]
struct Seen {
    /// Frames since the last time that some were expected.
    frames: AtomicU64,
    /// When the first and the last of them came.
    when: Mutex<Option<(Instant, Instant)>>,
}

impl Seen {
    fn add(&self, frames: u64) {
        let now = Instant::now();
        let mut when = self.when.lock().unwrap_or_else(PoisonError::into_inner);
        let first = when.map_or(now, |(first, _)| first);
        *when = Some((first, now));
        self.frames.fetch_add(frames, Ordering::SeqCst);
    }
}

/// Streams that are open until this is dropped.
pub struct Readers {
    seen: Arc<Seen>,
    expected: AtomicU64,
    tasks: Vec<JoinHandle<()>>,
}

impl Readers {
    /// Opens `count` streams of a brand, shared out over the keys, and waits until each has begun.
    pub async fn open(target: &Target, keys: &[String], brand: &str, count: u32) -> Result<Self> {
        let mut readers = Self { seen: Arc::default(), expected: AtomicU64::new(0), tasks: Vec::new() };
        for (key, _) in keys.iter().cycle().zip(0..count) {
            let target = Target { key: Some(key.clone()), ..target.clone() };
            let stream = begin(&target, brand).await.context(|| format!("stream {}", readers.tasks.len()))?;
            readers.tasks.push(tokio::spawn(count_frames(stream, readers.seen.clone())));
        }
        Ok(readers)
    }

    /// From now on so many tickets are created.
    pub fn expect(&self, tickets: u64) {
        *self.seen.when.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.seen.frames.store(0, Ordering::SeqCst);
        self.expected.store(tickets * self.tasks.len() as u64, Ordering::SeqCst);
    }

    /// When the first and the last of the expected frames came.
    pub async fn arrived(&self, limit: Duration) -> Result<(Instant, Instant)> {
        let all = async {
            while self.seen.frames.load(Ordering::SeqCst) < self.expected.load(Ordering::SeqCst) {
                sleep(LOOK).await;
            }
        };
        timeout(limit, all).await.context(|| "not every stream got its frame".to_owned())?;
        let when = *self.seen.when.lock().unwrap_or_else(PoisonError::into_inner);
        when.ok_or_else(|| "no frame came".into())
    }

    /// Waits until nothing more is on its way.
    pub async fn settle(&self, limit: Duration) -> Result<()> {
        let quiet = async {
            let mut before = None;
            loop {
                let now = self.seen.frames.load(Ordering::SeqCst);
                if before == Some(now) {
                    return;
                }
                before = Some(now);
                sleep(QUIET).await;
            }
        };
        timeout(limit, quiet).await.context(|| "frames came without end".to_owned())?;
        if self.tasks.iter().any(JoinHandle::is_finished) {
            return Err("a stream has ended".into());
        }
        Ok(())
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn begin(target: &Target, brand: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(&target.authority).await?;
    let path = format!("/v1/brands/{brand}/events/stream");
    stream.write_all(&request::build(target, "GET", &path, None, None)).await?;
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(FIRST) {
        if stream.read(&mut byte).await? == 0 {
            return Err(String::from_utf8_lossy(&head).into());
        }
        head.push(byte[0]);
    }
    Ok(stream)
}

/// Reads to the end and counts. A mark may be cut in two by the end of a reading.
async fn count_frames(mut stream: TcpStream, seen: Arc<Seen>) {
    let (mut tail, mut some) = (Vec::new(), vec![0; 16 * 1024]);
    while let Ok(count @ 1..) = stream.read(&mut some).await {
        tail.extend_from_slice(&some[..count]);
        let found = tail.windows(MARK.len()).filter(|window| window == &MARK).count();
        if found > 0 {
            seen.add(found as u64);
        }
        tail.drain(..tail.len().saturating_sub(MARK.len() - 1));
    }
}
