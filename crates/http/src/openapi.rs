//! The API document, made from the table of routes.

use std::collections::BTreeMap;

use axum::http::Method;
use dispatch_desk::Permission;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;

use crate::{
    api,
    operation::Operation,
    problem::{CODES, Code, ErrorBody},
};

/// The OpenAPI 3.1 document of every route there is.
///
/// # Panics
/// Never: everything in it can be written as JSON.
#[must_use]
pub fn document() -> String {
    let mut schemas: BTreeMap<String, Value> = BTreeMap::new();
    schemas.insert("Error".to_owned(), to_json(&ErrorBody::schema()));
    schemas.insert("FieldError".to_owned(), to_json(&dispatch_model::FieldError::schema()));
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for operation in api::operations() {
        for (name, schema) in &operation.reply.components {
            schemas.insert(name.clone(), always_there(to_json(schema)));
        }
        if let Some((name, schema)) = &operation.body {
            schemas.insert((*name).to_owned(), to_json(schema));
        }
        paths
            .entry(format!("/v1{}", operation.path))
            .or_default()
            .insert(operation.method.as_str().to_lowercase(), describe(&operation));
    }
    for (path, id, summary, statuses) in [
        ("/v1/health", "operations.health", "The process runs", &[200][..]),
        ("/v1/ready", "operations.ready", "The process can do its work", &[200, 503][..]),
    ] {
        let replies: Map<String, Value> = statuses
            .iter()
            .map(|status| (status.to_string(), json!({ "description": summary, "content": { "application/json": { "schema": { "type": "object" } } } })))
            .collect();
        let operation = json!({ "operationId": id, "summary": summary, "tags": ["operations"], "security": [], "responses": replies });
        paths.entry(path.to_owned()).or_default().insert("get".to_owned(), operation);
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Dispatch",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "API-first support ticketing for several brands.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "apiKey": [] }, { "sessionCookie": [] }, { "sessionToken": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "apiKey": { "type": "http", "scheme": "bearer", "description": "An API key: sk_live_..." },
                "sessionCookie": {
                    "type": "apiKey", "in": "cookie", "name": dispatch_model::session::SESSION_COOKIE,
                    "description": "The session of a member. Every request that is no GET needs the session's csrfToken in X-CSRF-Token, and comes from a page of the server's own origin.",
                },
                "sessionToken": { "type": "http", "scheme": "bearer", "description": "The session of a member: sessionToken of a sign-in with mode token." },
            },
        },
    });
    serde_json::to_string_pretty(&document).expect("a document of plain values")
}

fn to_json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// In replies a field that has no value is null and not left out (API 1.1): every field that can be null is required.
fn always_there(mut schema: Value) -> Value {
    let null = |value: &Value| value == "null" || value["type"] == "null";
    let nullable = |field: &Value| {
        let kinds = field["type"].as_array().or(field["oneOf"].as_array());
        kinds.is_some_and(|kinds| kinds.iter().any(null))
    };
    let fields: Vec<Value> = schema["properties"]
        .as_object()
        .map(|fields| fields.iter().filter(|(_, field)| nullable(field)).map(|(name, _)| name.clone().into()).collect())
        .unwrap_or_default();
    if !fields.is_empty() {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        schema["required"] = required.into_iter().chain(fields).collect();
    }
    schema
}

fn describe(operation: &Operation) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.id.split('.').next().unwrap_or_default()],
        "x-permission": operation.permission.name(),
        "parameters": parameters(operation),
        "responses": responses(operation),
    });
    if operation.permission == Permission::Public {
        described["security"] = json!([]);
    } else if operation.permission.takes_sessions_only() {
        described["security"] = json!([{ "sessionCookie": [] }, { "sessionToken": [] }]);
    }
    if let Some((name, _)) = &operation.body {
        described["requestBody"] = json!({
            "required": operation.body_required,
            "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } },
        });
    }
    described
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let in_path = operation
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let in_query = operation.query.iter().map(|query| {
        json!({ "name": query.name, "in": "query", "description": query.about, "schema": to_json(&query.schema) })
    });
    let header = operation.is_idempotent().then(|| {
        json!({
            "name": "Idempotency-Key", "in": "header",
            "description": "A repeat with the same key and body gets the first answer again; kept 24 hours.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        })
    });
    in_path.chain(in_query).chain(header).collect()
}

fn responses(operation: &Operation) -> Map<String, Value> {
    let mut all = Map::new();
    let good = match &operation.reply.schema {
        None => json!({ "description": "Done." }),
        Some(schema) => {
            json!({ "description": "Done.", "content": { (operation.reply.media_type): { "schema": to_json(schema) } } })
        }
    };
    all.insert(operation.reply.status.as_str().to_owned(), good);
    for (code, _, status, meaning) in CODES {
        if applies(operation, *code) {
            let known =
                all.get(status.as_str()).and_then(|reply| reply["description"].as_str()).map(|text| format!("{text} "));
            all.insert(
                status.as_str().to_owned(),
                json!({
                    "description": format!("{}`{}`: {meaning}", known.unwrap_or_default(), code.as_str()),
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
                }),
            );
        }
    }
    all
}

/// Whether a route can answer with this error.
fn applies(operation: &Operation, code: Code) -> bool {
    let reads = operation.method == Method::GET;
    match code {
        Code::Validation => !reads || operation.strict_query,
        Code::Conflict | Code::PayloadTooLarge | Code::UnsupportedMediaType => !reads,
        Code::IdempotencyMismatch => operation.is_idempotent(),
        Code::Forbidden => {
            !reads || !matches!(operation.permission, Permission::Read | Permission::Session | Permission::Public)
        }
        Code::Authentication => operation.permission != Permission::Public || operation.signs_in,
        _ => true,
    }
}
