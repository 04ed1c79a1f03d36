//! Customers (API 9): unique by email within a brand.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, CompanyId, CustomerId, JsonText, Timestamp,
    company::{Company, CompanyRef},
    text::{Email, Reference, Text, Url},
};

/// A customer of a brand.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Its address, lowercase; unique in the brand.
    pub email: String,
    /// Its name.
    pub name: Option<String>,
    /// Where its picture is.
    pub avatar_url: Option<String>,
    /// Its company.
    pub company_id: Option<CompanyId>,
    /// Its company.
    #[schema(value_type = Option<Company>)]
    pub company: Option<Arc<Company>>,
    /// What the row says of its company: the id of one that may be deleted, or of the rewriting of a domain that came before
    /// it was last written. What it shows meanwhile depends on the rewritings that are not finished.
    #[serde(skip)]
    #[schema(ignore)]
    pub stored_company: Option<String>,
    /// Fields of the caller's own.
    pub custom_fields: JsonText,
    /// Free JSON of the caller's own.
    pub metadata: JsonText,
    /// Whether it is mailed.
    pub notify_email: bool,
    /// Whether its mail is treated as spam.
    pub is_blocked: bool,
    /// Its tickets that are not deleted; only on the customer routes themselves.
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

/// The display name of a customer: at most 200; an empty one counts as none.
pub type PersonName = Text<0, 200>;

crate::input! {
    /// A new customer.
    pub struct NewCustomer {
        /// Primary identifier, unique per brand.
        email "email": required Email,
        /// Display name.
        name "name": optional PersonName,
        /// Where its picture is.
        avatar_url "avatarUrl": optional Url,
        /// Its company; when no company is named, the one that has the domain of its address.
        company_id "companyId": optional Reference,
        /// The same by id or name, as text or as `{ id }` or `{ name }`; an unknown name creates the company.
        company "company": optional CompanyRef,
        /// Fields of your own.
        custom_fields "customFields": optional JsonText,
        /// Free JSON of your own.
        metadata "metadata": optional JsonText,
        /// Whether it is mailed; true when left out.
        notify_email "notifyEmail": optional bool,
    }
    example r#"{
        "email": "jane@globex.example",
        "name": "Jane Doe",
        "company": "Globex",
        "customFields": {"plan": "enterprise"}
    }"#;
}

crate::input! {
    /// A change of a customer.
    pub struct CustomerPatch {
        /// Primary identifier, unique per brand.
        email "email": change Email,
        /// Display name.
        name "name": patch PersonName,
        /// Where its picture is.
        avatar_url "avatarUrl": patch Url,
        /// Its company; null for none.
        company_id "companyId": patch Reference,
        /// The same by id or name, as text or as `{ id }` or `{ name }`; an unknown name creates the company.
        company "company": patch CompanyRef,
        /// Merged at the top level; a null member removes that key.
        custom_fields "customFields": patch JsonText,
        /// Merged at the top level; a null member removes that key.
        metadata "metadata": patch JsonText,
        /// Whether it is mailed.
        notify_email "notifyEmail": change bool,
        /// Whether its mail is treated as spam.
        is_blocked "isBlocked": change bool,
    }
    example r#"{ "name": "Jane Roe", "notifyEmail": false }"#;
}

crate::text_enum! {
    /// What customers are sorted by.
    pub enum CustomerSort {
        /// When they were created.
        CreatedAt = "createdAt",
        /// Their name, case-folded; those without one come last.
        Name = "name",
        /// Their address.
        Email = "email",
    }
}

/// The answer to an erasure.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CustomerErased {
    /// Always true: what is left to do at the time of the answer is done behind it.
    pub success: bool,
}
