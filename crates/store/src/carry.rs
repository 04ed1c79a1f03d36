//! All rows of a database, carried to an empty one of the other kind and compared there: for `move`, and for `backup` and
//! `restore` of PostgreSQL.
//!
//! Which tables there are, the schemas themselves say. A row is the same on both; only the words of the search are not,
//! and are made anew from the texts. Rows pass in batches, so that memory does not grow with the database.

mod sum;
mod tables;

use std::{path::Path, time::Duration};

use tokio::{sync::mpsc, task::spawn_blocking};

pub use self::sum::Sum;
pub(crate) use self::tables::{Column, Holds, Table};
use crate::{
    Error, SCHEMA_VERSION,
    conn::{File, Session, Stay},
    value::OwnedValue,
};

crate::statements! {
    // A sealed text is `s1.`, eight characters of its key's id, a dot and the rest (crates/seal).
    SEALED = "SELECT DISTINCT substr(sealed, 4, 8) FROM (SELECT secret AS sealed FROM webhook
        UNION ALL SELECT previous_secret FROM webhook UNION ALL SELECT secrets FROM connection
        UNION ALL SELECT secrets FROM mailbox UNION ALL SELECT secrets FROM mail_relay
        UNION ALL SELECT secret FROM member_totp) s WHERE sealed LIKE 's1.%'";
}

/// Rows on their way.
pub(crate) type Batch = Vec<Vec<OwnedValue>>;
/// Rows of a batch, and the bytes after which it is full.
pub(crate) const BATCH_ROWS: usize = 500;
pub(crate) const BATCH_BYTES: usize = 256 * 1024;
/// Batches that wait between the two databases.
const BATCHES_WAITING: usize = 4;
/// How often, and how far apart, it is looked whether servers are gone.
const STOPPED_LOOKS: usize = 20;
const STOPPED_LOOK: Duration = Duration::from_millis(100);

/// Why nothing was carried.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// It was not begun, or given up; the sentence says why.
    #[error("{0}")]
    Refused(String),
    /// A database failed.
    #[error("{0}")]
    Database(#[from] Error),
    /// What arrived is not what was sent.
    #[error("what arrived is not what was sent: {0}")]
    Differs(String),
}

/// The usual result of this file.
pub type Result<T> = std::result::Result<T, Failed>;

/// One table on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its name.
    pub table: String,
    /// What was read.
    pub from: Sum,
    /// What the target holds.
    pub to: Sum,
}

impl Carried {
    /// Whether both sides hold the same rows.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.from == self.to
    }
}

/// What whoever carries wants to know and to say.
pub struct Terms<'t> {
    /// Is given the ids of the keys that seal something in the source. Its sentence ends everything before it begins.
    pub keys: &'t dyn Fn(&[String]) -> std::result::Result<(), String>,
    /// Is told of each table when it is carried and compared.
    pub told: &'t dyn Fn(&Carried),
    /// Whether nobody may write to a PostgreSQL source meanwhile: its rows go on living elsewhere.
    pub alone: bool,
}

/// Carries a SQLite database to an empty PostgreSQL database: in one transaction, which stands only when all is the same.
///
/// # Errors
/// When one of them is not what it must be, fails, or holds something else in the end. The target is as it was then.
pub async fn to_postgres(file: &Path, url: &str, terms: &Terms<'_>) -> Result<()> {
    let mut source = File::source(file)?;
    of_this_version("the SQLite database", source.version()?)?;
    (terms.keys)(&source.texts(SEALED.sqlite)?).map_err(Failed::Refused)?;
    let target = Session::connect(url).await?;
    match target.version().await? {
        None => crate::conn::migrate_postgres(url).await?,
        version => of_this_version("the PostgreSQL database", version)?,
    }
    let tables = tables::common(&source.columns()?, target.tables().await?, &target.references().await?)?;
    target.begin(Stay::Target, &tables).await?;
    if let Some(filled) = target.filled(&tables).await? {
        return Err(Failed::Refused(format!(
            "the PostgreSQL database is not empty: its table {filled} has rows. Make an empty one"
        )));
    }
    for table in &tables {
        let (send, receive) = mpsc::channel(BATCHES_WAITING);
        let reading = {
            let table = table.clone();
            spawn_blocking(move || source.read(&table, Some(&send)).map(|from| (source, from)))
        };
        let written = target.write(table, receive).await;
        let read = joined(reading.await);
        // When writing fails, reading has nobody to send to: the first cause is the one of the writing.
        written.map_err(|error| of_table(table, error))?;
        let from;
        (source, from) = read.map_err(|error| of_table(table, error))?;
        let to = target.read(table, None).await?;
        told(terms, table, from, to)?;
    }
    let (send, receive) = mpsc::channel(BATCHES_WAITING);
    let reading = spawn_blocking(move || source.words(&send));
    target.write(&tables::words(), receive).await?;
    joined(reading.await)?;
    target.commit().await?;
    if let Err(error) = target.analyze().await {
        tracing::warn!(%error, "the tables could not be analyzed; PostgreSQL does that by itself in a while");
    }
    Ok(())
}

