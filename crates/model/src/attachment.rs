//! Attachments (API 8): files on tickets and comments. Their bytes never pass through the API.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    AttachmentId, CommentId, Errors, JsonText, TicketId, Timestamp,
    input::{Parse, int, schema, string},
    limits::{ATTACHMENT_IDS_MAX, ATTACHMENT_URLS_MAX},
    text::{List, NonEmpty, Reference, Verbatim},
};

crate::text_enum! {
    /// How far an attachment has come.
    pub enum AttachmentStatus {
        /// Its bytes may be uploaded.
        Pending = "PENDING",
        /// Its bytes are there and confirmed.
        Uploaded = "UPLOADED",
        /// Other bytes were uploaded than those that were announced.
        Failed = "FAILED",
    }
}

/// A file on a ticket or comment, or one that waits for its ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The ticket; null while it waits for one.
    pub ticket_id: Option<TicketId>,
    /// The comment that it belongs to.
    pub comment_id: Option<CommentId>,
    /// What it is called.
    pub filename: String,
    /// What it is, `type/subtype`.
    pub content_type: String,
    /// Its bytes: as announced, and from the confirmation on as they are.
    pub size: Option<i64>,
    /// The SHA-256 of its bytes in hexadecimal, where it is known.
    pub checksum: Option<String>,
    /// How far it has come.
    pub status: AttachmentStatus,
    /// Who uploaded it: the address of a member, or the caller's value.
    pub uploaded_by: Option<String>,
    /// Free JSON of your own.
    pub metadata: JsonText,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it changed last.
    pub updated_at: Timestamp,
}

/// Where to upload the bytes of an attachment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// The attachment.
    pub id: AttachmentId,
    /// The same.
    pub attachment_id: AttachmentId,
    /// The attachment, which waits for its bytes.
    #[schema(value_type = Attachment)]
    pub attachment: JsonText,
    /// Where to send the bytes, without a credential.
    pub upload_url: String,
    /// How to send them: PUT.
    pub method: &'static str,
    /// The headers to send with them, exactly as they stand here.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub headers: JsonText,
    /// For how many seconds the address works.
    pub expires_in: i64,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// What the file is called.
    pub filename: String,
    /// What it is.
    pub content_type: String,
    /// PENDING.
    #[schema(value_type = AttachmentStatus)]
    pub status: &'static str,
}

/// What the answer to a request for an upload keeps: the rest of it is signed afresh whenever it is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The attachment.
    pub id: String,
    /// What the file is called.
    pub filename: String,
    /// What it is.
    pub content_type: String,
    /// How long it is, where that was announced.
    pub size: Option<i64>,
    /// Its SHA-256, where that was announced.
    pub checksum: Option<String>,
}

/// An attachment with a fresh address to download it from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentWithUrl {
    /// The attachment.
    #[serde(flatten)]
    pub fields: Attachment,
    /// The same once more, as an object of its own.
    pub attachment: Attachment,
    /// Where to download it; null until it is uploaded.
    pub download_url: Option<String>,
    /// Until when that works.
    pub expires_at: Option<Timestamp>,
}

/// A fresh address of one of several attachments.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentUrl {
    /// Where to download it.
    pub url: String,
    /// What it is called.
    pub filename: String,
    /// What it is.
    pub content_type: String,
    /// Until when the address works.
    pub expires_at: Timestamp,
}

/// Fresh addresses by the ids that were asked for; null where there is nothing to download.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct AttachmentUrls(pub std::collections::BTreeMap<String, Option<AttachmentUrl>>);

impl utoipa::PartialSchema for AttachmentUrls {
    fn schema() -> RefOr<Schema> {
        let one = utoipa::openapi::Ref::from_schema_name(<AttachmentUrl as ToSchema>::name()).into();
        let url: RefOr<Schema> = schema::described(one, "", true);
        let what = "Fresh addresses by the ids that were asked for; null where there is nothing to download.";
        utoipa::openapi::ObjectBuilder::new().description(Some(what)).additional_properties(Some(url)).into()
    }
}

