//! The account.

use dispatch_model::{
    AccountId, BrandId, JsonText,
    account::{Account, AccountPatch, Usage},
    event::{Act, Changes},
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
    store::accounts::get(tx, &caller.account).await?.found()
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

/// Records a change of the account.
pub(crate) async fn record_update(tx: &Tx, act: &Act, account: &Account, changes: &Changes) -> Result<()> {
    let data = JsonText::of(&serde_json::json!({ "id": account.id, "account": account }));
    let (id, changes) = (account.id.as_str(), Some(changes.to_json()));
    Ok(store::account_log::append(tx, act, &account.id, "account.updated", id, changes, data).await?)
}

/// Changes the account.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, act: &Act, caller: &Caller, patch: &AccountPatch) -> Result<Account> {
    let old = get(tx, caller).await?;
    let name = patch.name.clone().map_or_else(|| old.name.clone(), String::from);
    let mut changes = Changes::default();
    changes.add("name", &old.name, &name);
    if changes.is_empty() {
        return Ok(old);
    }
    let new = Account { name, updated_at: act.after(old.updated_at), ..old };
    store::accounts::rename(tx, &new).await?;
    record_update(tx, act, &new, &changes).await?;
    Ok(new)
}

/// The brands that an account still has.
///
/// # Errors
/// When the database cannot answer.
pub async fn brand_ids(tx: &Tx, account: &AccountId) -> Result<Vec<BrandId>> {
    Ok(store::brands::list(tx, account).await?.into_iter().map(|brand| brand.id).collect())
}

/// Ends an account whose brands are deleted: no key, session or invitation works any more. Brands that it still has, or has
/// again, are answered instead; each is deleted in its own lane, and this is asked once more.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, act: &Act, account: &AccountId) -> Result<Vec<BrandId>> {
    let left = brand_ids(tx, account).await?;
    if left.is_empty() {
        store::invites::delete_all(tx, account).await?;
        store::members::remove_all(tx, account, act.at).await?;
        store::accounts::delete(tx, account, act.at).await?;
    }
    Ok(left)
}

/// Whether the account has an owner, and whether it has a setup link.
///
/// # Errors
/// When the database cannot answer.
pub async fn setup_state(tx: &Tx, account: &AccountId) -> Result<(bool, bool)> {
    let (_, owners) = store::members::count(tx, account).await?;
    Ok((owners > 0, store::accounts::setup_hash(tx, account).await?.is_some()))
}

/// Keeps the hash of the token of a setup link, unless the account has an owner. A link from before is dead.
///
/// # Errors
/// When the database cannot write.
pub async fn keep_setup_link(tx: &Tx, account: &AccountId, hash: &str) -> Result<()> {
    if !setup_state(tx, account).await?.0 {
        store::accounts::set_setup_hash(tx, account, Some(hash)).await?;
    }
    Ok(())
}
