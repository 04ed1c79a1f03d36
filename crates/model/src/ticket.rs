//! Tickets (API 5).

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, CustomerId, JsonText, MemberId, StatusId, TicketId, Timestamp,
    customer::{Customer, PersonName},
    later::{EmptyForNow, NullForNow},
    status::Status,
    text::{Email, Links, LongText, Reference, Source, Text, Title, Verbatim},
};

crate::text_enum! {
    /// How urgent a ticket is.
    pub enum Priority {
        /// Can wait.
        Low = "low",
        /// The usual.
        Normal = "normal" | "medium",
        /// Before the usual.
        High = "high",
        /// Before everything.
        Urgent = "urgent",
    }
}

impl Priority {
    /// Its rank, urgent highest; this is what the database sorts by.
    #[must_use]
    pub const fn rank(self) -> i64 {
        match self {
            Self::Low => 0,
            Self::Normal => 1,
            Self::High => 2,
            Self::Urgent => 3,
        }
    }

    /// The priority of a stored rank.
    #[must_use]
    pub const fn of_rank(rank: i64) -> Self {
        match rank {
            0 => Self::Low,
            2 => Self::High,
            3 => Self::Urgent,
            _ => Self::Normal,
        }
    }
}

crate::text_enum! {
    /// Why a ticket was closed.
    pub enum CloseReason {
        /// The customer did not answer.
        NoResponse = "no_response",
        /// Not what this support is for.
        OutOfScope = "out_of_scope",
        /// The customer is no longer one.
        CustomerLeft = "customer_left",
        /// Another ticket is about the same; left out of all metrics.
        Duplicate = "duplicate",
    }
}

/// A ticket, as it is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are the contract's, API 5.1; those that need a word have one")]
pub struct Ticket {
    pub id: TicketId,
    pub brand_id: BrandId,
    /// Prefix and number, such as `DT-1042`; never changes.
    pub ticket_number: String,
    pub number: i64,
    pub ticket_prefix: String,
    pub title: String,
    /// As it was sent: text, Markdown or HTML. Lists and events cut it to 2,000 characters.
    pub body: Option<String>,
    /// Whether `body` was cut.
    pub body_truncated: bool,
    /// The key of its status.
    pub status: String,
    pub status_id: StatusId,
    #[schema(value_type = Status)]
    pub status_ref: Arc<Status>,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    pub assignee_id: Option<MemberId>,
    pub assignee_email: Option<String>,
    pub assignee_name: Option<String>,
    pub customer_id: Option<CustomerId>,
    #[schema(value_type = Option<Customer>)]
    pub customer: Option<Arc<Customer>>,
    /// Also known when the customer was deleted.
    pub customer_email: Option<String>,
    pub customer_name: Option<String>,
    pub company_id: NullForNow,
    pub category_id: NullForNow,
    pub category: NullForNow,
    pub tag_ids: EmptyForNow,
    pub tags: EmptyForNow,
    #[schema(value_type = Vec<crate::text::Link>)]
    pub links: JsonText,
    pub custom_fields: JsonText,
    pub metadata: JsonText,
    pub source: String,
    pub source_id: Option<String>,
    pub source_data: Option<JsonText>,
    pub created_by: Option<String>,
    /// Comments by staff and customers, internal ones included; not SYSTEM ones.
    pub comment_count: i64,
    pub attachment_count: i64,
    pub is_spam: bool,
    pub merged_into_id: NullForNow,
    pub due_at: Option<Timestamp>,
    pub overdue_at: NullForNow,
    /// When the first public STAFF comment was written.
    pub first_response_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub resolved_by_id: Option<MemberId>,
    pub closed_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
}

/// An id or address for somebody to assign a ticket to.
pub type CreatedBy = Verbatim<0, 320>;
/// The id of a thing in the channel that it came from.
pub type SourceId = Verbatim<0, 512>;

crate::input! {
    /// A new ticket.
    pub struct NewTicket {
        /// Short summary of the issue.
        title "title": required Title,
        /// The issue itself: text, Markdown or HTML.
        body "body": optional LongText,
        /// Key, id or `sts_<key>` of a status; `open` when left out.
        status "status": optional Reference,
        /// The same as `status`.
        status_id "statusId": optional Reference,
        /// Why it is closed; only with the status `closed`.
        close_reason "closeReason": optional CloseReason,
        /// `normal` when left out.
        priority "priority": optional Priority,
        /// An active member with access to the brand.
        assignee_id "assigneeId": optional Reference,
        /// The address of such a member, or of an outside assignee.
        assignee_email "assigneeEmail": optional Email,
        /// Creates the customer or links the existing one.
        customer_email "customerEmail": optional Email,
        /// The name of a new customer, or of one without a name.
        customer_name "customerName": optional PersonName,
        /// Links an existing customer.
        customer_id "customerId": optional Reference,
        /// Fields of your own; no schema.
        custom_fields "customFields": optional JsonText,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
        /// Links that belong to the ticket.
        links "links": optional Links,
        /// The channel it came from: `api` when left out.
        source "source": optional Source,
        /// Its id in that channel.
        source_id "sourceId": optional SourceId,
        /// What else the channel knows.
        source_data "sourceData": optional JsonText,
        /// Who created it, in your own words.
        created_by "createdBy": optional CreatedBy,
        /// When it is due.
        due_at "dueAt": optional Timestamp,
    }
    later {
        "categoryId" = "null", "tagIds" = "[]", "tags" = "[]", "watchers" = "[]", "attachmentIds" = "[]",
        "notifyCustomer" = "false",
    }
}

crate::input! {
    /// A change of a ticket.
    pub struct TicketPatch {
        /// Short summary of the issue.
        title "title": change Title,
        /// The issue itself.
        body "body": patch LongText,
        /// Key, id or `sts_<key>` of a status.
        status "status": change Reference,
        /// The same as `status`.
        status_id "statusId": change Reference,
        /// Why it is closed; only with the status `closed`.
        close_reason "closeReason": patch CloseReason,
        /// How urgent it is.
        priority "priority": change Priority,
        /// An active member with access to the brand; null for nobody.
        assignee_id "assigneeId": patch Reference,
        /// The address of such a member, or of an outside assignee; null for nobody.
        assignee_email "assigneeEmail": patch Email,
        /// Creates the customer or links the existing one.
        customer_email "customerEmail": change Email,
        /// The name of a new customer, or of one without a name.
        customer_name "customerName": change PersonName,
        /// Links an existing customer; null unlinks.
        customer_id "customerId": patch Reference,
        /// Merged at the top level; a null member removes that key.
        custom_fields "customFields": patch JsonText,
        /// Merged at the top level; a null member removes that key.
        metadata "metadata": patch JsonText,
        /// Replaced as a whole.
        links "links": patch Links,
        /// When it is due; null for never.
        due_at "dueAt": patch Timestamp,
        /// Refuses the change when the ticket has another `updatedAt`.
        expected_updated_at "expectedUpdatedAt": change Timestamp,
    }
    later {
        "categoryId" = "null", "tagIds" = "[]", "tags" = "[]", "addTagIds" = "[]", "removeTagIds" = "[]",
        "isSpam" = "false",
    }
}

crate::text_enum! {
    /// What tickets are sorted by. The other sorts of the contract come with later versions.
    pub enum TicketSort {
        /// When they were created.
        CreatedAt = "createdAt",
        /// When they were last changed.
        UpdatedAt = "updatedAt",
    }
}

/// Text without bounds of its own, for names in requests.
pub type AuthorName = Text<0, 200>;
