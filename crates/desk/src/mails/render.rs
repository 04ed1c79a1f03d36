//! What a mail says. It is worded when it is sent, from the ticket and the event as they are then: no copy of a customer's words
//! waits in a queue, and whoever was erased meanwhile is erased from it.

use dispatch_model::{
    BrandId,
    attachment::Attachment,
    brand::Brand,
    comment::{AuthorType, Comment},
    event::Event,
    id::event_sequence,
    limits::{MAIL_FILES_BYTES_MAX, MAIL_THREAD_MAX},
    mail::{Automatic, Letter, LetterFile, Mail, MailKind, Part, Recipient},
    ticket::Ticket,
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, mails::sending::Worded};

use crate::{Result, api_keys, notifications::changed, tickets};

/// What a server says of itself in the mail that it sends.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// The domain of the brands' addresses.
    pub domain: String,
    /// What links to the server begin with, without a slash at the end.
    pub base_url: String,
}

/// A mail that is ready to be sent, or why it is not.
#[derive(Debug)]
pub enum Rendered {
    /// It is ready.
    Ready(Box<Letter>),
    /// What it tells of is gone, or its reader is not to hear of it any more.
    Moot(&'static str),
}

/// Why a mail is not sent, in the ledger.
const NO_BRAND: &str = "its brand was deleted";
const NO_TICKET: &str = "its ticket was deleted";
const SPAM: &str = "its ticket is spam";
const NO_COMMENT: &str = "its comment was deleted";
const NO_EVENT: &str = "what it tells of is gone";
const UNWANTED: &str = "its reader does not want mail any more";
const NOBODY: &str = "its reader has no address any more";
/// The purpose of the tokens in reply addresses.
pub const REPLY: &str = "mail.reply";

/// Words a mail that was claimed, and notes what it got. `from` is the address that its brand's own relay sends from.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn render(tx: &Tx, mail: &Mail, key: &ServerKey, sender: &Sender, from: Option<&str>) -> Result<Rendered> {
    if !mail.to.address.contains('@') {
        return Ok(Rendered::Moot(NOBODY));
    }
    let found = store::brands::get(tx, &mail.brand_id).await?;
    if found.is_none() && !mail.brand_id.as_str().starts_with("acc_") {
        return Ok(Rendered::Moot(NO_BRAND));
    }
    let worded = match (&found, &mail.ticket_id) {
        (Some(brand), Some(ticket)) => about_ticket(tx, brand, ticket.as_str(), mail, sender).await?,
        _ => Ok(Words::of_mail(mail)),
    };
    let words = match worded {
        Ok(words) => words,
        Err(why) => return Ok(Rendered::Moot(why)),
    };
    let from = match &found {
        Some(brand) => {
            let address = from.map_or_else(|| from_address(brand, sender), str::to_owned);
            Recipient::new(&address, Some(brand.mail.from_name.as_ref().unwrap_or(&brand.name)))
        }
        None => Recipient::new(&format!("noreply@{}", sender.domain), Some("Dispatch")),
    };
    let token = found.as_ref().filter(|_| mail.ticket_id.is_some()).map(|_| key.token(REPLY, mail.id.as_str()));
    let slug = found.as_ref().map_or("", |brand| brand.slug.as_str());
    let reply_to = token.as_ref().map(|token| format!("{slug}+{token}@{}", sender.domain));
    let message_id = format!("{}@{}", mail.id, sender.domain);
    let mut thread = match &mail.ticket_id {
        Some(ticket) => {
            let seen = (mail.to.address.as_str(), &mail.id);
            store::mails::sending::thread(tx, &mail.brand_id, ticket, seen, MAIL_THREAD_MAX).await?
        }
        None => Vec::new(),
    };
    thread.reverse();
    let link = mail.link.as_ref().map(|link| link.replace("{token}", &key.token(mail.kind.as_str(), mail.id.as_str())));
    let letter = Letter {
        from,
        to: mail.to.clone(),
        reply_to,
        message_id: message_id.clone(),
        thread,
        subject: words.subject,
        ticket_number: words.ticket_number,
        automatic: automatic(mail.kind),
        parts: with_link(words.parts, link.as_deref()),
        files: words.files,
        at: mail.created_at,
    };
    let worded = Worded {
        subject: letter.subject.clone(),
        from: letter.from.address.clone(),
        message_id,
        reply_hash: token.map(|token| api_keys::hash(&token)),
    };
    store::mails::sending::word(tx, &mail.brand_id, &mail.id, &worded).await?;
    Ok(Rendered::Ready(Box::new(letter)))
}

