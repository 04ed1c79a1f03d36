//! The first start: an account, a first API key, and a file that says it.

use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use dispatch_desk::{
    self as desk, accounts,
    api_keys::{self, Secret},
};
use dispatch_model::Entropy;
use dispatch_store::{self as store, Db, Lane};

use crate::admin;

/// The file in the data folder that holds the first API key.
const FILE: &str = "first-run.txt";

/// Makes the account and, when it has no API key, the first one; says where it is written.
///
/// The file is written first: when the server dies in between, the next start finds no key and writes another.
pub async fn prepare(db: &Db, data: &Path, address: &str) -> Result<Option<PathBuf>, String> {
    let act = admin::act();
    let keys: Result<i64, desk::Error> = db
        .write(Lane::Account, "first_run.account", move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let account = accounts::ensure(tx, &act).await?;
                Ok(store::api_keys::count(tx, &account.id).await?)
            })
        })
        .await;
    if keys.map_err(|error| admin::words(&error))? > 0 {
        return Ok(None);
    }
    let secret = Secret::mint(&Entropy::Os);
    let path = data.join(FILE);
    write(&path, &secret, address).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    let new = api_keys::named("First key", true, &[]).map_err(|error| admin::words(&error))?;
    admin::new_key(db, new, &secret).await.map_err(|error| admin::words(&error))?;
    Ok(Some(path))
}

fn write(path: &Path, secret: &Secret, address: &str) -> std::io::Result<()> {
    let _none_before = fs::remove_file(path);
    let mut file = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
    writeln!(
        file,
        "Dispatch has been set up. This file is written once; keep the key somewhere safe and delete the file.\n\n\
         API key (all brands): {}\n\nTry it:\n  curl -H \"Authorization: Bearer {}\" http://{address}/v1/brands",
        secret.reveal(),
        secret.reveal(),
    )?;
    file.sync_all()
}
