//! A worded mail as bytes (RFC 5322): text, and the same as HTML that is readable in plain programs and on dark screens.

use std::time::{Duration, SystemTime};

use ammonia::Builder;
use dispatch_model::mail::{Automatic, Letter, LetterFile, Part, Recipient};
use lettre::{
    Address, Message,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use crate::html::to_text;

/// Why a mail cannot be written: an address is none.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unwritable(String);

/// A mail as bytes, with its envelope and the bytes of its files, in their order.
///
/// # Errors
/// When an address is none.
pub fn compose(letter: &Letter, files: Vec<Vec<u8>>) -> Result<Message, Unwritable> {
    let at = u64::try_from(letter.at.as_millis()).unwrap_or(0);
    let mut builder = Message::builder()
        .from(mailbox(&letter.from)?)
        .to(mailbox(&letter.to)?)
        .subject(one_line(&letter.subject))
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(at))
        .message_id(Some(format!("<{}>", letter.message_id)));
    if let Some(reply_to) = &letter.reply_to {
        builder = builder.reply_to(mailbox(&Recipient::new(reply_to, letter.from.name.as_deref()))?);
    }
    if let Some(last) = letter.thread.last() {
        let all: Vec<String> = letter.thread.iter().map(|id| format!("<{}>", one_line(id))).collect();
        builder = builder.in_reply_to(format!("<{}>", one_line(last))).references(all.join(" "));
    }
    if let Some(number) = &letter.ticket_number {
        builder = builder.raw_header(header("X-Dispatch-Ticket", number)?);
    }
    let automatic = match letter.automatic {
        Automatic::No => None,
        Automatic::Generated => Some("auto-generated"),
        Automatic::Replied => Some("auto-replied"),
    };
    if let Some(automatic) = automatic {
        builder = builder.raw_header(header("Auto-Submitted", automatic)?);
    }
    let both = MultiPart::alternative_plain_html(text(&letter.parts), html(&letter.parts));
    let all = if files.is_empty() {
        both
    } else {
        let named = letter.files.iter().zip(files);
        named.fold(MultiPart::mixed().multipart(both), |all, (file, bytes)| all.singlepart(attached(file, bytes)))
    };
    builder.multipart(all).map_err(|error| Unwritable(error.to_string()))
}

/// A file as part of a mail. Messages inside of messages must not be packed (RFC 2046 5.2.1), so that they go as plain bytes.
fn attached(file: &LetterFile, bytes: Vec<u8>) -> SinglePart {
    let composite = file.content_type.starts_with("message/") || file.content_type.starts_with("multipart/");
    let known = if composite { None } else { ContentType::parse(&file.content_type).ok() };
    let kind = known.unwrap_or_else(|| ContentType::parse("application/octet-stream").expect("this is a type"));
    // Left to itself, lettre sends ASCII as it is, bare line feeds too.
    let body = Body::new_with_encoding(bytes, ContentTransferEncoding::Base64).unwrap_or_else(Body::new);
    Attachment::new(one_line(&file.filename)).body(body, kind)
}

fn header(name: &str, value: &str) -> Result<HeaderValue, Unwritable> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| Unwritable(error.to_string()))?;
    Ok(HeaderValue::new(name, one_line(value)))
}

fn mailbox(who: &Recipient) -> Result<Mailbox, Unwritable> {
    let wrong =
        |error| Unwritable(format!("{} is no address that mail can be sent to: {error}", one_line(&who.address)));
    let address: Address = who.address.parse().map_err(wrong)?;
    let name = who.name.as_deref().map(one_line).filter(|name| !name.is_empty() && *name != who.address);
    Ok(Mailbox::new(name, address))
}

/// What stands in a header: names and titles may hold line breaks, which would begin another header.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tags that say that a text is HTML, in the beginning of what stands behind `<`.
const TAGS: [&str; 22] = [
    "p>",
    "p ",
    "br",
    "div",
    "span",
    "a ",
    "b>",
    "i>",
    "u>",
    "em>",
    "strong",
    "ul",
    "ol",
    "li>",
    "table",
    "h1",
    "h2",
    "h3",
    "blockquote",
    "code",
    "pre",
    "html",
];

/// Whether somebody wrote HTML. A `<` alone does not say so.
fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        TAGS.iter().any(|tag| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
    })
}

