//! `streams`: what open live streams cost a server: its memory, the time until every one of them has an event, and what
//! creates lose while nobody reads, one reads and all read.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::time::sleep;

use crate::api::Api;
use crate::cli::StreamsArgs;
use crate::error::Result;
use crate::load::brands::text;
use crate::report::section;
use crate::run::process::memory;
use crate::run::server::ServerPlan;
use crate::run::{ports, server::ServerProcess};
use crate::streams::readers::Readers;
use crate::streams::report::{Creates, Measured};
use crate::wire::target::Target;

pub mod readers;
pub mod report;

/// Streams that one credential may have open (the contract's limit).
const STREAMS_OF_KEY: u32 = 100;
/// Connections that create tickets.
const WRITERS: usize = 16;
/// Events whose way to the readers is timed.
const TIMED_EVENTS: u32 = 100;
/// How long memory gets to settle before it is looked at.
const SETTLE: Duration = Duration::from_secs(2);
/// Longer than any frame takes.
const ARRIVE_LIMIT: Duration = Duration::from_secs(60);

/// Measures and reports; false when a target was missed.
pub async fn streams(args: &StreamsArgs) -> Result<bool> {
    fs::create_dir_all(&args.data)?;
    let plan = ServerPlan::new(&args.server, &args.data, args.database.as_deref(), ports::choose(args.server.port)?)?;
    let mut keys = Vec::new();
    for _ in 0..args.streams.div_ceil(STREAMS_OF_KEY) {
        keys.push(plan.create_key()?);
    }
    let target = Target::local(plan.port, keys.first().cloned());
    let server = plan.start().await?;
    let made = Api::new(target.clone()).post("/v1/brands", br#"{"name":"Streams"}"#, None).await?;
    let brand = text(&made.expect_success("a brand")?.json()?, "id")?;
    let work = Work { target: &target, brand: &brand, span: Duration::from_secs(args.seconds) };

    // The first round only fills caches.
    work.create().await?;
    let without = work.create().await?;
    let one = Readers::open(&target, &keys[..1], &brand, 1).await?;
    let with_one = work.create().await?;
    drop(one);
    let before_kb = settled_kb(&server).await?;
    let readers = Readers::open(&target, &keys, &brand, args.streams).await?;
    let open_kb = settled_kb(&server).await?;
    let arrivals = work.time(&readers).await?;
    let with_all = work.create().await?;
    readers.settle(ARRIVE_LIMIT).await?;
    let used_kb = settled_kb(&server).await?;
    drop(readers);
    server.stop()?;

    let measured = Measured {
        engine: if args.database.is_some() { "PostgreSQL" } else { "SQLite" },
        streams: args.streams,
        memory_kb: [before_kb, open_kb, used_kb],
        arrivals,
        creates: Creates { without, with_one, with_all },
    };
    let report = report::section(&measured);
    print!("{}", report.text);
    section::put(args.out.as_deref(), &report.text)?;
    Ok(report.missed == 0)
}

async fn settled_kb(server: &ServerProcess) -> Result<u64> {
    sleep(SETTLE).await;
    Ok(memory(server.pid())?.resident_kb)
}

/// Where tickets are created, and for how long at a time.
struct Work<'w> {
    target: &'w Target,
    brand: &'w str,
    span: Duration,
}

impl Work<'_> {
    fn path(&self) -> String {
        format!("/v1/brands/{}/tickets", self.brand)
    }

    /// Creates as many tickets as it can; how many a second that was.
    async fn create(&self) -> Result<f64> {
        let (stop, made) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let mut writers = Vec::new();
        let begin = Instant::now();
        for writer in 0..WRITERS {
            let (stop, made, path, mut api) = (stop.clone(), made.clone(), self.path(), Api::new(self.target.clone()));
            writers.push(tokio::spawn(async move {
                let email = format!("customer{writer}@example.com");
                let body =
                    json!({ "title": "The parcel has not come", "body": "Where is it?", "customerEmail": email });
                let body = body.to_string();
                while !stop.load(Ordering::Relaxed) {
                    api.post(&path, body.as_bytes(), None).await?.expect_success("a ticket")?;
                    made.fetch_add(1, Ordering::Relaxed);
                }
                Result::Ok(())
            }));
        }
        sleep(self.span).await;
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await??;
        }
        Ok(made.load(Ordering::Relaxed) as f64 / begin.elapsed().as_secs_f64())
    }

    /// Creates one ticket after the other; from sending each to its frame at the first and at the last reader.
    async fn time(&self, readers: &Readers) -> Result<Vec<(Duration, Duration)>> {
        let mut api = Api::new(self.target.clone());
        let mut times = Vec::new();
        readers.settle(ARRIVE_LIMIT).await?;
        for _ in 0..TIMED_EVENTS {
            let body = br#"{"title":"The parcel has not come"}"#;
            let begin = Instant::now();
            readers.expect(1);
            api.post(&self.path(), body, None).await?.expect_success("a ticket")?;
            let (first, last) = readers.arrived(ARRIVE_LIMIT).await?;
            times.push((first - begin, last - begin));
        }
        Ok(times)
    }
}
