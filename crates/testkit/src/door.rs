//! A server's SMTP listener on a socket of this machine, and somebody who speaks SMTP word by word, right or wrong.

use std::{fmt, net::SocketAddr, time::Duration};

use dispatch_mailroom::smtp::{self, Smtp, SmtpSettings};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

use crate::{Certificate, TestApp};

/// Longer than any reply may take; a server that hangs fails the test.
const REPLY_MAX: Duration = Duration::from_secs(30);

/// An SMTP listener that is open.
#[derive(Debug)]
pub struct Door {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Door {
    /// Opens one that takes messages of this size, and offers STARTTLS with this certificate.
    pub async fn open(app: &TestApp, message_bytes_max: usize, certificate: Option<&Certificate>) -> Self {
        let tls = certificate.map(|one| smtp::tls(&one.certificate(), &one.key()).expect("a certificate"));
        let settings = SmtpSettings { hostname: "mail.example".to_owned(), message_bytes_max, tls };
        let listener = smtp::listen("127.0.0.1:0").await.expect("a socket");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(Smtp::new(app.app.mailroom().clone(), settings).serve(listener, stopped));
        Self { address, stop, serving }
    }

    /// Says that the server stops.
    pub fn stop(&self) {
        self.stop.send(true).expect("it serves");
    }

    /// Waits until nobody is served any more.
    pub async fn closed(self) {
        timeout(REPLY_MAX, self.serving).await.expect("it ends").expect("it ends well");
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

enum Socket {
    Plain(TcpStream),
    Encrypted(Box<dyn Stream>),
}

/// Somebody who delivers mail.
pub struct Mailer {
    socket: Socket,
    read: Vec<u8>,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// Connects and is greeted.
    pub async fn connect(address: SocketAddr) -> Self {
        let mut this = Self::silent(address).await;
        assert!(this.reply().await.starts_with("220 "), "a greeting");
        this
    }

    /// Connects and waits for nothing.
    pub async fn silent(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("somebody listens");
        stream.set_nodelay(true).expect("a socket");
        Self { socket: Socket::Plain(stream), read: Vec::new() }
    }

    fn stream(&mut self) -> &mut dyn Stream {
        match &mut self.socket {
            Socket::Plain(stream) => stream,
            Socket::Encrypted(stream) => stream,
        }
    }

    /// Sends these bytes as they are.
    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let stream = self.stream();
        stream.write_all(bytes.as_ref()).await.expect("it is read");
        stream.flush().await.expect("it is read");
    }

    /// The next reply with all of its lines.
    pub async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let line = self.line().await;
            let last = line.as_bytes().get(3) != Some(&b'-');
            reply.push_str(&line);
            if last {
                return reply;
            }
        }
    }

    async fn line(&mut self) -> String {
        loop {
            if let Some(end) = self.read.windows(2).position(|two| two == b"\r\n") {
                let line: Vec<u8> = self.read.drain(..end + 2).collect();
                return String::from_utf8(line).expect("text");
            }
            let mut piece = [0; 4096];
            let count = timeout(REPLY_MAX, self.stream().read(&mut piece)).await.expect("a reply").expect("a reply");
            assert!(count > 0, "the connection was closed");
            self.read.extend_from_slice(&piece[..count]);
        }
    }

    /// The codes of the next replies.
    pub async fn codes(&mut self, count: usize) -> Vec<String> {
        let mut codes = Vec::new();
        for _ in 0..count {
            codes.push(self.reply().await[..3].to_owned());
        }
        codes
    }

    /// Says a line and answers the code of what is replied to it.
    pub async fn ask(&mut self, line: &str) -> String {
        self.say(format!("{line}\r\n")).await;
        self.reply().await[..3].to_owned()
    }

    /// Everything that is said until the connection is closed.
    pub async fn rest(&mut self) -> String {
        let mut all = std::mem::take(&mut self.read);
        // Whoever is refused may find the connection reset, with everything said before that.
        let _closed_or_reset = timeout(REPLY_MAX, self.stream().read_to_end(&mut all)).await.expect("an end");
        String::from_utf8(all).expect("text")
    }

    /// Encrypts the connection, whose other side has this certificate.
    pub async fn encrypt(self, certificate: &Certificate) -> Self {
        assert!(self.read.is_empty(), "nothing is said between the reply and the handshake");
        let Socket::Plain(stream) = self.socket else { panic!("it is encrypted already") };
        Self { socket: Socket::Encrypted(Box::new(certificate.encrypt(stream).await)), read: Vec::new() }
    }
}
