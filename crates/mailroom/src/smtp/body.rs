//! The bytes of a message: unstuffed, bounded, and ended by CRLF.CRLF alone. A line feed without a carriage return neither ends a line nor
//! is it let through: what others would take for an end would make one message two (SMTP smuggling).

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Room is taken in pieces of this size.
pub(super) const PIECE: usize = 64 * 1024;

/// Why a message is not kept although it is read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unkept {
    /// It is larger than what is set.
    TooLarge,
    /// Other messages take up all the room.
    NoRoom,
    /// It has a line feed without a carriage return.
    BareLineFeed,
}

/// A message as it comes in.
#[derive(Debug)]
pub(super) struct Body {
    bytes: Vec<u8>,
    bytes_max: usize,
    room: Arc<Semaphore>,
    held: Vec<OwnedSemaphorePermit>,
    unkept: Option<Unkept>,
}

impl Body {
    pub(super) const fn new(bytes_max: usize, room: Arc<Semaphore>) -> Self {
        Self { bytes: Vec::new(), bytes_max, room, held: Vec::new(), unkept: None }
    }

    pub(super) fn push(&mut self, more: &[u8]) {
        if self.unkept.is_some() {
            return;
        }
        let len = self.bytes.len() + more.len();
        if len > self.bytes_max {
            return self.give_up(Unkept::TooLarge);
        }
        while self.held.len() * PIECE < len {
            match self.room.clone().try_acquire_owned() {
                Ok(permit) => self.held.push(permit),
                Err(_) => return self.give_up(Unkept::NoRoom),
            }
        }
        self.bytes.extend_from_slice(more);
    }

    /// The rest is read and dropped.
    pub(super) fn give_up(&mut self, why: Unkept) {
        self.unkept.get_or_insert(why);
        self.bytes = Vec::new();
        self.held.clear();
    }

    /// The message, and what keeps its room until it is on disk.
    pub(super) fn finish(self) -> Result<(Vec<u8>, Vec<OwnedSemaphorePermit>), Unkept> {
        self.unkept.map_or(Ok((self.bytes, self.held)), Err)
    }
}

/// Where in a line the last byte stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    LineStart,
    Within,
    /// Behind a carriage return.
    Return,
    /// Behind a dot that begins a line.
    Dot,
    /// Behind such a dot and a carriage return.
    DotReturn,
}

/// Reads what follows DATA.
#[derive(Debug)]
pub(super) struct Data(At);

impl Data {
    pub(super) const fn new() -> Self {
        Self(At::LineStart)
    }

    /// Takes bytes and says how many of them belong to the message, once it has ended.
    pub(super) fn read(&mut self, bytes: &[u8], body: &mut Body) -> Option<usize> {
        // What of `bytes` is to be kept begins here.
        let mut from = 0;
        for (index, byte) in bytes.iter().enumerate() {
            self.0 = match (self.0, byte) {
                (At::LineStart, b'.') => {
                    // The dot is no part of the message, whatever follows.
                    body.push(&bytes[from..index]);
                    from = index + 1;
                    At::Dot
                }
                (At::Dot, b'\r') => {
                    // It may be one of the end.
                    body.push(&bytes[from..index]);
                    from = index + 1;
                    At::DotReturn
                }
                (At::DotReturn, b'\n') => return Some(index + 1),
                (At::DotReturn, other) => {
                    body.push(b"\r");
                    if *other == b'\r' { At::Return } else { At::Within }
                }
                (At::Return, b'\n') => At::LineStart,
                (_, b'\r') => At::Return,
                (_, b'\n') => {
                    body.give_up(Unkept::BareLineFeed);
                    At::Within
                }
                _ => At::Within,
            };
        }
        body.push(&bytes[from..]);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = (Result<Vec<u8>, Unkept>, Vec<u8>);

    /// The message and what is left behind it, read in pieces of this size.
    fn read(input: &[u8], piece: usize) -> Option<Read> {
        let (mut data, mut body) = (Data::new(), Body::new(1000, Arc::new(Semaphore::new(1))));
        let mut at = 0;
        for chunk in input.chunks(piece) {
            if let Some(used) = data.read(chunk, &mut body) {
                return Some((body.finish().map(|(bytes, _)| bytes), input[at + used..].to_vec()));
            }
            at += chunk.len();
        }
        None
    }

    #[test]
    fn only_a_dot_between_two_ends_of_lines_ends_a_message() {
        for (input, message, rest) in [
            (&b"a\r\n.\r\nQUIT\r\n"[..], &b"a\r\n"[..], &b"QUIT\r\n"[..]),
            (b".\r\n", b"", b""),
            (b"..\r\n.\r\n", b".\r\n", b""),
            (b"..a\r\n...\r\n.\r\n", b".a\r\n..\r\n", b""),
            (b".\rx\r\n.\r\n", b"\rx\r\n", b""),
            (b"a\r\r\n.\r\n", b"a\r\r\n", b""),
            (b"a\r.\r\nb\r\n.\r\n", b"a\r.\r\nb\r\n", b""),
            (b"a.\r\n.\r\n", b"a.\r\n", b""),
            (b".\r\r\n.\r\n", b"\r\r\n", b""),
        ] {
            for piece in 1..=input.len() {
                let read = read(input, piece);
                assert_eq!(read, Some((Ok(message.to_vec()), rest.to_vec())), "{input:?} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn what_others_take_for_an_end_is_none_and_the_message_is_refused() {
        for smuggled in ["a\n.\nMAIL", "a\n.\r\nMAIL", "a\r\n.\nMAIL", "a\n\r\n.\nMAIL", "a\r.\r\nMAIL\n"] {
            let input = format!("{smuggled}\r\n.\r\n");
            for piece in 1..=input.len() {
                let read = read(input.as_bytes(), piece);
                assert_eq!(read, Some((Err(Unkept::BareLineFeed), Vec::new())), "{input:?} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn a_message_is_bounded_and_so_are_all_of_them() {
        let room = Arc::new(Semaphore::new(2));
        let body = |size: usize| {
            let mut body = Body::new(3 * PIECE, room.clone());
            body.push(&vec![b'x'; size]);
            body
        };
        let (two, one) = (body(2 * PIECE), body(1));
        assert_eq!(one.finish().map(|_| ()), Err(Unkept::NoRoom));
        drop(two);
        assert!(body(PIECE + 1).finish().is_ok_and(|(bytes, held)| bytes.len() == PIECE + 1 && held.len() == 2));
        assert_eq!(body(3 * PIECE + 1).finish().map(|_| ()), Err(Unkept::TooLarge));
        assert_eq!(room.available_permits(), 2);
    }
}
