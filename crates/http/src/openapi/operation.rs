//! One route in the document.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::{Examples, Schemas, examples, named, permission, replies, tidied, to_json};
use crate::operation::{Operation, QueryDoc};

/// Parameters of paths: what they are, and one.
const IN_PATH: &[(&str, &str, &str)] = &[
    ("brandId", "The id of a brand.", "br_01kdyak43d7trmct2jayyxcg7v"),
    ("ticketId", "The id of a ticket, or its number, such as `DT-1042` in any case.", "DT-1042"),
    ("commentId", "The id of a comment of this ticket.", "cmt_01kdyak43d7trmct2jayyxcg7v"),
    (
        "attachmentId",
        "The id of an attachment of this ticket, or of one that waits for its ticket.",
        "att_01kdyak43d7trmct2jayyxcg7v",
    ),
    (
        "watcherId",
        "The id of a watcher of this ticket, or its member's id or address.",
        "wat_01kdyak43d7trmct2jayyxcg7v",
    ),
    ("customerId", "The id of a customer.", "cus_01kdyak43d7trmct2jayyxcg7v"),
    ("companyId", "The id of a company.", "co_01kdyak43d7trmct2jayyxcg7v"),
    ("statusId", "A status by its id, its key or `sts_<key>`.", "sts_in_progress"),
    ("categoryId", "A category by its id or its key.", "billing"),
    ("tagId", "The id of a tag.", "tag_01kdyak43d7trmct2jayyxcg7v"),
    ("entity", "What the custom field belongs to.", "ticket"),
    ("key", "The key of a definition.", "orderId"),
    ("webhookId", "The id of a webhook.", "wh_01kdyak43d7trmct2jayyxcg7v"),
    ("deliveryId", "The id of a delivery of this webhook.", "whd_01kdyak43d7trmct2jayyxcg7v"),
    ("automationId", "The id of an automation.", "aut_01kdyak43d7trmct2jayyxcg7v"),
    ("runId", "The id of a run of an automation.", "run_01kdyak43d7trmct2jayyxcg7v"),
    ("connectionId", "The id of a connection.", "con_01kdyak43d7trmct2jayyxcg7v"),
    ("mailId", "The id of a mail, sent or received.", "ml_01kdyak43d7trmct2jayyxcg7v"),
    ("brandSlug", "The slug of a brand, one that it had before, or its id.", "acme"),
    ("keyId", "The id of an API key.", "key_01kdyak43d7trmct2jayyxcg7v"),
    (
        "memberId",
        "The id of a member; where members are changed or removed, also that of an invitation.",
        "usr_01kdyak43d7trmct2jayyxcg7v",
    ),
    ("inviteId", "The id of an invitation.", "inv_01kdyak43d7trmct2jayyxcg7v"),
    ("token", "The token of an invitation: the end of its link.", "7v3k1n8q0s5w2x9y4z6a"),
];

