//! Five hundred brands: the queue over all of them is reported, too.

use serde_json::json;
use tokio::task::JoinSet;

use crate::api::Api;
use crate::error::Result;
use crate::load::brands;
use crate::load::script::BrandPlan;
use crate::scale::prepare;
use crate::wire::target::Target;

const BRANDS: usize = 500;
const TICKETS_EACH: usize = 60;
const CONNECTIONS: usize = 16;

/// Adds brands with some tickets each until there are five hundred; how many there are now.
pub async fn gather(target: &Target) -> Result<usize> {
    let mut api = Api::new(target.clone());
    let known = api.get("/v1/brands").await?.expect_success("listing brands")?.json()?;
    let known = known.as_array().map_or(0, Vec::len);
    let plans: Vec<BrandPlan> = (known..BRANDS).map(|number| BrandPlan::named(&format!("crowd-{number:03}"))).collect();
    let ids = brands::ensure_all(&mut api, &plans).await?;
    let mut workers = JoinSet::new();
    for part in ids.chunks(ids.len().div_ceil(CONNECTIONS).max(1)) {
        let (mut api, part) = (Api::new(target.clone()), part.to_vec());
        workers.spawn(async move {
            for brand in &part {
                for number in 0..TICKETS_EACH {
                    prepare::create(&mut api, brand, "tickets", &json!({ "title": format!("Ticket {number}") }))
                        .await?;
                }
            }
            Result::Ok(())
        });
    }
    while let Some(done) = workers.join_next().await {
        done??;
    }
    Ok(known + ids.len())
}
