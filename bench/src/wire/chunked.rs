//! The chunked transfer coding. Dispatch does not use it for the routes measured here; if it occurs it is read.

use std::io;

use super::head::malformed;

/// The whole body at the start of `bytes`, or `None` while the last chunk is missing.
pub fn decode(bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    let mut rest = bytes;
    loop {
        let Some((line, after)) = split_line(rest) else {
            return Ok(None);
        };
        let size = size_of(line)?;
        if size == 0 {
            return Ok(trailers_complete(after).then_some(body));
        }
        if after.len() < size + 2 {
            return Ok(None);
        }
        if &after[size..size + 2] != b"\r\n" {
            return Err(malformed("a chunk does not end where it said"));
        }
        body.extend_from_slice(&after[..size]);
        rest = &after[size + 2..];
    }
}

fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    Some((&bytes[..end], &bytes[end + 2..]))
}

fn size_of(line: &[u8]) -> io::Result<usize> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
    std::str::from_utf8(digits)
        .ok()
        .and_then(|text| usize::from_str_radix(text.trim(), 16).ok())
        .ok_or_else(|| malformed("bad chunk size"))
}

fn trailers_complete(mut bytes: &[u8]) -> bool {
    while let Some((line, after)) = split_line(bytes) {
        if line.is_empty() {
            return true;
        }
        bytes = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_once_all_are_there() {
        let bytes = b"5;note=x\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: 1\r\n\r\n";
        for cut in 0..bytes.len() {
            assert_eq!(decode(&bytes[..cut]).unwrap(), None, "at {cut}");
        }
        assert_eq!(decode(bytes).unwrap().unwrap(), b"hello world");
    }

    #[test]
    fn a_chunk_of_another_length_is_refused() {
        assert!(decode(b"3\r\nhello\r\n0\r\n\r\n").is_err());
        assert!(decode(b"zz\r\nhello\r\n").is_err());
    }
}