fn text(parts: &[Part]) -> String {
    let pieces: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Said(said) if is_html(said) => to_text(said),
            Part::Text(text) | Part::Said(text) | Part::Small(text) => text.trim().to_owned(),
            Part::Link(label, url) if label == url => url.clone(),
            Part::Link(label, url) => format!("{label}: {url}"),
        })
        .filter(|piece| !piece.is_empty())
        .collect();
    let mut text = pieces.join("\n\n");
    text.push('\n');
    text
}

/// No colour but grey and that of links, so that programs can turn it into light on dark.
fn html(parts: &[Part]) -> String {
    const BODY: &str = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
        font-size:15px;line-height:1.5;max-width:640px";
    let mut html = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head>\
        <body><div style=\"{BODY}\">"
    );
    for part in parts {
        let piece = match part {
            Part::Said(said) if is_html(said) => format!("<div style=\"margin:0 0 16px\">{}</div>", clean(said)),
            Part::Text(text) | Part::Said(text) => format!("<p style=\"margin:0 0 16px\">{}</p>", lines(text.trim())),
            Part::Small(text) => {
                format!("<p style=\"margin:0 0 16px;font-size:13px;color:#808080\">{}</p>", lines(text.trim()))
            }
            Part::Link(label, url) => {
                format!("<p style=\"margin:0 0 16px\"><a href=\"{}\">{}</a></p>", escape(url), escape(label))
            }
        };
        html.push_str(&piece);
    }
    html.push_str("</div></body></html>\n");
    html
}

/// Words of somebody as HTML that does no harm: HTML cleaned, text with its lines and its links.
#[must_use]
pub fn readable(said: &str) -> String {
    if is_html(said) {
        return clean(said);
    }
    let mut html = String::with_capacity(said.len() + 64);
    for piece in said.trim().replace("\r\n", "\n").split_inclusive(|letter: char| letter.is_whitespace()) {
        let word = piece.trim_end();
        // What stands behind an address belongs to the sentence.
        let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '>', '"', '\'']);
        if address.starts_with("https://") || address.starts_with("http://") {
            let shown = escape(address);
            html.push_str(&format!("<a href=\"{shown}\" rel=\"noopener noreferrer nofollow\">{shown}</a>"));
            html.push_str(&lines(&piece[address.len()..]));
        } else {
            html.push_str(&lines(piece));
        }
    }
    html
}

/// HTML of somebody else: no script, no style, and no picture that tells its owner who has read it.
fn clean(html: &str) -> String {
    Builder::default().rm_tags(["img"]).clean(html).to_string()
}

fn lines(text: &str) -> String {
    escape(text).replace("\r\n", "\n").replace('\n', "<br>\n")
}

fn escape(text: &str) -> String {
    ammonia::clean_text(text).replace("&#32;", " ").replace("&#10;", "\n").replace("&#13;", "\r")
}

#[cfg(test)]
mod tests {
    use dispatch_model::Timestamp;

    use super::*;
    use crate::parse;

    fn letter() -> Letter {
        Letter {
            from: Recipient::new("acme@mail.example", Some("Acme")),
            to: Recipient::new("jane@example.com", Some("Jane")),
            reply_to: Some("acme+abc@mail.example".to_owned()),
            message_id: "ml_1@mail.example".to_owned(),
            thread: vec!["a@x".to_owned(), "b@x".to_owned()],
            subject: "Re: Printer [DT-1]".to_owned(),
            ticket_number: Some("DT-1".to_owned()),
            automatic: Automatic::Generated,
            parts: vec![Part::Said("Hello <Jane> & co\nsecond line".to_owned())],
            files: Vec::new(),
            at: Timestamp::from_millis(1_800_000_000_000),
        }
    }

    fn bytes(letter: &Letter) -> String {
        String::from_utf8(compose(letter, Vec::new()).unwrap().formatted()).unwrap()
    }

    #[test]
    fn it_reads_as_it_was_worded() {
        let raw = bytes(&letter());
        let message = parse(raw.as_bytes()).unwrap();
        assert_eq!(message.text().trim(), "Hello <Jane> & co\nsecond line");
        for line in [
            "From: Acme <acme@mail.example>",
            "Reply-To: Acme <acme+abc@mail.example>",
            "In-Reply-To: <b@x>",
            "References: <a@x> <b@x>",
            "Message-ID: <ml_1@mail.example>",
            "X-Dispatch-Ticket: DT-1",
            "Auto-Submitted: auto-generated",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000",
        ] {
            assert!(raw.contains(&format!("{line}\r\n")), "{line} in {raw}");
        }
        let html = html(&letter().parts);
        assert!(html.contains("Hello &lt;Jane&gt; &amp; co<br>\nsecond line"), "{html}");
    }

