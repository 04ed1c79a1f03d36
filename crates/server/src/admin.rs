//! Commands that work on the account, beside a running server too. Each prints only what it made.

use std::process::ExitCode;

use dispatch_desk::{
    self as desk, Error, Refusal, Scope, accounts,
    api_keys::{self, KeyOrder, Secret},
    passwords::{self, Cost},
};
use dispatch_model::{
    BrandId, Clock, Entropy,
    account::NewApiKey,
    event::{Act, Actor},
    member::{NewMember, Role},
    session::NewPassword,
    text::Email,
};
use dispatch_store::{Db, Lane};

use crate::{open, settings::Settings};

/// An act of the command line.
pub fn act() -> Act {
    Act::new(Actor::system(), "system", &Clock::System, &Entropy::Os)
}

/// What went wrong, in words for a terminal.
pub fn words(error: &Error) -> String {
    match error {
        Error::Refused(Refusal::Invalid(errors)) => {
            let all = errors.clone().into_vec().into_iter().map(|error| format!("{}: {}", error.field, error.message));
            all.collect::<Vec<_>>().join("; ")
        }
        Error::Refused(Refusal::Conflict(message) | Refusal::Forbidden(message) | Refusal::Unknown(message)) => {
            message.clone()
        }
        other => other.to_string(),
    }
}

/// Creates an API key in the account, which is created as well when there is none.
pub async fn new_key(db: &Db, new: NewApiKey, secret: &Secret) -> desk::Result<()> {
    let (act, secret) = (act(), secret.clone());
    db.write(Lane::Account, "admin.create_key", move |tx| {
        let (act, secret, new) = (act.clone(), secret.clone(), new.clone());
        Box::pin(async move {
            let account = accounts::ensure(tx, &act).await?.id;
            let order =
                KeyOrder { account: &account, created_by: None, scope: &Scope::All, new: &new, secret: &secret };
            api_keys::create(tx, &act, &order).await.map(|_| ())
        })
    })
    .await
}

/// `dispatch admin create-key`
pub async fn create_key(
    settings: &Settings,
    name: &str,
    all_brands: bool,
    brands: &[String],
) -> Result<ExitCode, String> {
    let new = api_keys::named(name, all_brands, brands).map_err(|error| words(&error))?;
    let secret = Secret::mint(&Entropy::Os);
    let db = open::database(settings).await?;
    new_key(&db, new, &secret).await.map_err(|error| words(&error))?;
    println!("{}", secret.reveal());
    Ok(ExitCode::SUCCESS)
}

/// Reads the words of `create-member`.
pub fn member(email: &str, name: &str, role: &str, all_brands: bool, brands: &[String]) -> Result<NewMember, String> {
    let role = Role::read(role).map_err(|message| format!("--role {message}"))?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 50 {
        return Err("--name must have 1 to 50 characters".to_owned());
    }
    if role == Role::Owner && !all_brands {
        return Err("the owner always has all brands: use --all-brands".to_owned());
    }
    Ok(NewMember {
        email: Email::new(email).map_err(|message| format!("--email {message}"))?,
        name: name.to_owned(),
        role,
        all_brands,
        brand_ids: brands.iter().map(|id| BrandId::from(id.as_str())).collect(),
    })
}

/// The hash of the password that stands on standard input: its first line, or all there is.
pub fn password_hash() -> Result<String, String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| format!("standard input cannot be read: {error}"))?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    let password = NewPassword::new(line.strip_suffix('\r').unwrap_or(line).to_owned());
    let password = password.map_err(|message| format!("the password {message}"))?;
    passwords::hash(password.reveal(), Cost::default(), &Entropy::Os).map_err(|error| error.to_string())
}

/// `dispatch admin create-member`
pub async fn create_member(
    settings: &Settings,
    new: NewMember,
    password_hash: Option<String>,
) -> Result<ExitCode, String> {
    let db = open::database(settings).await?;
    let act = act();
    let id = db
        .write(Lane::Account, "admin.create_member", move |tx| {
            let (act, new, hash) = (act.clone(), new.clone(), password_hash.clone());
            Box::pin(async move {
                let id = desk::members::create(tx, &act, &new).await?;
                if let Some(hash) = hash {
                    desk::members::set_password(tx, &new.email, &hash).await?;
                }
                Ok(id)
            })
        })
        .await
        .map_err(|error: Error| words(&error))?;
    println!("{id}");
    Ok(ExitCode::SUCCESS)
}

/// `dispatch admin reset-totp`
pub async fn reset_totp(settings: &Settings, email: &str) -> Result<ExitCode, String> {
    let email = Email::new(email).map_err(|message| format!("--email {message}"))?;
    let db = open::database(settings).await?;
    let had = db
        .write(Lane::Account, "admin.reset_totp", move |tx| {
            let email = email.clone();
            Box::pin(async move { desk::totp::reset(tx, &email).await })
        })
        .await
        .map_err(|error: Error| words(&error))?;
    if had == 0 {
        return Err("nobody with this address has a second factor".to_owned());
    }
    Ok(ExitCode::SUCCESS)
}

/// `dispatch admin set-password`
pub async fn set_password(settings: &Settings, email: &str, password_hash: String) -> Result<ExitCode, String> {
    let email = Email::new(email).map_err(|message| format!("--email {message}"))?;
    let db = open::database(settings).await?;
    db.write(Lane::Account, "admin.set_password", move |tx| {
        let (email, hash) = (email.clone(), password_hash.clone());
        Box::pin(async move { desk::members::set_password(tx, &email, &hash).await })
    })
    .await
    .map_err(|error: Error| words(&error))?;
    Ok(ExitCode::SUCCESS)
}
