//! Texts for the raw creates, made before the measurement so that it measures the engine alone.

use std::collections::BTreeSet;

use serde_json::Value;

use super::engine::Words;
use crate::generate::rng::Rng;
use crate::generate::ticket;

/// Tickets to choose from.
pub const SAMPLES: u64 = 512;

/// Sizes of the packed bodies of `ticket.created` and `customer.created` (store/src/pack.rs says what it measured).
const TICKET_EVENT_BYTES: usize = 460;
const CUSTOMER_EVENT_BYTES: usize = 180;

/// Stands in kept words where the characters of the brand belong; no word holds it.
const BRAND_MARK: &str = "\u{1}";

/// The texts of one ticket.
pub struct Sample {
    /// Customer's name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Body.
    pub body: String,
    /// Custom fields as JSON.
    pub custom_fields: String,
    /// Packed body of the ticket's event.
    pub ticket_event: Vec<u8>,
    /// Packed body of the customer's event.
    pub customer_event: Vec<u8>,
    fields: Vec<(String, String)>,
    ticket_words: String,
    customer_words: String,
}

impl Sample {
    /// The custom field `name` as text, empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// The words by which something is found in a brand, as the server keeps them: behind four characters of the brand.
    pub fn words(&self, of: Words, brand: &str) -> String {
        let code = &brand[brand.len().saturating_sub(4)..];
        let words = match of {
            Words::Ticket => &self.ticket_words,
            Words::Customer => &self.customer_words,
        };
        words.replace(BRAND_MARK, code)
    }
}

/// All samples.
pub fn samples() -> Vec<Sample> {
    (0..SAMPLES).map(sample).collect()
}

fn sample(number: u64) -> Sample {
    let mut rng = Rng::new(number);
    let email = ticket::email(number);
    let ticket = ticket::body(&mut rng, number, &email);
    let fields = ticket["customFields"].as_object().cloned().unwrap_or_default();
    let (name, title, body) = (plain(&ticket["customerName"]), plain(&ticket["title"]), plain(&ticket["body"]));
    Sample {
        ticket_words: words(&format!("{body} {title} DT-{}", 1_000 + number), 't'),
        customer_words: words(&format!("{name} {email}"), 'u'),
        name,
        title,
        body,
        custom_fields: ticket["customFields"].to_string(),
        ticket_event: packed(&mut rng, TICKET_EVENT_BYTES),
        customer_event: packed(&mut rng, CUSTOMER_EVENT_BYTES),
        fields: fields.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The distinct words of a text, each behind the mark of the brand and the letter of what it stands in.
fn words(text: &str, kind: char) -> String {
    let text = text.to_lowercase();
    let distinct: BTreeSet<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    distinct.iter().map(|word| format!("{BRAND_MARK}{kind}{word}")).collect::<Vec<_>>().join(" ")
}

/// Bytes that look like packed ones.
fn packed(rng: &mut Rng, length: usize) -> Vec<u8> {
    std::iter::repeat_with(|| rng.number().to_le_bytes()).flatten().take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_what_a_create_writes() {
        for sample in samples().iter().take(50) {
            assert_eq!(
                (sample.ticket_event.len(), sample.customer_event.len()),
                (TICKET_EVENT_BYTES, CUSTOMER_EVENT_BYTES)
            );
            assert!(sample.field("orderId").starts_with("A-"));
            assert!(sample.field("seats").parse::<u32>().is_ok());
        }
    }

    #[test]
    fn words_stand_once_behind_the_brand_and_the_kind() {
        let sample = &samples()[0];
        let words = sample.words(Words::Ticket, "br_01kdyak43d7trmct2jayyxcg7v");
        let all: Vec<&str> = words.split(' ').collect();
        assert!(all.len() > 20 && all.iter().all(|word| word.starts_with("cg7vt") && word.len() > 5), "{words}");
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(sample.words(Words::Customer, "br_cg7v").contains("cg7vuexample"));
    }
}
