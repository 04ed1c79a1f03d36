//! Subjects without what replies and forwards put in front of them.

/// What marks a reply, in lower case.
const REPLIES: [&str; 26] = [
    "re", "aw", "antw", "antwort", "sv", "vs", "res", "ref", "rif", "ris", "odp", "ynt", "bls", "vá", "ats", "atb",
    "回复", "回覆", "答复", "返信", "답장", "rép", "réf", "ανσ", "απ", "hv",
];
/// What marks a forward, in lower case.
const FORWARDS: [&str; 22] = [
    "fw",
    "fwd",
    "wg",
    "tr",
    "rv",
    "enc",
    "pd",
    "vb",
    "vl",
    "doorst",
    "i̇lt",
    "ilt",
    "trs",
    "továbbítás",
    "转发",
    "轉寄",
    "転送",
    "전달",
    "πρθ",
    "fs",
    "re-fwd",
    "inoltra",
];
/// Marks that are taken away: whoever writes more means them.
const MARKS_MAX: usize = 50;

/// A subject in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What is left of it, on one line; perhaps empty.
    pub title: String,
    /// Whether it was forwarded.
    pub is_forward: bool,
}

/// Takes the marks away: `Re: AW: Fwd[2]: x` is `x`.
#[must_use]
pub fn strip(subject: &str) -> Subject {
    let line = subject.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let line = line.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let (mut rest, mut is_forward) = (line.as_str(), false);
    for _ in 0..MARKS_MAX {
        let Some((mark, behind)) = rest.split_once([':', '：']) else { break };
        let mark = mark.trim().to_lowercase();
        let mark = mark.trim_end_matches(|letter: char| letter.is_ascii_digit() || "[]()^ ".contains(letter));
        if FORWARDS.contains(&mark) {
            is_forward = true;
        } else if !REPLIES.contains(&mark) {
            break;
        }
        rest = behind.trim_start();
    }
    Subject { title: rest.trim().to_owned(), is_forward }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_replies_and_forwards_go_and_the_rest_stays() {
        let cases = [
            ("Re: Printer", "Printer", false),
            ("RE: AW: Re[2]: Printer", "Printer", false),
            ("Re : Imprimante", "Imprimante", false),
            ("Fwd: Re: Printer", "Printer", true),
            ("WG: Drucker", "Drucker", true),
            ("TR: Imprimante", "Imprimante", true),
            ("RV: Impresora", "Impresora", true),
            ("SV: Skrivare", "Skrivare", false),
            ("回复：打印机", "打印机", false),
            ("转发: 打印机", "打印机", true),
            ("Re: Error: no such file", "Error: no such file", false),
            ("Reminder: pay", "Reminder: pay", false),
            ("Re:", "", false),
            ("", "", false),
            ("Re:\r\n folded\tsubject", "folded subject", false),
            ("Request 12:30", "Request 12:30", false),
        ];
        for (subject, title, is_forward) in cases {
            assert_eq!(strip(subject), Subject { title: title.to_owned(), is_forward }, "{subject}");
        }
        assert_eq!(strip(&"re:".repeat(1_000)).title, "re:".repeat(950));
    }
}
