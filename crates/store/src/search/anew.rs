//! The words of everything, made anew from the texts: for a database whose rows were carried from the other one. What each
//! database keeps of the words is its own, and SQLite's index does not give them back. The texts are always read from SQLite,
//! which is one of the two.

use dispatch_model::BrandId;

use super::{Kind, lexemes, postgres, row_of_words, sqlite};
use crate::{sql::Sql, value::OwnedValue};

crate::statements! {
    only Sqlite;
    TICKETS = "SELECT doc, brand_id, id, title, prefix || '-' || number, coalesce(body, '') FROM ticket ORDER BY doc";
    COMMENTS = "SELECT doc, brand_id, id, body, '', '' FROM comment
        WHERE author_type <> 'SYSTEM' AND deleted_at IS NULL ORDER BY doc";
    CUSTOMERS = "SELECT doc, brand_id, id, coalesce(name, ''), email, '' FROM customer ORDER BY doc";
    COMPANIES = "SELECT doc, brand_id, id, name, coalesce(domain, ''), '' FROM company ORDER BY doc";
}

/// What writes words, and the statement that reads its texts.
pub(crate) static SOURCES: [(Kind, &Sql); 4] =
    [(Kind::Ticket, &TICKETS), (Kind::Comment, &COMMENTS), (Kind::Customer, &CUSTOMERS), (Kind::Company, &COMPANIES)];

/// How a row of the index is written on SQLite.
pub(crate) static INSERT: &Sql = &sqlite::INSERT;

/// One row of such a statement.
#[derive(Debug)]
pub(crate) struct Texts {
    pub kind: Kind,
    pub doc: i64,
    pub brand: BrandId,
    pub id: String,
    pub texts: [String; 3],
}

impl Texts {
    /// The row of SQLite's index: its id and the words; nothing when there are none.
    pub fn sqlite(&self) -> Option<(i64, String)> {
        row_of_words(&self.brand, self.kind, self.doc, &self.texts.each_ref().map(String::as_str))
    }

    /// The rows of PostgreSQL's `search_word` (brand, id, part, words), the words as a tsvector is sent.
    pub fn postgres(&self) -> Vec<Vec<OwnedValue>> {
        let kept = lexemes(&self.brand, self.kind, &self.texts.each_ref().map(String::as_str));
        let row = |(part, words): (i64, &[String])| {
            vec![
                OwnedValue::Text(self.brand.as_str().to_owned()),
                OwnedValue::Text(self.id.clone()),
                OwnedValue::Int(part),
                OwnedValue::Bytes(tsvector(words)),
            ]
        };
        (0..).zip(postgres::parts(&kept)).map(row).collect()
    }
}

/// A tsvector as PostgreSQL receives it: how many words, and each with a zero behind it and no places. They are in order.
fn tsvector(words: &[String]) -> Vec<u8> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words.dedup();
    let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let mut bytes = count.to_be_bytes().to_vec();
    for word in words {
        bytes.extend_from_slice(word.as_bytes());
        bytes.extend_from_slice(&[0, 0, 0]);
    }
    bytes
}
