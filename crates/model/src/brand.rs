//! Brands (API 4): isolated containers of tickets, customers, statuses and configuration.

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    AccountId, BrandId, Errors, JsonText, Timestamp,
    field::FieldDefinitions,
    fold::unaccented,
    input::{Parse, schema, string},
    survey::DelayMinutes,
    text::{Email, Int, Name, Text, Url, Verbatim},
};

mod mail;
pub use mail::{BrandMail, BrandPortal, FromName, MailDomains, NotifyEmails, Origin, Origins};

/// Local parts of mail addresses that no brand may take (API 4).
const RESERVED_SLUGS: [&str; 6] = ["abuse", "admin", "mailer-daemon", "noreply", "postmaster", "www"];
/// Longest slug: a label of the domain name system.
pub const SLUG_MAX: usize = 63;
/// The ticket prefix of a brand that is given none.
pub const DEFAULT_PREFIX: &str = "DT";
/// The first ticket number of a brand that is given none.
pub const DEFAULT_START: i64 = 1001;

/// The name of a brand in mail addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    /// Reads a slug.
    ///
    /// # Errors
    /// What is wrong with it, in words for the caller.
    pub fn new(text: &str) -> Result<Self, String> {
        let slug = text.trim();
        let inner = slug.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if slug.is_empty() || slug.len() > SLUG_MAX || !inner || slug.starts_with('-') || slug.ends_with('-') {
            Err("must be 1-63 lowercase letters, digits and hyphens, with a letter or digit at both ends".to_owned())
        } else if RESERVED_SLUGS.contains(&slug) {
            Err(format!("must not be one of: {}", RESERVED_SLUGS.join(", ")))
        } else {
            Ok(Self(slug.to_owned()))
        }
    }

    /// A slug made from a name: lowercase, accents stripped, other runs than ASCII letters and digits become a hyphen.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let mut slug = String::new();
        for c in unaccented(name).chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(SLUG_MAX - 8); // room for a number behind it
        let slug = slug.trim_matches('-');
        Self::new(slug).unwrap_or_else(|_| Self(format!("brand{}{slug}", if slug.is_empty() { "" } else { "-" })))
    }

    /// This slug with a number behind it, for when it is taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Parse for Slug {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        Self::new(&text).map_err(|message| errors.push(at, message)).ok()
    }

    fn schema() -> RefOr<Schema> {
        schema::pattern_but("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$", &RESERVED_SLUGS)
    }
}

/// The letters in front of a ticket's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketPrefix(String);

impl TicketPrefix {
    /// The prefix as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Parse for TicketPrefix {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let prefix = string(value, at, errors)?.trim().to_ascii_uppercase();
        if (1..=10).contains(&prefix.len())
            && prefix.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        {
            return Some(Self(prefix));
        }
        errors.push(at, "must be 1-10 letters and digits");
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::pattern("^[A-Za-z0-9]{1,10}$")
    }
}

/// What is stored of a brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Its id.
    pub id: BrandId,
    /// Its account.
    pub account_id: AccountId,
    /// Its name.
    pub name: String,
    /// Its name in mail addresses, unique on the server.
    pub slug: String,
    /// The letters in front of new ticket numbers.
    pub ticket_prefix: String,
    /// The number that the next ticket gets.
    pub next_ticket_number: i64,
    /// Where its product is.
    pub url: Option<String>,
    /// Where its picture is.
    pub icon_url: Option<String>,
    /// Free JSON of the caller's own.
    pub settings: JsonText,
    /// Free JSON of the caller's own.
    pub metadata: JsonText,
    /// A schema of the caller's own, stored and never enforced.
    pub ticket_schema: Option<JsonText>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// Whether rows of this brand are being rewritten in the background: what they read as meanwhile has to be looked up.
    pub rewriting: bool,
    /// What the customers of resolved tickets are asked.
    pub csat: Csat,
    /// How its mail comes and goes.
    pub mail: BrandMail,
    /// Who may use its portal.
    pub portal: BrandPortal,
    /// Whether it has had a survey: only then is there one to cancel.
    pub surveyed: bool,
}

/// What the customers of resolved tickets are asked (API 24).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csat {
    /// Whether they are asked at all.
    pub enabled: bool,
    /// How they rate.
    pub kind: CsatType,
    /// Minutes between the resolution and the question.
    pub delay_minutes: i64,
    /// The subject of the mail; nothing for the built-in one.
    pub subject: Option<String>,
    /// The text of the mail; nothing for the built-in one.
    pub body: Option<String>,
}

