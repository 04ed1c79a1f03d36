//! Examples of replies, made from their schemas: what an example shows fits its schema because it comes from it. A table
//! says what texts, numbers and free JSON look like.

use serde_json::{Map, Value, json};

use super::{Examples, Schemas};
use crate::problem::Code;

/// What fields hold in examples, as JSON: `Schema.field` before `field`.
const VALUES: &[(&str, &str)] = include!("values.in");

/// An id with this prefix.
pub(super) fn id(prefix: &str) -> String {
    format!("{prefix}_01kdyak43d7trmct2jayyxcg7v")
}

/// What a media type says to show a component.
pub(super) fn reference(name: &str) -> Value {
    json!({ (name): { "$ref": format!("#/components/examples/{name}") } })
}

/// The body of an error.
pub(super) fn error(code: Code) -> Value {
    let message = match code {
        Code::Validation => "The request has 1 invalid field.",
        Code::Authentication => {
            "A valid credential is needed: Authorization: Bearer sk_live_..., or a session that has not ended."
        }
        Code::Forbidden => "This credential may not write.",
        Code::NotFound => "There is nothing here, or nothing that this credential reaches.",
        Code::Conflict => "The key in_progress is taken.",
        Code::IdempotencyMismatch => "This idempotency key was used with another body.",
        Code::PayloadTooLarge => "The body is larger than 4 MB.",
        Code::UnsupportedMediaType => "This route reads application/json.",
        Code::RateLimit => "Too many requests; try again in 2 s.",
        Code::Server => "Something went wrong here; nothing was changed.",
        Code::Unavailable => "The database is unavailable; try again soon.",
    };
    let mut body = json!({ "code": code.as_str(), "message": message });
    if code == Code::Validation {
        body["errors"] = json!([{ "field": "priority", "message": "must be one of: low, normal, high, urgent" }]);
    }
    body["requestId"] = id("req").into();
    body
}

/// Makes the examples of a reply; answers the references to them.
pub(super) fn of_reply(
    operation: &str,
    media_type: &str,
    schema: &Value,
    schemas: &Schemas,
    examples: &mut Examples,
) -> Value {
    if media_type == "text/csv" {
        let lines = "createdAt,event,entityType,entityId,ticketNumber,performerType,performer,source,changes\r\n\
            2026-01-02T03:04:05.678Z,ticket.created,ticket,tkt_01kdyak43d7trmct2jayyxcg7v,DT-1042,api,CI,api,\r\n";
        examples.insert("AuditLogFile".to_owned(), lines.into());
        return reference("AuditLogFile");
    }
    if media_type == crate::streams::MEDIA_TYPE {
        let data = r#"{"id":"evt_01kdyaktg0ksbt1vm9nva57q9j","sequence":18,"type":"ticket.created"}"#;
        let frames = format!("retry: 3000\n\nid: 18\nevent: ticket.created\ndata: {data}\n\n: ping\n\n");
        examples.insert("EventStream".to_owned(), frames.into());
        return reference("EventStream");
    }
    let mut shown = Map::new();
    let kinds: Vec<&Value> = schema["anyOf"].as_array().map_or_else(|| vec![schema], |kinds| kinds.iter().collect());
    for kind in kinds {
        let name = name_of(kind).unwrap_or_else(|| operation.replace('.', "-"));
        let value = example(kind, "", "", schemas);
        let name = match examples.get(&name) {
            // Free JSON looks different from route to route.
            Some(other) if *other != value => format!("{name}-{}", operation.replace('.', "-")),
            _ => name,
        };
        examples.insert(name.clone(), value);
        shown.insert(name.clone(), json!({ "$ref": format!("#/components/examples/{name}") }));
    }
    shown.into()
}

fn component(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

/// What an example of this schema is called.
fn name_of(schema: &Value) -> Option<String> {
    if let Some(name) = component(schema) {
        return Some(name.to_owned());
    }
    if schema["type"] == "array" {
        return component(&schema["items"]).map(|name| format!("{name}List"));
    }
    component(&schema["properties"]["data"]["items"]).map(|name| format!("{name}Page"))
}

fn table(owner: &str, field: &str) -> Option<Value> {
    let of = |name: &str| VALUES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    let text = of(&format!("{owner}.{field}")).or_else(|| of(field))?;
    serde_json::from_str(text).ok()
}

/// A value of this schema, which stands in `field` of the schema `owner`.
fn example(schema: &Value, owner: &str, field: &str, schemas: &Schemas) -> Value {
    if let Some(value) = table(owner, field) {
        return value;
    }
    if let Some(name) = component(schema) {
        return example(&schemas[name], name, "", schemas);
    }
    if let Some(value) = schema["examples"].get(0).or_else(|| schema["enum"].get(0)).or_else(|| schema.get("const")) {
        return value.clone();
    }
    if let Some(kinds) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        return example(&kinds[0], owner, field, schemas);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let members = parts.iter().map(|part| example(part, owner, "", schemas));
        return members.filter_map(|part| part.as_object().cloned()).flatten().collect::<Map<_, _>>().into();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("null");
    match kind {
        "object" => members(schema, owner, schemas),
        "array" if schema["maxItems"] == 0 => json!([]),
        "array" => json!([example(&schema["items"], owner, "", schemas)]),
        "boolean" => false.into(),
        "integer" | "number" => schema["minimum"].as_i64().unwrap_or_default().into(),
        "string" => "".into(),
        _ => Value::Null,
    }
}

fn members(schema: &Value, owner: &str, schemas: &Schemas) -> Value {
    let fixed = schema["properties"].as_object().into_iter().flatten();
    let fixed = fixed.map(|(name, member)| (name.clone(), example(member, owner, name, schemas)));
    // A field that is not always there is shown where its schema is shown for itself.
    let left_out = |name: &String| table(owner, &format!("{name}?")).is_some();
    fixed.filter(|(name, _)| !left_out(name)).collect::<Map<String, Value>>().into()
}
