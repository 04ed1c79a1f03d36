//! What may be done: the rules. Each function receives a transaction, changes rows through `store` and records the
//! events of the change. REST, and later portal, mail and automations, all enter here.

pub mod access;
pub mod accounts;
pub mod activity;
pub mod api_keys;
mod assignment;
pub mod attachments;
pub mod audit;
pub mod automations;
pub mod avatars;
pub mod brands;
pub mod caller;
pub mod categories;
pub mod comments;
pub mod companies;
pub mod connections;
pub mod customers;
pub mod erase;
mod error;
pub mod events;
pub mod fields;
pub mod invites;
pub mod mail_in;
pub mod mailboxes;
pub mod mails;
pub mod members;
pub mod notifications;
pub mod passwords;
mod payload;
pub mod pending;
pub mod portal;
pub mod profile;
mod reindex;
pub mod relays;
pub mod rewrites;
pub mod sessions;
pub mod sign_in;
pub mod statuses;
pub mod surveys;
pub mod tags;
pub mod tickets;
pub mod totp;
pub mod watchers;
pub mod webhooks;

pub use caller::{Caller, OwnSession, Permission, Power, Scope};
pub use error::{Error, Refusal, Result};
