//! The socket: HTTP/1.1 connections with bounded heads and time limits, and an end that finishes what it began.

mod watched;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{net::TcpListener, sync::Notify};
use tower::ServiceExt;

use crate::clients::Peer;

/// How long a client may take for its request head, also between two requests of one connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(75);
/// How long requests may take that are under way when the server stops.
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// Ends a connection whose other end takes nothing any more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cut(Arc<Notify>);

impl Cut {
    pub(crate) fn now(&self) {
        self.0.notify_one();
    }
}

/// A socket that is open.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
}

impl Listening {
    /// Opens the socket.
    ///
    /// # Errors
    /// When the address is taken or not ours.
    pub async fn open(address: &str) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await? })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Serves until `stop` is done, then finishes the requests that are under way.
pub async fn serve(listening: Listening, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listening.listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let _slow = stream.set_nodelay(true);
                let (router, cut) = (router.clone(), Cut::default());
                let cutting = cut.clone();
                let service = service_fn(move |request: hyper::Request<Incoming>| {
                    let (mut request, read): (Request, _) = watched::watch(request);
                    request.extensions_mut().insert(Peer(peer));
                    request.extensions_mut().insert(cut.clone());
                    let answer = router.clone().oneshot(request);
                    async move { answer.await.map(|response| read.tell(response)) }
                });
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIMEOUT)
                    .serve_connection(TokioIo::new(stream), service);
                let watched = graceful.watch(connection);
                tokio::spawn(async move {
                    tokio::select! {
                        ended = watched => if let Err(error) = ended {
                            tracing::debug!(%error, "a connection ended early");
                        },
                        () = cutting.0.notified() => tracing::debug!("a connection was cut off"),
                    }
                });
            }
            Err(error) => {
                // Out of file descriptors, most likely: others will be closed soon.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listening);
    if tokio::time::timeout(STOP_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}
