//! Files of a test: a folder of its own, or a bucket that runs within the test, and requests that follow links there.

use std::{path::PathBuf, sync::Arc};

use axum::{
    body::Body,
    http::{Request, Response},
};
use dispatch_blob::{Bucket, BucketSettings, Files, Folder, FolderSettings, Lifetimes};
use dispatch_model::{Clock, Entropy};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};

use crate::{Answer, TestApp, server_key};

/// The folder in which a test's files lie; it goes with the last clone.
pub type FileFolder = Arc<TempDir>;

/// Files in a fresh folder, with links that begin with this address.
#[must_use]
pub fn folder(base_url: &str, clock: &Clock, entropy: &Entropy) -> (Files, FileFolder) {
    let dir = Arc::new(TempDir::new().expect("a folder"));
    (in_folder(&dir, base_url, clock, entropy), dir)
}

fn in_folder(dir: &FileFolder, base_url: &str, clock: &Clock, entropy: &Entropy) -> Files {
    let settings = FolderSettings {
        root: dir.path().join("files"),
        base_url: base_url.to_owned(),
        keys: server_key().all_derived("blob.link"),
        lifetimes: Lifetimes::default(),
    };
    Files::Folder(Folder::open(settings, clock.clone(), entropy.clone()).expect("a folder"))
}

/// A bucket that runs within the test, strict about signatures, expiry, lengths and types. It goes by the machine's clock.
#[derive(Debug)]
pub struct TestBucket {
    address: String,
    /// Where its objects lie.
    pub dir: TempDir,
}

const ACCESS_KEY: &str = "test-access-key";
const SECRET_KEY: &str = "test-secret-key";
const BUCKET: &str = "dispatch";

impl TestBucket {
    /// Starts it.
    pub async fn start() -> Self {
        let dir = TempDir::new().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(serve_bucket(listener, dir.path().to_owned()));
        Self { address, dir }
    }

    /// The bucket as a file store whose links are signed by this clock.
    #[must_use]
    pub fn files(&self, clock: Clock) -> Files {
        let settings = BucketSettings {
            endpoint: self.address.clone(),
            bucket: BUCKET.to_owned(),
            region: "auto".to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.to_owned(),
            path_style: true,
            lifetimes: Lifetimes::default(),
        };
        Files::Bucket(Bucket::new(settings, clock).expect("a bucket"))
    }

    /// How many objects it has whose key begins with this.
    #[must_use]
    pub fn count(&self, room: &str) -> usize {
        count(&self.dir.path().join(BUCKET).join(room))
    }
}

/// Serves the bucket `dispatch`, whose objects lie in a folder, to whoever has the key of the tests.
///
/// # Panics
/// When the folder cannot be used.
pub async fn serve_bucket(listener: TcpListener, dir: PathBuf) {
    std::fs::create_dir_all(dir.join(BUCKET)).expect("a bucket");
    let system = s3s_fs::FileSystem::new(dir).expect("a file system");
    let mut builder = S3ServiceBuilder::new(system);
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = builder.build();
    while let Ok((stream, _)) = listener.accept().await {
        let connection =
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service.clone());
        tokio::spawn(connection);
    }
}

/// Files below a folder.
fn count(path: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(path) else { return 0 };
    entries.map(|entry| entry.expect("an entry").path()).map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
}

/// Sends a request to where its address leads.
pub async fn fetch(request: Request<Full<axum::body::Bytes>>) -> Answer {
    let host = request.uri().authority().expect("a host").to_string();
    let stream = TcpStream::connect(&host).await.expect("somebody listens");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let (mut parts, body) = request.into_parts();
    parts.headers.insert("host", host.parse().expect("a host"));
    parts.uri = parts.uri.path_and_query().expect("a path").as_str().parse().expect("a path");
    let response = sender.send_request(Request::from_parts(parts, body)).await.expect("an answer");
    let response: Response<Body> = response.map(Body::new);
    Answer::read(response).await
}

impl TestApp {
    /// Another server on the same database, with this file store; it takes the same keys.
    #[must_use]
    pub fn with_files(&self, files: Files) -> Self {
        self.like_this(self.db.clone(), self.app.settings().clone(), files)
    }

    /// Follows a link, to the server itself or to a bucket.
    pub async fn follow(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if url.starts_with('/') {
            self.send(request.body(Body::from(body.to_owned())).expect("a request")).await
        } else {
            fetch(request.body(Full::from(body.to_owned())).expect("a request")).await
        }
    }

    /// Uploads to where an `Upload` says, as it says.
    pub async fn upload(&self, upload: &Value, body: &str) -> Answer {
        let headers = upload["headers"].as_object().expect("headers").clone();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("a text"))).collect();
        self.follow("PUT", upload["uploadUrl"].as_str().expect("a link"), &headers, body).await
    }

    /// Asks for an upload at this path, uploads, confirms, and answers the attachment.
    pub async fn attach(&self, path: &str, filename: &str, body: &str) -> Value {
        let asked = serde_json::json!({ "filename": filename, "contentType": "text/plain" });
        let upload = self.post(path, asked).await.created();
        self.upload(&upload, body).await.ok();
        let id = upload["id"].as_str().expect("an id");
        self.post(&format!("{path}/{id}/confirm"), Value::Null).await.ok()
    }

    /// How many files lie below a room of the folder.
    #[must_use]
    pub fn files_in(&self, room: &str) -> usize {
        count(&self.folder.path().join("files").join(room))
    }
}
