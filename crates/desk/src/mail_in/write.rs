//! What a decision does: a ticket, a comment, those who take part, and the row of the ledger, in one transaction.

use dispatch_model::{
    BrandId, CommentId, CustomerId, Errors, Input, JsonText, MailId, MemberId, TicketId,
    attachment::{Attachment, AttachmentStatus},
    brand::Brand,
    comment::NewComment,
    customer::PersonName,
    event::{Act, Actor},
    input::Parse as _,
    limits::{ATTACHMENTS_MAX, MAIL_ADDRESSES_MAX, MAIL_FULL_TEXT_BYTES_MAX, TEXT_BYTES_MAX},
    mail::{MailRecord, MailState, Recipient},
    text::Email,
    ticket::NewTicket,
};
use dispatch_store::{
    self as store, Tx,
    attachments::StoredAttachment,
    mails::incoming::{Heading, Outcome},
    tickets::StoredTicket,
};
use serde_json::{Map, Value, json};

use super::{
    decide::{Decision, Writer, decide},
    letter::{Incoming, Letter, NewFile},
};
use crate::{
    Result, attachments, brands, comments, customers,
    error::{Found, conflict},
    payload, tickets,
};

/// What a message without a subject is called.
const NO_SUBJECT: &str = "(no subject)";
/// What a comment says that has only files.
const NO_TEXT: &str = "(no text)";
/// Code points of a title (API 1.10).
const TITLE_CHARS_MAX: usize = 500;

/// What an admin wants to become of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// It has just come, and is still waiting.
    Arrived,
    /// What the rules say now.
    Auto,
    /// A new ticket.
    Create,
    /// A comment on this ticket.
    Append(String),
}

/// Whether something may still become of a message: nothing else is done then.
pub(super) fn is_open(state: MailState, order: &Order) -> bool {
    match order {
        Order::Arrived => state == MailState::Received,
        _ => !matches!(state, MailState::Created | MailState::Appended),
    }
}

/// Decides about a message and does it. A message that somebody else has settled meanwhile stays as it is. In the brand's lane.
///
/// # Errors
/// When there is no such message, or an order cannot be followed.
pub async fn settle(tx: &Tx, act: &Act, brand_id: &BrandId, mail: &Incoming, order: &Order) -> Result<MailRecord> {
    let brand = brands::get(tx, brand_id).await?;
    let (state, _) = store::mails::incoming::state(tx, brand_id, &mail.id).await?.found()?;
    if !is_open(state, order) {
        if *order == Order::Arrived {
            return store::mails::ledger::get(tx, brand_id, mail.id.as_str()).await?.found();
        }
        return Err(conflict(format!("The message is {} already.", state.as_str())));
    }
    let decision = match order {
        Order::Arrived | Order::Auto => decide(tx, &brand, mail).await?,
        Order::Create => Decision::Created,
        Order::Append(ticket) => {
            let id = store::tickets::id_of(tx, brand_id, ticket).await?.found()?;
            let ticket = store::tickets::get(tx, brand_id, id.as_str()).await?.found()?;
            Decision::Appended(Box::new(ticket), Writer::Unverified)
        }
    };
    let letter = match &mail.letter {
        Ok(letter) => Some(letter),
        Err(why) if matches!(order, Order::Create | Order::Append(_)) => {
            return Err(conflict(format!("The message cannot be read: {why}.")));
        }
        Err(_) => None,
    };
    let heading = letter.map(heading).unwrap_or_default();
    let outcome = carry_out(tx, act, &brand, mail, letter, &decision).await?;
    store::mails::incoming::settle(tx, brand_id, &mail.id, &heading, &outcome, act.at).await?;
    let record = store::mails::ledger::get(tx, brand_id, mail.id.as_str()).await?.found()?;
    if outcome.state == MailState::Quarantined && state != MailState::Quarantined {
        let event = payload::object("mail.quarantined", record.id.as_str(), "mail", &record, None);
        tx.record(&act.of_the_system(), brand_id, event);
    }
    Ok(record)
}

