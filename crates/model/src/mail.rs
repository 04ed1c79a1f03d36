//! Mail that is to be sent (API 20.3, 20.4).

mod letter;
mod record;

pub use letter::{Automatic, Letter, LetterFile, Part};
pub use record::{AuthVerdict, InboundToken, MailAuth, MailRecord, Reprocess, ReprocessAction};

use crate::{BrandId, CommentId, EventId, MailId, MemberId, TicketId, Timestamp};

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
    /// The member that it is, for mail that is meant for them as such.
    pub member_id: Option<MemberId>,
}

impl Recipient {
    /// Somebody who is known by an address, and perhaps a name.
    #[must_use]
    pub fn new(address: &str, name: Option<&str>) -> Self {
        Self { address: address.to_owned(), name: name.map(str::to_owned), member_id: None }
    }
}

/// A mail to some people, each of whom gets one of their own.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// The brand that it comes from; for mail of the account itself, the id of the account.
    pub brand: BrandId,
    /// The ticket that it is about.
    pub ticket: Option<TicketId>,
    /// The comment that it brings.
    pub comment: Option<CommentId>,
    /// On what occasion.
    pub kind: MailKind,
    /// Who gets it. An address that is there twice gets it once.
    pub to: Vec<Recipient>,
    /// Its subject; empty for one that is worded when it is sent.
    pub subject: String,
    /// Its text, with `{{link}}` where the link stands; empty for one that is worded when it is sent.
    pub body: String,
    /// Where the link in it leads, with `{token}` in the place of a token that is derived from the mail's id.
    pub link: Option<String>,
    /// The event that it tells of.
    pub event: Option<EventId>,
}

impl NewMail {
    /// A mail about nothing in particular, from a brand to some people.
    #[must_use]
    pub fn new(brand: &BrandId, kind: MailKind, to: Vec<Recipient>, subject: String, body: String) -> Self {
        Self { brand: brand.clone(), ticket: None, comment: None, kind, to, subject, body, link: None, event: None }
    }
}

/// A mail to one person, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// The brand that it comes from; for mail of the account itself, the id of the account.
    pub brand_id: BrandId,
    /// On what occasion.
    pub kind: MailKind,
    /// The ticket that it is about.
    pub ticket_id: Option<TicketId>,
    /// The comment that it brings.
    pub comment_id: Option<CommentId>,
    /// The event that it tells of.
    pub event_id: Option<EventId>,
    /// Who gets it.
    pub to: Recipient,
    /// Its subject; empty until it is worded.
    pub subject: String,
    /// Its text; empty for one that is worded when it is sent.
    pub body: String,
    /// Where the link in it leads.
    pub link: Option<String>,
    /// What has become of it.
    pub state: MailState,
    /// Why it is not sent, or was not taken.
    pub reason: Option<String>,
    /// How often it was tried to send it.
    pub attempts: i64,
    /// When it was written.
    pub created_at: Timestamp,
}
