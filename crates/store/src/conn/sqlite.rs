//! SQLite: one writer thread that groups waiting operations into one commit, and reader threads.
//!
//! An operation runs in a savepoint of its own; nobody is answered before the commit has returned, and the commit
//! returns when the WAL is on the disk (`synchronous = FULL`).

mod carry;

pub(crate) use carry::File;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use rusqlite::{
    Connection as Raw, ErrorCode, OpenFlags, ToSql,
    backup::Backup,
    config::DbConfig,
    params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use super::{BATCH_MAX, Connection, Operation, Options, Row, Text, Verdict};
use crate::{
    Error, Result, Signals, Tx, Value,
    dialect::{SQLITE_BEGIN_READ, SQLITE_BEGIN_WRITE, SQLITE_OPEN, SQLITE_READER, SQLITE_WRITER},
    sql::Sql,
    value::Columns,
};

type Job = Box<dyn Operation>;

/// An operation slower than this says its name: it holds up every other write.
const SLOW: Duration = Duration::from_millis(50);
/// How long a commit waits for writers that the one before has just answered.
const LINGER: Duration = Duration::from_millis(1);
/// Prepared statements that the writer keeps: every one it has.
const WRITER_STATEMENTS_MAX: usize = 256;
/// Prepared statements that a reader keeps: some 20 kB each. One that lists in every order with every filter would otherwise have as
/// much memory for statements as for pages.
const READER_STATEMENTS_MAX: usize = 96;

#[derive(Debug)]
pub(super) struct Sqlite {
    file: PathBuf,
    writes: Option<Sender<Job>>,
    reads: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    signals: Signals,
}

impl Sqlite {
    pub(super) fn open(file: &Path, options: &Options) -> Result<Self> {
        let (writes, write_queue) = bounded(options.queue_max);
        let (reads, read_queue) = bounded(options.queue_max);
        let writer = connect(file, SQLITE_WRITER)?;
        writer.set_prepared_statement_cache_capacity(WRITER_STATEMENTS_MAX);
        let signals = Signals::new();
        let told = signals.clone();
        let mut threads = vec![spawn("sqlite-writer", move || write_loop(writer, &write_queue, &told))?];
        for _ in 0..options.readers.max(1) {
            let (reader, queue) = (connect(file, SQLITE_READER)?, read_queue.clone());
            threads.push(spawn("sqlite-reader", move || read_loop(reader, &queue))?);
        }
        Ok(Self { file: file.to_owned(), writes: Some(writes), reads: Some(reads), threads, signals })
    }

    pub(super) fn write(&self, job: Job) -> Result<()> {
        enqueue(self.writes.as_ref(), job)
    }

    pub(super) fn read(&self, job: Job) -> Result<()> {
        enqueue(self.reads.as_ref(), job)
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    pub(super) const fn signals(&self) -> &Signals {
        &self.signals
    }

    pub(super) fn waiting(&self) -> usize {
        self.writes.as_ref().map_or(0, Sender::len)
    }
}

impl Drop for Sqlite {
    /// Waits for what was begun: the queues close, the threads finish them and end.
    fn drop(&mut self) {
        self.writes = None;
        self.reads = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a database thread had panicked");
            }
        }
    }
}

fn enqueue(queue: Option<&Sender<Job>>, job: Job) -> Result<()> {
    match queue.map(|queue| queue.try_send(job)) {
        Some(Ok(())) => Ok(()),
        Some(Err(TrySendError::Full(_))) => Err(Error::Busy),
        Some(Err(TrySendError::Disconnected(_))) | None => Err(super::stopped()),
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body).map_err(|error| Error::Unavailable(error.to_string()))
}

pub(crate) fn connect(file: &Path, pragmas: &str) -> Result<Raw> {
    let conn = Raw::open(file).map_err(error)?;
    conn.execute_batch(SQLITE_OPEN).map_err(error)?;
    conn.execute_batch(pragmas).map_err(error)?;
    // The bundled SQLite has STAT4: without this it would plan every statement anew whenever its parameters change.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;
    conn.set_prepared_statement_cache_capacity(READER_STATEMENTS_MAX);
    Ok(conn)
}

/// The connection of one thread. The lock is never contended: it only makes the operation's future `Send`, which the
/// other database needs.
#[derive(Clone, Debug)]
pub(crate) struct SqliteTx(Arc<Mutex<Raw>>);

