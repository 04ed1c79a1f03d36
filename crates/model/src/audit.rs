//! The audit log (API 15.4): the log of a brand, or of the account, as who did what.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, JsonText, TicketId, Timestamp,
    event::{Actor, ActorType, AuditName, ChangesSchema, EventSource, EventType},
};

/// One entry of an audit log.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditLog {
    /// The id of the event.
    pub id: String,
    /// Its place in its log.
    pub sequence: i64,
    /// Its brand; null for events of the account.
    pub brand_id: Option<BrandId>,
    /// What happened, such as `ticket.updated`.
    #[schema(value_type = AuditName)]
    pub event: String,
    /// What kind of thing it is about.
    pub entity_type: String,
    /// The id of what it is about.
    pub entity_id: String,
    /// The ticket that it belongs to.
    pub ticket_id: Option<TicketId>,
    /// What changed, each field with its old and new value.
    #[schema(value_type = Option<ChangesSchema>)]
    pub changes: Option<JsonText>,
    /// Who did it.
    #[schema(value_type = Actor)]
    pub performed_by: JsonText,
    /// Through what.
    #[schema(value_type = EventSource)]
    pub source: String,
    /// The ticket's number and title, the name of what it is about, and what else the event has to say in a word.
    pub metadata: JsonText,
    /// When it happened.
    pub created_at: Timestamp,
}

/// Which entries are asked for.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only events of these names.
    pub events: Option<Vec<EventType>>,
    /// Only about the thing with this id.
    pub entity_id: Option<String>,
    /// Only of this ticket and its parts.
    pub ticket_id: Option<TicketId>,
    /// From this moment on.
    pub start: Option<Timestamp>,
    /// Before this moment.
    pub end: Option<Timestamp>,
    /// Only by this kind of actor.
    pub performer_type: Option<ActorType>,
    /// Only by the actor with this id.
    pub performer_id: Option<String>,
    /// Newest first.
    pub newest_first: bool,
}
