//! Ids (API 1.3): a prefix and 26 lowercase base-32 characters, ordered by time.
//!
//! On input an id is opaque: any text is accepted and simply not found. Only [`Mint`] makes new ones.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use serde::Serialize;

use crate::{Entropy, Timestamp};

/// Crockford's base 32: digits and letters without `i l o u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Writes 128 bits as 26 base-32 characters behind `prefix_`.
#[must_use]
pub fn encode(prefix: &str, bits: u128) -> String {
    let mut out = String::with_capacity(prefix.len() + 27);
    out.push_str(prefix);
    out.push('_');
    for position in (0..26).rev() {
        let index = (bits >> (position * 5)) & 31;
        out.push(char::from(ALPHABET[usize::try_from(index).unwrap_or(0)]));
    }
    out
}

/// The 128 bits of an id with this prefix, or `None` for anything else.
#[must_use]
pub fn decode(prefix: &str, id: &str) -> Option<u128> {
    let digits = id.strip_prefix(prefix)?.strip_prefix('_')?;
    if digits.len() != 26 {
        return None;
    }
    digits.bytes().try_fold(0_u128, |bits, byte| {
        let index = ALPHABET.iter().position(|letter| *letter == byte)?;
        bits.checked_mul(32)?.checked_add(u128::try_from(index).ok()?)
    })
}

/// A kind of id: what [`Mint`] needs to make one.
pub trait IdKind: From<String> {
    /// The text before the underscore.
    const PREFIX: &'static str;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl IdKind for $name {
            const PREFIX: &'static str = $prefix;
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::input::schema::id($prefix)
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )*};
}

ids! {
    /// The id of an account.
    AccountId = "acc";
    /// The id of an API key (not the key itself).
    KeyId = "key";
    /// The id of a member of the account.
    MemberId = "usr";
    /// The id of a brand.
    BrandId = "br";
    /// The id of a ticket.
    TicketId = "tkt";
    /// The id of a comment.
    CommentId = "cmt";
    /// The id of a customer.
    CustomerId = "cus";
    /// The id of a company.
    CompanyId = "co";
    /// The id of a status.
    StatusId = "sts";
    /// The id of a category.
    CategoryId = "cat";
    /// The id of a tag.
    TagId = "tag";
    /// The id of an attachment.
    AttachmentId = "att";
    /// The id of an automation.
    AutomationId = "aut";
    /// The id of a run of an automation.
    RunId = "run";
    /// The id of somebody who watches a ticket.
    WatcherId = "wat";
    /// The id of a custom-field definition.
    FieldId = "fld";
    /// The id of a webhook.
    WebhookId = "wh";
    /// The id of a delivery to a webhook.
    DeliveryId = "whd";
    /// The id of an event.
    EventId = "evt";
    /// The id of a mail.
    MailId = "ml";
    /// The id of a survey, and of the feedback that it brings.
    FeedbackId = "fb";
    /// The id of a connection.
    ConnectionId = "con";
    /// The id of an invitation.
    InviteId = "inv";
    /// The id of a session; it is never shown.
    SessionId = "ses";
    /// The id of a rewriting in the background; it is never shown.
    RewriteId = "rw";
    /// The id of a request.
    RequestId = "req";
}

/// Counts the acts of this process.
static ORDER: AtomicU64 = AtomicU64::new(0);

/// Makes the ids of one operation.
///
/// An operation may run again after a serialization failure, and must then come to the same ids: a clone starts
/// from the beginning. The 80 bits behind the time are chosen once, then count up, so that the ids of one
/// operation are ordered as they were made.
#[derive(Debug)]
pub struct Mint {
    now: Timestamp,
    base: u128,
    count: AtomicU64,
    branches: AtomicU64,
}

/// The random bits at the end of an id; the bit above them tells a branch from its stem.
const RANDOM_BITS: u32 = 55;

impl Clone for Mint {
    fn clone(&self) -> Self {
        Self { now: self.now, base: self.base, count: AtomicU64::new(0), branches: AtomicU64::new(0) }
    }
}