impl ToSchema for AttachmentUrls {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((
            <AttachmentUrl as ToSchema>::name().into_owned(),
            <AttachmentUrl as utoipa::PartialSchema>::schema(),
        ));
        <AttachmentUrl as ToSchema>::schemas(schemas);
    }
}

/// Attachments that a new ticket or comment names.
pub type AttachmentIds = List<Reference, ATTACHMENT_IDS_MAX>;
/// Who uploads, in the caller's own words.
pub type UploadedBy = Verbatim<0, 320>;

/// The name of a file: 1-255. What could be taken for a path, or hides how the name ends, becomes `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filename(pub String);

/// Characters that turn a text round: a name that holds one ends otherwise than it looks.
const fn turns_round(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

impl Filename {
    /// The name that is kept for this one.
    #[must_use]
    pub fn plain(text: &str) -> String {
        let bad = |c: char| c.is_control() || turns_round(c) || matches!(c, '/' | '\\');
        let name: String = text.chars().map(|c| if bad(c) { '_' } else { c }).collect();
        if name.chars().all(|c| c == '.') { "_".repeat(name.len()) } else { name }
    }
}

impl Parse for Filename {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        let text = text.trim();
        match text.chars().count() {
            0 => errors.push(at, "must not be empty"),
            1..=255 => return Some(Self(Self::plain(text))),
            _ => errors.push(at, "must have at most 255 characters"),
        }
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::shaped(r"^[^\u0000]*[^\s\u0000][^\u0000]*$", 1, 255)
    }
}

/// A media type without parameters: `type/subtype`, at most 127 (RFC 6838).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentType(pub String);

impl Parse for ContentType {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        let text = text.trim();
        let name = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
        };
        let is_type = text.split_once('/').is_some_and(|(kind, subtype)| name(kind) && name(subtype));
        if !is_type {
            errors.push(at, "must be a media type like image/png, without parameters");
        } else if text.len() > 127 {
            errors.push(at, "must have at most 127 characters");
        } else {
            return Some(Self(text.to_owned()));
        }
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::shaped("^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*$", 3, 127)
    }
}

/// The largest number that is read exactly everywhere: 2^53 - 1.
const FILE_BYTES_MAX: i64 = 9_007_199_254_740_991;

/// The bytes of a file, at least one. How many may be, the server's settings say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSize(pub i64);

impl Parse for FileSize {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        int(&value, 1, FILE_BYTES_MAX, at, errors).map(Self)
    }

    fn schema() -> RefOr<Schema> {
        schema::int(1, FILE_BYTES_MAX)
    }
}

/// A SHA-256 in hexadecimal; lowercase out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum(pub String);

impl Parse for Checksum {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(Self(text.to_ascii_lowercase()));
        }
        errors.push(at, "must be a SHA-256 in hexadecimal: 64 characters");
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::pattern("^[0-9a-fA-F]{64}$")
    }
}

crate::input! {
    /// A file that shall be uploaded to a ticket.
    pub struct NewUpload {
        /// What it is called. Path separators and control characters become `_`.
        filename "filename": required Filename,
        /// What it is, `type/subtype`.
        content_type "contentType": required ContentType,
        /// Its bytes. With them the upload is taken only when it has exactly so many.
        size "size": optional FileSize,
        /// The SHA-256 of its bytes in hexadecimal. With it the upload is taken only when it fits.
        checksum "checksum": optional Checksum,
        /// A comment of the ticket that it belongs to.
        comment_id "commentId": optional Reference,
        /// Who uploads it, in your own words; a session is always its member.
        uploaded_by "uploadedBy": optional UploadedBy,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
    }
    example r#"{ "filename": "screenshot.png", "contentType": "image/png", "size": 48213 }"#;
}

