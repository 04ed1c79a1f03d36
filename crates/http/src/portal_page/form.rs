//! What a form has sent: fields, and files as far as there is room for them.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::{StatusCode, header},
};
use tokio::time::timeout;

use super::{FIELD_BYTES_MAX, FIELDS_MAX, FILE_BYTES_MAX, FILES_MAX};

/// How long a form may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(120);

/// A file that was chosen.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) bytes: Bytes,
}

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Form {
    fields: Vec<(String, String)>,
    pub(super) files: Vec<Chosen>,
}

/// Why a form cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is larger than a form may be, or one of its files is.
    TooLarge,
    /// It took too long, broke off, or is none.
    Broken,
}

impl Form {
    /// A field, without the carriage returns that browsers put before line feeds; "" when it was not sent.
    pub(super) fn field(&self, name: &str) -> String {
        let found = self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        found.unwrap_or_default().replace("\r\n", "\n")
    }

    /// Reads a form, with or without files.
    pub(super) async fn read(request: Request) -> Result<Self, Unread> {
        timeout(ARRIVAL, Self::arriving(request)).await.unwrap_or(Err(Unread::Broken))
    }

    async fn arriving(request: Request) -> Result<Self, Unread> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let mut form = Self::default();
        if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            let bytes = Bytes::from_request(request, &()).await.map_err(|rejected| status(rejected.status()))?;
            form.fields = url::form_urlencoded::parse(&bytes).into_owned().collect();
            return Ok(form);
        }
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Unread::Broken)?;
        while let Some(part) = parts.next_field().await.map_err(|error| status(error.status()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let (filename, kind) = (part.file_name().map(str::to_owned), part.content_type().map(str::to_owned));
            let bytes = part.bytes().await.map_err(|error| status(error.status()))?;
            match filename {
                // A form without a chosen file sends an empty one.
                Some(filename) if filename.is_empty() && bytes.is_empty() => {}
                Some(_) if bytes.len() > FILE_BYTES_MAX || form.files.len() >= FILES_MAX => {
                    return Err(Unread::TooLarge);
                }
                Some(filename) => {
                    let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
                    form.files.push(Chosen { name: filename, kind, bytes });
                }
                None if bytes.len() > FIELD_BYTES_MAX || form.fields.len() >= FIELDS_MAX => {
                    return Err(Unread::TooLarge);
                }
                None => form.fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(form)
    }
}

fn status(status: StatusCode) -> Unread {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Unread::TooLarge } else { Unread::Broken }
}
