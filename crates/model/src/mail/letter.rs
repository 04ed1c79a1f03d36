//! A mail as it is worded, before it becomes bytes.

use super::Recipient;
use crate::Timestamp;

/// Whether a machine wrote a mail of its own accord (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// A person wrote what it says, or asked for it.
    No,
    /// It tells of something.
    Generated,
    /// It answers a message.
    Replied,
}

/// A piece of a mail's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Our own words, as they are.
    Text(String),
    /// Words of somebody who may have written text, Markdown or HTML.
    Said(String),
    /// A link on a line of its own: what it says, and where it leads.
    Link(String, String),
    /// Small print.
    Small(String),
}

/// A mail to one person, as it is worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who it comes from: a name and an address.
    pub from: Recipient,
    /// Who gets it.
    pub to: Recipient,
    /// Where answers go, unless they go to whom it comes from.
    pub reply_to: Option<String>,
    /// Its own Message-ID, without angle brackets.
    pub message_id: String,
    /// The messages of its thread, oldest first; the last is the one that it answers.
    pub thread: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// The number of its ticket.
    pub ticket_number: Option<String>,
    /// Whether a machine wrote it.
    pub automatic: Automatic,
    /// What it says.
    pub parts: Vec<Part>,
    /// The files that it carries.
    pub files: Vec<LetterFile>,
    /// Its date.
    pub at: Timestamp,
}

/// A file that a mail carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterFile {
    /// Where its bytes lie.
    pub key: String,
    /// What it is called.
    pub filename: String,
    /// What it is, `type/subtype`.
    pub content_type: String,
    /// Its bytes.
    pub size: i64,
}
