//! Opens the file store that the settings name.

use std::path::PathBuf;

use dispatch_blob::{Bucket, BucketSettings, Files, Folder, FolderSettings, Lifetimes};
use dispatch_model::{Clock, Entropy};
use dispatch_seal::ServerKey;

use crate::settings::Settings;

/// What links to files are signed for.
const PURPOSE: &str = "blob.link";

/// The file store of a server that the outside reaches under this address.
pub fn open(settings: &Settings, key: &ServerKey, base_url: &str) -> Result<Files, String> {
    let storage = &settings.storage;
    let lifetimes =
        Lifetimes { upload_seconds: storage.upload_url_seconds, download_seconds: storage.download_url_seconds };
    if storage.kind == "s3" {
        let bucket = BucketSettings {
            endpoint: storage.endpoint.clone(),
            bucket: storage.bucket.clone(),
            region: storage.region.clone(),
            access_key: storage.access_key.clone(),
            secret_key: storage.secret_key.clone(),
            path_style: storage.path_style,
            lifetimes,
        };
        return Bucket::new(bucket, Clock::System).map(Files::Bucket);
    }
    let root = folder(settings);
    let folder =
        FolderSettings { root: root.clone(), base_url: base_url.to_owned(), keys: key.all_derived(PURPOSE), lifetimes };
    let opened = Folder::open(folder, Clock::System, Entropy::Os);
    opened.map(Files::Folder).map_err(|error| format!("the folder {} cannot be made: {error}", root.display()))
}

/// The folder of files.
pub fn folder(settings: &Settings) -> PathBuf {
    if settings.storage.folder.is_empty() { settings.data.dir.join("files") } else { (&settings.storage.folder).into() }
}
