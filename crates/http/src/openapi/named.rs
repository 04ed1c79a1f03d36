//! Kinds of value that many fields have stand in the document once, under a name.

use dispatch_model::{
    JsonText, Timestamp,
    input::Parse,
    text::{Color, Email, Name, Url},
};
use serde_json::{Map, Value, json};

use super::{tidied, to_json};

/// Each with its name and what it says of itself.
pub(super) fn kinds() -> Vec<(&'static str, &'static str, Value)> {
    let one = |name, about, schema| (name, about, tidied(to_json(&schema)));
    vec![
        one("EmailAddress", "An email address; kept in lower case.", Email::schema()),
        one("Line", "One line without control characters: a name, or an id, key or number.", Name::schema()),
        one("HttpUrl", "An absolute http or https address.", Url::schema()),
        one("Color", "`#rrggbb`; kept in lower case.", Color::schema()),
        one("FreeJson", "A JSON object of your own of at most 64 KB.", <JsonText as Parse>::schema()),
        one(
            "Moment",
            "A time in a request: RFC 3339 with any offset, or a bare date, which means 00:00 UTC.",
            <Timestamp as Parse>::schema(),
        ),
    ]
}

/// The schema with references in the place of what has a name.
pub(super) fn named(schema: Value, kinds: &[(&str, &str, Value)]) -> Value {
    match schema {
        Value::Object(members) => {
            let (bare, about, nullable) = bared(&members);
            if let Some((name, ..)) = kinds.iter().find(|(_, _, kind)| *kind == bare) {
                let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
                let mut whole = if nullable { json!({ "anyOf": [reference, { "type": "null" }] }) } else { reference };
                if let Some(about) = about {
                    whole["description"] = about;
                }
                return whole;
            }
            members.into_iter().map(|(name, member)| (name, named(member, kinds))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(|item| named(item, kinds)).collect(),
        other => other,
    }
}

/// A schema without its description and without null, both beside it.
fn bared(members: &Map<String, Value>) -> (Value, Option<Value>, bool) {
    let mut members = members.clone();
    let about = members.shift_remove("description");
    let mut nullable = false;
    if let Some(Value::Array(types)) = members.get("type")
        && let [one, null] = types.as_slice()
        && null == "null"
    {
        nullable = true;
        let one = one.clone();
        members.insert("type".to_owned(), one);
    }
    if let Some(Value::Array(kinds)) = members.get_mut("anyOf")
        && kinds.last().is_some_and(|kind| kind["type"] == "null")
    {
        nullable = true;
        kinds.pop();
    }
    (members.into(), about, nullable)
}
