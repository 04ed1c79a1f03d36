//! The measurement of one database from the empty folder to the limits beside it.

use std::path::Path;
use std::time::Duration;

use tokio::time::timeout;

use super::cell::{Cell, Timing};
use super::cells;
use super::cpu::CpuMeter;
use super::limits::{self, Limits};
use super::ports;
use super::process::{self, Memory};
use super::server::{ServerPlan, ServerProcess};
use super::workload::Filled;
use crate::api::Api;
use crate::cli::RunArgs;
use crate::error::{Context, Result};
use crate::generate::Generated;
use crate::load::play::{self, Settings};
use crate::load::{brands, script::Script};
use crate::wire::target::Target;

const STARTS: usize = 5;
const FILL_CONNECTIONS: usize = 64;
const FILL_LIMIT: Duration = Duration::from_secs(1_800);

/// What was found on one database.
pub struct DatabaseResult {
    /// Its name.
    pub name: &'static str,
    /// The cells, in the order of measurement.
    pub cells: Vec<Cell>,
    /// Tickets created per second while filling.
    pub fill_rate: f64,
    /// Times from start to ready on the filled database, sorted.
    pub starts: Vec<Duration>,
    /// Memory right after the start.
    pub memory_start: Memory,
    /// Memory after all cells.
    pub memory_end: Memory,
    /// The limits beside it.
    pub limits: Limits,
}

/// SQLite, with the raw engine on a copy of the filled database as the limit.
pub async fn sqlite(args: &RunArgs, folder: &Path) -> Result<DatabaseResult> {
    let plan = ServerPlan::new(&args.server, folder, None, ports::choose(args.server.port)?)?;
    let (filled, fill_rate) = fill(args, &plan).await?;
    let copy = limits::copy_sqlite(folder, &folder.with_file_name("sqlite-copy"))?;
    let served = serve(args, &plan, &filled, None).await?;
    let limits = limits::sqlite(&copy, Timing::of(args), &filled)?;
    Ok(served.into_result("SQLite", fill_rate, limits))
}

/// PostgreSQL, with pgbench on the same database as the limit.
pub async fn postgres(args: &RunArgs, folder: &Path, url: &str) -> Result<DatabaseResult> {
    let plan = ServerPlan::new(&args.server, folder, Some(url), ports::choose(args.server.port)?)?;
    let (filled, fill_rate) = fill(args, &plan).await?;
    let served = serve(args, &plan, &filled, args.postgres_pid).await?;
    let limits = limits::postgres(args, url, Timing::of(args))?;
    Ok(served.into_result("PostgreSQL", fill_rate, limits))
}

/// Brands and tickets, through the API.
async fn fill(args: &RunArgs, plan: &ServerPlan) -> Result<(Filled, f64)> {
    let key = plan.create_key()?;
    let server = plan.start().await?;
    let target = Target::local(plan.port, Some(key));
    let script = Generated::bare(usize::try_from(args.tickets)?);
    let brand_ids = brands::ensure_all(&mut Api::new(target.clone()), script.brands()).await?;
    let settings = Settings { connections: FILL_CONNECTIONS, idempotent: false, verbose: true };
    let playing = play::play(&target, script, &brand_ids, settings);
    let played = timeout(FILL_LIMIT, playing).await.context(|| "filling the database took too long".to_owned())??;
    let rate = played.tickets() as f64 / played.elapsed.as_secs_f64();
    eprintln!("filled with {} tickets at {rate:.0}/s", played.tickets());
    server.stop()?;
    let mut tickets = played.ids;
    tickets.sort_unstable();
    let filled = Filled { target, brand_ids, tickets };
    Ok((filled, rate))
}

struct Served {
    cells: Vec<Cell>,
    starts: Vec<Duration>,
    memory_start: Memory,
    memory_end: Memory,
}

impl Served {
    fn into_result(self, name: &'static str, fill_rate: f64, limits: Limits) -> DatabaseResult {
        DatabaseResult {
            name,
            cells: self.cells,
            fill_rate,
            starts: self.starts,
            memory_start: self.memory_start,
            memory_end: self.memory_end,
            limits,
        }
    }
}

/// Start times and all cells on the filled database.
async fn serve(args: &RunArgs, plan: &ServerPlan, filled: &Filled, postgres_pid: Option<u32>) -> Result<Served> {
    let mut starts = Vec::new();
    for _ in 1..STARTS {
        let server = plan.start().await?;
        starts.push(server.start_time);
        server.stop()?;
    }
    let server: ServerProcess = plan.start().await?;
    starts.push(server.start_time);
    starts.sort_unstable();
    let memory_start = process::memory(server.pid())?;
    let meter = CpuMeter::new(server.pid(), postgres_pid);
    let cells = cells::measure_all(filled, Timing::of(args), &meter).await?;
    let memory_end = process::memory(server.pid())?;
    server.stop()?;
    Ok(Served { cells, starts, memory_start, memory_end })
}
