//! What is bound to the placeholders of a statement, and the fresh values of one create.

use rusqlite::Statement;
use rusqlite::types::Value;

use super::sample::Sample;
use crate::error::Result;
use crate::generate::rng::mix;
use crate::generate::ticket::email;
use crate::run::template::customer;

/// Registers in which a statement may leave values for later ones.
pub const REGISTERS: usize = 32;

/// Far enough in the future that fresh rows come last in every index on time.
const NOW_MS: u64 = 2_000_000_000_000;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const ID_LETTERS: usize = 26;

/// The value of one placeholder. The unused kinds are for the statements that come next.
#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "a vocabulary for pasted statements; not every statement needs every kind")]
pub enum Bind {
    /// Id of the brand.
    Brand,
    /// A fresh id with this prefix, the same for the whole create.
    Id(&'static str),
    /// Another fresh id with this prefix, the same for the whole create.
    SecondId(&'static str),
    /// What an earlier statement kept in this register.
    Kept(usize),
    /// The same, or `Id` when nothing was kept.
    KeptOrId(usize, &'static str),
    /// First column of this row of the statement before (lists only).
    Row(usize),
    /// The time in milliseconds.
    Now,
    /// The customer's address.
    Email,
    /// The customer's name.
    Name,
    /// The title.
    Title,
    /// The body.
    Body,
    /// The custom fields as JSON.
    CustomFields,
    /// One custom field as text.
    Field(&'static str),
    /// The packed body of the event of a new ticket.
    TicketEvent,
    /// The same of a new customer.
    CustomerEvent,
    /// The running number as text.
    Sequence,
    /// A fixed text.
    Text(&'static str),
    /// A fixed number.
    Int(i64),
    /// No value.
    Null,
}

/// The values of one create or one list.
pub struct Fresh<'s> {
    /// The brand.
    pub brand: &'s str,
    /// The running number.
    pub sequence: u64,
    /// Customers there are.
    pub known_customers: u64,
    /// The texts.
    pub sample: &'s Sample,
}

/// What earlier statements left.
#[derive(Default)]
pub struct Memory {
    /// Values by register.
    pub kept: [Option<Value>; REGISTERS],
    /// First columns of the rows of the statement before.
    pub rows: Vec<Value>,
}

/// Binds `what` to the placeholder `place` (from 1) of `statement`.
pub fn bind(statement: &mut Statement<'_>, place: usize, what: Bind, fresh: &Fresh<'_>, memory: &Memory) -> Result<()> {
    let sample = fresh.sample;
    match what {
        Bind::Brand => statement.raw_bind_parameter(place, fresh.brand),
        Bind::Id(prefix) => statement.raw_bind_parameter(place, id(prefix, fresh.sequence, 0)),
        Bind::SecondId(prefix) => statement.raw_bind_parameter(place, id(prefix, fresh.sequence, 1)),
        Bind::Kept(register) => statement.raw_bind_parameter(place, &memory.kept[register]),
        Bind::KeptOrId(register, prefix) => match &memory.kept[register] {
            Some(value) => statement.raw_bind_parameter(place, value),
            None => statement.raw_bind_parameter(place, id(prefix, fresh.sequence, 0)),
        },
        Bind::Row(row) => statement.raw_bind_parameter(place, memory.rows.get(row)),
        Bind::Now => statement.raw_bind_parameter(place, now_ms(fresh.sequence)),
        Bind::Email => {
            let number = customer(fresh.sequence, fresh.known_customers);
            statement.raw_bind_parameter(place, email(number))
        }
        Bind::Name => statement.raw_bind_parameter(place, &sample.name),
        Bind::Title => statement.raw_bind_parameter(place, &sample.title),
        Bind::Body => statement.raw_bind_parameter(place, &sample.body),
        Bind::CustomFields => statement.raw_bind_parameter(place, &sample.custom_fields),
        Bind::Field(name) => statement.raw_bind_parameter(place, sample.field(name)),
        Bind::TicketEvent => statement.raw_bind_parameter(place, &sample.ticket_event),
        Bind::CustomerEvent => statement.raw_bind_parameter(place, &sample.customer_event),
        Bind::Sequence => statement.raw_bind_parameter(place, fresh.sequence.to_string()),
        Bind::Text(text) => statement.raw_bind_parameter(place, text),
        Bind::Int(number) => statement.raw_bind_parameter(place, number),
        Bind::Null => statement.raw_bind_parameter(place, Option::<i64>::None),
    }?;
    Ok(())
}

fn now_ms(sequence: u64) -> i64 {
    i64::try_from(NOW_MS + sequence / 8).unwrap_or(i64::MAX)
}

/// A time-ordered id: 48 bits of time, then bits that look random.
fn id(prefix: &str, sequence: u64, which: u64) -> String {
    let time = u128::from(NOW_MS + sequence / 8) << 80;
    let rest = u128::from(mix(sequence * 2 + which)) << 16;
    let mut bits = time | rest;
    let mut letters = [b'0'; ID_LETTERS];
    for letter in letters.iter_mut().rev() {
        *letter = ALPHABET[usize::try_from(bits & 31).unwrap_or_default()];
        bits >>= 5;
    }
    format!("{prefix}{}", String::from_utf8_lossy(&letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_form_of_the_servers_and_are_ordered_by_time() {
        let early = id("tkt_", 8, 0);
        assert_eq!(early.len(), 30);
        assert_eq!(early, id("tkt_", 8, 0));
        assert_ne!(early, id("tkt_", 8, 1));
        assert!(early < id("tkt_", 16, 0));
    }
}
