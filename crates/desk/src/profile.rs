//! What members set for themselves: name, notices, password (API 3.1, 3.3).

use dispatch_model::{
    event::Act,
    member::MemberView,
    session::{Profile, ProfilePatch},
};
use dispatch_store::{self as store, Tx};

use crate::{
    Caller, Result,
    error::{Found, invalid},
    members, sessions,
};

/// The caller's profile.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, caller: &Caller) -> Result<Profile> {
    store::members::profile(tx, &caller.account, &caller.own()?.0.id).await?.found()
}

/// Changes the caller's profile. A new name is a change of the member; notices are nobody else's business.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, act: &Act, caller: &Caller, patch: &ProfilePatch) -> Result<Profile> {
    let old = get(tx, caller).await?;
    let mut new = old.clone();
    new.display_name = patch.display_name.clone().text().or(new.display_name);
    new.notify_email = patch.notify_email.unwrap_or(new.notify_email);
    new.notify_toast = patch.notify_toast.unwrap_or(new.notify_toast);
    new.notify_desktop = patch.notify_desktop.unwrap_or(new.notify_desktop);
    if new == old {
        return Ok(old);
    }
    store::members::set_profile(tx, &caller.account, &new, act.at).await?;
    let (before, _) = caller.own()?;
    let before = MemberView { display_name: old.display_name, ..before.clone() };
    let after = MemberView { display_name: new.display_name.clone(), ..before.clone() };
    members::record_update(tx, act, &caller.account, &before, &after).await?;
    Ok(new)
}

/// The hash of the caller's password, to compare what they say with.
///
/// # Errors
/// When the database cannot answer.
pub async fn password_hash(tx: &Tx, caller: &Caller) -> Result<Option<String>> {
    let (member, _) = caller.own()?;
    let all = store::members::person(tx, &member.email).await?;
    Ok(all.into_iter().find(|own| own.member.id == member.id).and_then(|own| own.password_hash))
}

/// What a wrong present password is told.
#[must_use]
pub fn wrong_password() -> crate::Error {
    invalid("currentPassword", "is not the present password")
}

/// Sets a new password in every account that the old one opens, and ends the person's other sessions.
///
/// # Errors
/// When the password is another one than the `compared` one meanwhile.
pub async fn set_password(tx: &Tx, caller: &Caller, compared: &str, new: &str) -> Result<()> {
    let (member, session) = caller.own()?;
    let all = sessions::memberships(tx, member).await?;
    if !all.iter().any(|own| own.member.id == member.id && own.password_hash.as_deref() == Some(compared)) {
        return Err(wrong_password());
    }
    for membership in all {
        store::members::set_password(tx, &membership.member.id, new).await?;
        store::sessions::delete_of(tx, &membership.member.id, Some(session)).await?;
    }
    Ok(())
}
