//! A file on its way out of the folder: whole or in part, a piece at a time.

use std::io::{self, SeekFrom};

use bytes::{Bytes, BytesMut};
use dispatch_model::file_key::{image_type, is_key};
use futures_util::{Stream, stream};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};

use super::Folder;
use crate::{
    Result, disposition,
    link::{ROOM, Unsigned},
};

/// Bytes that are read at once.
const PIECE: usize = 128 * 1024;

/// What a link to download from leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key.
    pub key: String,
    /// What the file is.
    pub content_type: String,
    /// What `Content-Disposition` says.
    pub disposition: String,
}

/// A file that is there.
#[derive(Debug)]
pub struct Opened {
    file: File,
    /// Its bytes.
    pub size: u64,
}

impl Folder {
    /// Where a link to download from leads.
    ///
    /// # Errors
    /// The link is not ours, or its time is over.
    pub fn place(&self, path: &str, query: &str) -> std::result::Result<Place, Unsigned> {
        let said = self.0.signer.check("GET", path, query, &self.0.clock)?;
        let key = path.strip_prefix(ROOM).unwrap_or_default().to_owned();
        let (Some(name), Some(content_type)) = (said.get("name"), said.get("type")) else {
            return Err(Unsigned::Altered);
        };
        let disposition = disposition::value(name, said.get("inline").is_some());
        Ok(Place { key, content_type: content_type.to_owned(), disposition })
    }

    /// Opens the file with this key, if there is one.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn opened(&self, key: &str) -> Result<Option<Opened>> {
        if !is_key(key) || key.starts_with("pending/") {
            return Ok(None);
        }
        match File::open(self.path(key)?).await {
            Ok(file) => {
                let size = file.metadata().await?.len();
                Ok(Some(Opened { file, size }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

impl Place {
    /// The picture of a member: its key alone leads to it.
    #[must_use]
    pub fn avatar(key: &str) -> Option<Self> {
        let content_type = image_type(key).filter(|_| is_key(key))?.to_owned();
        let name = key.rsplit('/').next().unwrap_or_default();
        Some(Self { key: key.to_owned(), content_type, disposition: disposition::value(name, true) })
    }
}

impl Opened {
    pub(crate) fn of(file: File, size: u64) -> Self {
        Self { file, size }
    }

    /// `length` bytes from the byte `from` on.
    ///
    /// # Errors
    /// When the file cannot be read there.
    pub async fn part(
        mut self,
        from: u64,
        length: u64,
    ) -> io::Result<impl Stream<Item = io::Result<Bytes>> + Send + Sync + 'static> {
        if from > 0 {
            self.file.seek(SeekFrom::Start(from)).await?;
        }
        Ok(stream::try_unfold((self.file, length), |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let mut piece = BytesMut::with_capacity(PIECE.min(usize::try_from(left).unwrap_or(PIECE)));
            let read = (&mut file).take(left).read_buf(&mut piece).await?;
            if read == 0 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            Ok(Some((piece.freeze(), (file, left - read as u64))))
        }))
    }
}
