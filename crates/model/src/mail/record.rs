//! The ledger of mail (API 20.3), as it is shown.

use serde::Serialize;
use utoipa::ToSchema;

use super::{MailChannel, MailDirection, MailState};
use crate::{BrandId, CommentId, JsonText, MailId, TicketId, Timestamp, text::Reference};

crate::text_enum! {
    /// What SPF, DKIM or DMARC says of a message.
    pub enum AuthVerdict {
        /// It is so.
        Pass = "pass",
        /// It is not.
        Fail = "fail",
        /// Nothing is said about it.
        None = "none",
        /// Nobody could be asked.
        TempError = "temperror",
    }
}

/// Whether a message comes from where it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MailAuth {
    /// Whether that machine may send for the domain of the envelope.
    pub spf: AuthVerdict,
    /// Whether a domain has signed it.
    pub dkim: AuthVerdict,
    /// Whether one of the two holds for the domain of the visible sender.
    pub dmarc: AuthVerdict,
}

/// A message that came in, or a mail to one person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MailRecord {
    /// Its id.
    pub id: MailId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Which way it goes.
    pub direction: MailDirection,
    /// Through what.
    pub channel: MailChannel,
    /// Its Message-ID, with angle brackets; null until it is read or sent.
    pub message_id: Option<String>,
    /// Who wrote it; empty until it is read or sent.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// In copy.
    pub cc: Vec<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// The bytes of a message that came in; 0 for others.
    pub size: i64,
    /// What has become of it.
    pub outcome: MailState,
    /// Why.
    pub reason: Option<String>,
    /// The ticket that it belongs to.
    pub ticket_id: Option<TicketId>,
    /// The number of that ticket.
    pub ticket_number: Option<String>,
    /// The comment that it became, or that it tells of.
    pub comment_id: Option<CommentId>,
    /// Whether a message that came in comes from where it says.
    #[schema(value_type = Option<MailAuth>)]
    pub auth: Option<JsonText>,
    /// How often it was tried to send or read it.
    pub attempts: i64,
    /// Whether its bytes are kept.
    pub has_raw: bool,
    /// When it came in, or was written.
    pub received_at: Timestamp,
    /// When it was over.
    pub processed_at: Option<Timestamp>,
}

/// The credential of `POST /inbound/email`, shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InboundToken {
    /// Its text; null in a replay.
    pub token: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

crate::text_enum! {
    /// What is to become of a message that is looked at again.
    pub enum ReprocessAction {
        /// What the rules say.
        Auto = "auto",
        /// A new ticket, whatever they say.
        Create = "create",
        /// A comment on a ticket, whatever they say.
        Append = "append",
    }
}

crate::input! {
    /// What is to become of a message that is looked at again.
    pub struct Reprocess {
        /// `auto` when left out.
        action "action": optional ReprocessAction,
        /// The ticket for `append`: id or number.
        ticket_id "ticketId": optional Reference,
    }
    example r#"{ "action": "create" }"#;
}
