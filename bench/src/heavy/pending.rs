//! How much is still being rewritten, as the tables say.

use rusqlite::{Connection, OpenFlags};

use crate::cli::ServerArgs;
use crate::error::Result;
use crate::scale::ground::Ground;
use crate::scale::psql::Psql;

/// A deleted status stays until its rows are rewritten; everything else is a row of `rewrite`.
const SQL: &str = "SELECT (SELECT count(*) FROM rewrite) + (SELECT count(*) FROM status WHERE replaced_by IS NOT NULL)";

/// The database beside the running server.
pub enum Pending {
    /// The file, opened for reading.
    Sqlite(Connection),
    /// PostgreSQL.
    Postgres(Psql),
}

impl Pending {
    /// Opens the database of `ground`.
    pub fn of(ground: &Ground, args: &ServerArgs) -> Result<Self> {
        Ok(match &ground.database {
            Some(url) => Self::Postgres(Psql::new(args, url)),
            None => Self::Sqlite(Connection::open_with_flags(ground.file()?, OpenFlags::SQLITE_OPEN_READ_ONLY)?),
        })
    }

    /// What is pending.
    pub fn count(&self) -> Result<i64> {
        match self {
            Self::Sqlite(connection) => Ok(connection.query_row(SQL, [], |row| row.get(0))?),
            Self::Postgres(psql) => {
                let rows = psql.ask(SQL)?;
                let count = rows.first().and_then(|row| row.first()).ok_or("psql answered nothing")?;
                Ok(count.parse()?)
            }
        }
    }
}
