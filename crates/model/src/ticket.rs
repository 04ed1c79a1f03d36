//! Tickets (API 5).

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, CategoryId, CompanyId, CustomerId, JsonText, MemberId, Patch, StatusId, TagId, TicketId, Timestamp,
    attachment::AttachmentIds,
    category::Category,
    customer::{Customer, PersonName},
    limits::{BULK_MAX, MERGE_MAX, TICKET_TAGS_MAX, WATCHERS_MAX},
    status::Status,
    tag::Tag,
    text::{Email, Links, List, LongText, Name, NonEmpty, Reference, Source, Text, Title, Verbatim},
    watcher::NewWatcher,
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
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Prefix and number, such as `DT-1042`; never changes.
    pub ticket_number: String,
    /// The number alone.
    pub number: i64,
    /// The prefix that the brand had when it was created.
    pub ticket_prefix: String,
    /// Short summary of the issue.
    pub title: String,
    /// As it was sent: text, Markdown or HTML. Lists and events cut it to 2,000 characters.
    pub body: Option<String>,
    /// Whether `body` was cut.
    pub body_truncated: bool,
    /// The key of its status.
    pub status: String,
    /// The id of its status.
    pub status_id: StatusId,
    /// Its status.
    #[schema(value_type = Status)]
    pub status_ref: Arc<Status>,
    /// Why it was closed; only while its status is `closed`.
    pub close_reason: Option<CloseReason>,
    /// How urgent it is.
    pub priority: Priority,
    /// The member who works on it; null for nobody and for an outside address.
    pub assignee_id: Option<MemberId>,
    /// The assignee's address: that member's, or one outside, such as a team mailbox.
    pub assignee_email: Option<String>,
    /// The member's name.
    pub assignee_name: Option<String>,
    /// Its customer; null when there is none or it was deleted.
    pub customer_id: Option<CustomerId>,
    /// Its customer, with its company.
    #[schema(value_type = Option<Customer>)]
    pub customer: Option<Arc<Customer>>,
    /// Also known when the customer was deleted.
    pub customer_email: Option<String>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// The customer's company, as of now.
    pub company_id: Option<CompanyId>,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// Its category.
    #[schema(value_type = Option<Category>)]
    pub category: Option<Arc<Category>>,
    /// Its tags, by name.
    pub tag_ids: Vec<TagId>,
    /// By name.
    #[schema(value_type = Vec<Tag>)]
    pub tags: Vec<Arc<Tag>>,
    /// Links that belong to it.
    #[schema(value_type = Vec<crate::text::Link>)]
    pub links: JsonText,
    /// Fields of the caller's own; definitions describe them and never refuse a value.
    pub custom_fields: JsonText,
    /// Free JSON of the caller's own.
    pub metadata: JsonText,
    /// The channel it came from, such as `api`, `dashboard`, `email` or a word of your own.
    pub source: String,
    /// Its id in that channel.
    pub source_id: Option<String>,
    /// What else the channel told.
    pub source_data: Option<JsonText>,
    /// Who created it: the address of a member, or what the caller said.
    pub created_by: Option<String>,
    /// Comments by staff and customers, internal ones included; not SYSTEM ones.
    pub comment_count: i64,
    /// Files that hang on it; 0 until attachments are available.
    pub attachment_count: i64,
    /// Whether it is spam.
    pub is_spam: bool,
    /// The ticket that this one was merged into.
    pub merged_into_id: Option<TicketId>,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When it was found past `dueAt` while it was active; null again when `dueAt` changes.
    pub overdue_at: Option<Timestamp>,
    /// When the first public STAFF comment was written.
    pub first_response_at: Option<Timestamp>,
    /// When it left the active statuses; null while it is active.
    pub resolved_at: Option<Timestamp>,
    /// The member who resolved or closed it.
    pub resolved_by_id: Option<MemberId>,
    /// When it became `closed`.
    pub closed_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When a field changed or a comment came last.
    pub updated_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// Its brand; only in lists across brands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, value_type = BrandOfTicket)]
    pub brand: Option<Arc<BrandOfTicket>>,
}

