//! Becoming a session: the first owner, passwords, mailed links (API 3.1). Whoever hashes or compares passwords does it
//! between two of these, outside of any transaction; the second looks again at what the first has found.

use dispatch_model::{
    MailId,
    event::{Act, Changes},
    limits::{RESET_LINK_MS, SIGN_IN_LINK_MS},
    mail::{MailKind, NewMail, Recipient},
    member::{MemberStatus, MemberView, Role},
    session::Setup,
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, mail_tokens::Purpose, members::Membership};

use crate::{
    Result, accounts,
    api_keys::hash,
    error::{Found, conflict, forbidden, unknown},
    mails, members,
    sessions::{self, Signed},
    totp,
};

/// Whether the account has no owner yet.
///
/// # Errors
/// When the database cannot answer.
pub async fn setup_required(tx: &Tx) -> Result<bool> {
    match store::accounts::first(tx).await? {
        Some(account) => Ok(store::members::count(tx, &account.id).await?.1 == 0),
        None => Ok(true),
    }
}

/// Refuses a setup that cannot be: there is an owner, or the token is not that of the setup link.
///
/// # Errors
/// Why not.
pub async fn check_setup(tx: &Tx, token_hash: &str) -> Result<()> {
    if !setup_required(tx).await? {
        return Err(conflict("The account has an owner already."));
    }
    let account = store::accounts::first(tx).await?;
    let kept = match &account {
        Some(account) => store::accounts::setup_hash(tx, &account.id).await?,
        None => None,
    };
    if kept.as_deref() != Some(token_hash) {
        return Err(forbidden("The setup link is wrong or was used; first-run.txt in the data folder has it."));
    }
    Ok(())
}

/// What a setup is made of besides its body: hashes, so that no secret goes further.
#[derive(Clone, Debug)]
pub struct Hashes {
    /// Of the token of the link that was followed.
    pub link: String,
    /// Of the new password.
    pub password: String,
    /// Of the token of the new session.
    pub session: String,
}

/// Names the account, makes its owner, and signs them in.
///
/// # Errors
/// When there is an owner or the token is wrong.
pub async fn setup(tx: &Tx, act: &Act, setup: &Setup, hashes: &Hashes) -> Result<Signed> {
    check_setup(tx, &hashes.link).await?;
    let mut account = store::accounts::first(tx).await?.found()?;
    let email: &str = &setup.email;
    let display_name = setup.display_name.clone().map(String::from);
    // The command line may have made members before: whoever holds the setup link becomes the owner all the same.
    let known = store::members::get_by_email(tx, &account.id, email).await?;
    let owner = MemberView {
        id: known.as_ref().map_or_else(|| act.mint.id(), |member| member.id.clone()),
        email: email.to_owned(),
        display_name: display_name.or_else(|| known.as_ref().and_then(|member| member.display_name.clone())),
        role: Role::Owner,
        status: MemberStatus::Active,
        all_brands: true,
        brand_ids: Vec::new(),
        avatar_url: None,
        last_seen_at: None,
        created_at: known.as_ref().map_or(act.at, |member| member.created_at),
    };
    let act = act.by_member(&owner);
    let mut changes = Changes::default();
    changes.add("name", &account.name, &String::from(setup.account_name.clone()));
    if !changes.is_empty() {
        account.name = String::from(setup.account_name.clone());
        account.updated_at = act.after(account.updated_at);
        store::accounts::rename(tx, &account).await?;
        accounts::record_update(tx, &act, &account, &changes).await?;
    }
    store::accounts::set_setup_hash(tx, &account.id, None).await?;
    match &known {
        Some(old) => {
            store::members::update(tx, &account.id, old, &owner, act.at).await?;
            store::members::set_password(tx, &owner.id, &hashes.password).await?;
            members::record_update(tx, &act, &account.id, old, &owner).await?;
        }
        None => members::join(tx, &act, &account.id, &owner, Some(&hashes.password)).await?,
    }
    sessions::open(tx, &act, &account.id, &owner, &hashes.session).await
}

/// The memberships that a password may open: with this address, in this account or in any. Nobody's when there are none.
///
/// # Errors
/// When the database cannot answer.
pub async fn candidates(tx: &Tx, email: &str, account: Option<&str>) -> Result<Vec<Membership>> {
    let mut all = store::members::person(tx, email).await?;
    all.retain(|membership| {
        membership.password_hash.is_some() && account.is_none_or(|wanted| membership.account.as_str() == wanted)
    });
    Ok(all)
}

/// What every sign-in that fails is told.
#[must_use]
pub fn refused() -> crate::Error {
    unknown("The address or the password is wrong.")
}

