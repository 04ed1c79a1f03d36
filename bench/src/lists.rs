//! `lists`: every list, count and search of the contract on a small and a large database, one connection, warm caches.

use std::time::Duration;

use crate::api::Api;
use crate::cli::{ListsArgs, ServerArgs};
use crate::error::Result;
use crate::lists::ask::{Asker, Timed};
use crate::lists::place::Place;
use crate::lists::question::{Class, Question};
use crate::lists::report::Bounds;
use crate::report::section;
use crate::run::process::{self, Memory};
use crate::scale::ground::Ground;

pub mod ask;
pub mod crowd;
pub mod load;
pub mod place;
pub mod question;
pub mod report;
pub mod walk;

const STARTS: usize = 5;
/// Requests of each pair: there are more than a hundred of them.
const PAIR_REQUESTS: u32 = 20;
/// The page that is compared with the first.
pub const DEEP_PAGE: usize = 1_000;

/// A question with its answers.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The question.
    pub question: Question,
    /// How long the first page took.
    pub first: Timed,
    /// How long a late page took, and which it was; none where there is only one.
    pub deep: Option<(usize, Timed)>,
}

/// What was found on one database.
#[derive(Debug)]
pub struct Found {
    /// Tickets in it.
    pub tickets: usize,
    /// How it was filled.
    pub filled: String,
    /// Times from start to ready, sorted.
    pub starts: Vec<Duration>,
    /// Memory after the start, after all questions, and after the load.
    pub memory: [Memory; 3],
    /// Requests per second of the load, and those answered with an error.
    pub load: (f64, u64),
    /// The questions that are asked at both sizes.
    pub cells: Vec<Answered>,
    /// Every sort with every filter, on the large database only.
    pub pairs: Vec<Answered>,
}

/// Measures both databases and reports; false when a target was missed or a request was refused.
pub async fn lists(args: &ListsArgs) -> Result<bool> {
    let (small, large) = (Ground::load(&args.small)?, Ground::load(&args.large)?);
    if small.engine() != large.engine() {
        return Err("both folders must be of the same kind of database".into());
    }
    let first = measure(args, &small, false).await?;
    let second = measure(args, &large, true).await?;
    let bounds = match large.engine() {
        "SQLite" if large.is_beyond() => Bounds::Beyond,
        "SQLite" => Bounds::Sqlite,
        _ => Bounds::Postgres,
    };
    let report = report::section(&large.named(), bounds, &first, &second);
    print!("{}", report.text);
    section::put(args.out.as_deref(), &report.text)?;
    Ok(report.missed == 0 && second.load.1 == 0)
}

async fn measure(args: &ListsArgs, ground: &Ground, is_large: bool) -> Result<Found> {
    eprintln!("{}, {} tickets", ground.engine(), ground.tickets);
    let (starts, server, plan) = start(&args.server, ground).await?;
    let after_start = process::memory(server.pid())?;
    let target = ground.target(&plan);
    let place = Place::find(&mut Api::new(target.clone()), ground).await?;
    let mut asker = Asker::open(&target).await?;
    let mut cells = Vec::new();
    for question in question::cells(&place) {
        let mut answered = one(&mut asker, question, args.requests).await?;
        if answered.question.class == Class::Indexed
            && let Some((page, path)) = walk::to(&mut asker, &answered.question.path, DEEP_PAGE).await?
        {
            answered.deep = Some((page, asker.time(&path, args.requests).await?));
        }
        cells.push(answered);
    }
    let mut pairs = Vec::new();
    if is_large {
        for question in question::pairs(&place) {
            pairs.push(one(&mut asker, question, args.requests.min(PAIR_REQUESTS)).await?);
        }
    }
    let mut narrow = target.clone();
    narrow.key = Some(ground.narrow_key.clone());
    let queue =
        Question::new(Class::Queue, format!("first page over {} brands", ground.brand_ids.len()), "/v1/tickets");
    cells.push(one(&mut Asker::open(&narrow).await?, queue, args.requests).await?);
    let after_questions = process::memory(server.pid())?;
    let mut load = (0.0, 0);
    if is_large {
        load = load::mixed(&target, ground, &server, Duration::from_secs(args.load_seconds)).await?;
    }
    let after_load = process::memory(server.pid())?;
    if is_large {
        let brands = crowd::gather(&target).await?;
        let queue = Question::new(Class::Reported, format!("first page over {brands} brands"), "/v1/tickets");
        cells.push(one(&mut asker, queue, args.requests).await?);
    }
    server.stop()?;
    Ok(Found {
        tickets: ground.tickets,
        filled: ground.filled.clone(),
        starts,
        memory: [after_start, after_questions, after_load],
        load,
        cells,
        pairs,
    })
}

async fn one(asker: &mut Asker, question: Question, requests: u32) -> Result<Answered> {
    let first = asker.time(&question.path, requests).await?;
    eprintln!("  {}: {:.2} ms, p95 {:.2} ms", question.name, first.p50_ms, first.p95_ms);
    Ok(Answered { question, first, deep: None })
}

async fn start(
    args: &ServerArgs,
    ground: &Ground,
) -> Result<(Vec<Duration>, crate::run::server::ServerProcess, crate::run::server::ServerPlan)> {
    let plan = ground.plan(args)?;
    let mut starts = Vec::new();
    for _ in 1..STARTS {
        let server = plan.start().await?;
        starts.push(server.start_time);
        server.stop()?;
    }
    let server = plan.start().await?;
    starts.push(server.start_time);
    starts.sort_unstable();
    Ok((starts, server, plan))
}
