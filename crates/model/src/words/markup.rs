//! HTML as plain text, for the search: tags become spaces (those inside a line nothing: `Hel<b>lo</b>` reads as one word),
//! references their characters, scripts and styles nothing.
//!
//! Texts may as well be plain: what is no markup of HTML stays (`a < b`, `<jane@example.com>`), and what is not closed takes
//! nothing with it. It runs once over the text, whatever is in it.

use std::borrow::Cow;

use super::entities;

/// The elements of HTML, those of its past included. Other names behind a `<` are taken for text, unless they hold a
/// hyphen or a colon (custom elements, Office's `o:p`).
const ELEMENTS: [&str; 140] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "isindex",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "path",
    "picture",
    "plaintext",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xml",
    "xmp",
];

/// Elements inside a line: what stands before and behind their tags is shown as one word.
const INLINE: [&str; 30] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "nobr", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr",
];

/// The text that somebody reads.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut reader = Reader { text, missing: Vec::new() };
    let mut at = 0;
    while let Some(next) = text[at..].find(['<', '&']).map(|found| at + found) {
        out.push_str(&text[at..next]);
        at = if text.as_bytes()[next] == b'<' {
            let end = reader.tag(next);
            if end.is_none() || !is_inline(&text[next + 1..]) {
                out.push(' ');
            }
            end.unwrap_or(next + 1)
        } else if let Some((c, end)) = entities::read(&text[next..]) {
            out.push(c);
            next + end
        } else {
            out.push(' ');
            next + 1
        };
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

struct Reader<'t> {
    text: &'t str,
    /// Ends that were looked for and do not come any more: nothing is looked for twice to the end of the text.
    missing: Vec<&'static str>,
}

impl Reader<'_> {
    /// Where the markup that begins at `at` ends; nothing when it is none.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 1..];
        match *rest.as_bytes().first()? {
            b'!' if rest.starts_with("!--") => self.find(at + 4, "-->").map(|end| end + 3),
            b'!' | b'?' if rest.as_bytes().get(1).is_some_and(|c| c.is_ascii_alphabetic() || *c == b'[') => {
                self.find(at, ">").map(|end| end + 1)
            }
            b'/' => {
                let name = name(&rest[1..])?;
                is_element(name).then_some(())?;
                self.find(at, ">").map(|end| end + 1)
            }
            _ => {
                let name = name(rest)?;
                is_element(name).then_some(())?;
                let end = self.end_of_tag(at + 1 + name.len())?;
                Some(self.behind_raw_text(name, end))
            }
        }
    }

    /// What stands between a script's or style's tags is not for readers.
    fn behind_raw_text(&mut self, name: &str, from: usize) -> usize {
        let closing = match name.to_ascii_lowercase().as_str() {
            "script" => "</script",
            "style" => "</style",
            _ => return from,
        };
        let end = self.find(from, closing).and_then(|end| self.find(end, ">"));
        end.map_or(from, |end| end + 1)
    }

    /// Behind the `>` that ends a tag; one in quotes does not, unless the quote is never closed.
    fn end_of_tag(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            match *bytes.get(at)? {
                b'>' => return Some(at + 1),
                b'<' => return None,
                b'=' => {
                    let value = at + 1 + bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                    let quote = match bytes.get(value) {
                        Some(b'"') => "\"",
                        Some(b'\'') => "'",
                        _ => {
                            at += 1;
                            continue;
                        }
                    };
                    at = self.find(value + 1, quote).map_or(value + 1, |end| end + 1);
                }
                _ => at += 1,
            }
        }
    }

    /// Where `end` (in small letters) comes next, in either case.
    fn find(&mut self, from: usize, end: &'static str) -> Option<usize> {
        if self.missing.contains(&end) {
            return None;
        }
        let bytes = &self.text.as_bytes()[from.min(self.text.len())..];
        let found = bytes.windows(end.len()).position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
        if found.is_none() {
            self.missing.push(end);
        }
        found.map(|found| from + found)
    }
}

/// The name of an element at the beginning of `text`, when what follows it can follow one.
fn name(text: &str) -> Option<&str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':');
    let length = text.bytes().take_while(is_part).take(64).count();
    let name = &text[..length];
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.ends_with(':');
    let follows =
        text.as_bytes().get(length).is_some_and(|byte| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace());
    (begins && follows).then_some(name)
}

/// Whether the markup behind this `<` separates no words: a tag inside a line, or a comment.
fn is_inline(markup: &str) -> bool {
    let tag = name(markup.strip_prefix('/').unwrap_or(markup));
    markup.starts_with("!--")
        || tag.is_some_and(|name| INLINE.binary_search(&name.to_ascii_lowercase().as_str()).is_ok())
}

fn is_element(name: &str) -> bool {
    name.contains(['-', ':']) || ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_in_order() {
        assert!(ELEMENTS.is_sorted() && INLINE.is_sorted());
        assert!(INLINE.iter().all(|name| is_element(name)));
    }

    #[test]
    fn markup_goes_and_text_stays() {
        for (html, text) in [
            ("<p>One<br>two</p>", "One two"),
            ("Hel<b>lo</b> un<SPAN class=x>believ</span>able H<sub>2</sub>O a<!-- x -->b", "Hello unbelievable H2O ab"),
            ("<td>1</td><td>2</td><i>3</i><div>4</div>", "1 2 3 4"),
            ("<p class=\"a > b\" title='x > y'>text</p>", "text"),
            ("x<SCRIPT type=a>if (a < b) { steal() }</Script >y<style>p { color: red }</style>z", "x y z"),
            ("a <!-- not <b>seen --> b", "a b"),
            ("<!DOCTYPE html><?xml version=1?><o:p>x</o:p><my-tag>y</my-tag>", "x y"),
            (
                "Fish &amp; chips &lt;b&gt; caf&eacute; &#252;ber &#x41;&#X42; &unknown; &",
                "Fish & chips <b> café über AB unknown;",
            ),
            ("1 < 2 and 3 > 2", "1 2 and 3 > 2"),
            ("Jane <jane@example.com> <https://x.io> <3", "Jane jane@example.com> https://x.io> 3"),
            ("if a <b or nothing closes it", "if a b or nothing closes it"),
            ("<script>never closed", "never closed"),
            ("<!-- never closed", "!-- never closed"),
            ("<a href=\"never closed>link</a>", "link"),
            ("x <unknown> y", "x unknown> y"),
            ("&#0; &#xFFFFFFFF; &#; &;", "#0; #xFFFFFFFF; #; ;"),
        ] {
            let plain = plain(html);
            assert_eq!(plain.split_whitespace().collect::<Vec<_>>().join(" "), text, "{html}");
        }
    }

    #[test]
    fn hostile_text_takes_no_longer_than_its_length() {
        for unit in [
            "<",
            "<a ",
            "<a b=\"",
            "<a b='\">",
            "<!--",
            "<script>",
            "</a",
            "&",
            "&#",
            "<a b=",
            "<?x",
            "<style><script>",
        ] {
            let text = unit.repeat(1_000_000 / unit.len());
            let began = std::time::Instant::now();
            let _plain = plain(&text);
            assert!(began.elapsed().as_secs() < 5, "{unit}");
        }
    }
}
