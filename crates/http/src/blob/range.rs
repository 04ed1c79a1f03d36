//! Which part of a file is asked for (RFC 9110, 14.1.2).

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing else is asked for, or more than one range, which need not be answered.
    Whole,
    /// This many bytes from there.
    Bytes { from: u64, length: u64 },
    /// Nothing that it has.
    Outside,
}

/// The part that the header `Range` asks for. What is no range is as if it were not there.
pub(super) fn asked(header: Option<&str>, size: u64) -> Part {
    let Some(range) = header.and_then(|text| text.trim().strip_prefix("bytes=")) else { return Part::Whole };
    let Some((first, last)) = range.split_once('-').map(|(first, last)| (first.trim(), last.trim())) else {
        return Part::Whole;
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok())?;
    let (from, end) = match (first.is_empty(), last.is_empty()) {
        (true, true) => return Part::Whole,
        (true, false) => match number(last) {
            Some(0) => return Part::Outside,
            Some(tail) => (size.saturating_sub(tail), size),
            None => return Part::Whole,
        },
        (false, _) => {
            let end =
                if last.is_empty() { Some(size) } else { number(last).map(|last| last.saturating_add(1).min(size)) };
            match (number(first), end) {
                (Some(from), Some(end)) if last.is_empty() || number(last).is_some_and(|last| from <= last) => {
                    (from, end)
                }
                _ => return Part::Whole,
            }
        }
    };
    if from >= end { Part::Outside } else { Part::Bytes { from, length: end - from } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let part = |text: &str| asked(Some(text), 10);
        let bytes = |from, length| Part::Bytes { from, length };
        assert_eq!(asked(None, 10), Part::Whole);
        for (text, expected) in [
            ("bytes=0-0", bytes(0, 1)),
            ("bytes=2-4", bytes(2, 3)),
            ("bytes=2-", bytes(2, 8)),
            ("bytes=-3", bytes(7, 3)),
            ("bytes=-30", bytes(0, 10)),
            ("bytes=2-99999999999999999999", Part::Whole),
            ("bytes=2-18446744073709551615", bytes(2, 8)),
            ("bytes=10-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("items=0-1", Part::Whole),
        ] {
            assert_eq!(part(text), expected, "{text}");
        }
        assert_eq!(asked(Some("bytes=0-"), 0), Part::Outside);
    }
}
