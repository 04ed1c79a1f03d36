//! Categories (API 12): a ticket has at most one.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{BrandId, CategoryId, Timestamp};

/// A category of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Display name, unique in the brand whatever the case.
    pub name: String,
    /// Unique identifier; never changes.
    pub key: String,
    /// Color for badges, `#rrggbb`.
    pub color: String,
    /// What it is for.
    pub description: Option<String>,
    /// Place in the display order, from 0.
    pub sort_order: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
