//! The first start: an account, a first API key, the link with which its owner sets it up, and a file that says both.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use dispatch_desk::{
    self as desk, accounts,
    api_keys::{self, Secret},
};
use dispatch_model::{AccountId, Entropy, account::mint_token};
use dispatch_store::{self as store, Db, Lane};

use crate::admin;

/// The file in the data folder that holds the first API key and the setup link.
const FILE: &str = "first-run.txt";
/// How the line of the setup link begins.
const LINK_LINE: &str = "Setup link: ";

/// What an account lacks.
#[derive(Clone, Debug)]
struct Lacks {
    account: AccountId,
    key: bool,
    setup_link: bool,
}

/// Makes the account; when it has no API key, the first one; when it has no owner, a setup link. Says in a sentence
/// where they are written.
///
/// The file is written first: when the server dies in between, the next start finds nothing and writes another.
pub async fn prepare(db: &Db, data: &Path, base_url: &str) -> Result<Option<String>, String> {
    let act = admin::act();
    let lacks: Result<Lacks, desk::Error> = db
        .write(Lane::Account, "first_run.account", move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let account = accounts::ensure(tx, &act).await?.id;
                let key = store::api_keys::count(tx, &account).await? == 0;
                let (owned, linked) = accounts::setup_state(tx, &account).await?;
                // The file is about to be written anew with a key: what it said of an older link is lost.
                Ok(Lacks { key, setup_link: !owned && (key || !linked), account })
            })
        })
        .await;
    let lacks = lacks.map_err(|error| admin::words(&error))?;
    if !lacks.key && !lacks.setup_link {
        return Ok(None);
    }
    let secret = lacks.key.then(|| Secret::mint(&Entropy::Os));
    let token = lacks.setup_link.then(|| mint_token("", &Entropy::Os));
    let path = data.join(FILE);
    let text = text(&path, secret.as_ref(), token.as_deref(), base_url);
    write(&path, &text).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    if let Some(token) = token {
        keep_link(db, lacks.account, api_keys::hash(&token)).await.map_err(|error| admin::words(&error))?;
    }
    if let Some(secret) = secret {
        let new = api_keys::named("First key", true, &[]).map_err(|error| admin::words(&error))?;
        admin::new_key(db, new, &secret).await.map_err(|error| admin::words(&error))?;
    }
    let what = match (lacks.setup_link, lacks.key) {
        (true, true) => "The setup link and the first API key are",
        (true, false) => "The setup link is",
        (false, _) => "The first API key is",
    };
    Ok(Some(format!("{what} in {}", path.display())))
}

async fn keep_link(db: &Db, account: AccountId, hash: String) -> desk::Result<()> {
    db.write(Lane::Account, "first_run.setup_link", move |tx| {
        let (account, hash) = (account.clone(), hash.clone());
        Box::pin(async move { accounts::keep_setup_link(tx, &account, &hash).await })
    })
    .await
}

/// What the file says. Without a new key, what an old file says stays: it may be the only place of the first one.
fn text(path: &Path, secret: Option<&Secret>, token: Option<&str>, base_url: &str) -> String {
    let mut text = match secret {
        Some(secret) => format!(
            "Dispatch has been set up. This file is written once; keep the key somewhere safe and delete the file.\n\n\
             API key (all brands): {key}\n\nTry it:\n  curl -H \"Authorization: Bearer {key}\" {base_url}/v1/brands\n",
            key = secret.reveal(),
        ),
        None => {
            let old = fs::read_to_string(path).unwrap_or_default();
            let kept = old.lines().filter(|line| !line.starts_with(LINK_LINE));
            kept.map(|line| format!("{line}\n")).collect()
        }
    };
    if let Some(token) = token {
        let line = format!("{LINK_LINE}{base_url}/setup?token={token}\n");
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(
            "The account has no owner yet. Whoever opens this link names the account and becomes its owner:\n",
        );
        text.push_str(&line);
    }
    text
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let _none_before = fs::remove_file(path);
    let mut file = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
