//! What conditions and placeholders see: the ticket as it is now, and the event that started the automation.

use std::collections::HashMap;

use dispatch_model::{
    BrandId, JsonText, TagId,
    automation::{Conditions, Field, TriggerEvent},
    category::Category,
    event::Event,
    status::Statuses,
    ticket::Ticket,
};
use dispatch_store::{self as store, Tx};
use serde_json::{Map, Value, json};

use crate::Result;

/// The event that starts an automation, or one that a dry run pretends.
#[derive(Clone, Debug)]
pub(super) struct Happened {
    /// Its type.
    pub(super) kind: TriggerEvent,
    /// Through what it happened.
    source: String,
    /// What kind of actor did it.
    actor_type: String,
    /// What it changed.
    changes: Map<String, Value>,
    /// What it carries; nothing when it is pretended.
    data: Map<String, Value>,
}

impl Happened {
    /// An event of the log; nothing when it starts no automation.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let kind = TriggerEvent::read(&event.kind).ok()?;
        let actor = event.actor.members();
        Some(Self {
            kind,
            source: event.source.clone(),
            actor_type: actor.get("type").and_then(Value::as_str).unwrap_or_default().to_owned(),
            changes: event.changes.as_ref().map(JsonText::members).unwrap_or_default(),
            data: event.data.members(),
        })
    }

    /// The same with the whole text of its comment, of which an event carries the beginning. When the comment is not there any more,
    /// that beginning is all there is.
    pub(super) async fn whole(mut self, tx: &Tx, brand: &BrandId) -> Result<Self> {
        let Some(comment) = self.data.get_mut("comment").and_then(Value::as_object_mut) else { return Ok(self) };
        if comment.get("bodyTruncated") == Some(&Value::Bool(true))
            && let Some(id) = comment.get("id").and_then(Value::as_str)
            && let Some(body) = store::comments::body(tx, brand, id).await?
        {
            comment.insert("body".to_owned(), body.into());
        }
        Ok(self)
    }

    /// An event that never happened, of an API key.
    pub(super) fn pretended(kind: TriggerEvent, changes: Option<&JsonText>) -> Self {
        Self {
            kind,
            source: "api".to_owned(),
            actor_type: "api".to_owned(),
            changes: changes.map(JsonText::members).unwrap_or_default(),
            data: Map::new(),
        }
    }

    /// Whether it starts nothing: what is imported, and what the server does to the tickets of a deleted status (API 18).
    pub(super) fn is_quiet(&self) -> bool {
        let moves = match self.kind {
            TriggerEvent::TicketUpdated => self.changes.contains_key("status"),
            TriggerEvent::TicketClosed | TriggerEvent::TicketReopened => true,
            _ => false,
        };
        self.source == "import" || (self.source == "system" && self.actor_type == "system" && moves)
    }
}

/// Everything that a condition or a placeholder may ask for.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    /// What happened.
    pub(super) happened: &'a Happened,
    /// The statuses of the brand.
    pub(super) statuses: &'a Statuses,
    ticket: Value,
    categories: Vec<Category>,
    tag_names: HashMap<String, String>,
    base_url: &'a str,
    brand_name: &'a str,
}

/// What of a brand is asked for besides its tickets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// Its statuses.
    pub(super) statuses: &'a Statuses,
    /// Its name.
    pub(super) brand_name: &'a str,
    /// The address under which the outside reaches the server, without a slash at its end.
    pub(super) base_url: &'a str,
}

/// Whether any condition looks at a field that `is` says.
fn looks_at(conditions: &Conditions, is: impl Fn(&Field) -> bool) -> bool {
    conditions.all.iter().chain(&conditions.any).any(|cond| is(&cond.field))
}

impl<'a> Facts<'a> {
    /// What these conditions may ask for.
    pub(super) async fn load(
        tx: &Tx,
        brand: &BrandId,
        around: Around<'a>,
        ticket: &Ticket,
        happened: &'a Happened,
        conditions: &Conditions,
    ) -> Result<Self> {
        let of_category = |field: &Field| matches!(field, Field::CategoryId | Field::CategoryKey);
        let categories =
            if looks_at(conditions, of_category) { store::categories::all(tx, brand).await? } else { Vec::new() };
        let mut tag_names = HashMap::new();
        if looks_at(conditions, |field| *field == Field::Tags) {
            let ids: Vec<TagId> = ["old", "new"]
                .iter()
                .filter_map(|side| happened.changes.get("tagIds")?.get(side)?.as_array())
                .flatten()
                .filter_map(|id| id.as_str().map(TagId::from))
                .collect();
            if !ids.is_empty() {
                let found = store::tags::by_ids(tx, brand, &ids).await?;
                tag_names.extend(found.into_iter().map(|tag| (tag.id.0, tag.name)));
            }
        }
        Ok(Self::new(around, ticket, happened, categories, tag_names))
    }

    /// What placeholders may ask for.
    pub(super) fn plain(around: Around<'a>, ticket: &Ticket, happened: &'a Happened) -> Self {
        Self::new(around, ticket, happened, Vec::new(), HashMap::new())
    }

    fn new(
        Around { statuses, brand_name, base_url }: Around<'a>,
        ticket: &Ticket,
        happened: &'a Happened,
        categories: Vec<Category>,
        tag_names: HashMap<String, String>,
    ) -> Self {
        Self { happened, statuses, ticket: json!(ticket), categories, tag_names, base_url, brand_name }
    }

