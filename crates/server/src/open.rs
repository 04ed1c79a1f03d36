//! Opens the database that the settings name.

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use dispatch_store::{Db, Options, conn::file_in};

use crate::settings::Settings;

/// The database, brought to this version.
pub async fn database(settings: &Settings) -> Result<Db, String> {
    let options = Options {
        queue_max: settings.database.queue_max,
        readers: settings.database.readers,
        pool_max: settings.database.pool_size,
        ..Options::default()
    };
    let opened = if settings.database.url.is_empty() {
        folder(&settings.data.dir)?;
        // Only its owner reads it; SQLite gives the files beside it the same permissions. An old file stays as it is.
        let _there_already =
            fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(file_in(&settings.data.dir));
        Db::sqlite(&file_in(&settings.data.dir), &options)
    } else {
        Db::postgres(&settings.database.url, &options).await
    };
    opened.map_err(|error| error.to_string())
}

/// The data folder, for nobody else to read.
pub fn folder(path: &Path) -> Result<(), String> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| format!("the data folder {} cannot be made: {error}", path.display()))
}

/// Keeps a second server, and a restore, away from a data folder for as long as the file is held.
pub fn lock(data: &Path) -> Result<fs::File, String> {
    folder(data)?;
    let path = data.join("dispatch.lock");
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| format!("{} cannot be opened: {error}", path.display()))?;
    file.try_lock().map_err(|_| format!("another dispatch works in the data folder {}", data.display()))?;
    Ok(file)
}