/// The brand of a ticket, in lists across brands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrandOfTicket {
    /// Its id.
    pub id: BrandId,
    /// Its name.
    pub name: String,
    /// Its name in mail addresses.
    pub slug: String,
    /// The letters in front of new ticket numbers.
    pub ticket_prefix: String,
    /// Where its picture is.
    pub icon_url: Option<String>,
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
        /// `normal` when left out (or what the customer's company says) and when null.
        priority "priority": patch Priority,
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
        /// Id or key of a category.
        category_id "categoryId": optional Reference,
        /// Ids of tags.
        tag_ids "tagIds": optional List<Reference, TICKET_TAGS_MAX>,
        /// Tags by id or name; a new name makes a new tag.
        tags "tags": optional List<Name, TICKET_TAGS_MAX>,
        /// Who watches it from the start.
        watchers "watchers": optional List<NewWatcher, WATCHERS_MAX>,
        /// Files: confirmed ones that nothing uses yet.
        attachment_ids "attachmentIds": optional AttachmentIds,
        /// Whether the customer is mailed a confirmation, as soon as outgoing mail is set up.
        notify_customer "notifyCustomer": optional bool,
    }
    example r#"{
        "title": "Cannot download the invoice",
        "body": "The button does nothing since Monday.",
        "customerEmail": "jane@globex.example",
        "customerName": "Jane Doe",
        "priority": "high",
        "categoryId": "billing",
        "tags": ["bug"],
        "customFields": {"orderId": "ORD-1234", "plan": "enterprise"}
    }"#;
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
        /// Id or key of a category; null for none.
        category_id "categoryId": patch Reference,
        /// Ids of tags; replaces those there are.
        tag_ids "tagIds": change List<Reference, TICKET_TAGS_MAX>,
        /// Tags by id or name; replaces those there are, a new name makes a new tag.
        tags "tags": change List<Name, TICKET_TAGS_MAX>,
        /// Ids of tags that come to those there are.
        add_tag_ids "addTagIds": change List<Reference, TICKET_TAGS_MAX>,
        /// Ids of tags that leave.
        remove_tag_ids "removeTagIds": change List<Reference, TICKET_TAGS_MAX>,
        /// Marks it as spam and blocks its customer, or takes both back.
        is_spam "isSpam": change bool,
        /// Refuses the change when the ticket has another `updatedAt`.
        expected_updated_at "expectedUpdatedAt": change Timestamp,
    }
    example r#"{
        "status": "in_progress",
        "assigneeEmail": "ana@acme.example",
        "customFields": {"plan": null},
        "expectedUpdatedAt": "2026-01-02T03:04:05.678Z"
    }"#;
}

impl TicketPatch {
    /// A change of nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            title: None,
            body: Patch::Keep,
            status: None,
            status_id: None,
            close_reason: Patch::Keep,
            priority: None,
            assignee_id: Patch::Keep,
            assignee_email: Patch::Keep,
            customer_email: None,
            customer_name: None,
            customer_id: Patch::Keep,
            custom_fields: Patch::Keep,
            metadata: Patch::Keep,
            links: Patch::Keep,
            due_at: Patch::Keep,
            category_id: Patch::Keep,
            tag_ids: None,
            tags: None,
            add_tag_ids: None,
            remove_tag_ids: None,
            is_spam: None,
            expected_updated_at: None,
        }
    }
}

crate::input! {
    /// Marks a ticket as spam, or takes it back.
    pub struct SpamMark {
        /// Whether it is spam.
        is_spam "isSpam": required bool,
        /// Whether its customer is blocked with it; true when left out.
        block_customer "blockCustomer": optional bool,
    }
    example r#"{ "isSpam": true, "blockCustomer": false }"#;
}

crate::input! {
    /// The tickets that are merged into another.
    pub struct MergeSources {
        /// Their ids or numbers.
        source_ticket_ids "sourceTicketIds": required NonEmpty<Reference, MERGE_MAX>,
    }
    example r#"{ "sourceTicketIds": ["DT-1043", "DT-1044"] }"#;
}

/// The ticket that others were merged into.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergedTicket {
    /// The ticket as it is now.
    #[serde(flatten)]
    pub ticket: Ticket,
    /// Its id.
    pub target_ticket_id: TicketId,
    /// The tickets that were merged into it.
    pub merged_ticket_ids: Vec<TicketId>,
    /// How many.
    pub merged_count: usize,
}

