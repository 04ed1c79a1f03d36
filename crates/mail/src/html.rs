//! The text of a message that has only HTML: cleaned by ammonia, then laid out by html2text.

use std::collections::HashSet;

use ammonia::Builder;
use html2text::render::TextDecorator;

/// Bytes of HTML that are looked at: more than a text may have (API 1.10), since markup is longer than what it says.
const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Tags inside of each other: more than any program for mail writes, and what the parsers bear.
const DEPTH_MAX: usize = 400;
/// Lines are as long as their writer made them: nothing is wrapped before this.
const WIDTH: usize = 100_000;
/// Tags whose content is no text.
const SILENT: [&str; 9] = ["script", "style", "title", "head", "noscript", "template", "svg", "math", "object"];

/// HTML as text. What cannot be laid out has none.
#[must_use]
pub fn to_text(html: &str) -> String {
    let mut end = html.len().min(HTML_BYTES_MAX);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let html = &html[..end];
    if depth(html) > DEPTH_MAX {
        return without_tags(html);
    }
    let clean = Builder::default()
        .rm_tags(["hr", "img"])
        .rm_clean_content_tags(["script", "style"])
        .clean_content_tags(HashSet::from(SILENT))
        .clean(html)
        .to_string();
    let config = html2text::config::with_decorator(Plain::default()).raw_mode(true).allow_width_overflow();
    match config.string_from_read(clean.as_bytes(), WIDTH) {
        Ok(text) => tidy(&text),
        Err(_) => without_tags(&clean),
    }
}

/// How deep tags stand inside of each other at most, counted carelessly: too many rather than too few.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest, mut rest) = (0_usize, 0_usize, html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name = rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !is_void(name) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Tags that hold nothing, or that are often not closed and end by themselves.
fn is_void(name: &str) -> bool {
    const VOID: [&str; 17] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "option",
    ];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

/// The text between the tags, for what is too deep to be laid out.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    for piece in html.split('<') {
        let behind = piece.split_once('>').map_or("", |(_, behind)| behind).trim();
        if !behind.is_empty() {
            text.push_str(behind);
            text.push('\n');
        }
    }
    text
}

/// Without trailing spaces and more than one empty line, and without the address of a link that is its text.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty > 1 {
            continue;
        }
        out.push_str(&unrepeated(line));
        out.push('\n');
    }
    out.trim().to_owned()
}

/// `https://a.example <https://a.example>` is said once.
fn unrepeated(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(" <") {
        let Some(length) = rest[start + 2..].find('>') else { break };
        let url = &rest[start + 2..start + 2 + length];
        let said = rest[..start].trim_end_matches('/');
        out.push_str(&rest[..start]);
        let plain = url.trim_start_matches("mailto:").trim_end_matches('/');
        if !said.ends_with(plain) || plain.is_empty() {
            out.push_str(&rest[start..start + length + 3]);
        }
        rest = &rest[start + length + 3..];
    }
    out.push_str(rest);
    out
}

/// Text as it is: links tell their address, nothing else is decorated.
#[derive(Clone, Debug, Default)]
struct Plain {
    links: Vec<String>,
}

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, ()) {
        self.links.push(url.to_owned());
        (String::new(), ())
    }
    fn decorate_link_end(&mut self) -> String {
        match self.links.pop() {
            Some(url) if !url.is_empty() && !url.starts_with('#') => format!(" <{url}>"),
            _ => String::new(),
        }
    }
    fn decorate_em_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) {}
    fn decorate_preformat_cont(&self) {}
    fn decorate_image(&mut self, _src: &str, _title: &str) -> (String, ()) {
        (String::new(), ())
    }
    fn header_prefix(&self, _level: usize) -> String {
        String::new()
    }
    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }
    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }
    fn ordered_item_prefix(&self, i: i64) -> String {
        format!("{i}. ")
    }
    fn make_subblock_decorator(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_its_writer_sees_it() {
        let html = "<html><head><title>T</title><style>p{}</style></head><body><p>Hello <b>team</b>,</p>\
            <p>the <a href=\"https://acme.example/x\">report</a> and <a href=\"https://a.example/\">https://a.example</a></p>\
            <ul><li>one</li><li>two</li></ul><script>alert(1)</script><blockquote>old</blockquote></body></html>";
        let text = to_text(html);
        assert_eq!(
            text,
            "Hello team,\n\nthe report <https://acme.example/x> and https://a.example\n- one\n- two\n\n> old"
        );
    }

    #[test]
    fn hostile_html_ends() {
        for html in [
            "<div>".repeat(200_000),
            "<b><i>".repeat(100_000),
            "<table><tr><td>".repeat(50_000),
            "<a href=x>".repeat(100_000),
            "<p>".repeat(300_000),
            format!("<p title=\"{}\">x", "<".repeat(1_000_000)),
            "<blockquote>".repeat(399),
            "&amp;".repeat(500_000),
        ] {
            let _text = to_text(&html);
        }
    }
}
