//! A mailbox in a request.

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use super::{AfterProcess, MailboxAuth, MailboxConfig, MailboxOauth, MailboxSecret, MailboxSecrets};
use crate::{
    Errors,
    input::{Parse, nested},
    limits::{MAILBOX_POLL_SECONDS, MAILBOX_POLL_SECONDS_DEFAULT},
    text::{Domain, Int, Name, Text, Url},
};

/// How often a mailbox is looked into.
pub type PollSeconds = Int<{ MAILBOX_POLL_SECONDS.0 }, { MAILBOX_POLL_SECONDS.1 }>;

crate::input! {
    /// Where tokens for a mailbox come from.
    pub struct NewMailboxOauth {
        /// Where they are asked for: https, and reachable from the public network.
        token_url "tokenUrl": required Url,
        /// Who asks for them.
        client_id "clientId": required Text<1, 500>,
        /// What proves who asks, if anything does; never shown again. Left out: the present one stays, as long as `tokenUrl` and
        /// `clientId` do.
        client_secret "clientSecret": optional MailboxSecret,
        /// What tokens are given for; never shown again. Left out: the present one stays.
        refresh_token "refreshToken": optional MailboxSecret,
        /// What they are asked for.
        scope "scope": optional Text<1, 1000>,
    }
}

impl Parse for NewMailboxOauth {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        nested(value, at, errors)
    }

    fn schema() -> RefOr<Schema> {
        <Self as crate::Input>::schema().into()
    }
}

crate::input! {
    /// A mailbox as a whole; only secrets that are left out stay as they are.
    pub struct NewMailbox {
        /// The IMAP server, reachable from the public network.
        host "host": required Domain,
        /// Its port; 993 when left out.
        port "port": optional Int<1, 65_535>,
        /// Whether the connection is encrypted from its beginning; true when left out. Without, what is sent can be read on its way.
        tls "tls": optional bool,
        /// Whose mailbox it is.
        username "username": required Text<1, 320>,
        /// How the server knows who asks; `password` when left out.
        auth "auth": optional MailboxAuth,
        /// The password, for `password`; never shown again. Left out: the present one stays.
        password "password": optional MailboxSecret,
        /// Where tokens come from, for `xoauth2`.
        oauth "oauth": optional NewMailboxOauth,
        /// The folder that is looked into; `INBOX` when left out.
        folder "folder": optional Name,
        /// How often, in seconds; 60 when left out.
        poll_seconds "pollSeconds": optional PollSeconds,
        /// What is done to a message once it was taken; `seen` when left out.
        after_process "afterProcess": optional AfterProcess,
        /// The folder for `move`.
        move_to "moveTo": optional Name,
        /// Whether it is looked into; true when left out.
        enabled "enabled": optional bool,
    }
    example r#"{ "host": "imap.example.com", "username": "support@example.com", "password": "correct horse", "afterProcess": "seen" }"#;
}

impl NewMailbox {
    /// What is set, with the defaults for what is left out.
    #[must_use]
    pub fn config(&self) -> MailboxConfig {
        let oauth = self.oauth.clone().map(|oauth| MailboxOauth {
            token_url: oauth.token_url.into(),
            client_id: oauth.client_id.into(),
            scope: oauth.scope.map(String::from),
        });
        MailboxConfig {
            host: self.host.clone().into(),
            port: self.port.and_then(|Int(port)| u16::try_from(port).ok()).unwrap_or(993),
            tls: self.tls.unwrap_or(true),
            username: self.username.clone().into(),
            auth: self.auth(),
            oauth,
            folder: self.folder.clone().map_or_else(|| "INBOX".to_owned(), String::from),
            poll_seconds: self.poll_seconds.map_or(MAILBOX_POLL_SECONDS_DEFAULT, |Int(seconds)| seconds),
            after_process: self.after_process.unwrap_or(AfterProcess::Seen),
            move_to: self.move_to.clone().map(String::from),
        }
    }

    fn auth(&self) -> MailboxAuth {
        self.auth.unwrap_or(MailboxAuth::Password)
    }

    /// Adds what its fields ask of each other, given what is set now.
    pub fn refuse(&self, present: Option<&MailboxConfig>, errors: &mut Errors) {
        let config = self.config();
        let again = present.is_some_and(|present| config.is_elsewhere(present));
        let mut needs = |field: &str, there: bool| match (there, present.is_some(), again) {
            (true, ..) | (false, true, false) => {}
            (false, true, true) => errors.push(field, "must be sent again: it would go somewhere else now"),
            (false, false, _) => errors.push(field, "is required"),
        };
        match self.auth() {
            MailboxAuth::Password => needs("password", self.password.is_some()),
            MailboxAuth::Xoauth2 => match &self.oauth {
                Some(oauth) => needs("oauth.refreshToken", oauth.refresh_token.is_some()),
                None => errors.push("oauth", "is required for auth xoauth2"),
            },
        }
        if self.auth() == MailboxAuth::Password && self.oauth.is_some() {
            errors.push("oauth", "is only for auth xoauth2");
        }
        if self.auth() == MailboxAuth::Xoauth2 && self.password.is_some() {
            errors.push("password", "is only for auth password");
        }
        if config.after_process == AfterProcess::Move && config.move_to.is_none() {
            errors.push("moveTo", "is required for afterProcess move");
        }
    }

    /// The secrets from now on, given those that may stay.
    #[must_use]
    pub fn secrets(&self, kept: Option<MailboxSecrets>) -> Option<MailboxSecrets> {
        match (self.auth(), kept) {
            (MailboxAuth::Password, kept) => match (&self.password, kept) {
                (Some(MailboxSecret(password)), _) => Some(MailboxSecrets::Password { password: password.clone() }),
                (None, kept @ Some(MailboxSecrets::Password { .. })) => kept,
                _ => None,
            },
            (MailboxAuth::Xoauth2, kept) => {
                let (old_client, old_token) = match kept {
                    Some(MailboxSecrets::Xoauth2 { client_secret, refresh_token }) => {
                        (client_secret, Some(refresh_token))
                    }
                    _ => (None, None),
                };
                let new = self.oauth.as_ref()?;
                let text = |secret: &Option<MailboxSecret>| secret.clone().map(|MailboxSecret(text)| text);
                Some(MailboxSecrets::Xoauth2 {
                    client_secret: text(&new.client_secret).or(old_client),
                    refresh_token: text(&new.refresh_token).or(old_token)?,
                })
            }
        }
    }
}
