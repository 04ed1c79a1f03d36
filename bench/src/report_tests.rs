//! The report of made-up figures.

use std::time::Duration;

use clap::Parser;

use super::*;
use crate::cli::{Cli, Command};
use crate::pgbench::PgbenchCell;
use crate::raw_sqlite::create::RawCreate;
use crate::raw_sqlite::list::RawList;
use crate::run::cpu::CpuTime;
use crate::run::database::DatabaseResult;
use crate::run::latency::Percentiles;
use crate::run::limits::Limits;
use crate::run::machine::Machine;
use crate::run::process::Memory;

fn cell(operation: &'static str, requests: u64, server_ms: u64) -> Cell {
    Cell {
        operation,
        connections: 64,
        requests,
        elapsed: Duration::from_secs(1),
        latency: Percentiles::default(),
        cpu: CpuTime { server_ms, ..CpuTime::default() },
        errors: 0,
        first_error: None,
        body_bytes: 100,
    }
}

fn database(name: &'static str, limits: Limits) -> DatabaseResult {
    DatabaseResult {
        name,
        cells: vec![cell("create", 4_200, 500), cell("list", 1_000, 1_000), cell("create hot", 2_100, 500)],
        fill_rate: 4_000.0,
        starts: vec![Duration::from_millis(120), Duration::from_millis(350)],
        memory_start: Memory::default(),
        memory_end: Memory::default(),
        limits,
    }
}

fn measured() -> Measured {
    let sqlite = Limits::Sqlite {
        creates: vec![RawCreate { batch: 64, creates: 6_000, elapsed: Duration::from_secs(1), cpu_ms: 500 }],
        list: RawList { pages: 1_000, elapsed: Duration::from_secs(1), cpu_total_ms: 900, json_bytes: 37_000 },
        database_bytes: 1 << 30,
    };
    let postgres = Limits::Postgres {
        creates: vec![PgbenchCell { clients: 64, rate: 4_300.0, latency_ms: 20.0, postgres_cpu_ms: None }],
    };
    Measured {
        machine: Machine::default(),
        binary_bytes: 20 << 20,
        static_cells: vec![cell("static", 40_000, 900)],
        databases: vec![database("SQLite", sqlite), database("PostgreSQL", postgres)],
    }
}

fn args(words: &[&str]) -> RunArgs {
    let words = ["dispatch-bench", "run"].iter().chain(words);
    match Cli::parse_from(words).command {
        Command::Run(args) => args,
        _ => panic!("not the run command"),
    }
}

#[test]
fn targets_are_judged_with_their_figures() {
    let page = markdown(&args(&[]), &measured());
    let line = |start: &str| {
        let found = page.lines().find(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("{start} in {page}")).to_owned()
    };
    assert!(line("| SQLite: create,").ends_with("0.70 (4200/s ÷ 6000/s) | ≥ 0.7 | met |"));
    assert!(line("| SQLite: CPU of a list").ends_with("1.11 (1.000 ms ÷ 0.900 ms) | ≤ 1.25 | met |"));
    assert!(line("| PostgreSQL: create,").ends_with("; its best: 4300/s with 64) | ≥ 1 | **missed** |"));
    assert!(line("| SQLite: creates on one").ends_with("≥ 0.6 | **missed** |"));
    assert!(line("| SQLite: start").ends_with("350.0 ms (median) | < 300 ms | **missed** |"));
    assert!(line("| release binary").ends_with("20.0 MB | < 25 MB | met |"));
    assert!(line("| requests answered").ends_with("0.00 | ≤ 0 | met |"));
}

#[test]
fn errors_are_counted_and_shown() {
    let mut measured = measured();
    measured.databases[0].cells[0].errors = 3;
    measured.databases[0].cells[0].first_error = Some("500 `x`".to_owned());
    assert_eq!(errors(&measured), 3);
    let page = markdown(&args(&[]), &measured);
    assert!(page.contains("- create at 64: `500 'x'`"));
}

#[test]
fn the_command_in_the_report_names_no_address_and_no_folder() {
    let page = markdown(
        &args(&["--database", "postgres://user:word@127.0.0.1:5433/db", "--work-dir", "/some/folder"]),
        &measured(),
    );
    assert!(!page.contains("word") && !page.contains("/some/folder"));
    assert!(page.contains("--database postgres://..."));
}
