//! The life of an ordinary ticket: created, written to again by its customer, answered and closed by staff.

use serde_json::json;

use crate::generate::rng::Rng;
use crate::generate::ticket;
use crate::load::script::{BrandPlan, CommentPlan, Script, Story};
use crate::scale::fill::Filling;

/// The tickets of a filling, all of them new, each with its whole life.
pub struct Lives(Filling);

impl Lives {
    /// `count` tickets.
    pub fn new(count: usize) -> Self {
        Self(Filling::new(count))
    }
}

impl Script for Lives {
    fn brands(&self) -> &[BrandPlan] {
        self.0.brands()
    }

    fn count(&self) -> usize {
        self.0.count()
    }

    fn story(&self, number: usize) -> Story {
        let mut story = self.0.story(number);
        let mut created: serde_json::Value = serde_json::from_slice(&story.ticket).unwrap_or_default();
        if let Some(fields) = created.as_object_mut() {
            fields.remove("status");
        }
        story.ticket = created.to_string().into_bytes();
        let mut rng = Rng::new(!(number as u64));
        let mut comment = |place: u64| ticket::comment(&mut rng, place);
        let (from_customer, mut from_staff) = (comment(1), comment(2));
        from_staff["setStatus"] = json!("closed");
        let plans = [from_customer, from_staff].into_iter().enumerate().map(|(place, body)| CommentPlan {
            key: format!("life-{number}-{place}"),
            body: body.to_string().into_bytes(),
        });
        story.comments = plans.collect();
        story
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_created_open_and_closed_by_staff() {
        let lives = Lives::new(1_000);
        assert_eq!(lives.count(), 1_000);
        for number in [0, 11, 999] {
            let story = lives.story(number);
            let ticket: serde_json::Value = serde_json::from_slice(&story.ticket).unwrap();
            assert!(ticket["title"].is_string() && ticket["status"].is_null());
            let replies: Vec<serde_json::Value> =
                story.comments.iter().map(|comment| serde_json::from_slice(&comment.body).unwrap()).collect();
            assert_eq!((replies.len(), replies[0]["authorType"].as_str()), (2, Some("CUSTOMER")));
            assert_eq!(
                (replies[1]["authorType"].as_str(), replies[1]["setStatus"].as_str()),
                (Some("STAFF"), Some("closed"))
            );
        }
    }
}