impl SqliteTx {
    fn raw(&self) -> MutexGuard<'_, Raw> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn query<T>(
        &self,
        sql: Text<'_>,
        args: &[Value<'_>],
        map: impl Fn(&mut Columns<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let conn = self.raw();
        let mut statement = prepare(&conn, sql)?;
        let mut rows = statement.query(params_from_iter(args)).map_err(error)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(error)? {
            all.push(map(&mut Columns::new(Row::Sqlite(row)))?);
        }
        Ok(all)
    }

    pub(super) fn execute(&self, sql: &'static Sql, args: &[Value<'_>]) -> Result<()> {
        let conn = self.raw();
        let mut statement = prepare(&conn, Text::Fixed(sql))?;
        statement.execute(params_from_iter(args)).map_err(error)?;
        Ok(())
    }

    /// Runs a word of the transaction itself.
    fn word(&self, text: &str) -> Result<()> {
        let conn = self.raw();
        conn.prepare_cached(text).and_then(|mut statement| statement.execute([])).map_err(error)?;
        Ok(())
    }

    /// Whether SQLite itself has rolled the whole transaction back.
    fn lost(&self) -> bool {
        self.raw().is_autocommit()
    }
}

fn prepare<'c>(conn: &'c Raw, sql: Text<'_>) -> Result<rusqlite::CachedStatement<'c>> {
    match sql {
        Text::Fixed(sql) => conn.prepare_cached(sql.sqlite),
        Text::Built(text) => conn.prepare_cached(&text.replace('$', "?")),
    }
    .map_err(error)
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Bool(value) => ValueRef::Integer(i64::from(*value)),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// What an error of the driver means for us.
pub(crate) fn error(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => Error::Again(error.to_string()),
        Some(
            ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory,
        ) => Error::Unavailable(error.to_string()),
        _ => Error::Bug(error.to_string()),
    }
}

fn write_loop(conn: Raw, queue: &Receiver<Job>, signals: &Signals) {
    let conn = SqliteTx(Arc::new(Mutex::new(conn)));
    let mut last = 1;
    while let Ok(first) = queue.recv() {
        last = write_batch(&conn, first, queue, last, signals);
    }
}

/// The next operation of a batch. Those who were answered by the commit before are likely to come back at once: as long
/// as there were fewer, the commit waits a moment for them, and carries them all. A lone writer never waits.
fn next_job(queue: &Receiver<Job>, had: usize, last: usize, began: Instant) -> Option<Job> {
    if had >= BATCH_MAX {
        return None;
    }
    match queue.try_recv() {
        Ok(job) => Some(job),
        Err(_) if had < last => queue.recv_timeout(LINGER.checked_sub(began.elapsed())?).ok(),
        Err(_) => None,
    }
}

/// One commit: the first operation and those that come behind it. Answers how many there were.
fn write_batch(conn: &SqliteTx, first: Job, queue: &Receiver<Job>, last: usize, signals: &Signals) -> usize {
    let began = Instant::now();
    if let Err(error) = conn.word(SQLITE_BEGIN_WRITE) {
        first.finish(Some(error));
        return 1;
    }
    let tx = Tx::new(Connection::Sqlite(conn.clone()), false);
    let mut batch = Vec::with_capacity(BATCH_MAX);
    let mut next = Some(first);
    let mut fate = Ok(());
    while let Some(mut job) = next.take() {
        fate = write_one(conn, &tx, &mut job);
        batch.push(job);
        if fate.is_ok() {
            next = next_job(queue, batch.len(), last, began);
        }
    }
    let fate = fate.and_then(|()| commit(conn, &tx));
    if fate.is_err() && !conn.lost() && conn.word("ROLLBACK").is_err() {
        tracing::error!("a transaction could not be rolled back");
    }
    if let Err(error) = &fate {
        tracing::error!(operations = batch.len(), %error, "a batch of writes failed as a whole");
    }
    let count = batch.len();
    for job in batch {
        job.finish(fate.clone().err());
    }
    if fate.is_ok() {
        signals.committed(&tx);
    }
    count
}

/// Runs one operation in its savepoint. An error here is the whole batch's: its transaction is gone.
fn write_one(conn: &SqliteTx, tx: &Tx, job: &mut Job) -> Result<()> {
    let started = Instant::now();
    conn.word("SAVEPOINT operation")?;
    tx.begin_operation();
    let verdict = poll_once(tx, job);
    if conn.lost() {
        return Err(Error::Unavailable("the database rolled back: the disk may be full".to_owned()));
    }
    if verdict != Verdict::Done {
        tx.undo_operation();
        conn.word("ROLLBACK TO operation")?;
    }
    conn.word("RELEASE operation")?;
    let took = started.elapsed();
    if took > SLOW {
        tracing::warn!(operation = job.name(), ms = took.as_millis(), "a slow operation held up the writer");
    }
    Ok(())
}