/// Carries a PostgreSQL database, as it is at one moment, to a file that is not there yet or empty. The file is whole, and
/// on the disk, only when this has succeeded.
///
/// # Errors
/// When the source is not what it must be, either fails, or the target holds something else in the end.
pub async fn to_sqlite(url: &str, file: &Path, terms: &Terms<'_>) -> Result<()> {
    let source = Session::connect(url).await?;
    match source.version().await? {
        None => return Err(Failed::Refused("the PostgreSQL database holds no Dispatch".to_owned())),
        version => of_this_version("the PostgreSQL database", version)?,
    }
    if terms.alone {
        nobody_works_on(&source).await?;
    }
    let mut target = File::target(file)?;
    let tables = tables::common(&target.columns()?, source.tables().await?, &source.references().await?)?;
    source.begin(if terms.alone { Stay::Alone } else { Stay::Source }, &tables).await?;
    (terms.keys)(&source.texts(SEALED.postgres).await?).map_err(Failed::Refused)?;
    for table in &tables {
        let (send, receive) = mpsc::channel(BATCHES_WAITING);
        let writing = {
            let table = table.clone();
            spawn_blocking(move || {
                target.write(&table, receive)?;
                target.read(&table, None).map(|to| (to, target))
            })
        };
        let read = source.read(table, Some(&send)).await;
        drop(send);
        let written = joined(writing.await);
        // When reading fails, what was written is a part; when writing fails, reading says so only by stopping.
        let to;
        (to, target) = written.map_err(|error| of_table(table, error))?;
        let from = read.map_err(|error| of_table(table, error))?;
        told(terms, table, from, to)?;
    }
    joined(spawn_blocking(move || target.finish()).await)?;
    let checked = file.to_owned();
    let problems = joined(spawn_blocking(move || crate::Db::verify_sqlite(&checked)).await)?;
    if !problems.is_empty() {
        return Err(Failed::Differs(problems.join("; ")));
    }
    // Up to here nobody else writes, if that was wanted.
    source.commit().await?;
    Ok(())
}

/// Connections of servers that have just been stopped may be there for a moment.
async fn nobody_works_on(source: &Session) -> Result<()> {
    for _ in 0..STOPPED_LOOKS {
        if source.servers().await? == 0 {
            return Ok(());
        }
        tokio::time::sleep(STOPPED_LOOK).await;
    }
    Err(Failed::Refused(
        "a server works on the PostgreSQL database: stop all servers first, since what they write from now on would stay \
         behind"
            .to_owned(),
    ))
}

fn told(terms: &Terms<'_>, table: &Table, from: Sum, to: Sum) -> Result<()> {
    let carried = Carried { table: table.name.clone(), from, to };
    (terms.told)(&carried);
    if carried.agrees() { Ok(()) } else { Err(Failed::Differs(format!("table {}", carried.table))) }
}

fn of_this_version(what: &str, version: Option<i64>) -> Result<()> {
    match version {
        Some(SCHEMA_VERSION) => Ok(()),
        None => Err(Failed::Refused(format!("{what} is none of Dispatch"))),
        Some(other) => Err(Failed::Refused(format!(
            "{what} is at schema version {other}, and this program at {SCHEMA_VERSION}: bring both to the same version \
             (dispatch migrate)"
        ))),
    }
}

/// Says which table an error is about.
fn of_table(table: &Table, error: Error) -> Error {
    match error {
        Error::Bug(why) => Error::Bug(format!("table {}: {why}", table.name)),
        Error::Again(why) => Error::Again(format!("table {}: {why}", table.name)),
        other => other,
    }
}

fn joined<T>(done: std::result::Result<crate::Result<T>, tokio::task::JoinError>) -> crate::Result<T> {
    done.unwrap_or_else(|error| Err(Error::Bug(error.to_string())))
}
