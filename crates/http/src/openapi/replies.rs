//! What a route may answer: its replies when all goes well, and exactly those errors that it can have.

use axum::http::{Method, StatusCode};
use dispatch_desk::Permission;
use serde_json::{Map, Value, json};

use super::{Examples, Schemas, examples, tidied, to_json};
use crate::{
    operation::Operation,
    problem::{CODES, Code},
};

/// Every header of replies that the document knows: its component, its schema and what it says.
const HEADERS: &[(&str, &str, &str)] = &[
    ("X-Request-Id", "id", "The id of the request, for the log and for whoever helps."),
    ("X-RateLimit-Limit", "integer", "Tokens of a full bucket. Missing when the limits are switched off."),
    ("X-RateLimit-Remaining", "integer", "Whole tokens left."),
    ("X-RateLimit-Reset", "integer", "Unix seconds when the bucket is full again."),
    ("Retry-After", "seconds", "Whole seconds after which to try again."),
    ("Idempotency-Replayed", "true", "There when this is the first answer again and nothing was done."),
    ("X-Next-Cursor", "string", "There when more exist: pass it as `cursor`."),
    ("X-Ignored-Fields", "string", "Fields of the body that are not known, percent-encoded, with commas between them."),
    ("WWW-Authenticate", "Bearer", "How to authenticate."),
    ("Set-Cookie", "string", "The session's cookie, or its end. Not with mode `token`."),
];

const RATE_LIMIT: [&str; 3] = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];

/// The headers as components.
pub(super) fn headers() -> Map<String, Value> {
    let component = |(name, kind, about): &(&str, &str, &str)| {
        let (schema, example) = match *kind {
            "id" => {
                (json!({ "type": "string", "pattern": "^req_[0-9a-hjkmnp-tv-z]{26}$" }), examples::id("req").into())
            }
            "integer" => (json!({ "type": "integer", "minimum": 0 }), json!(1000)),
            "seconds" => (json!({ "type": "integer", "minimum": 1 }), json!(2)),
            "string" => (json!({ "type": "string" }), Value::Null),
            word => (json!({ "type": "string", "const": word }), word.into()),
        };
        let mut header = json!({ "description": about, "schema": schema });
        if *name == "X-Request-Id" || *name == "WWW-Authenticate" {
            header["required"] = true.into();
        }
        if !example.is_null() {
            header["example"] = example;
        }
        ((*name).to_owned(), header)
    };
    HEADERS.iter().map(component).collect()
}

fn header_references<'h>(names: impl IntoIterator<Item = &'h str>) -> Map<String, Value> {
    let names = std::iter::once("X-Request-Id").chain(names);
    names.map(|name| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }))).collect()
}

/// The errors as components: one per code, and one for the two conflicts that a key can have.
pub(super) fn errors() -> Map<String, Value> {
    CODES.iter().map(|(code, ..)| (component(*code).to_owned(), error(*code))).collect()
}

/// The name of the component with this error.
fn component(code: Code) -> &'static str {
    match code {
        Code::Validation => "Invalid",
        Code::Authentication => "Unauthenticated",
        Code::Forbidden => "Forbidden",
        Code::NotFound => "NotFound",
        Code::Conflict => "Conflict",
        Code::IdempotencyMismatch => "KeyConflict",
        Code::PayloadTooLarge => "PayloadTooLarge",
        Code::UnsupportedMediaType => "UnsupportedMediaType",
        Code::RateLimit => "RateLimited",
        Code::Server => "ServerError",
        Code::Unavailable => "Unavailable",
    }
}

/// An error that comes with these headers.
fn error(code: Code) -> Value {
    let codes = if code == Code::IdempotencyMismatch { vec![Code::Conflict, code] } else { vec![code] };
    let meaning = |code: &Code| {
        let (_, text, _, meaning) = CODES.iter().find(|(known, ..)| known == code).unwrap_or(&CODES[0]);
        format!("`{text}`: {meaning}")
    };
    let about: Vec<String> = codes.iter().map(meaning).collect();
    let more: &[&str] = match code {
        Code::Authentication => &["WWW-Authenticate"],
        Code::RateLimit | Code::Unavailable | Code::IdempotencyMismatch => &["Retry-After"],
        _ => &[],
    };
    let limits: &[&str] = if code == Code::Authentication { &[] } else { &RATE_LIMIT };
    let mut headers = header_references(limits.iter().chain(more).copied());
    if matches!(code, Code::RateLimit | Code::Unavailable) {
        // Always there, and not only with some.
        headers["Retry-After"] = json!({
            "description": "Whole seconds after which to try again.", "required": true,
            "schema": { "type": "integer", "minimum": 1 }, "example": 2,
        });
    }
    let texts: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
    json!({
        "description": about.join(" "),
        "headers": headers,
        "content": {
            "application/json": {
                "schema": { "$ref": "#/components/schemas/Error", "properties": { "code": { "enum": texts } } },
                "example": examples::error(code),
            },
        },
    })
}

