//! One call: where it may go, how long it may take, and what came of it.

use std::{borrow::Cow, error::Error, fmt, sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Client,
    header::{HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore};
use tokio::time::{Instant, timeout};
use url::Url;

use crate::{
    Tally,
    guard::{Refused, check, check_host},
    resolve::{Guarded, Resolver, SystemResolver},
};

/// How long a name is looked up before it counts as unknown, when a target is saved.
const LOOKUP: Duration = Duration::from_secs(3);
/// How long the rest of an answer is waited for whose status is known: it decides nothing.
const REST: Duration = Duration::from_secs(1);
/// Bytes of an answer that are read, so that its connection can be used again.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Connections to one target that are kept for the next call, and for how long.
const IDLE_MAX: usize = 16;
const IDLE: Duration = Duration::from_secs(30);

/// The methods that calls use.
pub use reqwest::Method;

/// The way out. Cloning shares it.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    pub(crate) resolver: Arc<dyn Resolver>,
    pub(crate) tls: Arc<ClientConfig>,
    pub(crate) allow_private: bool,
    tally: Arc<Tally>,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("allow_private", &self.allow_private).finish_non_exhaustive()
    }
}

/// What is called. Its address and its headers may be secret.
#[derive(Clone)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Where.
    pub url: String,
    /// The headers.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body.
    pub body: Bytes,
    /// When it is given up.
    pub timeout: Duration,
    /// Bytes of the answer that are kept.
    pub keep_bytes: usize,
    /// Whether they decide something, so that they are waited for as long as the status is.
    pub reads_answer: bool,
}

/// What came of a call.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The status code of the answer.
    pub status: Option<u16>,
    /// Its beginning.
    pub body: Option<String>,
    /// What its `Retry-After` says.
    pub retry_after: Option<String>,
    /// Why it failed; nothing when the answer is a 2xx.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
}

impl Outcome {
    /// Whether it was answered with a 2xx.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        self.error.is_none()
    }
}

/// Why a target cannot be saved: words for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no http or https address.
    NoUrl,
    /// It is not https.
    NotHttps,
    /// It holds a user name or a password.
    UserInfo,
    /// Its port is 0, which nobody listens at.
    PortZero,
    /// Its address is not public.
    Private,
    /// It is no name or address of a server.
    NoHost,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoUrl => "must be an https address",
            Self::NotHttps => "must be an https address: http is not allowed",
            Self::UserInfo => "must not hold a user name or a password",
            Self::PortZero => "must not name port 0",
            Self::NoHost => "must be the name or the address of a server",
            Self::Private => "target address not allowed: it is not on the public network",
        })
    }
}

impl Outbound {
    /// A way out through the machine's resolver. `allow_private` lifts the guard and permits http.
    ///
    /// # Errors
    /// When there is no TLS to be had.
    pub fn new(allow_private: bool) -> Result<Self, String> {
        Self::with_resolver(allow_private, Arc::new(SystemResolver))
    }

