//! Request bodies of generated tickets and comments.

use serde_json::{Value, json};

use super::rng::Rng;
use super::text;

const FIRST: [&str; 12] =
    ["Alex", "Bruna", "Carla", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ida", "Jamal", "Keiko", "Luis"];
const LAST: [&str; 12] =
    ["Adeyemi", "Bauer", "Costa", "Duarte", "Engel", "Fontaine", "Garcia", "Holm", "Ito", "Jansen", "Khan", "Lopez"];
/// Values of the field `plan`.
pub const PLANS: [&str; 4] = ["free", "starter", "pro", "enterprise"];
/// Values of the field `region`.
pub const REGIONS: [&str; 4] = ["eu", "us", "apac", "latam"];
const PRIORITIES: [&str; 6] = ["low", "normal", "normal", "normal", "high", "urgent"];
const SOURCES: [&str; 4] = ["api", "email", "web", "chat"];

/// Digits in the address of a generated customer.
pub const CUSTOMER_DIGITS: usize = 8;

/// Address of the customer with a number.
pub fn email(number: u64) -> String {
    format!("guest{number:0width$}@example.com", width = CUSTOMER_DIGITS)
}

/// Name of the customer with a number.
pub fn person(number: u64) -> String {
    let mut rng = Rng::new(number);
    format!("{} {}", rng.pick(&FIRST), rng.pick(&LAST))
}

/// Body of the request that creates a ticket of the customer `email`.
pub fn body(rng: &mut Rng, number: u64, email: &str) -> Value {
    let subject = text::subject(rng);
    json!({
        "title": text::title(rng, subject),
        "body": text::message(rng, subject),
        "customerEmail": email,
        "customerName": format!("{} {}", rng.pick(&FIRST), rng.pick(&LAST)),
        "priority": rng.pick(&PRIORITIES),
        "source": rng.pick(&SOURCES),
        "sourceId": format!("ext-{number:08}"),
        "customFields": {
            "orderId": order_id(rng),
            "plan": rng.pick(&PLANS),
            "region": rng.pick(&REGIONS),
            "seats": 1 + rng.below(200),
        },
    })
}

/// Body of the request that adds the comment with a number: staff and customer take turns.
pub fn comment(rng: &mut Rng, number: u64) -> Value {
    let count = 1 + rng.below(3);
    let body = text::sentences(rng, count);
    if number.is_multiple_of(2) {
        json!({
            "body": body,
            "authorType": "STAFF",
            "authorName": "Sam Keller",
            "authorEmail": "sam.keller@example.net",
        })
    } else {
        json!({ "body": body, "authorType": "CUSTOMER" })
    }
}

fn order_id(rng: &mut Rng) -> String {
    format!("A-{:07}", rng.below(10_000_000))
}
