//! Relays: the servers that outgoing mail is handed to.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use dispatch_desk::mails::one_line;
use dispatch_model::relay::{OpenRelay, RelayTest};
use dispatch_outbound::{Outbound, first_of};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    address::Envelope,
    transport::smtp::{
        AsyncSmtpTransportBuilder,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use tokio::time::timeout;

/// A command of the relay may take as long (RFC 5321 4.5.3.2 allows some minutes; a place is kept while it is waited for).
const COMMAND_SECONDS: u64 = 30;
/// One mail may take as long, from the connection to the last answer; less than its lease.
const MAIL_SECONDS: u64 = 120;
/// A test of a relay may take as long: somebody waits for it, and proxies seldom wait for longer than a minute.
const TEST_SECONDS: u64 = 40;

/// What came of an attempt to hand over a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attempted {
    /// The relay has taken it.
    Taken,
    /// It is refused for good, for this reason.
    Refused(String),
    /// It did not work for now, for this reason.
    Later(String),
}

/// What a mail goes through.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// The server's relay, by its address.
    Server(Arc<str>),
    /// A relay of the brand's own.
    Own(Box<OpenRelay>),
    /// The brand has a relay of its own that cannot be used, for this reason.
    Closed(&'static str),
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// The connections to one relay.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Known {
    /// The server's, by its address.
    Server(Arc<str>),
    /// A brand's own, at this address of its name.
    Own(Box<OpenRelay>, IpAddr),
}

/// Relays whose connections are kept. Beyond that all are let go: they are opened again where they are needed.
const KNOWN_MAX: usize = 256;

/// The relays of one process, each with the connections that are kept open to it.
#[derive(Default)]
pub(crate) struct Relays(Mutex<HashMap<Known, Transport>>);

impl std::fmt::Debug for Relays {
    /// Their addresses hold passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Relays").finish_non_exhaustive()
    }
}

/// Refuses an address of a relay that cannot be one: `smtp://[user:password@]host[:port][?tls=required]` or `smtps://...`.
///
/// # Errors
/// What is wrong with it, without its password.
pub fn check_relay_url(url: &str) -> Result<(), String> {
    builder(url).map(|_| ())
}

fn builder(url: &str) -> Result<AsyncSmtpTransportBuilder, String> {
    Transport::from_url(url)
        .map(|builder| builder.timeout(Some(Duration::from_secs(COMMAND_SECONDS))))
        .map_err(|_| "must be smtp://[user:password@]host[:port][?tls=required] or smtps://...".to_owned())
}

/// Connections to a brand's own relay at this address. What it is called is what its certificate has to say.
fn own(open: &OpenRelay, address: IpAddr) -> Result<AsyncSmtpTransportBuilder, String> {
    let OpenRelay { relay, password } = open;
    let tls = || TlsParameters::new(relay.host.clone()).map_err(|error| error.to_string());
    let tls = match (relay.tls, relay.is_encrypted_at_once()) {
        (false, _) => Tls::None,
        (true, true) => Tls::Wrapper(tls()?),
        (true, false) => Tls::Required(tls()?),
    };
    let builder = Transport::builder_dangerous(address.to_string())
        .port(relay.port)
        .tls(tls)
        .timeout(Some(Duration::from_secs(COMMAND_SECONDS)));
    Ok(match (&relay.username, password) {
        (Some(name), Some(password)) => builder.credentials(Credentials::new(name.clone(), password.clone())),
        _ => builder,
    })
}

impl Relays {
    /// Connections that are kept, or new ones.
    fn kept(
        &self,
        known: Known,
        builder: impl FnOnce(&Known) -> Result<AsyncSmtpTransportBuilder, String>,
    ) -> Result<Transport, String> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(transport) = all.get(&known) {
            return Ok(transport.clone());
        }
        let transport = builder(&known)?.build();
        if all.len() >= KNOWN_MAX {
            all.clear();
        }
        all.insert(known, transport.clone());
        Ok(transport)
    }

    async fn transport(&self, way: &Way, outbound: &Outbound) -> Result<Transport, String> {
        match way {
            Way::Closed(why) => Err((*why).to_owned()),
            Way::Server(url) => self.kept(Known::Server(url.clone()), |_| builder(url)),
            Way::Own(open) => {
                // The name is looked up by the guard for every mail, and connected to is what it has let through.
                let found = outbound.addresses(&open.relay.host).await?;
                let at = |address: &IpAddr| Known::Own(open.clone(), *address);
                let present = {
                    let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                    found.iter().find_map(|address| all.get(&at(address)).cloned())
                };
                if let Some(transport) = present {
                    return Ok(transport);
                }
                let address = match found.as_slice() {
                    [only] => *only,
                    several => {
                        let stream = first_of(several, open.relay.port).await?;
                        stream.peer_addr().map_err(|error| error.to_string())?.ip()
                    }
                };
                self.kept(at(&address), |_| own(open, address))
            }
        }
    }

    /// Hands a mail to a relay.
    pub(crate) async fn send(&self, way: &Way, outbound: &Outbound, envelope: &Envelope, mail: &[u8]) -> Attempted {
        let sending = async {
            match self.transport(way, outbound).await {
                Ok(transport) => match transport.send_raw(envelope, mail).await {
                    Ok(_) => Attempted::Taken,
                    Err(error) => judged(&error),
                },
                Err(why) => Attempted::Later(why),
            }
        };
        timeout(Duration::from_secs(MAIL_SECONDS), sending)
            .await
            .unwrap_or_else(|_| Attempted::Later(format!("the relay did not answer within {MAIL_SECONDS} seconds")))
    }
}

/// Connects to a relay and signs in, by a connection of its own.
pub(crate) async fn try_out(open: &OpenRelay, outbound: &Outbound) -> RelayTest {
    let trying = async {
        let found = outbound.addresses(&open.relay.host).await?;
        let stream = first_of(&found, open.relay.port).await?;
        let address = stream.peer_addr().map_err(|error| error.to_string())?.ip();
        drop(stream);
        let transport: Transport = own(open, address)?.build();
        match transport.test_connection().await {
            Ok(true) => Ok("The relay can be used.".to_owned()),
            Ok(false) => Err("the relay closed the connection".to_owned()),
            Err(error) => Err(why(&error)),
        }
    };
    let tried = timeout(Duration::from_secs(TEST_SECONDS), trying)
        .await
        .unwrap_or_else(|_| Err(format!("the relay did not answer within {TEST_SECONDS} seconds")));
    match tried {
        Ok(message) => RelayTest { ok: true, message },
        Err(message) => RelayTest { ok: false, message: one_line(&message) },
    }
}

/// Answers that say that we may not use the relay, which somebody can mend (RFC 4954 6): the mail is not to blame.
const OF_THE_RELAY: [u16; 4] = [421, 530, 534, 535];

/// What is wrong, with what lies under it.
fn why(error: &lettre::transport::smtp::Error) -> String {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !why.contains(&inner_text) {
            why = format!("{why}: {inner_text}");
        }
        source = inner.source();
    }
    why
}

fn judged(error: &lettre::transport::smtp::Error) -> Attempted {
    let why = why(error);
    let ours = error.status().is_some_and(|code| OF_THE_RELAY.contains(&u16::from(code)));
    if error.is_permanent() && !ours { Attempted::Refused(why) } else { Attempted::Later(why) }
}