    /// The category that a condition names by its id or its key.
    pub(super) fn category(&self, text: &str) -> Option<&Category> {
        let by_id = self.categories.iter().find(|category| category.id.as_str() == text);
        by_id.or_else(|| self.categories.iter().find(|category| category.key == text))
    }

    /// The value of a field now; null when it has none.
    pub(super) fn actual(&self, field: &Field) -> Value {
        let data = |path: &[&str]| at(self.happened.data.get(path[0]), &path[1..]);
        match field {
            Field::CommentBody => data(&["comment", "body"]),
            Field::CommentAuthorType => data(&["comment", "authorType"]),
            Field::CommentAuthorEmail => data(&["comment", "authorEmail"]),
            Field::CommentIsInternal => data(&["comment", "isInternal"]),
            Field::FeedbackRating => data(&["rating"]),
            Field::EventSource => self.happened.source.clone().into(),
            Field::EventActorType => self.happened.actor_type.clone().into(),
            _ => of_ticket(&self.ticket, field),
        }
    }

    /// The value of a field before and after the event, if that changed it. What it was before may not be known: null.
    pub(super) fn change(&self, field: &Field) -> Option<(Value, Value)> {
        let since_null = |new: Value| (!is_absent(&new)).then_some((Value::Null, new));
        match (self.happened.kind, field) {
            (TriggerEvent::CommentCreated, field) if is_of_comment(field) => since_null(self.actual(field)),
            (TriggerEvent::FeedbackSubmitted, Field::FeedbackRating) => since_null(self.actual(field)),
            (TriggerEvent::TicketCreated, field) if !is_of_comment(field) => {
                let snapshot = self.happened.data.get("ticket").unwrap_or(&self.ticket);
                since_null(of_ticket(snapshot, field))
            }
            (TriggerEvent::TicketClosed | TriggerEvent::TicketReopened, Field::Status) => {
                since_null(self.happened.data.get("status").cloned().unwrap_or_else(|| self.actual(field)))
            }
            (TriggerEvent::TicketSpamMarked, Field::IsSpam) => Some((Value::Bool(false), Value::Bool(true))),
            _ => self.changed(field),
        }
    }

    /// What the event itself says of the change of a field.
    fn changed(&self, field: &Field) -> Option<(Value, Value)> {
        let key = match field {
            Field::CategoryKey => "categoryId".to_owned(),
            Field::Tags => "tagIds".to_owned(),
            other => other.name(),
        };
        let change = self.happened.changes.get(&key)?;
        let side = |name: &str| {
            let value = change.get(name).cloned().unwrap_or_default();
            match field {
                Field::CategoryKey => value
                    .as_str()
                    .and_then(|id| self.categories.iter().find(|category| category.id.as_str() == id))
                    .map_or(Value::Null, |category| category.key.clone().into()),
                Field::Tags => {
                    let ids = value.as_array().into_iter().flatten().filter_map(Value::as_str);
                    ids.filter_map(|id| self.tag_names.get(id).cloned()).collect()
                }
                _ => value,
            }
        };
        Some((side("old"), side("new")))
    }

    /// The value of a placeholder.
    pub(super) fn placeholder(&self, name: &str) -> Option<String> {
        let ticket = |path: &[&str]| text(&at(Some(&self.ticket), path));
        let status = |side: &str| {
            let change = self.change(&Field::Status)?;
            text(if side == "old" { &change.0 } else { &change.1 })
        };
        match name {
            "ticket.ticketNumber" => ticket(&["ticketNumber"]),
            "ticket.title" => ticket(&["title"]),
            "ticket.status" => ticket(&["status"]),
            "ticket.priority" => ticket(&["priority"]),
            "ticket.url" => {
                let (brand, id) = (ticket(&["brandId"])?, ticket(&["id"])?);
                Some(format!("{}/brands/{brand}/tickets/{id}", self.base_url))
            }
            "customer.name" => ticket(&["customerName"]),
            "customer.email" => ticket(&["customerEmail"]),
            "assignee.name" => ticket(&["assigneeName"]).or_else(|| ticket(&["assigneeEmail"])),
            "category.name" => ticket(&["category", "name"]),
            "comment.body" => text(&self.actual(&Field::CommentBody)),
            "changes.status.old" => status("old"),
            "changes.status.new" => status("new"),
            "brand.name" => Some(self.brand_name.to_owned()),
            _ => ticket(&["customFields", name.strip_prefix("ticket.customFields.")?]),
        }
    }
}

const fn is_of_comment(field: &Field) -> bool {
    matches!(
        field,
        Field::CommentBody | Field::CommentAuthorType | Field::CommentAuthorEmail | Field::CommentIsInternal
    )
}

/// Whether a value is none: null, an empty text or an empty list.
pub(super) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The value inside of another at a path; null when there is none.
fn at(value: Option<&Value>, path: &[&str]) -> Value {
    path.iter().try_fold(value.unwrap_or(&Value::Null), |value, name| value.get(name)).cloned().unwrap_or_default()
}

/// A scalar as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The value of a field in a ticket as it is shown.
fn of_ticket(ticket: &Value, field: &Field) -> Value {
    match field {
        Field::CompanyName => at(Some(ticket), &["customer", "company", "name"]),
        Field::CategoryKey => at(Some(ticket), &["category", "key"]),
        Field::Custom(key) => at(Some(ticket), &["customFields", key]),
        Field::Tags => {
            let tags = ticket.get("tags").and_then(Value::as_array).into_iter().flatten();
            tags.filter_map(|tag| tag.get("name").cloned()).collect()
        }
        other => at(Some(ticket), &[&other.name()]),
    }
}
