//! One keep-alive connection: send prebuilt bytes, read one reply.

use std::io;
use std::ops::Range;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::chunked;
use super::head::{self, BodyLength, Head, malformed};

const BUFFER_BYTES_START: usize = 16 * 1024;

/// Largest reply that is read.
pub const REPLY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// An open connection and the reply it read last.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
    body: Range<usize>,
    joined: Option<Vec<u8>>,
}

impl Connection {
    /// Connects to `host:port`.
    pub async fn open(authority: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(authority).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; BUFFER_BYTES_START], filled: 0, body: 0..0, joined: None })
    }

    /// Sends a request and reads its reply to the end. After an error, or a head with `close`, the connection is used up.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Head> {
        self.filled = 0;
        self.joined = None;
        self.stream.write_all(request).await?;
        let head = self.read_head().await?;
        let start = head.head_bytes;
        match head.body {
            BodyLength::Known(length) => {
                while self.filled < start + length {
                    self.read_some().await?;
                }
                self.body = start..start + length;
            }
            BodyLength::Chunked => self.read_chunked(start).await?,
            BodyLength::UntilClose => {
                while self.read_or_end().await? {}
                self.body = start..self.filled;
            }
        }
        Ok(head)
    }

    /// The body of the last reply.
    pub fn body(&self) -> &[u8] {
        match &self.joined {
            Some(joined) => joined,
            None => &self.buffer[self.body.clone()],
        }
    }

    async fn read_head(&mut self) -> io::Result<Head> {
        loop {
            self.read_some().await?;
            while let Some(head) = head::parse(&self.buffer[..self.filled])? {
                if head.status >= 200 {
                    return Ok(head);
                }
                self.buffer.copy_within(head.head_bytes..self.filled, 0);
                self.filled -= head.head_bytes;
            }
        }
    }

    async fn read_chunked(&mut self, start: usize) -> io::Result<()> {
        loop {
            if let Some(body) = chunked::decode(&self.buffer[start..self.filled])? {
                self.joined = Some(body);
                return Ok(());
            }
            self.read_some().await?;
        }
    }

    async fn read_some(&mut self) -> io::Result<()> {
        if self.read_or_end().await? { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    async fn read_or_end(&mut self) -> io::Result<bool> {
        if self.filled == self.buffer.len() {
            if self.filled >= REPLY_BYTES_MAX {
                return Err(malformed("the reply is too long"));
            }
            self.buffer.resize(self.filled * 2, 0);
        }
        let count = self.stream.read(&mut self.buffer[self.filled..]).await?;
        self.filled += count;
        Ok(count > 0)
    }
}

#[cfg(test)]
#[path = "connection_tests.rs"]
mod tests;
