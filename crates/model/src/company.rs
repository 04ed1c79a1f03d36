//! Companies (API 10): customers that belong together, with settings that their new tickets share.

mod reference;
mod settings;
pub use reference::CompanyRef;
pub use settings::{CompanySettings, SettingsInput};

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, CompanyId, JsonText, Timestamp,
    text::{Domain, Name},
};

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
    #[schema(value_type = CompanySettings)]
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

crate::input! {
    /// A new company.
    pub struct NewCompany {
        /// Its name.
        name "name": required Name,
        /// The domain of its customers' addresses: those without a company join it. Unique in the brand.
        domain "domain": optional Domain,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
        /// What its new tickets start with: `defaultPriority`, `defaultAssigneeEmail`, `defaultCategoryId`, `defaultTagIds`,
        /// `ccEmails`; other keys are kept as they are.
        settings "settings": optional SettingsInput,
    }
    example r#"{
        "name": "Globex",
        "domain": "globex.example",
        "settings": {"defaultPriority": "high", "ccEmails": ["it@globex.example"]}
    }"#;
}

crate::input! {
    /// A change of a company.
    pub struct CompanyPatch {
        /// Its name.
        name "name": change Name,
        /// The domain of its customers' addresses: those without a company join it. Null for none.
        domain "domain": patch Domain,
        /// Merged at the top level; a null member removes that key.
        metadata "metadata": patch JsonText,
        /// Merged at the top level; a null member removes that key.
        settings "settings": patch SettingsInput,
    }
    example r#"{ "domain": "globex.example", "metadata": {"notes": "Renews in May"} }"#;
}

crate::text_enum! {
    /// What companies are sorted by.
    pub enum CompanySort {
        /// Their name, case-folded.
        Name = "name",
        /// When they were created.
        CreatedAt = "createdAt",
    }
}
