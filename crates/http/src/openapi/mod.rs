//! The API document, made once from the table of routes. `operation.rs` describes one route and `replies.rs` what it may
//! answer; `shared.rs` and `named.rs` move into components what many routes and fields have; `examples.rs` makes examples
//! from schemas.

mod examples;
mod named;
mod operation;
mod permission;
mod replies;
mod shared;
mod text;

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use crate::{
    api::{
        self,
        operations::{Health, Ready},
    },
    problem::{CODES, ErrorBody},
};

/// The schemas of the document by their names.
type Schemas = BTreeMap<String, Value>;
/// The examples of the document by the names of what they show.
type Examples = BTreeMap<String, Value>;

/// The OpenAPI 3.1 document of every route there is.
#[must_use]
pub fn document() -> &'static str {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| text::pretty(&whole()));
    &DOCUMENT
}

fn whole() -> Value {
    let operations = api::operations();
    let schemas = schemas(&operations);
    let mut examples = Examples::new();
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for operation in &operations {
        paths
            .entry(format!("/v1{}", operation.path))
            .or_default()
            .insert(operation.method.as_str().to_lowercase(), operation::describe(operation, &schemas, &mut examples));
    }
    for (path, described) in operation::of_operators(&schemas, &mut examples) {
        paths.insert(path.to_owned(), described);
    }
    let mut paths = json!(paths);
    let parameters = shared::parameters(&mut paths);
    let examples: Map<String, Value> =
        examples.into_iter().map(|(name, value)| (name, json!({ "value": value }))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Dispatch",
            "version": env!("CARGO_PKG_VERSION"),
            "description": include_str!("about.md").trim(),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This server" }],
        "tags": api::TAGS.iter().map(|(name, about)| json!({ "name": name, "description": about })).collect::<Value>(),
        "security": permission::any_credential(true),
        "paths": paths,
        "components": {
            "securitySchemes": permission::schemes(),
            "parameters": parameters,
            "headers": replies::headers(),
            "responses": replies::errors(),
            "schemas": schemas,
            "examples": examples,
        },
    })
}

/// Every schema that a body or a reply needs.
fn schemas(operations: &[crate::operation::Operation]) -> Schemas {
    let mut schemas = Schemas::new();
    let mut add = |name: String, schema: Value| schemas.insert(name, schema);
    let mut parts = Vec::new();
    ErrorBody::schemas(&mut parts);
    Health::schemas(&mut parts);
    Ready::schemas(&mut parts);
    parts.extend([
        ("Error".to_owned(), ErrorBody::schema()),
        ("Health".to_owned(), Health::schema()),
        ("Ready".to_owned(), Ready::schema()),
    ]);
    parts.extend(
        operations.iter().filter_map(|operation| operation.reply.schema()).flat_map(|(_, components)| components),
    );
    for (name, schema) in parts {
        add(name, tidied(always_there(to_json(&schema))));
    }
    let kinds = named::kinds();
    for (name, about, schema) in &kinds {
        let mut whole = json!({ "description": about });
        whole
            .as_object_mut()
            .into_iter()
            .for_each(|members| members.extend(schema.as_object().cloned().unwrap_or_default()));
        add((*name).to_owned(), whole);
    }
    for body in operations.iter().filter_map(|operation| operation.body.as_ref()) {
        let mut schema = tidied(to_json(&(body.schema)()));
        let rule: Map<String, Value> = body.rule.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        schema.as_object_mut().into_iter().for_each(|members| members.extend(rule.clone()));
        // A body that is free JSON as a whole stays what it is.
        add(body.name.to_owned(), if body.is_open() { schema } else { named::named(schema, &kinds) });
    }
    add("ErrorCode".to_owned(), error_codes());
    let code = json!({ "$ref": "#/components/schemas/ErrorCode", "description": "What kind it is." });
    schemas.entry("Error".to_owned()).and_modify(|schema| schema["properties"]["code"] = code);
    schemas.entry("BulkResult".to_owned()).and_modify(|schema| {
        let about = schema["properties"]["code"]["description"].clone();
        schema["properties"]["code"] =
            json!({ "description": about, "oneOf": [{ "$ref": "#/components/schemas/ErrorCode" }, { "type": "null" }] });
    });
    schemas
}

/// The one table of errors as a closed list.
fn error_codes() -> Value {
    let about: Vec<String> =
        CODES.iter().map(|(_, code, status, meaning)| format!("- `{code}` ({}): {meaning}", status.as_u16())).collect();
    let codes: Vec<&str> = CODES.iter().map(|(_, code, ..)| *code).collect();
    json!({ "type": "string", "enum": codes, "description": about.join("\n") })
}

fn to_json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// In replies a field that has no value is null and not left out (API 1.1): every field that can be null is required.
fn always_there(mut schema: Value) -> Value {
    if let Some(parts) = schema.get_mut("allOf").and_then(Value::as_array_mut) {
        parts.iter_mut().for_each(|part| *part = always_there(part.take()));
    }
    let null = |value: &Value| value == "null" || value["type"] == "null";
    let nullable = |field: &Value| {
        let kinds = field["type"].as_array().or(field["oneOf"].as_array());
        kinds.is_some_and(|kinds| kinds.iter().any(null))
    };
    let fields: Vec<Value> = schema["properties"]
        .as_object()
        .map(|fields| fields.iter().filter(|(_, field)| nullable(field)).map(|(name, _)| name.clone().into()).collect())
        .unwrap_or_default();
    // In an object of the caller's own making, null and nothing are the same.
    if !fields.is_empty() && schema.get("additionalProperties").is_none() {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        schema["required"] = required.into_iter().chain(fields).collect();
    }
    schema
}

/// A schema as the document writes it: a description stands beside a choice and not inside of it, keys of maps are
/// always text, and a number is as large as its limits say.
fn tidied(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(members) => {
            if members.get("propertyNames").is_some_and(|names| *names == json!({ "type": "string" })) {
                members.remove("propertyNames");
            }
            if members.get("format").is_some_and(|format| format == "int64") && members.contains_key("maximum") {
                members.remove("format");
            }
            let inner = members.get_mut("oneOf").and_then(|kinds| kinds.get_mut(0)).and_then(Value::as_object_mut);
            if let Some(about) =
                inner.filter(|kind| kind.contains_key("$ref")).and_then(|kind| kind.remove("description"))
            {
                members.entry("description").or_insert(about);
            }
            members.values_mut().for_each(|member| *member = tidied(member.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = tidied(item.take())),
        _ => {}
    }
    schema
}
