//! Watchers (API 7): people who hear of a ticket without working on it.

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    Errors, MemberId, TicketId, Timestamp, WatcherId,
    customer::PersonName,
    input::{Parse, nested},
    text::{Email, Reference},
};

/// Somebody who watches a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Watcher {
    /// Its id.
    pub id: WatcherId,
    /// The ticket.
    pub ticket_id: TicketId,
    /// The member, when it is one.
    pub member_id: Option<MemberId>,
    /// The address.
    pub email: String,
    /// The name.
    pub name: Option<String>,
    /// Who added it: the address of a member, or the name of an API key.
    pub added_by: Option<String>,
    /// When it was added.
    pub added_at: Timestamp,
    /// Whether it hears of comments.
    pub notify_on_comment: bool,
    /// Whether it hears of changes of the status.
    pub notify_on_status_change: bool,
}

crate::input! {
    /// Somebody who shall watch a ticket: a member, or an address.
    pub struct NewWatcher {
        /// An active member with access to the brand.
        member_id "memberId": optional Reference,
        /// An address; that of a member becomes that member.
        email "email": optional Email,
        /// The name that belongs to the address.
        name "name": optional PersonName,
        /// Whether it hears of comments; true when left out.
        notify_on_comment "notifyOnComment": optional bool,
        /// Whether it hears of changes of the status; true when left out.
        notify_on_status_change "notifyOnStatusChange": optional bool,
    }
    rule r#"{
        "anyOf": [
            { "required": ["memberId"], "properties": { "memberId": { "type": "string" } } },
            { "required": ["email"], "properties": { "email": { "type": "string" } } }
        ]
    }"#;
    example r#"{ "email": "cfo@globex.example", "name": "Carol" }"#;
}

impl Parse for NewWatcher {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        nested(value, at, errors)
    }

    fn schema() -> RefOr<Schema> {
        // Where a watcher is added alone, the same stands in the document by its name.
        utoipa::openapi::Ref::from_schema_name(<Self as crate::Input>::NAME).into()
    }
}

crate::input! {
    /// What a watcher hears of.
    pub struct WatcherPatch {
        /// Whether it hears of comments.
        notify_on_comment "notifyOnComment": change bool,
        /// Whether it hears of changes of the status.
        notify_on_status_change "notifyOnStatusChange": change bool,
    }
    example r#"{ "notifyOnComment": false }"#;
}
