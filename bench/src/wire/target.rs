//! Where requests go and as whom.

use crate::error::Result;

/// A server's address and the key that requests carry.
#[derive(Clone, Debug)]
pub struct Target {
    /// `host:port`, for the connection and the Host header.
    pub authority: String,
    /// API key; none for routes that need no credential.
    pub key: Option<String>,
}

impl Target {
    /// Reads `http://host[:port][/v1][/]`.
    pub fn parse(url: &str, key: &str) -> Result<Self> {
        let rest = url.strip_prefix("http://").ok_or_else(|| format!("the URL must begin with http://: {url}"))?;
        let rest = rest.trim_end_matches('/');
        let authority = rest.strip_suffix("/v1").unwrap_or(rest);
        if authority.is_empty() || authority.contains('/') {
            return Err(format!("the URL must be http://host:port: {url}").into());
        }
        let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let authority = if has_port { authority.to_owned() } else { format!("{authority}:80") };
        Ok(Self { authority, key: Some(key.to_owned()) })
    }

    /// A server on loopback.
    pub fn local(port: u16, key: Option<String>) -> Self {
        Self { authority: format!("127.0.0.1:{port}"), key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_carry_the_base_path() {
        for url in ["http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1/"] {
            assert_eq!(Target::parse(url, "k").unwrap().authority, "127.0.0.1:8080");
        }
        assert_eq!(Target::parse("http://desk", "k").unwrap().authority, "desk:80");
    }

    #[test]
    fn other_schemes_and_paths_are_refused() {
        for url in ["https://desk", "desk:80", "http://desk/other", "http://"] {
            assert!(Target::parse(url, "k").is_err(), "{url}");
        }
    }
}
