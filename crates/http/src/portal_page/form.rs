//! What a form has sent: fields, and files, which wait on the disk until it is known what becomes of them.

use std::{fmt::Write as _, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::{StatusCode, header},
};
use dispatch_blob::{Files, Scratch};
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use super::arrival::Arrival;

/// How long a form may take to arrive, and how long it may pause.
const ARRIVAL: Duration = Duration::from_secs(15 * 60);
const PAUSE: Duration = Duration::from_secs(30);
/// The bytes of a form without files: of somebody who is not signed in, and of one whose session has ended meanwhile.
const SHORT_BYTES_MAX: usize = 16 * 1024;
const TYPED_BYTES_MAX: usize = 256 * 1024;
/// The bytes of a field (a text of 1 MB), how many of them a form may have, and how many files.
const FIELD_BYTES_MAX: usize = 1024 * 1024;
const FIELDS_MAX: usize = 20;
pub(super) const FILES_MAX: usize = 10;

/// A file that was chosen.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) bytes: Scratch,
    digest: String,
}

/// Why a form does not count. What was typed before that is there all the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is larger than a form may be.
    TooLarge,
    /// This file is larger than files may be.
    FileTooLarge(String),
    /// It has more files than forms may have.
    TooManyFiles,
    /// It took too long, broke off, or is none.
    Broken,
    /// It is none of ours, or of a session that has ended.
    Foreign,
    /// There is no room for its files.
    NoRoom,
}

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Form {
    fields: Vec<(String, String)>,
    pub(super) files: Vec<Chosen>,
}

/// What forms with files have to keep to.
pub(super) struct Rules<'a> {
    pub(super) files: &'a Files,
    pub(super) file_bytes_max: u64,
    /// It says itself that it is larger than forms may be: what was typed is read, and no file.
    pub(super) is_too_large: bool,
    /// What its field `csrf` says, before any file.
    pub(super) csrf: &'a str,
    /// Names that nobody else chooses.
    pub(super) nonce: &'a (dyn Fn() -> String + Send + Sync),
}

