//! Cuts the history that programs put under (or over) an answer. What is told apart: lines that introduce a quotation
//! ("On ... wrote:"), lines that are quoted (`>`), and the block of headers that Outlook puts over what it repeats. A message that
//! would lose everything, or whose answers stand between the quotations, stays as it is.

mod words;

use self::words::{HEADERS, INTRODUCTIONS, ORIGINALS, Part};

/// Lines over which an introduction may be broken.
const INTRODUCTION_LINES_MAX: usize = 4;
/// Characters of an introduction.
const INTRODUCTION_CHARS_MAX: usize = 400;
/// Lines of a block of headers.
const HEADER_LINES_MAX: usize = 12;
/// Kinds of headers that make a block: of who, when, whom and what, three.
const HEADER_KINDS_MIN: usize = 3;
/// Lines that are looked at: behind them nothing is cut.
const LINES_MAX: usize = 20_000;

/// A text, and what was cut from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What is left.
    pub text: String,
    /// Whether anything is missing.
    pub was_cut: bool,
}

/// Cuts quoted history and the marks of pictures. The history of a message that was forwarded is what it is about: it stays.
#[must_use]
pub fn cut(text: &str, is_forward: bool) -> Cut {
    let lines: Vec<&str> = text.lines().collect();
    let kept = if is_forward || lines.len() > LINES_MAX { None } else { answer(&lines) };
    let rest = kept.unwrap_or(lines);
    let joined = without_marks(&rest);
    let whole = text.trim();
    if joined.is_empty() {
        return Cut { text: whole.to_owned(), was_cut: false };
    }
    let was_cut = joined != whole.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim();
    Cut { text: joined, was_cut }
}

/// The lines of the answer, when there is history and something besides it.
fn answer<'t>(lines: &[&'t str]) -> Option<Vec<&'t str>> {
    let stop = lines.iter().position(|line| is_forwarded(line)).unwrap_or(lines.len());
    let start = (0..stop).find_map(|at| history(lines, at).map(|body| (at, body)));
    let (at, body) = match start {
        Some(found) => found,
        None => {
            let at = (0..stop).find(|at| is_quoted(lines[*at]))?;
            (at, History::Quoted(at))
        }
    };
    let above = trimmed(&lines[..at]);
    let kept = match body {
        History::Rest => above.to_vec(),
        History::Quoted(from) => {
            let quoted = lines[from..].iter().take_while(|line| is_quoted(line) || line.trim().is_empty()).count();
            let below = trimmed(&lines[from + quoted..]);
            let between = below.iter().any(|line| is_quoted(line)) || (!above.is_empty() && !below.is_empty());
            if between && !is_footer(below) {
                return None;
            }
            let mut kept = above.to_vec();
            if !below.is_empty() {
                if !kept.is_empty() {
                    kept.push("");
                }
                kept.extend(below);
            }
            kept
        }
    };
    (!trimmed(&kept).is_empty()).then_some(kept)
}

/// How the history that begins at a line goes on.
enum History {
    /// Everything from here on.
    Rest,
    /// Lines with `>` from this one on.
    Quoted(usize),
}

fn history(lines: &[&str], at: usize) -> Option<History> {
    let line = plain(lines[at]);
    if line.is_empty() || is_quoted(lines[at]) {
        return None;
    }
    if is_original(&line) {
        return Some(History::Rest);
    }
    if is_rule(&line) {
        let next = (at + 1..lines.len().min(at + 4)).find(|next| !lines[*next].trim().is_empty())?;
        return (is_headers(lines, next) || is_original(&plain(lines[next]))).then_some(History::Rest);
    }
    if is_headers(lines, at) {
        return Some(History::Rest);
    }
    let end = introduction(lines, at)?;
    let next = (end + 1..lines.len()).find(|next| !lines[*next].trim().is_empty());
    match next {
        Some(next) if is_quoted(lines[next]) => Some(History::Quoted(next)),
        _ => Some(History::Rest),
    }
}