impl Default for Csat {
    fn default() -> Self {
        Self { enabled: false, kind: CsatType::Thumbs, delay_minutes: 60, subject: None, body: None }
    }
}

/// The subject of a mail that the brand words itself.
pub type MailSubject = Text<0, 200>;
/// The text of a mail that the brand words itself.
pub type MailText = Verbatim<0, 10_000>;

/// A brand as it is shown. Those of SLA belong to a later feature and hold their defaults.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Brand)]
#[serde(rename_all = "camelCase")]
pub struct BrandView {
    /// Its id.
    pub id: BrandId,
    /// Its account.
    pub account_id: AccountId,
    /// Its name.
    pub name: String,
    /// Its name in mail addresses, unique on the server.
    pub slug: String,
    /// The letters in front of new ticket numbers.
    pub ticket_prefix: String,
    /// The number that the next ticket gets.
    pub next_ticket_number: i64,
    /// Where its product is.
    pub url: Option<String>,
    /// Where its picture is.
    pub icon_url: Option<String>,
    /// Free JSON of the caller's own.
    pub settings: JsonText,
    /// Free JSON of the caller's own.
    pub metadata: JsonText,
    /// A schema of the caller's own, stored and never enforced.
    pub ticket_schema: Option<JsonText>,
    /// The definitions of its custom fields.
    pub field_definitions: FieldDefinitions,
    /// Whether mail becomes tickets.
    pub inbound_email_enabled: bool,
    /// Where mail to the brand goes.
    pub inbound_address: String,
    /// The name that its mail comes from.
    pub from_name: Option<String>,
    /// The address that its mail comes from.
    pub from_email: Option<String>,
    /// Whether new tickets are answered by mail.
    pub autoresponse_enabled: bool,
    /// The subject of that mail.
    pub autoresponse_subject: Option<String>,
    /// The text of that mail.
    pub autoresponse_body: Option<String>,
    /// Addresses that are told of new tickets.
    pub new_ticket_notify_emails: Vec<String>,
    /// Origins whose pages may call the portal.
    pub portal_origins: Vec<String>,
    /// Whether unknown addresses may sign in to the portal.
    pub portal_signup: bool,
    /// Whether resolved tickets ask for feedback.
    pub csat_enabled: bool,
    /// How feedback is given.
    pub csat_type: CsatType,
    /// Minutes between the resolution and the question.
    pub csat_delay_minutes: i64,
    /// The subject of that mail; null for the built-in one.
    pub csat_email_subject: Option<String>,
    /// The text of that mail; null for the built-in one.
    pub csat_email_body: Option<String>,
    /// Whether tickets get a due date.
    pub sla_enabled: bool,
    /// Hours until then.
    pub sla_default_hours: i64,
    /// Hours until then by priority.
    #[schema(value_type = HoursByPriority)]
    pub sla_by_priority: JsonText,
    /// Whether overdue tickets are told of.
    pub sla_notify_overdue: bool,
    /// Whether only business hours count.
    pub sla_business_hours_only: bool,
    /// The business hours.
    #[schema(value_type = BusinessHours)]
    pub sla_business_hours: JsonText,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

crate::text_enum! {
    /// How feedback is given.
    pub enum CsatType {
        /// Thumb up or down.
        Thumbs = "thumbs",
        /// 1 to 5.
        Scale5 = "scale5",
        /// 1 to 10.
        Scale10 = "scale10",
    }
}

/// The schema of `slaByPriority`.
#[derive(ToSchema)]
pub struct HoursByPriority {
    /// Of urgent tickets.
    pub urgent: i64,
    /// Of high ones.
    pub high: i64,
    /// Of normal ones.
    pub normal: i64,
    /// Of low ones.
    pub low: i64,
}

/// The schema of `slaBusinessHours`.
#[derive(ToSchema)]
pub struct BusinessHours {
    /// When they begin, such as `09:00`.
    pub start: String,
    /// When they end.
    pub end: String,
    /// The days of the week, Monday 1.
    pub days: Vec<i64>,
    /// The name of their time zone.
    pub timezone: String,
}

/// Default of `slaByPriority` (API 25).
const SLA_BY_PRIORITY: &str = r#"{"urgent":4,"high":24,"normal":72,"low":168}"#;
/// Default of `slaBusinessHours` (API 25).
const SLA_BUSINESS_HOURS: &str = r#"{"start":"09:00","end":"17:00","days":[1,2,3,4,5],"timezone":"UTC"}"#;

impl Brand {
    /// The brand as it is shown by a server whose mail domain is `mail_domain`, with the definitions of its custom fields.
    #[must_use]
    pub fn view(self, mail_domain: &str, fields: FieldDefinitions) -> BrandView {
        BrandView {
            inbound_address: format!("{}@{mail_domain}", self.slug),
            id: self.id,
            account_id: self.account_id,
            name: self.name,
            slug: self.slug,
            ticket_prefix: self.ticket_prefix,
            next_ticket_number: self.next_ticket_number,
            url: self.url,
            icon_url: self.icon_url,
            settings: self.settings,
            metadata: self.metadata,
            ticket_schema: self.ticket_schema,
            field_definitions: fields,
            inbound_email_enabled: self.mail.inbound_enabled,
            from_name: self.mail.from_name,
            from_email: self.mail.from_email,
            autoresponse_enabled: self.mail.autoresponse_enabled,
            autoresponse_subject: self.mail.autoresponse_subject,
            autoresponse_body: self.mail.autoresponse_body,
            new_ticket_notify_emails: self.mail.new_ticket_notify_emails,
            portal_origins: self.portal.origins,
            portal_signup: self.portal.signup,
            csat_enabled: self.csat.enabled,
            csat_type: self.csat.kind,
            csat_delay_minutes: self.csat.delay_minutes,
            csat_email_subject: self.csat.subject,
            csat_email_body: self.csat.body,
            sla_enabled: false,
            sla_default_hours: 72,
            sla_by_priority: JsonText::stored(SLA_BY_PRIORITY.to_owned()),
            sla_notify_overdue: true,
            sla_business_hours_only: false,
            sla_business_hours: JsonText::stored(SLA_BUSINESS_HOURS.to_owned()),
            created_at: self.created_at,
            updated_at: self.updated_at,
            deleted_at: self.deleted_at,
        }
    }
}

/// The first ticket number of a brand.
pub type TicketNumberStart = Int<1, 999_999_999>;

/// A body of a brand, with the fields whose features come later and their defaults (API 25).
macro_rules! brand_input {
    ($($body:tt)*) => {
        crate::input! {
            $($body)*
            later {
                "slaEnabled" = "false", "slaDefaultHours" = "72",
                "slaByPriority" = r#"{"urgent":4,"high":24,"normal":72,"low":168}"#,
                "slaNotifyOverdue" = "true", "slaBusinessHoursOnly" = "false",
                "slaBusinessHours" = r#"{"start":"09:00","end":"17:00","days":[1,2,3,4,5],"timezone":"UTC"}"#,
            }
        }
    };
}

brand_input! {
    /// A new brand.
    pub struct NewBrand {
        /// Its name.
        name "name": required Name,
        /// Used in email addresses; made from the name when left out.
        slug "slug": optional Slug,
        /// The letters in front of ticket numbers; `DT` when left out.
        ticket_prefix "ticketPrefix": optional TicketPrefix,
        /// The number of the first ticket; 1001 when left out.
        ticket_number_start "ticketNumberStart": optional TicketNumberStart,
        /// Where its product is.
        url "url": optional Url,
        /// Where its picture is.
        icon_url "iconUrl": optional Url,
        /// Free JSON of your own.
        settings "settings": optional JsonText,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
        /// A schema of your own, stored and never enforced.
        ticket_schema "ticketSchema": optional JsonText,
        /// Whether the customers of resolved tickets are asked; false when left out.
        csat_enabled "csatEnabled": optional bool,
        /// How they rate; `thumbs` when left out.
        csat_type "csatType": optional CsatType,
        /// Minutes between the resolution and the question; 60 when left out.
        csat_delay_minutes "csatDelayMinutes": optional DelayMinutes,
        /// The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}` and `{{brandName}}`; a built-in one when left out.
        csat_email_subject "csatEmailSubject": optional MailSubject,
        /// The text of that mail, with the same placeholders; a built-in one when left out.
        csat_email_body "csatEmailBody": optional MailText,
        /// Whether mail becomes tickets; true when left out.
        inbound_email_enabled "inboundEmailEnabled": optional bool,
        /// The name that its mail comes from; its own when left out.
        from_name "fromName": optional FromName,
        /// The address that its mail comes from, in a domain that the server sends from; its own when left out.
        from_email "fromEmail": optional Email,
        /// Whether new tickets are answered by mail, which takes both texts; false when left out.
        autoresponse_enabled "autoresponseEnabled": optional bool,
        /// The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}`, `{{customerName}}` and `{{brandName}}`.
        autoresponse_subject "autoresponseSubject": optional MailSubject,
        /// The text of that mail, with the same placeholders.
        autoresponse_body "autoresponseBody": optional MailText,
        /// Addresses that are told of new tickets, and of replies to those that nobody has.
        new_ticket_notify_emails "newTicketNotifyEmails": optional NotifyEmails,
        /// Origins whose pages may call the portal: `scheme://host[:port]`.
        portal_origins "portalOrigins": optional Origins,
        /// Whether unknown addresses may sign in to the portal; false when left out.
        portal_signup "portalSignup": optional bool,
    }
    example r#"{
        "name": "Acme Support",
        "slug": "acme",
        "ticketPrefix": "AC",
        "ticketNumberStart": 1001,
        "url": "https://acme.example"
    }"#;
}

