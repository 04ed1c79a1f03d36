//! The routes of `/auth` for whoever is signed in, and how sessions are handed over.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Permission,
    api_keys::hash,
    members, profile,
    sessions::{self, Signed},
};
use dispatch_model::{
    account::{Success, mint_token},
    limits::SESSION_MS,
    session::{
        AccountChoice, Logout, Mode, OwnershipTransfer, PasswordChange, SESSION_COOKIE, SESSION_START, SessionView,
        SwitchAccount,
    },
};

use crate::{
    App,
    auth::csrf_token,
    call::{Call, Reply, write_json},
    hashing, op,
    operation::Operation,
    problem::{Code, Problem},
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<SessionView>(Method::GET, "/auth/session", "auth.session", "The present session")
            .needs(Permission::Session)
            .run(show),
        Operation::new::<Success>(Method::POST, "/auth/logout", "auth.logout", "End the session, or all of the person")
            .needs(Permission::Session)
            .about("Ends this session, or with `all` every session of the person. Clears the cookie.")
            .sets_cookie()
            .run_with(logout),
        Operation::new::<Success>(Method::POST, "/auth/password", "auth.changePassword", "Set a new password")
            .needs(Permission::Session)
            .about(
                "Ends the other sessions of the person. A wrong present password is a 400, and draws on the \
                bucket for signing in.",
            )
            .run_with(change_password),
        Operation::array::<AccountChoice>("/auth/accounts", "auth.accounts", "The accounts of this person")
            .needs(Permission::Session)
            .run(accounts),
        Operation::new::<SessionView>(
            Method::POST,
            "/auth/switch-account",
            "auth.switchAccount",
            "Go on in another account of this person",
        )
        .needs(Permission::Session)
        .about("The new session is handed over as the present one was sent, which ends.")
        .refuses(Code::NotFound, "The person is no member there.")
        .sets_cookie()
        .run_with(switch_account),
        Operation::new::<Success>(
            Method::POST,
            "/auth/transfer-ownership",
            "auth.transferOwnership",
            "Make another member the owner",
        )
        .needs(Permission::Account)
        .about("The present owner becomes an admin. Records two `member.updated`.")
        .run_with(transfer_ownership),
    ]
}

/// The token of a session that is about to begin.
#[derive(Clone)]
pub(super) struct NewToken {
    text: String,
    mode: Mode,
}

impl NewToken {
    pub(super) fn mint(app: &App, mode: Mode) -> Self {
        Self { text: mint_token(SESSION_START, &app.seams().entropy), mode }
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> String {
        hash(&self.text)
    }
}

fn cookie(app: &App, token: &str, seconds: i64) -> String {
    let secure = if app.is_https() { "; Secure" } else { "" };
    format!("{SESSION_COOKIE}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}")
}

fn view(signed: Signed, csrf_token: String, session_token: Option<String>) -> SessionView {
    let Signed { member, account, expires_at } = signed;
    SessionView { valid: true, member, account, csrf_token, expires_at, session_token }
}

/// The reply that begins a session: its token in the cookie or in the body, never in both.
pub(super) fn handed_over(call: Call, signed: Signed, token: NewToken) -> Result<Reply, Problem> {
    let csrf_token = csrf_token(&token.text);
    if token.mode == Mode::Token {
        let body = write_json(&view(signed, csrf_token, Some(token.text)))?;
        return Ok(call.reply(body));
    }
    let body = write_json(&view(signed, csrf_token, None))?;
    let cookie = cookie(&call.app, &token.text, SESSION_MS / 1000);
    Ok(call.reply(body).header("set-cookie", &cookie))
}

/// The reply that ends a session.
pub(super) fn signed_out(call: Call, body: String) -> Reply {
    let cookie = cookie(&call.app, "", 0);
    call.reply(body).header("set-cookie", &cookie)
}

async fn show(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    let signed = call.found(op!([caller] | tx, act | sessions::show(tx, &act, &caller))).await?;
    let csrf_token = call.caller.session.as_ref().map(|own| own.csrf_token.clone()).unwrap_or_default();
    let body = write_json(&view(signed, csrf_token, None))?;
    Ok(call.reply(body))
}

async fn logout(call: Call, logout: Logout) -> Result<Reply, Problem> {
    let (caller, all) = (call.caller.clone(), logout.all.unwrap_or(false));
    call.made(op!([caller] | tx, _act | sessions::end(tx, &caller, all))).await?;
    Ok(signed_out(call, write_json(&Success { success: true })?))
}

async fn change_password(call: Call, change: PasswordChange) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    // A stolen session must not be able to try passwords at the speed of other requests.
    call.take_sign_in(&caller.credential)?;
    let own = caller.clone();
    let compared = call.found(op!([own] | tx, _act | profile::password_hash(tx, &own))).await?;
    let hashes = compared.clone().into_iter().collect();
    let fits = hashing::first_fit(&call.app, change.current_password.reveal(), hashes).await?;
    let compared = compared.filter(|_| fits.is_some()).ok_or_else(profile::wrong_password)?;
    let new = hashing::hash(&call.app, change.new_password.reveal()).await?;
    call.made(op!([caller, compared, new] | tx, _act | profile::set_password(tx, &caller, &compared, &new))).await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

async fn accounts(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    call.read(op!([caller] | tx, _act | sessions::accounts(tx, &caller))).await
}

/// The new session is handed over as the present one was sent.
async fn switch_account(call: Call, wanted: SwitchAccount) -> Result<Reply, Problem> {
    let (caller, account) = (call.caller.clone(), wanted.account_id);
    let by_cookie = caller.session.as_ref().is_some_and(|own| own.by_cookie);
    let token = NewToken::mint(&call.app, if by_cookie { Mode::Cookie } else { Mode::Token });
    let hash = token.hash();
    let signed = call
        .made(op!([caller, account, hash] | tx, act | sessions::switch(tx, &act, &caller, &account, &hash)))
        .await?;
    handed_over(call, signed, token)
}

async fn transfer_ownership(call: Call, to: OwnershipTransfer) -> Result<Reply, Problem> {
    let (caller, to) = (call.caller.clone(), Arc::new(to));
    call.made(op!([caller, to] | tx, act | members::transfer_ownership(tx, &act, &caller, &to))).await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}
