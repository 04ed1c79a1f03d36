//! The two signatures of a webhook (API 16).

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

/// How a secret of Standard Webhooks begins; the key is what follows, in base64.
const STANDARD_START: &str = "whsec_";

fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    context.sign()
}

/// `X-Dispatch-Signature`: over the body, with the literal text of the secret.
#[must_use]
pub fn plain_signature(secret: &str, body: &[u8]) -> String {
    use std::fmt::Write as _;
    let tag = hmac_sha256(secret.as_bytes(), &[body]);
    tag.as_ref().iter().fold("sha256=".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// One value of `webhook-signature` (standardwebhooks.com): over id, time and body. A secret that is not `whsec_` and
/// base64 is taken as it is.
#[must_use]
pub fn standard_signature(secret: &str, id: &str, timestamp_seconds: i64, body: &[u8]) -> String {
    let decoded = secret.strip_prefix(STANDARD_START).and_then(|text| STANDARD.decode(text).ok());
    let key = decoded.as_deref().unwrap_or(secret.as_bytes());
    let timestamp = timestamp_seconds.to_string();
    let tag = hmac_sha256(key, &[id.as_bytes(), b".", timestamp.as_bytes(), b".", body]);
    format!("v1,{}", STANDARD.encode(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "evt_01kdyaktg0ksbt1vm9nva57q9j";
    const AT: i64 = 1_767_323_045;
    const BODY: &[u8] = br#"{"id":"evt_01kdyaktg0ksbt1vm9nva57q9j","type":"webhook.ping"}"#;

    #[test]
    fn the_test_vectors_of_the_contract() {
        let ours = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        assert_eq!(
            plain_signature(ours, BODY),
            "sha256=cf54788cebd65a075e55cd46311f56474bdb005b1831d4cd249c871ad101d53b"
        );
        assert_eq!(standard_signature(ours, ID, AT, BODY), "v1,2AP2xqbmO2OgqsUQj6uKcsTi4h6xgc5tFTL1TdPXj8s=");
        let own = "my-own-webhook-secret-000001";
        assert_eq!(
            plain_signature(own, BODY),
            "sha256=34dcd7037b51be7a9ffbd2073ad0a94b63f11ccadcbbd18421c583e8be121035"
        );
        assert_eq!(standard_signature(own, ID, AT, BODY), "v1,H1VKd6UeEqHvZogBZzUJ/rRwWJgito/4CbDijRsPv/A=");
    }

    #[test]
    fn a_secret_that_only_looks_like_one_of_theirs_is_taken_as_it_is() {
        let odd = "whsec_not base64!";
        assert_eq!(standard_signature(odd, ID, AT, BODY), {
            let tag = hmac_sha256(odd.as_bytes(), &[ID.as_bytes(), b".1767323045.", BODY]);
            format!("v1,{}", STANDARD.encode(tag))
        });
    }
}
