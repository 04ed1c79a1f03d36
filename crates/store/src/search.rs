//! The words of tickets, comments, customers and companies, and who is found by them (API 5.4, 9, 10).
//!
//! The words are made by `dispatch_model::words`, so that both databases find the same. Each is kept behind four characters of
//! its brand's id and one for the kind of what it stands in: a common word costs its brand, not the whole index. The four
//! may meet those of another brand; the brand of every row that is found is looked at as well.

pub(crate) mod anew;
pub(crate) mod postgres;
pub mod reindex;
pub(crate) mod sqlite;

use std::collections::HashSet;

use dispatch_model::{BrandId, CommentId, CompanyId, CustomerId, TicketId, words};

use crate::{Dialect, FromColumn, Result, Tx, args, sql::Sql, value::only};

/// Matches of one word in one place (tickets, comments, customers) that are looked at: the newest (API 5.4).
pub const CANDIDATES_MAX: i64 = 10_000;

/// What words stand in.
#[derive(Clone, Copy, Debug)]
pub enum Entity<'a> {
    /// Its title, body, number with and without prefix.
    Ticket(&'a TicketId),
    /// Its body; the system's comments have no words.
    Comment(&'a CommentId),
    /// Its name and address; they stay when it is deleted, since its tickets still show them.
    Customer(&'a CustomerId),
    /// Its name and domain.
    Company(&'a CompanyId),
}

impl Entity<'_> {
    const fn id(&self) -> &str {
        match self {
            Self::Ticket(TicketId(id))
            | Self::Comment(CommentId(id))
            | Self::Customer(CustomerId(id))
            | Self::Company(CompanyId(id)) => id.as_str(),
        }
    }

    const fn kind(&self) -> Kind {
        match self {
            Self::Ticket(_) => Kind::Ticket,
            Self::Comment(_) => Kind::Comment,
            Self::Customer(_) => Kind::Customer,
            Self::Company(_) => Kind::Company,
        }
    }
}

/// What stands behind the brand's characters in a kept word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Ticket,
    Comment,
    Customer,
    Company,
}

impl Kind {
    const fn letter(self) -> char {
        match self {
            Self::Ticket => 't',
            Self::Comment => 'c',
            Self::Customer => 'u',
            Self::Company => 'o',
        }
    }
}

/// Who is found, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<I> {
    /// Their ids.
    pub ids: Vec<I>,
    /// Whether there were more candidates than are looked at.
    pub truncated: bool,
}

/// Keeps the words of something new.
///
/// # Errors
/// When the database cannot write.
pub async fn add(tx: &Tx, brand: &BrandId, entity: Entity<'_>, texts: &[&str]) -> Result<()> {
    set(tx, brand, entity, texts, true).await
}

/// Replaces the words of something that was there before.
///
/// # Errors
/// When the database cannot write.
pub async fn put(tx: &Tx, brand: &BrandId, entity: Entity<'_>, texts: &[&str]) -> Result<()> {
    set(tx, brand, entity, texts, false).await
}

/// Forgets the words of something. It must be called while its row is there.
///
/// # Errors
/// When the database cannot write.
pub async fn remove(tx: &Tx, brand: &BrandId, entity: Entity<'_>) -> Result<()> {
    set(tx, brand, entity, &[], false).await
}

async fn set(tx: &Tx, brand: &BrandId, entity: Entity<'_>, texts: &[&str], new: bool) -> Result<()> {
    let kept = lexemes(brand, entity.kind(), texts);
    match tx.dialect() {
        Dialect::Sqlite => sqlite::set(tx, brand, entity, kept, new).await,
        Dialect::Postgres => postgres::set(tx, brand, entity, &kept, new).await,
    }
}

/// The distinct words of some texts as they are kept.
fn lexemes(brand: &BrandId, kind: Kind, texts: &[&str]) -> Vec<String> {
    let prefix = prefix(brand, kind);
    let kept = |word: String| format!("{prefix}{word}");
    let mut texts = texts.iter().map(|text| words::words(text));
    let Some(mut all) = texts.next() else { return Vec::new() };
    for more in texts {
        // Titles, numbers and names are short: what comes first is looked through.
        let fresh: Vec<String> = {
            let known: HashSet<&str> = all.iter().map(String::as_str).collect();
            more.into_iter().filter(|word| !known.contains(word.as_str())).collect()
        };
        all.extend(fresh);
    }
    all.into_iter().map(kept).collect()
}

/// For measurements: the row of SQLite's index, its id and its words, for something whose own row is `doc`; nothing when it has none.
#[doc(hidden)]
#[must_use]
pub fn sqlite_row(brand: &BrandId, entity: Entity<'_>, doc: i64, texts: &[&str]) -> Option<(i64, String)> {
    row_of_words(brand, entity.kind(), doc, texts)
}

fn row_of_words(brand: &BrandId, kind: Kind, doc: i64, texts: &[&str]) -> Option<(i64, String)> {
    let words = lexemes(brand, kind, texts).join(" ");
    (!words.is_empty()).then(|| (sqlite::row_id(doc, kind), words))
}

/// The last characters of a brand's id are random; what both databases take for part of a word.
fn prefix(brand: &BrandId, kind: Kind) -> String {
    let mut code: Vec<char> = brand.as_str().chars().rev().filter(char::is_ascii_alphanumeric).take(4).collect();
    code.reverse();
    code.iter().map(char::to_ascii_lowercase).chain([kind.letter()]).collect()
}