/// Keeps a message for an admin of which nothing can be made, for this reason.
///
/// # Errors
/// When there is no such message.
pub async fn give_up(tx: &Tx, act: &Act, brand: &BrandId, id: &MailId, why: &str) -> Result<MailRecord> {
    let mail = Incoming { id: id.clone(), digest: String::new(), received_at: act.at, letter: Err(why.to_owned()) };
    settle(tx, act, brand, &mail, &Order::Arrived).await
}

async fn carry_out(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    mail: &Incoming,
    letter: Option<&Letter>,
    decision: &Decision,
) -> Result<Outcome> {
    let plain = |state: MailState, reason: Option<&str>| Outcome {
        state,
        reason: reason.map(str::to_owned),
        ticket: None,
        comment: None,
        member: None,
    };
    let belongs = |state, (ticket, comment): (TicketId, Option<CommentId>)| Outcome {
        ticket: Some(ticket),
        comment,
        ..plain(state, None)
    };
    match (decision, letter) {
        (Decision::Duplicate, _) => Ok(plain(MailState::Duplicate, None)),
        (Decision::Quarantined(reason), _) => Ok(plain(MailState::Quarantined, Some(reason))),
        (Decision::Ignored(reason), letter) => {
            if let Some(returned) = letter.and_then(|letter| letter.returned.as_ref()) {
                let recipient = returned.recipient.as_deref();
                let why = "a report said that it did not arrive";
                store::mails::thread::bounce(tx, &brand.id, &returned.message_id, recipient, why).await?;
            }
            Ok(plain(MailState::AutoReplyIgnored, Some(reason)))
        }
        (_, None) => Err(conflict(format!("The message {} cannot be read.", mail.id))),
        (Decision::Blocked(None), Some(letter)) => {
            Ok(belongs(MailState::Blocked, (new_ticket(tx, act, brand, letter, true).await?, None)))
        }
        (Decision::Blocked(Some(ticket)), Some(letter)) => {
            let made = append(tx, act, brand, ticket, letter, &Writer::Participant).await?;
            Ok(belongs(MailState::Blocked, made))
        }
        (Decision::Created, Some(letter)) => {
            Ok(belongs(MailState::Created, (new_ticket(tx, act, brand, letter, false).await?, None)))
        }
        (Decision::Appended(ticket, writer), Some(letter)) => {
            let made = append(tx, act, brand, ticket, letter, writer).await?;
            let member = match writer {
                Writer::Member(member) => Some(MemberId::from(member.id.as_str())),
                _ => None,
            };
            Ok(Outcome { member, ..belongs(MailState::Appended, made) })
        }
    }
}

async fn new_ticket(tx: &Tx, act: &Act, brand: &Brand, letter: &Letter, is_spam: bool) -> Result<TicketId> {
    let customer = sender(tx, act, brand, letter).await?;
    let actor = Actor::customer(customer.as_ref(), letter.from.name.as_deref(), &letter.from.address);
    let own = act.of(actor);
    let files = keep_files(tx, act, brand, &letter.files).await?;
    let title: String = letter.title.chars().take(TITLE_CHARS_MAX).collect();
    let mut new = fields(letter, &files);
    new.insert("title".to_owned(), if title.trim().is_empty() { NO_SUBJECT.into() } else { title.into() });
    if !letter.text.is_empty() {
        new.insert("body".to_owned(), shortened(&letter.text).into());
    }
    if let Some(customer) = &customer {
        new.insert("customerId".to_owned(), customer.0.clone().into());
    }
    let new = read::<NewTicket>(new)?;
    let ticket = tickets::create_marked(tx, &own, &brand.id, &new, is_spam).await?;
    if !is_spam {
        take_part(tx, act, brand, &ticket.id, letter).await?;
    }
    Ok(ticket.id)
}

