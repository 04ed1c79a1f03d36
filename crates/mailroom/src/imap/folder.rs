//! One folder of a mailbox, as IMAP4rev1 (RFC 3501) gives access to it, with UIDPLUS (RFC 4315) and MOVE (RFC 6851) where there are.

use std::{collections::HashMap, fmt, io, time::Duration};

use async_imap::{
    Authenticator, Client, Session,
    error::Error,
    imap_proto::{AttributeValue, MailboxDatum, Response, Status},
    types::Mailbox,
};
use bytes::Bytes;
use dispatch_model::{
    Timestamp,
    mailbox::{AfterProcess, MailboxConfig, MailboxSecrets},
};
use dispatch_outbound::Outbound;
use rustls::pki_types::ServerName;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::{
    socket::{Budget, Socket},
    token, utf7,
};

/// How long it may take to sign in and to open a folder, one command, and a whole message.
const OPENING: Duration = Duration::from_secs(60);
const COMMAND: Duration = Duration::from_secs(30);
const MESSAGE: Duration = Duration::from_secs(120);
/// How long leaving may take.
const LEAVING: Duration = Duration::from_secs(5);
/// Bytes of an answer to a command, to a search (a million messages), and beside the bytes of a message.
const ANSWER: usize = 1024 * 1024;
const FOUND: usize = 16 * 1024 * 1024;
const BESIDE: usize = 64 * 1024;

/// What went wrong, for whoever set the mailbox up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nothing more can be said on this connection.
    Broken(String),
    /// This was refused, and something else may not be.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Broken(text) | Self::Refused(text)) = self;
        f.write_str(text)
    }
}

impl Failure {
    pub(super) const fn is_broken(&self) -> bool {
        matches!(self, Self::Broken(_))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::No(text) | Error::Bad(text) => Self::Refused(format!("the server refused it: {text}")),
            Error::Validate(_) => Self::Refused("a name or password has a character that cannot be sent".to_owned()),
            // What cannot be read may be a message: none of it is told.
            Error::Io(error) if error.kind() == io::ErrorKind::Other => {
                Self::Broken("an answer of the server cannot be read".to_owned())
            }
            Error::Io(error) => Self::Broken(format!("the connection failed: {error}")),
            Error::ConnectionLost => Self::Broken("the server has closed the connection".to_owned()),
            _ => Self::Broken("an answer of the server cannot be read".to_owned()),
        }
    }
}

/// Which messages are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Search {
    /// Those behind this UID.
    Behind(i64),
    /// Those that nobody has seen.
    Unseen,
    /// Those, and what came since then.
    UnseenOrSince(Timestamp),
}

/// What is said to sign in with a token.
struct Bearer(Option<String>);

impl Authenticator for Bearer {
    type Response = String;

    /// The token at first; behind a refusal an empty answer, which the server waits for.
    fn process(&mut self, _: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}

/// An open folder.
pub(super) struct Folder {
    session: Session<Socket>,
    budget: Budget,
    state: Mailbox,
    can_move: bool,
    can_expunge_one: bool,
}

async fn within<T>(limit: Duration, command: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
    match timeout(limit, command).await {
        Ok(done) => done.map_err(Failure::from),
        Err(_) => Err(Failure::Broken(format!("the server did not answer within {limit:?}"))),
    }
}

impl Folder {
    /// Connects, signs in and opens the folder. Answers as well secrets that were renewed on the way: they must be kept even when the
    /// folder could not be opened, since those before may be void.
    pub(super) async fn open(
        config: &MailboxConfig,
        secrets: &MailboxSecrets,
        outbound: &Outbound,
        read_only: bool,
    ) -> (Result<Self, Failure>, Option<MailboxSecrets>) {
        let (sign_in, renewed) = match (secrets, &config.oauth) {
            (MailboxSecrets::Password { password }, _) => (SignIn::Password(password.clone()), None),
            (MailboxSecrets::Xoauth2 { client_secret, refresh_token }, Some(oauth)) => {
                match token::fetch(oauth, client_secret.as_deref(), refresh_token, outbound).await {
                    Ok(token) => (SignIn::Token(token.access), token.renewed),
                    Err(failure) => return (Err(failure), None),
                }
            }
            _ => return (Err(Failure::Refused("its secrets are not those of its auth".to_owned())), None),
        };
        let opened = match timeout(OPENING, Self::sign_in(config, sign_in, outbound, read_only)).await {
            Ok(opened) => opened,
            Err(_) => Err(Failure::Broken(format!("the mailbox could not be opened within {OPENING:?}"))),
        };
        (opened, renewed)
    }

