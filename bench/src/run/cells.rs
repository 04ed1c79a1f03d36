//! All cells of one database.

use std::sync::Arc;

use super::CONNECTIONS;
use super::cell::{self, Cell, Timing};
use super::cpu::CpuMeter;
use super::workload::{Filled, Operation};
use crate::error::Result;

/// Reading first, so that it is measured on the database as it was filled.
const PLAN: [Operation; 5] =
    [Operation::Get, Operation::List, Operation::Create, Operation::Comment, Operation::Update];
/// Connections of the load on one brand.
pub const HOT_CONNECTIONS: usize = 64;

/// Measures every operation at every number of connections, then creates on one brand.
pub async fn measure_all(filled: &Filled, timing: Timing, meter: &CpuMeter) -> Result<Vec<Cell>> {
    let mut cells = Vec::new();
    for operation in PLAN {
        for connections in CONNECTIONS {
            cells.push(one(filled, operation, connections, timing, meter).await?);
        }
    }
    let hot = one(filled, Operation::CreateHot, HOT_CONNECTIONS, timing, meter);
    cells.push(hot.await?);
    Ok(cells)
}

async fn one(
    filled: &Filled,
    operation: Operation,
    connections: usize,
    timing: Timing,
    meter: &CpuMeter,
) -> Result<Cell> {
    let templates = Arc::new(filled.workload(operation));
    let authority = &filled.target.authority;
    let measuring = cell::measure(operation.name(), authority, &templates, connections, timing, meter);
    let cell = measuring.await?;
    eprintln!(
        "{}, {connections} connections: {:.0}/s, p99 {:.1} ms, errors {}",
        cell.operation,
        cell.rate(),
        cell.latency.p99_ms,
        cell.errors
    );
    Ok(cell)
}