async fn append(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    ticket: &StoredTicket,
    letter: &Letter,
    writer: &Writer,
) -> Result<(TicketId, Option<CommentId>)> {
    let room = store::attachments::count(tx, &brand.id, &ticket.id).await?;
    let room = ATTACHMENTS_MAX.saturating_sub(usize::try_from(room).unwrap_or(ATTACHMENTS_MAX));
    let (fitting, rest) = letter.files.split_at(room.min(letter.files.len()));
    let mut letter = letter.clone();
    letter.skipped.extend(rest.iter().map(|file| file.filename.clone()));
    letter.files = fitting.to_vec();
    let (kind, actor) = match writer {
        Writer::Member(member) => ("STAFF", Actor::member(member)),
        Writer::Participant => {
            let customer = sender(tx, act, brand, &letter).await?;
            ("CUSTOMER", Actor::customer(customer.as_ref(), letter.from.name.as_deref(), &letter.from.address))
        }
        Writer::Unverified => ("CUSTOMER", Actor::customer(None, letter.from.name.as_deref(), &letter.from.address)),
    };
    let own = act.of(actor);
    let files = keep_files(tx, act, brand, &letter.files).await?;
    let mut new = fields(&letter, &files);
    let text = if letter.text.is_empty() { NO_TEXT } else { shortened(&letter.text) };
    new.insert("body".to_owned(), text.into());
    new.insert("authorType".to_owned(), kind.into());
    new.insert("authorEmail".to_owned(), letter.from.address.clone().into());
    if let Some(name) = &letter.from.name {
        new.insert("authorName".to_owned(), name.clone().into());
    }
    if matches!(writer, Writer::Unverified) {
        metadata(&mut new).insert("unverifiedSender".to_owned(), true.into());
    }
    let new = read::<NewComment>(new)?;
    let comment = comments::create(tx, &own, &brand.id, ticket.id.as_str(), &new).await?;
    if !matches!(writer, Writer::Unverified) && !ticket.is_spam {
        take_part(tx, act, brand, &ticket.id, &letter).await?;
    }
    Ok((ticket.id.clone(), Some(comment.id)))
}

/// The sender as a customer, known or new.
async fn sender(tx: &Tx, act: &Act, brand: &Brand, letter: &Letter) -> Result<Option<CustomerId>> {
    let Ok(email) = Email::new(&letter.from.address) else { return Ok(None) };
    let name = letter.from.name.clone().and_then(|name| PersonName::parse(name.into(), "name", &mut Errors::default()));
    let known = store::customers::by_email(tx, &brand.id, &email).await?;
    let actor = Actor::customer(known.as_ref().map(|known| &known.id), letter.from.name.as_deref(), &email);
    let own = act.of(actor);
    let customer = customers::link(tx, &own, &brand.id, known, &email, name.as_ref()).await?;
    Ok(Some(customer.id.clone()))
}

/// Lets those in copy take part: not the brand's own addresses, and not who wrote it.
async fn take_part(tx: &Tx, act: &Act, brand: &Brand, ticket: &TicketId, letter: &Letter) -> Result<()> {
    let own_domain = format!("@{}", letter.own_domain);
    let others = letter.cc.iter().filter(|cc| !cc.address.ends_with(&own_domain) && cc.address != letter.from.address);
    let new: Vec<Recipient> = others.map(|cc| Recipient::new(&cc.address, cc.name.as_deref())).collect();
    Ok(store::mails::participants::add(tx, &brand.id, ticket, &new, act.at).await?)
}

