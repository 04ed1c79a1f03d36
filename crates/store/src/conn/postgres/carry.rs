//! One connection to a PostgreSQL database whose rows are carried to, or come from, the other database.

use std::{pin::pin, time::Duration};

use futures_util::StreamExt;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio_postgres::{
    Client, NoTls,
    binary_copy::{BinaryCopyInWriter, BinaryCopyOutRow, BinaryCopyOutStream},
    config::SslMode,
    types::{ToSql, Type},
};

use super::{error, parse, tls};
use crate::{
    Error, Result, Value,
    carry::{BATCH_BYTES, BATCH_ROWS, Batch, Column, Holds, Sum, Table},
    dialect::{
        POSTGRES_BEGIN_READ, POSTGRES_BEGIN_WRITE, POSTGRES_CARRY_ALONE, POSTGRES_CARRY_OPEN, POSTGRES_COLUMNS,
        POSTGRES_REFERENCES, POSTGRES_SERVERS, POSTGRES_VERSION,
    },
    value::{Bind, OwnedValue},
};

/// How long what was sent may lie before the other machine takes it.
const UNREAD: Duration = Duration::from_secs(300);

/// What a session is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    /// It reads one moment, beside servers that write.
    Source,
    /// It reads, and nobody writes meanwhile.
    Alone,
    /// It writes, and nobody else does.
    Target,
}

/// A connection as one side of a carrying. When it is dropped before its commit, nothing has happened.
pub(crate) struct Session(Client);

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}

impl Session {
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        let session = Self(connect(url).await?);
        session.say(POSTGRES_CARRY_OPEN).await?;
        Ok(session)
    }

    async fn say(&self, text: &str) -> Result<()> {
        self.0.batch_execute(text).await.map_err(|failure| error(&failure))
    }

    async fn ask(&self, text: &str) -> Result<Vec<tokio_postgres::Row>> {
        self.0.query(text, &[]).await.map_err(|failure| error(&failure))
    }

    /// The first column of what a statement answers.
    pub(crate) async fn texts(&self, text: &str) -> Result<Vec<String>> {
        self.ask(text).await?.iter().map(|row| get(row, 0)).collect()
    }

    async fn number(&self, text: &str) -> Result<Option<i64>> {
        self.ask(text).await?.first().map_or(Ok(None), |row| get(row, 0))
    }

    /// The last migration; nothing when there never was one.
    pub(crate) async fn version(&self) -> Result<Option<i64>> {
        if self.texts(POSTGRES_VERSION.0).await?.is_empty() {
            return Ok(None);
        }
        self.number(POSTGRES_VERSION.1).await
    }

    /// How many connections of servers there are.
    pub(crate) async fn servers(&self) -> Result<i64> {
        Ok(self.number(POSTGRES_SERVERS).await?.unwrap_or_default())
    }

    /// The tables, with their columns by name and their keys.
    pub(crate) async fn tables(&self) -> Result<Vec<Table>> {
        let mut tables: Vec<Table> = Vec::new();
        let mut keys: Vec<Vec<(i64, String)>> = Vec::new();
        for row in self.ask(POSTGRES_COLUMNS).await? {
            let (table, name, kind, place): (String, String, String, i64) =
                (get(&row, 0)?, get(&row, 1)?, get(&row, 2)?, get(&row, 3)?);
            if tables.last().is_none_or(|last| last.name != table) {
                tables.push(Table { name: table, columns: Vec::new(), key: Vec::new() });
                keys.push(Vec::new());
            }
            // A table of somebody else may hold anything; whether it is one of ours is not known here.
            let holds = match kind.as_str() {
                "bigint" => Holds::Int,
                "boolean" => Holds::Bool,
                "bytea" => Holds::Bytes,
                "tsvector" => Holds::Words,
                _ => Holds::Text,
            };
            if let (Some(table), Some(key)) = (tables.last_mut(), keys.last_mut()) {
                if place > 0 {
                    key.push((place, name.clone()));
                }
                table.columns.push(Column { name, holds });
            }
        }
        for (table, mut key) in tables.iter_mut().zip(keys) {
            key.sort();
            table.key = key.into_iter().map(|(_, name)| name).collect();
        }
        Ok(tables)
    }

    /// Which table refers to which.
    pub(crate) async fn references(&self) -> Result<Vec<(String, String)>> {
        self.ask(POSTGRES_REFERENCES).await?.iter().map(|row| Ok((get(row, 0)?, get(row, 1)?))).collect()
    }

    /// Begins the one transaction. What it locks others may still read.
    pub(crate) async fn begin(&self, stay: Stay, tables: &[Table]) -> Result<()> {
        let names: Vec<String> = tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
        let names = names.join(", ");
        match stay {
            Stay::Source => self.say(POSTGRES_BEGIN_READ).await,
            Stay::Alone => {
                self.say(POSTGRES_CARRY_ALONE).await?;
                self.say(&format!("LOCK TABLE {names} IN SHARE MODE")).await
            }
            Stay::Target => {
                self.say(POSTGRES_BEGIN_WRITE).await?;
                self.say(&format!("LOCK TABLE {names}, search_word IN EXCLUSIVE MODE")).await
            }
        }
    }

    pub(crate) async fn commit(&self) -> Result<()> {
        self.say("COMMIT").await
    }

    /// Tells the planner of tables that were filled a moment ago.
    pub(crate) async fn analyze(&self) -> Result<()> {
        self.say("ANALYZE").await
    }

    /// A table that has rows.
    pub(crate) async fn filled(&self, tables: &[Table]) -> Result<Option<String>> {
        for table in tables {
            if !self.ask(&format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name)).await?.is_empty() {
                return Ok(Some(table.name.clone()));
            }
        }
        Ok(None)
    }

    /// Reads a table in the order of its key, and sends its rows on when somebody wants them.
    pub(crate) async fn read(&self, table: &Table, to: Option<&Sender<Batch>>) -> Result<Sum> {
        let order =
            if table.key.is_empty() || to.is_none() { String::new() } else { format!(" ORDER BY {}", table.order()) };
        let text = format!("COPY (SELECT {} FROM \"{}\"{order}) TO STDOUT (FORMAT binary)", table.list(), table.name);
        let stream = self.0.copy_out(&text).await.map_err(|failure| error(&failure))?;
        let mut rows = pin!(BinaryCopyOutStream::new(stream, &types(table)));
        let (mut sum, mut batch, mut bytes) = (Sum::default(), Batch::new(), 0);
        while let Some(row) = rows.next().await {
            let row = row.map_err(|failure| error(&failure))?;
            let mut values = Vec::with_capacity(table.columns.len());
            for (at, column) in table.columns.iter().enumerate() {
                let value = value(&row, at, column.holds).map_err(|failure| error(&failure))?;
                bytes += value.size();
                values.push(value);
            }
            sum.add(&values);
            let Some(to) = to else { continue };
            batch.push(values);
            if batch.len() >= BATCH_ROWS || bytes >= BATCH_BYTES {
                bytes = 0;
                send(to, std::mem::take(&mut batch)).await?;
            }
        }
        if let Some(to) = to {
            send(to, batch).await?;
        }
        Ok(sum)
    }

    /// Writes rows until no more come.
    pub(crate) async fn write(&self, table: &Table, mut from: Receiver<Batch>) -> Result<()> {
        let text = format!("COPY \"{}\" ({}) FROM STDIN (FORMAT binary)", table.name, table.list());
        let sink = self.0.copy_in(&text).await.map_err(|failure| error(&failure))?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &types(table)));
        while let Some(batch) = from.recv().await {
            for row in batch {
                let values: Vec<Value<'_>> = row.iter().map(Bind::bind).collect();
                let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
                writer.as_mut().write(&values).await.map_err(|failure| error(&failure))?;
            }
        }
        writer.finish().await.map(|_| ()).map_err(|failure| error(&failure))
    }
}

