//! Sessions: begun by whoever has shown who they are, ended by them, by time or with their membership.

use dispatch_model::{AccountId, Timestamp, account::Account, event::Act, member::MemberView, session::AccountChoice};
use dispatch_store::{self as store, Tx, members::Membership};

use crate::{Caller, Result, error::Found};

/// A session as its holder is told of it.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who is signed in.
    pub member: MemberView,
    /// Where.
    pub account: Account,
    /// When it ends unless it is used before.
    pub expires_at: Timestamp,
}

/// Begins a session whose token has this hash.
///
/// # Errors
/// When the database cannot write.
pub async fn open(tx: &Tx, act: &Act, account: &AccountId, member: &MemberView, hash: &str) -> Result<Signed> {
    let account = store::accounts::get(tx, account).await?.found()?;
    store::sessions::insert(tx, &act.mint.id(), &member.id, hash, act.at).await?;
    store::members::seen(tx, &member.id, act.at).await?;
    let member = MemberView { last_seen_at: Some(act.at), ..member.clone() };
    Ok(Signed { member, account, expires_at: store::sessions::end(act.at, act.at) })
}

/// The caller's own session.
///
/// # Errors
/// When the database cannot answer.
pub async fn show(tx: &Tx, act: &Act, caller: &Caller) -> Result<Signed> {
    let (member, _) = caller.own()?;
    let created = caller.session.as_ref().map_or(act.at, |own| own.session.created_at);
    let account = store::accounts::get(tx, &caller.account).await?.found()?;
    Ok(Signed { member: member.clone(), account, expires_at: store::sessions::end(created, act.at) })
}

/// Ends the caller's session, or all sessions of the person.
///
/// # Errors
/// When the database cannot write.
pub async fn end(tx: &Tx, caller: &Caller, all: bool) -> Result<()> {
    let (member, session) = caller.own()?;
    store::sessions::delete(tx, session).await?;
    if all {
        for same in memberships(tx, member).await? {
            store::sessions::delete_of(tx, &same.member.id, None).await?;
        }
    }
    Ok(())
}

/// What the person behind a member is elsewhere too. One address in two accounts is one person where the same password,
/// hash by hash, opens both: an account's owner may invite any address, which must not open other people's accounts.
///
/// # Errors
/// When the database cannot answer.
pub(crate) async fn memberships(tx: &Tx, member: &MemberView) -> Result<Vec<Membership>> {
    let all = store::members::person(tx, &member.email).await?;
    let own = all.iter().find(|membership| membership.member.id == member.id);
    let hash = own.and_then(|own| own.password_hash.clone());
    let same = |other: &Membership| other.member.id == member.id || (hash.is_some() && other.password_hash == hash);
    Ok(all.into_iter().filter(same).collect())
}

/// The accounts of the person.
///
/// # Errors
/// When the database cannot answer.
pub async fn accounts(tx: &Tx, caller: &Caller) -> Result<Vec<AccountChoice>> {
    let (member, _) = caller.own()?;
    let mut choices = Vec::new();
    for membership in memberships(tx, member).await? {
        let account = store::accounts::get(tx, &membership.account).await?.found()?;
        choices.push(AccountChoice { id: account.id, name: account.name, role: membership.member.role });
    }
    Ok(choices)
}

/// Ends the caller's session and begins one in another account of the person.
///
/// # Errors
/// When they are no member there.
pub async fn switch(tx: &Tx, act: &Act, caller: &Caller, account: &str, hash: &str) -> Result<Signed> {
    let (member, session) = caller.own()?;
    let all = memberships(tx, member).await?;
    let there = all.into_iter().find(|membership| membership.account.as_str() == account).found()?;
    store::sessions::delete(tx, session).await?;
    open(tx, act, &there.account, &there.member, hash).await
}
