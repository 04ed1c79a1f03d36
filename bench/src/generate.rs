//! Made-up tickets for when there are no real ones: plausible texts of varying length, the same ones every time.

use crate::generate::rng::Rng;
use crate::load::script::{BrandPlan, CommentPlan, Script, Story};

pub mod phrases;
pub mod rng;
pub mod text;
pub mod ticket;
pub mod vocabulary;

/// Brands over which generated tickets are spread evenly.
pub const BRANDS: usize = 20;

/// Each brand has this many tickets per customer.
const TICKETS_PER_CUSTOMER: usize = 3;
const COMMENTS_MAX: u64 = 4;

/// A number of generated tickets.
pub struct Generated {
    brands: Vec<BrandPlan>,
    count: usize,
    comments: bool,
}

impl Generated {
    /// `count` tickets, each with up to four comments.
    pub fn with_comments(count: usize) -> Self {
        Self { brands: brands(), count, comments: true }
    }

    /// `count` tickets and nothing else.
    pub fn bare(count: usize) -> Self {
        Self { comments: false, ..Self::with_comments(count) }
    }
}

/// The brands.
pub fn brands() -> Vec<BrandPlan> {
    (1..=BRANDS)
        .map(|number| BrandPlan { slug: format!("bench-{number:02}"), name: format!("Bench {number:02}") })
        .collect()
}

/// Customers that each brand has once `tickets` tickets are there.
pub fn customers_per_brand(tickets: usize) -> u64 {
    (tickets / BRANDS / TICKETS_PER_CUSTOMER).max(1) as u64
}

impl Script for Generated {
    fn brands(&self) -> &[BrandPlan] {
        &self.brands
    }

    fn count(&self) -> usize {
        self.count
    }

    fn story(&self, index: usize) -> Story {
        let mut rng = Rng::new(index as u64);
        let customer = rng.below(customers_per_brand(self.count));
        let body = ticket::body(&mut rng, index as u64, &ticket::email(customer));
        let comments = if self.comments { rng.below(COMMENTS_MAX + 1) } else { 0 };
        Story {
            brand: index % BRANDS,
            key: format!("generated-{}-{index}", self.count),
            ticket: body.to_string().into_bytes(),
            comments: (0..comments)
                .map(|number| CommentPlan {
                    key: format!("generated-{}-{index}-{number}", self.count),
                    body: ticket::comment(&mut rng, number).to_string().into_bytes(),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_the_same_every_time_and_spread_over_the_brands() {
        let script = Generated::with_comments(2_000);
        let mut per_brand = [0; BRANDS];
        let mut comments = 0;
        for index in 0..script.count() {
            let story = script.story(index);
            assert_eq!(story.ticket, script.story(index).ticket);
            per_brand[story.brand] += 1;
            comments += story.comments.len();
        }
        assert_eq!(per_brand, [100; BRANDS]);
        assert!((3_500..4_500).contains(&comments), "{comments}");
        assert!(Generated::bare(100).story(5).comments.is_empty());
    }
}
