//! An upload on its way into the folder: streamed, counted, hashed, and on the disk before it is answered.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use ring::digest::{Context, SHA256};
use tokio::io::AsyncWriteExt;

use super::{Arrived, Folder, REFUSED, bytes_of, gone, read_line, sync_folder};
use crate::{
    Unavailable,
    link::{ROOM, Unsigned},
};

/// How long an upload may pause.
const PAUSE: Duration = Duration::from_secs(60);
/// Bytes that are gathered before they are written.
const GATHERED: usize = 256 * 1024;

/// An upload that a link allows.
#[derive(Debug)]
pub struct Granted {
    key: String,
    /// The media type that it must have.
    pub content_type: String,
    /// The bytes that are taken at most.
    pub size_max: u64,
}

/// Why an upload was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreceived {
    /// It has more bytes than are taken.
    TooLarge,
    /// It ended too early, or paused too long.
    Broken,
    /// The folder cannot take it now.
    Store(Unavailable),
}

impl From<io::Error> for Unreceived {
    fn from(error: io::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<Unavailable> for Unreceived {
    fn from(error: Unavailable) -> Self {
        Self::Store(error)
    }
}

/// A file that vanishes unless it was put in its place: whoever hangs up leaves nothing behind.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Not there any more when it was renamed.
        let _renamed = fs::remove_file(&self.0);
    }
}

impl Folder {
    /// What a link to upload to allows.
    ///
    /// # Errors
    /// The link is not ours, or its time is over.
    pub fn granted(&self, path: &str, query: &str) -> Result<Granted, Unsigned> {
        let said = self.0.signer.check("PUT", path, query, &self.0.clock)?;
        let key = path.strip_prefix(ROOM).unwrap_or_default().to_owned();
        let size_max = said.get("max").and_then(|text| text.parse().ok());
        match (said.get("type"), size_max) {
            (Some(content_type), Some(size_max)) => {
                Ok(Granted { key, content_type: content_type.to_owned(), size_max })
            }
            _ => Err(Unsigned::Altered),
        }
    }

    /// Takes an upload; `announced` is its length where it says one. When this returns, the bytes are on the disk.
    ///
    /// # Errors
    /// When it is too large, breaks off, or cannot be written; nothing of it is left then.
    pub async fn receive<E: Send>(
        &self,
        granted: &Granted,
        announced: Option<u64>,
        mut body: impl Stream<Item = Result<Bytes, E>> + Unpin + Send,
    ) -> Result<(), Unreceived> {
        if let Some(length) = announced.filter(|length| *length > granted.size_max) {
            return self.refuse(granted, length).await;
        }
        let version = self.nonce();
        let part = Part(self.0.root.join("tmp").join(&version));
        let file = tokio::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(&part.0).await?;
        let mut file = tokio::io::BufWriter::with_capacity(GATHERED, file);
        let (mut hash, mut size) = (Context::new(&SHA256), 0_u64);
        loop {
            let next = tokio::time::timeout(PAUSE, body.next()).await.map_err(|_| Unreceived::Broken)?;
            let Some(next) = next else { break };
            let bytes = next.map_err(|_| Unreceived::Broken)?;
            size += bytes.len() as u64;
            if size > granted.size_max {
                return self.refuse(granted, size).await;
            }
            hash.update(&bytes);
            file.write_all(&bytes).await?;
        }
        if announced.is_some_and(|length| length != size) {
            return Err(Unreceived::Broken);
        }
        file.flush().await?;
        file.get_ref().sync_all().await?;
        let checksum = hash.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let arrived = Arrived { version, size: i64::try_from(size).unwrap_or(i64::MAX), checksum: Some(checksum) };
        self.arrive(granted, arrived, Some(part)).await
    }

    /// Notes that an upload was too large: whoever confirms it is told so.
    async fn refuse(&self, granted: &Granted, size: u64) -> Result<(), Unreceived> {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        self.arrive(granted, Arrived { version: REFUSED.to_owned(), size, checksum: None }, None).await?;
        Err(Unreceived::TooLarge)
    }

    /// Puts the bytes in their place, then the line that leads to them. What arrived there before goes.
    async fn arrive(&self, granted: &Granted, arrived: Arrived, part: Option<Part>) -> Result<(), Unreceived> {
        let (line, draft) = (self.path(&granted.key)?, self.0.root.join("tmp").join(self.nonce()));
        let moved = Self::work(move || {
            let before = read_line(&line)?;
            let draft = Part(draft);
            if let Some(part) = &part {
                fs::rename(&part.0, bytes_of(&line, &arrived.version))?;
            }
            write(&draft.0, &arrived.write())?;
            fs::rename(&draft.0, &line)?;
            sync_folder(&line)?;
            if let Some(before) = before.filter(|before| before.version != REFUSED) {
                gone(fs::remove_file(bytes_of(&line, &before.version)))?;
            }
            Ok(())
        });
        Ok(moved.await?)
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)?;
    fs::File::open(path)?.sync_all()
}
