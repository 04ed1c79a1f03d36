//! Processor time of the server, its database and this client over a stretch of time.

use super::process::{self, TICK_MS};
use crate::error::Result;

/// Which processes are counted.
#[derive(Clone, Copy, Debug)]
pub struct CpuMeter {
    server_pid: u32,
    postgres_pid: Option<u32>,
}

/// Processor time so far, or over a stretch.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpuTime {
    /// Of the server.
    pub server_ms: u64,
    /// Of PostgreSQL, when it is counted.
    pub postgres_ms: Option<u64>,
    /// Of this program.
    pub client_ms: u64,
}

impl CpuMeter {
    /// A meter for a server and, if known, the postmaster of its database.
    pub fn new(server_pid: u32, postgres_pid: Option<u32>) -> Self {
        Self { server_pid, postgres_pid }
    }

    /// Time used so far.
    pub fn read(&self) -> Result<CpuTime> {
        let postgres = self.postgres_pid.map(process::ticks_with_children);
        Ok(CpuTime {
            server_ms: process::ticks(self.server_pid)?.own * TICK_MS,
            postgres_ms: postgres.transpose()?.map(|ticks| ticks * TICK_MS),
            client_ms: own_ms()?,
        })
    }
}

/// Processor time of this program so far.
pub fn own_ms() -> Result<u64> {
    Ok(process::ticks(std::process::id())?.own * TICK_MS)
}

impl CpuTime {
    /// Time used between `earlier` and this reading.
    pub fn since(&self, earlier: &Self) -> Self {
        let postgres = self.postgres_ms.zip(earlier.postgres_ms);
        Self {
            server_ms: self.server_ms.saturating_sub(earlier.server_ms),
            postgres_ms: postgres.map(|(now, then)| now.saturating_sub(then)),
            client_ms: self.client_ms.saturating_sub(earlier.client_ms),
        }
    }
}
