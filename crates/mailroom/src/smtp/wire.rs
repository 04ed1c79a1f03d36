//! The bytes of a connection: lines that end with CRLF and nothing else, replies that wait until somebody waits for them (so that
//! commands that come together are answered together), and time limits.

use std::{fmt, io, time::Duration};

use bytes::{Buf, BytesMut};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

/// Bytes of a command with its CRLF: 512 (RFC 5321, 4.5.3.1.4), and as much again for the parameters of extensions.
pub(super) const LINE_MAX: usize = 1024;
/// Bytes that are read at once.
const READ: usize = 64 * 1024;
/// How long the other side may take to take a reply.
const WRITING: Duration = Duration::from_secs(5 * 60);
/// Bytes of replies that are kept back at most.
const REPLIES_MAX: usize = 16 * 1024;

/// A socket, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Why a conversation is over before its time.
#[derive(Debug)]
pub(super) enum End {
    /// The other side is gone.
    Closed,
    /// It said nothing for too long.
    TimedOut,
    /// It does not keep to the protocol, and was told so.
    Refused,
    /// The socket failed.
    Failed(io::Error),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("closed by the other side"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Refused => f.write_str("the other side does not keep to the protocol"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// What came as a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A command, with its CRLF.
    Whole(Vec<u8>),
    /// More than [`LINE_MAX`] bytes without an end.
    TooLong,
    /// A line feed without a carriage return before it, or the other way round.
    Bare,
}

/// One side of a connection.
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    read: BytesMut,
    replies: Vec<u8>,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>) -> Self {
        Self { stream, read: BytesMut::new(), replies: Vec::new() }
    }

    /// A line of a reply; it is sent when the next command is waited for.
    pub(super) fn say(&mut self, line: fmt::Arguments<'_>) {
        self.replies.extend_from_slice(line.to_string().as_bytes());
        self.replies.extend_from_slice(b"\r\n");
    }

    /// Whether so much waits to be sent that it has to be sent first.
    pub(super) const fn is_full(&self) -> bool {
        self.replies.len() > REPLIES_MAX
    }

    /// Sends what was said.
    pub(super) async fn flush(&mut self) -> Result<(), End> {
        if !self.replies.is_empty() {
            let write = async {
                self.stream.write_all(&self.replies).await?;
                self.stream.flush().await
            };
            timeout(WRITING, write).await.map_err(|_| End::TimedOut)??;
            self.replies.clear();
        }
        Ok(())
    }

    /// What has come and is not used yet.
    pub(super) fn pending(&self) -> &[u8] {
        &self.read
    }

    /// Uses that many bytes of it.
    pub(super) fn consume(&mut self, count: usize) {
        self.read.advance(count.min(self.read.len()));
    }

    /// Waits for more bytes. Nothing is lost when it is given up.
    pub(super) async fn more(&mut self, limit: Duration) -> Result<(), End> {
        self.read.reserve(READ);
        match timeout(limit, self.stream.read_buf(&mut self.read)).await {
            Err(_) => Err(End::TimedOut),
            Ok(Ok(0)) => Err(End::Closed),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(error.into()),
        }
    }

    /// A line that is there already.
    pub(super) fn line(&mut self) -> Option<Line> {
        let within = &self.read[..self.read.len().min(LINE_MAX)];
        let Some(end) = within.iter().position(|byte| *byte == b'\n') else {
            // A carriage return may still get its line feed only when it is the last byte.
            let bare = within.iter().rev().skip(1).any(|byte| *byte == b'\r');
            return match (bare, self.read.len() >= LINE_MAX) {
                (true, _) => Some(Line::Bare),
                (false, true) => Some(Line::TooLong),
                (false, false) => None,
            };
        };
        let line = self.read.split_to(end + 1).to_vec();
        let inner = &line[..line.len().saturating_sub(2)];
        if !line.ends_with(b"\r\n") || inner.contains(&b'\r') {
            return Some(Line::Bare);
        }
        Some(Line::Whole(line))
    }

    /// Drops a line that is too long, with its end.
    pub(super) async fn skip_line(&mut self, limit: Duration, bytes_max: usize) -> Result<(), End> {
        let mut skipped = 0;
        loop {
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\n') {
                self.read.advance(end + 1);
                return Ok(());
            }
            skipped += self.read.len();
            self.read.clear();
            if skipped > bytes_max {
                return Err(End::Refused);
            }
            self.more(limit).await?;
        }
    }

    /// The socket, to be encrypted. What came before that was not encrypted and counts for nothing (RFC 3207, 4.2).
    pub(super) fn into_stream(self) -> Box<dyn Stream> {
        self.stream
    }

    /// Sends what was said and ends the connection.
    pub(super) async fn close(&mut self) {
        if self.flush().await.is_ok() {
            let _gone = timeout(Duration::from_secs(5), self.stream.shutdown()).await;
        }
    }
}
