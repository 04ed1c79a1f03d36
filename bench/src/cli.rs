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
    /// Fill an empty database with tickets in 20 brands, to be measured by the commands below
    Grow(GrowArgs),
    /// Make a SQLite database that `grow` filled up to ten times as large, with rows copied by SQL
    Multiply(MultiplyArgs),
    /// Time every list, count and search on a small and a large database that `grow` filled
    Lists(ListsArgs),
    /// Time what changes tens of thousands of tickets at once, and what other requests wait for it meanwhile
    Heavy(HeavyArgs),
    /// Count the bytes that a ticket takes from its creation to its end
    Sizes(SizesArgs),
    /// Open live streams and look at the server's memory, at their events and at creates beside them
    Streams(StreamsArgs),
    /// Deliver messages by SMTP and time what becomes of them, and look at the memory of large ones
    Mail(MailArgs),
    /// Time creates of the raw SQLite engine without each index in turn
    Indexes(IndexesArgs),
    /// Time creates of this server beside those of an older binary
    Compare(CompareArgs),
    /// Time the way of events to their webhooks, and what they cost those who create tickets
    Webhooks(WebhooksArgs),
    /// Let a team work on a database that `grow` filled
    Agents(AgentsArgs),
    /// Draw what the same questions take on databases of several sizes that `grow` filled
    Curve(CurveArgs),
}

/// The server that a command starts, and where the programs of PostgreSQL are.
#[derive(Args, Clone)]
pub struct ServerArgs {
    /// The server to measure, a release build
    #[arg(long, default_value = "target/release/dispatch")]
    pub server_binary: PathBuf,
    /// Folder with psql and pgbench (else they are looked up in PATH)
    #[arg(long)]
    pub postgres_bin: Option<PathBuf>,
    /// Port of the server on loopback (0: a free one)
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// NAME=VALUE for the server's environment; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub server_env: Vec<String>,
}

/// Options of `grow`.
#[derive(Args)]
pub struct GrowArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder of the server's data, empty or not there yet; what was filled is noted in it
    #[arg(long)]
    pub data: PathBuf,
    /// Empty PostgreSQL database to fill instead of SQLite in the folder
    #[arg(long)]
    pub database: Option<String>,
    /// Carry the rows of this filled SQLite folder to the PostgreSQL database instead of sending requests
    #[arg(long, requires = "database", conflicts_with = "tickets")]
    pub from: Option<PathBuf>,
    /// Tickets
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1_000..))]
    pub tickets: u32,
}

/// Options of `multiply`.
#[derive(Args)]
pub struct MultiplyArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder that `grow` filled; it is changed
    #[arg(long)]
    pub data: PathBuf,
    /// How many times as many tickets there are afterwards
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=10))]
    pub times: u32,
}

/// Options of `lists`.
#[derive(Args)]
pub struct ListsArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder that `grow` filled with few tickets
    #[arg(long)]
    pub small: PathBuf,
    /// Folder that `grow` filled with many
    #[arg(long)]
    pub large: PathBuf,
    /// Requests of each question
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(5..=10_000))]
    pub requests: u32,
    /// Seconds of mixed load over 64 connections before the memory is looked at
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub load_seconds: u64,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `agents`.
#[derive(Args)]
pub struct AgentsArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder that `grow` filled
    #[arg(long)]
    pub data: PathBuf,
    /// People at work
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub agents: u32,
    /// Seconds that are measured
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub seconds: u64,
    /// Process id of the PostgreSQL postmaster, to count its processor time
    #[arg(long)]
    pub postgres_pid: Option<u32>,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `curve`.
#[derive(Args)]
pub struct CurveArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder that `grow` filled; one for each size
    #[arg(long, required = true)]
    pub data: Vec<PathBuf>,
    /// What the server is called in the picture
    #[arg(long, default_value = env!("CARGO_PKG_VERSION"))]
    pub version: String,
    /// Where the picture goes, as SVG
    #[arg(long)]
    pub picture: PathBuf,
}