crate::input! {
    /// A file that shall be uploaded before its ticket exists.
    pub struct NewPendingUpload {
        /// What it is called. Path separators and control characters become `_`.
        filename "filename": required Filename,
        /// What it is, `type/subtype`.
        content_type "contentType": required ContentType,
        /// Its bytes. With them the upload is taken only when it has exactly so many.
        size "size": optional FileSize,
        /// The SHA-256 of its bytes in hexadecimal. With it the upload is taken only when it fits.
        checksum "checksum": optional Checksum,
        /// Who uploads it, in your own words; a session is always its member.
        uploaded_by "uploadedBy": optional UploadedBy,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
    }
    example r#"{ "filename": "screenshot.png", "contentType": "image/png" }"#;
}

impl From<NewPendingUpload> for NewUpload {
    fn from(new: NewPendingUpload) -> Self {
        let NewPendingUpload { filename, content_type, size, checksum, uploaded_by, metadata } = new;
        Self { filename, content_type, size, checksum, comment_id: None, uploaded_by, metadata }
    }
}

crate::input! {
    /// Attachments whose addresses are asked for.
    pub struct AttachmentsAsked {
        /// Their ids.
        ids "ids": required NonEmpty<Reference, ATTACHMENT_URLS_MAX>,
    }
    example r#"{ "ids": ["att_01kdyak43d7trmct2jayyxcg7v"] }"#;
}

crate::text_enum! {
    /// The types of a member's picture.
    pub enum ImageType {
        /// PNG.
        Png = "image/png",
        /// JPEG.
        Jpeg = "image/jpeg",
        /// GIF.
        Gif = "image/gif",
        /// WebP.
        Webp = "image/webp",
    }
}

crate::input! {
    /// A picture of the member that shall be uploaded.
    pub struct NewAvatar {
        /// What the file is called.
        filename "filename": required Filename,
        /// What it is: png, jpeg, gif or webp.
        content_type "contentType": required ImageType,
        /// Its bytes, at most 5 MB.
        size "size": optional FileSize,
    }
    example r#"{ "filename": "ana.png", "contentType": "image/png", "size": 48213 }"#;
}

crate::input! {
    /// A picture that has been uploaded.
    pub struct AvatarUploaded {
        /// The `id` of the upload.
        upload_id "uploadId": required Reference,
    }
    example r#"{ "uploadId": "att_01kdyak43d7trmct2jayyxcg7v" }"#;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_paths_and_end_as_they_look() {
        let names = [
            ("a.png", "a.png"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("C:\\x\\y.txt", "C:_x_y.txt"),
            ("a\r\nb\t.txt", "a__b_.txt"),
            ("..", "__"),
            ("evil\u{202e}gpj.exe", "evil_gpj.exe"),
            ("Ünïcode 日本.pdf", "Ünïcode 日本.pdf"),
        ];
        for (sent, kept) in names {
            let mut errors = Errors::default();
            assert_eq!(Filename::parse(sent.into(), "filename", &mut errors), Some(Filename(kept.to_owned())));
        }
        for wrong in [String::new(), " \t".to_owned(), "é".repeat(256), "a\0b".to_owned()] {
            let mut errors = Errors::default();
            assert_eq!(Filename::parse(wrong.into(), "filename", &mut errors), None);
            assert_eq!(errors.len(), 1);
        }
    }

    #[test]
    fn media_types_have_two_names_and_nothing_else() {
        let read = |text: &str| ContentType::parse(text.into(), "contentType", &mut Errors::default());
        for good in ["image/png", "application/vnd.ms-excel.sheet.macroEnabled.12", "text/x-c++"] {
            assert_eq!(read(good), Some(ContentType(good.to_owned())));
        }
        let long = format!("a/{}", "b".repeat(126));
        for wrong in ["", "image", "image/", "/png", "text/html; charset=utf-8", "a/b/c", "a/b\r\nx: y", "a /b", &long]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_checksum_is_64_hexadecimal_digits() {
        let read = |text: &str| Checksum::parse(text.into(), "checksum", &mut Errors::default());
        assert_eq!(read(&"AB".repeat(32)), Some(Checksum("ab".repeat(32))));
        for wrong in ["", "ab", &"0g".repeat(32), &"0".repeat(63)] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
