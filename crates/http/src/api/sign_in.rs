//! The public routes of `/auth`: setup, passwords, mailed links, invitations. Passwords are hashed between two
//! transactions; the second looks again at what the first has found.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Permission,
    api_keys::hash as hash_token,
    invites,
    sign_in::{self, Hashes},
};
use dispatch_model::{
    Errors,
    account::Success,
    session::{
        AcceptInvite, AuthConfig, InviteShown, Login, MailLink, Mode, PasswordReset, SecondCode, SessionView, Setup,
        Verify,
    },
};

use dispatch_store::mail_tokens::Purpose;

use super::sessions::{NewToken, handed_over};
use crate::{
    call::{Call, Reply, write_json},
    hashing, op,
    operation::Operation,
    problem::{Code, Problem},
};

/// When to ask again for a mailed link: whether mail is set up only changes with a restart.
const NO_MAIL_RETRY_SECONDS: u64 = 3600;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<AuthConfig>(Method::GET, "/auth/config", "auth.config", "What a sign-in page needs to know")
            .needs(Permission::Public)
            .run(config),
        Operation::new::<SessionView>(
            Method::POST,
            "/auth/setup",
            "auth.setup",
            "Name the account and become its owner, once",
        )
        .needs(Permission::Public)
        .creates()
        .about(
            "The setup link is in `first-run.txt` in the data folder. Names the account that the first \
            start made, adds its owner and signs them in.",
        )
        .refuses(
            Code::Forbidden,
            "The setup link is wrong, or the request comes from a page of another origin and asks for the \
            cookie.",
        )
        .refuses(Code::Conflict, "The account has an owner already.")
        .sets_cookie()
        .run_with(setup),
        Operation::new::<SessionView>(Method::POST, "/auth/login", "auth.login", "Sign in with a password")
            .signs_in()
            .about(
                "A wrong address and a wrong password are answered alike, after the same time. Sets the \
                cookie, or answers with `sessionToken` in mode `token`.",
            )
            .refuses(
                Code::Authentication,
                "The address or the password is wrong; or a second factor is needed, which `errors` says: `totpCode`.",
            )
            .refuses(Code::Forbidden, "The request comes from a page of another origin and asks for the cookie.")
            .sets_cookie()
            .run_with(login),
        Operation::new::<Success>(Method::POST, "/auth/magic-link", "auth.magicLink", "Have a sign-in link mailed")
            .signs_in()
            .about(
                "The answer is the same for every address; the link works once and for 15 minutes. Answers \
                503 as long as no outgoing mail is set up.",
            )
            .run_with(magic_link),
        Operation::new::<SessionView>(Method::POST, "/auth/verify", "auth.verify", "Sign in with a mailed link")
            .signs_in()
            .about("Sets the cookie, or answers with `sessionToken` in mode `token`.")
            .refuses(Code::Authentication, "The link is wrong, was used or has expired.")
            .refuses(Code::Forbidden, "The request comes from a page of another origin and asks for the cookie.")
            .sets_cookie()
            .run_with(verify),
        Operation::new::<Success>(
            Method::POST,
            "/auth/password/forgot",
            "auth.forgotPassword",
            "Have a link for a new password mailed",
        )
        .signs_in()
        .about(
            "The answer is the same for every address; the link works once and for 60 minutes. Nothing is \
            mailed as long as no outgoing mail is set up.",
        )
        .run_with(forgot),
        Operation::new::<Success>(
            Method::POST,
            "/auth/password/reset",
            "auth.resetPassword",
            "Set a new password with a mailed link",
        )
        .signs_in()
        .about("Ends all sessions of the person.")
        .refuses(Code::Authentication, "The link is wrong, was used or has expired.")
        .run_with(reset),
        Operation::new::<InviteShown>(
            Method::GET,
            "/auth/invites/{token}",
            "auth.invite",
            "An invitation by its token",
        )
        .needs(Permission::Public)
        .about("For whoever follows the link of an invitation.")
        .run(invite),
        Operation::new::<SessionView>(Method::POST, "/auth/accept-invite", "auth.acceptInvite", "Join the account")
            .needs(Permission::Public)
            .creates()
            .about(
                "Makes the member and signs them in. `password` is required when `needsPassword` says so. \
                Records `member.joined`.",
            )
            .refuses(Code::NotFound, "The invitation is unknown, was used or has expired.")
            .refuses(Code::Forbidden, "The request comes from a page of another origin and asks for the cookie.")
            .refuses(
                Code::Conflict,
                "The account has 1,000 members, which is the limit, or the person is a member already.",
            )
            .sets_cookie()
            .run_with(accept_invite),
    ]
}

