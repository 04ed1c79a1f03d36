//! Mailboxes that are looked into by IMAP (API 20.1): one of each brand.

mod input;
mod secrets;

pub use input::{NewMailbox, NewMailboxOauth};
pub use secrets::{MailboxSecret, MailboxSecrets};

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::Timestamp;

crate::text_enum! {
    /// How a mailbox knows who looks into it.
    pub enum MailboxAuth {
        /// By user name and password.
        Password = "password",
        /// By a token of OAuth 2.
        Xoauth2 = "xoauth2",
    }
}

crate::text_enum! {
    /// What is done to a message of a mailbox once it is on disk here.
    pub enum AfterProcess {
        /// It is marked as seen.
        Seen = "seen",
        /// Nothing.
        Keep = "keep",
        /// It is moved to another folder.
        Move = "move",
        /// It is deleted.
        Delete = "delete",
    }
}

impl<'de> Deserialize<'de> for MailboxAuth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for AfterProcess {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Where tokens for a mailbox come from, without what is secret of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MailboxOauth {
    /// Where they are asked for.
    pub token_url: String,
    /// Who asks for them.
    pub client_id: String,
    /// What they are asked for.
    pub scope: Option<String>,
}

/// What is set of a mailbox, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailboxConfig {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether the connection is encrypted from its beginning.
    pub tls: bool,
    /// Whose mailbox it is.
    pub username: String,
    /// How the server knows who asks.
    pub auth: MailboxAuth,
    /// Where tokens come from.
    pub oauth: Option<MailboxOauth>,
    /// The folder that is looked into.
    pub folder: String,
    /// How often.
    pub poll_seconds: i64,
    /// What is done to what was taken.
    pub after_process: AfterProcess,
    /// The folder that it is moved to.
    pub move_to: Option<String>,
}

impl MailboxConfig {
    /// Whether the secrets of the other one would go to somebody else now, or in the clear.
    #[must_use]
    pub fn is_elsewhere(&self, old: &Self) -> bool {
        let place =
            |config: &Self| (config.host.clone(), config.port, config.tls, config.username.clone(), config.auth);
        let asked = |config: &Self| config.oauth.clone().map(|oauth| (oauth.token_url, oauth.client_id));
        place(self) != place(old) || asked(self) != asked(old)
    }

    /// Whether its messages are others than those of the other one.
    #[must_use]
    pub fn is_another_folder(&self, old: &Self) -> bool {
        let folder = |config: &Self| (config.host.clone(), config.port, config.username.clone(), config.folder.clone());
        folder(self) != folder(old)
    }
}

/// The mailbox of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mailbox {
    /// The IMAP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether the connection is encrypted from its beginning.
    pub tls: bool,
    /// Whose mailbox it is.
    pub username: String,
    /// How the server knows who asks.
    pub auth: MailboxAuth,
    /// Where tokens come from; null unless `auth` is `xoauth2`. Its secrets are never shown.
    pub oauth: Option<MailboxOauth>,
    /// The folder that is looked into.
    pub folder: String,
    /// How often it is looked into.
    pub poll_seconds: i64,
    /// What is done to a message once it was taken.
    pub after_process: AfterProcess,
    /// The folder that it is moved to then.
    pub move_to: Option<String>,
    /// Whether it is looked into.
    pub enabled: bool,
    /// When it was last looked into.
    pub last_poll_at: Option<Timestamp>,
    /// What went wrong then; null when nothing did.
    pub last_error: Option<String>,
    /// The IMAP UID of the last message that was taken or skipped.
    pub last_uid: Option<i64>,
}

/// What came of a test of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MailboxTest {
    /// Whether it can be looked into.
    pub ok: bool,
    /// What came of it, in one line.
    pub message: String,
}

#[cfg(test)]
mod tests;
