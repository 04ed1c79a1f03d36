//! The mailbox of a brand (API 20.1). Nothing here looks into it.

use dispatch_model::{
    BrandId, Errors, Timestamp,
    event::{Act, Changes},
    mailbox::{Mailbox, MailboxSecrets, NewMailbox},
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, mailboxes::MailboxRow};

use crate::{Result, brands, error::Found, payload, webhooks::Sealing};

/// What the secrets of a mailbox are sealed for.
fn place(brand: &BrandId) -> String {
    format!("mailbox.secrets {brand}")
}

/// Why a mailbox cannot be looked into whose secrets cannot be opened.
pub const UNOPENED: &str = "its secrets cannot be opened: the server key has changed; send them again";

/// The secrets of a mailbox, opened.
#[must_use]
pub fn secrets(row: &MailboxRow, brand: &BrandId, key: &ServerKey) -> Option<MailboxSecrets> {
    let bytes = key.open(&place(brand), &row.sealed).ok()?;
    MailboxSecrets::from_text(&String::from_utf8(bytes).ok()?)
}

/// The mailbox of a brand, or none.
///
/// # Errors
/// When there is no such brand.
pub async fn find(tx: &Tx, brand: &BrandId) -> Result<Option<MailboxRow>> {
    brands::get(tx, brand).await?;
    Ok(store::mailboxes::get(tx, brand).await?)
}

/// The mailbox of a brand with what is not shown of it.
///
/// # Errors
/// When it has none.
pub async fn row(tx: &Tx, brand: &BrandId) -> Result<MailboxRow> {
    find(tx, brand).await?.found()
}

/// The mailbox of a brand.
///
/// # Errors
/// When it has none.
pub async fn get(tx: &Tx, brand: &BrandId) -> Result<Mailbox> {
    Ok(row(tx, brand).await?.shown())
}

/// Sets the mailbox of a brand. What has been read of the same folder stays read.
///
/// # Errors
/// When there is no such brand, or its secrets would be sent elsewhere without being said again.
pub async fn set(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    new: &NewMailbox,
    key: &ServerKey,
    sealing: &Sealing,
) -> Result<Mailbox> {
    let old = find(tx, brand).await?;
    let mut errors = Errors::default();
    new.refuse(old.as_ref().map(|old| &old.config), &mut errors);
    errors.into_result()?;
    let config = new.config();
    let stays = old.as_ref().filter(|old| !config.is_elsewhere(&old.config));
    let Some(opened) = new.secrets(stays.and_then(|old| secrets(old, brand, key))) else {
        let field = if config.oauth.is_some() { "oauth.refreshToken" } else { "password" };
        return Err(Errors::one(field, "must be sent again: it cannot be opened any more").into());
    };
    let read = old.as_ref().filter(|old| !config.is_another_folder(&old.config));
    let row = MailboxRow {
        sealed: sealing.seal_for(&place(brand), &opened.to_text()),
        enabled: new.enabled.unwrap_or(true),
        uid_validity: read.and_then(|old| old.uid_validity),
        last_uid: read.and_then(|old| old.last_uid),
        last_poll_at: read.and_then(|old| old.last_poll_at),
        last_error: None,
        updated_at: old.as_ref().map_or(act.at, |old| act.after(old.updated_at)),
        config,
    };
    store::mailboxes::set(tx, brand, &row, row.enabled.then_some(act.at)).await?;
    let shown = row.shown();
    let event = match old.map(MailboxRow::shown) {
        None => payload::object("mailbox.created", brand.as_str(), "mailbox", &shown, None),
        Some(old) => {
            let changes = changes(&old, &shown).to_json();
            payload::object("mailbox.updated", brand.as_str(), "mailbox", &shown, Some(changes))
        }
    };
    tx.record(act, brand, event);
    Ok(shown)
}

fn changes(old: &Mailbox, new: &Mailbox) -> Changes {
    let mut changes = Changes::default();
    changes.add("host", &old.host, &new.host);
    changes.add("port", &old.port, &new.port);
    changes.add("tls", &old.tls, &new.tls);
    changes.add("username", &old.username, &new.username);
    changes.add("auth", &old.auth, &new.auth);
    changes.add("oauth", &old.oauth, &new.oauth);
    changes.add("folder", &old.folder, &new.folder);
    changes.add("pollSeconds", &old.poll_seconds, &new.poll_seconds);
    changes.add("afterProcess", &old.after_process, &new.after_process);
    changes.add("moveTo", &old.move_to, &new.move_to);
    changes.add("enabled", &old.enabled, &new.enabled);
    changes
}

/// Deletes the mailbox of a brand; what lies in it stays there.
///
/// # Errors
/// When it has none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId) -> Result<()> {
    let shown = get(tx, brand).await?;
    store::mailboxes::delete(tx, brand).await?;
    tx.record(act, brand, payload::object("mailbox.deleted", brand.as_str(), "mailbox", &shown, None));
    Ok(())
}

/// Keeps secrets that the other side has renewed, unless the mailbox has been set since this time.
///
/// # Errors
/// When the database cannot write.
pub async fn renew(
    tx: &Tx,
    brand: &BrandId,
    set_at: Timestamp,
    secrets: &MailboxSecrets,
    sealing: &Sealing,
) -> Result<()> {
    let sealed = sealing.seal_for(&place(brand), &secrets.to_text());
    Ok(store::mailboxes::reseal(tx, brand, set_at, &sealed).await?)
}
