//! Raw creates: so many to a commit, one commit after the other.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::{Connection, Statement};

use super::engine::{Engine, Part, Sql, Words};
use super::{CREATE, WRITE_WORDS};
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

/// Creates in batches for as long as `timing` says, without the statements of one part when that is given.
pub fn measure(
    connection: &Connection,
    batch: usize,
    timing: Timing,
    known_customers: u64,
    without: Option<Without>,
) -> Result<RawCreate> {
    let statements: Vec<Sql> =
        CREATE.iter().filter(|sql| without.is_none_or(|without| !without.leaves_out(sql.of()))).copied().collect();
    let mut creator = Creator {
        connection,
        engine: Engine::new(connection, &statements, known_customers)?,
        write_words: connection.prepare(WRITE_WORDS)?,
        words: BTreeMap::new(),
    };
    let warm = Instant::now();
    while warm.elapsed() < timing.warmup {
        creator.commit(batch)?;
    }
    let cpu_before = cpu::own_ms()?;
    let start = Instant::now();
    let mut creates = 0;
    while start.elapsed() < timing.measured {
        creator.commit(batch)?;
        creates += batch as u64;
    }
    Ok(RawCreate { batch, creates, elapsed: start.elapsed(), cpu_ms: cpu::own_ms()?.saturating_sub(cpu_before) })
}

/// What is left out of a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// The tickets of each status.
    Counts,
    /// The sums of the statistics.
    Sums,
    /// The custom fields that filters find.
    Fields,
    /// The words that the search finds.
    Words,
    /// The events.
    Log,
}

impl Without {
    fn leaves_out(self, part: Part) -> bool {
        match self {
            Self::Counts => part == Part::Counts,
            Self::Sums => part == Part::Sums,
            Self::Fields => part == Part::Fields,
            Self::Words => matches!(part, Part::Words(_)),
            Self::Log => part == Part::Log,
        }
    }
}

/// Prepared statements, and the words that the commit at hand has brought.
struct Creator<'c> {
    connection: &'c Connection,
    engine: Engine<'c>,
    write_words: Statement<'c>,
    words: BTreeMap<i64, (Words, u64)>,
}

impl Creator<'_> {
    fn commit(&mut self, batch: usize) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        for _ in 0..batch {
            let sequence = SEQUENCE.fetch_add(1, Ordering::Relaxed);
            let words = &mut self.words;
            self.engine.run(sequence, |part, row| {
                if let Part::Words(of) = part {
                    words.insert(row_of_words(of, row.get(0)?), (of, sequence));
                }
                Ok(())
            })?;
        }
        for (row, (of, sequence)) in std::mem::take(&mut self.words) {
            self.write_words.execute((row, self.engine.words(of, sequence)))?;
        }
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }
}

/// The row of the full-text index that leads to a row (store/src/search/sqlite.rs).
fn row_of_words(of: Words, doc: i64) -> i64 {
    match of {
        Words::Ticket => doc * 4,
        Words::Customer => doc * 4 + 2,
    }
}
