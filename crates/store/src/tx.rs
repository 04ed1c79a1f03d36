//! One transaction, as the rules see it: statements, the counters of its brands, and the events that it records.
//!
//! Events are kept back until the operation ends and numbered then, so that an operation that fails uses up no
//! number. The counters live here for the whole batch and are written once, before its commit.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use dispatch_model::{
    BrandId, Timestamp,
    event::{Act, Actor, Cause, NewEvent, Telling},
    id::event_id,
};

use crate::{
    Committed, Dialect, Error, Result, Select, Value, args,
    conn::{Connection, Text},
    search::sqlite::Words,
    sql::Sql,
    value::Columns,
};

crate::statements! {
    /// The numbers of a brand; its row is what a lane locks.
    COUNTER = "SELECT next_ticket_number, last_sequence, consumed FROM brand_counter WHERE brand_id = $1";
    SET_COUNTER = "UPDATE brand_counter SET next_ticket_number = $2, last_sequence = $3,
        dirty = dirty OR (consumed AND last_sequence < $3) WHERE brand_id = $1";
}

/// The numbers that a brand hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// The number that the next ticket gets.
    pub next_ticket_number: i64,
    /// The sequence of the last event.
    pub last_sequence: i64,
    /// Whether consumers follow the log: a hint, which only goes to those who follow commits.
    pub consumed: bool,
}

/// An event that waits for the end of its operation.
#[derive(Debug)]
struct Pending {
    brand: BrandId,
    event: NewEvent,
    at: Timestamp,
    source: &'static str,
    actor: Actor,
    cause: Option<Cause>,
    random: u64,
    telling: Telling,
}

#[derive(Debug, Default)]
struct State {
    events: Vec<Pending>,
    counters: HashMap<BrandId, Counter>,
    /// The counters that were changed and not only looked at; those alone are written.
    changed: HashSet<BrandId>,
    /// The counters as they were before the present operation changed them, and whether they had been changed before.
    before: HashMap<BrandId, (Counter, bool)>,
    /// Whether the present operation has written anything.
    wrote: bool,
    /// Words that wait for the commit (SQLite), and how many waited before the present operation.
    words: Vec<Words>,
    words_before: usize,
}

/// One transaction.
#[derive(Debug)]
pub struct Tx {
    conn: Connection,
    read: bool,
    state: Mutex<State>,
}

