//! Mail that comes in (API 20.1, 20.2): whose it is, and the row that it has from the moment in which it is taken.

mod decide;
mod ledger;
mod letter;
mod token;
mod write;

pub use decide::{Decision, decide};
pub use ledger::{MailQuery, get, list, raw, reprocessed};
pub use letter::{Incoming, Letter, NewFile, Person, Returned};
pub use token::{TOKEN_START, delete_token, mint_token, new_token};
pub use write::{Order, give_up, settle};

use dispatch_model::{BrandId, Timestamp, event::Act, text::cut};
use dispatch_store::{
    self as store, Tx,
    mails::{incoming::NewIncoming, raw::Raw},
};

use crate::{
    Result,
    error::{Found, conflict},
};

/// The local part and the domain of an address, in lower case and without angle brackets.
#[must_use]
pub fn parts(address: &str) -> Option<(String, String)> {
    let plain = address.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let (local, domain) = plain.rsplit_once('@')?;
    let (local, domain) = (local.trim_matches('"').to_lowercase(), domain.trim_end_matches('.').to_lowercase());
    (!local.is_empty() && !domain.is_empty()).then_some((local, domain))
}

/// The brand that a local part means: its slug, one that it had before, or its id, with or without a token behind `+`. None when
/// there is no such brand or it takes no mail.
///
/// # Errors
/// When the database cannot answer.
pub async fn brand_of(tx: &Tx, local: &str) -> Result<Option<BrandId>> {
    let name = local.split('+').next().unwrap_or_default();
    let id = match store::brands::slug_owner(tx, name).await? {
        Some(id) => id,
        None => BrandId::from(name),
    };
    Ok(store::mails::incoming::takes(tx, &id).await?.filter(|takes| *takes).map(|_| id))
}

/// The brand of a path: its slug, one that it had before, or its id.
///
/// # Errors
/// When there is none.
pub async fn brand_named(tx: &Tx, name: &str) -> Result<BrandId> {
    let id = match store::brands::slug_owner(tx, &name.to_lowercase()).await? {
        Some(id) => id,
        None => BrandId::from(cut(name, 64).0),
    };
    store::brands::exists(tx, &id).await?.then_some(id).found()
}

/// Takes a message: its row in the ledger and its bytes. Those that lie in the file store stay from now on.
///
/// # Errors
/// When there is no such brand, or it takes no mail.
pub async fn receive(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    new: &NewIncoming,
    raw: &Raw,
    expires_at: Timestamp,
) -> Result<()> {
    if !store::mails::incoming::takes(tx, brand).await?.found()? {
        return Err(conflict("The brand takes no mail: inboundEmailEnabled is false."));
    }
    act.wrong.clone().into_result()?;
    store::mails::incoming::insert(tx, brand, new).await?;
    store::mails::raw::insert(tx, brand, &new.id, expires_at, raw).await?;
    if let Raw::File(key) = raw {
        store::removals::cancel(tx, key).await?;
    }
    Ok(())
}
