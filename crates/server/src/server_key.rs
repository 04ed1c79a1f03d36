//! Where the server key comes from: the setting `server.key`, else the file `server.key` in the data folder.

use std::{fs, io::ErrorKind, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use dispatch_model::Entropy;
use dispatch_seal::ServerKey;

use crate::{open, settings::Settings};

/// Its file in the data folder.
const FILE: &str = "server.key";

/// The text of the key that the data folder has been used with: the setting, else the file in it. Nothing when there is none;
/// none is made.
///
/// # Errors
/// A sentence for whoever runs the command; it never shows a key.
pub fn present(settings: &Settings) -> Result<Option<String>, String> {
    let text = settings.server.key.trim();
    if text.is_empty() { read(&settings.data.dir) } else { Ok(Some(text.to_owned())) }
}

/// What the file in a data folder says, if there is one.
pub fn read(folder: &Path) -> Result<Option<String>, String> {
    let path = folder.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{} cannot be read: {error}", path.display())),
    }
}

/// Puts a key into a data folder that has none.
pub fn put(folder: &Path, key: &str) -> Result<(), String> {
    let path = folder.join(FILE);
    make(folder, &path, key).map(|_| ()).map_err(|error| format!("{} cannot be made: {error}", path.display()))
}

/// The key of this server. On SQLite the first start makes it.
///
/// # Errors
/// A sentence for whoever starts the server; it never shows a key.
pub fn load(settings: &Settings) -> Result<ServerKey, String> {
    let text = settings.server.key.trim();
    if !text.is_empty() {
        return ServerKey::read(text).map_err(|wrong| format!("server.key {wrong}"));
    }
    if !settings.database.url.is_empty() {
        return Err("server.key is required on PostgreSQL, since all servers share it: set DISPATCH_SERVER_KEY to 32 \
                    random bytes, such as `openssl rand -hex 32` prints"
            .to_owned());
    }
    open::folder(&settings.data.dir)?;
    let path = settings.data.dir.join(FILE);
    let wrong = |error: &dyn std::fmt::Display| format!("{} {error}", path.display());
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = ServerKey::mint(&Entropy::Os);
            make(&settings.data.dir, &path, &key).map_err(|error| wrong(&format!("cannot be made: {error}")))?
        }
        Err(error) => return Err(wrong(&format!("cannot be read: {error}"))),
    };
    ServerKey::read(text.trim()).map_err(|error| wrong(&error))
}

/// Writes a key for nobody else to read. It has its name only once it is on the disk as a whole, and a key that is
/// there is never replaced.
fn make(folder: &Path, path: &Path, key: &str) -> std::io::Result<String> {
    let text = format!("{key}\n");
    let temporary = folder.join(format!("{FILE}.{}", std::process::id()));
    let mut file = fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&temporary, path);
    fs::remove_file(&temporary)?;
    match linked {
        Ok(()) => fs::File::open(folder)?.sync_all()?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return fs::read_to_string(path),
        Err(error) => return Err(error),
    }
    Ok(text)
}
