//! One attempt of a delivery to a webhook (API 16): what is sent, and what came of it.

use std::time::Duration;

use bytes::Bytes;
use dispatch_model::{Clock, Entropy, webhook::Attempted};

use crate::{Method, Outbound, Request, Schedule, plain_signature, retry_after, standard_signature};

/// When an attempt is given up.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// How much longer the claim of an attempt lasts, so that it is written down by then.
pub const LEASE_MARGIN: Duration = Duration::from_secs(15);
/// Bytes of an answer that are kept.
const KEEP_BYTES: usize = 1024;

/// How long the claim of an attempt lasts, in milliseconds.
#[must_use]
pub fn lease_ms() -> i64 {
    i64::try_from((TIMEOUT + LEASE_MARGIN).as_millis()).unwrap_or(i64::MAX)
}

/// An attempt.
#[derive(Debug)]
pub struct Post<'a> {
    /// Where.
    pub url: &'a str,
    /// The id of the event.
    pub event_id: &'a str,
    /// Its type.
    pub kind: &'a str,
    /// The id of the delivery.
    pub delivery_id: &'a str,
    /// The secrets that sign: the present one, then the one before while it counts.
    pub secrets: &'a [String],
    /// The payload.
    pub body: &'a str,
    /// Its place in the schedule, from 1.
    pub tries: i64,
}

/// The headers of an attempt that is made at this second.
fn headers(post: &Post<'_>, at_seconds: i64) -> Vec<(&'static str, String)> {
    let body = post.body.as_bytes();
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("user-agent", "Dispatch-Webhooks/1".to_owned()),
        ("x-dispatch-event", post.kind.to_owned()),
        ("x-dispatch-delivery", post.delivery_id.to_owned()),
        ("webhook-id", post.event_id.to_owned()),
        ("webhook-timestamp", at_seconds.to_string()),
    ];
    for (name, secret) in ["x-dispatch-signature", "x-dispatch-signature-previous"].into_iter().zip(post.secrets) {
        headers.push((name, plain_signature(secret, body)));
    }
    let standard = |secret: &String| standard_signature(secret, post.event_id, at_seconds, body);
    headers.push(("webhook-signature", post.secrets.iter().map(standard).collect::<Vec<_>>().join(" ")));
    headers
}

impl Outbound {
    /// Makes an attempt. Whatever happens comes back within [`TIMEOUT`].
    pub async fn post(&self, post: &Post<'_>, clock: &Clock, entropy: &Entropy) -> Attempted {
        let began = clock.now();
        let request = Request {
            method: Method::POST,
            url: post.url.to_owned(),
            headers: headers(post, began.as_millis().div_euclid(1_000))
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
            body: Bytes::copy_from_slice(post.body.as_bytes()),
            timeout: TIMEOUT,
            keep_bytes: KEEP_BYTES,
            reads_answer: false,
        };
        let outcome = self.send(request).await;
        let ended = clock.now();
        let asked = outcome.retry_after.as_deref().and_then(|text| retry_after(text, ended));
        let again = outcome.error.as_ref().and_then(|_| Schedule::WEBHOOK.next(post.tries, ended, asked, entropy));
        Attempted {
            began,
            ended,
            duration_ms: outcome.duration_ms,
            response_code: outcome.status.map(i64::from),
            response_body: outcome.body,
            error: outcome.error,
            again,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'h>(headers: &'h [(&'static str, String)], name: &str) -> Option<&'h str> {
        headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn while_a_secret_is_rotated_both_sign() {
        let secrets = ["whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "my-own-webhook-secret-000001"];
        let secrets = secrets.map(str::to_owned);
        let post = Post {
            url: "https://hooks.example.com",
            event_id: "evt_01kdyaktg0ksbt1vm9nva57q9j",
            kind: "webhook.ping",
            delivery_id: "whd_1",
            secrets: &secrets,
            body: r#"{"id":"evt_01kdyaktg0ksbt1vm9nva57q9j","type":"webhook.ping"}"#,
            tries: 1,
        };
        let both = headers(&post, 1_767_323_045);
        assert_eq!(
            of(&both, "x-dispatch-signature"),
            Some("sha256=cf54788cebd65a075e55cd46311f56474bdb005b1831d4cd249c871ad101d53b")
        );
        assert_eq!(
            of(&both, "x-dispatch-signature-previous"),
            Some("sha256=34dcd7037b51be7a9ffbd2073ad0a94b63f11ccadcbbd18421c583e8be121035")
        );
        assert_eq!(
            of(&both, "webhook-signature"),
            Some("v1,2AP2xqbmO2OgqsUQj6uKcsTi4h6xgc5tFTL1TdPXj8s= v1,H1VKd6UeEqHvZogBZzUJ/rRwWJgito/4CbDijRsPv/A=")
        );
        let one = headers(&Post { secrets: &secrets[..1], ..post }, 1_767_323_045);
        assert_eq!(of(&one, "x-dispatch-signature-previous"), None);
        assert_eq!(of(&one, "webhook-signature"), Some("v1,2AP2xqbmO2OgqsUQj6uKcsTi4h6xgc5tFTL1TdPXj8s="));
        assert_eq!(
            (of(&one, "webhook-timestamp"), of(&one, "user-agent")),
            (Some("1767323045"), Some("Dispatch-Webhooks/1"))
        );
    }
}
