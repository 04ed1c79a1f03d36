//! `webhooks`: how soon and how fast events reach their receivers, what five webhooks cost those who create tickets, and how
//! fast the same posts are without a server behind them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::api::Api;
use crate::cli::WebhooksArgs;
use crate::error::{Context, Result};
use crate::heavy::steady::{Steady, Waits};
use crate::load::brands::text;
use crate::report::section;
use crate::run::ports;
use crate::run::server::ServerPlan;
use crate::scale::prepare;
use crate::webhooks::receiver::Receiver;
use crate::wire::connection::Connection;
use crate::wire::request;
use crate::wire::target::Target;

pub mod receiver;
pub mod report;

/// Webhooks of the steady load.
const WEBHOOKS: usize = 5;
/// Two hundred creates a second.
const EVERY: Duration = Duration::from_millis(5);
/// Single events whose way is timed on an idle server.
const SINGLE: usize = 100;
/// Connections of the bare client: as many as the server has calls under way to one webhook.
const BARE_CONNECTIONS: usize = 16;
/// What is left of a steady load must have arrived so long after its end.
const REST: Duration = Duration::from_secs(2);
const ARRIVAL_LIMIT: Duration = Duration::from_secs(120);

/// What was measured on one database.
#[derive(Debug)]
pub struct Measured {
    /// Milliseconds from the answer to a create until its event arrives: the middle one and the 99th of 100.
    pub latency_ms: (f64, f64),
    /// Deliveries a second to one webhook.
    pub delivered: f64,
    /// The same posts a second from a bare client.
    pub bare: f64,
    /// What creates waited without a webhook and with five.
    pub without: Waits,
    /// With five.
    pub with: Waits,
    /// Deliveries that were still missing shortly after the steady load.
    pub missing: usize,
    /// Deliveries of the steady load.
    pub wanted: usize,
}

/// Measures and reports; false when a target was missed.
pub async fn webhooks(args: &WebhooksArgs) -> Result<bool> {
    let mut server = args.server.clone();
    server.server_env.push("DISPATCH_WEBHOOKS_ALLOW_PRIVATE_TARGETS=true".to_owned());
    let plan = ServerPlan::new(&server, &args.data, args.database.as_deref(), ports::choose(args.server.port)?)?;
    let target = Target::local(plan.port, Some(plan.create_key()?));
    let process = plan.start().await?;
    let measured = measure(args, &target).await?;
    process.stop()?;
    let engine = if args.database.is_some() { "PostgreSQL" } else { "SQLite" };
    let report = report::section(engine, &measured);
    print!("{}", report.text);
    section::put(args.out.as_deref(), &report.text)?;
    Ok(report.missed == 0)
}

async fn measure(args: &WebhooksArgs, target: &Target) -> Result<Measured> {
    let mut api = Api::new(target.clone());
    let receiver = Receiver::start().await?;
    let brand = json!({ "name": "Webhooks", "slug": "bench-webhooks" });
    let brand = api.post("/v1/brands", brand.to_string().as_bytes(), None).await?.expect_success("a brand")?.json()?;
    let brand = text(&brand, "id")?;
    let seconds = Duration::from_secs(args.seconds);
    let steady = Steady::creates(target, &brand, EVERY);
    let without = waits(&steady, seconds).await?;
    let first = add(&mut api, &brand, &receiver).await?;
    let latency_ms = latency(&mut api, &brand, &receiver).await?;
    let delivered = burst(&mut api, &brand, &first, &receiver, args.deliveries).await?;
    let bare = bare(&receiver, args.deliveries).await?;
    for _ in 1..WEBHOOKS {
        add(&mut api, &brand, &receiver).await?;
    }
    receiver.forget();
    let with = waits(&steady, seconds).await?;
    let wanted = with.requests * WEBHOOKS;
    let missing = missing(&receiver, wanted).await;
    Ok(Measured { latency_ms, delivered, bare, without, with, missing, wanted })
}

/// What the requests of a steady load waited, but for its first second.
async fn waits(steady: &Steady, seconds: Duration) -> Result<Waits> {
    let begin = Instant::now();
    let load = steady.start();
    sleep(seconds).await;
    let (_, during) = load.stop(begin, Instant::now() + ARRIVAL_LIMIT).await?;
    Ok(during)
}

/// One more webhook.
async fn add(api: &mut Api, brand: &str, receiver: &Receiver) -> Result<String> {
    let new = json!({ "url": receiver.url(), "events": ["ticket.created"] });
    text(&prepare::create(api, brand, "webhooks", &new).await?, "id")
}

/// The way of single events through a server that has nothing else to do.
async fn latency(api: &mut Api, brand: &str, receiver: &Receiver) -> Result<(f64, f64)> {
    let mut all = Vec::with_capacity(SINGLE);
    let ticket = json!({ "title": "Single", "body": "Nothing special.", "customerEmail": "single@bench.example" });
    for _ in 0..SINGLE {
        receiver.forget();
        prepare::create(api, brand, "tickets", &ticket).await?;
        let answered = Instant::now();
        timeout(ARRIVAL_LIMIT, receiver.arrived(1)).await.context(|| "an event did not arrive".to_owned())?;
        let arrived = receiver.last_arrival().unwrap_or(answered);
        all.push(arrived.saturating_duration_since(answered).as_secs_f64() * 1_000.0);
        sleep(Duration::from_millis(20)).await;
    }
    all.sort_by(f64::total_cmp);
    Ok((all[SINGLE / 2], all[SINGLE * 99 / 100]))
}

/// Deliveries a second of many events that are replayed to one webhook.
async fn burst(api: &mut Api, brand: &str, webhook: &str, receiver: &Receiver, wanted: usize) -> Result<f64> {
    receiver.forget();
    let begin = Instant::now();
    let mut count = 0;
    while count < wanted {
        let path = format!("/v1/brands/{brand}/webhooks/{webhook}/replay");
        let order = json!({ "since": "2020-01-01" }).to_string();
        let made: Value = api.post(&path, order.as_bytes(), None).await?.expect_success(&path)?.json()?;
        count += usize::try_from(made["count"].as_u64().unwrap_or(0))?;
    }
    timeout(ARRIVAL_LIMIT, receiver.arrived(count)).await.context(|| "the deliveries did not arrive".to_owned())?;
    Ok(count as f64 / begin.elapsed().as_secs_f64())
}

/// The last post that came, sent again and again over a few connections.
async fn bare(receiver: &Receiver, wanted: usize) -> Result<f64> {
    let body = receiver.last_body().ok_or("nothing has come")?;
    let target = Target { authority: receiver.authority(), key: None };
    let bytes = Arc::new(request::build(&target, "POST", "/in", Some(&body), None));
    let begin = Instant::now();
    let mut loops = JoinSet::new();
    for _ in 0..BARE_CONNECTIONS {
        let (authority, bytes) = (target.authority.clone(), Arc::clone(&bytes));
        loops.spawn(async move {
            let mut connection = Connection::open(&authority).await?;
            for _ in 0..wanted / BARE_CONNECTIONS {
                connection.exchange(&bytes).await?;
            }
            Result::Ok(())
        });
    }
    while let Some(done) = loops.join_next().await {
        done??;
    }
    Ok((wanted / BARE_CONNECTIONS * BARE_CONNECTIONS) as f64 / begin.elapsed().as_secs_f64())
}

/// How many deliveries have not arrived a moment after the load.
async fn missing(receiver: &Receiver, wanted: usize) -> usize {
    let _in_time = timeout(REST, receiver.arrived(wanted)).await;
    wanted.saturating_sub(receiver.count())
}
