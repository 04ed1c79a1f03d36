//! From a credential to a caller (API 1.2).

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::http::{HeaderMap, header};
use dispatch_desk::{Caller, api_keys::hash};
use dispatch_model::{
    AccountId, KeyId, Timestamp,
    account::{ApiKey, KEY_START},
};
use dispatch_store::{self as store, Dialect, Lane};

use crate::{
    App,
    problem::{Code, Problem},
};

type Known = Arc<(ApiKey, AccountId)>;

/// API keys that were looked up before.
///
/// Only on SQLite, whose keys change through this process alone (the command line only adds some, and a key that is
/// not known is looked up). On PostgreSQL another node may revoke a key, and it must not work one request longer.
#[derive(Debug)]
pub(crate) struct Keys {
    known: Option<RwLock<HashMap<String, Known>>>,
    /// Counts the forgettings, so that a look-up from before does not bring an old key back.
    generation: AtomicU64,
    minutes: Mutex<HashMap<KeyId, i64>>,
}

impl Keys {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            known: (dialect == Dialect::Sqlite).then(RwLock::default),
            generation: AtomicU64::new(0),
            minutes: Mutex::default(),
        }
    }

    /// Forgets every key: one of them has changed.
    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        if let Some(known) = &self.known {
            known.write().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    fn get(&self, hash: &str) -> Option<Known> {
        self.known.as_ref()?.read().unwrap_or_else(PoisonError::into_inner).get(hash).cloned()
    }

    fn keep(&self, hash: String, key: Known, generation: u64) {
        if let Some(known) = &self.known {
            let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
            if self.generation.load(Ordering::SeqCst) == generation {
                known.insert(hash, key);
            }
        }
    }

    /// Whether this is the first use of a key in this minute.
    fn first_in(&self, id: &KeyId, minute: i64) -> bool {
        let mut minutes = self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        minutes.insert(id.clone(), minute) != Some(minute)
    }
}

fn unknown() -> Problem {
    Problem::new(Code::Authentication, "A valid API key is needed: Authorization: Bearer sk_live_...")
}

/// The caller behind the request's credential.
pub(crate) async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let text = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(unknown)?;
    let (scheme, key) = text.split_once(' ').ok_or_else(unknown)?;
    let key = key.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || !key.starts_with(KEY_START) {
        return Err(unknown());
    }
    let known = look_up(app, hash(key)).await?.ok_or_else(unknown)?;
    let (api_key, account) = &*known;
    let now = app.seams().clock.now();
    if api_key.expires_at.is_some_and(|at| at <= now) {
        return Err(unknown());
    }
    note_use(app, &api_key.id, now);
    Ok(Caller::api_key(account.clone(), api_key))
}

async fn look_up(app: &App, hash: String) -> Result<Option<Known>, Problem> {
    let keys = app.keys();
    if let Some(known) = keys.get(&hash) {
        return Ok(Some(known));
    }
    let generation = keys.generation.load(Ordering::SeqCst);
    let wanted = hash.clone();
    let found: Option<(ApiKey, AccountId)> = app
        .db()
        .read("api_keys.by_hash", move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move { store::api_keys::by_hash(tx, &wanted).await })
        })
        .await?;
    Ok(found.map(|found| {
        let found = Arc::new(found);
        keys.keep(hash, found.clone(), generation);
        found
    }))
}

/// Notes the minute of the use, behind the request.
fn note_use(app: &App, id: &KeyId, now: Timestamp) {
    let minute = now.as_millis().div_euclid(60_000);
    if !app.keys().first_in(id, minute) {
        return;
    }
    let (app, id) = (app.clone(), id.clone());
    tokio::spawn(async move {
        let at = Timestamp::from_millis(minute * 60_000);
        let noted: Result<(), store::Error> = app
            .db()
            .write(Lane::Account, "api_keys.used", move |tx| {
                let id = id.clone();
                Box::pin(async move { store::api_keys::used(tx, &id, at).await })
            })
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the last use of an API key could not be noted");
        }
    });
}