fn commit(conn: &SqliteTx, tx: &Tx) -> Result<()> {
    let written = std::pin::pin!(tx.write_gathered()).poll_ready()?;
    written?;
    conn.word("COMMIT")
}

/// Polls an operation once: on this thread nothing ever waits. Waiting and panicking are bugs of that operation alone.
fn poll_once(tx: &Tx, job: &mut Job) -> Verdict {
    let name = job.name();
    let polled = catch_unwind(AssertUnwindSafe(|| job.run(tx).as_mut().poll_ready()));
    match polled {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(error)) => {
            tracing::error!(operation = name, %error, "an operation failed the database thread");
            Verdict::Failed
        }
        Err(_) => {
            tracing::error!(operation = name, "an operation panicked");
            Verdict::Failed
        }
    }
}

trait PollReady: Future {
    /// The value of a future that never waits.
    fn poll_ready(self: std::pin::Pin<&mut Self>) -> Result<Self::Output> {
        match self.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => Err(Error::Bug("waited on the database thread".to_owned())),
        }
    }
}
impl<F: Future + ?Sized> PollReady for F {}

fn read_loop(conn: Raw, queue: &Receiver<Job>) {
    let conn = SqliteTx(Arc::new(Mutex::new(conn)));
    while let Ok(mut job) = queue.recv() {
        if let Err(error) = conn.word(SQLITE_BEGIN_READ) {
            job.finish(Some(error));
            continue;
        }
        let tx = Tx::new(Connection::Sqlite(conn.clone()), true);
        poll_once(&tx, &mut job);
        drop(tx);
        if let Err(error) = conn.word("COMMIT") {
            tracing::error!(%error, "a read could not end");
        }
        job.finish(None);
    }
}

/// Copies a database page by page while it is used, and makes the copy durable.
pub(super) fn copy(file: &Path, target: &Path) -> Result<()> {
    let source = Raw::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
    source.busy_timeout(Duration::from_secs(5)).map_err(error)?;
    // A read transaction holds one moment, so that the copy never has to start again under load.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;").map_err(error)?;
    let mut copy = Raw::open(target).map_err(error)?;
    Backup::new(&source, &mut copy)
        .and_then(|backup| backup.run_to_completion(1_000, Duration::ZERO, None))
        .map_err(error)?;
    copy.execute_batch("PRAGMA journal_mode = DELETE;").map_err(error)?;
    drop(copy);
    std::fs::File::open(target)
        .and_then(|file| file.sync_all())
        .map_err(|error| Error::Unavailable(format!("the copy is not on the disk: {error}")))
}

/// Writes what is in the log of a database into its file and empties the log; says whether nobody who was reading kept it from that.
pub(super) fn empty_log(file: &Path) -> Result<bool> {
    let conn = Raw::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
    conn.busy_timeout(Duration::from_secs(1)).map_err(error)?;
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(error)?;
    Ok(busy == 0)
}

/// Makes a file anew from what is in it.
pub(super) fn vacuum(file: &Path) -> Result<()> {
    let conn = Raw::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
    conn.busy_timeout(Duration::from_secs(5)).map_err(error)?;
    conn.execute_batch("VACUUM").map_err(error)
}

/// What SQLite's own checks find wrong in a file.
pub(super) fn verify(file: &Path) -> Result<Vec<String>> {
    let conn = Raw::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
    let mut problems = Vec::new();
    let mut statement = conn.prepare("PRAGMA integrity_check").map_err(error)?;
    let mut rows = statement.query([]).map_err(error)?;
    while let Some(row) = rows.next().map_err(error)? {
        let line: String = row.get(0).map_err(error)?;
        if line != "ok" {
            problems.push(line);
        }
    }
    let ours = conn.query_row("SELECT max(version) FROM schema_migration", [], |row| row.get::<_, Option<i64>>(0));
    if !matches!(ours, Ok(Some(version)) if (1..=super::SCHEMA_VERSION).contains(&version)) {
        problems.push("it is not a database of this or an earlier version of Dispatch".to_owned());
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check").map_err(error)?;
    let mut rows = statement.query([]).map_err(error)?;
    while let Some(row) = rows.next().map_err(error)? {
        let (table, parent): (String, String) = row.get(0).and_then(|table| Ok((table, row.get(2)?))).map_err(error)?;
        problems.push(format!("a row of {table} refers to a row of {parent} that is not there"));
    }
    Ok(problems)
}

/// Where the file of a data folder is.
#[must_use]
pub fn file_in(data: &Path) -> PathBuf {
    data.join("dispatch.sqlite")
}
