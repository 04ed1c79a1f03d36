//! Connections of a brand, and their sealed secrets.

use dispatch_model::{
    BrandId, ConnectionId, JsonText, Timestamp,
    connection::{Config, Connection, ConnectionStatus, ConnectionType},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, type, name, enabled, config, secret_names, last_used_at, last_status, last_error, failure_count, created_at, updated_at,
            secrets FROM connection "
    };
}

crate::statements! {
    ALL_OF_BRAND = concat!("SELECT ", columns!(), "WHERE brand_id = $1 ORDER BY created_at, id");
    GET = concat!("SELECT ", columns!(), "WHERE brand_id = $1 AND id = $2");
    COUNT = "SELECT count(*) FROM connection WHERE brand_id = $1";
    INSERT = "INSERT INTO connection (brand_id, id, type, name, enabled, config, secrets, secret_names, failure_count, created_at,
        updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9)";
    UPDATE = "UPDATE connection SET name = $3, enabled = $4, config = $5, secrets = $6, secret_names = $7, updated_at = $8
        WHERE brand_id = $1 AND id = $2";
    USED = "UPDATE connection SET last_used_at = $3, last_status = $4, last_error = $5,
        failure_count = CASE WHEN $6 THEN failure_count + 1 ELSE 0 END WHERE brand_id = $1 AND id = $2";
    USED_BY = "SELECT name FROM automation WHERE brand_id = $1 AND actions LIKE '%\"connectionId\":\"' || $2 || '\"%'
        ORDER BY sort_order, id LIMIT 1";
    DELETE = "DELETE FROM connection WHERE brand_id = $1 AND id = $2";
    DELETE_ALL = "DELETE FROM connection WHERE brand_id = $1";
}

/// A connection with what is not shown of it.
#[derive(Clone, Debug)]
pub struct ConnectionRow {
    /// What is shown.
    pub connection: Connection,
    /// Its secrets, sealed; none when it has none.
    pub sealed: Option<String>,
    /// Their names.
    pub secret_names: Vec<String>,
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<ConnectionRow> {
    let id = columns.take()?;
    let kind = ConnectionType::read(&columns.take::<String>()?).map_err(Error::Bug)?;
    let (name, enabled) = (columns.take()?, columns.take()?);
    let config = Config::stored(kind, &columns.take::<String>()?).map_err(Error::Bug)?;
    let secret_names: Vec<String> = serde_json::from_str(&columns.take::<String>()?)
        .map_err(|error| Error::Bug(format!("the names of secrets cannot be read: {error}")))?;
    let last_used_at = columns.take()?;
    let last_status = columns.take::<Option<String>>()?;
    let connection = Connection {
        id,
        brand_id: brand.clone(),
        kind,
        name,
        enabled,
        config,
        secrets_set: kind.secrets_set(&secret_names),
        last_used_at,
        last_status: last_status.map(|text| ConnectionStatus::read(&text)).transpose().map_err(Error::Bug)?,
        last_error: columns.take()?,
        failure_count: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    };
    Ok(ConnectionRow { connection, sealed: columns.take()?, secret_names })
}

/// Every connection of a brand, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<ConnectionRow>> {
    tx.all(&ALL_OF_BRAND, args![brand], |columns| row(brand, columns)).await
}

/// One connection.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<ConnectionRow>> {
    tx.maybe(&GET, args![brand, id], |columns| row(brand, columns)).await
}

/// How many connections a brand has.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&COUNT, args![brand], only).await
}

/// Keeps a new connection.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, row: &ConnectionRow) -> Result<()> {
    let Connection { id, brand_id, kind, name, enabled, config, created_at, .. } = &row.connection;
    let (config, names) = (config.to_json(), JsonText::of(&row.secret_names));
    tx.run(&INSERT, args![brand_id, id, kind.as_str(), name, enabled, config, row.sealed, names, created_at]).await
}

/// Stores what can be changed of a connection.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, row: &ConnectionRow) -> Result<()> {
    let Connection { id, brand_id, name, enabled, config, updated_at, .. } = &row.connection;
    let (config, names) = (config.to_json(), JsonText::of(&row.secret_names));
    tx.run(&UPDATE, args![brand_id, id, name, enabled, config, row.sealed, names, updated_at]).await
}

/// Notes a call that ended at this time, and why it failed, if it did.
///
/// # Errors
/// When the database cannot write.
pub async fn used(tx: &Tx, brand: &BrandId, id: &ConnectionId, error: Option<&str>, at: Timestamp) -> Result<()> {
    let status = if error.is_some() { ConnectionStatus::Error } else { ConnectionStatus::Ok };
    tx.run(&USED, args![brand, id, at, status.as_str(), error, error.is_some()]).await
}

/// Deletes a connection.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &ConnectionId) -> Result<()> {
    tx.run(&DELETE, args![brand, id]).await
}

/// Deletes every connection of a brand, with its secrets.
///
/// # Errors
/// When the database cannot write.
pub async fn delete_all(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&DELETE_ALL, args![brand]).await
}

/// The name of an automation that uses a connection, which cannot be deleted then.
///
/// # Errors
/// When the database cannot answer.
pub async fn used_by(tx: &Tx, brand: &BrandId, id: &ConnectionId) -> Result<Option<String>> {
    tx.maybe(&USED_BY, args![brand, id], only).await
}