/// A connection of its own. A server that is busy writing its log away may not read for a while.
async fn connect(url: &str) -> Result<Client> {
    let mut config = parse(url)?;
    config.tcp_user_timeout(UNREAD);
    let unreachable = |failure: tokio_postgres::Error| error(&failure);
    if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config.connect(NoTls).await.map_err(unreachable)?;
        tokio::spawn(connection);
        Ok(client)
    } else {
        let (client, connection) = config.connect(tls()?).await.map_err(unreachable)?;
        tokio::spawn(connection);
        Ok(client)
    }
}

async fn send(to: &Sender<Batch>, batch: Batch) -> Result<()> {
    to.send(batch).await.map_err(|_| Error::Unavailable("the other database has given up".to_owned()))
}

fn get<'r, T: tokio_postgres::types::FromSql<'r>>(row: &'r tokio_postgres::Row, at: usize) -> Result<T> {
    row.try_get(at).map_err(|failure| error(&failure))
}

fn types(table: &Table) -> Vec<Type> {
    let of = |column: &Column| match column.holds {
        Holds::Text => Type::TEXT,
        Holds::Int => Type::INT8,
        Holds::Bool => Type::BOOL,
        Holds::Bytes => Type::BYTEA,
        Holds::Words => Type::TS_VECTOR,
    };
    table.columns.iter().map(of).collect()
}

fn value(row: &BinaryCopyOutRow, at: usize, holds: Holds) -> std::result::Result<OwnedValue, tokio_postgres::Error> {
    let value = match holds {
        Holds::Text => row.try_get::<Option<String>>(at)?.map(OwnedValue::Text),
        Holds::Int => row.try_get::<Option<i64>>(at)?.map(OwnedValue::Int),
        Holds::Bool => row.try_get::<Option<bool>>(at)?.map(OwnedValue::Bool),
        Holds::Bytes | Holds::Words => row.try_get::<Option<Vec<u8>>>(at)?.map(OwnedValue::Bytes),
    };
    Ok(value.unwrap_or(OwnedValue::Null))
}