    async fn sign_in(
        config: &MailboxConfig,
        sign_in: SignIn,
        outbound: &Outbound,
        read_only: bool,
    ) -> Result<Self, Failure> {
        let stream = outbound.connect(&config.host, config.port).await.map_err(Failure::Broken)?;
        let budget = Budget::default();
        budget.set(ANSWER);
        let socket = if config.tls {
            let name = ServerName::try_from(config.host.clone())
                .map_err(|_| Failure::Refused("the host has no name that a certificate could have".to_owned()))?;
            let encrypted = TlsConnector::from(outbound.tls()).connect(name, stream).await;
            let encrypted = encrypted.map_err(|error| Failure::Broken(format!("no encryption: {error}")))?;
            Socket::encrypted(encrypted, budget.clone())
        } else {
            Socket::plain(stream, budget.clone())
        };
        let mut client = Client::new(socket);
        if !matches!(client.read_response().await, Ok(Some(_))) {
            return Err(Failure::Broken("the server did not greet as IMAP servers do".to_owned()));
        }
        let signed_in = match sign_in {
            SignIn::Token(token) => {
                let said = format!("user={}\x01auth=Bearer {token}\x01\x01", config.username);
                client.authenticate("XOAUTH2", Bearer(Some(said))).await
            }
            SignIn::Password(password) if config.username.is_ascii() && password.is_ascii() => {
                client.login(&config.username, &password).await
            }
            SignIn::Password(password) => {
                client.authenticate("PLAIN", Bearer(Some(format!("\0{}\0{password}", config.username)))).await
            }
        };
        let mut session = signed_in.map_err(|(error, _)| match Failure::from(error) {
            Failure::Refused(_) => Failure::Refused("the server does not accept the user and the secret".to_owned()),
            broken @ Failure::Broken(_) => broken,
        })?;
        let capabilities = session.capabilities().await?;
        let (can_move, can_expunge_one) = (capabilities.has_str("MOVE"), capabilities.has_str("UIDPLUS"));
        let name = utf7::encode(&config.folder);
        let opened = if read_only { session.examine(&name).await } else { session.select(&name).await };
        let state = opened.map_err(|error| match Failure::from(error) {
            Failure::Refused(text) => {
                Failure::Refused(format!("the folder {} cannot be opened: {text}", config.folder))
            }
            broken @ Failure::Broken(_) => broken,
        })?;
        Ok(Self { session, budget, state, can_move, can_expunge_one })
    }