impl Tx {
    pub(crate) fn new(conn: Connection, read: bool) -> Self {
        Self { conn, read, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Which database it is on.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self.conn {
            Connection::Sqlite(_) => Dialect::Sqlite,
            Connection::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) const fn is_read(&self) -> bool {
        self.read
    }

    pub(crate) const fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Every row of a statement.
    pub(crate) async fn all<T>(
        &self,
        sql: &'static Sql,
        args: &[Value<'_>],
        map: impl Fn(&mut Columns<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        self.conn.query(Text::Fixed(sql), args, map).await
    }

    /// The first row of a statement, if there is one.
    pub(crate) async fn maybe<T>(
        &self,
        sql: &'static Sql,
        args: &[Value<'_>],
        map: impl Fn(&mut Columns<'_>) -> Result<T> + Send,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, args, map).await?.into_iter().next())
    }

    /// The first row of a statement that always has one.
    pub(crate) async fn one<T>(
        &self,
        sql: &'static Sql,
        args: &[Value<'_>],
        map: impl Fn(&mut Columns<'_>) -> Result<T> + Send,
    ) -> Result<T> {
        self.maybe(sql, args, map).await?.ok_or_else(|| Error::Bug("a row was expected".to_owned()))
    }

    /// Carries out a statement that changes rows. Whether it succeeded is known at the latest before the commit.
    pub(crate) async fn run(&self, sql: &'static Sql, args: &[Value<'_>]) -> Result<()> {
        if self.read {
            return Err(Error::Bug("a read tried to write".to_owned()));
        }
        self.state().wrote = true;
        self.conn.execute(sql, args)
    }

    /// Every row of a list that was built for this request.
    pub(crate) async fn select<T>(
        &self,
        select: &Select<'_>,
        map: impl Fn(&mut Columns<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        self.conn.query(Text::Built(select.text()), select.args(), map).await
    }

    /// The numbers of a brand, as this transaction sees them; none when there is no such brand.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn counter(&self, brand: &BrandId) -> Result<Option<Counter>> {
        if let Some(known) = self.state().counters.get(brand) {
            return Ok(Some(*known));
        }
        let found = self
            .maybe(&COUNTER, args![brand], |row| {
                Ok(Counter { next_ticket_number: row.take()?, last_sequence: row.take()?, consumed: row.take()? })
            })
            .await?;
        if let Some(found) = found {
            self.state().counters.insert(brand.clone(), found);
        }
        Ok(found)
    }

    /// The numbers of a brand as this transaction sees them, of which a row that was just read says `found`. Only in the
    /// brand's own lane: elsewhere they may move under it.
    pub(crate) fn counter_of(&self, brand: &BrandId, found: Counter) -> Counter {
        *self.state().counters.entry(brand.clone()).or_insert(found)
    }

    /// Changes the numbers of a brand that [`Tx::counter`] has found.
    ///
    /// # Errors
    /// [`Error::Bug`] when it has not.
    pub async fn count<T: Send>(&self, brand: &BrandId, change: impl FnOnce(&mut Counter) -> T + Send) -> Result<T> {
        let Some(old) = self.counter(brand).await? else {
            return Err(Error::Bug(format!("brand {brand} has no counter")));
        };
        let mut state = self.state();
        let known = !state.changed.insert(brand.clone());
        state.before.entry(brand.clone()).or_insert((old, known));
        state.wrote = true;
        let counter = state.counters.entry(brand.clone()).or_insert(old);
        Ok(change(counter))
    }

    /// Records an event. It is written, in this order, when the operation ends.
    pub fn record(&self, act: &Act, brand: &BrandId, event: NewEvent) {
        self.record_telling(act, brand, event, Telling::Usual);
    }

    /// The same where the request says who is told of it.
    pub fn record_telling(&self, act: &Act, brand: &BrandId, event: NewEvent, telling: Telling) {
        self.state().events.push(Pending {
            brand: brand.clone(),
            event,
            at: act.at,
            source: act.source,
            actor: act.actor.clone(),
            cause: act.cause.clone(),
            random: act.random,
            telling: if act.quiet { Telling::Nobody } else { telling },
        });
    }

    pub(crate) async fn write_events(&self) -> Result<()> {
        let events = std::mem::take(&mut self.state().events);
        let mut rows = Vec::with_capacity(events.len());
        for Pending { brand, event, at, source, actor, cause, random, telling } in events {
            let sequence = self
                .count(&brand, |counter| {
                    counter.last_sequence += 1;
                    counter.last_sequence
                })
                .await?;
            rows.push(crate::log::Entry {
                id: event_id(at, random, sequence),
                sequence,
                brand,
                event,
                at,
                source,
                actor,
                cause,
                telling,
            });
        }
        crate::log::insert(self, &rows).await
    }

    /// Starts the next operation of a batch.
    pub(crate) fn begin_operation(&self) {
        let mut state = self.state();
        state.events.clear();
        state.before.clear();
        state.wrote = false;
        state.words_before = state.words.len();
    }

    /// Forgets what the present operation counted and recorded; its rows are the caller's business.
    pub(crate) fn undo_operation(&self) {
        let mut state = self.state();
        state.events.clear();
        let words_before = state.words_before;
        state.words.truncate(words_before);
        let before = std::mem::take(&mut state.before);
        for (brand, (counter, changed)) in before {
            if !changed {
                state.changed.remove(&brand);
            }
            state.counters.insert(brand, counter);
        }
    }

    pub(crate) fn wrote(&self) -> bool {
        self.state().wrote
    }

    /// Keeps words back until the commit: SQLite's index writes what it has gathered whenever a savepoint begins, and
    /// one write for the whole batch costs two thirds of that (measured).
    pub(crate) fn keep_words(&self, words: Words) {
        self.state().words.push(words);
    }

    /// Writes what the batch has gathered: the words of the search and the counters.
    pub(crate) async fn write_gathered(&self) -> Result<()> {
        let words = std::mem::take(&mut self.state().words);
        crate::search::sqlite::write(self, words).await?;
        self.write_counters().await
    }

    /// The brands whose logs the batch has brought forward, for those who follow its commit.
    pub(crate) fn committed(&self) -> Vec<Committed> {
        let state = self.state();
        let counters = state.changed.iter().filter_map(|brand| Some((brand, state.counters.get(brand)?)));
        let news = counters.map(|(brand, counter)| Committed {
            brand: brand.clone(),
            last_sequence: counter.last_sequence,
            consumed: counter.consumed,
        });
        news.collect()
    }

    /// Writes the counters that the batch has moved.
    async fn write_counters(&self) -> Result<()> {
        let counters: Vec<(BrandId, Counter)> = {
            let state = self.state();
            let changed = |(brand, _): &(&BrandId, &Counter)| state.changed.contains(*brand);
            state.counters.iter().filter(changed).map(|(brand, counter)| (brand.clone(), *counter)).collect()
        };
        for (brand, counter) in counters {
            self.run(&SET_COUNTER, args![brand, counter.next_ticket_number, counter.last_sequence]).await?;
        }
        Ok(())
    }
}
