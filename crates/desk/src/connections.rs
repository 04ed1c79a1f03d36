//! Connections (API 19): what the automations of a brand call elsewhere. Nothing here calls anybody.

mod sample;

pub use sample::{Trial, trial};

use std::time::Duration;

use dispatch_model::{
    BrandId, ConnectionId, Errors, Timestamp,
    connection::{Config, Connection, ConnectionUpdate, NewConnection, Secrets, Target},
    event::{Act, Changes},
    limits::CONNECTIONS_MAX,
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, connections::ConnectionRow};

use crate::{
    Result, brands,
    error::{Found, conflict},
    payload,
    webhooks::Sealing,
};

/// What the secrets of a connection are sealed for.
fn place(id: &ConnectionId) -> String {
    format!("connection.secrets {id}")
}

/// Why a connection cannot be called whose secrets cannot be opened.
pub const UNOPENED: &str = "its secrets cannot be opened: the server key has changed; send them again";

/// Whom a connection calls, with its secrets opened.
///
/// # Errors
/// When they cannot be opened: the server key is another one. The text is for the caller.
pub fn target(row: &ConnectionRow, key: &ServerKey) -> Result<Target> {
    let Connection { id, kind, config, .. } = &row.connection;
    let open = |sealed: &String| {
        let bytes = key.open(&place(id), sealed).ok()?;
        String::from_utf8(bytes).ok()
    };
    let opened = row.sealed.as_ref().map(|sealed| open(sealed).ok_or_else(|| conflict(UNOPENED))).transpose()?;
    let secrets = Secrets::from_text(*kind, opened).map_err(store::Error::Bug)?;
    match (config.clone(), secrets) {
        (Config::Slack(_), Secrets::Slack(webhook_url)) => Ok(Target::Slack { webhook_url }),
        (Config::Jira(jira), Secrets::Jira(api_token)) => Ok(Target::Jira {
            site_url: jira.site_url,
            email: jira.email,
            api_token,
            project_key: jira.project_key,
            issue_type: jira.issue_type,
            labels: jira.labels,
        }),
        (Config::Http(http), Secrets::Http(headers)) => Ok(Target::Http {
            url: http.url,
            method: http.method,
            headers,
            timeout: Duration::from_secs(u64::try_from(http.timeout_seconds).unwrap_or(0).max(1)),
        }),
        _ => Err(store::Error::Bug("a connection has the secrets of another type".to_owned()).into()),
    }
}

/// Every connection of a brand, oldest first.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Connection>> {
    brands::get(tx, brand).await?;
    Ok(store::connections::all(tx, brand).await?.into_iter().map(|row| row.connection).collect())
}

/// One connection.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Connection> {
    Ok(find(tx, brand, id).await?.connection)
}

async fn find(tx: &Tx, brand: &BrandId, id: &str) -> Result<ConnectionRow> {
    brands::get(tx, brand).await?;
    store::connections::get(tx, brand, id).await?.found()
}

/// Puts secrets in the place of the present ones.
fn set_secrets(row: &mut ConnectionRow, secrets: &Secrets, sealing: &Sealing) {
    let place = place(&row.connection.id);
    row.sealed = secrets.to_text().map(|text| sealing.seal_for(&place, &text));
    row.secret_names = secrets.names();
    row.connection.secrets_set = row.connection.kind.secrets_set(&row.secret_names);
}

/// Creates a connection.
///
/// # Errors
/// When there is no such brand, or it has too many connections.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewConnection, sealing: &Sealing) -> Result<Connection> {
    brands::get(tx, brand).await?;
    if store::connections::count(tx, brand).await? >= CONNECTIONS_MAX {
        return Err(conflict(format!("The brand has {CONNECTIONS_MAX} connections, which is the limit.")));
    }
    let kind = new.config.kind();
    let connection = Connection {
        id: act.mint.id(),
        brand_id: brand.clone(),
        kind,
        name: String::from(new.name.clone()),
        enabled: new.enabled.unwrap_or(true),
        config: new.config.clone(),
        secrets_set: kind.secrets_set(&[]),
        last_used_at: None,
        last_status: None,
        last_error: None,
        failure_count: 0,
        created_at: act.at,
        updated_at: act.at,
    };
    let mut row = ConnectionRow { connection, sealed: None, secret_names: Vec::new() };
    set_secrets(&mut row, &new.secrets, sealing);
    store::connections::insert(tx, &row).await?;
    let connection = row.connection;
    tx.record(
        act,
        brand,
        payload::object("connection.created", connection.id.as_str(), "connection", &connection, None),
    );
    Ok(connection)
}

/// Changes a connection.
///
/// # Errors
/// When there is none, or its secrets would be sent elsewhere without being said again.
pub async fn update(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    update: &ConnectionUpdate,
    sealing: &Sealing,
) -> Result<Connection> {
    let mut row = find(tx, brand, id).await?;
    let old = row.connection.clone();
    let mut errors = Errors::default();
    update.refuse_redirected(&old, &mut errors);
    errors.into_result()?;
    let new = &mut row.connection;
    if let Some(name) = &update.name {
        new.name = String::from(name.clone());
    }
    new.enabled = update.enabled.unwrap_or(old.enabled);
    new.config = old.config.changed(&update.config);
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("enabled", &old.enabled, &new.enabled);
    changes.add_members("config", &old.config.to_json(), &new.config.to_json());
    let secrets = update.secrets.secrets();
    if changes.is_empty() && secrets.is_none() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    if let Some(secrets) = &secrets {
        set_secrets(&mut row, secrets, sealing);
    }
    changes.add("secretsSet", &old.secrets_set, &row.connection.secrets_set);
    store::connections::update(tx, &row).await?;
    let event = payload::object("connection.updated", id, "connection", &row.connection, Some(changes.to_json()));
    tx.record(act, brand, event);
    Ok(row.connection)
}

/// Deletes a connection.
///
/// # Errors
/// When there is none, or an automation uses it.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<()> {
    let ConnectionRow { connection, .. } = find(tx, brand, id).await?;
    if let Some(automation) = store::connections::used_by(tx, brand, &connection.id).await? {
        return Err(conflict(format!("The automation {automation} uses this connection.")));
    }
    store::connections::delete(tx, brand, &connection.id).await?;
    tx.record(act, brand, payload::object("connection.deleted", id, "connection", &connection, None));
    Ok(())
}

/// Notes a call that ended at this time, tests included.
///
/// # Errors
/// When the database cannot write.
pub async fn note_use(
    tx: &Tx,
    brand: &BrandId,
    id: &ConnectionId,
    ok: bool,
    error: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    let error = (!ok).then(|| error.unwrap_or("the call failed"));
    Ok(store::connections::used(tx, brand, id, error, at).await?)
}

/// A call was given up after its last try: `connection.failed`, with the connection as it stands. In the brand's lane.
///
/// # Errors
/// When the database cannot answer.
pub async fn gave_up(tx: &Tx, act: &Act, brand: &BrandId, id: &ConnectionId) -> Result<()> {
    if let Some(row) = store::connections::get(tx, brand, id.as_str()).await? {
        tx.record(act, brand, payload::object("connection.failed", id.as_str(), "connection", &row.connection, None));
    }
    Ok(())
}
