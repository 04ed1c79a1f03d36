//! API keys: created, changed and revoked; every change is in the account's log.

use dispatch_model::{
    AccountId, BrandId, Entropy, Errors, KeyId, Patch, Timestamp,
    account::{ApiKey, ApiKeyPatch, KEY_PREFIX_CHARS, NewApiKey, Permissions, mint_key},
    event::{Act, Changes},
    limits::API_KEYS_MAX,
    text::Reference,
};
use dispatch_store::{self as store, Tx};
use sha2::{Digest, Sha256};

use crate::{
    Caller, Power, Result, Scope,
    error::{Found, conflict, invalid},
};

/// The text of an API key, and what is kept of it.
#[derive(Clone)]
pub struct Secret {
    text: String,
}

impl std::fmt::Debug for Secret {
    /// The text never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// A new key.
    #[must_use]
    pub fn mint(entropy: &Entropy) -> Self {
        Self { text: mint_key(entropy) }
    }

    /// The text, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

/// What is stored of an API key: SHA-256 in hex. A key has 160 random bits, so nothing slower is needed.
#[must_use]
pub fn hash(text: &str) -> String {
    hash_bytes(text.as_bytes())
}

/// SHA-256 in hex.
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Who asks for a new key: a caller, or the command line.
#[derive(Debug)]
pub struct KeyOrder<'a> {
    /// The account that it belongs to.
    pub account: &'a AccountId,
    /// Who asked.
    pub created_by: Option<&'a str>,
    /// What whoever asks reaches: nobody hands out more than that.
    pub scope: &'a Scope,
    /// What was asked for.
    pub new: &'a NewApiKey,
    /// The text that it gets.
    pub secret: &'a Secret,
}

/// Creates an API key.
///
/// # Errors
/// When the request is wrong or there are too many keys.
pub async fn create(tx: &Tx, act: &Act, order: &KeyOrder<'_>) -> Result<ApiKey> {
    let KeyOrder { account, created_by, scope, new, secret } = order;
    let all_brands = new.all_brands.unwrap_or(false);
    let brands: &[Reference] = if all_brands { &[] } else { new.brand_ids.as_ref().map_or(&[], |list| &list.0) };
    let mut errors = Errors::default();
    let brand_ids = known_brands(tx, account, scope, brands, &mut errors).await?;
    if all_brands {
        within_reach(scope, &mut errors);
    }
    if !all_brands && brands.is_empty() {
        errors.push("brandIds", "needs at least one brand unless allBrands is true");
    }
    expires_later(new.expires_at, act.at, &mut errors);
    errors.into_result()?;
    if store::api_keys::count(tx, account).await? >= API_KEYS_MAX {
        return Err(conflict(format!("The account has {API_KEYS_MAX} API keys, which is the limit.")));
    }
    let text = secret.reveal();
    let key = ApiKey {
        id: act.mint.id(),
        name: String::from(new.name.clone()),
        permissions: new.permissions.unwrap_or(Permissions::Full),
        key_preview: format!("{}...{}", dispatch_model::account::KEY_START, &text[text.len() - 4..]),
        prefix: text.chars().take(KEY_PREFIX_CHARS).collect(),
        all_brands,
        brand_ids,
        last_used_at: None,
        expires_at: new.expires_at,
        created_by: created_by.map(str::to_owned),
        created_at: act.at,
    };
    store::api_keys::insert(tx, account, &key, &hash(text)).await?;
    record(tx, act, account, "api_key.created", &key, None).await?;
    Ok(key)
}

/// Changes an API key; it applies to the next request.
///
/// # Errors
/// When there is no such key or the request is wrong.
pub async fn update(tx: &Tx, act: &Act, caller: &Caller, id: &KeyId, patch: &ApiKeyPatch) -> Result<ApiKey> {
    let old = reached(tx, caller, id).await?;
    let mut key = old.clone();
    let mut errors = Errors::default();
    if let Some(name) = &patch.name {
        key.name = String::from(name.clone());
    }
    if let Some(all_brands) = patch.all_brands {
        if all_brands {
            within_reach(&caller.scope, &mut errors);
        }
        key.all_brands = all_brands;
    }
    if key.all_brands {
        key.brand_ids.clear();
    } else if let Some(brands) = &patch.brand_ids {
        key.brand_ids = known_brands(tx, &caller.account, &caller.scope, &brands.0, &mut errors).await?;
    }
    if !key.all_brands && key.brand_ids.is_empty() && errors.is_empty() {
        errors.push("brandIds", "needs at least one brand unless allBrands is true");
    }
    if let Patch::Set(at) = patch.expires_at {
        expires_later(Some(at), act.at, &mut errors);
    }
    key.expires_at = patch.expires_at.clone().or(old.expires_at);
    errors.into_result()?;
    let mut changes = Changes::default();
    changes.add("name", &old.name, &key.name);
    changes.add("allBrands", &old.all_brands, &key.all_brands);
    changes.add("brandIds", &old.brand_ids, &key.brand_ids);
    changes.add("expiresAt", &old.expires_at, &key.expires_at);
    if !changes.is_empty() {
        store::api_keys::update(tx, &caller.account, &key).await?;
        record(tx, act, &caller.account, "api_key.updated", &key, Some(changes.to_json())).await?;
    }
    Ok(key)
}

