//! `compare`: creates of this server beside those of an older binary, in turns on the same machine.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::api::Api;
use crate::cli::{CompareArgs, ServerArgs};
use crate::error::Result;
use crate::generate::Generated;
use crate::load::brands;
use crate::load::play::{self, Settings};
use crate::load::script::Script;
use crate::report::section;
use crate::run::cell::{self, Timing};
use crate::run::cpu::CpuMeter;
use crate::run::ports;
use crate::run::server::{ServerPlan, ServerProcess};
use crate::run::workload::{Filled, Operation};
use crate::wire::target::Target;

/// Connections of the load.
const CONNECTIONS: usize = 64;
/// Turns of each version; the median counts.
const TURNS: usize = 5;
const WARM_UP: Duration = Duration::from_secs(1);
/// A create may have become so much dearer.
const DEARER_MAX: f64 = 1.25;

/// One version, filled.
struct Version {
    plan: ServerPlan,
    filled: Filled,
    /// Microseconds per create, and those of processor time.
    turns: Vec<(f64, f64)>,
}

/// Measures and reports; false when a create has become too dear.
pub async fn compare(args: &CompareArgs) -> Result<bool> {
    let older = ServerArgs { server_binary: args.older.clone(), ..args.server.clone() };
    let folder = args.work_dir.join(format!("compare-{}", std::process::id()));
    let outcome = measure(args, &older, &folder).await;
    std::fs::remove_dir_all(&folder)?;
    let [before, now] = outcome?;
    let (text, met) = report(args.database.is_some(), args.tickets, before, now);
    print!("{text}");
    section::put(args.out.as_deref(), &text)?;
    Ok(met)
}

async fn measure(args: &CompareArgs, older: &ServerArgs, folder: &Path) -> Result<[(f64, f64); 2]> {
    let before = Version::fill(older, &folder.join("older"), args.older_database.as_deref(), args.tickets).await?;
    let now = Version::fill(&args.server, &folder.join("newer"), args.database.as_deref(), args.tickets).await?;
    let mut versions = [before, now];
    for _ in 0..TURNS {
        for version in &mut versions {
            version.turn(args).await?;
        }
    }
    Ok(versions.map(|version| version.median()))
}

impl Version {
    async fn fill(args: &ServerArgs, data: &Path, database: Option<&str>, tickets: u32) -> Result<Self> {
        let plan = ServerPlan::new(args, data, database, ports::choose(args.port)?)?;
        let target = Target::local(plan.port, Some(plan.create_key()?));
        let server = plan.start().await?;
        let script = Generated::bare(usize::try_from(tickets)?);
        let brand_ids = brands::ensure_all(&mut Api::new(target.clone()), script.brands()).await?;
        let settings = Settings { connections: CONNECTIONS, idempotent: false, verbose: true };
        let played = play::play(&target, script, &brand_ids, settings).await?;
        server.stop()?;
        Ok(Self { plan, filled: Filled { target, brand_ids, tickets: played.ids }, turns: Vec::new() })
    }

    async fn turn(&mut self, args: &CompareArgs) -> Result<()> {
        let server: ServerProcess = self.plan.start().await?;
        let meter = CpuMeter::new(server.pid(), args.postgres_pid);
        let templates = Arc::new(self.filled.workload(Operation::Create));
        let timing = Timing { warmup: WARM_UP, measured: Duration::from_secs(args.seconds) };
        let authority = &self.filled.target.authority;
        let cell = cell::measure("create", authority, &templates, CONNECTIONS, timing, &meter).await?;
        server.stop()?;
        if let Some(error) = &cell.first_error {
            return Err(format!("a create was refused: {error}").into());
        }
        eprintln!("create: {:.0}/s, {:.3} ms of processor time", cell.rate(), cell.server_cpu_ms());
        self.turns.push((1_000_000.0 / cell.rate(), cell.server_cpu_ms() * 1_000.0));
        Ok(())
    }

    fn median(&self) -> (f64, f64) {
        let middle = |of: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = self.turns.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all.get(all.len() / 2).copied().unwrap_or_default()
        };
        (middle(|turn| turn.0), middle(|turn| turn.1))
    }
}

fn report(is_postgres: bool, tickets: u32, before: (f64, f64), now: (f64, f64)) -> (String, bool) {
    let engine = if is_postgres { "PostgreSQL" } else { "SQLite" };
    let met = now.0 <= DEARER_MAX * before.0;
    let mut text = format!(
        "## A create beside the older version: {engine}\n\n{CONNECTIONS} connections, {tickets} tickets before, medians of {TURNS} turns \
         each.\n\n| version | µs per create | CPU µs of server and database |\n|---|--:|--:|\n"
    );
    for (name, figures) in [("older", before), ("this", now)] {
        let _ = writeln!(text, "| {name} | {:.0} | {:.0} |", figures.0, figures.1);
    }
    let _ = writeln!(
        text,
        "| this ÷ older | {:.2} | {:.2} |\n\nBound: ÷ {DEARER_MAX} of the time: {}.",
        now.0 / before.0,
        now.1 / before.1.max(f64::MIN_POSITIVE),
        if met { "met" } else { "**missed**" }
    );
    (text, met)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_dearer_is_the_bound() {
        let verdict = |now| report(false, 100, (100.0, 80.0), (now, 80.0)).1;
        assert!(verdict(124.0) && !verdict(126.0));
    }
}
