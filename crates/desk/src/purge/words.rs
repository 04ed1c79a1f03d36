//! What is left of the texts of events when what they tell of has gone for good: ids, numbers, times and what something is, as
//! opposed to what somebody said. It is a list of what stays, so that no new field is forgotten.

use dispatch_model::{JsonText, Timestamp, id::decode};
use serde_json::{Map, Value};

use crate::erase::words::ERASED;

/// Members whose texts say what something is.
const LABELS: [&str; 14] = [
    "type",
    "kind",
    "key",
    "color",
    "status",
    "priority",
    "source",
    "closeReason",
    "authorType",
    "trigger",
    "ticketNumber",
    "ticketPrefix",
    "ratingType",
    "state",
];

/// Members that are free JSON, and what stands for nothing in them.
const FREE: [&str; 3] = ["customFields", "metadata", "settings"];

/// Whether a text is a time as events spell it.
fn is_time(text: &str) -> bool {
    Timestamp::parse(text).is_some_and(|time| JsonText::of(&time).as_str().trim_matches('"') == text)
}

/// Whether a text is an id of ours.
fn is_id(text: &str) -> bool {
    text.split_once('_').is_some_and(|(prefix, _)| decode(prefix, text).is_some())
}

/// Whether a text may stay in a member of this name.
fn stays(key: &str, text: &str) -> bool {
    is_id(text) || is_time(text) || LABELS.contains(&key)
}

/// What stands for a text that goes, so that every field keeps its type.
fn instead(key: &str, of: &Map<String, Value>) -> Value {
    match key {
        "title" | "filename" => ERASED.into(),
        "body" if of.contains_key("authorType") => ERASED.into(),
        "contentType" => "application/octet-stream".into(),
        "email" if of.contains_key("notifyEmail") => "".into(),
        "name" if of.contains_key("domain") => ERASED.into(),
        _ => Value::Null,
    }
}

/// An object without its texts.
fn emptied_object(members: &Map<String, Value>) -> Map<String, Value> {
    // A tag, a category, a status: the brand's own words, which are elsewhere too.
    if members.contains_key("color") {
        return members.clone();
    }
    let member = |(key, value): (&String, &Value)| {
        let new = match value {
            Value::Object(_) if FREE.contains(&key.as_str()) => Value::Object(Map::new()),
            Value::Object(_) if key == "sourceData" => Value::Null,
            Value::Bool(_) if key == "bodyTruncated" => Value::Bool(false),
            Value::String(text) if !stays(key, text) => instead(key, members),
            Value::Array(items) if key == "changes" => fields_of(items),
            other => emptied(key, other),
        };
        (key.clone(), new)
    };
    members.iter().map(member).collect()
}

/// Names of changed fields, without the names that somebody gave to parts of free JSON.
fn fields_of(items: &[Value]) -> Value {
    let mut names: Vec<&str> = items.iter().filter_map(Value::as_str).map(field).collect();
    names.dedup();
    names.into()
}

fn field(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

/// A value without its texts. Free JSON that is no object goes as a whole.
fn emptied(key: &str, value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(emptied_object(members)),
        Value::Array(items) => {
            let kept = items.iter().filter(|item| item.as_str().is_none_or(|text| stays(key, text)));
            Value::Array(
                kept.filter(|item| key != "links" || !item.is_object()).map(|item| emptied(key, item)).collect(),
            )
        }
        Value::String(text) if !stays(key, text) => Value::Null,
        _ if key == "sourceData" => Value::Null,
        other => other.clone(),
    }
}

/// The data of an event of which nothing but its ids and labels stays, if it held more.
pub(super) fn without_texts(data: &str) -> Option<String> {
    let old: Map<String, Value> = serde_json::from_str(data).ok()?;
    let new = emptied_object(&old);
    (new != old).then(|| Value::Object(new).to_string())
}

/// The same for the comment or the file alone that an event tells of.
pub(super) fn without_part(data: &str) -> Option<String> {
    let old: Map<String, Value> = serde_json::from_str(data).ok()?;
    let mut new = old.clone();
    for (key, value) in new.iter_mut().filter(|(key, _)| matches!(key.as_str(), "comment" | "attachment")) {
        *value = emptied(key, value);
    }
    (new != old).then(|| Value::Object(new).to_string())
}

/// What changed, without the old and new values that are texts, if there were any.
pub(super) fn without_values(changes: &str) -> Option<String> {
    let old: Map<String, Value> = serde_json::from_str(changes).ok()?;
    let mut new = Map::new();
    for (name, values) in &old {
        let name = field(name);
        let is_free = FREE.contains(&name) || matches!(name, "sourceData" | "links");
        let value = |value: &Value| match value {
            Value::Object(_) | Value::Array(_) => Value::Null,
            _ if is_free => Value::Null,
            other => emptied(name, other),
        };
        let values = match values.as_object() {
            Some(both) => Value::Object(both.iter().map(|(key, of)| (key.clone(), value(of))).collect()),
            None => Value::Null,
        };
        new.insert(name.to_owned(), values);
    }
    (new != old).then(|| Value::Object(new).to_string())
}

