//! The second factor (API 3.1): codes by time, and recovery codes in their place. It belongs to a person: whoever has several memberships
//! behind one password is asked for it at each of them.

use dispatch_model::{
    MemberId,
    event::{Act, Changes},
    member::MemberView,
};
use dispatch_seal::{ServerKey, totp};
use dispatch_store::{self as store, Tx, totp::Totp};

use crate::{
    Caller, Refusal, Result,
    api_keys::hash,
    error::{conflict, invalid},
    members, sessions,
    webhooks::Sealing,
};

/// What the secret of a member is sealed for.
fn place(member: &MemberId) -> String {
    format!("member_totp.secret {member}")
}

/// A recovery code as it is kept: however it was written down.
#[must_use]
pub fn recovery_hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hash(&format!("recovery {}", plain.to_ascii_lowercase()))
}

/// Whether the person is asked for a second factor.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_on(tx: &Tx, member: &MemberView) -> Result<bool> {
    Ok(!factors(tx, member).await?.is_empty())
}

/// The second factors of a person that are asked for.
async fn factors(tx: &Tx, member: &MemberView) -> Result<Vec<(MemberId, Totp)>> {
    let mut all = Vec::new();
    for membership in sessions::memberships(tx, member).await? {
        if let Some(found) = store::totp::get(tx, &membership.member.id).await?
            && found.confirmed_at.is_some()
        {
            all.push((membership.member.id, found));
        }
    }
    Ok(all)
}

/// Whether this is a code of now that was not taken before; it is taken by that.
async fn takes(tx: &Tx, act: &Act, key: &ServerKey, (member, found): (&MemberId, &Totp), code: &str) -> Result<bool> {
    let opened = key.open(&place(member), &found.sealed).ok();
    let Some(secret) = opened.and_then(|bytes| String::from_utf8(bytes).ok()) else { return Ok(false) };
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    match totp::step_of(&secret, &digits, act.at.as_millis() / 1000, found.step) {
        Some(step) => Ok(store::totp::take_step(tx, member, step).await?),
        None => Ok(false),
    }
}

/// Refuses a sign-in of somebody who has a second factor and has not shown it.
///
/// # Errors
/// When it is missing, wrong or was used; nothing is used up by that.
pub async fn check(tx: &Tx, act: &Act, member: &MemberView, (key, given): (&ServerKey, Option<&str>)) -> Result<()> {
    let factors = factors(tx, member).await?;
    if factors.is_empty() {
        return Ok(());
    }
    let Some(code) = given else { return Err(Refusal::SecondFactor("is required").into()) };
    for (id, found) in &factors {
        if takes(tx, act, key, (id, found), code).await? || store::totp::take_code(tx, id, &recovery_hash(code)).await?
        {
            return Ok(());
        }
    }
    Err(Refusal::SecondFactor("is wrong or was used").into())
}

/// Keeps a new secret for the caller. It is asked for when a code of it has been shown.
///
/// # Errors
/// When the second factor is on.
pub async fn enroll(tx: &Tx, act: &Act, caller: &Caller, secret: &str, sealing: &Sealing) -> Result<()> {
    let (member, _) = caller.own()?;
    if is_on(tx, member).await? {
        return Err(conflict("The second factor is on already; turn it off first."));
    }
    let sealed = sealing.seal_for(&place(&member.id), secret);
    Ok(store::totp::set(tx, &member.id, &sealed, act.at).await?)
}

/// Turns the second factor on, when this is a code of the new secret. The recovery codes open in its place, once each.
///
/// # Errors
/// When nothing was enrolled, it is on already, or the code is wrong.
pub async fn confirm(
    tx: &Tx,
    act: &Act,
    caller: &Caller,
    key: &ServerKey,
    (code, recovery): (&str, &[String]),
) -> Result<()> {
    let (member, _) = caller.own()?;
    let Some(found) = store::totp::get(tx, &member.id).await? else {
        return Err(conflict("Enroll first."));
    };
    if is_on(tx, member).await? {
        return Err(conflict("The second factor is on already; turn it off first."));
    }
    if !takes(tx, act, key, (&member.id, &found), code).await? {
        return Err(invalid("code", "is wrong; codes change every 30 seconds"));
    }
    let hashes: Vec<String> = recovery.iter().map(|code| recovery_hash(code)).collect();
    store::totp::confirm(tx, &member.id, &hashes, act.at).await?;
    record(tx, act, caller, member, true).await
}

/// Turns the second factor off, with a code or a recovery code.
///
/// # Errors
/// When it is not on, or the code is wrong.
pub async fn disable(tx: &Tx, act: &Act, caller: &Caller, key: &ServerKey, code: &str) -> Result<()> {
    let (member, _) = caller.own()?;
    if !is_on(tx, member).await? {
        return Err(conflict("The second factor is not on."));
    }
    match check(tx, act, member, (key, Some(code))).await {
        Err(crate::Error::Refused(Refusal::SecondFactor(why))) => return Err(invalid("code", why)),
        done => done?,
    }
    for membership in sessions::memberships(tx, member).await? {
        store::totp::delete(tx, &membership.member.id).await?;
    }
    record(tx, act, caller, member, false).await
}

async fn record(tx: &Tx, act: &Act, caller: &Caller, member: &MemberView, on: bool) -> Result<()> {
    let mut changes = Changes::default();
    changes.add("totpEnabled", &!on, &on);
    members::record(tx, act, &caller.account, "member.updated", member, Some(changes.to_json())).await
}

/// Takes the second factor of everybody with this address away, for whoever has lost it. Says how many had one.
///
/// # Errors
/// When the database cannot write.
pub async fn reset(tx: &Tx, email: &str) -> Result<usize> {
    let mut had = 0;
    for membership in store::members::person(tx, email).await? {
        had += usize::from(store::totp::get(tx, &membership.member.id).await?.is_some());
        store::totp::delete(tx, &membership.member.id).await?;
    }
    Ok(had)
}
