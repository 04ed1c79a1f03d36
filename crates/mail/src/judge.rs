//! Whether a message comes from where it says: SPF, DKIM and DMARC.
//!
//! The resolver is made once. In tests a [`Zone`] stands in its place, of which everything is known: what is not in it does not
//! exist, and nothing is asked of the network.

mod zone;

pub use zone::Zone;

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use mail_auth::{
    AuthenticatedMessage, DkimResult, DmarcResult, MessageAuthenticator, Parameters, SpfOutput, SpfResult,
    dmarc::Policy, dmarc::verify::DmarcParameters, hickory_resolver::system_conf::read_system_conf,
    spf::verify::SpfParameters,
};
use serde::Serialize;

use crate::Message;

/// How long the judgement of one message may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long a name server may take before it is asked again, how often it is asked, and what is kept of its answers. What does not exist is
/// kept for a minute although the server does not say for how long: a flood from one domain asks once.
const ANSWER: Duration = Duration::from_secs(2);
const ATTEMPTS: usize = 3;
const NAMES_KEPT: u64 = 10_000;
const ABSENT_KEPT: Duration = Duration::from_secs(60);
/// Signatures of a message that are looked at.
const SIGNATURES_MAX: usize = 10;

/// What one of the three says (API 20.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is so.
    Pass,
    /// It is not.
    Fail,
    /// Nothing is said about it.
    #[default]
    None,
    /// Nobody could be asked.
    TempError,
}

/// What all three say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Auth {
    /// Whether that machine may send for the envelope's domain.
    pub spf: Verdict,
    /// Whether a domain has signed it.
    pub dkim: Verdict,
    /// Whether one of the two holds for the domain of the visible sender.
    pub dmarc: Verdict,
    /// Whether it fails DMARC and the domain asks to reject or quarantine such messages.
    #[serde(skip)]
    pub is_refused: bool,
}

/// From where a message came.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The address of the machine.
    pub ip: Option<IpAddr>,
    /// What it calls itself.
    pub helo: Option<String>,
    /// The sender of the envelope.
    pub envelope_from: Option<String>,
}

/// Judges messages. Cloning shares the resolver.
#[derive(Clone)]
pub struct Judge(Arc<Inner>);

struct Inner {
    resolver: Option<MessageAuthenticator>,
    zone: Option<Zone>,
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").field("has_resolver", &self.0.resolver.is_some()).finish_non_exhaustive()
    }
}

impl Judge {
    /// With the resolver of this machine. Where there is none, everything that has to be asked is a temporary error.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let resolver = read_system_conf().ok().and_then(|(config, mut options)| {
            options.timeout = ANSWER;
            options.attempts = ATTEMPTS;
            options.cache_size = NAMES_KEPT;
            options.negative_min_ttl = Some(ABSENT_KEPT);
            MessageAuthenticator::new(config, options).ok()
        });
        Self(Arc::new(Inner { resolver, zone: None }))
    }

    /// With a zone in the place of the network, for tests.
    #[must_use]
    pub fn with_zone(zone: Zone) -> Self {
        Self(Arc::new(Inner { resolver: Some(zone::unasked()), zone: Some(zone) }))
    }

    /// Judges a message. Without the address of the machine that sent it, SPF says nothing.
    pub async fn judge(&self, message: &Message<'_>, origin: &Origin) -> Auth {
        let nobody =
            Auth { spf: Verdict::TempError, dkim: Verdict::TempError, dmarc: Verdict::TempError, is_refused: false };
        let Some(resolver) = &self.0.resolver else { return nobody };
        tokio::time::timeout(TIMEOUT, self.ask(resolver, message, origin)).await.unwrap_or(nobody)
    }

    async fn ask(&self, resolver: &MessageAuthenticator, message: &Message<'_>, origin: &Origin) -> Auth {
        let zone = self.0.zone.as_ref();
        let mut read = AuthenticatedMessage::from_parsed(message.parsed(), message.raw(), true);
        read.dkim_headers.truncate(SIGNATURES_MAX);
        let dkim = resolver.verify_dkim(cached(zone, &read)).await;
        let helo = origin.helo.as_deref().unwrap_or_default();
        let sender = origin.envelope_from.as_deref().unwrap_or_default();
        let spf = match origin.ip {
            Some(ip) if !sender.is_empty() || !helo.is_empty() => {
                let asked = if sender.is_empty() {
                    SpfParameters::verify_ehlo(ip, helo, "localhost")
                } else {
                    SpfParameters::verify_mail_from(ip, helo, "localhost", sender)
                };
                resolver.verify_spf(cached(zone, asked)).await
            }
            _ => SpfOutput::new(String::new()).with_result(SpfResult::None),
        };
        let envelope_domain = sender.rsplit_once('@').map_or(helo, |(_, domain)| domain);
        let asked = DmarcParameters::new(&read, &dkim, envelope_domain, &spf);
        let dmarc = resolver.verify_dmarc(cached(zone, asked)).await;
        let has_policy = dmarc.dmarc_record().is_some();
        let verdict = of_dmarc(&[dmarc.spf_result(), dmarc.dkim_result()], has_policy);
        Auth {
            spf: of_spf(spf.result()),
            dkim: of_dkim(&dkim.iter().map(mail_auth::DkimOutput::result).collect::<Vec<_>>()),
            dmarc: verdict,
            is_refused: verdict == Verdict::Fail && matches!(dmarc.policy(), Policy::Reject | Policy::Quarantine),
        }
    }
}

fn cached<P>(zone: Option<&Zone>, params: P) -> Parameters<'_, P, Zone, Zone, Zone, Zone, Zone> {
    Parameters { params, cache_txt: zone, cache_mx: zone, cache_ptr: zone, cache_ipv4: zone, cache_ipv6: zone }
}

const fn of_spf(result: SpfResult) -> Verdict {
    match result {
        SpfResult::Pass => Verdict::Pass,
        SpfResult::Fail | SpfResult::SoftFail | SpfResult::PermError => Verdict::Fail,
        SpfResult::Neutral | SpfResult::None => Verdict::None,
        SpfResult::TempError => Verdict::TempError,
    }
}

fn of_dkim(results: &[&DkimResult]) -> Verdict {
    if results.iter().any(|result| matches!(result, DkimResult::Pass)) {
        Verdict::Pass
    } else if results.iter().any(|result| matches!(result, DkimResult::TempError(_))) {
        Verdict::TempError
    } else if results.iter().any(|result| !matches!(result, DkimResult::None)) {
        Verdict::Fail
    } else {
        Verdict::None
    }
}

/// A domain with a policy passes when one of the two does; without a policy nothing is said, unless it could not be asked.
fn of_dmarc(results: &[&DmarcResult], has_policy: bool) -> Verdict {
    if results.iter().any(|result| matches!(result, DmarcResult::Pass)) {
        Verdict::Pass
    } else if results.iter().any(|result| matches!(result, DmarcResult::TempError(_))) {
        Verdict::TempError
    } else if has_policy {
        Verdict::Fail
    } else {
        Verdict::None
    }
}

#[cfg(test)]
mod tests;