/// The question for everything of a kind in which each of these words begins a word.
fn question(tx: &Tx, brand: &BrandId, kind: Kind, words: &[&str]) -> String {
    let prefix = prefix(brand, kind);
    let kept = words.iter().map(|word| format!("{prefix}{word}"));
    match tx.dialect() {
        Dialect::Sqlite => sqlite::question(kept),
        Dialect::Postgres => postgres::question(kept),
    }
}

/// The statement for this database.
fn of(tx: &Tx, sqlite: &'static Sql, postgres: &'static Sql) -> &'static Sql {
    match tx.dialect() {
        Dialect::Sqlite => sqlite,
        Dialect::Postgres => postgres,
    }
}

async fn ask<I: FromColumn + Send>(
    tx: &Tx,
    sql: &'static Sql,
    brand: &BrandId,
    question: &str,
    limit: i64,
) -> Result<Found<I>> {
    let one_more = limit.saturating_add(1);
    let mut ids: Vec<I> = tx.all(sql, args![brand, question, one_more], only).await?;
    let most = usize::try_from(limit).unwrap_or(0);
    let truncated = ids.len() > most;
    ids.truncate(most);
    Ok(Found { ids, truncated })
}

/// The tickets, deleted ones and spam included, in which each of these words (of `dispatch_model::words::query`) begins a word of
/// the ticket itself, of one of its comments or of its customer's name or address. No words find nothing.
///
/// # Errors
/// When the database cannot answer.
pub async fn tickets(tx: &Tx, brand: &BrandId, words: &[String]) -> Result<Found<TicketId>> {
    let mut found: Option<HashSet<TicketId>> = None;
    let mut truncated = false;
    for word in words {
        let one = tickets_with(tx, brand, word).await?;
        truncated |= one.truncated;
        let both: HashSet<TicketId> = match found {
            None => one.ids.into_iter().collect(),
            Some(before) => one.ids.into_iter().filter(|id| before.contains(id)).collect(),
        };
        if both.is_empty() {
            return Ok(Found { ids: Vec::new(), truncated });
        }
        found = Some(both);
    }
    let mut ids: Vec<TicketId> = found.unwrap_or_default().into_iter().collect();
    ids.sort_unstable_by(|one, other| other.cmp(one));
    Ok(Found { ids, truncated })
}

/// The tickets that have one word in any of the three places.
async fn tickets_with(tx: &Tx, brand: &BrandId, word: &str) -> Result<Found<TicketId>> {
    let places = [
        (Kind::Ticket, of(tx, &sqlite::TICKETS, &postgres::TICKETS)),
        (Kind::Comment, of(tx, &sqlite::TICKETS_OF_COMMENTS, &postgres::TICKETS_OF_COMMENTS)),
    ];
    let mut all = Found { ids: Vec::new(), truncated: false };
    for (kind, sql) in places {
        let found = ask(tx, sql, brand, &question(tx, brand, kind, &[word]), CANDIDATES_MAX).await?;
        all.ids.extend(found.ids);
        all.truncated |= found.truncated;
    }
    let customers = question(tx, brand, Kind::Customer, &[word]);
    let sql = of(tx, &sqlite::CUSTOMERS_WITH_DELETED, &postgres::CUSTOMERS_WITH_DELETED);
    let found: Found<CustomerId> = ask(tx, sql, brand, &customers, CANDIDATES_MAX).await?;
    all.truncated |= found.truncated;
    if !found.ids.is_empty() {
        let sql = of(tx, &sqlite::TICKETS_OF_CUSTOMERS, &postgres::TICKETS_OF_CUSTOMERS);
        let found = ask(tx, sql, brand, &customers, CANDIDATES_MAX).await?;
        all.ids.extend(found.ids);
        all.truncated |= found.truncated;
    }
    Ok(all)
}

/// The customers, deleted ones left out, in whose name or address each of these words begins a word; at most `limit` of them.
/// No words find nothing.
///
/// # Errors
/// When the database cannot answer.
pub async fn customers(tx: &Tx, brand: &BrandId, words: &[String], limit: i64) -> Result<Found<CustomerId>> {
    let sql = of(tx, &sqlite::CUSTOMERS, &postgres::CUSTOMERS);
    with_all(tx, sql, brand, Kind::Customer, words, limit).await
}

/// The companies, deleted ones left out, in whose name or domain each of these words begins a word; at most `limit` of them.
/// No words find nothing.
///
/// # Errors
/// When the database cannot answer.
pub async fn companies(tx: &Tx, brand: &BrandId, words: &[String], limit: i64) -> Result<Found<CompanyId>> {
    let sql = of(tx, &sqlite::COMPANIES, &postgres::COMPANIES);
    with_all(tx, sql, brand, Kind::Company, words, limit).await
}

async fn with_all<I: FromColumn + Send>(
    tx: &Tx,
    sql: &'static Sql,
    brand: &BrandId,
    kind: Kind,
    words: &[String],
    limit: i64,
) -> Result<Found<I>> {
    if words.is_empty() {
        return Ok(Found { ids: Vec::new(), truncated: false });
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    ask(tx, sql, brand, &question(tx, brand, kind, &words), limit).await
}
