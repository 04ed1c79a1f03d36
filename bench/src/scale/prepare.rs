//! What must be there before tickets: brands, statuses, categories, tags, companies through the API, members through the
//! command line.

use serde_json::{Value, json};

use super::shape::{self, CATEGORIES, COMPANIES, CUSTOM_STATUSES, MEMBERS, TAGS};
use crate::api::Api;
use crate::error::Result;
use crate::load::brands;
use crate::load::script::BrandPlan;
use crate::run::server::ServerPlan;

/// Members that reach every brand; their ids.
pub fn members(plan: &ServerPlan) -> Result<Vec<String>> {
    (0..MEMBERS)
        .map(|member| plan.create_member(&shape::member_email(member), &format!("Member {member:02}")))
        .collect()
}

/// The brands with everything that tickets refer to; their ids.
pub async fn brands(api: &mut Api, plans: &[BrandPlan]) -> Result<Vec<String>> {
    let ids = brands::ensure_all(api, plans).await?;
    for id in &ids {
        furnish(api, id).await?;
    }
    Ok(ids)
}

/// Statuses, categories, tags and companies of one brand.
pub async fn furnish(api: &mut Api, brand: &str) -> Result<()> {
    for status in CUSTOM_STATUSES {
        let body = json!({ "name": status.name, "key": status.key, "isActive": status.is_active });
        create(api, brand, "statuses", &body).await?;
    }
    for category in 0..CATEGORIES {
        let body = json!({ "name": format!("Topic {category}"), "key": shape::category_key(category) });
        create(api, brand, "categories", &body).await?;
    }
    for tag in 0..TAGS {
        create(api, brand, "tags", &json!({ "name": shape::tag_name(tag) })).await?;
    }
    for company in 0..COMPANIES {
        let body = json!({ "name": format!("Company {company:02}"), "domain": shape::company_domain(company) });
        create(api, brand, "companies", &body).await?;
    }
    Ok(())
}

/// Creates something in a brand.
pub async fn create(api: &mut Api, brand: &str, noun: &str, body: &Value) -> Result<Value> {
    let path = format!("/v1/brands/{brand}/{noun}");
    let answer = api.post(&path, body.to_string().as_bytes(), None).await?;
    answer.expect_success(&format!("POST {path}"))?.json()
}
