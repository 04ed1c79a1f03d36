//! A stand-in for the incoming webhooks of Slack (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks): strict about
//! what it takes, and with Slack's own words for what it does not.

use axum::http::Method;
use serde_json::Value;

use crate::receiver::{Answering, Received, Receiver};

/// The path of the only webhook there is.
const PATH: &str = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";

/// A workspace with one incoming webhook.
#[derive(Debug)]
pub struct Slack {
    /// The address of the webhook.
    pub url: String,
    /// What it is called with, and what it answers instead.
    pub receiver: Receiver,
}

impl Slack {
    /// Starts one.
    pub async fn start() -> Self {
        let receiver = Receiver::judging(judge).await;
        let url = format!("{}{PATH}", receiver.url.trim_end_matches("/in"));
        Self { url, receiver }
    }

    /// The lines that were posted since it was last asked.
    ///
    /// # Panics
    /// When something else came that Slack does not take.
    #[must_use]
    pub fn posted(&self) -> Vec<String> {
        let posted = self.receiver.take().into_iter().map(|call| {
            let answer = judge(&call);
            assert_eq!(answer.body, "ok", "{call:?}");
            call.json()["text"].as_str().expect("a text").to_owned()
        });
        posted.collect()
    }
}

fn judge(call: &Received) -> Answering {
    if call.path != PATH {
        return Answering::text(404, "no_service");
    }
    if call.method != Method::POST || call.header("content-type") != "application/json" {
        return Answering::text(400, "invalid_payload");
    }
    let Ok(Value::Object(message)) = serde_json::from_slice(&call.body) else {
        return Answering::text(400, "invalid_payload");
    };
    match message.get("text") {
        Some(Value::String(text)) if text.trim().is_empty() => Answering::text(400, "no_text"),
        // Slack cuts behind 40,000 characters; who sends so much has made a mistake.
        Some(Value::String(text)) if text.chars().count() > 40_000 => Answering::text(400, "msg_too_long"),
        Some(Value::String(_)) if message.len() == 1 => Answering::text(200, "ok"),
        None => Answering::text(400, "no_text"),
        Some(_) => Answering::text(400, "invalid_payload"),
    }
}
