//! Presence (API 15.5): who looks at a ticket at this moment. It is in no database and in no log.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{MemberId, TicketId};

crate::text_enum! {
    /// What somebody does at a ticket.
    pub enum PresenceState {
        /// Has it open.
        Viewing = "viewing",
        /// Writes a reply.
        Replying = "replying",
        /// Has gone.
        Left = "left",
    }
}

crate::input! {
    /// What the caller does at a ticket.
    pub struct NewPresence {
        /// `viewing`, `replying` or `left`.
        state "state": required PresenceState,
    }
    example r#"{ "state": "viewing" }"#;
}

/// A member at a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// The member.
    pub member_id: MemberId,
    /// What the member is called.
    pub name: String,
    /// What the member does.
    pub state: PresenceState,
}

/// A change of it, as streams carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PresenceChange<'p> {
    /// The ticket.
    pub ticket_id: &'p TicketId,
    /// Who, and what they do now.
    #[serde(flatten)]
    pub presence: &'p Presence,
}
