//! Statuses (API 11): four system ones in every brand, and custom ones between them.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, StatusId, Timestamp,
    text::{Color, Description, Each, Key, Name, Reference},
};

/// A status of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Its id.
    pub id: StatusId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Display name.
    pub name: String,
    /// Unique identifier; never changes.
    pub key: String,
    /// Color for badges, `#rrggbb`.
    pub color: String,
    /// Internal description.
    pub description: Option<String>,
    /// Whether it is one of the four that every brand has.
    pub is_system: bool,
    /// Whether its tickets need attention.
    pub is_active: bool,
    /// Place in the display order, from 0.
    pub sort_order: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A status that every brand starts with.
#[derive(Debug)]
pub struct SystemStatus {
    /// Its key.
    pub key: &'static str,
    /// Its first name.
    pub name: &'static str,
    /// Its first color.
    pub color: &'static str,
    /// Its first description.
    pub description: &'static str,
    /// Whether its tickets need attention.
    pub is_active: bool,
}

/// Key of the status that new tickets get.
pub const OPEN: &str = "open";
/// Key of the status of tickets that wait for the customer.
pub const PENDING: &str = "pending";
/// Key of the status before which new custom statuses are placed.
pub const RESOLVED: &str = "resolved";
/// Key of the final status.
pub const CLOSED: &str = "closed";

/// The statuses of every brand, in their first order (seeds, Statuses & Workflows; API 11).
pub const SYSTEM: [SystemStatus; 4] = [
    SystemStatus {
        key: OPEN,
        name: "Open",
        color: "#3b82f6",
        description: "New ticket awaiting attention",
        is_active: true,
    },
    SystemStatus {
        key: PENDING,
        name: "Pending",
        color: "#f59e0b",
        description: "Waiting on customer or external input",
        is_active: true,
    },
    SystemStatus {
        key: RESOLVED,
        name: "Resolved",
        color: "#22c55e",
        description: "Issue addressed, awaiting confirmation",
        is_active: false,
    },
    SystemStatus {
        key: CLOSED,
        name: "Closed",
        color: "#22c55e",
        description: "Ticket finalized, no further action",
        is_active: false,
    },
];
/// The color of a custom status that is given none.
pub const DEFAULT_COLOR: &str = "#6b7280";

/// Every status of one brand in display order, with the deleted ones that tickets may still name.
#[derive(Clone, Debug, Default)]
pub struct Statuses {
    shown: Vec<Arc<Status>>,
    replaced: Vec<(StatusId, StatusId)>,
}

impl Statuses {
    /// From the statuses in display order, and the pairs (deleted, replacement).
    #[must_use]
    pub const fn new(shown: Vec<Arc<Status>>, replaced: Vec<(StatusId, StatusId)>) -> Self {
        Self { shown, replaced }
    }

    /// The statuses in display order.
    #[must_use]
    pub fn all(&self) -> &[Arc<Status>] {
        &self.shown
    }

    /// The status that a ticket with this stored id has: its own, or the replacement of a deleted one.
    #[must_use]
    pub fn resolve(&self, stored: &str) -> Option<&Arc<Status>> {
        let id = self.replaced.iter().find(|(old, _)| old.as_str() == stored).map_or(stored, |(_, new)| new.as_str());
        self.shown.iter().find(|status| status.id.as_str() == id)
    }

    /// Finds a status by what a caller wrote: id, key or `sts_<key>`, in this order (API 1.3).
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&Arc<Status>> {
        let by_key = |key: &str| self.shown.iter().find(|status| status.key == key);
        self.shown
            .iter()
            .find(|status| status.id.as_str() == text)
            .or_else(|| by_key(text))
            .or_else(|| text.strip_prefix("sts_").and_then(by_key))
    }

    /// The system status with this key.
    #[must_use]
    pub fn system(&self, key: &str) -> Option<&Arc<Status>> {
        self.shown.iter().find(|status| status.is_system && status.key == key)
    }

    /// Every stored id whose tickets read as `status`: its own and those that it replaces.
    pub fn stored_ids<'a>(&'a self, status: &'a StatusId) -> impl Iterator<Item = &'a StatusId> {
        let replaced = self.replaced.iter().filter(move |(_, new)| new == status).map(|(old, _)| old);
        std::iter::once(status).chain(replaced)
    }
}

crate::input! {
    /// A new custom status.
    pub struct NewStatus {
        /// Display name.
        name "name": required Name,
        /// Unique identifier: lowercase with underscores; never changes.
        key "key": required Key,
        /// Color for badges; `#6b7280` when left out.
        color "color": optional Color,
        /// Internal description.
        description "description": optional Description,
        /// Whether its tickets need attention; true when left out.
        is_active "isActive": optional bool,
    }
    example r##"{
        "name": "In Progress",
        "key": "in_progress",
        "color": "#8b5cf6",
        "description": "Somebody works on it"
    }"##;
}

crate::input! {
    /// A change of a status.
    pub struct StatusPatch {
        /// Display name.
        name "name": change Name,
        /// Color for badges.
        color "color": change Color,
        /// Internal description.
        description "description": patch Description,
        /// Whether its tickets need attention; fixed for system statuses.
        is_active "isActive": change bool,
        /// The key never changes: another one is refused.
        key "key": change Reference,
    }
    example r##"{ "name": "Being worked on", "color": "#8b5cf6" }"##;
}

crate::input! {
    /// The display order of all statuses.
    pub struct StatusOrder {
        /// Every status of the brand once: ids, keys or `sts_<key>`.
        status_ids "statusIds": required Each<Reference, 200>,
    }
    example r#"{ "statusIds": ["sts_open", "sts_in_progress", "sts_pending", "sts_resolved", "sts_closed"] }"#;
}

crate::input! {
    /// What becomes of the tickets of a deleted status.
    pub struct StatusReplacement {
        /// The status that they get: id, key or `sts_<key>`.
        replacement_status_id "replacementStatusId": optional Reference,
    }
    example r#"{ "replacementStatusId": "sts_open" }"#;
}

/// How many tickets a status has.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusCount {
    /// Its id.
    pub status_id: StatusId,
    /// Its name.
    pub status_name: String,
    /// Its key.
    pub status_key: String,
    /// Its color.
    pub color: String,
    /// Whether it is a system status.
    pub is_system: bool,
    /// Whether its tickets need attention.
    pub is_active: bool,
    /// Tickets that are neither spam nor deleted.
    pub count: i64,
}

/// The report on a deleted status.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusDeleted {
    /// Always true.
    pub success: bool,
    /// The status that is gone.
    pub status_id: StatusId,
    /// The status that its tickets have now.
    pub replacement_status_id: Option<StatusId>,
    /// How many tickets moved.
    pub moved_tickets: i64,
}