    /// Says a command and answers what `pick` makes of what is said to it. The library's own streams end at a refusal as if nothing had
    /// been found, which here would pass messages over.
    async fn ask<T>(
        &mut self,
        (limit, answer_bytes): (Duration, usize),
        command: String,
        mut pick: impl FnMut(&Response<'_>) -> Option<T>,
    ) -> Result<Vec<T>, Failure> {
        self.budget.set(answer_bytes);
        let session = &mut self.session;
        within(limit, async {
            let id = session.run_command(command).await?;
            let mut picked = Vec::new();
            while let Some(response) = session.read_response().await? {
                match response.parsed() {
                    Response::Done { tag, status, outcome } if *tag == id => {
                        let why = outcome.information.as_deref().unwrap_or_default().to_owned();
                        return match status {
                            Status::Ok => Ok(picked),
                            Status::Bad => Err(Error::Bad(why)),
                            _ => Err(Error::No(why)),
                        };
                    }
                    other => picked.extend(pick(other)),
                }
            }
            Err(Error::ConnectionLost)
        })
        .await
    }

    /// Says a command that is answered with nothing but whether it was done.
    async fn tell(&mut self, command: String) -> Result<(), Failure> {
        self.ask((COMMAND, ANSWER), command, |_| None::<()>).await.map(|_| ())
    }

    /// How many messages it has.
    pub(super) const fn messages(&self) -> u32 {
        self.state.exists
    }

    /// What its UIDs hold for.
    pub(super) fn uid_validity(&self) -> i64 {
        self.state.uid_validity.map_or(0, i64::from)
    }

    /// The UID of the last message that it had when it was opened, or of the last of these.
    pub(super) fn last_uid(&self, found: &[u32]) -> i64 {
        let last = self.state.uid_next.map_or(0, |next| i64::from(next) - 1);
        last.max(found.last().copied().map_or(0, i64::from))
    }

    /// Whether there is another folder of this name.
    pub(super) async fn exists(&mut self, other: &str) -> Result<(), Failure> {
        self.budget.set(ANSWER);
        let opened = within(COMMAND, self.session.examine(utf7::encode(other))).await;
        opened.map(|_| ()).map_err(|failure| match failure {
            Failure::Refused(text) => Failure::Refused(format!("the folder {other} cannot be opened: {text}")),
            broken @ Failure::Broken(_) => broken,
        })
    }

    /// The UIDs of messages, in their order.
    pub(super) async fn search(&mut self, search: Search) -> Result<Vec<u32>, Failure> {
        let query = match search {
            Search::Behind(last) => format!("UID {}:*", last + 1),
            Search::Unseen => "UNSEEN".to_owned(),
            Search::UnseenOrSince(at) => format!("OR UNSEEN SINCE {}", day(at)),
        };
        let found = self.ask((COMMAND, FOUND), format!("UID SEARCH {query}"), |said| match said {
            Response::MailboxData(MailboxDatum::Search(uids)) => Some(uids.clone()),
            _ => None,
        });
        let mut found = found.await?.concat();
        if let Search::Behind(last) = search {
            // `n:*` names the last message also when it is before n.
            found.retain(|uid| i64::from(*uid) > last);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The sizes of messages; those that are gone have none.
    pub(super) async fn sizes(&mut self, uids: &[u32]) -> Result<HashMap<u32, u32>, Failure> {
        let set: Vec<String> = uids.iter().map(u32::to_string).collect();
        let command = format!("UID FETCH {} (UID RFC822.SIZE)", set.join(","));
        let sizes = self.ask((COMMAND, ANSWER), command, |said| {
            let (of, uid) = of_message(said)?;
            let size =
                |one: &AttributeValue<'_>| if let AttributeValue::Rfc822Size(size) = one { Some(*size) } else { None };
            Some((uid, of.iter().find_map(size)?))
        });
        Ok(sizes.await?.into_iter().collect())
    }

    /// The bytes of a message, if it is still there; it is not marked as seen by that.
    pub(super) async fn fetch(&mut self, uid: u32, size: usize) -> Result<Option<Bytes>, Failure> {
        let bytes = size.saturating_mul(2).saturating_add(BESIDE);
        let body = self.ask((MESSAGE, bytes), format!("UID FETCH {uid} (UID BODY.PEEK[])"), |said| {
            let (of, _) = of_message(said).filter(|(_, of)| *of == uid)?;
            of.iter().find_map(|one| match one {
                AttributeValue::BodySection { section: None, data: Some(data), .. } => {
                    Some(Bytes::copy_from_slice(data))
                }
                _ => None,
            })
        });
        let body = body.await?.pop();
        if body.is_none() && self.sizes(&[uid]).await?.contains_key(&uid) {
            return Err(Failure::Broken("the server does not give a message out that is there".to_owned()));
        }
        Ok(body)
    }

    /// Does to a message what is to be done once it was taken.
    pub(super) async fn after(&mut self, uid: u32, config: &MailboxConfig) -> Result<(), Failure> {
        self.budget.set(ANSWER);
        match (config.after_process, &config.move_to) {
            (AfterProcess::Keep, _) => Ok(()),
            (AfterProcess::Seen, _) => self.flag(uid, "\\Seen").await,
            (AfterProcess::Move, Some(other)) => {
                let other = utf7::encode(other);
                if self.can_move {
                    return within(COMMAND, self.session.uid_mv(uid.to_string(), other)).await;
                }
                within(COMMAND, self.session.uid_copy(uid.to_string(), other)).await?;
                self.remove(uid).await
            }
            (AfterProcess::Move, None) => Err(Failure::Refused("moveTo is not set".to_owned())),
            (AfterProcess::Delete, _) => self.remove(uid).await,
        }
    }

    async fn flag(&mut self, uid: u32, flag: &str) -> Result<(), Failure> {
        self.tell(format!("UID STORE {uid} +FLAGS.SILENT ({flag})")).await
    }

    /// Without UIDPLUS it is only marked as deleted: to remove it would remove everything that anybody has marked.
    async fn remove(&mut self, uid: u32) -> Result<(), Failure> {
        self.flag(uid, "\\Deleted").await?;
        if self.can_expunge_one { self.tell(format!("UID EXPUNGE {uid}")).await } else { Ok(()) }
    }

    /// Leaves in good order, if the other side plays along.
    pub(super) async fn close(mut self) {
        self.budget.set(ANSWER);
        let _left = timeout(LEAVING, self.session.logout()).await;
    }
}

/// What was said of a message, and its UID.
fn of_message<'a>(said: &'a Response<'a>) -> Option<(&'a [AttributeValue<'a>], u32)> {
    let Response::Fetch(_, of) = said else { return None };
    let uid = of.iter().find_map(|one| if let AttributeValue::Uid(uid) = one { Some(*uid) } else { None })?;
    Some((of, uid))
}

enum SignIn {
    Password(String),
    Token(String),
}

/// A day as IMAP writes it.
fn day(at: Timestamp) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = at.to_string();
    let mut parts = text.split(['-', 'T']);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    format!("{}-{}-{}", day.unwrap_or("01"), month.unwrap_or(&"Jan"), year.unwrap_or("1970"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_imap_has_it() {
        let at = |text| day(Timestamp::parse(text).expect("a time"));
        assert_eq!(at("2026-01-02T03:04:05.678Z"), "02-Jan-2026");
        assert_eq!(at("2026-12-31T23:59:59Z"), "31-Dec-2026");
    }
}