/// Files that nothing uses yet: their ticket or comment names them at once.
async fn keep_files(tx: &Tx, act: &Act, brand: &Brand, files: &[NewFile]) -> Result<Vec<Value>> {
    let mut ids = Vec::with_capacity(files.len());
    for file in files {
        let waiting = Attachment {
            id: file.id.clone(),
            ticket_id: None,
            comment_id: None,
            filename: file.filename.clone(),
            content_type: file.content_type.clone(),
            size: Some(file.size),
            checksum: Some(file.checksum.clone()),
            status: AttachmentStatus::Pending,
            uploaded_by: None,
            metadata: JsonText::empty_object(),
            created_at: act.at,
            updated_at: act.at,
        };
        store::attachments::insert(tx, &brand.id, &waiting).await?;
        let old = StoredAttachment { shown: waiting, object_key: None };
        let mut new = StoredAttachment { object_key: Some(file.key.clone()), ..old.clone() };
        new.shown.status = AttachmentStatus::Uploaded;
        store::attachments::update(tx, &brand.id, &old, &new).await?;
        store::removals::cancel(tx, &file.key).await?;
        attachments::record(tx, act, &brand.id, "attachment.created", &new.shown);
        ids.push(file.id.0.clone().into());
    }
    Ok(ids)
}

/// What tickets and comments of a message share.
fn fields(letter: &Letter, files: &[Value]) -> Map<String, Value> {
    let mut more = Map::new();
    if let Some(full) = &letter.full_text {
        more.insert("fullText".to_owned(), cut_bytes(full, MAIL_FULL_TEXT_BYTES_MAX).into());
    }
    if !letter.skipped.is_empty() {
        let names: Vec<&String> = letter.skipped.iter().take(MAIL_ADDRESSES_MAX).collect();
        more.insert("skippedAttachments".to_owned(), json!(names));
    }
    let bracketed = |id: &Option<String>| id.as_ref().map(|id| format!("<{id}>"));
    let cc: Vec<&String> = letter.cc.iter().map(|cc| &cc.address).take(MAIL_ADDRESSES_MAX).collect();
    let to: Vec<&String> = letter.to.iter().take(MAIL_ADDRESSES_MAX).collect();
    let source = json!({
        "messageId": bracketed(&letter.message_id),
        "inReplyTo": bracketed(&letter.in_reply_to),
        "from": letter.from.address,
        "to": to,
        "cc": cc,
        "date": letter.date,
        "originalRecipient": letter.original_recipient,
        "auth": letter.auth,
    });
    let mut fields = Map::new();
    fields.insert("source".to_owned(), "email".into());
    if let Some(id) = bracketed(&letter.message_id) {
        fields.insert("sourceId".to_owned(), id.into());
    }
    fields.insert("sourceData".to_owned(), source);
    fields.insert("metadata".to_owned(), more.into());
    if !files.is_empty() {
        fields.insert("attachmentIds".to_owned(), files.to_vec().into());
    }
    fields
}

fn metadata(fields: &mut Map<String, Value>) -> &mut Map<String, Value> {
    let value = fields.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut().expect("it is an object now")
}

/// A text as long as the body of a ticket or comment may be.
fn shortened(text: &str) -> &str {
    cut_bytes(text, TEXT_BYTES_MAX)
}

fn cut_bytes(text: &str, bytes_max: usize) -> &str {
    let mut end = text.len().min(bytes_max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Reads a body as a request with it would be read, so that what mail brings is held to the same limits.
fn read<B: Input>(mut fields: Map<String, Value>) -> Result<B> {
    let mut errors = Errors::default();
    let body = B::read(&mut fields, &mut errors);
    errors.into_result()?;
    body.found()
}

/// What the ledger says of a message.
fn heading(letter: &Letter) -> Heading {
    let first = |list: Vec<String>| list.into_iter().take(MAIL_ADDRESSES_MAX).collect();
    Heading {
        message_id: letter.message_id.clone(),
        from: letter.from.address.clone(),
        from_name: letter.from.name.clone(),
        to: first(letter.to.clone()),
        cc: first(letter.cc.iter().map(|cc| cc.address.clone()).collect()),
        subject: letter.subject.clone().unwrap_or_default().chars().take(TITLE_CHARS_MAX).collect(),
        references: first(letter.references.clone()),
        auth: Some(JsonText::of(&letter.auth)),
    }
}
