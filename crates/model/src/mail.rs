//! Mail that is to be sent (API 20.3, 20.4).

use crate::{BrandId, EventId, MailId, TicketId, Timestamp};

crate::text_enum! {
    /// On what occasion a mail is sent.
    pub enum MailKind {
        /// An automation says so.
        Automation = "automation",
        /// A webhook was disabled.
        WebhookDisabled = "webhook_disabled",
    }
}

crate::text_enum! {
    /// What has become of a mail.
    pub enum MailState {
        /// It waits to be sent.
        Queued = "queued",
        /// It is not sent: no relay is set, or it has waited for one too long.
        Suppressed = "suppressed",
    }
}

/// Somebody who is mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The address.
    pub address: String,
    /// The name that stands beside it.
    pub name: Option<String>,
}

/// A mail to some people, each of whom gets one of their own.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// The brand that it comes from.
    pub brand: BrandId,
    /// The ticket that it is about.
    pub ticket: Option<TicketId>,
    /// On what occasion.
    pub kind: MailKind,
    /// Who gets it. An address that is there twice gets it once.
    pub to: Vec<Recipient>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// The event that it tells of.
    pub event: Option<EventId>,
}

/// A mail to one person, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// The brand that it comes from.
    pub brand_id: BrandId,
    /// On what occasion.
    pub kind: MailKind,
    /// The ticket that it is about.
    pub ticket_id: Option<TicketId>,
    /// The event that it tells of.
    pub event_id: Option<EventId>,
    /// Who gets it.
    pub to: Recipient,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// What has become of it.
    pub state: MailState,
    /// Why it is not sent.
    pub reason: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
}
