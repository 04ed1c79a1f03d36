//! The bytes of attachments: one of two stores behind a small enum, and the links that lead to them.
//!
//! [`Folder`] keeps them beside the database and lets the server hand them out under `/blob`; [`Bucket`] is any
//! S3-compatible bucket, to which the links lead directly: no byte passes through this process. An upload arrives under
//! a pending key; [`Files::keep`] gives exactly those bytes their final key, so that a later upload changes nothing.
//! What belongs to whom, and what is to be removed when, the database knows.

mod bucket;
mod direct;
mod disposition;
mod folder;
mod link;
mod scratch;

pub use bucket::{Bucket, BucketSettings};
pub use folder::{Folder, FolderSettings, Granted, Opened, Place, Unreceived};
pub use link::Unsigned;
pub use scratch::Scratch;

use dispatch_model::Timestamp;

/// How long links work, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// Links to upload to.
    pub upload_seconds: u32,
    /// Links to download from.
    pub download_seconds: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { upload_seconds: 900, download_seconds: 3_600 }
    }
}

/// The store did what was asked for, or could not be reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file store: {0}")]
pub struct Unavailable(pub String);

/// The usual result of a store.
pub type Result<T> = std::result::Result<T, Unavailable>;

/// What shall be uploaded.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// The pending key.
    pub key: &'a str,
    /// The only media type that is taken.
    pub content_type: &'a str,
    /// How long it is, where that was said before.
    pub size: Option<i64>,
    /// The SHA-256 of the bytes in hexadecimal, where that was said before.
    pub checksum: Option<&'a str>,
    /// The bytes that are taken at most.
    pub size_max: i64,
}

/// What shall be downloaded.
#[derive(Clone, Copy, Debug)]
pub struct Download<'a> {
    /// The final key.
    pub key: &'a str,
    /// What the file is called where it arrives.
    pub filename: &'a str,
    /// What it is.
    pub content_type: &'a str,
    /// Whether a browser may show it instead of saving it.
    pub inline: bool,
}

/// A link that works for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// The headers that have to be sent with it.
    pub headers: Vec<(&'static str, String)>,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// For how many seconds from now.
    pub expires_in: u32,
}

/// What has arrived under a pending key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub size: i64,
    /// Their SHA-256 in hexadecimal, if the store knows it.
    pub checksum: Option<String>,
    /// Which upload it is: a second one has another version.
    pub version: String,
}

/// Where files are kept.
#[derive(Clone, Debug)]
pub enum Files {
    /// In a folder of this machine.
    Folder(Folder),
    /// In a bucket.
    Bucket(Bucket),
}

impl Files {
    /// Where links lead (`https://host:port`), when that is not this server.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::Folder(_) => None,
            Self::Bucket(bucket) => bucket.origin(),
        }
    }

    /// A link to upload to.
    #[must_use]
    pub fn upload_link(&self, upload: &Upload<'_>) -> Link {
        match self {
            Self::Folder(folder) => folder.upload_link(upload),
            Self::Bucket(bucket) => bucket.upload_link(upload),
        }
    }

    /// A link to download from.
    #[must_use]
    pub fn download_link(&self, download: &Download<'_>) -> Link {
        match self {
            Self::Folder(folder) => folder.download_link(download),
            Self::Bucket(bucket) => bucket.download_link(download),
        }
    }

    /// What has arrived under a pending key. A folder may have refused an upload as too large: its size says so.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn found(&self, pending: &str) -> Result<Option<Found>> {
        match self {
            Self::Folder(folder) => folder.found(pending).await,
            Self::Bucket(bucket) => bucket.found(pending).await,
        }
    }

    /// Gives the bytes of this upload their final key. Says no when they have been replaced or removed meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep(&self, pending: &str, version: &str, key: &str) -> Result<bool> {
        match self {
            Self::Folder(folder) => folder.keep(pending, version, key).await,
            Self::Bucket(bucket) => bucket.keep(pending, version, key).await,
        }
    }

    /// Removes what is under a key, if there is anything.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remove(&self, key: &str) -> Result<()> {
        match self {
            Self::Folder(folder) => folder.remove(key).await,
            Self::Bucket(bucket) => bucket.remove(key).await,
        }
    }

    /// Whether files can be stored.
    ///
    /// # Errors
    /// When they cannot.
    pub async fn ready(&self) -> Result<()> {
        match self {
            Self::Folder(folder) => folder.ready().await,
            Self::Bucket(bucket) => bucket.ready().await,
        }
    }

    /// Removes what uploads that never ended have left behind. A bucket keeps no such parts.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn sweep(&self) -> Result<()> {
        match self {
            Self::Folder(folder) => folder.sweep().await,
            Self::Bucket(_) => Ok(()),
        }
    }
}
