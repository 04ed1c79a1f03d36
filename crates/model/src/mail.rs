//! Mail that is to be sent (API 20.3, 20.4).

mod record;

pub use record::{AuthVerdict, InboundToken, MailAuth, MailRecord, Reprocess, ReprocessAction};

use crate::{BrandId, EventId, MailId, TicketId, Timestamp};

crate::text_enum! {
    /// On what occasion a mail is sent.
    pub enum MailKind {
        /// An automation says so.
        Automation = "automation",
        /// A webhook was disabled.
        WebhookDisabled = "webhook_disabled",
        /// Incoming mail was quarantined.
        MailQuarantined = "mail_quarantined",
        /// The brand's automatic answer to a new ticket.
        AutoReply = "auto_reply",
        /// The confirmation of a new ticket that its writer asked for.
        Confirmation = "confirmation",
        /// What staff answered, to the customer and those who take part.
        Reply = "reply",
        /// What happened to a ticket, to members, watchers and those who take part.
        Notification = "notification",
        /// A link to sign in to the dashboard.
        SignIn = "sign_in",
        /// A link to set a new password.
        PasswordReset = "password_reset",
        /// An invitation to an account.
        Invite = "invite",
        /// A link to sign in to the portal.
        PortalLink = "portal_link",
        /// The question how satisfied somebody is.
        Survey = "survey",
        /// It came in.
        Incoming = "incoming",
    }
}

crate::text_enum! {
    /// Which way a mail goes (API 20.3).
    pub enum MailDirection {
        /// Somebody wrote to the brand.
        In = "in",
        /// The brand writes to somebody.
        Out = "out",
    }
}

crate::text_enum! {
    /// Which way a mail came or goes (API 20.3).
    pub enum MailChannel {
        /// `POST /inbound/email`.
        Http = "http",
        /// The SMTP listener.
        Smtp = "smtp",
        /// A mailbox that is looked into.
        Imap = "imap",
        /// Outgoing, through a relay.
        Relay = "relay",
    }
}

crate::text_enum! {
    /// What has become of a mail: its `outcome` (API 20.2, 20.3).
    pub enum MailState {
        /// It waits to be sent.
        Queued = "queued",
        /// The relay has taken it.
        Sent = "sent",
        /// It was given up.
        Failed = "failed",
        /// The relay took it, and a report said later that it did not arrive.
        Bounced = "bounced",
        /// It is not sent: no relay is set, or it has waited for one too long.
        Suppressed = "suppressed",
        /// It came in and waits to be looked at.
        Received = "received",
        /// The brand had it already.
        Duplicate = "duplicate",
        /// It is kept for an admin.
        Quarantined = "quarantined",
        /// A machine wrote it.
        AutoReplyIgnored = "auto_reply_ignored",
        /// A blocked customer wrote it.
        Blocked = "blocked",
        /// It became a comment.
        Appended = "appended",
        /// It became a ticket.
        Created = "created",
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
