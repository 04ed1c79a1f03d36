//! The one guarded way out to the network, for what others have told the server to call: webhooks and
//! connections. The guard looks at the address of a target before every call and again when its name has been resolved; no
//! redirect and no proxy leads round it. What is said and when it is said again is the caller's business, with the
//! signatures and schedules that lie here.

pub mod connection;
mod guard;
mod resolve;
mod retry;
mod send;
mod sign;
mod socket;
mod tally;
pub mod webhook;

pub use guard::{Refused, is_public};
pub use resolve::{Resolver, Resolving, SystemResolver};
pub use retry::{Schedule, retry_after};
pub use send::{Method, Outbound, Outcome, Request, Unfit};
pub use sign::{plain_signature, standard_signature};
pub use socket::first_of;
pub use tally::Tally;
