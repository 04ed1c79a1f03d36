//! The activity of a ticket: its part of the log, told in sentences (API 15.3).

use dispatch_model::{
    BrandId, JsonText,
    event::{Activity, Event, expand_types},
    page::{Cursor, Page, fingerprint},
    status::Statuses,
};
use dispatch_store::{self as store, Tx, log::ActivityPage};
use serde_json::{Map, Value};

use crate::{
    Result, brands,
    error::{Found, invalid},
};

/// What activity is asked for.
#[derive(Clone, Debug)]
pub struct ActivityQuery {
    /// Names, groups and `*`.
    pub types: Option<Vec<String>>,
    /// Whether the newest comes first.
    pub newest_first: bool,
    /// Items of the page.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Whether the caller reads what only admins may.
    pub admin: bool,
}

/// A page of what happened to a ticket.
///
/// # Errors
/// When there is no such ticket, a type is unknown or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, ticket: &str, query: &ActivityQuery) -> Result<Page<Activity>> {
    brands::get(tx, brand).await?;
    let ticket = store::tickets::id_of(tx, brand, ticket).await?.found()?;
    let everything = ["*".to_owned()];
    // An admin who names no types needs no filter; others never see what is for admins.
    let wanted = query.types.as_deref().or((!query.admin).then_some(&everything));
    let types = wanted
        .map(|wanted| expand_types(wanted, query.admin))
        .transpose()
        .map_err(|text| invalid("types", format!("unknown event {text}")))?;
    let nothing = types.as_ref().is_some_and(Vec::is_empty);
    let types = types.unwrap_or_default();
    let order = if query.newest_first { "desc" } else { "asc" };
    let mark = fingerprint(&["activity", brand.as_str(), ticket.as_str(), order, &types.join(",")]);
    let after = query.cursor.as_deref().map(|text| {
        Cursor::decode(text, mark, 1)
            .and_then(|cursor| cursor.keys[0].parse().ok())
            .ok_or_else(|| invalid("cursor", "is not a cursor of this list"))
    });
    let page = ActivityPage {
        types: &types,
        newest_first: query.newest_first,
        after: after.transpose()?,
        limit: query.limit + 1,
    };
    let events = match nothing {
        true => Vec::new(),
        false => store::log::of_ticket(tx, brand, ticket.as_str(), &page).await?,
    };
    let statuses = store::statuses::all(tx, brand).await?;
    let told = events.into_iter().map(|event| tell(event, &statuses)).collect();
    Ok(Page::cut(told, query.limit, mark, |activity: &Activity| vec![activity.sequence.to_string()]))
}

fn tell(event: Event, statuses: &Statuses) -> Activity {
    let summary = summary(&event, statuses);
    let of = |entity: &str| (event.entity_type() == entity).then(|| event.entity_id.clone());
    Activity {
        comment_id: of("comment"),
        attachment_id: of("attachment"),
        id: event.id.clone(),
        sequence: event.sequence,
        timestamp: event.created_at,
        actor: event.actor,
        source: event.source,
        summary,
        changes: event.changes,
        kind: event.kind,
    }
}

/// One English sentence on an event.
fn summary(event: &Event, statuses: &Statuses) -> String {
    let actor = actor_name(&event.actor);
    let data = event.data.members();
    match event.kind.as_str() {
        "ticket.created" => format!("{actor} created the ticket"),
        "ticket.updated" => format!("{actor} {}", changed(event.changes.as_ref(), statuses)),
        "ticket.closed" => format!("{actor} closed the ticket"),
        "ticket.reopened" => format!("{actor} reopened the ticket"),
        "ticket.deleted" => format!("{actor} deleted the ticket"),
        "ticket.overdue" => "The ticket is overdue".to_owned(),
        "comment.created" => format!("{} {}", author(&data).unwrap_or(actor), wrote(&data)),
        "comment.updated" => format!("{actor} edited a comment"),
        "comment.deleted" => format!("{actor} deleted a comment"),
        "attachment.created" => format!("{actor} attached {}", file(&data)),
        "attachment.deleted" => format!("{actor} removed {}", file(&data)),
        other => format!("{actor} did {}", other.replace(['.', '_'], " ")),
    }
}

fn actor_name(actor: &JsonText) -> String {
    let actor = actor.members();
    let text = |key: &str| actor.get(key).and_then(Value::as_str).map(str::to_owned);
    text("name").or_else(|| text("email")).unwrap_or_else(|| match text("type").as_deref() {
        Some("system") => "The system".to_owned(),
        _ => "Somebody".to_owned(),
    })
}

fn comment(data: &Map<String, Value>) -> Option<&Map<String, Value>> {
    data.get("comment").and_then(Value::as_object)
}

fn file(data: &Map<String, Value>) -> &str {
    let name = data.get("attachment").and_then(|attachment| attachment.get("filename")).and_then(Value::as_str);
    name.unwrap_or("a file")
}

fn author(data: &Map<String, Value>) -> Option<String> {
    let comment = comment(data)?;
    ["authorName", "authorEmail"].iter().find_map(|key| comment.get(*key)?.as_str().map(str::to_owned))
}

fn wrote(data: &Map<String, Value>) -> &'static str {
    let is = |key: &str, value: &Value| comment(data).and_then(|comment| comment.get(key)) == Some(value);
    if is("isInternal", &Value::Bool(true)) {
        "added an internal note"
    } else if is("authorType", &Value::from("SYSTEM")) {
        "added a message"
    } else {
        "replied"
    }
}

/// "changed status from Open to Resolved and priority from normal to high".
fn changed(changes: Option<&JsonText>, statuses: &Statuses) -> String {
    let changes = changes.map(JsonText::members).unwrap_or_default();
    let parts: Vec<String> = changes
        .iter()
        .filter(|(field, _)| !(*field == "assigneeId" && changes.contains_key("assigneeEmail")))
        .filter(|(field, _)| !(*field == "customerId" && changes.contains_key("customerEmail")))
        .map(|(field, change)| part(field, change, statuses))
        .collect();
    match parts.as_slice() {
        [] => "changed the ticket".to_owned(),
        [one] => format!("changed {one}"),
        [first @ .., last] => format!("changed {} and {last}", first.join(", ")),
    }
}

fn part(field: &str, change: &Value, statuses: &Statuses) -> String {
    let name = match field {
        "assigneeEmail" | "assigneeId" => "assignee",
        "customerEmail" | "customerId" => "customer",
        "dueAt" => "due date",
        "closeReason" => "close reason",
        other => other,
    };
    if ["body", "links", "metadata"].contains(&field) {
        return name.to_owned();
    }
    let say = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(key)) if field == "status" => {
            statuses.find(key).map_or_else(|| key.clone(), |status| status.name.clone())
        }
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    format!("{name} from {} to {}", say(change.get("old")), say(change.get("new")))
}
