//! A look at the bytes before they are parsed: each part and each header costs the parser far more memory than its bytes, so that
//! a message of nothing else could need a hundred times its size.

use crate::Unreadable;

/// Lines that may begin a part: `--` and something behind it.
const PART_LINES_MAX: usize = 10_000;
/// Lines that may be a header: a name, a colon. In the text of a message they are just that.
const HEADER_LINES_MAX: usize = 100_000;
/// Characters in the name of a header that is looked for.
const NAME_BYTES_MAX: usize = 78;

pub(crate) fn look(raw: &[u8]) -> Result<(), Unreadable> {
    let (mut parts, mut headers) = (0_usize, 0_usize);
    for line in raw.split(|byte| *byte == b'\n') {
        if line.starts_with(b"--") && line.len() > 2 {
            parts += 1;
        } else if may_be_header(line) {
            headers += 1;
        }
        if parts > PART_LINES_MAX {
            return Err(Unreadable::TooManyParts);
        }
        if headers > HEADER_LINES_MAX {
            return Err(Unreadable::TooManyHeaders);
        }
    }
    Ok(())
}

fn may_be_header(line: &[u8]) -> bool {
    let start = &line[..line.len().min(NAME_BYTES_MAX)];
    let Some(colon) = start.iter().position(|byte| *byte == b':') else { return false };
    start[..colon].iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_cost_a_hundred_times_its_bytes_is_not_parsed() {
        assert_eq!(look("--a\n".repeat(20_000).as_bytes()), Err(Unreadable::TooManyParts));
        assert_eq!(look("a:\n".repeat(200_000).as_bytes()), Err(Unreadable::TooManyHeaders));
        assert_eq!(look(format!("Subject: x\n\n{}", "QUJD\n".repeat(500_000)).as_bytes()), Ok(()));
        assert_eq!(look("2026-01-02 03:04:05 é: x\n".repeat(1_000).as_bytes()), Ok(()));
    }
}
