//! Reading the head of a reply: status line and the few header fields this program needs.

use std::io;

/// Longest head that is accepted.
pub const HEAD_BYTES_MAX: usize = 64 * 1024;

/// How long the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyLength {
    /// By `Content-Length`, or none by the status.
    Known(usize),
    /// `Transfer-Encoding: chunked`.
    Chunked,
    /// Until the server closes.
    UntilClose,
}

/// What a reply's head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// HTTP status.
    pub status: u16,
    /// Length of the head with its empty line.
    pub head_bytes: usize,
    /// Length of the body.
    pub body: BodyLength,
    /// The server closes the connection after this reply.
    pub close: bool,
    /// `Retry-After` in seconds.
    pub retry_after_seconds: Option<u64>,
    /// `Idempotency-Replayed: true`.
    pub replayed: bool,
}

/// The head at the start of `buffer`, or `None` while it is incomplete.
pub fn parse(buffer: &[u8]) -> io::Result<Option<Head>> {
    let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return if buffer.len() > HEAD_BYTES_MAX {
            Err(malformed("the head of the reply is too long"))
        } else {
            Ok(None)
        };
    };
    let text = std::str::from_utf8(&buffer[..end]).map_err(|_| malformed("head is not UTF-8"))?;
    let mut lines = text.split("\r\n");
    let status = status_of(lines.next().unwrap_or_default())?;
    let mut head = Head {
        status,
        head_bytes: end + 4,
        body: BodyLength::UntilClose,
        close: false,
        retry_after_seconds: None,
        replayed: false,
    };
    for line in lines {
        if let Some((name, value)) = line.split_once(':') {
            head.note(name, value.trim())?;
        }
    }
    if status < 200 || status == 204 || status == 304 {
        head.body = BodyLength::Known(0);
    }
    head.close |= head.body == BodyLength::UntilClose;
    Ok(Some(head))
}

impl Head {
    fn note(&mut self, name: &str, value: &str) -> io::Result<()> {
        if name.eq_ignore_ascii_case("content-length") {
            if self.body != BodyLength::Chunked {
                let length = value.parse().map_err(|_| malformed("bad Content-Length"))?;
                self.body = BodyLength::Known(length);
            }
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            if value.to_ascii_lowercase().ends_with("chunked") {
                self.body = BodyLength::Chunked;
            }
        } else if name.eq_ignore_ascii_case("connection") {
            self.close = value.eq_ignore_ascii_case("close");
        } else if name.eq_ignore_ascii_case("retry-after") {
            self.retry_after_seconds = value.parse().ok();
        } else if name.eq_ignore_ascii_case("idempotency-replayed") {
            self.replayed = value.eq_ignore_ascii_case("true");
        }
        Ok(())
    }
}

fn status_of(line: &str) -> io::Result<u16> {
    let mut words = line.split(' ');
    let version = words.next().unwrap_or_default();
    if !version.starts_with("HTTP/1.") {
        return Err(malformed("not an HTTP/1 reply"));
    }
    words.next().and_then(|word| word.parse().ok()).ok_or_else(|| malformed("bad status line"))
}

/// An error for bytes that are no HTTP reply.
pub fn malformed(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_only_when_complete() {
        let bytes = b"HTTP/1.1 201 Created\r\ncontent-length: 12\r\nIdempotency-Replayed: true\r\n\r\n{";
        for cut in 0..bytes.len() - 2 {
            assert_eq!(parse(&bytes[..cut]).unwrap(), None);
        }
        let head = parse(bytes).unwrap().unwrap();
        assert_eq!((head.status, head.body), (201, BodyLength::Known(12)));
        assert_eq!(head.head_bytes, bytes.len() - 1);
        assert!(head.replayed && !head.close);
    }

    #[test]
    fn retry_after_close_and_chunks_are_seen() {
        let bytes = b"HTTP/1.1 429 x\r\nRetry-After: 7\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        let head = parse(bytes).unwrap().unwrap();
        assert_eq!(head.retry_after_seconds, Some(7));
        assert!(head.close);
        assert_eq!(head.body, BodyLength::Chunked);
    }

    #[test]
    fn a_204_has_no_body_and_garbage_is_refused() {
        let head = parse(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap().unwrap();
        assert_eq!(head.body, BodyLength::Known(0));
        assert!(!head.close);
        assert!(parse(b"SSH-2.0-x\r\n\r\n").is_err());
        assert!(parse(b"HTTP/1.1 abc\r\n\r\n").is_err());
    }
}
