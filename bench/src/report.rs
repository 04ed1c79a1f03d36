//! The report: one Markdown page with the machine, the figures, the limits beside them and the targets.

use std::fmt::Write;

use crate::cli::{DatabaseKind, RunArgs};
use crate::report::targets::Target;
use crate::run::Measured;
use crate::run::cell::Cell;

pub mod limits;
pub mod section;
pub mod tables;
pub mod targets;

const BYTES_PER_MB: f64 = 1_048_576.0;

/// The whole page.
pub fn markdown(args: &RunArgs, measured: &Measured) -> String {
    let mut page = String::from("# Measurements\n\n");
    page.push_str(&machine(args, measured));
    page.push_str(&targets_table(&targets::all(measured)));
    page.push_str("\n## A static answer over HTTP\n\n");
    page.push_str(&tables::cells(&measured.static_cells, &measured.static_cells, None));
    for database in &measured.databases {
        let _ = write!(page, "\n## {}\n\n", database.name);
        page.push_str(&tables::facts(database));
        page.push('\n');
        page.push_str(&tables::cells(&database.cells, &measured.static_cells, Some(&database.limits)));
        page.push_str(&limits::tables(&database.limits));
    }
    page.push_str(&error_examples(measured));
    page.push_str(NOTES);
    page
}

/// Requests of all cells that were not answered with 2xx.
pub fn errors(measured: &Measured) -> u64 {
    all_cells(measured).map(|cell| cell.errors).sum()
}

fn all_cells(measured: &Measured) -> impl Iterator<Item = &Cell> {
    let served = measured.databases.iter().flat_map(|database| &database.cells);
    measured.static_cells.iter().chain(served)
}

fn machine(args: &RunArgs, measured: &Measured) -> String {
    let machine = &measured.machine;
    let mut text = format!(
        "- date: {}\n- machine: {}, {} cores, {:.1} GB memory, Linux {}, data on {}\n",
        machine.date, machine.cpu, machine.cores, machine.memory_gb, machine.kernel, machine.file_system
    );
    if let Some(version) = &machine.postgres {
        let _ = writeln!(text, "- database beside SQLite: {version}");
    }
    let _ = write!(
        text,
        "- release binary: {:.1} MB\n- command: `{}`\n\nServer, database and load client share the cores.\n\n",
        measured.binary_bytes as f64 / BYTES_PER_MB,
        command(args)
    );
    text
}

/// The command without addresses and folders of this machine.
fn command(args: &RunArgs) -> String {
    let mut text = format!(
        "dispatch-bench run --tickets {} --seconds {} --warmup-seconds {}",
        args.tickets, args.seconds, args.warmup_seconds
    );
    if args.database.is_some() {
        text.push_str(" --database postgres://...");
    }
    if args.postgres_pid.is_some() {
        text.push_str(" --postgres-pid ...");
    }
    match args.only {
        Some(DatabaseKind::Sqlite) => text.push_str(" --only sqlite"),
        Some(DatabaseKind::Postgres) => text.push_str(" --only postgres"),
        None => {}
    }
    text
}

fn targets_table(targets: &[Target]) -> String {
    let mut text = String::from("## Targets\n\n| target | figure | bound | verdict |\n|---|---|---|---|\n");
    for target in targets {
        let verdict = if target.met() { "met" } else { "**missed**" };
        let _ = writeln!(text, "| {} | {} | {} | {verdict} |", target.name, target.figure(), target.bound());
    }
    text
}

fn error_examples(measured: &Measured) -> String {
    let mut text = String::new();
    for cell in all_cells(measured) {
        if let Some(example) = &cell.first_error {
            let example = example.replace('`', "'");
            let name = cell.operation;
            let _ = writeln!(text, "- {name} at {}: `{example}`", cell.connections);
        }
    }
    if text.is_empty() {
        return text;
    }
    format!("\n## Errors\n\nThe first of each cell:\n\n{text}")
}

const NOTES: &str = "
## How to read this

- A request counts when its whole reply came within the measured time, with a 2xx status; everything else is an error.
- Creates: 20 brands, two of three requests by a known customer, one by a new one, four custom fields, a text of about
  450 characters. `create hot`: the same on one brand. Updates change title and priority. Lists: 50 tickets, newest first.
- Processor time is user and system time of the process by the kernel's clock ticks (10 ms), divided by the requests.
- Raw engine: the statements of a create on one thread of this program, so many creates to a commit, `synchronous=FULL`,
  no HTTP, no JSON, no checks. Raw list: the statements of a page, all columns read and written as JSON.
- The static answer is one small JSON object by the server's own HTTP framework.
";

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