impl Mint {
    /// A mint for an operation that happens at `now`.
    #[must_use]
    pub fn new(now: Timestamp, entropy: &Entropy) -> Self {
        let mut random = [0_u8; 16];
        random[9..].copy_from_slice(&entropy.bytes::<7>());
        // Behind the time comes the order within this process, so that two acts of one millisecond keep theirs; then
        // 56 random bits, the top one free, so that counting up never carries.
        let order = u128::from(ORDER.fetch_add(1, Ordering::Relaxed)) & ((1 << 24) - 1);
        // The bit above the random ones stands for this mint itself: what its branches do comes before it.
        let random = u128::from_be_bytes(random) & ((1 << RANDOM_BITS) - 1);
        let base = (order << 56) | (1 << RANDOM_BITS) | random;
        Self { now, base, count: AtomicU64::new(0), branches: AtomicU64::new(0) }
    }

    /// A mint for what is done beside the operation, whose ids are others; those of each branch differ.
    #[must_use]
    pub fn branch(&self) -> Self {
        let nth = u128::from(self.branches.fetch_add(1, Ordering::Relaxed));
        let random = (1 << RANDOM_BITS) - 1;
        // Room for four thousand million ids in each.
        let moved = ((self.base & random) + (nth << 32)) & random;
        let base = (self.base & !random) ^ (1 << RANDOM_BITS) | moved;
        Self { now: self.now, base, count: AtomicU64::new(0), branches: AtomicU64::new(0) }
    }

    /// The next id of the kind that the caller expects.
    #[must_use]
    pub fn id<I: IdKind>(&self) -> I {
        I::from(encode(I::PREFIX, self.bits()))
    }

    fn bits(&self) -> u128 {
        let next = u128::from(self.count.fetch_add(1, Ordering::Relaxed));
        (time_bits(self.now) << 80) | (self.base + next)
    }
}

fn time_bits(at: Timestamp) -> u128 {
    u128::try_from(at.as_millis()).unwrap_or(0) & ((1 << 48) - 1)
}

/// The id of an event: time, 40 random bits, and the event's place in its log, so that an id alone leads to the row
/// without an index of its own.
#[must_use]
pub fn event_id(at: Timestamp, random: u64, sequence: i64) -> String {
    let random = u128::from(random) & ((1 << 40) - 1);
    let sequence = u128::try_from(sequence).unwrap_or(0) & ((1 << 40) - 1);
    encode("evt", (time_bits(at) << 80) | (random << 40) | sequence)
}

/// The first id that something of this moment could have: all that are older come before it.
#[must_use]
pub fn first_id_at(prefix: &str, at: Timestamp) -> String {
    encode(prefix, time_bits(at) << 80)
}

/// The sequence inside an event id. The caller compares the whole id with the row it finds there.
#[must_use]
pub fn event_sequence(id: &str) -> Option<i64> {
    decode("evt", id).and_then(|bits| i64::try_from(bits & ((1 << 40) - 1)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_ordered_as_they_were_made_and_a_clone_repeats_them() {
        let mint = Mint::new(Timestamp::from_millis(1_767_323_045_000), &Entropy::seeded(1));
        let ids: Vec<TicketId> = (0..100).map(|_| mint.id()).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids[0].as_str().len(), 30);
        assert_eq!(mint.clone().id::<TicketId>(), ids[0]);
        let branches: Vec<TicketId> = [mint.branch(), mint.branch()].iter().map(Mint::id).collect();
        assert!(branches[0] != branches[1] && !branches.iter().any(|id| ids.contains(id)), "each branch has its own");
        let later = Mint::new(Timestamp::from_millis(1_767_323_045_000), &Entropy::seeded(0));
        assert!(later.id::<TicketId>() > ids[99], "an act of the same millisecond comes behind");
    }

    #[test]
    fn an_event_id_leads_to_its_sequence() {
        let id = event_id(Timestamp::from_millis(1_767_323_045_000), u64::MAX, 1_234_567);
        assert_eq!(event_sequence(&id), Some(1_234_567));
        assert_eq!(event_sequence("evt_nonsense"), None);
        assert_eq!(event_sequence("evt_zzzzzzzzzzzzzzzzzzzzzzzzzz"), None, "130 bits do not fit");
    }
}