brand_input! {
    /// A change of a brand.
    pub struct BrandPatch {
        /// Its name.
        name "name": change Name,
        /// Used in email addresses; the old one stays reserved.
        slug "slug": change Slug,
        /// The letters in front of the numbers of new tickets.
        ticket_prefix "ticketPrefix": change TicketPrefix,
        /// The number of the next ticket; not below the present one.
        ticket_number_start "ticketNumberStart": change TicketNumberStart,
        /// Where its product is.
        url "url": patch Url,
        /// Where its picture is.
        icon_url "iconUrl": patch Url,
        /// Merged at the top level; a null member removes that key.
        settings "settings": patch JsonText,
        /// Merged at the top level; a null member removes that key.
        metadata "metadata": patch JsonText,
        /// A schema of your own, stored and never enforced; replaced as a whole.
        ticket_schema "ticketSchema": patch JsonText,
        /// Whether the customers of resolved tickets are asked.
        csat_enabled "csatEnabled": change bool,
        /// How they rate.
        csat_type "csatType": change CsatType,
        /// Minutes between the resolution and the question.
        csat_delay_minutes "csatDelayMinutes": change DelayMinutes,
        /// The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}` and `{{brandName}}`; null for the built-in one.
        csat_email_subject "csatEmailSubject": patch MailSubject,
        /// The text of that mail, with the same placeholders; null for the built-in one.
        csat_email_body "csatEmailBody": patch MailText,
        /// Whether mail becomes tickets.
        inbound_email_enabled "inboundEmailEnabled": change bool,
        /// The name that its mail comes from; its own when null.
        from_name "fromName": patch FromName,
        /// The address that its mail comes from, in a domain that the server sends from; its own when null.
        from_email "fromEmail": patch Email,
        /// Whether new tickets are answered by mail, which takes both texts.
        autoresponse_enabled "autoresponseEnabled": change bool,
        /// The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}`, `{{customerName}}` and `{{brandName}}`.
        autoresponse_subject "autoresponseSubject": patch MailSubject,
        /// The text of that mail, with the same placeholders.
        autoresponse_body "autoresponseBody": patch MailText,
        /// Addresses that are told of new tickets, and of replies to those that nobody has.
        new_ticket_notify_emails "newTicketNotifyEmails": change NotifyEmails,
        /// Origins whose pages may call the portal: `scheme://host[:port]`.
        portal_origins "portalOrigins": change Origins,
        /// Whether unknown addresses may sign in to the portal.
        portal_signup "portalSignup": change bool,
    }
    example r#"{ "name": "Acme Help", "settings": {"theme": "dark", "beta": null} }"#;
}

