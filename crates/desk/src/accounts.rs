//! The account.

use dispatch_model::{
    AccountId,
    account::{Account, Usage},
    event::Act,
};
use dispatch_store::{self as store, Tx};

use crate::{Caller, Result, error::Found};

/// The name of the account that the first start creates (API 3.1).
const FIRST_NAME: &str = "Default";

/// The account of this server; the first call creates it.
///
/// # Errors
/// When the database cannot write.
pub async fn ensure(tx: &Tx, act: &Act) -> Result<Account> {
    if let Some(account) = store::accounts::first(tx).await? {
        return Ok(account);
    }
    let id: AccountId = AccountId(act.mint.id::<AccountId>().0);
    store::accounts::insert(tx, &id, FIRST_NAME, act.at).await?;
    store::accounts::first(tx).await?.found()
}

/// The caller's account.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, caller: &Caller) -> Result<Account> {
    store::accounts::first(tx).await?.filter(|account| account.id == caller.account).found()
}

/// What the caller's brands hold.
///
/// # Errors
/// When the database cannot answer.
pub async fn usage(tx: &Tx, caller: &Caller, act: &Act) -> Result<Usage> {
    let brands = crate::brands::reachable(tx, caller).await?;
    let ids: Vec<_> = brands.into_iter().map(|brand| brand.id).collect();
    Ok(store::accounts::usage(tx, &ids, act.at.month_start()).await?)
}
