//! How things are kept: all SQL, both databases, transactions, migrations, the event log.
//!
//! Only `conn/` and `dialect.rs` name a database driver. Every function on tenant data takes its `BrandId`; there is
//! no unscoped find. The edges open transactions; the functions here only receive them.

pub mod account_log;
pub mod accounts;
pub mod api_keys;
pub mod attachments;
pub mod automations;
pub mod avatars;
pub mod brands;
pub mod carry;
pub mod categories;
pub mod comments;
pub mod companies;
pub mod conn;
pub mod connections;
pub mod consumers;
pub mod counts;
pub mod customers;
pub mod deliveries;
mod dialect;
pub mod erase;
mod error;
pub mod fields;
pub mod idempotency;
pub mod inbound_tokens;
pub mod inspect;
pub mod invites;
pub mod log;
pub mod mail_tokens;
pub mod mailboxes;
pub mod mails;
pub mod members;
mod pack;
pub mod portal;
pub mod purge;
pub mod relays;
pub mod removals;
pub mod rewrites;
pub mod search;
mod select;
pub mod sessions;
pub mod signals;
pub mod sql;
pub mod stats;
pub mod statuses;
pub mod surveys;
pub mod tags;
pub mod tickets;
pub mod totp;
mod tx;
mod value;
pub mod watchers;
pub mod webhooks;
pub mod wipe;

pub use conn::{Db, Lane, Options, SCHEMA_VERSION};
pub use dialect::Dialect;
// For measurements of the raw engine.
#[doc(hidden)]
pub use dialect::{SQLITE_OPEN, SQLITE_READER, SQLITE_WRITER};
pub use error::{Error, Failure, Result};
pub use select::Select;
pub use signals::{Committed, Follower, Following, Signals};
pub use tx::{Counter, Tx};
pub use value::{Bind, Columns, FromColumn, Value};

/// Every statement of this crate, for the tests and for preparing on connect.
#[must_use]
pub fn statements() -> Vec<&'static sql::Sql> {
    [
        account_log::ALL,
        accounts::ALL,
        api_keys::ALL,
        attachments::ALL,
        automations::ALL,
        automations::calls::ALL,
        automations::runs::ALL,
        avatars::ALL,
        brands::ALL,
        carry::ALL,
        categories::ALL,
        companies::ALL,
        comments::ALL,
        connections::ALL,
        consumers::ALL,
        counts::ALL,
        customers::ALL,
        fields::ALL,
        customers::LIST,
        customers::STEPS,
        deliveries::ALL,
        deliveries::claim::ALL,
        erase::ALL,
        idempotency::ALL,
        inbound_tokens::ALL,
        inspect::ALL,
        inspect::RECOUNTS,
        invites::ALL,
        log::ALL,
        mail_tokens::ALL,
        mailboxes::ALL,
        mails::ALL,
        mails::erase::ALL,
        mails::incoming::ALL,
        mails::ledger::ALL,
        mails::participants::ALL,
        mails::raw::ALL,
        mails::sending::ALL,
        mails::thread::ALL,
        members::ALL,
        portal::ALL,
        purge::ALL,
        removals::ALL,
        relays::ALL,
        rewrites::ALL,
        search::anew::ALL,
        search::postgres::ALL,
        search::reindex::ALL,
        search::sqlite::ALL,
        stats::ALL,
        sessions::ALL,
        statuses::ALL,
        surveys::ALL,
        tags::ALL,
        tickets::ALL,
        tickets::GROUPS,
        tickets::WRITES,
        totp::ALL,
        tx::ALL,
        watchers::ALL,
        webhooks::ALL,
        webhooks::postgres::ALL,
        wipe::ALL,
        wipe::sqlite::ALL,
    ]
    .concat()
}