async fn config(call: Call) -> Result<Reply, Problem> {
    let setup_required = call.found(op!([] | tx, _act | sign_in::setup_required(tx))).await?;
    let config = AuthConfig {
        setup_required,
        magic_link: call.app.mailroom().can_send(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let body = write_json(&config)?;
    Ok(call.reply(body))
}

/// The token that a new session gets; a cookie is set only for pages of our own.
fn new_token(call: &Call, mode: Option<Mode>) -> Result<NewToken, Problem> {
    let mode = mode.unwrap_or(Mode::Cookie);
    if mode == Mode::Cookie {
        call.own_page.clone()?;
    }
    Ok(NewToken::mint(&call.app, mode))
}

async fn setup(call: Call, setup: Setup) -> Result<Reply, Problem> {
    let token = new_token(&call, setup.mode)?;
    let link = hash_token(setup.setup_token.reveal());
    let wanted = link.clone();
    call.found(op!([wanted] | tx, _act | sign_in::check_setup(tx, &wanted))).await?;
    let password = hashing::hash(&call.app, setup.password.reveal()).await?;
    let (setup, hashes) = (Arc::new(setup), Hashes { link, password, session: token.hash() });
    let signed = call.made(op!([setup, hashes] | tx, act | sign_in::setup(tx, &act, &setup, &hashes))).await?;
    handed_over(call, signed, token)
}

async fn login(call: Call, login: Login) -> Result<Reply, Problem> {
    let token = new_token(&call, login.mode)?;
    call.take_sign_in(&login.email)?;
    let (email, account) = (login.email.clone(), login.account_id.clone());
    let candidates =
        call.found(op!([email, account] | tx, _act | sign_in::candidates(tx, &email, account.as_deref()))).await?;
    let hashes = candidates.iter().filter_map(|one| one.password_hash.clone()).collect();
    let fit = hashing::first_fit(&call.app, login.password.reveal(), hashes).await?;
    let compared = fit.and_then(|place| candidates.into_iter().nth(place)).ok_or_else(sign_in::refused)?;
    let (hash, key, code) = (token.hash(), call.app.seams().key.clone(), login.totp_code.map(Arc::new));
    let signed = call
        .made(op!(
            [compared, hash, key, code] | tx,
            act | {
                let second = (&key, code.as_deref().map(SecondCode::reveal));
                sign_in::by_password(tx, &act, &compared, &hash, second)
            }
        ))
        .await?;
    handed_over(call, signed, token)
}

async fn magic_link(call: Call, wanted: MailLink) -> Result<Reply, Problem> {
    call.take_sign_in(&wanted.email)?;
    if !call.app.mailroom().can_send() {
        let problem = Problem::new(Code::Unavailable, "No outgoing mail is set up here; sign in with a password.");
        return Err(problem.retry_after(NO_MAIL_RETRY_SECONDS));
    }
    mail_link(call, Purpose::SignIn, &wanted).await
}

/// Mails a link to whoever it is; the answer is the same for an address that nobody has.
async fn mail_link(call: Call, purpose: Purpose, wanted: &MailLink) -> Result<Reply, Problem> {
    let (email, key) = (wanted.email.clone(), call.app.seams().key.clone());
    let base = call.app.settings().public_url.clone();
    call.made(op!([email, key, base] | tx, act | sign_in::mail_link(tx, &act, purpose, &email, (&key, &base)))).await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

async fn verify(call: Call, verify: Verify) -> Result<Reply, Problem> {
    let token = new_token(&call, verify.mode)?;
    let (link, hash) = (hash_token(verify.token.reveal()), token.hash());
    if verify.totp_code.is_some() {
        // A link does not end with a wrong code. Codes that are tried with it count as those that are tried with a password.
        let wanted = link.clone();
        let email = call.found(op!([wanted] | tx, act | sign_in::link_email(tx, &act, &wanted))).await?;
        call.take_sign_in(&email)?;
    }
    let (key, code) = (call.app.seams().key.clone(), verify.totp_code.map(Arc::new));
    let signed = call
        .made(op!(
            [link, hash, key, code] | tx,
            act | {
                let second = (&key, code.as_deref().map(SecondCode::reveal));
                sign_in::by_link(tx, &act, &link, &hash, second)
            }
        ))
        .await?;
    handed_over(call, signed, token)
}

/// Nothing is mailed as long as no outgoing mail is set up; the answer is the same for every address all the same.
async fn forgot(call: Call, wanted: MailLink) -> Result<Reply, Problem> {
    call.take_sign_in(&wanted.email)?;
    if call.app.mailroom().can_send() {
        return mail_link(call, Purpose::Reset, &wanted).await;
    }
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

async fn reset(call: Call, reset: PasswordReset) -> Result<Reply, Problem> {
    let link = hash_token(reset.token.reveal());
    let wanted = link.clone();
    call.found(op!([wanted] | tx, act | sign_in::check_reset(tx, &act, &wanted))).await?;
    let password = hashing::hash(&call.app, reset.password.reveal()).await?;
    call.made(op!([link, password] | tx, act | sign_in::reset(tx, &act, &link, &password))).await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

async fn invite(call: Call) -> Result<Reply, Problem> {
    let hash = hash_token(call.at("token"));
    call.read(op!([hash] | tx, act | invites::show(tx, &act, &hash))).await
}

async fn accept_invite(call: Call, accepted: AcceptInvite) -> Result<Reply, Problem> {
    let token = new_token(&call, accepted.mode)?;
    let link = hash_token(accepted.token.reveal());
    let wanted = link.clone();
    let shown = call.found(op!([wanted] | tx, act | invites::show(tx, &act, &wanted))).await?;
    let Some(password) = accepted.password.as_ref().filter(|_| shown.needs_password) else {
        return Err(Problem::invalid(Errors::one("password", "is required")));
    };
    let password = hashing::hash(&call.app, password.reveal()).await?;
    let (accepted, hashes) = (Arc::new(accepted), Hashes { link, password, session: token.hash() });
    let signed = call.made(op!([accepted, hashes] | tx, act | invites::accept(tx, &act, &accepted, &hashes))).await?;
    handed_over(call, signed, token)
}