/// Revokes an API key.
///
/// # Errors
/// When there is no such key.
pub async fn delete(tx: &Tx, act: &Act, caller: &Caller, id: &KeyId) -> Result<()> {
    let key = reached(tx, caller, id).await?;
    store::api_keys::delete(tx, &caller.account, id).await?;
    record(tx, act, &caller.account, "api_key.deleted", &key, None).await
}

async fn record(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    kind: &'static str,
    key: &ApiKey,
    changes: Option<dispatch_model::JsonText>,
) -> Result<()> {
    let data = store::api_keys::data(key);
    Ok(store::account_log::append(tx, act, account, kind, key.id.as_str(), changes, data).await?)
}

/// The keys that a caller manages, newest first: those that reach nothing beyond what the caller reaches.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, caller: &Caller) -> Result<Vec<ApiKey>> {
    let keys = store::api_keys::list(tx, &caller.account).await?;
    Ok(keys.into_iter().filter(|key| manages(caller, key)).collect())
}

fn manages(caller: &Caller, key: &ApiKey) -> bool {
    caller.scope.covers(&Scope::of(key.all_brands, &key.brand_ids))
}

async fn reached(tx: &Tx, caller: &Caller, id: &KeyId) -> Result<ApiKey> {
    store::api_keys::get(tx, &caller.account, id).await?.filter(|key| manages(caller, key)).found()
}

/// Says that nobody gives away every brand who does not reach every brand.
pub(crate) fn within_reach(scope: &Scope, errors: &mut Errors) {
    if *scope != Scope::All {
        errors.push("allBrands", "you do not reach every brand yourself");
    }
}

/// The brands that these texts name; each unknown one is a problem at its place.
pub(crate) async fn known_brands(
    tx: &Tx,
    account: &AccountId,
    scope: &Scope,
    wanted: &[Reference],
    errors: &mut Errors,
) -> Result<Vec<BrandId>> {
    let mut known: Vec<BrandId> = Vec::new();
    for (index, text) in wanted.iter().enumerate() {
        let id = BrandId::from(&**text);
        if !scope.reaches(&id) || !store::brands::in_account(tx, account, &id).await? {
            errors.push(format!("brandIds[{index}]"), "unknown brand");
        } else if !known.contains(&id) {
            known.push(id);
        }
    }
    Ok(known)
}

fn expires_later(at: Option<Timestamp>, now: Timestamp, errors: &mut Errors) {
    if at.is_some_and(|at| at <= now) {
        errors.push("expiresAt", "must be in the future");
    }
}

/// Refuses a key that is not there, before a body is looked at.
///
/// # Errors
/// When there is no such key.
pub async fn check(tx: &Tx, caller: &Caller, id: &KeyId) -> Result<()> {
    match caller.power {
        Power::Member(_) => reached(tx, caller, id).await.map(|_| ()),
        // A key that may not manage keys is told so, whichever it names.
        _ => store::api_keys::get(tx, &caller.account, id).await?.found().map(|_| ()),
    }
}

/// What the command line asks for as a new key: read by the rules of a request body.
///
/// # Errors
/// What is wrong with the name.
pub fn named(name: &str, all_brands: bool, brands: &[String]) -> Result<NewApiKey> {
    let mut object = serde_json::Map::new();
    object.insert("name".to_owned(), name.into());
    object.insert("allBrands".to_owned(), all_brands.into());
    object.insert("brandIds".to_owned(), brands.into());
    let mut errors = Errors::default();
    match <NewApiKey as dispatch_model::Input>::read(&mut object, &mut errors) {
        Some(new) => Ok(new),
        None => Err(if errors.is_empty() { invalid("name", "is required") } else { errors.into() }),
    }
}
