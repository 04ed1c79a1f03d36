//! The customer portal (API 22): what customers see of their own tickets, and what they may send.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    AttachmentId, CommentId, CustomerId, JsonText, TicketId, Timestamp,
    attachment::{Attachment, AttachmentIds, AttachmentStatus, Checksum, ContentType, FileSize, Filename},
    comment::{AuthorType, Comment},
    customer::PersonName,
    session::LinkToken,
    text::{CommentBody, Email, LongText, Name, Reference, Title, Url},
    ticket::{Priority, Ticket},
};

/// The start of every portal token.
pub const PORTAL_START: &str = "pt_";
/// The cookie that the pages of the portal keep a token in.
pub const PORTAL_COOKIE: &str = "dispatch_portal";

/// A customer who is signed in to the portal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalSession {
    /// The portal token, to be sent as a bearer token to `/portal/*`. Null when the answer is a replay.
    pub token: Option<String>,
    /// When it ends unless it is renewed before.
    pub expires_at: Timestamp,
    /// Who is signed in.
    pub customer_id: CustomerId,
    /// The address.
    pub email: String,
    /// The name.
    pub name: Option<String>,
}

/// A ticket as its customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalTicket {
    /// Its id.
    pub id: TicketId,
    /// Prefix and number.
    pub ticket_number: String,
    /// The number alone.
    pub number: i64,
    /// Short summary of the issue.
    pub title: String,
    /// The key of its status.
    pub status: String,
    /// The name of its status.
    pub status_name: String,
    /// Whether somebody still works on it.
    pub is_active: bool,
    /// How urgent it is.
    pub priority: Priority,
    /// Public comments.
    pub comment_count: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl PortalTicket {
    /// What a customer sees of a ticket that has so many public comments.
    #[must_use]
    pub fn of(ticket: &Ticket, comment_count: i64) -> Self {
        Self {
            id: ticket.id.clone(),
            ticket_number: ticket.ticket_number.clone(),
            number: ticket.number,
            title: ticket.title.clone(),
            status: ticket.status.clone(),
            status_name: ticket.status_ref.name.clone(),
            is_active: ticket.status_ref.is_active,
            priority: ticket.priority,
            comment_count,
            created_at: ticket.created_at,
            updated_at: ticket.updated_at,
        }
    }
}

/// A brand as its customers see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalBrand {
    /// Its name.
    pub name: String,
    /// What its ticket numbers begin with.
    pub ticket_prefix: String,
    /// Its icon.
    pub icon_url: Option<String>,
}

/// A file as a customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalAttachment {
    /// Its id.
    pub id: AttachmentId,
    /// The comment that it belongs to.
    pub comment_id: Option<CommentId>,
    /// What it is called.
    pub filename: String,
    /// What it is.
    pub content_type: String,
    /// Its bytes.
    pub size: Option<i64>,
    /// Whether its bytes are there.
    pub status: AttachmentStatus,
    /// When it was announced.
    pub created_at: Timestamp,
}

impl From<Attachment> for PortalAttachment {
    fn from(shown: Attachment) -> Self {
        let Attachment { id, comment_id, filename, content_type, size, status, created_at, .. } = shown;
        Self { id, comment_id, filename, content_type, size, status, created_at }
    }
}

/// A file with a fresh address to download it from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalAttachmentWithUrl {
    /// The file.
    #[serde(flatten)]
    pub fields: PortalAttachment,
    /// The same once more, as an object of its own.
    pub attachment: PortalAttachment,
    /// Where to download it; null until it is uploaded.
    pub download_url: Option<String>,
    /// Until when that works.
    pub expires_at: Option<Timestamp>,
}

/// A public comment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalComment {
    /// Its id.
    pub id: CommentId,
    /// Text, Markdown or HTML, as it was written: show it sanitized.
    pub body: String,
    /// CUSTOMER or STAFF.
    pub author_type: AuthorType,
    /// The name of who wrote it.
    pub author_name: Option<String>,
    /// Its files.
    pub attachments: Vec<PortalAttachment>,
    /// When it was written.
    pub created_at: Timestamp,
}

