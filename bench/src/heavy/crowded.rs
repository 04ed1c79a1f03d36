//! A brand whose tickets all hold the same status and the same tag, and many of them the same member.

use serde_json::json;

use crate::api::Api;
use crate::error::Result;
use crate::generate::rng::Rng;
use crate::generate::text;
use crate::load::brands;
use crate::load::script::{BrandPlan, Script, Story};
use crate::scale::prepare;

/// Key of the status that goes.
pub const STATUS: &str = "going";
const SOURCE_TAG: &str = "going";
const TARGET_TAG: &str = "staying";

/// What is filled.
#[derive(Clone, Debug)]
pub struct Crowded {
    brands: Vec<BrandPlan>,
    tickets: u32,
    assigned: u32,
    /// The member who goes.
    pub member_email: String,
}

/// Ids of what goes and what comes instead.
#[derive(Debug)]
pub struct Ids {
    /// The tag that goes.
    pub source_tag: String,
    /// The tag that comes instead.
    pub target_tag: String,
}

impl Crowded {
    /// A brand that is not there yet: its name carries this process.
    pub fn new(tickets: u32, assigned: u32) -> Self {
        let name = format!("heavy-{}", std::process::id());
        Self {
            brands: vec![BrandPlan::named(&name)],
            tickets,
            assigned: assigned.min(tickets),
            member_email: format!("{name}@bench.example"),
        }
    }

    /// Creates the brand and what its tickets hold.
    pub async fn brand(&self, api: &mut Api) -> Result<String> {
        let id = brands::ensure_all(api, &self.brands).await?.swap_remove(0);
        prepare::create(api, &id, "statuses", &json!({ "name": "Going", "key": STATUS })).await?;
        for tag in [SOURCE_TAG, TARGET_TAG] {
            prepare::create(api, &id, "tags", &json!({ "name": tag })).await?;
        }
        Ok(id)
    }

    /// Looks the ids up.
    pub async fn ids(&self, api: &mut Api, brand: &str) -> Result<Ids> {
        let path = format!("/v1/brands/{brand}/tags");
        let tags = api.get(&path).await?.expect_success(&path)?.json()?;
        Ok(Ids { source_tag: super::named(&tags, SOURCE_TAG)?, target_tag: super::named(&tags, TARGET_TAG)? })
    }
}

impl Script for Crowded {
    fn brands(&self) -> &[BrandPlan] {
        &self.brands
    }

    fn count(&self) -> usize {
        self.tickets as usize
    }

    fn story(&self, index: usize) -> Story {
        let mut rng = Rng::new(index as u64);
        let subject = text::subject(&mut rng);
        let mut ticket = json!({
            "title": text::title(&mut rng, subject),
            "body": text::message(&mut rng, subject),
            "status": STATUS,
            "tags": [SOURCE_TAG],
            "customerEmail": crate::generate::ticket::email(index as u64 / 5),
        });
        if (index as u64) < u64::from(self.assigned) {
            ticket["assigneeEmail"] = self.member_email.clone().into();
        }
        Story {
            brand: 0,
            key: format!("crowded-{index}"),
            ticket: ticket.to_string().into_bytes(),
            comments: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tickets_hold_what_goes_and_some_the_member() {
        let crowded = Crowded::new(100, 20);
        let bodies: Vec<serde_json::Value> =
            (0..crowded.count()).map(|index| serde_json::from_slice(&crowded.story(index).ticket).unwrap()).collect();
        assert!(bodies.iter().all(|body| body["status"] == STATUS && body["tags"] == json!([SOURCE_TAG])));
        assert_eq!(bodies.iter().filter(|body| body["assigneeEmail"].is_string()).count(), 20);
    }
}