    /// The same with another resolver.
    ///
    /// # Errors
    /// When there is no TLS to be had.
    pub fn with_resolver(allow_private: bool, resolver: Arc<dyn Resolver>) -> Result<Self, String> {
        let guarded = Guarded { resolver: resolver.clone(), allow_private };
        let tls = tls()?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .https_only(!allow_private)
            .dns_resolver(Arc::new(guarded))
            .pool_max_idle_per_host(IDLE_MAX)
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| chain(&error))?;
        Ok(Self { client, resolver, tls: Arc::new(tls), allow_private, tally: Arc::default() })
    }

    /// What came of the calls.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn read(&self, text: &str) -> Result<Url, Unfit> {
        let url = Url::parse(text).map_err(|_| Unfit::NoUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if self.allow_private => {}
            "http" => return Err(Unfit::NotHttps),
            _ => return Err(Unfit::NoUrl),
        }
        if !url.username().is_empty() || url.password().is_some() || has_user_info(text) {
            return Err(Unfit::UserInfo);
        }
        if url.port() == Some(0) {
            return Err(Unfit::PortZero);
        }
        if !self.allow_private {
            check_host(&url).map_err(|_| Unfit::Private)?;
        }
        Ok(url)
    }

    /// Whether a target may be saved. A name that resolves to nothing may: it is looked at again by every call.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn check(&self, url: &str) -> Result<(), Unfit> {
        let url = self.read(url)?;
        let Some(name) = url.domain().filter(|_| !self.allow_private) else { return Ok(()) };
        match timeout(LOOKUP, self.resolver.resolve(name)).await {
            Ok(Ok(addresses)) => check(addresses).map_err(|_| Unfit::Private),
            Ok(Err(_)) | Err(_) => Ok(()),
        }
    }

    /// Makes a call. Whatever happens comes back as an outcome, within the time that the request gives.
    pub async fn send(&self, request: Request) -> Outcome {
        let (began, within) = (Instant::now(), request.timeout);
        let outcome = match timeout(within, self.answer(request)).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(why)) => Outcome { error: Some(why), ..Outcome::default() },
            Err(_) => Outcome { error: Some(format!("no answer within {within:?}")), ..Outcome::default() },
        };
        Outcome { duration_ms: i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX), ..outcome }
    }

    async fn answer(&self, request: Request) -> Result<Outcome, String> {
        let url = self.read(&request.url).map_err(|unfit| match unfit {
            Unfit::Private => Refused.to_string(),
            other => format!("the url {other}"),
        })?;
        let mut call = self.client.request(request.method, url).body(request.body);
        for (name, value) in request.headers {
            let mut value = HeaderValue::try_from(value).map_err(|_| format!("the header {name} cannot be sent"))?;
            value.set_sensitive(true);
            call = call.header(&*name, value);
        }
        let mut answer = call.send().await.map_err(|error| why(&error.without_url()))?;
        let status = answer.status();
        let retry_after = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut body = BytesMut::new();
        let mut read = 0;
        let rest = async {
            while let Ok(Some(chunk)) = answer.chunk().await {
                read += chunk.len();
                body.extend_from_slice(&chunk[..chunk.len().min(request.keep_bytes - body.len())]);
                if read > ANSWER_BYTES_MAX {
                    return;
                }
            }
        };
        // With its status known, the outer limit still holds for an answer that counts.
        let _whole = timeout(if request.reads_answer { request.timeout } else { REST }, rest).await;
        Ok(Outcome {
            status: Some(status.as_u16()),
            body: Some(text(&body)),
            retry_after,
            error: (!status.is_success()).then(|| format!("the receiver answered {}", status.as_u16())),
            duration_ms: 0,
        })
    }
}

/// Whether there is an `@` before the host. The parser forgets one that has nothing before it; what counts as the place of the host is
/// what it takes for it: slashes lean both ways, any number of them, and tabs and ends of lines are not there.
fn has_user_info(url: &str) -> bool {
    let url = url.replace(['\t', '\n', '\r'], "");
    let behind = url.split_once(':').map_or("", |(_, behind)| behind).trim_start_matches(['/', '\\']);
    behind.split(['/', '\\', '?', '#']).next().is_some_and(|host| host.contains('@'))
}

/// The beginning of an answer as text that every database keeps: a character that was cut is left out.
fn text(bytes: &[u8]) -> String {
    let end = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    String::from_utf8_lossy(&bytes[..end]).replace('\0', "\u{fffd}")
}

/// Why a call failed, for whoever set the target up.
fn why(error: &reqwest::Error) -> String {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = cause {
        if inner.is::<Refused>() {
            return Refused.to_string();
        }
        cause = inner.source();
    }
    let what = if error.is_connect() { "no connection" } else { "no answer" };
    format!("{what}: {}", last(error))
}

/// The innermost cause, which says most.
fn last(error: &dyn Error) -> String {
    let mut last = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        last = inner.to_string();
        cause = inner.source();
    }
    last
}

fn chain(error: &dyn Error) -> String {
    format!("no way out to the network: {}", last(error))
}

/// TLS with the machine's own certificates (or `SSL_CERT_FILE`).
fn tls() -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

#[cfg(test)]
#[path = "send/tests.rs"]
mod tests;
