//! Who is told of one event.

use dispatch_model::{
    MemberId, Timestamp,
    brand::Brand,
    comment::{AuthorType, Comment},
    event::{Event, Telling},
    limits::MAIL_ONCE_PER_MS,
    mail::{MailKind, Recipient},
    ticket::Ticket,
    watcher::Watcher,
};
use dispatch_store::{self as store, Tx};
use serde_json::Value;

use super::changed;
use crate::{Result, tickets};

/// Somebody who is told of an event, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) to: Recipient,
    pub(super) kind: MailKind,
}

/// The channels whose tickets the brand answers by itself.
const ANSWERED: [&str; 3] = ["email", "portal", "form"];
/// Mailboxes that nobody reads: an answer to them would come back, or start a loop (RFC 3834 2).
const UNREAD: [&str; 8] =
    ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounces"];

/// Everybody who is told of an event by mail, each once. What has become of the ticket since then counts: nothing is told of one that
/// is deleted or spam by now.
pub(super) async fn of(tx: &Tx, brand: &Brand, event: &Event, mail_domain: &str, now: Timestamp) -> Result<Vec<Told>> {
    let Some(id) = &event.ticket_id else { return Ok(Vec::new()) };
    let wanted = matches!(event.kind.as_str(), "ticket.created" | "comment.created")
        || changed(event, "status").is_some()
        || changed(event, "assigneeEmail").is_some_and(|new| !new.is_null());
    if !wanted || is_quiet(event) || store::tickets::id_of(tx, &brand.id, id.as_str()).await?.is_none() {
        return Ok(Vec::new());
    }
    let loaded = tickets::load(tx, &brand.id, id.as_str()).await?;
    let ticket = loaded.ticket.view(&loaded.statuses)?;
    if ticket.is_spam {
        return Ok(Vec::new());
    }
    let mut people = People { tx, brand, ticket: &ticket, own: own_addresses(event), told: Vec::new() };
    match event.kind.as_str() {
        "ticket.created" => people.new_ticket(event, mail_domain, now).await?,
        "comment.created" => {
            let comment = store::comments::get(tx, &brand.id, &ticket.id, &event.entity_id).await?;
            if let Some(comment) = comment.filter(|comment| !comment.by_server && comment.deleted_at.is_none()) {
                people.comment(event, &comment).await?;
            }
        }
        _ => people.change(event).await?,
    }
    Ok(people.told)
}

/// What is told to nobody: imports, merges, and what the server does to the tickets of a deleted status.
fn is_quiet(event: &Event) -> bool {
    let by_server = event.source == "system" && actor_type(event) == "system" && changed(event, "status").is_some();
    event.source == "import" || changed(event, "mergedIntoId").is_some() || by_server
}

fn actor_type(event: &Event) -> String {
    event.actor.members().get("type").and_then(Value::as_str).unwrap_or_default().to_lowercase()
}

/// The addresses of whoever did it, in lower case: nobody is told of their own act.
fn own_addresses(event: &Event) -> Vec<String> {
    let (actor, data) = (event.actor.members(), event.data.members());
    let of = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_lowercase);
    let author = data.get("comment").and_then(|comment| of(comment.get("authorEmail")));
    of(actor.get("email")).into_iter().chain(author).collect()
}

/// The people around a ticket, while it is decided who of them is told.
struct People<'a> {
    tx: &'a Tx,
    brand: &'a Brand,
    ticket: &'a Ticket,
    own: Vec<String>,
    told: Vec<Told>,
}

