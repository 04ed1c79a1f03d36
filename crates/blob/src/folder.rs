//! Files in a folder of this machine, which the server itself takes and hands out.
//!
//! `tmp/` holds what is arriving, `pending/` what has arrived, `files/` and `avatars/` what stays. Under a pending key lies
//! a line on the upload (its version, its size, its SHA-256), and beside it the bytes: the line is written last and renamed
//! into its place, so that whatever a kill leaves behind is either a whole upload or none.

mod read;
mod receive;

pub use read::{Opened, Place};
pub use receive::{Granted, Unreceived};

use std::{
    fs,
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use bytes::Bytes;
use dispatch_model::{Clock, Entropy, file_key::is_key};

use crate::{Download, Found, Lifetimes, Link, Result, Unavailable, Upload, link::Signer};

/// How old a left-over of an upload is before it is removed: longer than any link to upload to and its row last.
const LEFT_OVER_MS: i64 = 26 * 60 * 60 * 1000;
/// The rooms of the folder.
const ROOMS: [&str; 4] = ["tmp", "pending", "files", "avatars"];
/// The version of an upload that was refused as too large.
const REFUSED: &str = "-";

/// What a folder needs.
#[derive(Clone, Debug)]
pub struct FolderSettings {
    /// Where it is.
    pub root: PathBuf,
    /// The address under which the outside reaches the server, without a slash at the end.
    pub base_url: String,
    /// The keys that sign links; the first one signs, all of them count.
    pub keys: Vec<[u8; 32]>,
    /// How long links work.
    pub lifetimes: Lifetimes,
}

/// A folder of files.
#[derive(Clone, Debug)]
pub struct Folder(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    base_url: String,
    signer: Signer,
    lifetimes: Lifetimes,
    clock: Clock,
    entropy: Entropy,
}

impl From<io::Error> for Unavailable {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// The line under a pending key.
struct Arrived {
    version: String,
    size: i64,
    checksum: Option<String>,
}

impl Arrived {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (version, size) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        Some(Self { version, size, checksum: words.next().map(str::to_owned) })
    }

    fn write(&self) -> String {
        format!("{} {} {}\n", self.version, self.size, self.checksum.as_deref().unwrap_or_default())
    }
}

impl Folder {
    /// Opens the folder, and makes it where it is not there yet. Nobody else reads it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(settings: FolderSettings, clock: Clock, entropy: Entropy) -> io::Result<Self> {
        let FolderSettings { root, base_url, keys, lifetimes } = settings;
        for room in ROOMS {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(root.join(room))?;
        }
        Ok(Self(Arc::new(Inner { root, base_url, signer: Signer::new(&keys), lifetimes, clock, entropy })))
    }

    pub(crate) fn upload_link(&self, upload: &Upload<'_>) -> Link {
        let size_max = upload.size_max.to_string();
        let said = [("type", upload.content_type), ("max", size_max.as_str())];
        let headers = vec![("Content-Type", upload.content_type.to_owned())];
        self.link("PUT", upload.key, &said, self.0.lifetimes.upload_seconds, headers)
    }

    pub(crate) fn download_link(&self, download: &Download<'_>) -> Link {
        let mut said = vec![("name", download.filename), ("type", download.content_type)];
        if download.inline {
            said.push(("inline", "1"));
        }
        self.link("GET", download.key, &said, self.0.lifetimes.download_seconds, Vec::new())
    }

    fn link(
        &self,
        method: &str,
        key: &str,
        said: &[(&str, &str)],
        expires_in: u32,
        headers: Vec<(&'static str, String)>,
    ) -> Link {
        // A signature covers whole seconds.
        let now = self.0.clock.now().as_millis().div_euclid(1000) * 1000;
        let expires_at = dispatch_model::Timestamp::from_millis(now).plus_ms(i64::from(expires_in) * 1000);
        let path = self.0.signer.sign(method, key, said, expires_at);
        Link { url: format!("{}{path}", self.0.base_url), headers, expires_at, expires_in }
    }

    /// Where a key lies; no key but our own leads anywhere.
    fn path(&self, key: &str) -> Result<PathBuf> {
        if is_key(key) { Ok(self.0.root.join(key)) } else { Err(Unavailable("no key of ours".to_owned())) }
    }

    pub(crate) fn room(&self, name: &str) -> PathBuf {
        self.0.root.join(name)
    }

    fn nonce(&self) -> String {
        self.0.entropy.bytes::<8>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Runs file work where it may wait.
    async fn work<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
        let done = tokio::task::spawn_blocking(work).await;
        Ok(done.map_err(|error| Unavailable(error.to_string()))??)
    }

    pub(crate) async fn found(&self, pending: &str) -> Result<Option<Found>> {
        let path = self.path(pending)?;
        let arrived = Self::work(move || read_line(&path)).await?;
        Ok(arrived.map(|arrived| Found { size: arrived.size, checksum: arrived.checksum, version: arrived.version }))
    }

    pub(crate) async fn keep(&self, pending: &str, version: &str, key: &str) -> Result<bool> {
        let (line, to, part) = (self.path(pending)?, self.path(key)?, self.0.root.join("tmp").join(self.nonce()));
        let version = version.to_owned();
        Self::work(move || {
            if read_line(&line)?.is_none_or(|arrived| arrived.version != version) || version == REFUSED {
                return Ok(false);
            }
            make_folder(&to)?;
            match place(&bytes_of(&line, &version), &to, &part) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                done => done?,
            }
            sync_folder(&to)?;
            Ok(true)
        })
        .await
    }

    pub(crate) async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        let (to, part) = (self.path(key)?, self.0.root.join("tmp").join(self.nonce()));
        Self::work(move || {
            make_folder(&to)?;
            let mut options = fs::OpenOptions::new();
            let mut file = options.create_new(true).write(true).mode(0o600).open(&part)?;
            let written = file.write_all(&bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&part, &to));
            if written.is_err() {
                gone(fs::remove_file(&part))?;
            }
            written?;
            sync_folder(&to)
        })
        .await
    }

    pub(crate) async fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Bytes>> {
        let path = self.path(key)?;
        Self::work(move || match fs::File::open(&path) {
            Ok(file) if file.metadata()?.len() > bytes_max => Err(io::Error::other("a file is larger than expected")),
            Ok(mut file) => {
                let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len()).unwrap_or(0));
                file.read_to_end(&mut bytes)?;
                Ok(Some(bytes.into()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    pub(crate) async fn remove(&self, key: &str) -> Result<()> {
        let path = self.path(key)?;
        let is_pending = key.starts_with("pending/");
        Self::work(move || {
            if is_pending && let Some(arrived) = read_line(&path)? {
                gone(fs::remove_file(bytes_of(&path, &arrived.version)))?;
            }
            gone(fs::remove_file(&path))?;
            match sync_folder(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                done => done,
            }
        })
        .await
    }

    pub(crate) async fn ready(&self) -> Result<()> {
        let probe = self.0.root.join("tmp").join(self.nonce());
        Self::work(move || {
            fs::write(&probe, b"")?;
            fs::remove_file(&probe)
        })
        .await
    }

    pub(crate) async fn sweep(&self) -> Result<()> {
        let before = self.0.clock.now().plus_ms(-LEFT_OVER_MS).as_millis();
        let rooms = ["tmp", "pending"].map(|room| self.0.root.join(room));
        Self::work(move || {
            let before = Duration::from_millis(u64::try_from(before).unwrap_or(0));
            for room in rooms {
                for entry in fs::read_dir(room)? {
                    let entry = entry?;
                    // What another one has removed meanwhile is not there to be looked at.
                    let Ok(changed) = entry.metadata().and_then(|data| data.modified()) else { continue };
                    if changed.duration_since(UNIX_EPOCH).is_ok_and(|changed| changed < before) {
                        gone(fs::remove_file(entry.path()))?;
                    }
                }
            }
            Ok(())
        })
        .await
    }
}

fn read_line(path: &Path) -> io::Result<Option<Arrived>> {
    match fs::read_to_string(path) {
        Ok(line) => Ok(Arrived::read(&line)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where the bytes of an upload lie whose line is at `line`.
fn bytes_of(line: &Path, version: &str) -> PathBuf {
    let mut name = line.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(version);
    line.with_file_name(name)
}

/// Lets bytes be found under a second name as well; file systems that cannot do that copy them.
fn place(from: &Path, to: &Path, part: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            fs::copy(from, part)?;
            fs::File::open(part)?.sync_all()?;
            fs::rename(part, to)
        }
        done => done,
    }
}

/// Makes the folder of a file, and lets it be there after a power cut.
fn make_folder(file: &Path) -> io::Result<()> {
    let Some(folder) = file.parent().filter(|folder| !folder.is_dir()) else { return Ok(()) };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    for above in folder.ancestors().skip(1).take(2) {
        fs::File::open(above)?.sync_all()?;
    }
    Ok(())
}

fn sync_folder(file: &Path) -> io::Result<()> {
    fs::File::open(file.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Removed by us or by another one before us.
fn gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests;
