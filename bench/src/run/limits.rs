//! What no server could beat on this machine: the raw engines doing the same statements.

use std::fs;
use std::path::{Path, PathBuf};

use super::cell::Timing;
use super::server::sqlite_file;
use super::workload::Filled;
use crate::cli::RunArgs;
use crate::error::{Context, Result};
use crate::generate::customers_per_brand;
use crate::pgbench::{self, PgbenchCell};
use crate::raw_sqlite;
use crate::raw_sqlite::create::{self, RawCreate};
use crate::raw_sqlite::list::{self, RawList};

/// Creates per commit of the raw engine, beside 64, 16 and 1 connections of the server.
const BATCHES: [usize; 3] = [64, 16, 1];

/// The limits of one database.
pub enum Limits {
    /// The raw engine.
    Sqlite {
        /// Creates in groups.
        creates: Vec<RawCreate>,
        /// Pages of 50 tickets.
        list: RawList,
        /// Size of the filled database.
        database_bytes: u64,
    },
    /// pgbench.
    Postgres {
        /// Creates by clients.
        creates: Vec<PgbenchCell>,
    },
}

impl Limits {
    /// Creates per second of the raw engine beside this many connections of the server.
    pub fn create_rate(&self, connections: usize) -> Option<f64> {
        match self {
            Self::Sqlite { creates, .. } => creates.iter().find(|raw| raw.batch == connections).map(RawCreate::rate),
            Self::Postgres { creates } => creates.iter().find(|raw| raw.clients == connections).map(|raw| raw.rate),
        }
    }
}

/// Copies the SQLite database of a stopped server to `folder`.
pub fn copy_sqlite(data: &Path, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let source = sqlite_file(data)?;
    let copy = folder.join("copy.db");
    for suffix in ["", "-wal"] {
        let from = with_suffix(&source, suffix);
        if from.exists() {
            fs::copy(&from, with_suffix(&copy, suffix)).context(|| "cannot copy the database".to_owned())?;
        }
    }
    Ok(copy)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The raw engine on a copy of the filled database.
pub fn sqlite(copy: &Path, timing: Timing, filled: &Filled) -> Result<Limits> {
    let database_bytes = fs::metadata(copy)?.len();
    let tickets = filled.tickets.len();
    let writer = raw_sqlite::writer(copy)?;
    let list = list::measure(&raw_sqlite::reader(copy)?, timing)?;
    eprintln!("raw list: {:.2} ms of processor time", list.cpu_ms());
    let known = customers_per_brand(tickets);
    let mut creates = Vec::new();
    for batch in BATCHES {
        let raw = create::measure(&writer, batch, timing, known, None)?;
        eprintln!("raw create, batches of {batch}: {:.0}/s", raw.rate());
        creates.push(raw);
    }
    Ok(Limits::Sqlite { creates, list, database_bytes })
}

/// pgbench on the server's own database.
pub fn postgres(args: &RunArgs, url: &str, timing: Timing) -> Result<Limits> {
    let pgbench = pgbench::Pgbench::new(args, url)?;
    pgbench.set_up()?;
    let mut creates = Vec::new();
    for clients in BATCHES {
        let cell = pgbench.measure(clients, timing, args.postgres_pid)?;
        eprintln!("pgbench, {clients} clients: {:.0}/s", cell.rate);
        creates.push(cell);
    }
    Ok(Limits::Postgres { creates })
}
