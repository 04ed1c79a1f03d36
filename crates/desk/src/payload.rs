//! What events carry: flat keys and nested objects (API 17.2), as they were at the end of the transaction.

use dispatch_model::{
    JsonText, Timestamp,
    comment::Comment,
    customer::Customer,
    event::{Changes, EventType, NewEvent},
    limits::BODY_CUT_CHARS,
    survey::Feedback,
    text::cut,
    ticket::{CloseReason, Ticket},
};
use dispatch_store::tickets::shortened;
use serde::Serialize;

/// The flat keys of every `ticket.*` event, then what this type adds, then the ticket.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TicketData<'a> {
    id: &'a str,
    ticket_id: &'a str,
    ticket_number: &'a str,
    number: i64,
    title: &'a str,
    status: &'a str,
    priority: &'a str,
    source: &'a str,
    assignee_id: Option<&'a str>,
    assignee_email: Option<&'a str>,
    customer_id: Option<&'a str>,
    customer_email: Option<&'a str>,
    customer_name: Option<&'a str>,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[serde(flatten)]
    more: More<'a>,
    ticket: &'a Ticket,
}

/// What one type of event adds to the flat keys.
#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct More<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<&'a [&'a str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    close_reason: Option<Option<CloseReason>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_ticket_ids: Option<&'a [dispatch_model::TicketId]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
}

/// An event about a ticket.
pub(crate) fn ticket(kind: EventType, ticket: &Ticket, more: More<'_>, changes: Option<JsonText>) -> NewEvent {
    let short = short_ticket(ticket);
    let shown = short.as_ref().unwrap_or(ticket);
    let data = TicketData {
        id: ticket.id.as_str(),
        ticket_id: ticket.id.as_str(),
        ticket_number: &ticket.ticket_number,
        number: ticket.number,
        title: &ticket.title,
        status: &ticket.status,
        priority: ticket.priority.as_str(),
        source: &ticket.source,
        assignee_id: ticket.assignee_id.as_ref().map(dispatch_model::MemberId::as_str),
        assignee_email: ticket.assignee_email.as_deref(),
        customer_id: ticket.customer_id.as_ref().map(dispatch_model::CustomerId::as_str),
        customer_email: ticket.customer_email.as_deref(),
        customer_name: ticket.customer_name.as_deref(),
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        more,
        ticket: shown,
    };
    NewEvent {
        kind,
        entity_id: ticket.id.0.clone(),
        ticket_id: Some(ticket.id.clone()),
        changes,
        data: JsonText::of(&data),
    }
}

/// `ticket.updated` with all its changes.
pub(crate) fn ticket_updated(shown: &Ticket, changes: &Changes) -> NewEvent {
    let fields = changes.fields();
    ticket("ticket.updated", shown, More { changes: Some(&fields), ..More::default() }, Some(changes.to_json()))
}

/// `ticket.merged`, on the target.
pub(crate) fn ticket_merged(shown: &Ticket, merged: &[dispatch_model::TicketId]) -> NewEvent {
    ticket("ticket.merged", shown, More { merged_ticket_ids: Some(merged), ..More::default() }, None)
}

/// `ticket.overdue`.
pub(crate) fn ticket_overdue(shown: &Ticket) -> NewEvent {
    ticket("ticket.overdue", shown, More { due_at: shown.due_at, ..More::default() }, None)
}

/// An event about a survey of a ticket.
pub(crate) fn feedback(kind: EventType, feedback: &Feedback, ticket: &Ticket) -> NewEvent {
    let short = short_ticket(ticket);
    let data = serde_json::json!({
        "id": feedback.id, "ticketId": feedback.ticket_id, "ticketNumber": ticket.ticket_number, "rating": feedback.rating,
        "feedback": feedback, "ticket": short.as_ref().unwrap_or(ticket),
    });
    NewEvent {
        kind,
        entity_id: feedback.id.0.clone(),
        ticket_id: Some(feedback.ticket_id.clone()),
        changes: None,
        data: JsonText::of(&data),
    }
}

/// `ticket.closed`.
pub(crate) fn ticket_closed(shown: &Ticket) -> NewEvent {
    ticket("ticket.closed", shown, More { close_reason: Some(shown.close_reason), ..More::default() }, None)
}

/// `ticket.reopened`.
pub(crate) fn ticket_reopened(shown: &Ticket, trigger: &str) -> NewEvent {
    ticket("ticket.reopened", shown, More { trigger: Some(trigger), ..More::default() }, None)
}

/// A copy with a shorter body, when it has to be shorter.
fn short_ticket(ticket: &Ticket) -> Option<Ticket> {
    let body = ticket.body.as_deref()?;
    cut(body, BODY_CUT_CHARS).1.then(|| shortened(ticket.clone()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CommentData<'a> {
    id: &'a str,
    ticket_id: &'a str,
    ticket_number: &'a str,
    number: i64,
    customer_id: Option<&'a str>,
    customer_email: Option<&'a str>,
    customer_name: Option<&'a str>,
    comment: CommentShown<'a>,
    ticket: &'a Ticket,
}

/// A comment whose body is cut as in lists.
#[derive(Serialize)]
struct CommentShown<'a> {
    #[serde(flatten)]
    comment: &'a Comment,
    #[serde(rename = "bodyTruncated", skip_serializing_if = "std::ops::Not::not")]
    body_truncated: bool,
}

/// An event about a comment.
pub(crate) fn comment(kind: EventType, comment: &Comment, ticket: &Ticket, changes: Option<JsonText>) -> NewEvent {
    let (short_body, body_truncated) = cut(&comment.body, BODY_CUT_CHARS);
    let short_comment = body_truncated.then(|| Comment { body: short_body.to_owned(), ..comment.clone() });
    let short = short_ticket(ticket);
    let data = CommentData {
        id: comment.id.as_str(),
        ticket_id: ticket.id.as_str(),
        ticket_number: &ticket.ticket_number,
        number: ticket.number,
        customer_id: ticket.customer_id.as_ref().map(dispatch_model::CustomerId::as_str),
        customer_email: ticket.customer_email.as_deref(),
        customer_name: ticket.customer_name.as_deref(),
        comment: CommentShown { comment: short_comment.as_ref().unwrap_or(comment), body_truncated },
        ticket: short.as_ref().unwrap_or(ticket),
    };
    NewEvent {
        kind,
        entity_id: comment.id.0.clone(),
        ticket_id: Some(ticket.id.clone()),
        changes,
        data: JsonText::of(&data),
    }
}

/// An event about a customer.
pub(crate) fn customer(kind: EventType, customer: &Customer, changes: Option<JsonText>) -> NewEvent {
    let shown = Customer { ticket_count: None, ..customer.clone() };
    object(kind, customer.id.as_str(), "customer", &shown, changes)
}

/// An event about a piece of configuration: its id, and the object under its own name.
pub(crate) fn object<T: Serialize>(
    kind: EventType,
    id: &str,
    name: &str,
    thing: &T,
    changes: Option<JsonText>,
) -> NewEvent {
    NewEvent {
        kind,
        entity_id: id.to_owned(),
        ticket_id: None,
        changes,
        data: JsonText::of(&serde_json::json!({ "id": id, name: thing })),
    }
}
