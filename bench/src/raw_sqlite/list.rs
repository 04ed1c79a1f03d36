//! Raw lists: every row of a page stepped, every column read, everything written as JSON.

use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::LIST;
use super::engine::Engine;
use crate::error::Result;
use crate::run::cell::Timing;
use crate::run::cpu;

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct RawList {
    /// Pages read.
    pub pages: u64,
    /// Time they took, on one thread.
    pub elapsed: Duration,
    /// Processor time they took.
    pub cpu_total_ms: u64,
    /// Average size of the JSON of a page.
    pub json_bytes: u64,
}

impl RawList {
    /// Milliseconds of processor time per page.
    pub fn cpu_ms(&self) -> f64 {
        self.cpu_total_ms as f64 / self.pages.max(1) as f64
    }

    /// Pages per second on one thread.
    pub fn rate(&self) -> f64 {
        self.pages as f64 / self.elapsed.as_secs_f64()
    }
}

/// Reads pages for as long as `timing` says.
pub fn measure(connection: &Connection, timing: Timing) -> Result<RawList> {
    let mut engine = Engine::new(connection, LIST, 1)?;
    let mut json = Vec::new();
    let mut sequence = 0;
    let warm = Instant::now();
    while warm.elapsed() < timing.warmup {
        page(&mut engine, sequence, &mut json)?;
        sequence += 1;
    }
    let cpu_before = cpu::own_ms()?;
    let start = Instant::now();
    let (mut pages, mut bytes) = (0, 0);
    while start.elapsed() < timing.measured {
        page(&mut engine, sequence, &mut json)?;
        sequence += 1;
        pages += 1;
        bytes += json.len() as u64;
    }
    Ok(RawList {
        pages,
        elapsed: start.elapsed(),
        cpu_total_ms: cpu::own_ms()?.saturating_sub(cpu_before),
        json_bytes: bytes / pages.max(1),
    })
}

fn page(engine: &mut Engine<'_>, sequence: u64, json: &mut Vec<u8>) -> Result<()> {
    json.clear();
    engine.run(sequence, |_, row| {
        json.push(if json.is_empty() { b'[' } else { b',' });
        serde_json::to_writer(&mut *json, &Columns(row))?;
        Ok(())
    })?;
    json.push(b']');
    Ok(())
}

/// A row as a JSON object, written straight from the engine's memory.
struct Columns<'r, 's>(&'r Row<'s>);

impl Serialize for Columns<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let statement = self.0.as_ref();
        let mut map = serializer.serialize_map(None)?;
        for column in 0..statement.column_count() {
            map.serialize_key(statement.column_name(column).unwrap_or("?"))?;
            match self.0.get_ref(column) {
                Ok(ValueRef::Integer(number)) => map.serialize_value(&number)?,
                Ok(ValueRef::Real(number)) => map.serialize_value(&number)?,
                Ok(ValueRef::Text(text)) => {
                    map.serialize_value(std::str::from_utf8(text).unwrap_or_default())?;
                }
                Ok(ValueRef::Blob(bytes)) => map.serialize_value(&bytes.len())?,
                Ok(ValueRef::Null) | Err(_) => map.serialize_value(&())?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_an_object() {
        let connection = Connection::open_in_memory().unwrap();
        let mut statement = connection.prepare("SELECT 7 AS n, 'a\"b' AS t, NULL AS x, 0.5 AS r").unwrap();
        let mut rows = statement.query([]).unwrap();
        let json = serde_json::to_string(&Columns(rows.next().unwrap().unwrap())).unwrap();
        assert_eq!(json, r#"{"n":7,"t":"a\"b","x":null,"r":0.5}"#);
    }
}
