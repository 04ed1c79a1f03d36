//! Relays of brands, with their sealed passwords.

use dispatch_model::{BrandId, JsonText, Timestamp, relay::Relay};

use crate::{Error, Result, Tx, args, value::Columns};

crate::statements! {
    GET = "SELECT config, secrets, updated_at FROM mail_relay WHERE brand_id = $1";
    SET = "INSERT INTO mail_relay (brand_id, config, secrets, updated_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (brand_id) DO UPDATE SET config = excluded.config, secrets = excluded.secrets, updated_at = excluded.updated_at";
    DELETE = "DELETE FROM mail_relay WHERE brand_id = $1";
}

/// A relay with what is not shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayRow {
    /// What is set.
    pub relay: Relay,
    /// Its password, sealed; none where nobody signs in.
    pub sealed: Option<String>,
    /// When it was last set.
    pub updated_at: Timestamp,
}

fn row(columns: &mut Columns<'_>) -> Result<RelayRow> {
    let relay = serde_json::from_str(&columns.take::<String>()?)
        .map_err(|error| Error::Bug(format!("what is set of a relay cannot be read: {error}")))?;
    Ok(RelayRow { relay, sealed: columns.take()?, updated_at: columns.take()? })
}

/// The relay of a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId) -> Result<Option<RelayRow>> {
    tx.maybe(&GET, args![brand], row).await
}

/// Keeps the relay of a brand.
///
/// # Errors
/// When the database cannot write.
pub async fn set(tx: &Tx, brand: &BrandId, new: &RelayRow) -> Result<()> {
    let config = JsonText::of(&new.relay);
    tx.run(&SET, args![brand, config, new.sealed, new.updated_at]).await
}

/// Deletes the relay of a brand, with its password.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&DELETE, args![brand]).await
}
