//! The seam: one `Db` over the two drivers. Operations are closures over `&Tx`; they may run more than once, so
//! ids and the time are chosen before them.

mod job;
mod migrate;
mod postgres;
mod sqlite;

use std::{future::Future, path::Path, pin::Pin, sync::Arc};

use dispatch_model::BrandId;

use self::job::Task;
pub(crate) use self::job::{Operation, Verdict};
pub use self::{migrate::SCHEMA_VERSION, sqlite::file_in};
pub(crate) use self::{
    migrate::postgres as migrate_postgres,
    postgres::{Outside, PgTx, Session, Stay},
    sqlite::{File, SqliteTx},
};
use crate::{Dialect, Error, Failure, Result, Signals, Tx, Value, sql::Sql, value::Columns};

/// What an operation's closure answers.
pub type OpFuture<'t, T, E> = Pin<Box<dyn Future<Output = std::result::Result<T, E>> + Send + 't>>;

/// Which writes wait for one another. SQLite has one writer and needs no lanes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Writes to what belongs to the account.
    Account,
    /// Writes to one brand.
    Brand(BrandId),
    /// What one consumer of a brand's log writes; its place in the log is the lock. Counters are out of bounds here.
    Consumer(BrandId, &'static str),
    /// What leaves the machine for one target, such as a webhook. The operation takes the lock itself.
    Outbox(String),
}

/// How much of everything a database may use.
#[derive(Clone, Debug)]
pub struct Options {
    /// Writes that may wait before callers are told to come back.
    pub queue_max: usize,
    /// Threads that read from SQLite.
    pub readers: usize,
    /// Connections to PostgreSQL.
    pub pool_max: usize,
    /// How long a PostgreSQL connection may be waited for.
    pub connect_timeout_ms: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { queue_max: 4_096, readers: 4, pool_max: 16, connect_timeout_ms: 5_000 }
    }
}

/// Writes that one commit may carry (SQLite); on PostgreSQL the lanes take half of it.
pub(crate) const BATCH_MAX: usize = 64;

/// A database. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Db(Arc<Driver>);

#[derive(Debug)]
enum Driver {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens or creates a SQLite database and brings it to this version.
    ///
    /// # Errors
    /// When the file cannot be opened or the migration fails.
    pub fn sqlite(file: &Path, options: &Options) -> Result<Self> {
        migrate::sqlite(file)?;
        Ok(Self(Arc::new(Driver::Sqlite(sqlite::Sqlite::open(file, options)?))))
    }

    /// Connects to a PostgreSQL database and brings it to this version.
    ///
    /// # Errors
    /// When it cannot be reached, the migration fails or a statement does not fit the schema.
    pub async fn postgres(url: &str, options: &Options) -> Result<Self> {
        migrate::postgres(url).await?;
        Ok(Self(Arc::new(Driver::Postgres(postgres::Postgres::open(url, options).await?))))
    }

    /// Which database it is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match &*self.0 {
            Driver::Sqlite(_) => Dialect::Sqlite,
            Driver::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The hints that follow its commits.
    #[must_use]
    pub fn signals(&self) -> &Signals {
        match &*self.0 {
            Driver::Sqlite(sqlite) => sqlite.signals(),
            Driver::Postgres(postgres) => postgres.signals(),
        }
    }

    /// Listens from now on to the other processes on this database, and tells them what they follow. SQLite has none.
    pub fn listen(&self) {
        if let Driver::Postgres(postgres) = &*self.0 {
            postgres.listen();
        }
    }

    /// Writes that wait at this moment.
    #[must_use]
    pub fn waiting(&self) -> usize {
        match &*self.0 {
            Driver::Sqlite(sqlite) => sqlite.waiting(),
            Driver::Postgres(postgres) => postgres.waiting(),
        }
    }

    /// Empties the write-ahead log of SQLite, in which pages stand as they were before something was wiped; says whether that was
    /// possible. PostgreSQL's is the business of whoever runs it.
    ///
    /// # Errors
    /// When the file cannot be opened or written.
    pub async fn empty_log(&self) -> Result<bool> {
        let Driver::Sqlite(sqlite) = &*self.0 else { return Ok(true) };
        let file = sqlite.file().to_owned();
        tokio::task::spawn_blocking(move || sqlite::empty_log(&file)).await.map_err(|_| stopped())?
    }

