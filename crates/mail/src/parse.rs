//! A message from its bytes. What is decoded borrows from them; attachments are copied only where their encoding makes it necessary.

use std::panic::catch_unwind;

use std::borrow::Cow;

use dispatch_model::Timestamp;
use mail_parser::{Address, HeaderName, HeaderValue, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::{
    address::{Mailbox, mailboxes},
    bounce::{self, Bounce},
    html, machine, precheck,
};

/// Headers of the message itself.
const HEADERS_MAX: usize = 1_000;
/// Messages that one message names as its history.
const REFERENCES_MAX: usize = 100;
/// Characters of a message's id; a longer one is none.
const ID_CHARS_MAX: usize = 500;
/// Bytes of text that are taken from the parts of a message.
const TEXT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Why a message cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There are no headers.
    #[error("it is no message: it has no headers")]
    NoHeaders,
    /// Nobody says that they wrote it.
    #[error("it has no sender")]
    NoSender,
    /// Several say so, and a policy could be asked of one while another is shown.
    #[error("it names several senders")]
    SeveralSenders,
    /// More parts than anybody sends.
    #[error("it has too many parts")]
    TooManyParts,
    /// More headers than anybody sends.
    #[error("it has too many headers")]
    TooManyHeaders,
    /// Its parts contradict each other.
    #[error("its parts cannot be read")]
    Broken,
}

/// A file of a message.
#[derive(Clone, Debug)]
pub struct Attachment<'m> {
    /// What it is called, if it says so.
    pub filename: Option<String>,
    /// What it is, `type/subtype`.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Cow<'m, [u8]>,
    /// By what the HTML of the message refers to it.
    pub content_id: Option<String>,
}

/// A message that was read.
#[derive(Debug)]
pub struct Message<'m> {
    parsed: mail_parser::Message<'m>,
    raw: &'m [u8],
    /// Who wrote it.
    pub from: Mailbox,
    /// To whom.
    pub to: Vec<Mailbox>,
    /// In copy.
    pub cc: Vec<Mailbox>,
    /// Further headers that tell to whom it was delivered.
    pub delivered_to: Vec<Mailbox>,
    /// Its subject.
    pub subject: Option<String>,
    /// When it was written, as it says.
    pub date: Option<Timestamp>,
    /// Its id, without angle brackets.
    pub message_id: Option<String>,
    /// The messages that it answers.
    pub in_reply_to: Vec<String>,
    /// The messages before it, the nearest last.
    pub references: Vec<String>,
    /// The ticket of a message of such a server.
    pub dispatch_ticket: Option<String>,
    /// How it says that a machine wrote it.
    pub machine: Option<&'static str>,
    /// The mail that it says did not arrive.
    pub bounce: Option<Bounce>,
}

/// Reads a message.
///
/// # Errors
/// When it is none, or nobody can be said to have written it.
pub fn parse(raw: &[u8]) -> Result<Message<'_>, Unreadable> {
    precheck::look(raw)?;
    // mail-parser 0.11.9 panics on a delivery report that has a message where it expects a part of its own.
    let parsed = catch_unwind(|| MessageParser::default().parse(raw)).map_err(|_| Unreadable::Broken)?;
    let parsed = parsed.ok_or(Unreadable::NoHeaders)?;
    let headers = parsed.headers();
    if headers.is_empty() {
        return Err(Unreadable::NoHeaders);
    }
    if headers.len() > HEADERS_MAX {
        return Err(Unreadable::TooManyHeaders);
    }
    let all = |name: HeaderName<'static>| -> Vec<Mailbox> {
        let of = parsed.headers().iter().filter(|header| header.name == name);
        mailboxes(of.filter_map(|header| header.value.as_address()))
    };
    let from = all(HeaderName::From);
    let from_headers = parsed.headers().iter().filter(|header| header.name == HeaderName::From).count();
    let from = match from.as_slice() {
        [] => sender_of_null(&parsed).ok_or(Unreadable::NoSender)?,
        [one] if from_headers == 1 => one.clone(),
        [first, rest @ ..] if from_headers == 1 && rest.iter().all(|other| other.domain() == first.domain()) => {
            first.clone()
        }
        _ => return Err(Unreadable::SeveralSenders),
    };
    let text = |name: &'static str| parsed.header_raw(named(name)).map(str::trim);
    let delivered =
        ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "Apparently-To"];
    let delivered_to = delivered.iter().filter_map(|name| Mailbox::new(text(name)?, None)).collect();
    Ok(Message {
        from,
        to: all(HeaderName::To),
        cc: all(HeaderName::Cc),
        delivered_to,
        subject: parsed.subject().map(str::to_owned),
        date: parsed
            .date()
            .filter(|date| date.is_valid())
            .map(|date| Timestamp::from_millis(date.to_timestamp().saturating_mul(1000).clamp(0, MILLIS_MAX))),
        message_id: ids(parsed.header(HeaderName::MessageId)).pop(),
        in_reply_to: ids(parsed.header(HeaderName::InReplyTo)),
        references: ids(parsed.header(HeaderName::References)),
        dispatch_ticket: text("X-Dispatch-Ticket").map(|text| text.chars().take(100).collect()),
        machine: machine::of(&parsed),
        bounce: bounce::of(&parsed),
        parsed,
        raw,
    })
}

