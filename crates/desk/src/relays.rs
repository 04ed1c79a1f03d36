//! The relay of a brand (API 20.4). Nothing here calls it.

use dispatch_model::{
    BrandId, Errors,
    event::{Act, Changes},
    relay::{NewRelay, OpenRelay, Relay},
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, relays::RelayRow};

use crate::{Result, brands, error::Found, payload, webhooks::Sealing};

/// What the password of a relay is sealed for.
fn place(brand: &BrandId) -> String {
    format!("mail_relay.password {brand}")
}

/// Why a relay cannot be called whose password cannot be opened.
pub const UNOPENED: &str = "its password cannot be opened: the server key has changed; send it again";

/// A relay with its password opened. None when that cannot be: the server key is another one.
#[must_use]
pub fn opened(row: RelayRow, brand: &BrandId, key: &ServerKey) -> Option<OpenRelay> {
    let open = |sealed: String| String::from_utf8(key.open(&place(brand), &sealed).ok()?).ok();
    let password = match row.sealed {
        Some(sealed) => Some(open(sealed)?),
        None => None,
    };
    Some(OpenRelay { relay: row.relay, password })
}

/// The relay of a brand, or none.
///
/// # Errors
/// When there is no such brand.
pub async fn find(tx: &Tx, brand: &BrandId) -> Result<Option<RelayRow>> {
    brands::get(tx, brand).await?;
    Ok(store::relays::get(tx, brand).await?)
}

/// The relay of a brand with what is not shown of it.
///
/// # Errors
/// When it has none.
pub async fn row(tx: &Tx, brand: &BrandId) -> Result<RelayRow> {
    find(tx, brand).await?.found()
}

/// The relay of a brand.
///
/// # Errors
/// When it has none.
pub async fn get(tx: &Tx, brand: &BrandId) -> Result<Relay> {
    Ok(row(tx, brand).await?.relay)
}

/// Sets the relay of a brand.
///
/// # Errors
/// When there is no such brand, or its password would be sent elsewhere without being said again.
pub async fn set(tx: &Tx, act: &Act, brand: &BrandId, new: &NewRelay, sealing: &Sealing) -> Result<Relay> {
    let old = find(tx, brand).await?;
    let mut errors = Errors::default();
    new.refuse(old.as_ref().map(|old| &old.relay), &mut errors);
    errors.into_result()?;
    let kept = old.as_ref().filter(|old| new.keeps_password(&old.relay)).and_then(|old| old.sealed.clone());
    let sealed = new.password.as_ref().map(|password| sealing.seal_for(&place(brand), password.reveal())).or(kept);
    let updated_at = old.as_ref().map_or(act.at, |old| act.after(old.updated_at));
    let row = RelayRow { relay: new.relay(), sealed, updated_at };
    store::relays::set(tx, brand, &row).await?;
    let relay = row.relay;
    let event = match old {
        None => payload::object("mail.relay_created", brand.as_str(), "relay", &relay, None),
        Some(old) => {
            let changes = changes(&old.relay, &relay).to_json();
            payload::object("mail.relay_updated", brand.as_str(), "relay", &relay, Some(changes))
        }
    };
    tx.record(act, brand, event);
    Ok(relay)
}

fn changes(old: &Relay, new: &Relay) -> Changes {
    let mut changes = Changes::default();
    changes.add("host", &old.host, &new.host);
    changes.add("port", &old.port, &new.port);
    changes.add("tls", &old.tls, &new.tls);
    changes.add("username", &old.username, &new.username);
    changes.add("fromEmail", &old.from_email, &new.from_email);
    changes
}

/// Deletes the relay of a brand: its mail goes through the server's from now on, if there is one.
///
/// # Errors
/// When it has none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId) -> Result<()> {
    let relay = get(tx, brand).await?;
    store::relays::delete(tx, brand).await?;
    tx.record(act, brand, payload::object("mail.relay_deleted", brand.as_str(), "relay", &relay, None));
    Ok(())
}