    /// Runs an operation that only reads; all its statements see one moment.
    ///
    /// # Errors
    /// The operation's own error, or that the database cannot answer.
    pub async fn read<T, E, F>(&self, name: &'static str, op: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: for<'t> Fn(&'t Tx) -> OpFuture<'t, T, E> + Send + 'static,
    {
        let (task, answer) = Task::begin(name, op);
        match &*self.0 {
            Driver::Sqlite(sqlite) => sqlite.read(task)?,
            Driver::Postgres(postgres) => postgres.read(task),
        }
        answer.await.unwrap_or_else(|_| Err(stopped().into()))
    }

    /// Runs an operation that writes: everything it does, or nothing. It answers when the change is on the disk. The
    /// operation goes on when the caller is dropped meanwhile.
    ///
    /// # Errors
    /// The operation's own error, or that the database cannot take it.
    pub async fn write<T, E, F>(&self, lane: Lane, name: &'static str, op: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
        F: for<'t> Fn(&'t Tx) -> OpFuture<'t, T, E> + Send + 'static,
    {
        let (task, answer) = Task::begin(name, op);
        match &*self.0 {
            Driver::Sqlite(sqlite) => sqlite.write(task)?,
            Driver::Postgres(postgres) => postgres.write(lane, task)?,
        }
        answer.await.unwrap_or_else(|_| Err(stopped().into()))
    }

    /// Copies a SQLite database to `target` while it is used.
    ///
    /// # Errors
    /// When it is not SQLite or the copy cannot be written.
    pub fn copy_sqlite(file: &Path, target: &Path) -> Result<()> {
        sqlite::copy(file, target)
    }

    /// Makes the file of a SQLite database anew: for tests that look for what must not be in it.
    ///
    /// # Errors
    /// When the file cannot be opened or written.
    #[doc(hidden)]
    pub fn vacuum_sqlite(file: &Path) -> Result<()> {
        sqlite::vacuum(file)
    }

    /// Problems that SQLite itself finds in a file; none when it is whole.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn verify_sqlite(file: &Path) -> Result<Vec<String>> {
        sqlite::verify(file)
    }
}

fn stopped() -> Error {
    Error::Unavailable("the database is being closed".to_owned())
}

/// The connection inside a [`Tx`].
#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(SqliteTx),
    Postgres(PgTx),
}

impl Connection {
    pub(crate) async fn query<T>(
        &self,
        sql: Text<'_>,
        args: &[Value<'_>],
        map: impl Fn(&mut Columns<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        match self {
            Self::Sqlite(sqlite) => sqlite.query(sql, args, map),
            Self::Postgres(postgres) => postgres.query(sql, args, map).await,
        }
    }

    /// Carries out a statement that changes rows. On PostgreSQL it is only sent: later statements see its effect, and
    /// whether it succeeded is known before the commit.
    pub(crate) fn execute(&self, sql: &'static Sql, args: &[Value<'_>]) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.execute(sql, args),
            Self::Postgres(postgres) => postgres.send(sql, args),
        }
    }
}

/// The text of a statement: from the list of all statements, or built for one list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'a> {
    Fixed(&'static Sql),
    Built(&'a str),
}

/// A row of either database.
#[derive(Debug)]
pub enum Row<'r> {
    #[doc(hidden)]
    Sqlite(&'r rusqlite::Row<'r>),
    #[doc(hidden)]
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    pub(crate) fn int(&self, at: usize) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => row.get(at).map_err(sqlite::error),
            Self::Postgres(row) => row.try_get(at).map_err(|error| postgres::error(&error)),
        }
    }

    pub(crate) fn bool(&self, at: usize) -> Result<Option<bool>> {
        match self {
            Self::Sqlite(row) => row.get(at).map_err(sqlite::error),
            Self::Postgres(row) => row.try_get(at).map_err(|error| postgres::error(&error)),
        }
    }

    pub(crate) fn bytes(&self, at: usize) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Sqlite(row) => row.get(at).map_err(sqlite::error),
            Self::Postgres(row) => row.try_get(at).map_err(|error| postgres::error(&error)),
        }
    }

    pub(crate) fn text(&self, at: usize) -> Result<Option<String>> {
        match self {
            Self::Sqlite(row) => row.get(at).map_err(sqlite::error),
            Self::Postgres(row) => row.try_get(at).map_err(|error| postgres::error(&error)),
        }
    }
}
