use std::collections::BTreeSet;

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{Operation, World};

/// What the contract says about a field.
enum Kind {
    /// Text of so many code points.
    Text(usize, usize),
    /// Text of so many bytes.
    Bytes(usize, usize),
    /// A password or token of so many code points.
    Secret(usize, usize),
    Email,
    Url,
    OneOf(&'static [&'static str]),
    Bool,
    Int(i64, i64),
    /// Bytes: at least one.
    Size,
    Time,
    /// An object of the caller's own, at most 64 KB.
    Json,
    Links,
    /// Any JSON of so many bytes.
    Any(usize),
    Watchers,
    List(Box<Kind>, usize),
    /// An id or key, which may be anything.
    Reference,
    /// Something with parts of its own: these are none, as a JSON list.
    Parts(&'static str),
    /// Text of a shape: these do not have it.
    Shape(&'static [&'static str]),
    /// Of a feature that is not there yet: only its default is taken, and null.
    Later,
}

/// The kind of a field; `None` for one that has no case yet.
fn kind(operation: &str, field: &str) -> Option<Kind> {
    use Kind::*;
    Some(match field {
        "filename" => Text(1, 255),
        "contentType" if operation == "profile.requestAvatar" => {
            OneOf(&["image/png", "image/jpeg", "image/gif", "image/webp"])
        }
        "contentType" => {
            Shape(&["", "text", "text/", "/plain", "text/plain; charset=utf-8", "t ext/plain", "tëxt/plain"])
        }
        "size" => Size,
        "checksum" => Shape(&["", "abc", "zz", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982"]),
        "uploadedBy" => Text(0, 320),
        "commentId" | "uploadId" => Reference,
        "ids" => List(Box::new(Reference), 100),
        "state" => OneOf(&["viewing", "replying", "left"]),
        "events" | "types" => {
            List(Box::new(Shape(&["", "ticket", "Ticket.created", "webhook.ping", "brand.created"])), 50)
        }
        "secret" => Shape(&["", "short", "with spaces in it, and long enough", "ünicode-secret-000000000000"]),
        "enabled" | "onlyFailed" => Bool,
        "since" | "until" => Time,
        "name"
            if operation.starts_with("customers.")
                || operation.starts_with("watchers.")
                || operation == "brands.createPortalToken" =>
        {
            Text(0, 200)
        }
        "rating" => Parts(r#"["x", true, [1], {}, 1.5, 11, -2]"#),
        "comment" => Text(0, 1_000),
        "companyName" => Text(1, 200),
        "sourceOrgId" | "brand" => Reference,
        "portalUrl" => Url,
        "name" | "label" => Text(1, 200),
        "placeholder" => Text(0, 200),
        "type" if operation.starts_with("connections.") => OneOf(&["SLACK", "JIRA", "HTTP"]),
        "auth" => OneOf(&["password", "xoauth2"]),
        "folder" | "moveTo" => Text(1, 200),
        "pollSeconds" => Int(30, 3_600),
        "afterProcess" => OneOf(&["seen", "keep", "move", "delete"]),
        "oauth" => Parts(r#"[1, "x", [1], true, { "tokenUrl": "x", "clientId": "" }]"#),
        "password" if operation == "mail.setMailbox" => Secret(1, 4_096),
        "host" => Shape(&["", "a b", "x@y", "a/b", "https://mail.example"]),
        "port" => Int(1, 65_535),
        "tls" => Bool,
        "username" => Text(1, 320),
        "password" if operation == "mail.setRelay" => Secret(1, 4_096),
        "fromEmail" if operation == "mail.setRelay" => Shape(&["", "jane", "@x", "a@b@c"]),
        "config" | "secrets" => Parts(r#"[1, "x", [1], true]"#),
        "trigger" => Parts(
            r#"[1, "x", [], {}, {"events": []}, {"events": ["nothing"]}, {"events": "ticket.created"}, {"events": [1]}]"#,
        ),
        "conditions" => Parts(
            r#"[1, "x", [], {"all": 1}, {"all": [1]}, {"all": [{}]}, {"any": [{"field": "nothing", "op": "eq", "value": 1}]},
                {"all": [{"field": "status", "op": "nothing", "value": "open"}]}]"#,
        ),
        "actions" => Parts(
            r#"[1, "x", {}, [], [1], [{}], [{"type": "nothing"}], [{"type": "set_status"}],
                [{"type": "set_priority", "priority": "highest"}], [{"type": "assign", "assigneeId": "usr_never"}]]"#,
        ),
        "event" => Parts(r#"[1, "x", [], {}, {"type": "nothing"}, {"type": 1}]"#),
        "automationIds" => List(Box::new(Reference), 200),
        "ticketId" => Reference,
        "type" => OneOf(&["text", "number", "boolean", "date", "select", "multiselect", "url", "array", "object"]),
        "required" | "showOnCreate" | "showInTable" | "showInDetail" | "visible" => Bool,
        "defaultValue" => Any(4 * 1024),
        "options" => List(Box::new(Text(1, 200)), 200),
        "keys" => List(Box::new(Reference), 400),
        "categoryIds" => List(Box::new(Reference), 1_000),
        "sourceTagIds" => List(Box::new(Reference), 50),
        "domain" => Shape(&["", ".", "a..b", "a.", "a@b", "a b", "https://a.b", "gmail.com"]),
        "company" => Shape(&["", " \t"]),
        "title" => Text(1, 500),
        "body" => Bytes(usize::from(operation.starts_with("comments.")), 1024 * 1024),
        "description" => Text(0, 1_000),
        "customerName" | "authorName" => Text(0, 200),
        "createdBy" => Text(0, 320),
        "sourceId" => Text(0, 512),
        "email" | "authorEmail" | "customerEmail" | "assigneeEmail" => Email,
        "cc" => List(Box::new(Email), 20),
        "url" | "iconUrl" | "avatarUrl" => Url,
        "links" => Links,
        "priority" => OneOf(&["low", "normal", "high", "urgent"]),
        "closeReason" => OneOf(&["no_response", "out_of_scope", "customer_left", "duplicate"]),
        "authorType" => OneOf(&["STAFF", "CUSTOMER", "SYSTEM"]),
        "action" if operation == "mail.reprocess" => OneOf(&["auto", "create", "append"]),
        "action" => OneOf(&[
            "resolve",
            "close",
            "setStatus",
            "setPriority",
            "assign",
            "setCategory",
            "setTags",
            "addTags",
            "removeTags",
            "spam",
            "notSpam",
            "delete",
        ]),
        "permissions" => OneOf(&["full", "support", "read"]),
        "allBrands"
        | "isActive"
        | "notifyEmail"
        | "isBlocked"
        | "isInternal"
        | "notifyCustomer"
        | "isSpam"
        | "blockCustomer"
        | "notify"
        | "notifyOnComment"
        | "notifyOnStatusChange" => Bool,
        "ticketNumberStart" => Int(1, 999_999_999),
        "csatEnabled" => Bool,
        "csatType" => OneOf(&["thumbs", "scale5", "scale10"]),
        "csatDelayMinutes" | "delayMinutes" => Int(0, 10_080),
        "csatEmailSubject" => Text(0, 200),
        "csatEmailBody" => Text(0, 10_000),
        "expiresAt" | "dueAt" | "expectedUpdatedAt" => Time,
        "customFields" | "metadata" | "settings" | "ticketSchema" | "sourceData" => Json,
        "accountName" => Text(1, 200),
        "displayName" => Text(1, 50),
        "totpCode" | "code" => Secret(1, 40),
        "password" if operation == "auth.disableTotp" => Secret(1, 200),
        "password" if operation != "auth.login" => Secret(10, 200),
        "newPassword" => Secret(10, 200),
        "password" | "currentPassword" | "setupToken" | "token" => Secret(1, 200),
        "mode" => OneOf(&["cookie", "token"]),
        "role" => OneOf(&["admin", "member"]),
        "confirmation" => OneOf(&["DELETE"]),
        "all" | "notifyToast" | "notifyDesktop" => Bool,
        "accountId" | "memberId" => Reference,
        "brandIds" if operation.starts_with("members.") => List(Box::new(Reference), 500),
        "brandIds" => List(Box::new(Reference), 1_000),
        "statusIds" => List(Box::new(Reference), 200),
        "ticketIds" => List(Box::new(Reference), 500),
        "sourceTicketIds" | "tagIds" | "addTagIds" | "removeTagIds" => List(Box::new(Reference), 50),
        "tags" => List(Box::new(Text(1, 200)), 50),
        "watchers" => Watchers,
        "status"
        | "statusId"
        | "assigneeId"
        | "customerId"
        | "companyId"
        | "authorId"
        | "parentId"
        | "setStatus"
        | "categoryId"
        | "replacementStatusId"
        | "replacementCategoryId" => Reference,
        "key" if operation.ends_with(".update") => Shape(&["another", "Doing", ""]),
        "key" if operation.starts_with("fields.") => Shape(&["", "1st", "a-b", "a b", "ä", "null", "me"]),
        "key" => Shape(&[
            "",
            "Doing",
            "1st",
            "a-b",
            "a b",
            "ä",
            "active",
            "all",
            "null",
            "me",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ]),
        "color" => Shape(&["", "red", "3b82f6", "#12345", "#1234567", "#12345g"]),
        "slug" => Shape(&[
            "",
            "A",
            "a_b",
            "-a",
            "a-",
            "ä",
            "admin",
            "www",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ]),
        "ticketPrefix" => Shape(&["", "A-B", "Ä", "A B", "ABCDEFGHIJK"]),
        "source" => Shape(&["", "Email", "a b", "ä", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]),
        "attachmentIds" => List(Box::new(Reference), 50),
        "portalOrigins" => {
            List(Box::new(Shape(&["", "a.example", "https://a.example/", "https://a.example/x", "ftp://a"])), 50)
        }
        "newTicketNotifyEmails" => List(Box::new(Email), 20),
        "fromName" => Text(0, 100),
        "fromEmail" => Shape(&["", "jane", "@x", "a@b@c", "help@elsewhere.example"]),
        "autoresponseSubject" => Text(0, 200),
        "autoresponseBody" => Text(0, 10_000),
        "inboundEmailEnabled" | "autoresponseEnabled" | "portalSignup" => Bool,
        _ if field.starts_with("sla") => Later,
        _ => return None,
    })
}

/// The fields of a PATCH that null clears.
fn cleared_by_null(operation: &str) -> &'static [&'static str] {
    match operation {
        "apiKeys.update" => &["expiresAt"],
        "brands.update" => &[
            "url",
            "iconUrl",
            "settings",
            "metadata",
            "ticketSchema",
            "csatEmailSubject",
            "csatEmailBody",
            "fromName",
            "fromEmail",
            "autoresponseSubject",
            "autoresponseBody",
        ],
        "statuses.update" | "categories.update" => &["description"],
        "fields.update" => &["defaultValue", "description", "placeholder"],
        "customers.update" => &["name", "avatarUrl", "companyId", "company", "customFields", "metadata"],
        "companies.update" => &["domain", "metadata", "settings"],
        "tickets.update" => &[
            "body",
            "closeReason",
            "assigneeId",
            "assigneeEmail",
            "customerId",
            "customFields",
            "metadata",
            "links",
            "dueAt",
            "categoryId",
        ],
        "comments.update" => &["links", "metadata"],
        "webhooks.update" => &["description"],
        "automations.update" => &["description", "conditions"],
        "profile.update" => &["displayName"],
        _ => &[],
    }
}

/// Values that a field of this kind must not take.
fn bad(kind: &Kind) -> Vec<Value> {
    let of = |texts: &[&str]| texts.iter().map(|text| json!(text)).collect::<Vec<_>>();
    let wrong_types = |but: fn(&Value) -> bool| {
        let all = [json!(1), json!("1"), json!("true"), json!(true), json!([1]), json!({ "a": 1 })];
        all.into_iter().filter(|value| !but(value)).collect::<Vec<_>>()
    };
    let nul = || json!("a\u{0}b");
    let is_text: fn(&Value) -> bool = Value::is_string;
    let (types, values) = match kind {
        Kind::Text(min, max) => {
            let mut values = vec![json!("é".repeat(max + 1)), nul()];
            values.extend((*min > 0).then(|| json!(" \t ")));
            (wrong_types(is_text), values)
        }
        Kind::Bytes(min, max) => {
            let mut values = vec![json!("é".repeat(max / 2 + 1)), nul()];
            values.extend((*min > 0).then(|| json!("")));
            (wrong_types(is_text), values)
        }
        Kind::Secret(min, max) => (
            wrong_types(is_text),
            vec![json!("é".repeat(max + 1)), json!("é".repeat(min - 1)), json!("a\u{0}bcdefghijk")],
        ),
        Kind::Email => {
            let long = format!("{}@x.example", "a".repeat(311));
            (wrong_types(is_text), of(&["", "jane", "@x", "x@", "a@b@c", "a b@c", "a@b\u{0}c", &long]))
        }
        Kind::Url => {
            let long = format!("https://x.example/{}", "a".repeat(2_031));
            (
                wrong_types(is_text),
                of(&[
                    "",
                    "x.example",
                    "ftp://x",
                    "javascript:alert(1)",
                    "https://",
                    "https://a b",
                    "http://a\u{0}",
                    &long,
                ]),
            )
        }
        Kind::OneOf(_) => (wrong_types(is_text), of(&["", "unknown", "low,high", "full\u{0}"])),
        Kind::Bool => (wrong_types(Value::is_boolean), vec![json!(0)]),
        Kind::Int(min, max) => {
            let huge = serde_json::from_str("99999999999999999999").unwrap();
            (wrong_types(Value::is_number), vec![json!(min - 1), json!(max + 1), json!(1.5), json!(-1), huge])
        }
        Kind::Size => (wrong_types(Value::is_number), vec![json!(0), json!(-1), json!(1.5)]),
        Kind::Time => {
            let values =
                of(&["", "yesterday", "2026-02-30", "2026-13-01T00:00:00Z", "2026-01-02T03:04:05", "2026\u{0}"]);
            (wrong_types(is_text), values)
        }
        Kind::Json => {
            let values = vec![
                json!({ "a": "x".repeat(64 * 1024) }),
                json!({ "a": { "b": [1, { "c": "x\u{0}" }] } }),
                json!({ "a": { "b\u{0}": 1 } }),
            ];
            (wrong_types(Value::is_object), values)
        }
        Kind::Any(max) => (vec![], vec![json!("x".repeat(max - 1)), json!(["a\u{0}b"]), json!({ "a\u{0}": 1 })]),
        Kind::Links => {
            let good = json!("https://x.example");
            let values = vec![
                json!(vec![good; 51]),
                json!(["x.example"]),
                json!([{ "title": "no url" }]),
                json!([null]),
                json!([{ "url": "ftp://x" }]),
                json!([{ "url": "https://x", "title": 1 }]),
                json!(["https://x\u{0}"]),
                json!([{ "url": format!("https://x.example/{}", "a".repeat(2_031)) }]),
            ];
            (wrong_types(|_| false), values)
        }
        Kind::Watchers => {
            let values = vec![
                json!((0..101).map(|index| json!({ "email": format!("a{index}@x.example") })).collect::<Vec<_>>()),
                json!(["a@x.example"]),
                json!([null]),
                json!([{}]),
                json!([{ "name": "nobody" }]),
                json!([{ "email": "a" }]),
                json!([{ "memberId": "usr_x" }]),
                json!([{ "email": "a@x.example", "notifyOnComment": 1 }]),
                json!([{ "email": "a@x.example\u{0}" }]),
            ];
            (wrong_types(|_| false), values)
        }
        Kind::List(inner, max) => {
            let mut values: Vec<Value> = bad(inner).into_iter().map(|item| json!([item])).collect();
            values.push(json!((0..=*max).map(|index| format!("a{index}@x.example")).collect::<Vec<_>>()));
            values.push(json!([null]));
            (wrong_types(Value::is_array), values)
        }
        Kind::Reference => {
            (wrong_types(is_text), vec![json!(" "), json!("x".repeat(201)), nul(), json!("none-such\u{0}")])
        }
        Kind::Later => (vec![], vec![json!("another"), json!(1), json!([1]), json!({ "a": 1 })]),
        Kind::Parts(values) => (vec![], serde_json::from_str(values).expect("a list")),
        Kind::Shape(texts) => {
            let mut values = of(texts);
            values.push(nul());
            (wrong_types(is_text), values)
        }
    };
    types.into_iter().chain(values).collect()
}

/// A value at the limit, which must be taken; addresses and names differ by their first letter.
fn good(kind: &Kind, letter: char) -> Option<Value> {
    Some(match kind {
        Kind::Text(_, max) => json!(format!("{letter}{}", "é".repeat(max - 1))),
        Kind::Bytes(_, max) => json!("é".repeat(max / 2)),
        Kind::Email => json!(format!("{letter}{}@x.example", "é".repeat(309))),
        Kind::Url => json!(format!("https://x.example/{}", "a".repeat(2_030))),
        Kind::Int(_, max) => json!(max),
        // {"a":"..."} has eight bytes around the text.
        Kind::Json => json!({ "a": "x".repeat(64 * 1024 - 8) }),
        Kind::Any(max) => json!("x".repeat(max - 2)),
        Kind::Links => json!(vec!["https://x.example"; 50]),
        Kind::List(inner, max) if matches!(**inner, Kind::Email) => json!(vec!["a@x.example"; *max]),
        _ => return None,
    })
}

/// The operations of the API document that read a body, with the fields of each.
fn documented(app: &TestApp) -> Vec<(String, Vec<String>)> {
    let document: Value = serde_json::from_str(app.app.document()).unwrap();
    let mut found = Vec::new();
    for operation in document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values())
    {
        let reference = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let Some(reference) = reference.as_str() else { continue };
        let schema = &document["components"]["schemas"][reference.rsplit('/').next().unwrap()];
        let fields = schema["properties"].as_object().into_iter().flat_map(|all| all.keys().cloned()).collect();
        found.push((operation["operationId"].as_str().unwrap().to_owned(), fields));
    }
    found
}

async fn sent(
    app: &TestApp,
    world: &World,
    operation: &Operation,
    field: &str,
    value: Value,
) -> dispatch_testkit::Answer {
    let mut body = operation.body.clone();
    body[field] = value;
    app.call(world.credential(app, operation.id), operation.method, &operation.path, body).await
}

/// A short form of a value, for the message of a failure.
fn short(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}

both! {
    async fn every_operation_of_the_document_has_a_case(app) {
        let world = World::new(app).await;
        let cases: BTreeSet<&str> = world.operations().iter().map(|operation| operation.id).collect();
        let documented = documented(app);
        assert_eq!(documented.iter().map(|(id, _)| id.as_str()).collect::<BTreeSet<_>>(), cases);
        for (id, fields) in documented {
            for field in fields {
                assert!(kind(&id, &field).is_some(), "{id} {field} has no case here");
            }
        }
    }

    async fn every_bad_value_of_every_field_is_refused_by_its_name(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        let documented = documented(app);
        for operation in world.operations() {
            let (_, fields) = documented.iter().find(|(id, _)| id == operation.id).unwrap();
            for field in fields {
                let kind = kind(operation.id, field).unwrap();
                for value in bad(&kind) {
                    let case = format!("{} {field} {}", operation.id, short(&value));
                    let answer = sent(app, &world, operation, field, value).await;
                    assert_eq!(answer.status, 400, "{case}: {}", answer.text);
                    if let (Kind::OneOf(names), true) = (&kind, answer.text.contains("one of")) {
                        assert!(answer.text.contains(&names.join(", ")), "{case}: {}", answer.text);
                    }
                    let named = answer.invalid();
                    assert!(
                        named.iter().all(|name| name == field
                            || name.starts_with(&format!("{field}["))
                            || name.starts_with(&format!("{field}.")))
                            && !named.is_empty(),
                        "{case}: {named:?}"
                    );
                }
            }
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }

    async fn null_is_refused_where_a_field_needs_a_value(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        for (id, fields) in documented(app) {
            let operation = world.operations().iter().find(|operation| operation.id == id).unwrap();
            for field in fields {
                let later = matches!(kind(&id, &field), Some(Kind::Later));
                let refused = !later && match operation.method {
                    "PATCH" => !cleared_by_null(&id).contains(&field.as_str()),
                    _ => {
                        operation.body.get(&field).is_some()
                            && !["allBrands", "replacementStatusId"].contains(&field.as_str())
                            && !(id.starts_with("mail.set") && field == "password") // it stays then
                    }
                };
                if refused {
                    assert_eq!(sent(app, &world, operation, &field, Value::Null).await.invalid(), [field], "{id}");
                }
            }
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }

    async fn limits_are_inclusive(app) {
        let world = World::new(app).await;
        // What works once, or only with a mailed link, says in its own tests what it takes.
        let once = |id: &str| {
            let linked = ["feedback.submit", "portal.verify", "portal.sendLink", "brands.sendPortalLink"];
            // By then the ticket is somebody else's.
            id.starts_with("auth.") || linked.contains(&id) || ["portal.requestUpload", "portal.createComment"].contains(&id)
        };
        for ((id, fields), letter) in documented(app).into_iter().filter(|(id, _)| !once(id)).zip('一'..) {
            let operation = world.operations().iter().find(|operation| operation.id == id).unwrap();
            for field in fields {
                let Some(value) = good(&kind(&id, &field).unwrap(), letter) else { continue };
                let mut fresh = operation.body.clone();
                for (name, unique) in [("key", field.to_lowercase()), ("email", format!("{field}@x.example"))] {
                    if fresh.get(name).is_some() {
                        fresh[name] = json!(unique);
                    }
                }
                fresh[&field] = value;
                let credential = world.credential(app, operation.id);
                let answer = app.call(credential, operation.method, &operation.path, fresh).await;
                assert!(answer.status.is_success(), "{id} {field}: {}", answer.text);
            }
        }
    }

    async fn all_problems_of_a_request_are_told_at_once(app) {
        let world = World::new(app).await;
        let tickets = format!("{}/tickets", world.brand);
        let body = json!({ "title": "", "priority": "highest", "links": ["x", "https://ok.example", "y"], "customFields": [], "isX": 1 });
        let refused = app.post(&tickets, body).await.invalid();
        let found: BTreeSet<&str> = refused.iter().map(String::as_str).collect();
        assert_eq!(found, BTreeSet::from(["title", "priority", "links[0]", "links[2]", "customFields"]));
        let many = json!({ "title": "T", "links": vec!["x"; 50], "customFields": 1 });
        assert_eq!(app.post(&tickets, many).await.invalid().len(), 50, "at most");
    }

    async fn a_schema_is_an_object_of_at_most_64_kb(app) {
        let world = World::new(app).await;
        let schema = format!("{}/schema", world.brand);
        app.put(&schema, json!({ "a": "x".repeat(64 * 1024 - 8) })).await.ok();
        let before = world.everything(app).await;
        for bad in [json!({ "a": "x".repeat(64 * 1024 - 7) }), json!({ "a": ["\u{0}"] })] {
            assert_eq!(app.put(&schema, bad).await.invalid().len(), 1);
        }
        assert_eq!(world.everything(app).await, before);
    }
}
