//! What a brand says of its mail and of its portal (API 4).

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use crate::{
    Errors,
    input::{Parse, schema, string},
    text::{Email, List, Text},
};

/// Addresses that are told of new tickets.
pub const NOTIFY_MAX: usize = 20;
/// Origins whose pages may call the portal.
pub const ORIGINS_MAX: usize = 50;

/// The name that a brand's mail comes from.
pub type FromName = Text<0, 100>;
/// Addresses that are told of new tickets.
pub type NotifyEmails = List<Email, NOTIFY_MAX>;
/// Origins whose pages may call the portal.
pub type Origins = List<Origin, ORIGINS_MAX>;

/// How a brand's mail comes and goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandMail {
    /// Whether mail becomes tickets.
    pub inbound_enabled: bool,
    /// The name that its mail comes from.
    pub from_name: Option<String>,
    /// The address that its mail comes from.
    pub from_email: Option<String>,
    /// Whether new tickets are answered by mail.
    pub autoresponse_enabled: bool,
    /// The subject of that mail.
    pub autoresponse_subject: Option<String>,
    /// The text of that mail.
    pub autoresponse_body: Option<String>,
    /// Who is told of new tickets, and of replies to those that nobody has.
    pub new_ticket_notify_emails: Vec<String>,
}

impl Default for BrandMail {
    fn default() -> Self {
        Self {
            inbound_enabled: true,
            from_name: None,
            from_email: None,
            autoresponse_enabled: false,
            autoresponse_subject: None,
            autoresponse_body: None,
            new_ticket_notify_emails: Vec::new(),
        }
    }
}

/// Who may use a brand's portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrandPortal {
    /// Origins whose pages may call it.
    pub origins: Vec<String>,
    /// Whether unknown addresses may sign in.
    pub signup: bool,
}

/// The domains that this server has for mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailDomains {
    /// The one of the brands' own addresses.
    pub own: String,
    /// Others that brands may send from.
    pub allowed_from: Vec<String>,
}

impl MailDomains {
    /// Whether a brand may send from this address.
    #[must_use]
    pub fn allow(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        !domain.is_empty()
            && (domain.eq_ignore_ascii_case(&self.own)
                || self.allowed_from.iter().any(|allowed| domain.eq_ignore_ascii_case(allowed)))
    }
}

/// An origin of pages: `scheme://host[:port]`, without a path or a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.0
    }
}

impl Origin {
    /// Longest origin: the longest host name, a scheme and a port.
    const MAX: usize = 300;

    /// Reads an origin; letters are lowercased, as browsers send them.
    ///
    /// # Errors
    /// What is wrong with it, in words for the caller.
    pub fn new(text: &str) -> Result<Self, String> {
        let wrong =
            || "must be an origin like https://app.example.com, without a path or a slash at the end".to_owned();
        let origin = text.trim().to_ascii_lowercase();
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).ok_or_else(wrong)?;
        let (name, port) = match host.strip_prefix('[') {
            Some(rest) => {
                let (inside, behind) = rest.split_once(']').ok_or_else(wrong)?;
                inside.parse::<std::net::Ipv6Addr>().map_err(|_| wrong())?;
                (inside, behind.strip_prefix(':').or_else(|| behind.is_empty().then_some("0")))
            }
            None => host.split_once(':').map_or((host, Some("0")), |(name, port)| (name, Some(port))),
        };
        let plain = host.starts_with('[')
            || (!name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')));
        let port = port.filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
        if plain && port.is_some() && origin.len() <= Self::MAX { Ok(Self(origin)) } else { Err(wrong()) }
    }
}

impl Parse for Origin {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        Self::new(&text).map_err(|message| errors.push(at, message)).ok()
    }

    fn schema() -> RefOr<Schema> {
        schema::shaped(r"^[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$", 8, Self::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_have_a_scheme_a_host_and_perhaps_a_port() {
        for (text, kept) in [
            ("https://App.Example.com", "https://app.example.com"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(Origin::new(text).map(String::from), Ok(kept.to_owned()));
        }
        for wrong in [
            "",
            "app.example.com",
            "https://",
            "https://a/",
            "https://a/b",
            "https://a:x",
            "https://a:",
            "ftp://a",
            "https://a:99999",
            "https://u@a",
            "https://a?b",
            "https://[::1",
            "http://[zz]",
            "null",
        ] {
            assert!(Origin::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn brands_send_from_the_domains_of_the_server_alone() {
        let domains = MailDomains { own: "mail.example".to_owned(), allowed_from: vec!["acme.example".to_owned()] };
        assert!(domains.allow("a@mail.example") && domains.allow("a@ACME.example"));
        assert!(
            !domains.allow("a@evil.example") && !domains.allow("a@x.mail.example") && !domains.allow("mail.example")
        );
    }
}
