//! Bytes that this process itself puts into the store and reads from it: incoming mail and its attachments. Their keys are final
//! ones, which are written once.

use bytes::Bytes;

use crate::{Files, Result};

impl Files {
    /// Puts bytes under a final key. When this returns they are on the disk, or the bucket has them.
    ///
    /// # Errors
    /// When the store does not take them.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        match self {
            Self::Folder(folder) => folder.put(key, bytes).await,
            Self::Bucket(bucket) => bucket.put(key, bytes).await,
        }
    }

    /// The bytes under a final key, if there are any and not more than so many.
    ///
    /// # Errors
    /// When the store does not answer, or there are more.
    pub async fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Bytes>> {
        match self {
            Self::Folder(folder) => folder.read(key, bytes_max).await,
            Self::Bucket(bucket) => bucket.read(key, bytes_max).await,
        }
    }
}