/// The last line of the introduction that begins at a line.
fn introduction(lines: &[&str], at: usize) -> Option<usize> {
    let starts_paragraph = at == 0 || lines[at - 1].trim().is_empty();
    let mut joined = String::new();
    for end in at..lines.len().min(at + INTRODUCTION_LINES_MAX) {
        let line = plain(lines[end]);
        if line.is_empty() || is_quoted(lines[end]) {
            return None;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&line);
        if joined.chars().count() > INTRODUCTION_CHARS_MAX {
            return None;
        }
        if !joined.ends_with([':', '：']) || !joined.contains(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let quoted_next =
            lines[end + 1..].iter().find(|line| !line.trim().is_empty()).is_some_and(|line| is_quoted(line));
        let is_sure = quoted_next || joined.contains(['@', '<']) || has_time(&joined);
        let fits = INTRODUCTIONS.iter().any(|words| {
            let begins = words.begins.is_empty() || joined.starts_with(words.begins);
            // One that may begin with anything has a line, or a paragraph, of its own.
            let own = !words.begins.is_empty() || end == at || starts_paragraph;
            begins && own && joined.contains(words.says)
        });
        if is_sure && fits {
            return Some(end);
        }
    }
    None
}

/// `15:04`, `15.04`, `15h04`.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| {
        four[0].is_ascii_digit()
            && [b':', b'.', b'h'].contains(&four[1])
            && four[2].is_ascii_digit()
            && four[3].is_ascii_digit()
    })
}

/// Whether a block of headers begins here, with who wrote it.
fn is_headers(lines: &[&str], at: usize) -> bool {
    if header(lines[at]) != Some(Part::From) {
        return false;
    }
    let mut found: Vec<Part> = Vec::new();
    let block = lines[at..].iter().take(HEADER_LINES_MAX);
    for part in block.take_while(|line| !line.trim().is_empty()).filter_map(|line| header(line)) {
        if !found.contains(&part) {
            found.push(part);
        }
    }
    found.iter().filter(|part| **part != Part::CarbonCopy).count() >= HEADER_KINDS_MIN
}

fn header(line: &str) -> Option<Part> {
    let line = plain(line);
    let (name, _) = line.split_once([':', '：'])?;
    let name = name.trim();
    HEADERS.iter().find(|(word, _)| *word == name).map(|(_, part)| *part)
}

fn is_original(line: &str) -> bool {
    let inner = line.trim_matches(['-', '_', ' ', '=', '—', '–']);
    inner.len() + 4 <= line.len() && ORIGINALS.contains(&inner)
}

/// Where what was forwarded begins: it is what the message is about.
fn is_forwarded(line: &str) -> bool {
    let line = plain(line);
    words::FORWARDED.iter().any(|words| line.trim_matches(['-', ' ', ':', '：']) == *words)
}

fn is_rule(line: &str) -> bool {
    line.len() >= 8 && (line.bytes().all(|byte| byte == b'_') || line.bytes().all(|byte| byte == b'-'))
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// What stands under everything: a signature or the footer of a list, behind its separator.
fn is_footer(lines: &[&str]) -> bool {
    lines.first().is_some_and(|line| {
        let line = line.trim_end();
        line == "--" || (line.len() >= 8 && line.bytes().all(|byte| byte == b'_'))
    }) && !lines.iter().any(|line| is_quoted(line))
}

/// A line in lower case, with single spaces and without the stars of bold text.
fn plain(line: &str) -> String {
    let words = line.split(|letter: char| letter.is_whitespace() || letter == '\u{feff}' || letter == '\u{200b}');
    let joined = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase();
    if joined.contains('*') { joined.replace('*', "") } else { joined }
}

fn trimmed<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(first, |last| last + 1);
    &lines[first..last]
}

/// Takes `[image: x]` and `[cid:x]` away, with the lines that hold nothing else.
fn without_marks(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let mut rest = line.trim_end();
        let (mut kept, mut marked) = (String::new(), false);
        while let Some(start) = mark(rest) {
            let Some(length) = rest[start..].find(']') else { break };
            kept.push_str(&rest[..start]);
            rest = &rest[start + length + 1..];
            marked = true;
        }
        kept.push_str(rest);
        if !(marked && kept.trim().is_empty()) {
            out.push_str(kept.trim_end());
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

fn mark(text: &str) -> Option<usize> {
    ["[image:", "[cid:"].iter().filter_map(|mark| text.find(mark)).min()
}

#[cfg(test)]
mod tests;
