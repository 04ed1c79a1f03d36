//! What becomes of a message: the table of API 20.2, in its order. Nothing is written here.

use dispatch_model::{
    Timestamp,
    brand::Brand,
    customer::Customer,
    limits::{MAIL_MERGES_MAX, MAIL_PER_HOUR_MAX, REPLY_TOKEN_MS},
    mail::AuthVerdict,
    member::{Member, MemberView},
};
use dispatch_store::{
    self as store, Tx,
    tickets::{Assignee, StoredTicket},
};

use super::letter::{Incoming, Letter};
use crate::Result;

/// The hour of [`MAIL_PER_HOUR_MAX`].
const HOUR_MS: i64 = 60 * 60 * 1000;

/// What becomes of a message.
#[derive(Clone, Debug)]
pub enum Decision {
    /// The brand had it already.
    Duplicate,
    /// It is kept for an admin.
    Quarantined(String),
    /// Nothing comes of it.
    Ignored(String),
    /// It joins the spam of a blocked customer: a ticket of theirs, or a new one.
    Blocked(Option<Box<StoredTicket>>),
    /// It becomes a comment on a ticket.
    Appended(Box<StoredTicket>, Writer),
    /// It becomes a ticket.
    Created,
}

/// Who writes a comment by mail.
#[derive(Clone, Debug)]
pub enum Writer {
    /// The customer, or somebody who takes part.
    Participant,
    /// Somebody who only knows the address to answer to.
    Unverified,
    /// A member who has shown the token of a mail to them.
    Member(Box<MemberView>),
}

impl Decision {
    /// Whether anything comes of it that its files belong to.
    #[must_use]
    pub const fn keeps_files(&self) -> bool {
        matches!(self, Self::Blocked(_) | Self::Appended(..) | Self::Created)
    }
}

/// What the token in an address has led to.
enum Token {
    /// A ticket, and the member that the mail went to.
    Ticket(Box<StoredTicket>, Option<String>, String),
    /// There is none, it is forged, too old, or of a ticket that is no longer there.
    Nothing,
}

/// Decides about a message.
///
/// # Errors
/// When the database cannot answer.
pub async fn decide(tx: &Tx, brand: &Brand, mail: &Incoming) -> Result<Decision> {
    let message_id = mail.letter.as_ref().ok().and_then(|letter| letter.message_id.as_deref());
    if store::mails::thread::was_taken(tx, &brand.id, &mail.id, message_id, &mail.digest).await? {
        return Ok(Decision::Duplicate);
    }
    let letter = match &mail.letter {
        Ok(letter) => letter,
        Err(why) => return Ok(Decision::Quarantined(format!("unparseable: {why}"))),
    };
    if letter.is_refused {
        return Ok(Decision::Quarantined("DMARC fails under the policy of its domain".to_owned()));
    }
    let token = token(tx, brand, letter, mail.received_at).await?;
    let named = store::mails::thread::tickets_of_messages(tx, &brand.id, &letter.references).await?;
    let member = store::members::by_email(tx, &brand.account_id, &brand.id, &letter.from.address).await?;
    let member = member.filter(Member::can_be_assigned);
    let writer = match (&member, &token) {
        (Some(member), Token::Ticket(ticket, whose, address)) => {
            match proof(letter, member, ticket, whose.as_ref(), address) {
                Some(Proof::Member) => match store::members::get(tx, &brand.account_id, member.id.as_str()).await? {
                    Some(view) => Some(Writer::Member(Box::new(view))),
                    None => return Ok(unproven()),
                },
                Some(Proof::Customer) => Some(Writer::Participant),
                None => return Ok(unproven()),
            }
        }
        (Some(_), Token::Nothing) if !named.is_empty() || refers(letter) => return Ok(unproven()),
        _ => None,
    };
    if is_flood(tx, brand, mail, letter).await? {
        let reason = format!("more than {MAIL_PER_HOUR_MAX} messages within an hour from this sender");
        return Ok(Decision::Quarantined(reason));
    }
    if let Some(why) = &letter.machine {
        return Ok(Decision::Ignored(why.clone()));
    }
    let sender = store::customers::by_email(tx, &brand.id, &letter.from.address).await?;
    let found = match token {
        Token::Ticket(ticket, _, to) => {
            let writer = match writer {
                Some(writer) => writer,
                None if to == letter.from.address => Writer::Participant,
                None if takes_part(tx, &ticket, letter, sender.as_ref()).await? => Writer::Participant,
                None => Writer::Unverified,
            };
            Some((ticket, writer))
        }
        Token::Nothing => by_reference(tx, brand, letter, sender.as_ref(), &named).await?,
    };
    if sender.is_some_and(|sender| sender.is_blocked) {
        let spam = found.map(|(ticket, _)| ticket).filter(|ticket| ticket.is_spam);
        return Ok(Decision::Blocked(spam));
    }
    Ok(found.map_or(Decision::Created, |(ticket, writer)| Decision::Appended(ticket, writer)))
}

