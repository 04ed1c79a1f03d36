//! One connection to a file whose rows are carried to, or come from, the other database.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rusqlite::{Connection as Raw, OpenFlags, params_from_iter, types::ValueRef};
use tokio::sync::mpsc::{Receiver, Sender};

use super::error;
use crate::{
    Error, Result,
    carry::{BATCH_BYTES, BATCH_ROWS, Batch, Holds, Sum, Table},
    conn::migrate,
    dialect::{SQLITE_CARRY_SOURCE, SQLITE_CARRY_TARGET, SQLITE_COLUMNS, SQLITE_VERSION},
    search::anew::{self, Texts},
    value::{Bind, OwnedValue},
};

/// A file as one side of a carrying.
#[derive(Debug)]
pub(crate) struct File(Raw);

impl File {
    /// A file that is read, all of it as it is at this moment.
    pub(crate) fn source(file: &Path) -> Result<Self> {
        let conn = Raw::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
        conn.execute_batch(SQLITE_CARRY_SOURCE).map_err(error)?;
        Ok(Self(conn))
    }

    /// A new file with empty tables. Nobody else knows it yet: what is half done is thrown away as a whole, so that nothing
    /// waits for the disk before [`File::finish`].
    pub(crate) fn target(file: &Path) -> Result<Self> {
        migrate::sqlite(file)?;
        let conn = Raw::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(error)?;
        conn.execute_batch(SQLITE_CARRY_TARGET).map_err(error)?;
        Ok(Self(conn))
    }

    /// The last migration; nothing when there never was one.
    pub(crate) fn version(&self) -> Result<Option<i64>> {
        let known: Result<Vec<String>> = self.texts(SQLITE_VERSION.0);
        if known?.is_empty() {
            return Ok(None);
        }
        self.0.query_row(SQLITE_VERSION.1, [], |row| row.get(0)).map_err(error)
    }

    /// The first column of what a statement answers.
    pub(crate) fn texts(&self, sql: &str) -> Result<Vec<String>> {
        let mut statement = self.0.prepare(sql).map_err(error)?;
        let texts = statement.query_map([], |row| row.get(0)).map_err(error)?;
        texts.collect::<rusqlite::Result<_>>().map_err(error)
    }

    /// The tables and their columns, without what is SQLite's own.
    pub(crate) fn columns(&self) -> Result<BTreeMap<String, BTreeSet<String>>> {
        let mut statement = self.0.prepare(SQLITE_COLUMNS).map_err(error)?;
        let mut rows = statement.query([]).map_err(error)?;
        let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(error)? {
            let (table, column): (String, String) =
                row.get(0).and_then(|table| Ok((table, row.get(1)?))).map_err(error)?;
            tables.entry(table).or_default().insert(column);
        }
        Ok(tables)
    }

    /// Reads a table, and sends its rows on when somebody wants them.
    pub(crate) fn read(&self, table: &Table, to: Option<&Sender<Batch>>) -> Result<Sum> {
        let text = format!("SELECT {} FROM \"{}\"", table.list(), table.name);
        let mut statement = self.0.prepare(&text).map_err(error)?;
        let mut rows = statement.query([]).map_err(error)?;
        let (mut sum, mut batch, mut bytes) = (Sum::default(), Batch::new(), 0);
        while let Some(row) = rows.next().map_err(error)? {
            let mut values = Vec::with_capacity(table.columns.len());
            for (at, column) in table.columns.iter().enumerate() {
                let value = value(row.get_ref(at).map_err(error)?, column.holds);
                let value = value.ok_or_else(|| Error::Bug(format!("{} holds something else", column.name)))?;
                bytes += value.size();
                values.push(value);
            }
            sum.add(&values);
            let Some(to) = to else { continue };
            batch.push(values);
            if batch.len() >= BATCH_ROWS || bytes >= BATCH_BYTES {
                bytes = 0;
                send(to, std::mem::take(&mut batch))?;
            }
        }
        if let Some(to) = to {
            send(to, batch)?;
        }
        Ok(sum)
    }

    /// Writes rows until no more come.
    pub(crate) fn write(&self, table: &Table, mut from: Receiver<Batch>) -> Result<()> {
        let places: Vec<String> = (1..=table.columns.len()).map(|number| format!("?{number}")).collect();
        let text = format!("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, table.list(), places.join(", "));
        let mut statement = self.0.prepare(&text).map_err(error)?;
        while let Some(batch) = from.blocking_recv() {
            for row in batch {
                let values = row.iter().map(Bind::bind);
                statement.execute(params_from_iter(values)).map_err(error)?;
            }
        }
        Ok(())
    }

    /// Sends the words of everything as rows of PostgreSQL.
    pub(crate) fn words(&self, to: &Sender<Batch>) -> Result<()> {
        let (mut batch, mut bytes) = (Batch::new(), 0);
        self.each_text(|texts| {
            let rows = texts.postgres();
            bytes += rows.iter().flatten().map(OwnedValue::size).sum::<usize>();
            batch.extend(rows);
            if batch.len() < BATCH_ROWS && bytes < BATCH_BYTES {
                return Ok(());
            }
            bytes = 0;
            send(to, std::mem::take(&mut batch))
        })?;
        send(to, batch)
    }

    /// Writes the words of everything that has come, and makes all of it durable.
    pub(crate) fn finish(self) -> Result<()> {
        let mut insert = self.0.prepare(anew::INSERT.sqlite).map_err(error)?;
        self.each_text(|texts| {
            let Some((row, words)) = texts.sqlite() else { return Ok(()) };
            insert.execute((row, words)).map(|_| ()).map_err(error)
        })?;
        drop(insert);
        self.0.execute_batch("COMMIT").map_err(error)?;
        let path = self.0.path().map(std::path::PathBuf::from);
        drop(self);
        let Some(path) = path else { return Err(Error::Bug("a target has a name".to_owned())) };
        std::fs::File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|error| Error::Unavailable(format!("the file is not on the disk: {error}")))
    }

    fn each_text(&self, mut then: impl FnMut(&Texts) -> Result<()>) -> Result<()> {
        for (kind, sql) in &anew::SOURCES {
            let mut statement = self.0.prepare(sql.sqlite).map_err(error)?;
            let mut rows = statement.query([]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                let texts = || -> rusqlite::Result<Texts> {
                    let (brand, texts): (String, _) = (row.get(1)?, [row.get(3)?, row.get(4)?, row.get(5)?]);
                    Ok(Texts { kind: *kind, doc: row.get(0)?, brand: brand.into(), id: row.get(2)?, texts })
                };
                then(&texts().map_err(error)?)?;
            }
        }
        Ok(())
    }
}

fn send(to: &Sender<Batch>, batch: Batch) -> Result<()> {
    to.blocking_send(batch).map_err(|_| Error::Unavailable("the other database has given up".to_owned()))
}

/// A value as PostgreSQL would have it; nothing when the column holds no such thing.
fn value(value: ValueRef<'_>, holds: Holds) -> Option<OwnedValue> {
    Some(match (holds, value) {
        (_, ValueRef::Null) => OwnedValue::Null,
        (Holds::Int, ValueRef::Integer(number)) => OwnedValue::Int(number),
        (Holds::Bool, ValueRef::Integer(is @ (0 | 1))) => OwnedValue::Bool(is == 1),
        (Holds::Text, ValueRef::Text(text)) => OwnedValue::Text(String::from_utf8(text.to_vec()).ok()?),
        (Holds::Bytes, ValueRef::Blob(bytes)) => OwnedValue::Bytes(bytes.to_vec()),
        _ => return None,
    })
}