/// Where a brand's mail comes from.
fn from_address(brand: &Brand, sender: &Sender) -> String {
    brand.mail.from_email.clone().unwrap_or_else(|| format!("{}@{}", brand.slug, sender.domain))
}

const fn automatic(kind: MailKind) -> Automatic {
    match kind {
        MailKind::AutoReply => Automatic::Replied,
        // What staff wrote themselves, and what its reader has just asked for.
        MailKind::Reply | MailKind::SignIn | MailKind::PasswordReset | MailKind::PortalLink => Automatic::No,
        _ => Automatic::Generated,
    }
}

/// The text with its link where it says so, on a line of its own.
fn with_link(parts: Vec<Part>, link: Option<&str>) -> Vec<Part> {
    let Some(link) = link else { return parts };
    let mut all = Vec::with_capacity(parts.len() + 2);
    for part in parts {
        match part {
            Part::Text(text) if text.contains("{{link}}") => {
                for (at, piece) in text.split("{{link}}").enumerate() {
                    if at > 0 {
                        all.push(Part::Link(link.to_owned(), link.to_owned()));
                    }
                    if !piece.trim().is_empty() {
                        all.push(Part::Text(piece.trim().to_owned()));
                    }
                }
            }
            other => all.push(other),
        }
    }
    all
}

/// What a mail says.
struct Words {
    subject: String,
    ticket_number: Option<String>,
    parts: Vec<Part>,
    files: Vec<LetterFile>,
}

impl Words {
    /// Those that were written when it was queued.
    fn of_mail(mail: &Mail) -> Self {
        Self {
            subject: mail.subject.clone(),
            ticket_number: None,
            parts: vec![Part::Text(mail.body.clone())],
            files: Vec::new(),
        }
    }
}

/// What a mail about a ticket says; or why it is not sent.
async fn about_ticket(
    tx: &Tx,
    brand: &Brand,
    id: &str,
    mail: &Mail,
    sender: &Sender,
) -> Result<std::result::Result<Words, &'static str>> {
    if store::tickets::id_of(tx, &brand.id, id).await?.is_none() {
        return Ok(Err(NO_TICKET));
    }
    let loaded = tickets::load(tx, &brand.id, id).await?;
    let ticket = loaded.ticket.view(&loaded.statuses)?;
    if ticket.is_spam {
        return Ok(Err(SPAM));
    }
    if let Some(why) = unwanted(tx, brand, &ticket, mail).await? {
        return Ok(Err(why));
    }
    let subject = format!("Re: {} [{}]", ticket.title, ticket.ticket_number);
    let mut files = Vec::new();
    let (subject, parts) = match mail.kind {
        MailKind::Reply | MailKind::Notification => {
            let Some(event) = event(tx, &brand.id, mail).await? else { return Ok(Err(NO_EVENT)) };
            let comment = match &mail.comment_id {
                Some(comment) => store::comments::get(tx, &brand.id, &ticket.id, comment.as_str()).await?,
                None => None,
            };
            if mail.comment_id.is_some() && comment.is_none() {
                return Ok(Err(NO_COMMENT));
            }
            let mut parts = told(&ticket, mail, &event, comment.as_ref(), sender);
            if let Some(comment) = &comment {
                let (carried, left) = files_of(tx, &brand.id, comment).await?;
                files = carried;
                if !left.is_empty() {
                    parts.push(Part::Small(format!("Too large for mail: {}", left.join(", "))));
                }
            }
            (subject, parts)
        }
        MailKind::AutoReply => {
            let Some(event) = event(tx, &brand.id, mail).await? else { return Ok(Err(NO_EVENT)) };
            auto_reply(brand, &ticket, &event)
        }
        MailKind::Confirmation => (
            subject,
            vec![
                Part::Text(format!(
                    "Your request was received by {}. It has the number {}:",
                    brand.name, ticket.ticket_number
                )),
                Part::Text(ticket.title.clone()),
                Part::Small("You can answer to this mail to add something.".to_owned()),
            ],
        ),
        _ => (mail.subject.clone(), vec![Part::Text(mail.body.clone())]),
    };
    Ok(Ok(Words { subject, ticket_number: Some(ticket.ticket_number), parts, files }))
}

