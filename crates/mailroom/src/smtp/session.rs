//! One conversation (RFC 5321): who calls, from whom, to whom, and the message.

use std::{net::IpAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use dispatch_model::{BrandId, mail::MailChannel, text::cut};
use smtp_proto::{Error, MAIL_BODY_BINARYMIME, MAIL_REQUIRETLS, MailFrom, RcptTo, Request};
use tokio::{
    sync::watch,
    time::{Instant, timeout},
};
use tokio_rustls::TlsAcceptor;

use super::{
    Inbox, Shared,
    body::{Body, Data, Unkept},
    wire::{End, LINE_MAX, Line, Wire},
};
use crate::Received;

/// How long a command is waited for, and more bytes of a message (RFC 5321, 4.5.3.2).
const COMMAND: Duration = Duration::from_secs(5 * 60);
const BLOCK: Duration = Duration::from_secs(3 * 60);
/// How long a whole message may take.
const MESSAGE: Duration = Duration::from_secs(30 * 60);
/// How long the handshake of TLS may take.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// Recipients of a message: what a server has to take (RFC 5321, 4.5.3.1.8).
const RECIPIENTS_MAX: usize = 100;
/// Commands and refusals of one connection.
const COMMANDS_MAX: usize = 2_000;
const ERRORS_MAX: usize = 20;
/// Bytes of a line that is dropped because it is too long.
const SKIPPED_MAX: usize = 64 * 1024;
/// Characters of what the other side calls itself.
const HELO_MAX: usize = 255;

/// A message that is being handed over.
#[derive(Default)]
struct Handover {
    from: String,
    recipients: Vec<(BrandId, String)>,
    /// What came by BDAT so far.
    chunks: Option<Body>,
}

/// What follows a command.
enum Next {
    Go,
    Tls,
    Close,
}

pub(super) struct Session<'a, I> {
    shared: &'a Arc<Shared<I>>,
    wire: Wire,
    peer: IpAddr,
    acceptor: Option<TlsAcceptor>,
    encrypted: bool,
    stop: watch::Receiver<bool>,
    helo: Option<String>,
    handover: Option<Handover>,
    errors: usize,
}

impl<'a, I: Inbox> Session<'a, I> {
    pub(super) fn new(
        shared: &'a Arc<Shared<I>>,
        wire: Wire,
        peer: IpAddr,
        acceptor: Option<TlsAcceptor>,
        stop: watch::Receiver<bool>,
    ) -> Self {
        Self { shared, wire, peer, acceptor, encrypted: false, stop, helo: None, handover: None, errors: 0 }
    }

    pub(super) async fn run(mut self) -> Result<(), End> {
        self.wire.say(format_args!("220 {} ESMTP Dispatch", self.shared.settings.hostname));
        for _ in 0..COMMANDS_MAX {
            let line = match self.command().await {
                Ok(Some(line)) => line,
                Ok(None) => return self.leave("4.3.2", "is stopping, try again later").await,
                Err(End::TimedOut) => {
                    return self.leave("4.4.2", "has waited too long").await;
                }
                Err(end) => return Err(end),
            };
            match self.answer(line).await? {
                Next::Go => {}
                Next::Close => {
                    self.wire.close().await;
                    return Ok(());
                }
                Next::Tls => self = self.encrypt().await?,
            }
            if self.errors >= ERRORS_MAX {
                return self.leave("4.7.0", "has had too many errors").await;
            }
        }
        self.leave("4.7.0", "has had enough commands, connect again").await
    }

    async fn leave(mut self, status: &str, why: &str) -> Result<(), End> {
        self.wire.say(format_args!("421 {status} {} {why}", self.shared.settings.hostname));
        self.wire.close().await;
        Ok(())
    }

    /// The next line; nothing when the server stops.
    async fn command(&mut self) -> Result<Option<Line>, End> {
        let until = Instant::now() + COMMAND;
        if *self.stop.borrow() {
            return Ok(None);
        }
        loop {
            if let Some(line) = self.wire.line() {
                if self.wire.is_full() {
                    self.wire.flush().await?;
                }
                return Ok(Some(line));
            }
            self.wire.flush().await?;
            let left = until.saturating_duration_since(Instant::now());
            tokio::select! {
                more = self.wire.more(left) => more?,
                _ = self.stop.changed() => return Ok(None),
            }
        }
    }

