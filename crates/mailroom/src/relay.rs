//! Relays: the servers that outgoing mail is handed to.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, address::Envelope, transport::smtp::AsyncSmtpTransportBuilder,
};
use tokio::time::timeout;

/// A command of the relay may take as long (RFC 5321 4.5.3.2 allows some minutes; a place is kept while it is waited for).
const COMMAND_SECONDS: u64 = 30;
/// One mail may take as long, from the connection to the last answer; less than its lease.
const MAIL_SECONDS: u64 = 120;

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

/// The relays of one process, each with the connections that are kept open to it.
#[derive(Default)]
pub(crate) struct Relays(Mutex<HashMap<String, AsyncSmtpTransport<Tokio1Executor>>>);

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
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map(|builder| builder.timeout(Some(Duration::from_secs(COMMAND_SECONDS))))
        .map_err(|_| "must be smtp://[user:password@]host[:port][?tls=required] or smtps://...".to_owned())
}

impl Relays {
    /// Hands a mail to a relay.
    pub(crate) async fn send(&self, url: &str, envelope: &Envelope, mail: &[u8]) -> Attempted {
        let relay = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match known.get(url) {
                Some(relay) => relay.clone(),
                None => match builder(url) {
                    Ok(builder) => known.entry(url.to_owned()).or_insert(builder.build()).clone(),
                    Err(error) => return Attempted::Later(error),
                },
            }
        };
        match timeout(Duration::from_secs(MAIL_SECONDS), relay.send_raw(envelope, mail)).await {
            Ok(Ok(_)) => Attempted::Taken,
            Ok(Err(error)) => judged(&error),
            Err(_) => Attempted::Later(format!("the relay did not answer within {MAIL_SECONDS} seconds")),
        }
    }
}

/// Answers that say that we may not use the relay, which somebody can mend (RFC 4954 6): the mail is not to blame.
const OF_THE_RELAY: [u16; 4] = [421, 530, 534, 535];

fn judged(error: &lettre::transport::smtp::Error) -> Attempted {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !why.contains(&inner_text) {
            why = format!("{why}: {inner_text}");
        }
        source = inner.source();
    }
    let ours = error.status().is_some_and(|code| OF_THE_RELAY.contains(&u16::from(code)));
    if error.is_permanent() && !ours { Attempted::Refused(why) } else { Attempted::Later(why) }
}
