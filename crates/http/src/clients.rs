//! Who is at the other end, and which of their idempotency keys are at work.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{extract::Request, http::HeaderMap};
use dispatch_model::network::network;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use crate::problem::{Code, Problem};

/// The address of the connection's other end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The client's address: the peer's, or the right-most `X-Forwarded-For` entry that no trusted proxy wrote about
/// itself, when the peer is a trusted proxy (API 1.8). Of an IPv6 address it is the network, since whoever has one address of it
/// has them all.
pub(crate) fn address(request: &Request, trusted: &[IpAddr]) -> IpAddr {
    network(exact(request, trusted))
}

fn exact(request: &Request, trusted: &[IpAddr]) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let is_trusted = |address: &IpAddr| trusted.contains(&address.to_canonical());
    if !is_trusted(&peer) {
        return peer;
    }
    // From the right, as far as the entries are addresses: what stands left of anything else may be made up.
    let entries = forwarded(request.headers());
    let mut nearest = peer;
    for address in entries.iter().rev().map_while(|entry| entry.parse().ok()) {
        if !is_trusted(&address) {
            return address;
        }
        nearest = address;
    }
    nearest
}

fn forwarded(headers: &HeaderMap) -> Vec<&str> {
    headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.to_str().unwrap_or("?").split(','))
        .map(str::trim)
        .collect()
}

/// How long a repeat waits for the first request with its key (API 1.7).
const WAIT: Duration = Duration::from_secs(5);

/// The idempotency keys that are at work on this node.
#[derive(Debug, Default)]
pub(crate) struct Running(Mutex<HashMap<String, Arc<AsyncMutex<()>>>>);

impl Running {
    /// Waits until no other request works with this key.
    pub(crate) async fn enter(&self, key: &str) -> Result<OwnedMutexGuard<()>, Problem> {
        let gate = {
            let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if gates.len() > 1_024 {
                gates.retain(|_, gate| Arc::strong_count(gate) > 1);
            }
            gates.entry(key.to_owned()).or_default().clone()
        };
        tokio::time::timeout(WAIT, gate.lock_owned()).await.map_err(|_| {
            Problem::new(Code::Conflict, "A request with this idempotency key is still running.").retry_after(1)
        })
    }
}