/// Options of `heavy`.
#[derive(Args)]
pub struct HeavyArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder that `grow` filled; a brand is added to it
    #[arg(long)]
    pub data: PathBuf,
    /// Tickets of the added brand: all of them in the status that goes and with the tag that goes
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(100..))]
    pub tickets: u32,
    /// How many of them are assigned to the member that goes
    #[arg(long, default_value_t = 10_000)]
    pub assigned: u32,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `sizes`.
#[derive(Args)]
pub struct SizesArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder of the server's data, empty or not there yet
    #[arg(long)]
    pub data: PathBuf,
    /// Empty PostgreSQL database to fill instead of SQLite in the folder
    #[arg(long)]
    pub database: Option<String>,
    /// Tickets
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..))]
    pub tickets: u32,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `streams`.
#[derive(Args)]
pub struct StreamsArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder of the server's data, empty or not there yet
    #[arg(long)]
    pub data: PathBuf,
    /// Empty PostgreSQL database instead of SQLite in the folder
    #[arg(long)]
    pub database: Option<String>,
    /// Streams that are open at the same time
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub streams: u32,
    /// Seconds of creates each time
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `mail`.
#[derive(Args)]
pub struct MailArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder of the server's data, empty or not there yet
    #[arg(long)]
    pub data: PathBuf,
    /// Empty PostgreSQL database instead of SQLite in the folder
    #[arg(long)]
    pub database: Option<String>,
    /// Messages that are delivered
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub messages: u32,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `indexes`.
#[derive(Args)]
pub struct IndexesArgs {
    /// SQLite folder that `grow` filled; its database is copied
    #[arg(long)]
    pub data: PathBuf,
    /// Folder for the copy, on the same disk; removed at the end
    #[arg(long)]
    pub work_dir: PathBuf,
    /// Seconds of creates each time
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `compare`.
#[derive(Args)]
pub struct CompareArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Release build of the older version
    #[arg(long)]
    pub older: PathBuf,
    /// Folder for the databases, on a real disk; what is put into it is removed at the end
    #[arg(long)]
    pub work_dir: PathBuf,
    /// Empty PostgreSQL database of this version; with --older-database instead of SQLite
    #[arg(long, requires = "older_database")]
    pub database: Option<String>,
    /// Empty PostgreSQL database of the older version
    #[arg(long, requires = "database")]
    pub older_database: Option<String>,
    /// Process id of the PostgreSQL postmaster, to count its processor time
    #[arg(long)]
    pub postgres_pid: Option<u32>,
    /// Tickets in each database before the measurement
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(100..))]
    pub tickets: u32,
    /// Seconds of creates each time; the versions take turns
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Options of `webhooks`.
#[derive(Args)]
pub struct WebhooksArgs {
    /// The server
    #[command(flatten)]
    pub server: ServerArgs,
    /// Folder of the server's data, empty or not there yet
    #[arg(long)]
    pub data: PathBuf,
    /// Empty PostgreSQL database to use instead of SQLite in the folder
    #[arg(long)]
    pub database: Option<String>,
    /// Seconds of each steady load
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Deliveries of the burst
    #[arg(long, default_value_t = 10_000)]
    pub deliveries: usize,
    /// Write the result into this report, in the place of the one before
    #[arg(long)]
    pub out: Option<PathBuf>,
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
    /// The server and where its programs are
    #[command(flatten)]
    pub server: ServerArgs,
    /// PostgreSQL database to measure as well: empty, postgres://user@127.0.0.1:port/name
    #[arg(long)]
    pub database: Option<String>,
    /// Measure only one of the two
    #[arg(long)]
    pub only: Option<DatabaseKind>,
    /// Process id of the PostgreSQL postmaster, to count its processor time
    #[arg(long)]
    pub postgres_pid: Option<u32>,
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
    /// Folder for the databases; on a real disk, removed at the end unless --keep
    #[arg(long, overrides_with = "work_dir")]
    pub work_dir: Option<PathBuf>,
    /// Keep the databases and the server's log
    #[arg(long)]
    pub keep: bool,
    /// Write the report to this file too
    #[arg(long, overrides_with = "out")]
    pub out: Option<PathBuf>,
    /// Date to print (else that of the `date` command)
    #[arg(long)]
    pub date: Option<String>,
}
