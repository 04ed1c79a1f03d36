//! pgbench on the server's own PostgreSQL database: equivalent creates without the server.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::bounded;
use crate::cli::RunArgs;
use crate::error::{Context, Result};
use crate::run::cell::Timing;
use crate::run::machine::postgres_program;
use crate::run::process::{TICK_MS, ticks_with_children};

const SET_UP_LIMIT: Duration = Duration::from_secs(600);
const SLACK: Duration = Duration::from_secs(60);
/// Threads of pgbench: one per core of the machine the targets are for.
const THREADS: usize = 2;

/// What was found at one number of clients.
#[derive(Clone, Copy, Debug)]
pub struct PgbenchCell {
    /// Clients.
    pub clients: usize,
    /// Transactions per second.
    pub rate: f64,
    /// Average latency.
    pub latency_ms: f64,
    /// PostgreSQL's processor time per transaction, when it is counted.
    pub postgres_cpu_ms: Option<f64>,
}

/// pgbench with its scripts.
pub struct Pgbench {
    psql: PathBuf,
    program: PathBuf,
    scripts: PathBuf,
    url: String,
    tickets: u32,
}

impl Pgbench {
    /// pgbench as the options say.
    pub fn new(args: &RunArgs, url: &str) -> Result<Self> {
        let scripts = args.pgbench_scripts.clone();
        for name in ["setup.sql", "create.sql"] {
            if !scripts.join(name).is_file() {
                return Err(format!("no {name} in {}", scripts.display()).into());
            }
        }
        Ok(Self {
            psql: postgres_program(args.server.postgres_bin.as_deref(), "psql"),
            program: postgres_program(args.server.postgres_bin.as_deref(), "pgbench"),
            scripts,
            url: url.to_owned(),
            tickets: args.tickets,
        })
    }

    /// Makes the rows that the script needs: brands of its own.
    pub fn set_up(&self) -> Result<()> {
        let mut command = Command::new(&self.psql);
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-v"]);
        command.arg(format!("tickets={}", self.tickets));
        command.arg("-f").arg(self.scripts.join("setup.sql")).arg(&self.url);
        bounded::output(command, SET_UP_LIMIT)?;
        Ok(())
    }

    /// Runs the script with so many clients: warm-up, then the measured time.
    pub fn measure(&self, clients: usize, timing: Timing, postgres_pid: Option<u32>) -> Result<PgbenchCell> {
        if !timing.warmup.is_zero() {
            self.run(clients, timing.warmup)?;
        }
        let before = postgres_pid.map(ticks_with_children).transpose()?;
        let text = self.run(clients, timing.measured)?;
        let after = postgres_pid.map(ticks_with_children).transpose()?;
        let result = parse(&text).ok_or_else(|| format!("pgbench said: {text}"))?;
        if result.failed > 0 {
            return Err(format!("{} transactions of pgbench failed", result.failed).into());
        }
        let each = |ticks: u64| (ticks * TICK_MS) as f64 / result.transactions.max(1) as f64;
        Ok(PgbenchCell {
            clients,
            rate: result.rate,
            latency_ms: result.latency_ms,
            postgres_cpu_ms: before.zip(after).map(|(before, after)| each(after.saturating_sub(before))),
        })
    }

    fn run(&self, clients: usize, time: Duration) -> Result<String> {
        let mut command = Command::new(&self.program);
        command.args(["-n", "-M", "prepared", "-c", &clients.to_string()]);
        command.args(["-j", &THREADS.min(clients).to_string()]);
        command.args(["-T", &time.as_secs().max(1).to_string()]);
        command.args(["-D", &format!("tickets={}", self.tickets)]);
        command.arg("-f").arg(self.scripts.join("create.sql")).arg(&self.url);
        bounded::text(command, time + SLACK).context(|| "pgbench".to_owned())
    }
}

#[derive(Debug, PartialEq)]
struct Said {
    rate: f64,
    latency_ms: f64,
    transactions: u64,
    failed: u64,
}

fn parse(text: &str) -> Option<Said> {
    let after = |start: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(start))?;
        line.split_whitespace().next()
    };
    Some(Said {
        rate: after("tps = ")?.parse().ok()?,
        latency_ms: after("latency average = ")?.parse().ok()?,
        transactions: after("number of transactions actually processed: ")?.parse().ok()?,
        failed: after("number of failed transactions: ").map_or(Some(0), |n| n.parse().ok())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_pgbench_are_understood() {
        let text = "pgbench (15.14)\nnumber of transactions actually processed: 9512\n\
            number of failed transactions: 3 (0.032%)\nlatency average = 33.590 ms\n\
            initial connection time = 88.2 ms\ntps = 1905.311872 (without initial connection time)\n";
        let said = parse(text).unwrap();
        let expected = Said { rate: 1905.311872, latency_ms: 33.59, transactions: 9512, failed: 3 };
        assert_eq!(said, expected);
        assert_eq!(parse("nothing"), None);
    }
}
