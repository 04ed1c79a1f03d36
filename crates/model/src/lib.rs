//! What things are: ids, times, entities, values that parse, events, limits.
//!
//! No I/O and no async lives here. A value of one of these types is already valid: the layers above never
//! check again what a type here promises.

pub mod account;
pub mod attachment;
pub mod audit;
pub mod automation;
pub mod brand;
pub mod category;
pub mod comment;
pub mod company;
pub mod connection;
pub mod customer;
pub mod event;
pub mod field;
pub mod file_key;
pub mod fold;
pub mod free_mail;
pub mod id;
pub mod input;
pub mod json;
pub mod limits;
pub mod mail;
pub mod mailbox;
pub mod member;
pub mod network;
pub mod page;
pub mod portal;
pub mod presence;
pub mod relay;
pub mod rewrite;
pub mod seams;
pub mod session;
pub mod statistics;
pub mod status;
pub mod survey;
pub mod tag;
pub mod template;
pub mod text;
pub mod ticket;
pub mod time;
pub mod watcher;
pub mod webhook;
pub mod words;

pub use id::{
    AccountId, AttachmentId, AutomationId, BrandId, CategoryId, CommentId, CompanyId, ConnectionId, CustomerId,
    DeliveryId, EventId, FeedbackId, FieldId, InviteId, KeyId, MailId, MemberId, Mint, RewriteId, RunId, SessionId,
    StatusId, TagId, TicketId, WatcherId, WebhookId,
};
pub use input::{Errors, FieldError, Input, Patch};
pub use json::JsonText;
pub use seams::{Clock, Entropy};
pub use time::Timestamp;
