//! Tokens of OAuth 2 for a mailbox (RFC 6749, section 6), through the guarded way out.

use std::time::Duration;

use bytes::Bytes;
use dispatch_model::mailbox::{MailboxOauth, MailboxSecrets};
use dispatch_outbound::{Method, Outbound, Request};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::folder::Failure;

/// How long an answer is waited for, and how much of it is read.
const TIMEOUT: Duration = Duration::from_secs(15);
const KEEP_BYTES: usize = 32 * 1024;

/// A token that opens a mailbox for a while.
pub(super) struct Token {
    pub(super) access: String,
    /// The secrets from now on, when the one that was used has been replaced.
    pub(super) renewed: Option<MailboxSecrets>,
}

/// Asks for a token.
pub(super) async fn fetch(
    oauth: &MailboxOauth,
    client_secret: Option<&str>,
    refresh_token: &str,
    outbound: &Outbound,
) -> Result<Token, Failure> {
    let fields = [
        ("grant_type", Some("refresh_token")),
        ("refresh_token", Some(refresh_token)),
        ("client_id", Some(oauth.client_id.as_str())),
        ("client_secret", client_secret),
        ("scope", oauth.scope.as_deref()),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let form = Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = [
        ("accept", "application/json"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("user-agent", "Dispatch-Mail/1"),
    ];
    let outcome = outbound
        .send(Request {
            method: Method::POST,
            url: oauth.token_url.clone(),
            headers: headers.into_iter().map(|(name, value)| (name.into(), value.to_owned())).collect(),
            body: Bytes::from(form),
            timeout: TIMEOUT,
            keep_bytes: KEEP_BYTES,
            reads_answer: true,
        })
        .await;
    let answer: Value = serde_json::from_str(outcome.body.as_deref().unwrap_or_default()).unwrap_or_default();
    if let Some(error) = outcome.error {
        // `invalid_grant` and its like (RFC 6749, 5.2); nothing else that may repeat what was sent.
        let word = answer["error"].as_str().filter(|word| {
            (1..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        let word = word.map(|word| format!(" ({word})")).unwrap_or_default();
        return Err(Failure::Refused(format!("no token: {error}{word}")));
    }
    let Some(access) = answer["access_token"].as_str().filter(|token| !token.is_empty()) else {
        return Err(Failure::Refused("no token: the answer holds none".to_owned()));
    };
    let renewed = answer["refresh_token"].as_str().filter(|token| !token.is_empty() && *token != refresh_token);
    Ok(Token {
        access: access.to_owned(),
        renewed: renewed.map(|token| MailboxSecrets::Xoauth2 {
            client_secret: client_secret.map(str::to_owned),
            refresh_token: token.to_owned(),
        }),
    })
}