fn unproven() -> Decision {
    Decision::Quarantined("it claims to come from a member, and does not prove it".to_owned())
}

/// Whether it came to an address with a token, good or not.
fn refers(letter: &Letter) -> bool {
    !letter.tokens.is_empty()
}

enum Proof {
    Member,
    Customer,
}

/// What a member's message proves by its token: that of a mail that went to that member, at that address. One who is the customer
/// of the ticket answers as that with the token that they got as that.
fn proof(
    letter: &Letter,
    member: &Member,
    ticket: &StoredTicket,
    whose: Option<&String>,
    address: &str,
) -> Option<Proof> {
    if letter.auth.dmarc == AuthVerdict::Fail || !address.eq_ignore_ascii_case(&letter.from.address) {
        return None;
    }
    match whose {
        Some(id) if *id == member.id.0 => Some(Proof::Member),
        Some(_) => None,
        None => is_customer(ticket, letter).then_some(Proof::Customer),
    }
}

fn is_customer(ticket: &StoredTicket, letter: &Letter) -> bool {
    let customer = ticket.customer.as_ref().filter(|customer| customer.deleted_at.is_none());
    customer.is_some_and(|customer| customer.email == letter.from.address)
}

/// What the first good token leads to.
async fn token(tx: &Tx, brand: &Brand, letter: &Letter, now: Timestamp) -> Result<Token> {
    for hash in &letter.tokens {
        let Some(mail) = store::mails::thread::by_reply_hash(tx, &brand.id, hash).await? else { continue };
        if mail.created_at.plus_ms(REPLY_TOKEN_MS) <= now {
            continue;
        }
        let Some(id) = &mail.ticket_id else { continue };
        // A token dies with its ticket: also when that was merged into one that lives.
        let Some(own) = store::tickets::get(tx, &brand.id, id.as_str()).await? else { continue };
        let to_customer = own.customer.as_ref().filter(|customer| customer.email == mail.to_address);
        let is_blocked = to_customer.is_some_and(|customer| customer.is_blocked);
        if is_blocked && mail.to_address != letter.from.address {
            continue;
        }
        if let Some(ticket) = target(tx, brand, own).await? {
            return Ok(Token::Ticket(ticket, mail.member_id, mail.to_address));
        }
    }
    Ok(Token::Nothing)
}

/// The ticket that a ticket was merged into, if that is there.
async fn target(tx: &Tx, brand: &Brand, ticket: StoredTicket) -> Result<Option<Box<StoredTicket>>> {
    let mut ticket = ticket;
    for _ in 0..MAIL_MERGES_MAX {
        let Some(next) = &ticket.merged_into_id else { return Ok(Some(Box::new(ticket))) };
        match store::tickets::get(tx, &brand.id, next.as_str()).await? {
            Some(next) => ticket = next,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// The first ticket whose messages it names and in which its sender takes part.
async fn by_reference(
    tx: &Tx,
    brand: &Brand,
    letter: &Letter,
    sender: Option<&Customer>,
    named: &[dispatch_model::TicketId],
) -> Result<Option<(Box<StoredTicket>, Writer)>> {
    for id in named {
        let Some(own) = store::tickets::get(tx, &brand.id, id.as_str()).await? else { continue };
        if takes_part(tx, &own, letter, sender).await? {
            return Ok(target(tx, brand, own).await?.map(|ticket| (ticket, Writer::Participant)));
        }
    }
    Ok(None)
}

/// Whether the sender is the customer of a ticket, in copy, a watcher, the assignee, or one of the team who has written.
async fn takes_part(tx: &Tx, ticket: &StoredTicket, letter: &Letter, sender: Option<&Customer>) -> Result<bool> {
    let is_customer = sender.is_some_and(|sender| ticket.customer.as_ref().is_some_and(|own| own.id == sender.id));
    let assignee = ticket.assignee.as_ref().map(Assignee::email);
    if is_customer || assignee == Some(letter.from.address.as_str()) {
        return Ok(true);
    }
    let (brand, id, address) = (&ticket.brand_id, &ticket.id, &letter.from.address);
    let of_company: Vec<String> = serde_json::from_str(ticket.cc.as_str()).unwrap_or_default();
    if of_company.iter().any(|cc| cc.eq_ignore_ascii_case(address)) {
        return Ok(true);
    }
    Ok(store::mails::participants::takes_part(tx, brand, id, address).await?)
}

async fn is_flood(tx: &Tx, brand: &Brand, mail: &Incoming, letter: &Letter) -> Result<bool> {
    let (since, address) = (mail.received_at.plus_ms(-HOUR_MS), &letter.from.address);
    let came = store::mails::thread::from_sender(tx, &brand.id, &mail.id, address, since, MAIL_PER_HOUR_MAX).await?;
    Ok(came >= MAIL_PER_HOUR_MAX)
}
