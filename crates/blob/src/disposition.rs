//! `Content-Disposition` (RFC 6266): whether a browser saves a file, and under which name.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for itself in an extended value (RFC 8187, `attr-char`).
const ATTR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The value of the header. Behind the name in full stands one in ASCII, for programs that read no other.
pub(crate) fn value(filename: &str, inline: bool) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let full = utf8_percent_encode(filename, ATTR);
    let plain: String = filename
        .chars()
        .map(|c| if c.is_ascii_graphic() && !"\"\\%".contains(c) || c == ' ' { c } else { '_' })
        .collect();
    format!("{kind}; filename*=UTF-8''{full}; filename=\"{plain}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_arrive_whole_and_cannot_end_the_header() {
        assert_eq!(value("a.png", true), "inline; filename*=UTF-8''a.png; filename=\"a.png\"");
        assert_eq!(
            value("Rück\"\r\nx: y/é.txt", false),
            "attachment; filename*=UTF-8''R%C3%BCck%22%0D%0Ax%3A%20y%2F%C3%A9.txt; filename=\"R_ck___x: y/_.txt\""
        );
        assert!(value("100%.txt", false).ends_with("filename*=UTF-8''100%25.txt; filename=\"100_.txt\""));
    }
}
