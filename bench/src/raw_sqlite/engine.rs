//! Runs a list of statements with prepared handles: bind, step through all rows, keep what is wanted.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, Statement};

use super::bind::{Bind, Fresh, Memory, bind};
use super::{BRANDS, sample};
use crate::error::{Context, Result};

/// What a statement of a create is for; a measurement may leave one of these out to see what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The ticket and its customer.
    Core,
    /// The tickets of each status.
    Counts,
    /// The sums of the statistics.
    Sums,
    /// The custom fields that filters find.
    Fields,
    /// The words that the search finds; the statement's row is where they belong.
    Words(Words),
    /// The events.
    Log,
}

/// What words stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// A ticket.
    Ticket,
    /// A customer.
    Customer,
}

/// One statement with what is bound to it.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    text: &'static str,
    binds: &'static [Bind],
    keep: Option<usize>,
    unless: Option<usize>,
    part: Part,
}

/// A statement that is always executed and keeps nothing.
pub const fn sql(text: &'static str, binds: &'static [Bind]) -> Sql {
    Sql { text, binds, keep: None, unless: None, part: Part::Core }
}

impl Sql {
    /// Leaves the columns of the last row in the registers from `register` on.
    pub const fn keeping(mut self, register: usize) -> Self {
        self.keep = Some(register);
        self
    }

    /// Is part of this.
    pub const fn part(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    /// What it is part of.
    pub const fn of(&self) -> Part {
        self.part
    }

    /// Is left out when `register` holds a value.
    pub const fn unless(mut self, register: usize) -> Self {
        self.unless = Some(register);
        self
    }
}

/// Prepared statements and the values they need.
pub struct Engine<'c> {
    statements: Vec<(Sql, Statement<'c>)>,
    brands: Vec<String>,
    samples: Vec<sample::Sample>,
    known_customers: u64,
}

impl<'c> Engine<'c> {
    /// Prepares `statements` on `connection`.
    pub fn new(connection: &'c Connection, statements: &[Sql], known_customers: u64) -> Result<Self> {
        let prepared = statements
            .iter()
            .map(|sql| {
                let statement =
                    connection.prepare(&numbered(sql.text)).context(|| format!("cannot prepare `{}`", sql.text))?;
                Ok((*sql, statement))
            })
            .collect::<Result<Vec<_>>>()?;
        let mut brands = connection.prepare(BRANDS)?;
        let brands = brands.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        if brands.is_empty() {
            return Err("the copy of the database has no brands".into());
        }
        Ok(Self { statements: prepared, brands, samples: sample::samples(), known_customers })
    }

    /// The words of something that the create with this number has made.
    pub fn words(&self, of: Words, sequence: u64) -> String {
        self.samples[place(sequence, self.samples.len())].words(of, &self.brands[place(sequence, self.brands.len())])
    }

    /// Executes all statements once; `row` sees every row with what its statement is part of.
    pub fn run(&mut self, sequence: u64, mut row: impl FnMut(Part, &Row<'_>) -> Result<()>) -> Result<()> {
        let fresh = Fresh {
            brand: &self.brands[place(sequence, self.brands.len())],
            sequence,
            known_customers: self.known_customers,
            sample: &self.samples[place(sequence, self.samples.len())],
        };
        let mut memory = Memory::default();
        for (sql, statement) in &mut self.statements {
            if sql.unless.is_some_and(|register| memory.kept[register].is_some()) {
                continue;
            }
            for (index, what) in sql.binds.iter().enumerate() {
                bind(statement, index + 1, *what, &fresh, &memory)
                    .context(|| format!("bind {} of `{}`", index + 1, sql.text))?;
            }
            step(statement, sql, &mut memory, |found| row(sql.part, found)).context(|| format!("`{}`", sql.text))?;
        }
        Ok(())
    }
}

fn step(
    statement: &mut Statement<'_>,
    sql: &Sql,
    memory: &mut Memory,
    mut row: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let columns = statement.column_count();
    memory.rows.clear();
    let mut rows = statement.raw_query();
    while let Some(found) = rows.next()? {
        if let Some(register) = sql.keep {
            for column in 0..columns {
                memory.kept[register + column] = Some(found.get::<_, Value>(column)?);
            }
        } else {
            memory.rows.push(found.get(0)?);
        }
        row(found)?;
    }
    Ok(())
}

fn place(sequence: u64, length: usize) -> usize {
    usize::try_from(sequence % length as u64).unwrap_or_default()
}

/// SQLite numbers `$n` by first appearance, `?n` by its number.
fn numbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_place = letter == '$' && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_place { '?' } else { letter });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_keep_their_numbers() {
        assert_eq!(numbered("a = $2 AND b = $1 -- $x"), "a = ?2 AND b = ?1 -- $x");
    }
}
