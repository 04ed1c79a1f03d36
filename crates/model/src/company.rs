//! Companies (API 10): customers that belong together, with settings that their new tickets share.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{BrandId, CompanyId, JsonText, Timestamp};

/// A company of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Its name.
    pub name: String,
    /// The domain of its customers' addresses, lowercase; unique in the brand.
    pub domain: Option<String>,
    /// Free JSON of the caller's own.
    pub metadata: JsonText,
    /// What its new tickets start with, and whatever else the caller keeps here.
    pub settings: JsonText,
    /// Its customers that are not deleted; only on the company routes themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub customer_count: Option<i64>,
    /// Their tickets that are not deleted; only on the company routes themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub ticket_count: Option<i64>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}