/// Who did it, when that was a customer: its id alone, if there was more.
pub(super) fn without_name(actor: &str) -> Option<String> {
    let mut members: Map<String, Value> = serde_json::from_str(actor).ok()?;
    if members.get("type").and_then(Value::as_str) != Some("customer") {
        return None;
    }
    let mut changed = false;
    for key in ["name", "email"] {
        if members.get(key).is_some_and(|value| !value.is_null()) {
            members.insert(key.to_owned(), Value::Null);
            changed = true;
        }
    }
    changed.then(|| Value::Object(members).to_string())
}

/// The data of an event without what it tells of this company, if it tells of it.
pub(super) fn without_company(id: &str, data: &str) -> Option<String> {
    if !data.contains(id) {
        return None;
    }
    let mut value: Value = serde_json::from_str(data).ok()?;
    forget_company(id, &mut value).then(|| value.to_string())
}

fn forget_company(id: &str, value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items.iter_mut().fold(false, |changed, item| forget_company(id, item) | changed),
        Value::Object(members) => {
            let is_it = members.contains_key("domain") && members.get("id").and_then(Value::as_str) == Some(id);
            if is_it {
                let new = emptied_object(members);
                let changed = new != *members;
                *members = new;
                return changed;
            }
            members.values_mut().fold(false, |changed, value| forget_company(id, value) | changed)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TICKET: &str = "tkt_01kdyak43d7trmct2jayyxcg7v";

    fn emptied_of(value: &Value) -> Value {
        let text = without_texts(&value.to_string()).expect("something goes");
        assert_eq!(without_texts(&text), None, "a second time there is nothing to do");
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn ids_labels_numbers_and_times_stay_and_every_other_text_goes() {
        let data = json!({
            "id": TICKET, "ticketNumber": "DT-1", "number": 1, "title": "Word", "status": "open", "customerEmail": "a@b.c",
            "changes": ["title", "metadata.word", "metadata.other"], "someNewField": "word", "list": ["word", TICKET],
            "ticket": {
                "title": "Word", "body": "word", "bodyTruncated": true, "createdAt": "2026-01-02T03:04:05.000Z", "sourceId": "word",
                "sourceData": { "a": "word" }, "customFields": { "word": 1 }, "metadata": { "word": ["x"] }, "cc": ["a@b.c"],
                "links": [{ "url": "https://word", "title": null }], "dueAt": null, "isSpam": false,
                "tags": [{ "id": TICKET, "name": "vip", "color": "#ffffff" }],
                "customer": { "id": "cus_01kdyak8z66zw1fz39b83t1jke", "email": "a@b.c", "name": "Word", "notifyEmail": true },
            },
            "comment": { "authorType": "CUSTOMER", "authorId": "word", "body": "word", "attachments": [{ "filename": "word", "size": 3 }] },
        });
        assert_eq!(
            emptied_of(&data),
            json!({
                "id": TICKET, "ticketNumber": "DT-1", "number": 1, "title": "[erased]", "status": "open", "customerEmail": null,
                "changes": ["title", "metadata"], "someNewField": null, "list": [TICKET],
                "ticket": {
                    "title": "[erased]", "body": null, "bodyTruncated": false, "createdAt": "2026-01-02T03:04:05.000Z", "sourceId": null,
                    "sourceData": null, "customFields": {}, "metadata": {}, "cc": [], "links": [], "dueAt": null, "isSpam": false,
                    "tags": [{ "id": TICKET, "name": "vip", "color": "#ffffff" }],
                    "customer": { "id": "cus_01kdyak8z66zw1fz39b83t1jke", "email": "", "name": null, "notifyEmail": true },
                },
                "comment": {
                    "authorType": "CUSTOMER", "authorId": null, "body": "[erased]", "attachments": [{ "filename": "[erased]", "size": 3 }],
                },
            })
        );
    }

    #[test]
    fn of_changes_the_labels_stay() {
        let changes = json!({
            "status": { "old": "open", "new": "closed" }, "title": { "old": "a", "new": "b" }, "customFields.word": { "old": null, "new": 7 },
            "links": { "old": [], "new": [{ "url": "https://word" }] }, "isSpam": { "old": false, "new": true },
        });
        let none = json!({ "old": null, "new": null });
        let text = without_values(&changes.to_string()).expect("something goes");
        let left: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            left,
            json!({ "status": { "old": "open", "new": "closed" }, "title": none, "customFields": none, "links": none,
            "isSpam": { "old": false, "new": true } })
        );
        assert_eq!(without_values(&text), None);
    }

    #[test]
    fn a_company_goes_wherever_it_is_nested() {
        let company = "co_01kdyak9ybk8er2qqpt4xrzagr";
        let data = json!({ "customer": { "name": "Jane", "company": { "id": company, "name": "Word", "domain": "word.example", "metadata": { "a": 1 } } } });
        let text = without_company(company, &data.to_string()).expect("it is there");
        let left: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            left,
            json!({ "customer": { "name": "Jane", "company": { "id": company, "name": "[erased]", "domain": null, "metadata": {} } } })
        );
        assert_eq!(without_company("co_01kdyak9ybk8er2qqpt4xrzagx", &data.to_string()), None);
    }
}
