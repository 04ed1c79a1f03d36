//! From a credential to a caller (API 1.2).

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::http::{HeaderMap, Method, header};
use dispatch_desk::{Caller, OwnSession, api_keys::hash, mail_in::TOKEN_START};
use dispatch_model::{
    AccountId, BrandId, KeyId, Timestamp,
    account::{ApiKey, KEY_START},
    limits::SESSION_NOTED_MS,
    portal::PORTAL_START,
    session::{SESSION_COOKIE, SESSION_START},
};
use dispatch_store::{self as store, Dialect, Lane, portal::PortalUser, sessions::Session};

use crate::{
    App,
    api::operations::same,
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
    Problem::new(
        Code::Authentication,
        "A valid credential is needed: Authorization: Bearer sk_live_..., or a session that has not ended.",
    )
}

/// The caller behind the request's credential. The `Authorization` header decides when there is one; else the cookie.
pub(crate) async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        let token = cookie(headers).ok_or_else(unknown)?;
        return member(app, token, true).await;
    };
    let text = value.to_str().map_err(|_| unknown())?;
    let (scheme, secret) = text.split_once(' ').ok_or_else(unknown)?;
    let secret = secret.trim();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unknown());
    }
    if secret.starts_with(SESSION_START) {
        return member(app, secret, false).await;
    }
    if secret.starts_with(TOKEN_START) {
        return inbound(app, secret).await;
    }
    if !secret.starts_with(KEY_START) {
        return Err(unknown());
    }
    let known = look_up(app, hash(secret)).await?.ok_or_else(unknown)?;
    let (api_key, account) = &*known;
    let now = app.seams().clock.now();
    if api_key.expires_at.is_some_and(|at| at <= now) {
        return Err(unknown());
    }
    note_use(app, &api_key.id, now);
    Ok(Caller::api_key(account.clone(), api_key))
}

/// The customer behind a portal token. It is looked up each time: one who is blocked or deleted is nobody from then on.
pub(crate) async fn customer(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let no_token =
        || Problem::new(Code::Authentication, "A valid portal token is needed: Authorization: Bearer pt_...");
    let text = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(no_token)?;
    let (scheme, secret) = text.split_once(' ').ok_or_else(no_token)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(no_token());
    }
    Ok(Caller::customer(portal_user(app, secret.trim()).await?.ok_or_else(no_token)?))
}

/// Whoever holds this portal token, while it works.
pub(crate) async fn portal_user(app: &App, token: &str) -> Result<Option<PortalUser>, Problem> {
    if !token.starts_with(PORTAL_START) {
        return Ok(None);
    }
    let (wanted, now) = (hash(token), app.seams().clock.now());
    let found: Result<Option<PortalUser>, store::Error> = app
        .db()
        .read("portal.by_hash", move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move { store::portal::by_hash(tx, &wanted, now).await })
        })
        .await;
    Ok(found?)
}

/// The token in the session cookie.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION_COOKIE).map(|(_, value)| value).filter(|it| it.starts_with(SESSION_START))
}

/// What `X-CSRF-Token` has to say beside the cookie with this token: nobody knows it who does not know the token, and it
/// does not have to be kept.
pub(crate) fn csrf_token(token: &str) -> String {
    hash(&format!("csrf {token}"))
}

/// The member behind a session's token. It is looked up each time, by its key: whatever becomes of the session, the
/// member or the account, on this node or another, holds from the next request on.
async fn member(app: &App, token: &str, by_cookie: bool) -> Result<Caller, Problem> {
    let (wanted, now) = (hash(token), app.seams().clock.now());
    let found: Option<Session> = app
        .db()
        .read("sessions.by_hash", move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move { store::sessions::by_hash(tx, &wanted, now).await })
        })
        .await?;
    let session = found.ok_or_else(unknown)?;
    note_session(app, &session, now);
    Ok(Caller::member(OwnSession { session, csrf_token: csrf_token(token), by_cookie }))
}

/// Whoever has shown the inbound token of a brand. It is looked up each time: one that was replaced works no more.
async fn inbound(app: &App, token: &str) -> Result<Caller, Problem> {
    let wanted = hash(token);
    let found: Option<(BrandId, AccountId)> = app
        .db()
        .read("inbound_tokens.by_hash", move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move { store::inbound_tokens::by_hash(tx, &wanted).await })
        })
        .await?;
    let (brand, account) = found.ok_or_else(unknown)?;
    Ok(Caller::inbound(account, brand))
}

/// Notes the use of a session behind the request, when the last note is a minute old.
fn note_session(app: &App, session: &Session, now: Timestamp) {
    if session.used_at.plus_ms(SESSION_NOTED_MS) > now {
        return;
    }
    let (app, id, created, member) = (app.clone(), session.id.clone(), session.created_at, session.member.id.clone());
    tokio::spawn(async move {
        let noted: Result<(), store::Error> = app
            .db()
            .write(Lane::Account, "sessions.used", move |tx| {
                let (id, member) = (id.clone(), member.clone());
                Box::pin(async move {
                    store::sessions::used(tx, &id, created, now).await?;
                    store::members::seen(tx, &member, now).await
                })
            })
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the last use of a session could not be noted");
        }
    });
}

/// Refuses a request that a browser may have sent for somebody else (API 3.1): one that carries the cookie, changes
/// something, and comes from another origin or without the session's CSRF token.
pub(crate) fn check_csrf(app: &App, caller: &Caller, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(own) = caller.session.as_ref().filter(|own| own.by_cookie) else { return Ok(()) };
    if method.is_safe() {
        return Ok(());
    }
    check_origin(app, headers)?;
    let given = headers.get("x-csrf-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if same(given, &own.csrf_token) {
        return Ok(());
    }
    Err(Problem::new(Code::Forbidden, "X-CSRF-Token must hold the csrfToken of the session."))
}

/// Refuses pages of other origins. Our own is that of `http.public_url`, or the address that the request itself names.
pub(crate) fn check_origin(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let address = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    let is_host = !host.is_empty() && address.eq_ignore_ascii_case(host);
    if is_host || origin_of(&app.settings().public_url).is_some_and(|own| own.eq_ignore_ascii_case(origin)) {
        return Ok(());
    }
    Err(Problem::new(Code::Forbidden, "The cookie is taken from pages of the server's own origin only."))
}

/// `scheme://host[:port]` of an address.
fn origin_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    Some(&url[..end])
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