    fn refuse(&mut self, line: std::fmt::Arguments<'_>) -> Next {
        self.errors += 1;
        self.wire.say(line);
        Next::Go
    }

    async fn answer(&mut self, line: Line) -> Result<Next, End> {
        let line = match line {
            Line::Whole(line) => line,
            Line::TooLong => {
                self.wire.skip_line(COMMAND, SKIPPED_MAX).await?;
                return Ok(self.refuse(format_args!("500 5.5.2 Line too long, {LINE_MAX} bytes are allowed")));
            }
            Line::Bare => {
                // What comes behind it may be meant for somebody else.
                self.wire.say(format_args!("521 5.5.2 Lines must end with CRLF"));
                self.wire.close().await;
                return Err(End::Refused);
            }
        };
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request.into_owned(),
            Err(error) => return Ok(self.misread(&error)),
        };
        match request {
            Request::Ehlo { host } => {
                self.greet(&host, true);
                Ok(Next::Go)
            }
            Request::Helo { host } => {
                self.greet(&host, false);
                Ok(Next::Go)
            }
            Request::Mail { from } => Ok(self.mail(from)),
            Request::Rcpt { to } => Ok(self.rcpt(to).await),
            Request::Data => self.data().await,
            Request::Bdat { chunk_size, is_last } => self.bdat(chunk_size, is_last).await,
            Request::StartTls => Ok(self.start_tls()),
            Request::Rset => {
                self.handover = None;
                self.wire.say(format_args!("250 2.0.0 OK"));
                Ok(Next::Go)
            }
            Request::Noop { .. } => {
                self.wire.say(format_args!("250 2.0.0 OK"));
                Ok(Next::Go)
            }
            Request::Vrfy { .. } => {
                self.wire.say(format_args!("252 2.5.2 Cannot say, but will take mail for addresses of ours"));
                Ok(Next::Go)
            }
            Request::Help { .. } => {
                self.wire.say(format_args!("214 2.0.0 Mail for the addresses of brands is taken here"));
                Ok(Next::Go)
            }
            Request::Quit => {
                self.wire.say(format_args!("221 2.0.0 Bye"));
                Ok(Next::Close)
            }
            other => Ok(self.refuse(format_args!("502 5.5.1 {} is not known here", other.name()))),
        }
    }

    fn misread(&mut self, error: &Error) -> Next {
        match error {
            Error::UnknownCommand => self.refuse(format_args!("500 5.5.1 Unknown command")),
            Error::InvalidSenderAddress => self.refuse(format_args!("501 5.1.7 Bad sender address")),
            Error::InvalidRecipientAddress => self.refuse(format_args!("501 5.1.3 Bad recipient address")),
            Error::SyntaxError { syntax } => self.refuse(format_args!("501 5.5.2 Expected: {syntax}")),
            Error::InvalidParameter { param } => self.refuse(format_args!("501 5.5.4 Bad parameter {param}")),
            Error::UnsupportedParameter { .. } => self.refuse(format_args!("555 5.5.4 Unknown parameter")),
            _ => self.refuse(format_args!("500 5.5.2 Syntax error")),
        }
    }

    fn greet(&mut self, host: &str, extended: bool) {
        self.handover = None;
        self.helo = Some(cut(host.trim(), HELO_MAX).0.to_owned());
        let hostname = &self.shared.settings.hostname;
        if !extended {
            self.wire.say(format_args!("250 {hostname}"));
            return;
        }
        self.wire.say(format_args!("250-{hostname}"));
        for extension in ["PIPELINING", "8BITMIME", "SMTPUTF8", "CHUNKING", "ENHANCEDSTATUSCODES"] {
            self.wire.say(format_args!("250-{extension}"));
        }
        if self.acceptor.is_some() && !self.encrypted {
            self.wire.say(format_args!("250-STARTTLS"));
        }
        self.wire.say(format_args!("250 SIZE {}", self.shared.settings.message_bytes_max));
    }

    fn mail(&mut self, from: MailFrom<String>) -> Next {
        let bytes_max = self.shared.settings.message_bytes_max;
        if self.helo.is_none() {
            return self.refuse(format_args!("503 5.5.1 EHLO first"));
        }
        if self.handover.is_some() {
            return self.refuse(format_args!("503 5.5.1 There is a sender already"));
        }
        if from.flags & (MAIL_BODY_BINARYMIME | MAIL_REQUIRETLS) != 0 {
            return self.refuse(format_args!("555 5.5.4 BINARYMIME and REQUIRETLS are not known here"));
        }
        if from.size > bytes_max {
            return self.refuse(format_args!("552 5.3.4 Message too large, {bytes_max} bytes are allowed"));
        }
        self.handover = Some(Handover { from: from.address, ..Handover::default() });
        self.wire.say(format_args!("250 2.1.0 OK"));
        Next::Go
    }

    async fn rcpt(&mut self, to: RcptTo<String>) -> Next {
        match &self.handover {
            None => return self.refuse(format_args!("503 5.5.1 MAIL first")),
            Some(Handover { chunks: Some(_), .. }) => {
                return self.refuse(format_args!("503 5.5.1 The message has begun"));
            }
            Some(handover) if handover.recipients.len() >= RECIPIENTS_MAX => {
                return self.refuse(format_args!("452 4.5.3 {RECIPIENTS_MAX} recipients are allowed"));
            }
            Some(_) => {}
        }
        match self.shared.inbox.recipient(&to.address).await {
            Ok(Some(brand)) => {
                if let Some(handover) = &mut self.handover {
                    handover.recipients.push((brand, to.address));
                }
                self.wire.say(format_args!("250 2.1.5 OK"));
                Next::Go
            }
            Ok(None) => self.refuse(format_args!("550 5.1.1 There is no such address here")),
            Err(trouble) => {
                tracing::warn!(error = %trouble, "an address could not be looked up");
                self.wire.say(format_args!("451 4.3.0 Cannot say now, try again later"));
                Next::Go
            }
        }
    }

    async fn data(&mut self) -> Result<Next, End> {
        match self.handover.take() {
            None => Ok(self.refuse(format_args!("503 5.5.1 MAIL first"))),
            Some(handover) if handover.chunks.is_some() => {
                Ok(self.refuse(format_args!("503 5.5.1 BDAT has begun, which DATA cannot end")))
            }
            Some(handover) if handover.recipients.is_empty() => {
                self.handover = Some(handover);
                Ok(self.refuse(format_args!("554 5.5.1 No valid recipients")))
            }
            Some(handover) => {
                self.wire.say(format_args!("354 Go ahead, end with a dot on a line of its own"));
                self.wire.flush().await?;
                let body = timeout(MESSAGE, self.read_data()).await.map_err(|_| End::TimedOut)??;
                self.take(handover, body).await;
                Ok(Next::Go)
            }
        }
    }

    async fn read_data(&mut self) -> Result<Body, End> {
        let (mut data, mut body) = (Data::new(), self.new_body());
        loop {
            let pending = self.wire.pending();
            if let Some(used) = data.read(pending, &mut body) {
                self.wire.consume(used);
                return Ok(body);
            }
            let all = pending.len();
            self.wire.consume(all);
            self.wire.more(BLOCK).await?;
        }
    }

    fn new_body(&self) -> Body {
        Body::new(self.shared.settings.message_bytes_max, self.shared.room.clone())
    }

    /// A piece of a message. It is read whatever is wrong with it: what follows it is the next command (RFC 3030).
    async fn bdat(&mut self, size: usize, is_last: bool) -> Result<Next, End> {
        let mut handover = self.handover.take();
        let ready = handover.as_ref().is_some_and(|handover| !handover.recipients.is_empty());
        let begun = handover.as_mut().and_then(|handover| handover.chunks.take());
        let mut body = begun.unwrap_or_else(|| self.new_body());
        self.wire.flush().await?;
        timeout(MESSAGE, self.read_chunk(size, ready.then_some(&mut body))).await.map_err(|_| End::TimedOut)??;
        match handover {
            Some(handover) if ready && is_last => self.take(handover, body).await,
            Some(handover) if ready => {
                self.handover = Some(Handover { chunks: Some(body), ..handover });
                self.wire.say(format_args!("250 2.0.0 {size} bytes"));
            }
            Some(_) => return Ok(self.refuse(format_args!("554 5.5.1 No valid recipients"))),
            None => return Ok(self.refuse(format_args!("503 5.5.1 MAIL first"))),
        }
        Ok(Next::Go)
    }

    async fn read_chunk(&mut self, size: usize, mut body: Option<&mut Body>) -> Result<(), End> {
        let mut left = size;
        // Nobody sends so much in good faith: reading it to its end would take for ever.
        if size > self.shared.settings.message_bytes_max.saturating_mul(2) {
            self.wire.say(format_args!("552 5.3.4 Message too large"));
            self.wire.close().await;
            return Err(End::Refused);
        }
        while left > 0 {
            if self.wire.pending().is_empty() {
                self.wire.more(BLOCK).await?;
            }
            let pending = self.wire.pending();
            let used = pending.len().min(left);
            if let Some(body) = body.as_deref_mut() {
                body.push(&pending[..used]);
            }
            self.wire.consume(used);
            left -= used;
        }
        Ok(())
    }

    /// Hands a whole message over, to each brand that it is for. When one of them cannot take it, it comes again for all of them: those
    /// that have it will know it for a duplicate.
    async fn take(&mut self, handover: Handover, body: Body) {
        let bytes_max = self.shared.settings.message_bytes_max;
        let (raw, _room) = match body.finish() {
            Ok((bytes, room)) => (Bytes::from(bytes), room),
            Err(Unkept::TooLarge) => {
                self.refuse(format_args!("552 5.3.4 Message too large, {bytes_max} bytes are allowed"));
                return;
            }
            Err(Unkept::BareLineFeed) => {
                self.refuse(format_args!("550 5.6.0 Lines of a message must end with CRLF"));
                return;
            }
            Err(Unkept::NoRoom) => {
                self.wire.say(format_args!("452 4.3.1 Too much at once, try again later"));
                return;
            }
        };
        let mut brands: Vec<(BrandId, Vec<String>)> = Vec::new();
        for (brand, address) in handover.recipients {
            match brands.iter_mut().find(|(known, _)| *known == brand) {
                Some((_, addresses)) => addresses.push(address),
                None => brands.push((brand, vec![address])),
            }
        }
        let (mut taken, mut refused, mut failed) = (0, 0, 0);
        for (brand, addresses) in brands {
            let received = Received {
                channel: MailChannel::Smtp,
                envelope_from: Some(handover.from.clone()),
                envelope_to: addresses,
                remote_ip: Some(self.peer),
                helo: self.helo.clone(),
                raw: raw.clone(),
            };
            match self.shared.inbox.take(&brand, received).await {
                Ok(id) => {
                    taken += 1;
                    tracing::info!(%brand, mail = %id, size = raw.len(), peer = %self.peer, "a message came by SMTP");
                }
                Err(trouble) if trouble.is_final() => {
                    refused += 1;
                    tracing::info!(%brand, error = %trouble, "a message that came by SMTP was refused");
                }
                Err(trouble) => {
                    failed += 1;
                    tracing::warn!(%brand, error = %trouble, "a message that came by SMTP could not be kept");
                }
            }
        }
        match (taken, refused, failed) {
            (_, 0, 0) => self.wire.say(format_args!("250 2.0.0 Taken")),
            (0, _, 0) => self.wire.say(format_args!("550 5.7.1 The brand takes no mail")),
            _ => self.wire.say(format_args!("451 4.3.0 Not kept, try again later")),
        }
    }

    fn start_tls(&mut self) -> Next {
        if self.acceptor.is_none() {
            return self.refuse(format_args!("502 5.5.1 STARTTLS is not offered"));
        }
        if self.encrypted {
            return self.refuse(format_args!("503 5.5.1 It is encrypted already"));
        }
        self.wire.say(format_args!("220 2.0.0 Go ahead"));
        Next::Tls
    }

    /// Encrypts the connection. Everything that was said before counts for nothing.
    async fn encrypt(mut self) -> Result<Self, End> {
        self.wire.flush().await?;
        let Some(acceptor) = self.acceptor.clone() else { return Err(End::Refused) };
        let Self { shared, wire, peer, stop, errors, .. } = self;
        let encrypted = timeout(HANDSHAKE, acceptor.accept(wire.into_stream())).await.map_err(|_| End::TimedOut)??;
        let wire = Wire::new(Box::new(encrypted));
        let acceptor = Some(acceptor);
        Ok(Self { shared, wire, peer, acceptor, encrypted: true, stop, helo: None, handover: None, errors })
    }
}
