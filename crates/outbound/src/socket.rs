//! Connections that speak something else than HTTP, such as to mailboxes and relays: the same guard, on the name when it is saved and
//! on what it resolves to when the connection is made.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use rustls::ClientConfig;
use tokio::{net::TcpStream, time::timeout};
use url::Url;

use crate::{
    Outbound, Refused, Unfit,
    guard::{check, check_host},
};

/// How long a name is looked up, and how long one address may take to answer.
const LOOKUP: Duration = Duration::from_secs(5);
const CONNECT: Duration = Duration::from_secs(10);
/// Addresses of a name that are tried.
const ADDRESSES_MAX: usize = 4;

impl Outbound {
    /// Whether the name or address of a server may be saved. A name that resolves to nothing may: it is looked at again by every
    /// connection.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn check_host(&self, host: &str) -> Result<(), Unfit> {
        self.check(&format!("https://{host}/")).await.map_err(|unfit| match unfit {
            Unfit::Private => Unfit::Private,
            _ => Unfit::NoHost,
        })
    }

    /// The addresses of a server that may be connected to now, a few at most.
    ///
    /// # Errors
    /// Why there are none, for whoever set the server up.
    pub async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        let url = Url::parse(&format!("https://{host}/")).map_err(|_| "this is no host".to_owned())?;
        if !self.allow_private {
            check_host(&url).map_err(|refused| refused.to_string())?;
        }
        let mut found: Vec<IpAddr> = match url.host() {
            Some(url::Host::Ipv4(address)) => vec![address.into()],
            Some(url::Host::Ipv6(address)) => vec![address.into()],
            Some(url::Host::Domain(name)) => match timeout(LOOKUP, self.resolver.resolve(name)).await {
                Ok(Ok(found)) if !found.is_empty() => found,
                _ => return Err("no connection: the name of the host is not known".to_owned()),
            },
            None => return Err("this is no host".to_owned()),
        };
        if !self.allow_private {
            check(found.iter().copied()).map_err(|_| Refused.to_string())?;
        }
        found.truncate(ADDRESSES_MAX);
        Ok(found)
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// Why there is none, for whoever set the server up.
    pub async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, String> {
        first_of(&self.addresses(host).await?, port).await
    }

    /// How connections are encrypted: with the certificates that the machine trusts.
    #[must_use]
    pub fn tls(&self) -> Arc<ClientConfig> {
        self.tls.clone()
    }
}

/// A connection to the first of these addresses that takes one.
///
/// # Errors
/// Why the last of them does not.
pub async fn first_of(addresses: &[IpAddr], port: u16) -> Result<TcpStream, String> {
    let mut last = "no connection".to_owned();
    for address in addresses {
        match timeout(CONNECT, TcpStream::connect(SocketAddr::new(*address, port))).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = format!("no connection: {error}"),
            Err(_) => last = format!("no connection within {CONNECT:?}"),
        }
    }
    Err(last)
}
