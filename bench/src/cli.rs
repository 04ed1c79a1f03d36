//! The command line: subcommands, options and their defaults.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Loader and measurements for Dispatch.
#[derive(Parser)]
#[command(name = "dispatch-bench")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Subcommand)]
pub enum Command {
    /// Play customer conversations (or generated tickets) through the API of a running server
    Load(LoadArgs),
    /// Start a release binary, measure it, and print a report
    Run(RunArgs),
    /// Answer every request with one small JSON object: the limit of HTTP on this machine
    Static(StaticArgs),
}

/// Options of `load`.
#[derive(Args)]
pub struct LoadArgs {
    /// Address of the server, such as http://127.0.0.1:8080
    #[arg(long)]
    pub url: String,
    /// API key with access to all brands (sk_live_...)
    #[arg(long)]
    pub key: String,
    /// Folder with the conversations (<domain>-dev.tsv, <domain>-test.tsv); without it tickets are generated
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// At most this many tickets (generated: 2000 unless given; conversations: all unless given)
    #[arg(long)]
    pub tickets: Option<usize>,
    /// Connections kept open at the same time
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=512))]
    pub connections: u16,
}

/// Options of `static`.
#[derive(Args)]
pub struct StaticArgs {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8099")]
    pub listen: String,
}

/// One of the two databases.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DatabaseKind {
    /// The embedded one
    Sqlite,
    /// The one for several machines
    Postgres,
}

/// Options of `run`.
#[derive(Args)]
pub struct RunArgs {
    /// The server to measure, a release build
    #[arg(long, default_value = "target/release/dispatch")]
    pub server_binary: PathBuf,
    /// PostgreSQL database to measure as well: empty, postgres://user@127.0.0.1:port/name
    #[arg(long)]
    pub database: Option<String>,
    /// Measure only one of the two
    #[arg(long)]
    pub only: Option<DatabaseKind>,
    /// Process id of the PostgreSQL postmaster, to count its processor time
    #[arg(long)]
    pub postgres_pid: Option<u32>,
    /// Folder with psql and pgbench (else they are looked up in PATH)
    #[arg(long)]
    pub postgres_bin: Option<PathBuf>,
    /// Folder with setup.sql and create.sql for pgbench
    #[arg(long, default_value = "bench/pgbench")]
    pub pgbench_scripts: PathBuf,
    /// Tickets in the database before the measurement
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(100..))]
    pub tickets: u32,
    /// Seconds each cell is measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Seconds before each cell that are not counted
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub warmup_seconds: u64,
    /// Port of the server on loopback (0: a free one)
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Folder for the databases; on a real disk, removed at the end unless --keep
    #[arg(long, overrides_with = "work_dir")]
    pub work_dir: Option<PathBuf>,
    /// Keep the databases and the server's log
    #[arg(long)]
    pub keep: bool,
    /// NAME=VALUE for the server's environment; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub server_env: Vec<String>,
    /// Write the report to this file too
    #[arg(long, overrides_with = "out")]
    pub out: Option<PathBuf>,
    /// Date to print (else that of the `date` command)
    #[arg(long)]
    pub date: Option<String>,
}
