//! `run`: starts the release binary on a fresh database, fills it, measures it, and reports it beside the limits.

use std::path::{Path, PathBuf};

use crate::cli::{DatabaseKind, RunArgs};
use crate::error::{Context, Result};
use crate::report;
use crate::run::cell::{Cell, Timing};
use crate::run::database::DatabaseResult;
use crate::run::machine::Machine;

pub mod cell;
pub mod cells;
pub mod cpu;
pub mod database;
pub mod latency;
pub mod limits;
pub mod machine;
pub mod ports;
pub mod process;
pub mod server;
pub mod static_cells;
pub mod template;
pub mod workload;

/// Connections of the cells, in the order of the tables.
pub const CONNECTIONS: [usize; 3] = [1, 16, 64];

/// Everything that was measured.
pub struct Measured {
    /// The machine.
    pub machine: Machine,
    /// Size of the server's binary.
    pub binary_bytes: u64,
    /// The static answer at each number of connections.
    pub static_cells: Vec<Cell>,
    /// One entry per database.
    pub databases: Vec<DatabaseResult>,
}

/// Measures what `args` say and prints the report; false when a request was answered with an error.
pub async fn run(args: &RunArgs) -> Result<bool> {
    let folder = WorkFolder::make(args)?;
    let outcome = measure(args, &folder.path).await;
    if let Err(failure) = &outcome {
        eprintln!("failed: {failure}");
        eprintln!("{}", server::log_tail(&folder.path));
    }
    let measured = outcome?;
    let text = report::markdown(args, &measured);
    print!("{text}");
    if let Some(out) = &args.out {
        std::fs::write(out, &text).context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(report::errors(&measured) == 0)
}

async fn measure(args: &RunArgs, folder: &Path) -> Result<Measured> {
    let binary_bytes = std::fs::metadata(&args.server.server_binary)
        .context(|| format!("no server at {}", args.server.server_binary.display()))?
        .len();
    let machine = Machine::look(args, folder)?;
    let timing = Timing::of(args);
    let static_cells = static_cells::measure(timing).await?;
    let mut databases = Vec::new();
    if args.only != Some(DatabaseKind::Postgres) {
        databases.push(database::sqlite(args, &folder.join("sqlite")).await?);
    }
    if let Some(url) = &args.database
        && args.only != Some(DatabaseKind::Sqlite)
    {
        databases.push(database::postgres(args, &folder.join("postgres"), url).await?);
    }
    Ok(Measured { machine, binary_bytes, static_cells, databases })
}

/// The folder that holds databases and logs, removed at the end.
struct WorkFolder {
    path: PathBuf,
    keep: bool,
}

impl WorkFolder {
    fn make(args: &RunArgs) -> Result<Self> {
        let parent = args.work_dir.clone().unwrap_or_else(std::env::temp_dir);
        let path = parent.join(format!("dispatch-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { path, keep: args.keep })
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        if self.keep {
            eprintln!("kept: {}", self.path.display());
        } else if let Err(error) = std::fs::remove_dir_all(&self.path) {
            eprintln!("cannot remove {}: {error}", self.path.display());
        }
    }
}
