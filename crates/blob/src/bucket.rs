//! Files in an S3-compatible bucket. Links lead to the bucket itself; this process only asks about uploads, copies one object
//! to another and removes objects; of files, only incoming mail and what the pages of the portal send pass through it.
//!
//! Every request is a presigned one with an unsigned payload, which AWS, Cloudflare R2, MinIO and Garage all take; no ACL is
//! ever sent.

use std::{sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use dispatch_model::{Clock, Timestamp};
use futures_util::TryStreamExt;
use http_body_util::StreamBody;
use hyper::body::Frame;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Body, Client, Response, StatusCode, redirect::Policy};
use rusty_s3::{Bucket as Address, Credentials, S3Action, UrlStyle};

use crate::{Download, Found, Lifetimes, Link, Result, Scratch, Unavailable, Upload, disposition};

/// How long the bucket may take for an answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long it may take for a copy, which can be of 5 GB.
const COPY_TIMEOUT: Duration = Duration::from_secs(600);
/// How long our own requests are signed for: clocks differ.
const OWN_SECONDS: Duration = Duration::from_secs(900);
/// The answer to a copy that is read at most.
const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// What stands for itself in the name of an object that is copied.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What a bucket needs.
#[derive(Clone)]
pub struct BucketSettings {
    /// The address of the service.
    pub endpoint: String,
    /// The name of the bucket.
    pub bucket: String,
    /// Its region; `auto` for Cloudflare R2.
    pub region: String,
    /// The id of the access key.
    pub access_key: String,
    /// The secret of the access key.
    pub secret_key: String,
    /// Whether the bucket stands in the path and not in the host.
    pub path_style: bool,
    /// How long links work.
    pub lifetimes: Lifetimes,
}

/// A bucket.
#[derive(Clone)]
pub struct Bucket(Arc<Inner>);

struct Inner {
    address: Address,
    credentials: Credentials,
    client: Client,
    lifetimes: Lifetimes,
    clock: Clock,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket").field("url", &self.0.address.base_url().as_str()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BucketSettings").field("bucket", &self.bucket).finish_non_exhaustive()
    }
}

impl Bucket {
    /// A bucket with these settings. It is not looked at yet.
    ///
    /// # Errors
    /// A sentence on the setting that cannot be.
    pub fn new(settings: BucketSettings, clock: Clock) -> std::result::Result<Self, String> {
        let BucketSettings { endpoint, bucket, region, access_key, secret_key, path_style, lifetimes } = settings;
        let style = if path_style { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let endpoint = endpoint.parse().map_err(|error| format!("storage.endpoint is no address: {error}"))?;
        let address = Address::new(endpoint, style, bucket, region)
            .map_err(|error| format!("storage.endpoint and storage.bucket make no address: {error}"))?;
        let credentials = Credentials::new(access_key, secret_key);
        Ok(Self(Arc::new(Inner { address, credentials, client: client()?, lifetimes, clock })))
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.clock.now().as_millis().div_euclid(1000) * 1000)
    }