impl People<'_> {
    fn add(&mut self, address: &str, name: Option<&str>, member: Option<MemberId>, kind: MailKind) {
        let address = address.to_lowercase();
        if !self.own.contains(&address) && !self.told.iter().any(|one| one.to.address == address) {
            self.told.push(Told { to: Recipient { member_id: member, ..Recipient::new(&address, name) }, kind });
        }
    }

    /// A member who wants mail and reaches the brand; for anybody else, nothing happens when only members are meant.
    async fn staff(&mut self, address: &str, name: Option<&str>, only_members: bool) -> Result<()> {
        let lower = address.to_lowercase();
        match store::members::mailed(self.tx, &self.brand.account_id, &self.brand.id, &lower).await? {
            Some(member) if member.wants_mail && member.has_access => {
                self.add(&lower, name, Some(member.id), MailKind::Notification);
            }
            None if !only_members => self.add(&lower, name, None, MailKind::Notification),
            _ => {}
        }
        Ok(())
    }

    async fn assignee(&mut self) -> Result<()> {
        let ticket = self.ticket;
        match &ticket.assignee_email {
            Some(email) => self.staff(email, ticket.assignee_name.as_deref(), true).await,
            None => Ok(()),
        }
    }

    async fn new_ticket_addresses(&mut self) -> Result<()> {
        let brand = self.brand;
        for address in &brand.mail.new_ticket_notify_emails {
            self.staff(address, None, false).await?;
        }
        Ok(())
    }

    async fn watchers(&mut self, which: impl Fn(&Watcher) -> bool, only_members: bool) -> Result<()> {
        for watcher in store::watchers::of_ticket(self.tx, &self.brand.id, &self.ticket.id).await? {
            if which(&watcher) {
                self.staff(&watcher.email, watcher.name.as_deref(), only_members).await?;
            }
        }
        Ok(())
    }

    /// The customer, unless they are blocked or want no mail.
    fn customer(&mut self, kind: MailKind) {
        let ticket = self.ticket;
        let (Some(email), customer) = (&ticket.customer_email, &ticket.customer) else { return };
        if customer.as_ref().is_none_or(|customer| !customer.is_blocked && customer.notify_email) {
            self.add(email, ticket.customer_name.as_deref(), None, kind);
        }
    }

    async fn participants(&mut self) -> Result<()> {
        for one in store::mails::participants::of_ticket(self.tx, &self.brand.id, &self.ticket.id).await? {
            self.add(&one.address, one.name.as_deref(), None, MailKind::Reply);
        }
        Ok(())
    }

    async fn new_ticket(&mut self, event: &Event, mail_domain: &str, now: Timestamp) -> Result<()> {
        if event.telling == Telling::Confirm {
            self.customer(MailKind::Confirmation);
        } else if self.is_answered(event, mail_domain, now).await? {
            // The writer of the message is who did it, and is answered all the same.
            let own = std::mem::take(&mut self.own);
            self.customer(MailKind::AutoReply);
            self.own = own;
        }
        self.assignee().await?;
        self.new_ticket_addresses().await
    }

    /// Whether the brand answers a new ticket by itself: where its customer wrote it, who reads their mail, and who was not answered
    /// within the hour.
    async fn is_answered(&self, event: &Event, mail_domain: &str, now: Timestamp) -> Result<bool> {
        let ticket = self.ticket;
        let Some(email) = ticket.customer_email.as_ref().map(|email| email.to_lowercase()) else { return Ok(false) };
        let by_customer = actor_type(event) == "customer" || event.source == ticket.source;
        let written = ANSWERED.contains(&ticket.source.as_str()) && by_customer;
        if !self.brand.mail.autoresponse_enabled || !written {
            return Ok(false);
        }
        let (local, domain) = email.rsplit_once('@').unwrap_or_default();
        let local = local.split('+').next().unwrap_or_default();
        if UNREAD.contains(&local) || domain == mail_domain {
            return Ok(false);
        }
        let since = now.plus_ms(-MAIL_ONCE_PER_MS);
        let told =
            store::mails::sending::told_since(self.tx, &self.brand.id, MailKind::AutoReply, &email, since).await?;
        Ok(!told)
    }

    async fn comment(&mut self, event: &Event, comment: &Comment) -> Result<()> {
        match (comment.is_internal, comment.author_type) {
            (true, _) => {
                self.assignee().await?;
                self.watchers(|_| true, true).await
            }
            (false, AuthorType::Staff) => {
                if event.telling != Telling::Staff {
                    self.customer(MailKind::Reply);
                    self.participants().await?;
                }
                self.watchers(|watcher| watcher.notify_on_comment, false).await
            }
            (false, AuthorType::Customer) => {
                if self.ticket.assignee_email.is_some() {
                    self.assignee().await?;
                } else {
                    self.new_ticket_addresses().await?;
                }
                self.watchers(|watcher| watcher.notify_on_comment, false).await?;
                self.participants().await
            }
            (false, AuthorType::System) => Ok(()),
        }
    }

    async fn change(&mut self, event: &Event) -> Result<()> {
        if let Some(Value::String(new)) = changed(event, "assigneeEmail") {
            self.staff(&new, None, true).await?;
        }
        if changed(event, "status").is_some() {
            self.watchers(|watcher| watcher.notify_on_status_change, false).await?;
        }
        Ok(())
    }
}
