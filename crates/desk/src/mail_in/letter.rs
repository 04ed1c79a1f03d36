//! A message as it was read, before anything is decided: plain values, made outside of any transaction.

use dispatch_model::{AttachmentId, MailId, Timestamp, mail::MailAuth};

/// Somebody's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The address, in lower case.
    pub address: String,
    /// The name.
    pub name: Option<String>,
}

/// A report that a mail did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The id of that mail, without angle brackets.
    pub message_id: String,
    /// Whom it did not reach.
    pub recipient: Option<String>,
}

/// A file of a message, whose bytes lie in the file store already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The id that it gets.
    pub id: AttachmentId,
    /// What it is called.
    pub filename: String,
    /// What it is.
    pub content_type: String,
    /// Its bytes.
    pub size: i64,
    /// Their SHA-256 in hexadecimal.
    pub checksum: String,
    /// Where they lie.
    pub key: String,
}

/// A message that could be read.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who wrote it.
    pub from: Person,
    /// To whom.
    pub to: Vec<String>,
    /// In copy.
    pub cc: Vec<Person>,
    /// The address that it was delivered to.
    pub original_recipient: Option<String>,
    /// Its subject as it was.
    pub subject: Option<String>,
    /// Its subject without marks of replies.
    pub title: String,
    /// What it says, without what it repeats.
    pub text: String,
    /// What it says with all that was cut; nothing when nothing was.
    pub full_text: Option<String>,
    /// When it was written, as it says.
    pub date: Option<Timestamp>,
    /// Its id, without angle brackets.
    pub message_id: Option<String>,
    /// The message that it answers.
    pub in_reply_to: Option<String>,
    /// All messages that it names, without angle brackets.
    pub references: Vec<String>,
    /// Why it is to be ignored, if a machine wrote it or it is one of ours.
    pub machine: Option<String>,
    /// The mail that it says did not arrive.
    pub returned: Option<Returned>,
    /// Whether it comes from where it says.
    pub auth: MailAuth,
    /// Whether it fails DMARC and its domain asks to refuse it, where that counts.
    pub is_refused: bool,
    /// The hashes of the tokens in the addresses that it was sent to.
    pub tokens: Vec<String>,
    /// The domain of our own addresses: nobody takes part with one of them.
    pub own_domain: String,
    /// Its files that are kept.
    pub files: Vec<NewFile>,
    /// The names of those that are not.
    pub skipped: Vec<String>,
}

/// A message to decide about.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Its id in the ledger.
    pub id: MailId,
    /// The SHA-256 of its bytes.
    pub digest: String,
    /// When it came.
    pub received_at: Timestamp,
    /// What it says, or why it cannot be read.
    pub letter: Result<Letter, String>,
}
