//! The SMTP listener (API 20.1): it takes mail for addresses of brands and for nobody else, and says 250 only when the message is on
//! disk. `session.rs` is the conversation, `wire.rs` the bytes of a connection, `body.rs` those of a message.

mod body;
mod session;
mod wire;

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use dispatch_model::{BrandId, MailId, network::network};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

use crate::{Mailroom, Received, Trouble};
use session::Session;
use wire::Wire;

/// Connections in all, and from one address.
const CONNECTIONS_MAX: usize = 256;
const PER_ADDRESS_MAX: usize = 32;
/// Messages of the largest size that are in memory at once, on all connections together.
const MESSAGES_IN_MEMORY: usize = 4;
/// How long a server that stops waits for messages that are on their way.
const LAST_MESSAGES: Duration = Duration::from_secs(20);
/// How long a connection is told that there are too many.
const REFUSAL: Duration = Duration::from_secs(5);

/// Where messages go.
pub trait Inbox: Clone + Send + Sync + 'static {
    /// The brand that an address belongs to; none when it is not ours.
    fn recipient(&self, address: &str) -> impl Future<Output = Result<Option<BrandId>, Trouble>> + Send;

    /// Takes a message. It is on disk when this returns.
    fn take(&self, brand: &BrandId, received: Received) -> impl Future<Output = Result<MailId, Trouble>> + Send;
}

impl Inbox for Mailroom {
    async fn recipient(&self, address: &str) -> Result<Option<BrandId>, Trouble> {
        self.brand_of(address).await
    }

    async fn take(&self, brand: &BrandId, received: Received) -> Result<MailId, Trouble> {
        self.receive(brand, received).await
    }
}

/// What is set for the listener.
#[derive(Clone)]
pub struct SmtpSettings {
    /// How the server calls itself.
    pub hostname: String,
    /// The bytes that a message may have.
    pub message_bytes_max: usize,
    /// The certificate for STARTTLS; without one it is not offered.
    pub tls: Option<Arc<ServerConfig>>,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSettings").field("hostname", &self.hostname).finish_non_exhaustive()
    }
}

/// What STARTTLS needs, from a file with the certificate and its chain and one with its key, both PEM.
///
/// # Errors
/// A sentence that names the file that cannot be used.
pub fn tls(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, String> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let chain: Result<Vec<CertificateDer<'static>>, _> =
        CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain = chain.map_err(|error| wrong(certificate, &error))?;
    if chain.is_empty() {
        return Err(wrong(certificate, &"there is no certificate in it"));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, &error))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| wrong(certificate, &error))?;
    Ok(Arc::new(config))
}

/// What all connections share.
#[derive(Debug)]
struct Shared<I> {
    inbox: I,
    settings: SmtpSettings,
    /// Room for messages, in pieces of [`body::PIECE`].
    room: Arc<Semaphore>,
}

/// The listener. Cloning shares it.
#[derive(Debug)]
pub struct Smtp<I>(Arc<Shared<I>>);

impl<I> Clone for Smtp<I> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The connections that are open, by where they come from.
#[derive(Clone, Debug, Default)]
struct Open(Arc<Mutex<HashMap<IpAddr, usize>>>);

impl Open {
    fn map(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more, if there is one.
    fn enter(&self, address: IpAddr) -> Option<Place> {
        let address = network(address);
        let mut map = self.map();
        let all: usize = map.values().sum();
        let count = map.entry(address).or_default();
        if all >= CONNECTIONS_MAX || *count >= PER_ADDRESS_MAX {
            map.retain(|_, count| *count > 0);
            return None;
        }
        *count += 1;
        Some(Place { open: self.clone(), address })
    }
}

/// One open connection; it is closed when this is dropped.
#[derive(Debug)]
struct Place {
    open: Open,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut map = self.open.map();
        if let Some(count) = map.get_mut(&self.address) {
            *count = count.saturating_sub(1);
        }
        map.retain(|_, count| *count > 0);
    }
}

impl<I: Inbox> Smtp<I> {
    /// A listener for this inbox.
    #[must_use]
    pub fn new(inbox: I, settings: SmtpSettings) -> Self {
        let pieces = settings.message_bytes_max.div_ceil(body::PIECE).max(1) * MESSAGES_IN_MEMORY;
        Self(Arc::new(Shared { inbox, settings, room: Arc::new(Semaphore::new(pieces)) }))
    }

    /// Serves until `stop` says so. Then nobody is let in, those who wait are told 421, and messages on their way may end.
    pub async fn serve(self, listener: TcpListener, mut stop: watch::Receiver<bool>) {
        let (open, mut sessions) = (Open::default(), JoinSet::new());
        while !*stop.borrow() {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                Some(_) = sessions.join_next() => continue,
                changed = stop.changed() => if changed.is_err() { break } else { continue },
            };
            match accepted {
                Ok((stream, peer)) => {
                    let this = self.clone();
                    let (place, stop) = (open.enter(peer.ip().to_canonical()), stop.clone());
                    sessions.spawn(this.accepted(stream, peer, place, stop));
                }
                Err(error) => {
                    // Out of file descriptors, most likely: others will be closed soon.
                    tracing::warn!(%error, "an SMTP connection could not be accepted");
                    sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(listener);
        let ended = timeout(LAST_MESSAGES, async { while sessions.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            tracing::warn!("some messages did not come to their end in time; who sends them will send them again");
        }
    }

    async fn accepted(self, stream: TcpStream, peer: SocketAddr, place: Option<Place>, stop: watch::Receiver<bool>) {
        let _slow = stream.set_nodelay(true);
        let mut wire = Wire::new(Box::new(stream));
        if place.is_none() {
            wire.say(format_args!("421 4.7.0 {} Too many connections, try again later", self.0.settings.hostname));
            let _told = timeout(REFUSAL, wire.flush()).await;
            tracing::info!(peer = %peer.ip(), "an SMTP connection too many");
            return;
        }
        self.converse(wire, peer.ip().to_canonical(), stop).await;
    }

    /// One conversation, from the greeting to the end.
    async fn converse(&self, wire: Wire, peer: IpAddr, stop: watch::Receiver<bool>) {
        let acceptor = self.0.settings.tls.clone().map(TlsAcceptor::from);
        if let Err(end) = Session::new(&self.0, wire, peer, acceptor, stop).run().await {
            tracing::debug!(%peer, %end, "an SMTP connection ended early");
        }
    }
}

/// Opens the socket of the listener.
///
/// # Errors
/// When the address is taken or not ours.
pub async fn listen(address: &str) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

#[cfg(test)]
mod tests;
