//! Texts for the raw creates, made before the measurement so that it measures the engine alone.

use serde_json::{Value, json};

use crate::generate::rng::Rng;
use crate::generate::{text, ticket};

/// Tickets to choose from.
pub const SAMPLES: u64 = 512;

/// Size that the data of a `ticket.created` event is filled up to.
const EVENT_BYTES: usize = 2_900;

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
    /// Data of the event as JSON.
    pub event_data: String,
    fields: Vec<(String, String)>,
}

impl Sample {
    /// The custom field `name` as text, empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }
}

/// All samples.
pub fn samples() -> Vec<Sample> {
    (0..SAMPLES).map(sample).collect()
}

fn sample(number: u64) -> Sample {
    let mut rng = Rng::new(number);
    let ticket = ticket::body(&mut rng, number, &ticket::email(number));
    let fields = ticket["customFields"].as_object().cloned().unwrap_or_default();
    Sample {
        name: plain(&ticket["customerName"]),
        title: plain(&ticket["title"]),
        body: plain(&ticket["body"]),
        custom_fields: ticket["customFields"].to_string(),
        event_data: event_data(&mut rng, &ticket),
        fields: fields.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn event_data(rng: &mut Rng, ticket: &Value) -> String {
    let bare = json!({ "ticket": ticket, "rest": "" }).to_string().len();
    let mut rest = String::new();
    while bare + rest.len() < EVENT_BYTES {
        rest.push_str(&text::sentences(rng, 1).replace('"', "'"));
    }
    let cut = (0..=EVENT_BYTES.saturating_sub(bare).min(rest.len())).rev().find(|place| rest.is_char_boundary(*place));
    rest.truncate(cut.unwrap_or_default());
    json!({ "ticket": ticket, "rest": rest }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_the_size_of_a_real_one() {
        for sample in samples().iter().take(50) {
            let size = sample.event_data.len();
            assert!((EVENT_BYTES - 4..=EVENT_BYTES + 4).contains(&size), "{size}");
            assert!(sample.field("orderId").starts_with("A-"));
            assert!(sample.field("seats").parse::<u32>().is_ok());
        }
    }
}