impl From<Comment> for PortalComment {
    fn from(shown: Comment) -> Self {
        let Comment { id, body, author_type, author_name, attachments, created_at, .. } = shown;
        let attachments = attachments.into_iter().map(PortalAttachment::from).collect();
        Self { id, body, author_type, author_name, attachments, created_at }
    }
}

/// Where a merged ticket went.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalMerged {
    /// The ticket that goes on.
    pub id: TicketId,
    /// Its number.
    pub ticket_number: String,
}

/// A ticket with its conversation, as its customer sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortalTicketDetail {
    /// The ticket.
    #[serde(flatten)]
    pub ticket: PortalTicket,
    /// The issue itself: text, Markdown or HTML, as it was written: show it sanitized.
    pub body: Option<String>,
    /// Whose ticket it is.
    pub brand: PortalBrand,
    /// The public comments, oldest first; of more than 1,000 the newest.
    pub comments: Vec<PortalComment>,
    /// The ticket that it was merged into, when that is the customer's own.
    pub merged_into: Option<PortalMerged>,
}

crate::input! {
    /// A customer who is to be signed in to the portal.
    pub struct NewPortalToken {
        /// The address.
        email "email": required Email,
        /// The name of a new customer, or of one without a name.
        name "name": optional PersonName,
        /// The company of a customer who has none.
        company_name "companyName": optional Name,
        /// What the caller's own system calls that company: `metadata.sourceOrgId`.
        source_org_id "sourceOrgId": optional Reference,
    }
    example r#"{ "email": "jane@globex.example", "name": "Jane Doe", "companyName": "Globex", "sourceOrgId": "org_17" }"#;
}

crate::input! {
    /// Whom a link to the portal is mailed to.
    pub struct StaffPortalLink {
        /// The address.
        email "email": required Email,
        /// The page that the link leads to, where `?token=` is added: of an origin in `portalOrigins`, or of this server.
        portal_url "portalUrl": required Url,
    }
    example r#"{ "email": "jane@globex.example", "portalUrl": "https://support.acme.example/portal" }"#;
}

crate::input! {
    /// Somebody who wants a link to the portal.
    pub struct PortalLinkRequest {
        /// The slug or the id of the brand.
        brand "brand": required Reference,
        /// The address.
        email "email": required Email,
        /// The page that the link leads to, where `?token=` is added: of an origin in `portalOrigins`, or of this server.
        portal_url "portalUrl": required Url,
    }
    example r#"{ "brand": "acme", "email": "jane@globex.example", "portalUrl": "https://support.acme.example/portal" }"#;
}

crate::input! {
    /// A mailed link that somebody followed.
    pub struct PortalVerify {
        /// What stands behind `?token=`.
        token "token": required LinkToken,
    }
    example r#"{ "token": "0123456789abcdefghjkmnpqrstvwxyz" }"#;
}

crate::input! {
    /// A ticket that a customer writes.
    pub struct NewPortalTicket {
        /// Short summary of the issue.
        title "title": required Title,
        /// The issue itself.
        body "body": optional LongText,
        /// Files: their own, confirmed, and used by nothing yet.
        attachment_ids "attachmentIds": optional AttachmentIds,
        /// Fields of your own; no schema.
        custom_fields "customFields": optional JsonText,
    }
    example r#"{ "title": "Cannot download the invoice", "body": "The button does nothing since Monday." }"#;
}

crate::input! {
    /// What a customer answers.
    pub struct NewPortalComment {
        /// The text.
        body "body": required CommentBody,
        /// Files: their own, confirmed, and used by nothing yet.
        attachment_ids "attachmentIds": optional AttachmentIds,
    }
    example r#"{ "body": "It works again, thank you." }"#;
}

crate::input! {
    /// A file that a customer wants to upload.
    pub struct NewPortalUpload {
        /// What it is called. Path separators and control characters become `_`.
        filename "filename": required Filename,
        /// What it is, `type/subtype`.
        content_type "contentType": required ContentType,
        /// Its bytes. With them the upload is taken only when it has exactly so many.
        size "size": optional FileSize,
        /// The SHA-256 of its bytes in hexadecimal. With it the upload is taken only when it fits.
        checksum "checksum": optional Checksum,
    }
    example r#"{ "filename": "screenshot.png", "contentType": "image/png", "size": 48213 }"#;
}