/// The files of a comment that its mail carries, and the names of those that are too large for it together.
async fn files_of(tx: &Tx, brand: &BrandId, comment: &Comment) -> Result<(Vec<LetterFile>, Vec<String>)> {
    let (mut carried, mut left, mut bytes) = (Vec::new(), Vec::new(), 0);
    for stored in store::attachments::of_ticket(tx, brand, &comment.ticket_id).await? {
        if stored.shown.comment_id.as_ref() != Some(&comment.id) {
            continue;
        }
        let (Some(key), Some(size)) = (stored.object_key, stored.shown.size) else { continue };
        let Attachment { filename, content_type, .. } = stored.shown;
        if bytes + size > MAIL_FILES_BYTES_MAX {
            left.push(filename);
            continue;
        }
        bytes += size;
        carried.push(LetterFile { key, filename, content_type, size });
    }
    Ok((carried, left))
}

/// The event that a mail tells of.
async fn event(tx: &Tx, brand: &BrandId, mail: &Mail) -> Result<Option<Event>> {
    let sequence = mail.event_id.as_ref().and_then(|id| event_sequence(id.as_str()));
    let Some(sequence) = sequence else { return Ok(None) };
    let found = store::log::at(tx, brand, sequence).await?;
    Ok(found.filter(|event| mail.event_id.as_ref().is_some_and(|id| id.as_str() == event.id)))
}

/// Why its reader is not to hear of it any more.
async fn unwanted(tx: &Tx, brand: &Brand, ticket: &Ticket, mail: &Mail) -> Result<Option<&'static str>> {
    if mail.to.member_id.is_some() {
        let member = store::members::mailed(tx, &brand.account_id, &brand.id, &mail.to.address).await?;
        let hears = member.is_some_and(|member| member.wants_mail && member.has_access);
        return Ok((!hears).then_some(UNWANTED));
    }
    let is_customer = |email: &str| email.eq_ignore_ascii_case(&mail.to.address);
    let customer = ticket.customer.as_ref().filter(|customer| is_customer(&customer.email));
    let kept =
        matches!(mail.kind, MailKind::Reply | MailKind::Notification | MailKind::AutoReply | MailKind::Confirmation);
    let refuses = customer.is_some_and(|customer| customer.is_blocked || (kept && !customer.notify_email));
    Ok(refuses.then_some(UNWANTED))
}

/// Who wrote a comment, as its readers are told.
fn writer(comment: &Comment) -> String {
    let name = comment.author_name.as_ref().or(comment.author_email.as_ref()).cloned();
    name.unwrap_or_else(|| match comment.author_type {
        AuthorType::Customer => "The customer".to_owned(),
        _ => "The team".to_owned(),
    })
}

