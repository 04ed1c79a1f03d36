//! Whether a reply is what the API document says (API 33): as much of JSON Schema as the document uses.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::world::Operation;

/// Everything in the reply of an operation that its schema does not allow.
pub fn problems(document: &Value, operation: &Operation, status: u16, reply: &Value) -> Vec<String> {
    let operation = &document["paths"][format!("/v1{}", operation.path)][operation.method.to_lowercase()];
    let response = &operation["responses"][status.to_string()];
    assert!(response.is_object(), "the document knows no {status}");
    let mut problems = Vec::new();
    match response.get("content") {
        Some(content) => {
            let kinds = content.as_object().expect("kinds of content");
            let kind = kinds.values().next().expect("a kind of content");
            check(document, &kind["schema"], reply, "reply", &mut problems);
        }
        None if reply.is_null() => {}
        None => problems.push("a body that the document does not know".to_owned()),
    }
    problems
}

/// The alternatives of a schema, when it has any.
fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    schema["oneOf"].as_array().or(schema["anyOf"].as_array())
}

fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("a schema"),
        None => schema,
    }
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    let schema = resolved(document, schema);
    if let Some(any) = alternatives(schema) {
        let fits = |one: &&Value| {
            let mut problems = Vec::new();
            check(document, one, value, at, &mut problems);
            problems.is_empty()
        };
        if !any.iter().any(|one| fits(&one)) {
            problems.push(format!("{at} fits none of its alternatives: {value}"));
        }
        return;
    }
    check_type(schema, value, at, problems);
    if schema["enum"].as_array().is_some_and(|allowed| !allowed.contains(value)) {
        problems.push(format!("{at} is not in its list: {value}"));
    }
    match value {
        Value::Array(items) => {
            let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX);
            if u64::try_from(items.len()).unwrap_or(u64::MAX) > most {
                problems.push(format!("{at} has more than {most} items"));
            }
            for (index, item) in items.iter().enumerate().filter(|_| schema.get("items").is_some()) {
                check(document, &schema["items"], item, &format!("{at}[{index}]"), problems);
            }
        }
        Value::Object(members) => check_members(document, schema, members, at, problems),
        _ => {}
    }
}

fn check_type(schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    let is = |name: &Value| match name.as_str().expect("a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no such type: {other}"),
    };
    let fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(types) => types.iter().any(is),
        one => is(one),
    };
    if !fits {
        problems.push(format!("{at} is not {}: {value}", schema["type"]));
    }
}

/// Every member that must be there is, each is what it should be, and none is there that the document does not know.
fn check_members(document: &Value, schema: &Value, members: &Map<String, Value>, at: &str, problems: &mut Vec<String>) {
    let mut known = BTreeSet::new();
    let mut parts = vec![schema];
    while let Some(part) = parts.pop() {
        parts.extend(part["allOf"].as_array().into_iter().flatten().map(|one| resolved(document, one)));
        for name in part["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                problems.push(format!("{at}.{name} is missing"));
            }
        }
        for (name, member) in part["properties"].as_object().into_iter().flatten() {
            known.insert(name.as_str());
            if let Some(value) = members.get(name) {
                check(document, member, value, &format!("{at}.{name}"), problems);
            }
        }
    }
    // An object without properties in the document is free.
    for name in members.keys().filter(|name| !known.is_empty() && !known.contains(name.as_str())) {
        problems.push(format!("{at}.{name} is not in the document"));
    }
}