    /// Names, titles and ids come from strangers: none of them begins a header of its own.
    #[test]
    fn no_line_break_begins_a_header() {
        let evil = "x\r\nBcc: all@example.com\n\nbody";
        let letter = Letter {
            from: Recipient::new("acme@mail.example", Some(evil)),
            to: Recipient::new("jane@example.com", Some(evil)),
            subject: evil.to_owned(),
            ticket_number: Some(evil.to_owned()),
            thread: vec![evil.to_owned()],
            ..letter()
        };
        let raw = bytes(&letter);
        let head = raw.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
        assert_eq!(compose(&letter, Vec::new()).unwrap().envelope().to().len(), 1);
        let addressed = Letter { to: Recipient::new("jane@example.com\r\nBcc: a@b.c", None), ..letter };
        assert!(compose(&addressed, Vec::new()).is_err());
    }

    #[test]
    fn html_is_cleaned_and_told_as_text_too() {
        let said = "<p>Hi <b>Jane</b></p><script>alert(1)</script><img src=\"https://spy.example/x.gif\"><a href=\"javascript:x()\">y</a>";
        let raw = bytes(&Letter { parts: vec![Part::Said(said.to_owned())], ..letter() });
        let message = parse(raw.as_bytes()).unwrap();
        assert!(message.text().starts_with("Hi Jane"), "{}", message.text());
        for forbidden in ["<script", "alert", "<img", "javascript"] {
            assert!(!raw.contains(forbidden), "{forbidden} in {raw}");
        }
    }

    #[test]
    fn files_arrive_as_they_are() {
        let file = |filename: &str, content_type: &str| LetterFile {
            key: String::new(),
            filename: filename.to_owned(),
            content_type: content_type.to_owned(),
            size: 0,
        };
        let files = vec![
            file("Rechnung für Ångström.pdf", "application/pdf"),
            file("x\r\nBcc: all@example.com.eml", "message/rfc822"),
            file("notes.txt", "text/plain; charset=latin1"),
            file("odd", "no type"),
        ];
        let bytes: Vec<Vec<u8>> =
            vec![(0..=255).collect(), b"From: a@b.c\r\n\r\nhi".to_vec(), b"a\nb\n.\nc".to_vec(), Vec::new()];
        let raw = compose(&Letter { files, ..letter() }, bytes.clone()).unwrap().formatted();
        let text = String::from_utf8(raw.clone()).unwrap();
        assert!(text.is_ascii() && text.lines().all(|line| line.len() < 998), "{text}");
        assert!(!text.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{text}");
        let message = parse(&raw).unwrap();
        assert_eq!(message.text().trim(), "Hello <Jane> & co\nsecond line");
        let found: Vec<_> = message.attachments().collect();
        let names: Vec<&str> = found.iter().map(|file| file.filename.as_deref().unwrap_or_default()).collect();
        assert_eq!(names, ["Rechnung für Ångström.pdf", "x Bcc: all@example.com.eml", "notes.txt", "odd"]);
        for (file, bytes) in found.iter().zip(&bytes) {
            assert_eq!(file.bytes.as_ref(), bytes.as_slice(), "{:?}", file.filename);
        }
    }

    #[test]
    fn what_somebody_said_is_shown_without_harm() {
        for (said, html) in [
            ("a <b & c\r\nd", "a &lt;b &amp; c<br>\nd"),
            (
                "See https://a.example/?x=1&y=\"><script>, or http://b.example.",
                "See <a href=\"https:&#47;&#47;a.example&#47;?x&#61;1&amp;y&#61;&quot;&gt;&lt;script\" rel=\"noopener noreferrer nofollow\">",
            ),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("<p onclick=\"x()\">Hi <b>you</b></p><img src=x onerror=x()>", "<p>Hi <b>you</b></p>"),
        ] {
            let shown = readable(said);
            assert!(shown.starts_with(html), "{said}: {shown}");
            assert!(!shown.contains("<script") && !shown.contains("<img") && !shown.contains("onclick"), "{shown}");
        }
    }

    #[test]
    fn international_names_and_subjects_survive() {
        let letter = Letter {
            to: Recipient::new("jane@example.com", Some("Zoë Ångström, PhD")),
            subject: "Re: 受付できません [DT-1]".to_owned(),
            ..letter()
        };
        let raw = bytes(&letter);
        assert!(raw.is_ascii(), "{raw}");
        assert_eq!(parse(raw.as_bytes()).unwrap().subject.as_deref(), Some("Re: 受付できません [DT-1]"));
    }
}
