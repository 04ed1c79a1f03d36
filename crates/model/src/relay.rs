//! A brand's own relay (API 20.4): the SMTP server that its mail is handed to instead of the server's.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Errors,
    session::SecretText,
    text::{Domain, Email, Int, Text},
};

/// Submission (RFC 6409 3.1): encrypted by STARTTLS.
const SUBMISSION: u16 = 587;
/// Submissions (RFC 8314 3.3): encrypted from the beginning.
const SUBMISSIONS: u16 = 465;

/// The password of a relay. An API key may stand in its place, and some are long.
pub type RelayPassword = SecretText<1, 4_096>;

/// The relay of a brand. Its password is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = MailRelay)]
#[serde(rename_all = "camelCase")]
pub struct Relay {
    /// The SMTP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether mail is only handed over encrypted: from the beginning at port 465, by STARTTLS at any other.
    pub tls: bool,
    /// Who hands it over; null where nobody has to sign in.
    pub username: Option<String>,
    /// The address that the brand's mail comes from.
    pub from_email: String,
}

impl Relay {
    /// Whether connections are encrypted from their beginning.
    #[must_use]
    pub const fn is_encrypted_at_once(&self) -> bool {
        self.tls && self.port == SUBMISSIONS
    }

    /// Whether the password of the other one would go to somebody else now, or in the clear.
    fn is_elsewhere(&self, old: &Self) -> bool {
        let place = |relay: &Self| (relay.host.clone(), relay.port, relay.tls, relay.username.clone());
        place(self) != place(old)
    }
}

/// A relay with its password, ready to be called.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OpenRelay {
    /// The relay.
    pub relay: Relay,
    /// The password; none where nobody signs in.
    pub password: Option<String>,
}

impl fmt::Debug for OpenRelay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenRelay").field("relay", &self.relay).finish_non_exhaustive()
    }
}

/// What came of a test of a relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MailRelayTest)]
pub struct RelayTest {
    /// Whether mail can be handed over.
    pub ok: bool,
    /// What came of it, in one line.
    pub message: String,
}

crate::input! {
    /// A relay as a whole; only a password that is left out stays as it is.
    pub struct NewRelay {
        /// The SMTP server, reachable from the public network.
        host "host": required Domain,
        /// Its port; 587 when left out.
        port "port": optional Int<1, 65_535>,
        /// Whether mail is only handed over encrypted: from the beginning at port 465, by STARTTLS at any other; true when left
        /// out. Without, what is sent can be read on its way, the password too.
        tls "tls": optional bool,
        /// Who hands it over; left out where nobody has to sign in.
        username "username": optional Text<1, 320>,
        /// Their password; never shown again. Left out: the present one stays, as long as `host`, `port`, `tls` and `username` do.
        password "password": optional RelayPassword,
        /// The address that the brand's mail comes from. The relay has to let it through.
        from_email "fromEmail": required Email,
    }
    example r#"{ "host": "smtp.example.com", "port": 587, "username": "support", "password": "correct horse", "fromEmail": "support@example.com" }"#;
}

impl NewRelay {
    /// What is set, with the defaults for what is left out.
    #[must_use]
    pub fn relay(&self) -> Relay {
        Relay {
            host: self.host.clone().into(),
            port: self.port.and_then(|Int(port)| u16::try_from(port).ok()).unwrap_or(SUBMISSION),
            tls: self.tls.unwrap_or(true),
            username: self.username.clone().map(String::from),
            from_email: self.from_email.clone().into(),
        }
    }

    /// Whether the password of the present relay stays.
    #[must_use]
    pub fn keeps_password(&self, present: &Relay) -> bool {
        self.password.is_none() && self.username.is_some() && !self.relay().is_elsewhere(present)
    }

    /// Adds what its fields ask of each other, given what is set now.
    pub fn refuse(&self, present: Option<&Relay>, errors: &mut Errors) {
        match (&self.username, &self.password) {
            (None, Some(_)) => errors.push("username", "is required with a password"),
            (Some(_), None) => match present {
                Some(present) if self.keeps_password(present) => {}
                Some(Relay { username: Some(_), .. }) => {
                    errors.push("password", "must be sent again: it would go somewhere else now");
                }
                _ => errors.push("password", "is required with a username"),
            },
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Input;

    fn new(body: &serde_json::Value) -> NewRelay {
        let mut members = body.as_object().expect("an object").clone();
        NewRelay::read(&mut members, &mut Errors::default()).expect("a relay")
    }

    fn refused(new: &NewRelay, present: Option<&Relay>) -> Vec<String> {
        let mut errors = Errors::default();
        new.refuse(present, &mut errors);
        errors.into_vec().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let relay = new(&serde_json::json!({ "host": "SMTP.example.com", "fromEmail": "A@b.example" })).relay();
        let set = Relay {
            host: "smtp.example.com".to_owned(),
            port: 587,
            tls: true,
            username: None,
            from_email: "a@b.example".to_owned(),
        };
        assert_eq!(relay, set);
        assert!(!relay.is_encrypted_at_once());
        assert!(Relay { port: 465, ..set.clone() }.is_encrypted_at_once());
        assert!(!Relay { port: 465, tls: false, ..set }.is_encrypted_at_once());
    }

    #[test]
    fn a_password_goes_only_where_it_was_sent_to() {
        let body = serde_json::json!({ "host": "a.example", "username": "ana", "fromEmail": "a@b.example" });
        let with = |key: &str, value: serde_json::Value| {
            let mut body = body.clone();
            body[key] = value;
            new(&body)
        };
        let present = new(&body).relay();
        assert_eq!(refused(&new(&body), None), ["password"]);
        assert_eq!(refused(&new(&body), Some(&present)), [""; 0]);
        assert_eq!(refused(&with("fromEmail", "c@d.example".into()), Some(&present)), [""; 0]);
        assert_eq!(refused(&with("password", "x".into()), None), [""; 0]);
        for (key, value) in
            [("host", "b.example".into()), ("port", 465.into()), ("tls", false.into()), ("username", "bob".into())]
        {
            assert_eq!(refused(&with(key, value), Some(&present)), ["password"], "{key}");
        }
        let nobody = Relay { username: None, ..present.clone() };
        assert_eq!(refused(&new(&body), Some(&nobody)), ["password"]);
        let mut lone = body.clone();
        lone["username"] = serde_json::Value::Null;
        assert_eq!(refused(&new(&lone), Some(&present)), [""; 0]);
        lone["password"] = "x".into();
        assert_eq!(refused(&new(&lone), None), ["username"]);
    }
}
