//! `curve`: the same questions on databases of several sizes, as a picture: what grows with the tickets and what does not.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use crate::api::Api;
use crate::cli::CurveArgs;
use crate::curve::picture::Line;
use crate::error::{Context, Result};
use crate::lists::ask::Asker;
use crate::lists::load::sample;
use crate::lists::place::Place;
use crate::run::cell::{self, Timing};
use crate::run::cpu::CpuMeter;
use crate::run::process;
use crate::run::workload::Operation;
use crate::scale::ground::Ground;
use crate::scale::shape::{COMMON_WORDS, RARE_WORDS};

pub mod picture;

/// Requests of each question.
const REQUESTS: u32 = 200;
const WRITING: Timing = Timing { warmup: Duration::from_secs(1), measured: Duration::from_secs(3) };

/// One size.
struct Size {
    tickets: usize,
    /// Name and median in milliseconds.
    times: Vec<(&'static str, f64)>,
    start_ms: f64,
    memory_mb: f64,
}

/// Measures each folder and draws the picture.
pub async fn curve(args: &CurveArgs) -> Result<bool> {
    let mut grounds = args.data.iter().map(|data| Ground::load(data)).collect::<Result<Vec<_>>>()?;
    grounds.sort_by_key(|ground| ground.tickets);
    let Some(engine) = grounds.first().map(Ground::engine) else { return Err("no folder to measure".into()) };
    if grounds.iter().any(|ground| ground.engine() != engine) {
        return Err("the folders must be of one kind of database".into());
    }
    let mut sizes = Vec::new();
    for ground in &grounds {
        sizes.push(measure(args, ground).await?);
    }
    let mut lines: Vec<Line> = Vec::new();
    for size in &sizes {
        let tickets = size.tickets as f64;
        let more = [("start until ready", size.start_ms), ("memory, MB", size.memory_mb)];
        for (name, value) in size.times.iter().copied().chain(more) {
            match lines.iter_mut().find(|line| line.name == name) {
                Some(line) => line.points.push((tickets, value)),
                None => lines.push(Line { name, points: vec![(tickets, value)] }),
            }
        }
    }
    for line in &lines {
        let values: Vec<String> = line.points.iter().map(|(at, value)| format!("{value:.2} at {at}")).collect();
        println!("{}: {}", line.name, values.join(", "));
    }
    let title = format!("Dispatch {} on {engine}: medians in ms over one connection", args.version);
    fs::write(&args.picture, picture::draw(&title, &lines)).context(|| args.picture.display().to_string())?;
    Ok(true)
}

async fn measure(args: &CurveArgs, ground: &Ground) -> Result<Size> {
    let plan = ground.plan(&args.server)?;
    // The first start brings the file into the machine's memory.
    plan.start().await?.stop()?;
    let server = plan.start().await?;
    let target = ground.target(&plan);
    let place = Place::find(&mut Api::new(target.clone()), ground).await?;
    let tickets = format!("{}/tickets", place.brand);
    let [_, everywhere] = COMMON_WORDS;
    let reads = [
        ("newest tickets", tickets.clone()),
        ("active tickets", format!("{tickets}?status=active")),
        ("by title", format!("{tickets}?sort=title&order=asc")),
        ("search, 5 hits", format!("{tickets}?search={}", RARE_WORDS[0].0)),
        ("search, nearly every ticket", format!("{tickets}?search={everywhere}")),
        ("status chips", format!("{}/statuses/stats", place.brand)),
    ];
    let mut times = Vec::new();
    let mut asker = Asker::open(&target).await?;
    for (name, path) in reads {
        times.push((name, asker.time(&path, REQUESTS).await?.p50_ms));
    }
    let filled = sample(&target, ground).await?;
    let meter = CpuMeter::new(server.pid(), None);
    for (name, operation) in [("create", Operation::Create), ("reply", Operation::Comment)] {
        let templates = Arc::new(filled.workload(operation));
        let cell = cell::measure(name, &target.authority, &templates, 1, WRITING, &meter).await?;
        if let Some(error) = cell.first_error {
            return Err(format!("{name}: {error}").into());
        }
        times.push((name, cell.latency.p50_ms));
    }
    let memory = process::memory(server.pid())?;
    let start_ms = server.start_time.as_secs_f64() * 1_000.0;
    server.stop()?;
    Ok(Size { tickets: ground.tickets, times, start_ms, memory_mb: memory.resident_kb as f64 / 1_024.0 })
}
