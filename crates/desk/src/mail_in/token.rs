//! The inbound token of a brand: what a mail server shows that hands messages to `POST /inbound/email`.

use dispatch_model::{BrandId, Entropy, account, event::Act, mail::InboundToken};
use dispatch_store::{self as store, Tx};

use crate::{Result, api_keys::hash, brands, error::Found};

/// How every inbound token begins.
pub const TOKEN_START: &str = "itk_";

/// The text of a new token: 160 random bits.
#[must_use]
pub fn mint_token(entropy: &Entropy) -> String {
    account::mint_token(TOKEN_START, entropy)
}

/// Gives a brand this token in the place of the one that it had.
///
/// # Errors
/// When there is no such brand.
pub async fn new_token(tx: &Tx, act: &Act, brand: &BrandId, token: &str) -> Result<InboundToken> {
    brands::get(tx, brand).await?;
    store::inbound_tokens::put(tx, brand, &hash(token), act.at).await?;
    Ok(InboundToken { token: Some(token.to_owned()), created_at: act.at })
}

/// Takes the token of a brand away.
///
/// # Errors
/// When there is no such brand, or it has none.
pub async fn delete_token(tx: &Tx, brand: &BrandId) -> Result<()> {
    brands::get(tx, brand).await?;
    store::inbound_tokens::exists(tx, brand).await?.then_some(()).found()?;
    Ok(store::inbound_tokens::delete(tx, brand).await?)
}
