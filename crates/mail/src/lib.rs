//! Bytes to messages and back: parse, cut quotes, judge, compose. No I/O but the resolver that [`judge`] is given.

pub mod address;
pub mod bounce;
pub mod compose;
pub mod html;
pub mod judge;
pub mod machine;
mod parse;
mod precheck;
pub mod quotes;
pub mod subject;

pub use address::Mailbox;
pub use parse::{Attachment, Message, Unreadable, parse};
