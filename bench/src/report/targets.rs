//! The targets and whether they are met.

use crate::report::{BYTES_PER_MB, tables};
use crate::run::Measured;
use crate::run::cell::Cell;
use crate::run::database::DatabaseResult;
use crate::run::limits::Limits;

const CONNECTIONS: usize = 64;
const SQLITE_CREATE_OF_RAW: f64 = 0.7;
const LIST_CPU_OF_RAW: f64 = 1.25;
const POSTGRES_CREATE_OF_PGBENCH: f64 = 1.0;
const HOT_OF_EVEN: f64 = 0.6;
const START_MS: f64 = 300.0;
const BINARY_MB: f64 = 25.0;
const ERRORS: f64 = 0.0;

/// On which side of the bound the figure must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At least the bound.
    AtLeast,
    /// At most the bound.
    AtMost,
    /// Less than the bound.
    Below,
}

/// One target.
#[derive(Clone, Debug)]
pub struct Target {
    /// What is asked for.
    pub name: String,
    value: f64,
    bound: f64,
    side: Side,
    unit: &'static str,
    how: String,
}

impl Target {
    /// Whether the figure is on the right side.
    pub fn met(&self) -> bool {
        match self.side {
            Side::AtLeast => self.value >= self.bound,
            Side::AtMost => self.value <= self.bound,
            Side::Below => self.value < self.bound,
        }
    }

    /// The figure with how it came about.
    pub fn figure(&self) -> String {
        let digits = if self.unit.is_empty() { 2 } else { 1 };
        let value = format!("{:.digits$}{}", self.value, self.unit);
        if self.how.is_empty() { value } else { format!("{value} ({})", self.how) }
    }

    /// The bound.
    pub fn bound(&self) -> String {
        let sign = match self.side {
            Side::AtLeast => "≥",
            Side::AtMost => "≤",
            Side::Below => "<",
        };
        format!("{sign} {}{}", self.bound, self.unit)
    }
}

/// Every target for which there is a figure.
pub fn all(measured: &Measured) -> Vec<Target> {
    let mut targets: Vec<Target> = measured.databases.iter().flat_map(of_database).collect();
    targets.push(Target {
        name: "release binary".to_owned(),
        value: measured.binary_bytes as f64 / BYTES_PER_MB,
        bound: BINARY_MB,
        side: Side::Below,
        unit: " MB",
        how: String::new(),
    });
    targets.push(Target {
        name: "requests answered other than 2xx".to_owned(),
        value: super::errors(measured) as f64,
        bound: ERRORS,
        side: Side::AtMost,
        unit: "",
        how: String::new(),
    });
    targets
}

fn of_database(database: &DatabaseResult) -> Vec<Target> {
    let name = database.name;
    let mut targets = Vec::new();
    if let (Some(cell), Some(raw)) = (find(database, "create"), database.limits.create_rate(CONNECTIONS)) {
        let (limit, bound) = match database.limits {
            Limits::Sqlite { .. } => ("raw group commit of 64", SQLITE_CREATE_OF_RAW),
            Limits::Postgres { .. } => ("pgbench, 64 clients", POSTGRES_CREATE_OF_PGBENCH),
        };
        let label = format!("{name}: create, 64 connections ÷ {limit}");
        let mut target = rates(label, cell.rate(), raw, bound);
        target.how.push_str(&best_of_pgbench(&database.limits));
        targets.push(target);
    }
    if let (Some(cell), Limits::Sqlite { list, .. }) = (find(database, "list"), &database.limits) {
        let (ours, raw) = (cell.server_cpu_ms(), list.cpu_ms());
        targets.push(Target {
            name: format!("{name}: CPU of a list, 64 connections ÷ raw list"),
            value: ours / raw,
            bound: LIST_CPU_OF_RAW,
            side: Side::AtMost,
            unit: "",
            how: format!("{ours:.3} ms ÷ {raw:.3} ms"),
        });
    }
    if let (Some(hot), Some(even)) = (find(database, "create hot"), find(database, "create")) {
        let label = format!("{name}: creates on one brand ÷ on twenty, 64 connections");
        targets.push(rates(label, hot.rate(), even.rate(), HOT_OF_EVEN));
    }
    targets.push(Target {
        name: format!("{name}: start until ready"),
        value: tables::median(&database.starts).as_secs_f64() * 1_000.0,
        bound: START_MS,
        side: Side::Below,
        unit: " ms",
        how: "median".to_owned(),
    });
    targets
}

/// pgbench is not fastest with the most clients: they queue for the brands' rows. The best is said as well.
fn best_of_pgbench(limits: &Limits) -> String {
    let Limits::Postgres { creates } = limits else {
        return String::new();
    };
    let best = creates.iter().max_by(|a, b| a.rate.total_cmp(&b.rate));
    best.map_or_else(String::new, |best| format!("; its best: {:.0}/s with {}", best.rate, best.clients))
}

fn find<'d>(database: &'d DatabaseResult, operation: &str) -> Option<&'d Cell> {
    database.cells.iter().find(|cell| cell.operation == operation && cell.connections == CONNECTIONS)
}

fn rates(name: String, ours: f64, limit: f64, bound: f64) -> Target {
    Target {
        name,
        value: ours / limit,
        bound,
        side: Side::AtLeast,
        unit: "",
        how: format!("{ours:.0}/s ÷ {limit:.0}/s"),
    }
}