crate::text_enum! {
    /// What is done to many tickets.
    pub enum BulkAction {
        /// They get the status `resolved`.
        Resolve = "resolve",
        /// They get the status `closed`.
        Close = "close",
        /// They get `status`.
        SetStatus = "setStatus",
        /// They get `priority`.
        SetPriority = "setPriority",
        /// They are assigned, or to nobody.
        Assign = "assign",
        /// They get `categoryId`, or none.
        SetCategory = "setCategory",
        /// They get these tags and no others.
        SetTags = "setTags",
        /// They get these tags as well.
        AddTags = "addTags",
        /// They lose these tags.
        RemoveTags = "removeTags",
        /// They are marked as spam.
        Spam = "spam",
        /// They are no spam.
        NotSpam = "notSpam",
        /// They are deleted.
        Delete = "delete",
    }
}

crate::input! {
    /// One action on many tickets.
    pub struct BulkChange {
        /// What is done.
        action "action": required BulkAction,
        /// Ids or numbers.
        ticket_ids "ticketIds": required NonEmpty<Reference, BULK_MAX>,
        /// Whether people are told of it; true when left out.
        notify "notify": optional bool,
        /// For `close`: why.
        close_reason "closeReason": optional CloseReason,
        /// For `setStatus`: key, id or `sts_<key>`.
        status "status": optional Reference,
        /// For `setPriority`.
        priority "priority": optional Priority,
        /// For `assign`; null for nobody.
        assignee_id "assigneeId": patch Reference,
        /// For `assign`; null for nobody.
        assignee_email "assigneeEmail": patch Email,
        /// For `setCategory`; null for none.
        category_id "categoryId": patch Reference,
        /// For the actions on tags: ids or names.
        tags "tags": optional List<Name, TICKET_TAGS_MAX>,
        /// For the actions on tags: ids.
        tag_ids "tagIds": optional List<Reference, TICKET_TAGS_MAX>,
    }
    rule r#"{
        "allOf": [
            {
                "if": { "properties": { "action": { "const": "setStatus" } } },
                "then": { "required": ["status"], "properties": { "status": { "type": "string" } } }
            },
            {
                "if": { "properties": { "action": { "const": "setPriority" } } },
                "then": { "required": ["priority"], "properties": { "priority": { "type": "string" } } }
            },
            {
                "if": { "properties": { "action": { "const": "assign" } } },
                "then": { "anyOf": [{ "required": ["assigneeId"] }, { "required": ["assigneeEmail"] }] }
            },
            { "if": { "properties": { "action": { "const": "setCategory" } } }, "then": { "required": ["categoryId"] } },
            {
                "if": { "properties": { "action": { "enum": ["setTags", "addTags", "removeTags"] } } },
                "then": {
                    "anyOf": [
                        { "required": ["tags"], "properties": { "tags": { "type": "array", "items": {} } } },
                        { "required": ["tagIds"], "properties": { "tagIds": { "type": "array", "items": {} } } }
                    ]
                }
            }
        ]
    }"#;
    example r#"{ "action": "assign", "ticketIds": ["DT-1042", "DT-1043"], "assigneeEmail": "ana@acme.example" }"#;
}

/// What came of an action on many tickets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkReport {
    /// Whether all was done.
    pub success: bool,
    /// How many were done.
    pub count: usize,
    /// How many were not.
    pub failed: usize,
    /// One by one, in the order in which they were asked for.
    pub results: Vec<BulkResult>,
}

/// What came of an action on one of many tickets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// The ticket's id; what was asked for when there is none.
    pub id: String,
    /// Whether it was done.
    pub ok: bool,
    /// Why not: a code of the errors.
    pub code: Option<String>,
    /// Why not, in words.
    pub message: Option<String>,
}

/// How many tickets a filter finds.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct TicketCount {
    /// As many as were counted.
    pub count: i64,
    /// Whether there may be more.
    pub capped: bool,
}

crate::text_enum! {
    /// What tickets are sorted by (API 5.4).
    pub enum TicketSort {
        /// When they were created.
        CreatedAt = "createdAt",
        /// When they were last changed.
        UpdatedAt = "updatedAt",
        /// Urgent highest.
        Priority = "priority",
        /// Their number.
        TicketNumber = "ticketNumber",
        /// Their title.
        Title = "title",
        /// The display order of their status.
        Status = "status",
        /// The customer's name, else its address.
        Customer = "customer",
        /// The name of the customer's company.
        Company = "company",
        /// The assignee's display name, else its address.
        Assignee = "assignee",
        /// The category's name.
        Category = "category",
        /// When they are due.
        DueAt = "dueAt",
    }
}

/// Text without bounds of its own, for names in requests.
pub type AuthorName = Text<0, 200>;
