//! What a test of a connection says to the other side.

use std::sync::Arc;

use dispatch_model::{
    BrandId, JsonText, TicketId,
    brand::Brand,
    connection::{Config, Message},
    event::{Act, Event, Telling},
    id::event_id,
    status::{OPEN, Status},
    ticket::{Priority, Ticket},
};
use dispatch_store::{self as store, Tx, connections::ConnectionRow};

use super::find;
use crate::{
    Result, brands,
    error::Found,
    payload::{self, More},
};

/// A test that is to be made.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The connection.
    pub row: ConnectionRow,
    /// What it says; nothing where the other side is only asked.
    pub message: Option<Message>,
}

/// What a test of a connection says: Slack is sent a line, Jira is asked for its project, HTTP is sent an event that never was.
/// `public_url` is where people reach the server.
///
/// # Errors
/// When there is no such connection.
pub async fn trial(tx: &Tx, act: &Act, brand: &BrandId, id: &str, public_url: &str) -> Result<Trial> {
    let row = find(tx, brand, id).await?;
    let brand = brands::get(tx, brand).await?;
    let message = match &row.connection.config {
        Config::Slack(_) => Some(Message::Slack {
            text: format!("This is a test of a connection of {} in Dispatch.", slack(&brand.name)),
        }),
        Config::Jira(_) => None,
        Config::Http(http) => {
            let status = store::statuses::all(tx, &brand.id).await?.system(OPEN).cloned().found()?;
            let ticket = ticket(act, &brand, status);
            let event = event(act, &ticket);
            let url = format!("{public_url}/brands/{}/tickets/{}", brand.id, ticket.id);
            let value = |name: &str| value(name, &ticket, &brand, &url);
            let body = http.body(JsonText::of(&event).as_str(), &value);
            Some(Message::Http { body, event_id: event.id })
        }
    };
    Ok(Trial { row, message })
}

fn slack(text: &str) -> String {
    dispatch_model::template::Escape::Slack.apply(text)
}

/// What a placeholder stands for in a test.
fn value(name: &str, ticket: &Ticket, brand: &Brand, url: &str) -> Option<String> {
    let text: &str = match name {
        "ticket.ticketNumber" => &ticket.ticket_number,
        "ticket.title" => &ticket.title,
        "ticket.status" | "changes.status.new" => &ticket.status,
        "ticket.priority" => ticket.priority.as_str(),
        "ticket.url" => url,
        "customer.name" => ticket.customer_name.as_ref()?,
        "customer.email" => ticket.customer_email.as_ref()?,
        "brand.name" => &brand.name,
        _ => return None,
    };
    Some(text.to_owned())
}

/// An event about a ticket that never was. It is in no log, so it has no place there.
fn event(act: &Act, ticket: &Ticket) -> Event {
    let new = payload::ticket("ticket.created", ticket, More::default(), None);
    Event {
        id: event_id(act.at, act.random, 0),
        sequence: 0,
        kind: new.kind.to_owned(),
        brand_id: ticket.brand_id.clone(),
        created_at: act.at,
        source: act.source.to_owned(),
        actor: JsonText::of(&act.actor),
        entity_id: new.entity_id,
        ticket_id: new.ticket_id,
        caused_by: None,
        depth: 0,
        changes: None,
        data: new.data,
        telling: Telling::Usual,
    }
}

fn ticket(act: &Act, brand: &Brand, status: Arc<Status>) -> Ticket {
    let id: TicketId = act.mint.id();
    Ticket {
        id,
        brand_id: brand.id.clone(),
        ticket_number: format!("{}-0", brand.ticket_prefix),
        number: 0,
        ticket_prefix: brand.ticket_prefix.clone(),
        title: "Test of a connection".to_owned(),
        body: Some("This ticket does not exist: it shows what a call looks like.".to_owned()),
        body_truncated: false,
        status: status.key.clone(),
        status_id: status.id.clone(),
        status_ref: status,
        close_reason: None,
        priority: Priority::Normal,
        assignee_id: None,
        assignee_email: None,
        assignee_name: None,
        customer_id: None,
        customer: None,
        customer_email: Some("jane@example.com".to_owned()),
        customer_name: Some("Jane Doe".to_owned()),
        company_id: None,
        category_id: None,
        category: None,
        tag_ids: Vec::new(),
        tags: Vec::new(),
        links: JsonText::empty_list(),
        custom_fields: JsonText::empty_object(),
        metadata: JsonText::empty_object(),
        source: act.source.to_owned(),
        source_id: None,
        source_data: None,
        created_by: None,
        comment_count: 0,
        attachment_count: 0,
        is_spam: false,
        merged_into_id: None,
        due_at: None,
        overdue_at: Default::default(),
        first_response_at: None,
        resolved_at: None,
        resolved_by_id: None,
        closed_at: None,
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
        brand: None,
    }
}
