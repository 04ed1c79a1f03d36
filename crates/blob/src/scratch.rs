//! Bytes that have arrived before it is known what becomes of them. Nobody else sees them, and they are gone when they are let go.

use std::{io, path::Path, path::PathBuf};

use bytes::Bytes;
use futures_util::Stream;
use tokio::{
    fs::{self, File, OpenOptions},
    io::{AsyncSeekExt, AsyncWriteExt},
};

use crate::{Files, folder::Opened};

/// A file without a name.
#[derive(Debug)]
pub struct Scratch {
    file: File,
    size: u64,
}

impl Files {
    /// A new one: on the disk of a folder, or where this machine keeps such files. `nonce` is a name that nobody else chooses.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn scratch(&self, nonce: &str) -> io::Result<Scratch> {
        let folder = match self {
            Self::Folder(folder) => folder.arriving(),
            Self::Bucket(_) => std::env::temp_dir(),
        };
        // The machine's folder is everybody's.
        Scratch::make(&folder.join(format!("dispatch-{}-{nonce}", std::process::id()))).await
    }
}

impl Scratch {
    async fn make(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create_new(true).read(true).write(true).mode(0o600).open(path).await?;
        // Whatever ends us now leaves nothing behind.
        fs::remove_file(path).await?;
        Ok(Self { file, size: 0 })
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub async fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// All of it, from the beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(mut self) -> io::Result<impl Stream<Item = io::Result<Bytes>> + Send + Sync + 'static> {
        self.file.flush().await?;
        self.file.rewind().await?;
        let size = self.size;
        Opened::of(self.file, size).part(0, size).await
    }
}

impl crate::Folder {
    /// Where bytes lie that are arriving.
    pub(crate) fn arriving(&self) -> PathBuf {
        self.room("tmp")
    }
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::*;

    #[tokio::test]
    async fn bytes_come_back_and_leave_no_name() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut scratch = Scratch::make(&dir.path().join("x")).await.expect("a file");
        scratch.add(b"hello ").await.expect("written");
        scratch.add(&[b'x'; 100_000]).await.expect("written");
        assert_eq!(scratch.size(), 100_006);
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 0);
        let pieces: Vec<Bytes> = scratch.read().await.expect("read").try_collect().await.expect("all of it");
        let all = pieces.concat();
        assert!(all.starts_with(b"hello xxx") && all.len() == 100_006);
    }
}