/// The schema that is stored with a brand: a whole object of the caller's own.
#[derive(Clone, Debug)]
pub struct SchemaInput(pub JsonText);

impl crate::Input for SchemaInput {
    const NAME: &'static str = "SchemaInput";
    /// No body is an empty object, which is a schema as well.
    const REQUIRED: bool = false;

    fn read(object: &mut serde_json::Map<String, Value>, errors: &mut Errors) -> Option<Self> {
        let whole = Value::Object(std::mem::take(object));
        JsonText::parse(whole, "schema", errors).map(Self)
    }

    fn example() -> Option<&'static str> {
        Some(r#"{ "type": "object", "properties": { "orderId": { "type": "string" } } }"#)
    }

    fn schema() -> utoipa::openapi::Object {
        schema::open()
            .description(Some(
                "A schema of your own: any JSON object of at most 64 KB. It is stored and never enforced.",
            ))
            .build()
    }
}

/// What would go with a brand.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrandContents {
    /// Tickets.
    pub ticket_count: i64,
    /// Customers.
    pub customer_count: i64,
    /// Companies.
    pub company_count: i64,
    /// Categories.
    pub category_count: i64,
    /// Tags.
    pub tag_count: i64,
    /// Statuses.
    pub status_count: i64,
    /// Webhooks.
    pub webhook_count: i64,
}