/// Every reply of a route by its status.
pub(super) fn responses(operation: &Operation, schemas: &Schemas, examples: &mut Examples) -> Map<String, Value> {
    let good = good(operation, schemas, examples);
    let mut all = Map::new();
    if operation.reply.or_ok {
        let mut known = good.clone();
        known["description"] = "It was there already.".into();
        all.insert("200".to_owned(), known);
    }
    all.insert(operation.reply.status.as_str().to_owned(), good);
    for (code, _, status, _) in CODES {
        // A key's second conflict stands with the first.
        if !applies(operation, *code) || (*code == Code::Conflict && operation.is_idempotent()) {
            continue;
        }
        let mut reply = json!({ "$ref": format!("#/components/responses/{}", component(*code)) });
        let when: Vec<&str> =
            operation.refusals.iter().filter(|(known, _)| known.status() == *status).map(|(_, when)| *when).collect();
        if !when.is_empty() {
            let after = if *code == Code::IdempotencyMismatch {
                " Or the idempotency key was used with another body (`idempotency_mismatch`), or its first request is still running."
            } else {
                ""
            };
            reply["description"] = format!("{}{after}", when.join(" ")).into();
        }
        all.insert(status.as_str().to_owned(), reply);
    }
    all
}

fn good(operation: &Operation, schemas: &Schemas, examples: &mut Examples) -> Value {
    let mut names: Vec<&str> = Vec::new();
    if operation.permission != Permission::Public {
        names.extend(RATE_LIMIT);
    }
    if operation.is_idempotent() {
        names.push("Idempotency-Replayed");
    }
    if operation.body.as_ref().is_some_and(|body| !body.is_open()) {
        names.push("X-Ignored-Fields");
    }
    names.extend(&operation.reply_headers);
    let description = match operation.reply.status {
        StatusCode::CREATED => "Created.",
        StatusCode::NO_CONTENT => "Gone; there is no body.",
        _ if operation.method == Method::GET => "Found.",
        _ => "Done.",
    };
    let mut reply = json!({ "description": description, "headers": header_references(names) });
    if let Some((schema, _)) = operation.reply.schema() {
        let schema = tidied(to_json(&schema));
        let shown = examples::of_reply(operation.id, operation.reply.media_type, &schema, schemas, examples);
        reply["content"] = json!({ (operation.reply.media_type): { "schema": schema, "examples": shown } });
    }
    reply
}

/// A reply of a route without credential and limits.
pub(super) fn plain(name: &str, about: &str, schemas: &Schemas, examples: &mut Examples) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
    let shown = examples::of_reply("", "application/json", &schema, schemas, examples);
    json!({
        "description": about,
        "headers": header_references([]),
        "content": { "application/json": { "schema": schema, "examples": shown } },
    })
}

/// Whether a route can answer with this error.
fn applies(operation: &Operation, code: Code) -> bool {
    let reads = operation.method == Method::GET;
    let says = operation.refusals.iter().any(|(known, _)| *known == code);
    let public = operation.permission == Permission::Public;
    says || match code {
        Code::Validation => !reads || operation.strict_query,
        Code::PayloadTooLarge | Code::UnsupportedMediaType => !reads,
        Code::IdempotencyMismatch => operation.is_idempotent(),
        Code::Forbidden => {
            !public && (!reads || !matches!(operation.permission, Permission::Read | Permission::Session))
        }
        Code::Authentication => !public,
        Code::NotFound => operation.path.contains('{'),
        Code::Conflict => false,
        Code::RateLimit | Code::Server | Code::Unavailable => true,
    }
}
