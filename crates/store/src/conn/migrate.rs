//! Brings a database to this version. One text per migration serves both databases.

use std::path::Path;

use refinery::{Migration, Runner};

use super::{postgres, sqlite};
use crate::{
    Dialect, Error, Result,
    dialect::{POSTGRES_MIGRATION_LOCK, POSTGRES_MIGRATION_UNLOCK},
};

/// Every migration: its name and its text.
const MIGRATIONS: [(&str, &str); 13] = [
    ("V1__skeleton", include_str!("../../migrations/V1__skeleton.sql")),
    ("V2__core", include_str!("../../migrations/V2__core.sql")),
    ("V3__log", include_str!("../../migrations/V3__log.sql")),
    ("V4__people", include_str!("../../migrations/V4__people.sql")),
    ("V5__attachments", include_str!("../../migrations/V5__attachments.sql")),
    ("V6__webhooks", include_str!("../../migrations/V6__webhooks.sql")),
    ("V7__connections", include_str!("../../migrations/V7__connections.sql")),
    ("V8__outboxes", include_str!("../../migrations/V8__outboxes.sql")),
    ("V9__automations", include_str!("../../migrations/V9__automations.sql")),
    ("V10__mail", include_str!("../../migrations/V10__mail.sql")),
    ("V11__portal", include_str!("../../migrations/V11__portal.sql")),
    ("V12__totp", include_str!("../../migrations/V12__totp.sql")),
    ("V13__purge", include_str!("../../migrations/V13__purge.sql")),
];

/// The number of the last migration: what a database of this version says of itself.
pub const SCHEMA_VERSION: i64 = 13;

fn runner(dialect: Dialect) -> Result<Runner> {
    let migrations: Vec<Migration> = MIGRATIONS
        .iter()
        .map(|(name, text)| Migration::unapplied(name, &dialect.schema(text)))
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| Error::Bug(error.to_string()))?;
    let mut runner = Runner::new(&migrations).set_grouped(true);
    runner.set_migration_table_name("schema_migration");
    Ok(runner)
}

pub(super) fn sqlite(file: &Path) -> Result<()> {
    // A table that others refer to is rebuilt under another name (sqlite.org/lang_altertable.html, 7); the references
    // are looked at behind that.
    let mut conn = sqlite::connect(file, "PRAGMA foreign_keys = OFF;")?;
    runner(Dialect::Sqlite)?.run(&mut conn).map(|_| ()).map_err(|error| failed(&error))
}

pub(crate) async fn postgres(url: &str) -> Result<()> {
    let config = postgres::parse(url)?;
    let unreachable = |error: tokio_postgres::Error| postgres::error(&error);
    let (mut client, _connection) = postgres::working(&config).await?;
    client.batch_execute(POSTGRES_MIGRATION_LOCK).await.map_err(unreachable)?;
    let done = runner(Dialect::Postgres)?.run_async(&mut client).await;
    client.batch_execute(POSTGRES_MIGRATION_UNLOCK).await.map_err(unreachable)?;
    done.map(|_| ()).map_err(|error| failed(&error))
}

/// Why a migration did not go through. One that is done and not known here is of a version to come.
fn failed(error: &refinery::Error) -> Error {
    Error::Unavailable(match error.kind() {
        refinery::error::Kind::MissingVersion(migration) if i64::from(migration.version()) > SCHEMA_VERSION => format!(
            "a newer version of Dispatch has brought it to schema version {}, and this one knows {SCHEMA_VERSION}: start that \
             version, or restore a backup from before",
            migration.version()
        ),
        _ => format!("the migration failed: {error}"),
    })
}
