//! Raw creates: so many to a commit, one commit after the other.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::CREATE;
use super::engine::Engine;
use crate::error::Result;
use crate::run::cell::Timing;
use crate::run::cpu;

/// Running number of creates over the whole program, so that no two are equal.
static SEQUENCE: AtomicU64 = AtomicU64::new(0);

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct RawCreate {
    /// Creates per commit.
    pub batch: usize,
    /// Creates.
    pub creates: u64,
    /// Time they took.
    pub elapsed: Duration,
    /// Processor time they took.
    pub cpu_ms: u64,
}

impl RawCreate {
    /// Creates per second.
    pub fn rate(&self) -> f64 {
        self.creates as f64 / self.elapsed.as_secs_f64()
    }

    /// Milliseconds of processor time per create.
    pub fn cpu_each_ms(&self) -> f64 {
        self.cpu_ms as f64 / self.creates.max(1) as f64
    }
}

/// Creates in batches for as long as `timing` says.
pub fn measure(connection: &Connection, batch: usize, timing: Timing, known_customers: u64) -> Result<RawCreate> {
    let mut engine = Engine::new(connection, CREATE, known_customers)?;
    let warm = Instant::now();
    while warm.elapsed() < timing.warmup {
        commit(connection, &mut engine, batch)?;
    }
    let cpu_before = cpu::own_ms()?;
    let start = Instant::now();
    let mut creates = 0;
    while start.elapsed() < timing.measured {
        commit(connection, &mut engine, batch)?;
        creates += batch as u64;
    }
    Ok(RawCreate { batch, creates, elapsed: start.elapsed(), cpu_ms: cpu::own_ms()?.saturating_sub(cpu_before) })
}

fn commit(connection: &Connection, engine: &mut Engine<'_>, batch: usize) -> Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for _ in 0..batch {
        let sequence = SEQUENCE.fetch_add(1, Ordering::Relaxed);
        engine.run(sequence, |_, _| Ok(()))?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}
