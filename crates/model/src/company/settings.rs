//! The settings of a company: keys that mean something are checked, others are kept as they are (API 10).

use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};

use crate::{
    Errors, JsonText,
    input::{Parse, schema},
    limits::{CC_MAX, TICKET_TAGS_MAX},
    text::{Email, List, Reference},
    ticket::Priority,
};

/// Settings in a request. What they refer to is still to be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsInput {
    /// All of it, with addresses and the priority as they are stored.
    pub json: JsonText,
    /// `defaultAssigneeEmail`.
    pub assignee: Option<Email>,
    /// `defaultCategoryId`.
    pub category: Option<Reference>,
    /// `defaultTagIds`.
    pub tags: Vec<Reference>,
}

/// Reads one key as `T`. Null stays: it removes the key.
fn known<T: Parse>(members: &Map<String, Value>, at: &str, key: &str, errors: &mut Errors) -> Option<T> {
    let value = members.get(key).filter(|value| !value.is_null())?;
    let mut inner = Errors::default();
    let read = T::parse(value.clone(), "", &mut inner);
    // One problem per key, on the key itself.
    if let Some(problem) = inner.into_vec().into_iter().next() {
        errors.push(format!("{at}.{key}"), problem.message);
    }
    read
}

impl Parse for SettingsInput {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let before = errors.len();
        let mut members = JsonText::parse(value, at, errors)?.members();
        let priority: Option<Priority> = known(&members, at, "defaultPriority", errors);
        let assignee: Option<Email> = known(&members, at, "defaultAssigneeEmail", errors);
        let category: Option<Reference> = known(&members, at, "defaultCategoryId", errors);
        let tags: Option<List<Reference, TICKET_TAGS_MAX>> = known(&members, at, "defaultTagIds", errors);
        let cc: Option<List<Email, CC_MAX>> = known(&members, at, "ccEmails", errors);
        let later = members.get("slaHoursByPriority");
        if later.is_some_and(|hours| !hours.is_null() && !hours.as_object().is_some_and(Map::is_empty)) {
            errors.push(format!("{at}.slaHoursByPriority"), "not available yet");
        }
        if errors.len() > before {
            return None;
        }
        if let Some(priority) = priority {
            members["defaultPriority"] = priority.as_str().into();
        }
        if let Some(email) = &assignee {
            members["defaultAssigneeEmail"] = (**email).into();
        }
        if let Some(cc) = &cc {
            members["ccEmails"] = cc.0.iter().map(|email| Value::from(&**email)).collect();
        }
        let json = JsonText::of(&members);
        Some(Self { json, assignee, category, tags: tags.map_or_else(Vec::new, |tags| tags.0) })
    }

    fn schema() -> RefOr<Schema> {
        settings_schema(<Priority as Parse>::schema())
    }
}

/// The schema of settings as they are shown.
#[derive(Debug)]
pub struct CompanySettings;

impl utoipa::PartialSchema for CompanySettings {
    fn schema() -> RefOr<Schema> {
        let settings = settings_schema(<Priority as utoipa::PartialSchema>::schema());
        schema::described(
            settings,
            "What the new tickets of a company start with, and whatever else its caller keeps here.",
            false,
        )
    }
}
impl utoipa::ToSchema for CompanySettings {}

/// The keys that mean something. Null in a key is the same as no such key.
fn settings_schema(priority: RefOr<Schema>) -> RefOr<Schema> {
    let known = |schema, about| schema::described(schema, about, true);
    let tags = List::<Reference, TICKET_TAGS_MAX>::schema();
    schema::open()
        .property("defaultPriority", known(priority, "The priority of tickets that name none."))
        .property(
            "defaultAssigneeEmail",
            known(Email::schema(), "The assignee of tickets that name none: a member, or an address outside."),
        )
        .property("defaultCategoryId", known(Reference::schema(), "The category of tickets that name none."))
        .property("defaultTagIds", known(tags, "The tags of tickets that name none."))
        .property("ccEmails", known(List::<Email, CC_MAX>::schema(), "Addresses that are in copy of its tickets."))
        .property("slaHoursByPriority", schema::later("{}"))
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_wrong_key_is_told_on_itself_and_unknown_keys_stay() {
        let mut errors = Errors::default();
        let wrong = json!({
            "defaultPriority": "soon", "defaultAssigneeEmail": 1, "defaultCategoryId": [], "defaultTagIds": ["a", 1],
            "ccEmails": ["x"], "slaHoursByPriority": { "high": 1 }, "mine": 1,
        });
        assert!(SettingsInput::parse(wrong, "settings", &mut errors).is_none());
        let fields: Vec<String> = errors.into_vec().into_iter().map(|error| error.field).collect();
        let keys = [
            "settings.defaultPriority",
            "settings.defaultAssigneeEmail",
            "settings.defaultCategoryId",
            "settings.defaultTagIds",
            "settings.ccEmails",
            "settings.slaHoursByPriority",
        ];
        assert_eq!(fields, keys);
        let mut errors = Errors::default();
        let right =
            json!({ "defaultPriority": "medium", "ccEmails": [" A@B.c "], "mine": { "a": null }, "gone": null });
        let read = SettingsInput::parse(right, "settings", &mut errors).expect("right");
        let stored = r#"{"defaultPriority":"normal","ccEmails":["a@b.c"],"mine":{"a":null},"gone":null}"#;
        assert_eq!(read.json.as_str(), stored);
    }
}
