//! `agents`: what a team that works notices on a large database. Every agent has the list of active tickets of a brand before
//! them (newest first, every 5 s), opens a ticket of it (every 3 s), answers one (every 30 s) and keeps a live stream open; the
//! times are those of the issue that ordered the proof.

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at};

use crate::api::Api;
use crate::cli::AgentsArgs;
use crate::error::Result;
use crate::load::brands::text;
use crate::report::section;
use crate::run::cpu::CpuMeter;
use crate::run::latency;
use crate::run::process;
use crate::scale::ground::Ground;
use crate::streams::readers::Readers;

const LIST_EVERY: Duration = Duration::from_secs(5);
const OPEN_EVERY: Duration = Duration::from_secs(3);
const REPLY_EVERY: Duration = Duration::from_secs(30);
/// What is not counted: caches fill, and every agent has made its first round.
const WARM_UP: Duration = Duration::from_secs(10);
/// A list of a team at work (99 of 100).
const LIST_P99_MS_MAX: f64 = 10.0;
/// Frames that are still on their way at the end.
const SETTLE_LIMIT: Duration = Duration::from_secs(30);

/// What an agent does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    List,
    Open,
    Reply,
}

const DEEDS: [(Deed, &str); 3] =
    [(Deed::List, "list of active tickets"), (Deed::Open, "a ticket with its comments"), (Deed::Reply, "a reply")];

/// Microseconds that each took, by deed; those of the warm-up are not among them.
type Times = Arc<Mutex<[Vec<u32>; 3]>>;

/// Lets them work and reports; false when a target was missed.
pub async fn agents(args: &AgentsArgs) -> Result<bool> {
    let ground = Ground::load(&args.data)?;
    let plan = ground.plan(&args.server)?;
    let server = plan.start().await?;
    let target = ground.target(&plan);
    let mut streams = Vec::new();
    for agent in 0..args.agents as usize {
        let brand = &ground.brand_ids[agent % ground.brand_ids.len()];
        streams.push(Readers::open(&target, std::slice::from_ref(&ground.key), brand, 1).await?);
    }
    let (times, mut work) = (Times::default(), JoinSet::new());
    let begin = Instant::now();
    let (from, until) = (begin + WARM_UP, begin + WARM_UP + Duration::from_secs(args.seconds));
    for agent in 0..args.agents {
        let brand = ground.brand_ids[agent as usize % ground.brand_ids.len()].clone();
        // They do not all look up at the same moment.
        let late = LIST_EVERY * agent / args.agents;
        let agent = Agent { api: Api::new(target.clone()), brand, seen: Vec::new(), number: agent as usize };
        work.spawn(agent.work((begin + late, from, until), times.clone()));
    }
    let meter = CpuMeter::new(server.pid(), args.postgres_pid);
    tokio::time::sleep_until(from).await;
    let before = meter.read()?;
    while let Some(done) = work.join_next().await {
        done??;
    }
    let cpu = meter.read()?.since(&before);
    for stream in &streams {
        stream.settle(SETTLE_LIMIT).await?;
    }
    let memory = process::memory(server.pid())?;
    drop(streams);
    server.stop()?;

    let of_a_second = |ms: u64| ms as f64 / 1_000.0 / args.seconds as f64 * 100.0;
    let database = cpu.postgres_ms.map_or_else(String::new, |ms| format!(", the database {:.1} %", of_a_second(ms)));
    let mut times = times.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let lists = latency::percentiles(&mut times[Deed::List as usize]);
    let missed = lists.p99_ms >= LIST_P99_MS_MAX;
    let mut report = format!(
        "## A team at work: {}\n\n{} agents for {} s on {} tickets in {} brands; each has a list every 5 s, opens a ticket every 3 s, \
         replies every 30 s and keeps a live stream open.\n\n| what | times | p50 ms | p99 ms | bound | verdict |\n|---|--:|--:|--:|--:|---|\n",
        ground.named(),
        args.agents,
        args.seconds,
        ground.tickets,
        ground.brand_ids.len(),
    );
    for (deed, name) in DEEDS {
        let mut of = times[deed as usize].clone();
        let found = latency::percentiles(&mut of);
        let bound = match deed {
            Deed::List => format!("p99 < {LIST_P99_MS_MAX:.0} | {}", if missed { "**missed**" } else { "met" }),
            Deed::Open | Deed::Reply => " | ".to_owned(),
        };
        let _ = writeln!(report, "| {name} | {} | {:.2} | {:.2} | {bound} |", of.len(), found.p50_ms, found.p99_ms);
    }
    let _ = writeln!(
        report,
        "\nThe server took {:.1} % of one core{database}, and {:.0} MB of memory (at most {:.0}). Everything was answered with 2xx.",
        of_a_second(cpu.server_ms),
        memory.resident_kb as f64 / 1_024.0,
        memory.peak_kb as f64 / 1_024.0,
    );
    print!("{report}");
    section::put(args.out.as_deref(), &report)?;
    Ok(!missed)
}

/// Somebody at work in a brand.
struct Agent {
    api: Api,
    brand: String,
    /// The tickets of the last list.
    seen: Vec<String>,
    number: usize,
}

impl Agent {
    /// Works from `begin` on; what begins before `from` is not counted.
    async fn work(mut self, (begin, from, until): (Instant, Instant, Instant), times: Times) -> Result<()> {
        let mut lists = interval_at(begin, LIST_EVERY);
        let mut opens = interval_at(begin + Duration::from_secs(1), OPEN_EVERY);
        let mut replies = interval_at(begin + REPLY_EVERY * (self.number as u32 % 30) / 30, REPLY_EVERY);
        loop {
            let deed = tokio::select! {
                _ = lists.tick() => Deed::List,
                _ = opens.tick() => Deed::Open,
                _ = replies.tick() => Deed::Reply,
                () = tokio::time::sleep_until(until) => return Ok(()),
            };
            let start = Instant::now();
            if !self.act(deed).await? {
                continue;
            }
            let took = u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX);
            if start >= from {
                times.lock().unwrap_or_else(PoisonError::into_inner)[deed as usize].push(took);
            }
        }
    }

    /// Does it; false where there is nothing to do it to yet.
    async fn act(&mut self, deed: Deed) -> Result<bool> {
        let tickets = format!("/v1/brands/{}/tickets", self.brand);
        if let Deed::List = deed {
            let page: Value =
                self.api.get(&format!("{tickets}?status=active")).await?.expect_success("a list")?.json()?;
            self.seen =
                page["data"].as_array().into_iter().flatten().map(|one| text(one, "id")).collect::<Result<_>>()?;
            return Ok(true);
        }
        self.number += 7;
        let Some(id) = self.seen.get(self.number % self.seen.len().max(1)) else { return Ok(false) };
        match deed {
            Deed::Open => {
                let (ticket, comments) = (format!("{tickets}/{id}"), format!("{tickets}/{id}/comments"));
                self.api.get(&ticket).await?.expect_success("a ticket")?;
                self.api.get(&comments).await?.expect_success("its comments")?;
            }
            Deed::Reply | Deed::List => {
                let body = json!({ "body": "The parcel is on its way again.", "authorName": "Mara" }).to_string();
                self.api
                    .post(&format!("{tickets}/{id}/comments"), body.as_bytes(), None)
                    .await?
                    .expect_success("a reply")?;
            }
        }
        Ok(true)
    }
}