    /// Signs an action; a signature begins at a whole second.
    fn signed<'a>(&self, action: &impl S3Action<'a>, lasts: Duration) -> String {
        let now = jiff::Timestamp::from_millisecond(self.now().as_millis()).unwrap_or_default();
        action.sign_with_time(lasts, &now).into()
    }

    fn link<'a>(&self, action: &impl S3Action<'a>, seconds: u32, headers: Vec<(&'static str, String)>) -> Link {
        let url = self.signed(action, Duration::from_secs(u64::from(seconds)));
        Link { url, headers, expires_at: self.now().plus_ms(i64::from(seconds) * 1000), expires_in: seconds }
    }

    pub(crate) fn origin(&self) -> Option<String> {
        let origin = self.0.address.base_url().origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }

    pub(crate) fn upload_link(&self, upload: &Upload<'_>) -> Link {
        let mut action = self.0.address.put_object(Some(&self.0.credentials), upload.key);
        let mut headers = vec![("Content-Type", upload.content_type.to_owned())];
        action.headers_mut().insert("content-type", upload.content_type);
        if let Some(size) = upload.size {
            // Every client sends it by itself.
            action.headers_mut().insert("content-length", size.to_string());
        }
        if let Some(checksum) = upload.checksum.and_then(bytes_of_hex) {
            let checksum = STANDARD.encode(checksum);
            action.headers_mut().insert("x-amz-checksum-sha256", checksum.clone());
            headers.push(("x-amz-checksum-sha256", checksum));
        }
        self.link(&action, self.0.lifetimes.upload_seconds, headers)
    }

    pub(crate) fn download_link(&self, download: &Download<'_>) -> Link {
        let mut action = self.0.address.get_object(Some(&self.0.credentials), download.key);
        let disposition = disposition::value(download.filename, download.inline);
        action.query_mut().insert("response-content-disposition", disposition);
        action.query_mut().insert("response-content-type", download.content_type);
        self.link(&action, self.0.lifetimes.download_seconds, Vec::new())
    }

    pub(crate) async fn found(&self, pending: &str) -> Result<Option<Found>> {
        let mut action = self.0.address.head_object(Some(&self.0.credentials), pending);
        action.headers_mut().insert("x-amz-checksum-mode", "ENABLED");
        let request = self.0.client.head(self.signed(&action, OWN_SECONDS)).header("x-amz-checksum-mode", "ENABLED");
        let answer = request.send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let answer = good(answer)?;
        let text = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let size = text("content-length").and_then(|text| text.parse().ok());
        match (size, text("etag")) {
            (Some(size), Some(version)) => Ok(Some(Found {
                size,
                checksum: text("x-amz-checksum-sha256")
                    .and_then(|text| STANDARD.decode(text).ok())
                    .map(|sum| hex(&sum)),
                version: version.to_owned(),
            })),
            _ => Err(Unavailable("the bucket told no length or no ETag".to_owned())),
        }
    }

    pub(crate) async fn keep(&self, pending: &str, version: &str, key: &str) -> Result<bool> {
        let source = format!("/{}/{pending}", self.0.address.name());
        let source = utf8_percent_encode(&source, PATH).to_string();
        let headers = [("x-amz-copy-source", source.as_str()), ("x-amz-copy-source-if-match", version)];
        let mut action = self.0.address.put_object(Some(&self.0.credentials), key);
        for (name, value) in headers {
            action.headers_mut().insert(name, value);
        }
        let request =
            self.0.client.put(self.signed(&action, OWN_SECONDS)).header("content-length", "0").timeout(COPY_TIMEOUT);
        let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let answer = request.send().await.map_err(unreachable)?;
        if matches!(answer.status(), StatusCode::PRECONDITION_FAILED | StatusCode::NOT_FOUND) {
            return Ok(false);
        }
        // A copy that fails late has begun its answer with 200 already.
        let answer = good(answer)?.text().await.map_err(unreachable)?;
        let said = &answer.as_bytes()[..answer.len().min(ANSWER_BYTES_MAX)];
        if !String::from_utf8_lossy(said).contains("<CopyObjectResult") {
            return Err(Unavailable("the bucket could not copy an object".to_owned()));
        }
        Ok(true)
    }

    pub(crate) async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        let action = self.0.address.put_object(Some(&self.0.credentials), key);
        let request = self.0.client.put(self.signed(&action, OWN_SECONDS)).timeout(COPY_TIMEOUT).body(bytes);
        good(request.send().await.map_err(unreachable)?).map(|_| ())
    }

    /// Uploads bytes to a link that it has made, as a client does.
    ///
    /// # Errors
    /// When the bucket does not take them.
    pub async fn upload(&self, link: &str, headers: &[(String, String)], bytes: Scratch) -> Result<()> {
        let size = bytes.size();
        let body = StreamBody::new(bytes.read().await?.map_ok(Frame::data));
        let request = self.0.client.put(link).timeout(COPY_TIMEOUT).header("content-length", size);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        good(request.body(Body::wrap(body)).send().await.map_err(unreachable)?).map(|_| ())
    }

    pub(crate) async fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Bytes>> {
        let action = self.0.address.get_object(Some(&self.0.credentials), key);
        let request = self.0.client.get(self.signed(&action, OWN_SECONDS)).timeout(COPY_TIMEOUT);
        let answer = request.send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let mut answer = good(answer)?;
        let mut all = BytesMut::new();
        while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
            if (all.len() + piece.len()) as u64 > bytes_max {
                return Err(Unavailable("an object is larger than expected".to_owned()));
            }
            all.extend_from_slice(&piece);
        }
        Ok(Some(all.freeze()))
    }

    pub(crate) async fn remove(&self, key: &str) -> Result<()> {
        let action = self.0.address.delete_object(Some(&self.0.credentials), key);
        let answer = self.0.client.delete(self.signed(&action, OWN_SECONDS)).send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::NOT_FOUND { Ok(()) } else { good(answer).map(|_| ()) }
    }

    /// Whether the bucket answers. A key that may not ask for the bucket itself still works with objects.
    pub(crate) async fn ready(&self) -> Result<()> {
        let action = self.0.address.head_bucket(Some(&self.0.credentials));
        let request = self.0.client.head(self.signed(&action, OWN_SECONDS)).timeout(Duration::from_secs(3));
        let answer = request.send().await.map_err(unreachable)?;
        if answer.status() == StatusCode::FORBIDDEN { Ok(()) } else { good(answer).map(|_| ()) }
    }
}

/// A client that follows no redirect and uses no proxy, with the TLS of the other connections.
fn client() -> std::result::Result<Client, String> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder().tls_backend_preconfigured(tls).redirect(Policy::none()).no_proxy().timeout(TIMEOUT);
    client.build().map_err(|error| error.to_string())
}

/// The address stays out of the message: it is signed.
fn unreachable(error: reqwest::Error) -> Unavailable {
    let error = error.without_url();
    let cause = std::error::Error::source(&error).map_or_else(String::new, |cause| format!(": {cause}"));
    Unavailable(format!("{error}{cause}"))
}

fn good(answer: Response) -> Result<Response> {
    if answer.status().is_success() {
        Ok(answer)
    } else {
        Err(Unavailable(format!("the bucket answered {}", answer.status())))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| u8::try_from(pair.first()? * 16 + pair.get(1)?).ok()).collect()
}
