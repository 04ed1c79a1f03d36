//! Finding or creating the brands of a script.

use serde_json::Value;

use super::script::BrandPlan;
use crate::api::Api;
use crate::error::Result;

/// Ids of the brands in the order of `plans`; those that do not exist yet are created.
pub async fn ensure_all(api: &mut Api, plans: &[BrandPlan]) -> Result<Vec<String>> {
    let mut ids = Vec::with_capacity(plans.len());
    let mut existing = existing(api).await?;
    for plan in plans {
        if let Some(id) = find(&existing, &plan.slug) {
            ids.push(id);
            continue;
        }
        let key = format!("brand-{}", plan.slug);
        let answer = api.post("/v1/brands", &plan.body(), Some(&key)).await?;
        if answer.status == 409 {
            existing = self::existing(api).await?;
            let id = find(&existing, &plan.slug);
            ids.push(id.ok_or_else(|| format!("slug {} is taken by another brand", plan.slug))?);
        } else {
            let brand = answer.expect_success("creating a brand")?.json()?;
            ids.push(text(&brand, "id")?);
        }
    }
    Ok(ids)
}

async fn existing(api: &mut Api) -> Result<Vec<Value>> {
    let answer = api.get("/v1/brands").await?;
    match answer.expect_success("listing brands")?.json()? {
        Value::Array(brands) => Ok(brands),
        _ => Err("GET /v1/brands did not answer a list".into()),
    }
}

fn find(brands: &[Value], slug: &str) -> Option<String> {
    let brand = brands.iter().find(|brand| brand["slug"] == slug)?;
    text(brand, "id").ok()
}

/// The text member `name` of an object.
pub fn text(object: &Value, name: &str) -> Result<String> {
    let text = object[name].as_str();
    Ok(text.ok_or_else(|| format!("the reply has no {name}"))?.to_owned())
}