/// Whether it is said to have parts.
fn has_parts(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/form-data")
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Form {
    /// A field, without the carriage returns that browsers put before line feeds; "" when it was not sent.
    pub(super) fn field(&self, name: &str) -> String {
        let found = self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        found.unwrap_or_default().replace("\r\n", "\n")
    }

    /// What makes two forms the same one sent twice: the number that the page gave it, and all that was typed and chosen.
    pub(super) fn once(&self) -> Option<String> {
        let number = self.field("once");
        if number.is_empty() {
            return None;
        }
        let mut digest = Sha256::new();
        for text in [number, self.field("title"), self.field("body")] {
            digest.update(text.len().to_be_bytes());
            digest.update(text);
        }
        for file in &self.files {
            digest.update(file.name.len().to_be_bytes());
            digest.update(&file.name);
            digest.update(&file.digest);
        }
        Some(hex(&digest.finalize()))
    }

    fn parse(bytes: &[u8]) -> Self {
        let fields = url::form_urlencoded::parse(bytes).into_owned().take(FIELDS_MAX).collect();
        Self { fields, files: Vec::new() }
    }

    /// A form of a few fields; one that cannot be read has none.
    pub(super) async fn short(request: Request) -> Self {
        let bytes = timeout(PAUSE, to_bytes(request.into_body(), SHORT_BYTES_MAX)).await;
        bytes.ok().and_then(Result::ok).map_or_else(Self::default, |bytes| Self::parse(&bytes))
    }

    /// What was typed by somebody whose form does not count any more, as far as it is not too much.
    pub(super) async fn typed(request: Request) -> Self {
        let (parts, body) = request.into_parts();
        let Ok(Ok(bytes)) = timeout(PAUSE, to_bytes(body, TYPED_BYTES_MAX)).await else { return Self::default() };
        let request = Request::from_parts(parts, Body::from(bytes.clone()));
        if !has_parts(&request) {
            return Self::parse(&bytes);
        }
        let mut form = Self::default();
        let Ok(mut parts) = Multipart::from_request(request, &()).await else { return form };
        while let Ok(Some(part)) = parts.next_field().await {
            let (name, is_file) = (part.name().unwrap_or_default().to_owned(), part.file_name().is_some());
            let Ok(text) = part.text().await else { break };
            if !is_file && form.fields.len() < FIELDS_MAX {
                form.fields.push((name, text));
            }
        }
        form
    }

    /// Reads a form of somebody who is signed in, and says why it does not count, if it does not.
    pub(super) async fn read(request: Request, rules: &Rules<'_>) -> (Self, Option<Unread>) {
        let mut form = Self::default();
        let (parts, body) = request.into_parts();
        let arrival = Arrival::new(body);
        let request = Request::from_parts(parts, Body::from_stream(arrival.clone()));
        let done = timeout(ARRIVAL, form.arriving(request, &arrival, rules)).await.unwrap_or(Err(Unread::Broken));
        let wrong = match done {
            Ok(()) if form.field("csrf") == rules.csrf => return (form, None),
            Ok(()) => Unread::Foreign,
            Err(wrong) => wrong,
        };
        // Who does not listen while they send hears it as well.
        arrival.drain().await;
        (form, Some(wrong))
    }

    async fn arriving(&mut self, request: Request, arrival: &Arrival, rules: &Rules<'_>) -> Result<(), Unread> {
        if !has_parts(&request) {
            let bytes = in_time(Bytes::from_request(request, &())).await?;
            *self = Self::parse(&bytes.map_err(|rejected| status(rejected.status()))?);
            return Ok(());
        }
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Unread::Broken)?;
        while let Some(part) = in_time(parts.next_field()).await?.map_err(|error| status(error.status()))? {
            arrival.went_on();
            match part.file_name().map(str::to_owned) {
                Some(name) => self.take_file(name, part, arrival, rules).await?,
                None => self.take_field(part, arrival).await?,
            }
        }
        Ok(())
    }

    async fn take_field(&mut self, mut part: Field<'_>, arrival: &Arrival) -> Result<(), Unread> {
        let (name, mut bytes) = (part.name().unwrap_or_default().to_owned(), Vec::new());
        while let Some(piece) = next(&mut part, arrival).await? {
            if bytes.len() + piece.len() > FIELD_BYTES_MAX {
                return Err(Unread::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        if self.fields.len() >= FIELDS_MAX {
            return Err(Unread::TooLarge);
        }
        self.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        Ok(())
    }

    async fn take_file(
        &mut self,
        name: String,
        mut part: Field<'_>,
        arrival: &Arrival,
        rules: &Rules<'_>,
    ) -> Result<(), Unread> {
        let kind = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let mut piece = next(&mut part, arrival).await?;
        if name.is_empty() && piece.as_ref().is_none_or(Bytes::is_empty) {
            // A form without a chosen file sends an empty one.
            return Ok(());
        }
        if self.field("csrf") != rules.csrf {
            return Err(Unread::Foreign);
        }
        if rules.is_too_large {
            return Err(Unread::TooLarge);
        }
        if self.files.len() >= FILES_MAX {
            return Err(Unread::TooManyFiles);
        }
        let no_room = |error| {
            tracing::error!(%error, "a file of the portal could not be kept for the moment");
            Unread::NoRoom
        };
        let (mut bytes, mut digest) = (rules.files.scratch(&(rules.nonce)()).await.map_err(no_room)?, Sha256::new());
        while let Some(taken) = piece {
            if bytes.size() + taken.len() as u64 > rules.file_bytes_max {
                return Err(Unread::FileTooLarge(name));
            }
            digest.update(&taken);
            bytes.add(&taken).await.map_err(no_room)?;
            piece = next(&mut part, arrival).await?;
        }
        self.files.push(Chosen { name, kind, bytes, digest: hex(&digest.finalize()) });
        Ok(())
    }
}

/// The next piece of a part.
async fn next(part: &mut Field<'_>, arrival: &Arrival) -> Result<Option<Bytes>, Unread> {
    let piece = in_time(part.chunk()).await?.map_err(|error| status(error.status()))?;
    arrival.went_on();
    Ok(piece)
}

async fn in_time<T>(work: impl Future<Output = T>) -> Result<T, Unread> {
    timeout(PAUSE, work).await.map_err(|_| Unread::Broken)
}

fn status(status: StatusCode) -> Unread {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Unread::TooLarge } else { Unread::Broken }
}
