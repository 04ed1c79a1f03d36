//! What of a mailbox is never shown.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use crate::{
    Errors,
    input::{Parse, schema, string},
    limits::MAILBOX_SECRET_CHARS_MAX,
};

/// A password or token in a request: one line, as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct MailboxSecret(pub String);

impl fmt::Debug for MailboxSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailboxSecret(..)")
    }
}

impl Parse for MailboxSecret {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        if text.is_empty() {
            errors.push(at, "must not be empty");
        } else if text.contains(char::is_control) {
            errors.push(at, "must not contain control characters");
        } else if text.chars().count() > MAILBOX_SECRET_CHARS_MAX {
            errors.push(at, format!("must have at most {MAILBOX_SECRET_CHARS_MAX} characters"));
        } else {
            return Some(Self(text));
        }
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::shaped(r"^[^\u0000-\u001f\u007f-\u009f]+$", 1, MAILBOX_SECRET_CHARS_MAX)
    }
}

/// The secrets of a mailbox. Kept as sealed JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "auth")]
pub enum MailboxSecrets {
    /// Of a mailbox with a password.
    Password {
        /// The password.
        password: String,
    },
    /// Of a mailbox with tokens.
    #[serde(rename_all = "camelCase")]
    Xoauth2 {
        /// What proves who asks for tokens, unless nothing does.
        client_secret: Option<String>,
        /// What tokens are given for.
        refresh_token: String,
    },
}

impl fmt::Debug for MailboxSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailboxSecrets(..)")
    }
}

impl MailboxSecrets {
    /// The text that is sealed.
    ///
    /// # Panics
    /// Never: texts can be written.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("texts can be written")
    }

    /// From the text that was sealed.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Everything in it that must not be told.
    #[must_use]
    pub fn hidden(&self) -> Vec<String> {
        match self {
            Self::Password { password } => vec![password.clone()],
            Self::Xoauth2 { client_secret, refresh_token } => {
                client_secret.iter().chain([refresh_token]).cloned().collect()
            }
        }
    }
}
