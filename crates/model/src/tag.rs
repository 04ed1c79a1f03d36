//! Tags (API 13): a ticket has many.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{BrandId, TagId, Timestamp};

/// A tag of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Its name, unique in the brand whatever the case.
    pub name: String,
    /// Color for badges, `#rrggbb`.
    pub color: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
