//! Comments (API 6): the conversation on a ticket.

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    CommentId, Errors, JsonText, TicketId, Timestamp,
    attachment::{Attachment, AttachmentIds},
    input::{Parse, schema, string},
    text::{Cc, CommentBody, Email, Links, Reference, Source},
    ticket::{AuthorName, CloseReason, SourceId},
};

/// Who wrote a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorType {
    /// The support team.
    Staff,
    /// The customer.
    Customer,
    /// A machine.
    System,
}

impl AuthorType {
    /// Every value, as it is written.
    pub const ALL: &'static [&'static str] = &["STAFF", "CUSTOMER", "SYSTEM"];

    /// The value as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "STAFF",
            Self::Customer => "CUSTOMER",
            Self::System => "SYSTEM",
        }
    }

    /// Reads a value; `AGENT` in any case means STAFF (API 1.3).
    ///
    /// # Errors
    /// A message that names the allowed values.
    pub fn read(text: &str) -> Result<Self, String> {
        match text {
            "STAFF" => Ok(Self::Staff),
            "CUSTOMER" => Ok(Self::Customer),
            "SYSTEM" => Ok(Self::System),
            agent if agent.eq_ignore_ascii_case("agent") => Ok(Self::Staff),
            _ => Err(format!("must be one of: {}", Self::ALL.join(", "))),
        }
    }
}

impl Serialize for AuthorType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Parse for AuthorType {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        Self::read(text.trim()).map_err(|message| errors.push(at, message)).ok()
    }

    fn schema() -> RefOr<Schema> {
        schema::any_of([schema::one_of(Self::ALL), schema::pattern("^[Aa][Gg][Ee][Nn][Tt]$")])
    }
}

impl utoipa::PartialSchema for AuthorType {
    fn schema() -> RefOr<Schema> {
        schema::described(schema::one_of(Self::ALL), "Who wrote a comment.", false)
    }
}
impl ToSchema for AuthorType {}

/// A comment, as it is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Its ticket.
    pub ticket_id: TicketId,
    /// The comment that it answers.
    pub parent_id: Option<CommentId>,
    /// As it was sent: text, Markdown or HTML.
    pub body: String,
    /// Who wrote it: the team, the customer, or a machine.
    pub author_type: AuthorType,
    /// A member's id, a customer's id, or the caller's value.
    pub author_id: Option<String>,
    /// The name of who wrote it.
    pub author_name: Option<String>,
    /// The address of who wrote it.
    pub author_email: Option<String>,
    /// Whether only staff sees it.
    pub is_internal: bool,
    /// Links that belong to it.
    #[schema(value_type = Vec<crate::text::Link>)]
    pub links: JsonText,
    /// Free JSON of the caller's own; the server's own comments say here what they record.
    pub metadata: JsonText,
    /// Addresses in copy.
    #[schema(value_type = Vec<String>)]
    pub cc: JsonText,
    /// Files that hang on it.
    pub attachments: Vec<Attachment>,
    /// The channel it came from.
    pub source: String,
    /// Its id in that channel.
    pub source_id: Option<String>,
    /// What else the channel told.
    pub source_data: Option<JsonText>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// Whether the server wrote it; such comments cannot be changed.
    #[serde(skip)]
    #[schema(ignore)]
    pub by_server: bool,
}

/// A comment with the comments that answer it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommentWithReplies {
    /// The comment.
    #[serde(flatten)]
    pub comment: Comment,
    /// The comments that name it as their parent, oldest first.
    pub replies: Vec<Comment>,
}

crate::input! {
    /// A new comment.
    pub struct NewComment {
        /// Text, Markdown or HTML.
        body "body": required CommentBody,
        /// STAFF when left out.
        author_type "authorType": optional AuthorType,
        /// Who wrote it, in your own words.
        author_id "authorId": optional Reference,
        /// The name of who wrote it.
        author_name "authorName": optional AuthorName,
        /// The address of who wrote it.
        author_email "authorEmail": optional Email,
        /// A comment of the same ticket that this one answers.
        parent_id "parentId": optional Reference,
        /// Whether only staff sees it; not with CUSTOMER.
        is_internal "isInternal": optional bool,
        /// Links that belong to the comment.
        links "links": optional Links,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
        /// The channel it came from: `api` when left out.
        source "source": optional Source,
        /// Its id in that channel.
        source_id "sourceId": optional SourceId,
        /// What else the channel knows.
        source_data "sourceData": optional JsonText,
        /// The status that the ticket gets with it: key, id or `sts_<key>`.
        set_status "setStatus": optional Reference,
        /// Why the ticket is closed; only with `setStatus` `closed`.
        close_reason "closeReason": optional CloseReason,
        /// Addresses in copy.
        cc "cc": optional Cc,
        /// Files: confirmed ones that nothing uses yet, or files of this ticket without a comment.
        attachment_ids "attachmentIds": optional AttachmentIds,
        /// Whether the customer is mailed. No version up to this one sends mail.
        notify_customer "notifyCustomer": optional bool,
    }
    example r#"{
        "body": "Thanks for the report. A fix is on its way.",
        "authorType": "STAFF",
        "authorName": "Ana Ito",
        "authorEmail": "ana@acme.example",
        "setStatus": "pending"
    }"#;
}

crate::input! {
    /// A change of a comment.
    pub struct CommentPatch {
        /// Text, Markdown or HTML.
        body "body": change CommentBody,
        /// Replaced as a whole.
        links "links": patch Links,
        /// Merged at the top level; a null member removes that key.
        metadata "metadata": patch JsonText,
    }
    example r#"{ "body": "Thanks for the report. The fix is out." }"#;
}