/// What a reply or a notification says.
fn told(ticket: &Ticket, mail: &Mail, event: &Event, comment: Option<&Comment>, sender: &Sender) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(comment) = comment {
        if mail.kind != MailKind::Reply {
            let how = if comment.is_internal { "wrote an internal note" } else { "wrote" };
            parts.push(Part::Text(format!("{} {how} on {} {}:", writer(comment), ticket.ticket_number, ticket.title)));
        }
        parts.push(Part::Said(comment.body.clone()));
        if mail.kind == MailKind::Reply {
            parts.push(Part::Small(format!("{} [{}]", writer(comment), ticket.ticket_number)));
        }
    } else if event.kind == "ticket.created" {
        let from = ticket.customer_name.as_ref().or(ticket.customer_email.as_ref());
        let from = from.map_or_else(String::new, |from| format!(" from {from}"));
        parts.push(Part::Text(format!("New ticket {}{from}: {}", ticket.ticket_number, ticket.title)));
        parts.extend(ticket.body.clone().map(Part::Said));
    } else if changed(event, "status").is_some() && !is_new_assignee(event, &mail.to.address) {
        let status = &ticket.status_ref.name;
        parts.push(Part::Text(format!("{} {} is now {status}.", ticket.ticket_number, ticket.title)));
    } else {
        parts.push(Part::Text(format!("{} {} was assigned to you.", ticket.ticket_number, ticket.title)));
        parts.extend(ticket.body.clone().map(Part::Said));
    }
    if mail.to.member_id.is_some() {
        let url = format!("{}/brands/{}/tickets/{}", sender.base_url, ticket.brand_id, ticket.id);
        parts.push(Part::Link(format!("Open {}", ticket.ticket_number), url));
        parts.push(Part::Small("An answer to this mail is a public reply to the customer.".to_owned()));
    }
    parts
}

/// Whether an event made this person the assignee.
pub(crate) fn is_new_assignee(event: &Event, address: &str) -> bool {
    changed(event, "assigneeEmail").is_some_and(|new| new.as_str().is_some_and(|new| new.eq_ignore_ascii_case(address)))
}

/// The brand's automatic answer. What a stranger wrote is repeated only when it is known that the message came from the address that
/// is answered: otherwise anybody could have their words mailed to anybody.
fn auto_reply(brand: &Brand, ticket: &Ticket, event: &Event) -> (String, Vec<Part>) {
    let verified = event.source != "email" || is_verified(ticket);
    let (title, name) = if verified {
        (ticket.title.clone(), ticket.customer_name.clone().unwrap_or_default())
    } else {
        ("your message".to_owned(), String::new())
    };
    let fill = |text: &str| {
        fill(
            text,
            &[
                ("{{ticketNumber}}", &ticket.ticket_number),
                ("{{ticketTitle}}", &title),
                ("{{customerName}}", &name),
                ("{{brandName}}", &brand.name),
            ],
        )
    };
    let subject = fill(brand.mail.autoresponse_subject.as_deref().unwrap_or_default());
    let body = fill(brand.mail.autoresponse_body.as_deref().unwrap_or_default());
    (subject, vec![Part::Text(body)])
}

/// Whether SPF, DKIM or DMARC says that the message of a ticket came from where it says.
fn is_verified(ticket: &Ticket) -> bool {
    let auth = ticket.source_data.as_ref().and_then(|data| data.members().get("auth").cloned());
    let passes =
        |what: &str| auth.as_ref().and_then(|auth| auth.get(what)).and_then(serde_json::Value::as_str) == Some("pass");
    passes("dmarc") || passes("dkim") || passes("spf")
}

/// A text with its placeholders filled in one go: what is put in is not looked at again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                filled.push_str(value);
                rest = &rest[name.len()..];
            }
            None => {
                filled.push_str("{{");
                rest = &rest[2..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        let values = [("{{a}}", "{{b}}"), ("{{b}}", "x")];
        assert_eq!(fill("{{a}} {{b}} {{c}} {{", &values), "{{b}} x {{c}} {{");
    }

    #[test]
    fn a_link_stands_on_a_line_of_its_own() {
        let parts = vec![Part::Text("Sign in:\n\n{{link}}\n\nIt works once.".to_owned())];
        let link = Part::Link("https://x".to_owned(), "https://x".to_owned());
        let text = |text: &str| Part::Text(text.to_owned());
        assert_eq!(with_link(parts, Some("https://x")), [text("Sign in:"), link, text("It works once.")]);
    }
}
