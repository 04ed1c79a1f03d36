//! A relay on this machine that takes mail as RFC 5321 says, or refuses it as the test says, and remembers what came.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD};
use dispatch_mail::parse;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A mail that was handed over.
#[derive(Clone, Debug)]
pub struct Mailed {
    /// The sender of the envelope.
    pub from: String,
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// The message.
    pub raw: String,
}

impl Mailed {
    /// A header of the message, unfolded and as it stands there; "" when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
        let start = format!("{}:", name.to_ascii_lowercase());
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&start));
        line.map_or_else(String::new, |line| line[start.len()..].trim().to_owned())
    }

    /// The subject, decoded.
    #[must_use]
    pub fn subject(&self) -> String {
        parse(self.raw.as_bytes()).expect("a message").subject.unwrap_or_default()
    }

    /// The text, decoded.
    #[must_use]
    pub fn text(&self) -> String {
        parse(self.raw.as_bytes()).expect("a message").text()
    }
}

#[derive(Debug, Default)]
struct Shared {
    mails: Vec<Mailed>,
    verdicts: Vec<String>,
    login: Option<String>,
    logins: Vec<String>,
}

/// The relay.
#[derive(Debug)]
pub struct Relay {
    /// Where it listens, as `mail.relay_url` takes it.
    pub url: String,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Relay {
    /// Starts one.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Mutex::new(Shared::default()));
        let of_task = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(talk(socket, of_task.clone()));
            }
        });
        Self { url, shared, task }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets it take mail only from whoever signs in so: a user name and a password.
    pub fn requires(&self, name: &str, password: &str) {
        self.lock().login = Some(STANDARD.encode(format!("\0{name}\0{password}")));
    }

    /// How often somebody has tried to sign in, rightly or not.
    #[must_use]
    pub fn logins(&self) -> usize {
        self.lock().logins.len()
    }

    /// What a brand sets to send through it, without encryption.
    #[must_use]
    pub fn setting(&self) -> Value {
        let address = self.url.trim_start_matches("smtp://");
        let (host, port) = address.rsplit_once(':').expect("a port");
        json!({ "host": host, "port": port.parse::<u16>().expect("a port"), "tls": false, "fromEmail": "help@acme.example" })
    }

    /// Lets it answer the next mails so behind their last byte, such as `451 4.3.0 try later`, and then take them again. An empty
    /// answer closes the connection.
    pub fn answers(&self, verdicts: &[&str]) {
        self.lock().verdicts = verdicts.iter().rev().map(|&verdict| verdict.to_owned()).collect();
    }

    /// What it has taken since it was last asked, sorted by recipient.
    #[must_use]
    pub fn taken(&self) -> Vec<Mailed> {
        let mut mails = std::mem::take(&mut self.lock().mails);
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        mails
    }
}

/// The address between `<` and `>`.
fn address(line: &str) -> String {
    let rest = line.split_once('<').expect("an address").1;
    rest.split_once('>').expect("an address").0.to_owned()
}

async fn talk(socket: TcpStream, shared: Arc<Mutex<Shared>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(socket);
    stream.write_all(b"220 relay.example ESMTP\r\n").await?;
    let (mut from, mut to) = (None, Vec::new());
    let mut signed_in = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        assert!(line.ends_with("\r\n"), "a line ends with CR LF: {line:?}");
        let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-relay.example\r\n250-SIZE 50000000\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
            "AUTH" => {
                let said = line.trim_end().strip_prefix("AUTH PLAIN ").unwrap_or_default().to_owned();
                let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
                signed_in = shared.login.as_ref() == Some(&said);
                shared.logins.push(said);
                if signed_in { "235 2.7.0 welcome" } else { "535 5.7.8 who are you" }.to_owned()
            }
            "MAIL" if !signed_in && shared.lock().unwrap_or_else(PoisonError::into_inner).login.is_some() => {
                "530 5.7.0 sign in first".to_owned()
            }
            "MAIL" => {
                from = Some(address(&line));
                "250 ok".to_owned()
            }
            "RCPT" if from.is_some() => {
                to.push(address(&line));
                "250 ok".to_owned()
            }
            "DATA" if !to.is_empty() => {
                stream.write_all(b"354 go on\r\n").await?;
                let raw = data(&mut stream).await?;
                let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let verdict = shared.verdicts.pop();
                let (from, to) = (from.take().unwrap_or_default(), std::mem::take(&mut to));
                match verdict {
                    Some(verdict) if verdict.is_empty() => return Ok(()),
                    Some(verdict) if !verdict.starts_with('2') => verdict,
                    _ => {
                        shared.mails.push(Mailed { from, to, raw });
                        "250 2.0.0 taken".to_owned()
                    }
                }
            }
            "RSET" | "NOOP" => {
                (from, to) = (None, Vec::new());
                "250 ok".to_owned()
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "503 not now".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

/// The message up to the line with the dot alone, the dots of the others taken off.
async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line == ".\r\n" || line.is_empty() {
            return Ok(raw);
        }
        assert!(line.ends_with("\r\n") && line.len() <= 1000, "lines are as RFC 5321 4.5.3.1.6 says: {line:?}");
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
