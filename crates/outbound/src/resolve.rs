//! Names to addresses, and the guard on what comes of it. It stands where the connection is made, so that a name cannot
//! mean something else than when it was looked at (DNS rebinding).

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

use crate::guard::check;

/// The addresses of a name.
pub type Resolving = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Where names are looked up. Tests bring their own.
pub trait Resolver: Send + Sync + 'static {
    /// Looks a name up.
    fn resolve(&self, name: &str) -> Resolving;
}

/// The machine's own resolver.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve(&self, name: &str) -> Resolving {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The resolver that connections are made with.
pub(crate) struct Guarded {
    pub(crate) resolver: Arc<dyn Resolver>,
    pub(crate) allow_private: bool,
}

impl reqwest::dns::Resolve for Guarded {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (resolving, allow_private) = (self.resolver.resolve(name.as_str()), self.allow_private);
        Box::pin(async move {
            let found = resolving.await?;
            if !allow_private {
                check(found.iter().copied())?;
            }
            // The port is the URL's.
            let addresses: reqwest::dns::Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}