/// A header by its name; the parser knows some by a name of their own.
pub(crate) fn named(name: &'static str) -> HeaderName<'static> {
    HeaderName::parse(name).unwrap_or(HeaderName::Other(name.into()))
}

/// The end of the year 9999.
const MILLIS_MAX: i64 = 253_402_300_799_000;

/// A report from a null sender often names none: then `Sender` says who it is.
fn sender_of_null(parsed: &mail_parser::Message<'_>) -> Option<Mailbox> {
    let sender = parsed.header(HeaderName::Sender).and_then(HeaderValue::as_address).and_then(Address::first)?;
    Mailbox::new(sender.address()?, sender.name())
}

/// The ids of a header, without angle brackets, each once, the last ones of very many.
fn ids(value: Option<&HeaderValue<'_>>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let texts: Vec<&str> = match value {
        Some(HeaderValue::Text(text)) => vec![text],
        Some(HeaderValue::TextList(list)) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    for text in texts.iter().flat_map(|text| text.split_whitespace()) {
        let id = text.trim_matches(['<', '>', ',', ';']);
        let is_id = !id.is_empty() && id.chars().count() <= ID_CHARS_MAX && !id.chars().any(char::is_control);
        if is_id && !all.iter().any(|known| known == id) {
            all.push(id.to_owned());
        }
    }
    all.drain(..all.len().saturating_sub(REFERENCES_MAX));
    all
}

impl<'m> Message<'m> {
    /// Its bytes.
    #[must_use]
    pub const fn raw(&self) -> &'m [u8] {
        self.raw
    }

    pub(crate) const fn parsed(&self) -> &mail_parser::Message<'m> {
        &self.parsed
    }

    /// What it says: its text, else its HTML as text; on Unix lines.
    #[must_use]
    pub fn text(&self) -> String {
        let (mut text, mut plain) = (String::new(), true);
        for part in self.parsed.text_body.iter().filter_map(|id| self.parsed.part(*id)) {
            match &part.body {
                PartType::Text(piece) => join(&mut text, piece),
                PartType::Html(piece) => {
                    plain = false;
                    join(&mut text, &html::to_text(piece));
                }
                _ => {}
            }
        }
        if plain && text.trim().is_empty() {
            for part in self.parsed.html_body.iter().filter_map(|id| self.parsed.part(*id)) {
                if let PartType::Html(piece) = &part.body {
                    join(&mut text, &html::to_text(piece));
                }
            }
        }
        text.trim().to_owned()
    }

    /// Its files: attachments, pictures inside of it, and messages that it carries.
    pub fn attachments(&self) -> impl Iterator<Item = Attachment<'_>> {
        let body = |id: &u32| self.parsed.text_body.contains(id) || self.parsed.html_body.contains(id);
        let parts = self.parsed.attachments.iter().filter(move |id| !body(id) || self.is_file(**id));
        parts.filter_map(|id| self.parsed.part(*id)).filter_map(|part| self.attachment(part))
    }

    /// Whether a part of the body is a file all the same: text that is named and attached, a picture.
    fn is_file(&self, id: u32) -> bool {
        self.parsed.part(id).is_some_and(|part| {
            let attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
            attached || matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_))
        })
    }

    fn attachment<'p>(&self, part: &'p MessagePart<'m>) -> Option<Attachment<'p>>
    where
        'm: 'p,
    {
        let bytes: Cow<'p, [u8]> = match &part.body {
            PartType::Text(text) | PartType::Html(text) => text.as_bytes().into(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.as_ref().into(),
            PartType::Message(inner) => inner.raw_message().into(),
            PartType::Multipart(_) => return None,
        };
        let kind = part.content_type().map(|kind| (kind.ctype(), kind.subtype().unwrap_or("octet-stream")));
        let content_type = kind.map_or("application/octet-stream".to_owned(), |(main, sub)| format!("{main}/{sub}"));
        Some(Attachment {
            filename: part.attachment_name().map(str::to_owned).filter(|name| !name.trim().is_empty()),
            content_type: content_type.to_ascii_lowercase(),
            bytes,
            content_id: part.content_id().map(|id| id.trim_matches(['<', '>']).to_owned()),
        })
    }
}

fn join(text: &mut String, piece: &str) {
    if text.len() + piece.len() > TEXT_BYTES_MAX || piece.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.extend(piece.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|letter| *letter != '\0'));
}

#[cfg(test)]
mod tests;