/// Signs in a person whose password was compared with this membership's.
///
/// # Errors
/// When the membership or its password is another one meanwhile, or a second factor is missing or wrong.
pub async fn by_password(
    tx: &Tx,
    act: &Act,
    compared: &Membership,
    session_hash: &str,
    second: (&ServerKey, Option<&str>),
) -> Result<Signed> {
    let now = candidates(tx, &compared.member.email, Some(compared.account.as_str())).await?;
    let same = |now: &&Membership| now.member.id == compared.member.id && now.password_hash == compared.password_hash;
    let membership = now.iter().find(same).ok_or_else(refused)?;
    totp::check(tx, act, &membership.member, second).await?;
    sessions::open(tx, act, &membership.account, &membership.member, session_hash).await
}

fn dead_link() -> crate::Error {
    unknown("The link is wrong, was used or has expired.")
}

/// Mails a link to the person with this address, and keeps the hash of its token. For an address that nobody has the same is written
/// down as far as it can be, with a token that nobody gets: how long the answer takes says nothing.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn mail_link(
    tx: &Tx,
    act: &Act,
    purpose: Purpose,
    email: &str,
    (key, base_url): (&ServerKey, &str),
) -> Result<()> {
    let people = store::members::person(tx, email).await?;
    let (kind, path, subject, does, lasts) = match purpose {
        Purpose::SignIn => (MailKind::SignIn, "/login?token={token}", "Sign in to Dispatch", "sign in", "15 minutes"),
        Purpose::Reset => {
            (MailKind::PasswordReset, "/login?reset={token}", "Set a new password", "set a new password", "60 minutes")
        }
    };
    let Some(person) = people.first() else {
        let nobody = act.mint.id::<MailId>();
        return keep_link(tx, act, purpose, email, &hash(&key.token("nobody", nobody.as_str()))).await;
    };
    let body = format!(
        "Follow this link to {does} as {email}:\n\n{{{{link}}}}\n\nIt works once and for {lasts}. Whoever did not ask for it can \
        leave it."
    );
    let mail = NewMail {
        link: Some(format!("{base_url}{path}")),
        ..NewMail::new(
            &person.account.as_str().into(),
            kind,
            vec![Recipient::new(email, person.member.display_name.as_deref())],
            subject.to_owned(),
            body,
        )
    };
    for id in mails::queue(tx, act, mail).await? {
        keep_link(tx, act, purpose, email, &hash(&key.token(kind.as_str(), id.as_str()))).await?;
    }
    Ok(())
}

/// Keeps the hash of the token of a link that is about to be mailed.
///
/// # Errors
/// When the database cannot write.
pub async fn keep_link(tx: &Tx, act: &Act, purpose: Purpose, email: &str, hash: &str) -> Result<()> {
    let lasts = match purpose {
        Purpose::SignIn => SIGN_IN_LINK_MS,
        Purpose::Reset => RESET_LINK_MS,
    };
    Ok(store::mail_tokens::insert(tx, hash, purpose, email, act.at, act.at.plus_ms(lasts)).await?)
}

/// The address that a sign-in link was mailed to.
///
/// # Errors
/// When the link does not work.
pub async fn link_email(tx: &Tx, act: &Act, hash: &str) -> Result<String> {
    store::mail_tokens::email(tx, hash, Purpose::SignIn, act.at).await?.ok_or_else(dead_link)
}

/// What the person is to whom a link was mailed.
async fn behind_link(tx: &Tx, act: &Act, purpose: Purpose, hash: &str) -> Result<Vec<Membership>> {
    let email = store::mail_tokens::email(tx, hash, purpose, act.at).await?.ok_or_else(dead_link)?;
    let all = store::members::person(tx, &email).await?;
    if all.is_empty() { Err(dead_link()) } else { Ok(all) }
}

/// Signs in whoever follows a sign-in link, once. A missing second factor does not use it up.
///
/// # Errors
/// When the link does not work, or a second factor is missing or wrong.
pub async fn by_link(
    tx: &Tx,
    act: &Act,
    link_hash: &str,
    session_hash: &str,
    second: (&ServerKey, Option<&str>),
) -> Result<Signed> {
    let all = behind_link(tx, act, Purpose::SignIn, link_hash).await?;
    let first = all.first().ok_or_else(dead_link)?;
    totp::check(tx, act, &first.member, second).await?;
    store::mail_tokens::delete(tx, link_hash).await?;
    sessions::open(tx, act, &first.account, &first.member, session_hash).await
}

/// Refuses a reset link that does not work, before anything is hashed.
///
/// # Errors
/// When the link does not work.
pub async fn check_reset(tx: &Tx, act: &Act, link_hash: &str) -> Result<()> {
    behind_link(tx, act, Purpose::Reset, link_hash).await.map(|_| ())
}

/// Sets the password of whoever follows a reset link, once, and ends all their sessions.
///
/// # Errors
/// When the link does not work.
pub async fn reset(tx: &Tx, act: &Act, link_hash: &str, password_hash: &str) -> Result<()> {
    let all = behind_link(tx, act, Purpose::Reset, link_hash).await?;
    store::mail_tokens::delete(tx, link_hash).await?;
    for membership in all {
        store::members::set_password(tx, &membership.member.id, password_hash).await?;
        store::sessions::delete_of(tx, &membership.member.id, None).await?;
    }
    Ok(())
}