/// The route as an operation of the document.
pub(super) fn describe(operation: &Operation, schemas: &Schemas, examples: &mut Examples) -> Value {
    let reads = operation.method == Method::GET;
    let who = permission::sentence(operation.permission, reads);
    let about = if operation.about.is_empty() { who.to_owned() } else { format!("{}\n\n{who}", operation.about) };
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": about,
        "tags": [operation.id.split('.').next().unwrap_or_default()],
        "x-permission": operation.permission.name(),
    });
    let security = permission::security(operation.permission, reads);
    if security != permission::any_credential(true) {
        described["security"] = security;
    }
    let parameters = parameters(operation);
    if !parameters.is_empty() {
        described["parameters"] = parameters.into();
    }
    if let Some(body) = &operation.body {
        let example = body.example.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
        examples.insert(body.name.to_owned(), example);
        described["requestBody"] = json!({
            "description": schemas[body.name]["description"],
            // A choice between fields is a field that has to be there.
            "required": body.required || schemas[body.name].get("anyOf").is_some(),
            "content": {
                "application/json": {
                    "schema": { "$ref": format!("#/components/schemas/{}", body.name) },
                    "examples": examples::reference(body.name),
                },
            },
        });
    }
    if let Some(media_type) = operation.raw_body {
        described["requestBody"] = json!({
            "description": "The message as it came (RFC 5322).",
            "required": true,
            "content": { (media_type): { "schema": {}, "examples": { "text": { "summary": "A message of plain text", "value": MESSAGE } } } },
        });
    }
    described["responses"] = replies::responses(operation, schemas, examples).into();
    described
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let in_path = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(|name| {
        let (_, about, example) = IN_PATH.iter().find(|(known, ..)| *known == name).unwrap_or(&("", "", ""));
        let schema = if name == "entity" {
            json!({ "type": "string", "enum": dispatch_model::field::FieldEntity::ALL })
        } else {
            json!({ "type": "string", "minLength": 1 })
        };
        json!({ "name": name, "in": "path", "required": true, "description": about, "schema": schema, "example": example })
    });
    let in_query = operation.query.iter().map(in_query);
    let both = operation.is_idempotent().then(|| {
        let header = |name: &str, about: &str| {
            json!({
                "name": name, "in": "header", "description": about,
                "schema": { "type": "string", "pattern": "^[ -~]*$", "minLength": 1, "maxLength": 255 },
                "example": "order-1234-created",
            })
        };
        [
            header(
                "Idempotency-Key",
                "Makes a repeat safe: with the same key and the same body it gets the first answer again, with \
                 `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. \
                 A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What \
                 is shown only once is null in a repeat.",
            ),
            header("X-Idempotency-Key", "The same under another name. When both are there, they say the same."),
        ]
    });
    let resumed = operation.resumes.then(|| {
        json!({
            "name": "Last-Event-ID", "in": "header",
            "description": "`id` of the last frame that was seen: the stream goes on behind it. Counts more than `after`.",
            "schema": { "type": "string" }, "example": "17",
        })
    });
    let beside = operation.raw_body.map(|_| {
        let header = |name: &str, about: &str, example: &str| {
            json!({
                "name": name, "in": "header", "description": about,
                "schema": { "type": "string" }, "example": example,
            })
        };
        [
            header(
                "X-Envelope-From",
                "The sender of the envelope, for SPF; `<>` for a null sender.",
                "jane@example.com",
            ),
            header("X-Envelope-To", "The recipients of the envelope, with commas between them.", "acme@mail.example"),
            header("X-Remote-IP", "The address of the machine that delivered the message, for SPF.", "192.0.2.7"),
        ]
    });
    let both = both.into_iter().flatten().chain(beside.into_iter().flatten());
    in_path.chain(in_query).chain(both).chain(resumed).collect()
}

/// A message that the document shows.
const MESSAGE: &str = "From: Jane Doe <jane@example.com>\r\nTo: acme@mail.example\r\nSubject: Printer\r\nMessage-ID: <m1@example.com>\r\n\r\nIt is broken.\r\n";

fn in_query(query: &QueryDoc) -> Value {
    let schema = tidied(to_json(&query.schema));
    let mut parameter = json!({ "name": query.name, "in": "query", "description": query.about });
    if query.required {
        parameter["required"] = true.into();
    }
    if schema["type"] == "array" {
        // A comma list: repeating the parameter says the same.
        parameter["style"] = "form".into();
        parameter["explode"] = false.into();
    }
    if schema["type"] == "object" {
        // One parameter with many names: each member is a parameter of its own.
        parameter["style"] = "form".into();
        parameter["explode"] = true.into();
    }
    parameter["schema"] = named::named(schema.clone(), &named::kinds());
    if !query.example.is_empty() {
        let example = Value::from(query.example);
        parameter["example"] = if schema["type"] == "array" { json!([example]) } else { example };
    }
    parameter
}

/// The routes of whoever runs the server, which are not in the table: no credential, no limits, no errors of their own.
pub(super) fn of_operators(schemas: &Schemas, examples: &mut Examples) -> [(&'static str, Map<String, Value>); 2] {
    let mut reply = |name: &str, about: &str| replies::plain(name, about, schemas, examples);
    let health = json!({
        "operationId": "operations.health", "summary": "The process runs",
        "description": "For a supervisor that restarts what does not answer. Looks at nothing else.\n\nTakes no credential.",
        "tags": ["operations"], "x-permission": "public", "security": [],
        "responses": { "200": reply("Health", "It runs.") },
    });
    let ready = json!({
        "operationId": "operations.ready", "summary": "The process can do its work",
        "description": "For whoever sends requests here: the database answers and has this version's schema, files can be \
            stored, and the queue of writes is not full. During shutdown it says no.\n\nTakes no credential.",
        "tags": ["operations"], "x-permission": "public", "security": [],
        "responses": { "200": reply("Ready", "It can."), "503": reply("Ready", "It cannot: `checks` says why.") },
    });
    let get = |operation: Value| [("get".to_owned(), operation)].into_iter().collect();
    [("/v1/health", get(health)), ("/v1/ready", get(ready))]
}
