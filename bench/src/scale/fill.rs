//! The tickets of a filled database, as requests: the same ones every time.

use serde_json::{Value, json};

use super::shape::{
    self, ASSIGNED_OF_100, BRANDS, CATEGORIES, CATEGORY_OF_100, DUE_OF_100, MEMBERS, PRIORITIES, RARE_SOURCE,
    RARE_SOURCE_TICKETS, RARE_WORDS, REPLIED_ONE_OF, SOURCES, STATUSES, TAGS,
};
use crate::generate::rng::Rng;
use crate::generate::{brands, text, ticket, vocabulary};
use crate::load::script::{BrandPlan, CommentPlan, Script, Story};

/// Tags of a ticket at most.
const TAGS_MAX: u64 = 4;
/// Steps between the tickets of a customer: primes, so that one of them shares no divisor with the number of tickets.
const STRIDES: [usize; 3] = [7_919, 7_907, 7_901];

/// Tickets spread evenly over the brands.
pub struct Filling {
    brands: Vec<BrandPlan>,
    count: usize,
    stride: usize,
}

impl Filling {
    /// `count` tickets, rounded down to a whole number for each brand.
    pub fn new(count: usize) -> Self {
        let each = (count / BRANDS).max(1);
        let stride = STRIDES.into_iter().find(|stride| !each.is_multiple_of(*stride)).unwrap_or(1);
        Self { brands: brands(), count: each * BRANDS, stride }
    }

    /// Tickets of each brand.
    pub fn each(&self) -> usize {
        self.count / BRANDS
    }

    fn ticket(&self, rng: &mut Rng, index: usize) -> Value {
        let each = self.each();
        let customer = shape::customer(index * self.stride % each);
        let source = if shape::is_one_of(index, each, RARE_SOURCE_TICKETS) {
            RARE_SOURCE
        } else {
            shape::by_share(&SOURCES, rng.number())
        };
        let subject = text::subject(rng);
        let mut title = text::title(rng, subject);
        // Some titles stay as they are, so that they are equal to others.
        if rng.below(4) > 0 {
            title = format!("{title}: {} {}", vocabulary::word(rng.below(vocabulary::WORDS)), rng.below(1_000));
        }
        let mut ticket = json!({
            "title": title,
            "body": body(rng, subject, index, each),
            "status": shape::by_share(&STATUSES, rng.number()),
            "priority": shape::by_share(&PRIORITIES, rng.number()),
            "source": source,
            "sourceId": format!("ext-{index:08}"),
            "customerEmail": shape::customer_email(customer),
            "customerName": ticket::person(customer as u64),
            "tags": tags(rng),
            "customFields": fields(rng, index),
        });
        if rng.below(100) < ASSIGNED_OF_100 {
            ticket["assigneeEmail"] = shape::member_email(below(rng, MEMBERS)).into();
        }
        if rng.below(100) < CATEGORY_OF_100 {
            ticket["categoryId"] = shape::category_key(below(rng, CATEGORIES)).into();
        }
        if rng.below(100) < DUE_OF_100 {
            ticket["dueAt"] = due(rng).into();
        }
        ticket
    }
}

impl Script for Filling {
    fn brands(&self) -> &[BrandPlan] {
        &self.brands
    }

    fn count(&self) -> usize {
        self.count
    }

    fn story(&self, number: usize) -> Story {
        let mut rng = Rng::new(number as u64);
        let (brand, index) = (number % BRANDS, number / BRANDS);
        let ticket = self.ticket(&mut rng, index).to_string().into_bytes();
        let replies = usize::from(index.is_multiple_of(REPLIED_ONE_OF));
        let comments = (0..replies as u64).map(|place| CommentPlan {
            key: format!("filling-{number}-{place}"),
            body: ticket::comment(&mut rng, place).to_string().into_bytes(),
        });
        let comments = comments.collect();
        Story { brand, key: format!("filling-{number}"), ticket, comments }
    }
}

fn below(rng: &mut Rng, limit: usize) -> usize {
    usize::try_from(rng.below(limit as u64)).unwrap_or_default()
}

fn body(rng: &mut Rng, subject: &str, index: usize, each: usize) -> String {
    let words = 6 + rng.below(12);
    let mut body = format!("{}\n\n{}", text::message(rng, subject), vocabulary::sentence(rng, words));
    for (word, count) in RARE_WORDS {
        if shape::is_one_of(index, each, count) {
            body.push(' ');
            body.push_str(word);
        }
    }
    body
}

/// Up to four tags; of two places one is drawn that lies further in front.
fn tags(rng: &mut Rng) -> Vec<String> {
    let count = rng.below(TAGS_MAX + 1);
    let mut places: Vec<usize> = (0..count).map(|_| below(rng, TAGS).min(below(rng, TAGS))).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(shape::tag_name).collect()
}

/// Two fields of few values, two that are nearly unique.
fn fields(rng: &mut Rng, index: usize) -> Value {
    json!({
        "plan": rng.pick(&ticket::PLANS),
        "region": rng.pick(&ticket::REGIONS),
        "orderId": order_id(index),
        "serial": format!("SN{:012}", rng.below(1_000_000_000_000)),
    })
}

/// The order of the ticket at `index` of its brand.
pub fn order_id(index: usize) -> String {
    format!("A-{index:07}")
}

fn due(rng: &mut Rng) -> String {
    let (month, day) = (1 + rng.below(12), 1 + rng.below(28));
    let (hour, minute, second) = (rng.below(24), rng.below(60), rng.below(60));
    format!("2027-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
