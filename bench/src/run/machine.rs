//! What the figures were measured on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::bounded;
use crate::cli::RunArgs;
use crate::error::Result;

const LIMIT: Duration = Duration::from_secs(10);

/// The machine and the day.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// Date, as given or by the `date` command.
    pub date: String,
    /// Model of the processor.
    pub cpu: String,
    /// Cores this program may use.
    pub cores: usize,
    /// Memory.
    pub memory_gb: f64,
    /// Kernel release.
    pub kernel: String,
    /// File system of the folder with the databases.
    pub file_system: String,
    /// Version of PostgreSQL's programs, when it is measured.
    pub postgres: Option<String>,
}

impl Machine {
    /// Looks around.
    pub fn look(args: &RunArgs, folder: &Path) -> Result<Self> {
        let date = match &args.date {
            Some(date) => date.clone(),
            None => today()?,
        };
        let mut disk = Command::new("stat");
        disk.args(["-f", "-c", "%T"]).arg(folder);
        let postgres = args.database.is_some().then(|| {
            let pgbench = postgres_program(args.server.postgres_bin.as_deref(), "pgbench");
            let mut command = Command::new(pgbench);
            command.arg("--version");
            bounded::text(command, LIMIT)
        });
        Ok(Self {
            date,
            cpu: field("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism()?.get(),
            memory_gb: kilobytes("/proc/meminfo", "MemTotal") / 1_048_576.0,
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")?.trim().to_owned(),
            file_system: bounded::text(disk, LIMIT)?,
            postgres: postgres.transpose()?,
        })
    }
}

/// The date of the `date` command.
pub fn today() -> Result<String> {
    bounded::text(with_args("date", &["+%Y-%m-%d"]), LIMIT)
}

/// Where a program of PostgreSQL is.
pub fn postgres_program(folder: Option<&Path>, name: &str) -> PathBuf {
    match folder {
        Some(folder) => folder.join(name),
        None => PathBuf::from(name),
    }
}

fn with_args(program: &str, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(words);
    command
}

fn field(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let value = text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim().to_owned())
    });
    value.unwrap_or_else(|| "unknown".to_owned())
}

fn kilobytes(path: &str, name: &str) -> f64 {
    let value = field(path, name);
    value.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
