//! What of a connection is never shown: sealed where it is kept, and left out where it is written down.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use super::ConnectionType;
use crate::{
    Errors, Patch,
    input::{Parse, schema, string},
    limits::{CONNECTION_HEADERS_MAX, HEADER_BYTES_MAX},
    text::Url,
};

/// The secrets of a connection.
#[derive(Clone, PartialEq, Eq)]
pub enum Secrets {
    /// The address of an incoming webhook.
    Slack(String),
    /// The API token of a user.
    Jira(String),
    /// Headers.
    Http(Vec<(String, String)>),
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({:?})", self.names())
    }
}

impl Secrets {
    /// Their names: what is shown of them.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Slack(_) => vec![ConnectionType::Slack.secret().to_owned()],
            Self::Jira(_) => vec![ConnectionType::Jira.secret().to_owned()],
            Self::Http(headers) => headers.iter().map(|(name, _)| format!("headers.{name}")).collect(),
        }
    }

    /// The text that is sealed; nothing when there are none.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match self {
            Self::Slack(text) | Self::Jira(text) => Some(text.clone()),
            Self::Http(headers) if headers.is_empty() => None,
            Self::Http(headers) => Some(serde_json::json!(headers).to_string()),
        }
    }

    /// From the text that was sealed.
    ///
    /// # Errors
    /// When it is not one that [`Self::to_text`] made for this type.
    pub fn from_text(kind: ConnectionType, text: Option<String>) -> Result<Self, String> {
        match (kind, text) {
            (ConnectionType::Slack, Some(text)) => Ok(Self::Slack(text)),
            (ConnectionType::Jira, Some(text)) => Ok(Self::Jira(text)),
            (ConnectionType::Http, None) => Ok(Self::Http(Vec::new())),
            (ConnectionType::Http, Some(text)) => {
                serde_json::from_str(&text).map(Self::Http).map_err(|_| "the headers cannot be read".to_owned())
            }
            (ConnectionType::Slack | ConnectionType::Jira, None) => Err("the secret is missing".to_owned()),
        }
    }
}

impl ConnectionType {
    /// What is shown of the secrets with these names.
    #[must_use]
    pub fn secrets_set(self, names: &[String]) -> BTreeMap<String, bool> {
        let mut shown: BTreeMap<String, bool> = names.iter().map(|name| (name.clone(), true)).collect();
        shown.insert(self.secret().to_owned(), !names.is_empty());
        shown
    }

    /// The member of `secrets` that this type has.
    #[must_use]
    pub const fn secret(self) -> &'static str {
        match self {
            Self::Slack => "webhookUrl",
            Self::Jira => "apiToken",
            Self::Http => "headers",
        }
    }
}

/// A change of the secrets: what is left out stays.
#[derive(Clone)]
pub enum SecretsPatch {
    /// Another webhook.
    Slack(Option<Url>),
    /// Another token.
    Jira(Option<ApiToken>),
    /// Other headers, as a whole.
    Http(Patch<Headers>),
}

impl fmt::Debug for SecretsPatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretsPatch(..)")
    }
}

impl SecretsPatch {
    /// The secrets that it puts in the place of the present ones, if it says anything.
    #[must_use]
    pub fn secrets(&self) -> Option<Secrets> {
        match self {
            Self::Slack(url) => url.clone().map(|url| Secrets::Slack(url.into())),
            Self::Jira(token) => token.clone().map(|ApiToken(token)| Secrets::Jira(token)),
            Self::Http(Patch::Keep) => None,
            Self::Http(Patch::Clear) => Some(Secrets::Http(Vec::new())),
            Self::Http(Patch::Set(Headers(headers))) => Some(Secrets::Http(headers.clone())),
        }
    }
}

/// An API token: one line, trimmed.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiToken(pub String);

/// Characters of an API token.
const TOKEN_MAX: usize = 1024;

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiToken(..)")
    }
}

impl Parse for ApiToken {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        let token = text.trim();
        if token.is_empty() {
            errors.push(at, "must not be empty");
        } else if token.contains(char::is_control) {
            errors.push(at, "must not contain control characters");
        } else if token.chars().count() > TOKEN_MAX {
            errors.push(at, format!("must have at most {TOKEN_MAX} characters"));
        } else {
            return Some(Self(token.to_owned()));
        }
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::line(1, TOKEN_MAX)
    }
}

/// Headers that a call makes itself, or that are about the connection to the other side and not about the call.
const OWN_HEADERS: [&str; 13] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "webhook-id",
];
/// The name of a header (RFC 9110, 5.1), and its length.
const HEADER_NAME: &str = r"^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$";
/// Its value.
const HEADER_VALUE: &str = r"^[\t -~]*$";

/// Headers by their names, at most 20.
#[derive(Clone, PartialEq, Eq)]
pub struct Headers(pub Vec<(String, String)>);

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Headers(..)")
    }
}

fn is_token(name: &str) -> bool {
    let special = |byte: u8| b"!#$%&'*+.^_`|~-".contains(&byte);
    (1..=100).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || special(byte))
}

impl Headers {
    fn value(value: Value, at: &str, errors: &mut Errors) -> Option<String> {
        let text = string(value, at, errors)?;
        let value = text.trim();
        if value.len() > HEADER_BYTES_MAX {
            errors.push(at, format!("must have at most {HEADER_BYTES_MAX} characters"));
        } else if !value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
            errors.push(at, "must be one line of printable ASCII characters");
        } else {
            return Some(value.to_owned());
        }
        None
    }
}

impl Parse for Headers {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let Value::Object(members) = value else {
            errors.push(at, "must be an object: the values of headers by their names");
            return None;
        };
        if members.len() > CONNECTION_HEADERS_MAX {
            errors.push(at, format!("must have at most {CONNECTION_HEADERS_MAX} headers"));
            return None;
        }
        let before = errors.len();
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in members {
            let at = format!("{at}.{}", crate::text::cut(&name, 100).0);
            let value = Self::value(value, &at, errors);
            if !is_token(&name) {
                errors.push(at, "is not the name of a header");
            } else if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
                errors.push(at, "cannot be set here");
            } else if headers.iter().any(|(other, _)| name.eq_ignore_ascii_case(other)) {
                errors.push(at, "repeated");
            } else if let Some(value) = value {
                headers.push((name, value));
            }
        }
        (errors.len() == before).then_some(Self(headers))
    }

    fn schema() -> RefOr<Schema> {
        let own: Vec<String> = OWN_HEADERS.iter().map(|name| any_case(name)).collect();
        let names = format!("^(?!(?:{})$){}", own.join("|"), HEADER_NAME.trim_start_matches('^'));
        schema::shaped_texts_named(&names, HEADER_VALUE, HEADER_BYTES_MAX, CONNECTION_HEADERS_MAX)
    }
}

/// A pattern for a word in any case.
fn any_case(word: &str) -> String {
    let letter = |letter: char| match letter {
        'a'..='z' => format!("[{}{letter}]", letter.to_ascii_uppercase()),
        other => other.to_string(),
    };
    word.chars().map(letter).collect()
}
