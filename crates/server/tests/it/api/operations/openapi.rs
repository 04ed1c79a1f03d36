use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use dispatch_testkit::both;
use serde_json::Value;

/// Every route of this version, as the contract writes it.
const ROUTES: &[&str] = &[
    "get /v1/health",
    "get /v1/ready",
    "get /v1/accounts/me",
    "patch /v1/accounts/me",
    "delete /v1/accounts/me",
    "get /v1/accounts/me/usage",
    "get /v1/auth/config",
    "post /v1/auth/setup",
    "post /v1/auth/login",
    "post /v1/auth/magic-link",
    "post /v1/auth/verify",
    "post /v1/auth/password/forgot",
    "post /v1/auth/password/reset",
    "post /v1/auth/password",
    "post /v1/auth/totp/enroll",
    "post /v1/auth/totp/confirm",
    "post /v1/auth/totp/disable",
    "get /v1/auth/session",
    "post /v1/auth/logout",
    "get /v1/auth/invites/{token}",
    "post /v1/auth/accept-invite",
    "get /v1/auth/accounts",
    "post /v1/auth/switch-account",
    "post /v1/auth/transfer-ownership",
    "get /v1/auth/profile",
    "patch /v1/auth/profile",
    "get /v1/members",
    "post /v1/members/invite",
    "post /v1/members/{inviteId}/resend-invite",
    "get /v1/members/{memberId}",
    "patch /v1/members/{memberId}",
    "delete /v1/members/{memberId}",
    "get /v1/accounts/me/api-keys",
    "post /v1/accounts/me/api-keys",
    "patch /v1/accounts/me/api-keys/{keyId}",
    "patch /v1/accounts/me/api-keys/{keyId}/scope",
    "delete /v1/accounts/me/api-keys/{keyId}",
    "post /v1/brands",
    "get /v1/brands",
    "get /v1/brands/{brandId}",
    "patch /v1/brands/{brandId}",
    "delete /v1/brands/{brandId}",
    "get /v1/brands/{brandId}/schema",
    "put /v1/brands/{brandId}/schema",
    "get /v1/brands/{brandId}/statuses",
    "post /v1/brands/{brandId}/statuses",
    "get /v1/brands/{brandId}/statuses/stats",
    "post /v1/brands/{brandId}/statuses/reorder",
    "get /v1/brands/{brandId}/statuses/{statusId}",
    "patch /v1/brands/{brandId}/statuses/{statusId}",
    "delete /v1/brands/{brandId}/statuses/{statusId}",
    "post /v1/brands/{brandId}/customers",
    "get /v1/brands/{brandId}/customers",
    "get /v1/brands/{brandId}/customers/{customerId}",
    "patch /v1/brands/{brandId}/customers/{customerId}",
    "delete /v1/brands/{brandId}/customers/{customerId}",
    "get /v1/brands/{brandId}/customers/search",
    "post /v1/brands/{brandId}/customers/{customerId}/erase",
    "post /v1/brands/{brandId}/companies",
    "get /v1/brands/{brandId}/companies",
    "get /v1/brands/{brandId}/companies/{companyId}",
    "patch /v1/brands/{brandId}/companies/{companyId}",
    "delete /v1/brands/{brandId}/companies/{companyId}",
    "post /v1/brands/{brandId}/tickets",
    "get /v1/brands/{brandId}/tickets",
    "get /v1/brands/{brandId}/tickets/{ticketId}",
    "patch /v1/brands/{brandId}/tickets/{ticketId}",
    "delete /v1/brands/{brandId}/tickets/{ticketId}",
    "get /v1/brands/{brandId}/tickets/{ticketId}/activity",
    "post /v1/brands/{brandId}/tickets/{ticketId}/comments",
    "get /v1/brands/{brandId}/tickets/{ticketId}/comments",
    "get /v1/brands/{brandId}/tickets/{ticketId}/comments/{commentId}",
    "patch /v1/brands/{brandId}/tickets/{ticketId}/comments/{commentId}",
    "delete /v1/brands/{brandId}/tickets/{ticketId}/comments/{commentId}",
    "get /v1/brands/{brandId}/tickets/count",
    "post /v1/brands/{brandId}/tickets/bulk",
    "post /v1/brands/{brandId}/tickets/{ticketId}/restore",
    "post /v1/brands/{brandId}/tickets/{ticketId}/spam",
    "post /v1/brands/{brandId}/tickets/{ticketId}/merge",
    "get /v1/brands/{brandId}/tickets/{ticketId}/watchers",
    "post /v1/brands/{brandId}/tickets/{ticketId}/watchers",
    "patch /v1/brands/{brandId}/tickets/{ticketId}/watchers/{watcherId}",
    "delete /v1/brands/{brandId}/tickets/{ticketId}/watchers/{watcherId}",
    "get /v1/tickets",
    "get /v1/tickets/count",
    "get /v1/tickets/stats",
    "get /v1/tickets/trends",
    "get /v1/tickets/team-metrics",
    "get /v1/brands/{brandId}/events",
    "get /v1/brands/{brandId}/events/stream",
    "post /v1/brands/{brandId}/tickets/{ticketId}/presence",
    "post /v1/brands/{brandId}/tickets/{ticketId}/survey",
    "get /v1/brands/{brandId}/tickets/{ticketId}/feedback",
    "post /v1/auth/profile/avatar",
    "post /v1/auth/profile/avatar/confirm",
    "delete /v1/auth/profile/avatar",
    "get /v1/brands/{brandId}/tickets/{ticketId}/attachments",
    "post /v1/brands/{brandId}/tickets/{ticketId}/attachments",
    "post /v1/brands/{brandId}/tickets/{ticketId}/attachments/{attachmentId}/confirm",
    "get /v1/brands/{brandId}/tickets/{ticketId}/attachments/{attachmentId}",
    "delete /v1/brands/{brandId}/tickets/{ticketId}/attachments/{attachmentId}",
    "post /v1/brands/{brandId}/attachments/pending",
    "post /v1/brands/{brandId}/attachments/pending/{attachmentId}/confirm",
    "post /v1/brands/{brandId}/attachments/urls",
    "get /v1/brands/{brandId}/webhooks",
    "post /v1/brands/{brandId}/webhooks",
    "get /v1/brands/{brandId}/webhooks/{webhookId}",
    "patch /v1/brands/{brandId}/webhooks/{webhookId}",
    "delete /v1/brands/{brandId}/webhooks/{webhookId}",
    "post /v1/brands/{brandId}/webhooks/{webhookId}/rotate-secret",
    "post /v1/brands/{brandId}/webhooks/{webhookId}/test",
    "get /v1/brands/{brandId}/webhooks/{webhookId}/deliveries",
    "get /v1/brands/{brandId}/webhooks/{webhookId}/deliveries/{deliveryId}",
    "post /v1/brands/{brandId}/webhooks/{webhookId}/deliveries/{deliveryId}/retry",
    "post /v1/brands/{brandId}/webhooks/{webhookId}/replay",
    "get /v1/brands/{brandId}/automations",
    "post /v1/brands/{brandId}/automations",
    "get /v1/brands/{brandId}/automations/{automationId}",
    "patch /v1/brands/{brandId}/automations/{automationId}",
    "delete /v1/brands/{brandId}/automations/{automationId}",
    "post /v1/brands/{brandId}/automations/reorder",
    "post /v1/brands/{brandId}/automations/{automationId}/test",
    "get /v1/brands/{brandId}/automations/runs",
    "get /v1/brands/{brandId}/automations/{automationId}/runs",
    "post /v1/brands/{brandId}/automations/runs/{runId}/retry",
    "post /v1/inbound/email/{brandSlug}",
    "post /v1/brands/{brandId}/inbound-token",
    "delete /v1/brands/{brandId}/inbound-token",
    "get /v1/brands/{brandId}/mailbox",
    "put /v1/brands/{brandId}/mailbox",
    "delete /v1/brands/{brandId}/mailbox",
    "post /v1/brands/{brandId}/mailbox/test",
    "get /v1/brands/{brandId}/mail-relay",
    "put /v1/brands/{brandId}/mail-relay",
    "delete /v1/brands/{brandId}/mail-relay",
    "post /v1/brands/{brandId}/mail-relay/test",
    "get /v1/brands/{brandId}/mail",
    "get /v1/brands/{brandId}/mail/{mailId}",
    "get /v1/brands/{brandId}/mail/{mailId}/raw",
    "post /v1/brands/{brandId}/mail/{mailId}/reprocess",
    "post /v1/brands/{brandId}/mail/{mailId}/resend",
    "post /v1/brands/{brandId}/portal/token",
    "post /v1/brands/{brandId}/portal/magic-link",
    "post /v1/portal/magic-link",
    "post /v1/portal/verify",
    "post /v1/portal/refresh",
    "get /v1/portal/tickets",
    "post /v1/portal/tickets",
    "get /v1/portal/tickets/{ticketId}",
    "post /v1/portal/tickets/{ticketId}/comments",
    "get /v1/portal/tickets/{ticketId}/attachments",
    "get /v1/portal/tickets/{ticketId}/attachments/{attachmentId}",
    "post /v1/portal/tickets/{ticketId}/attachments",
    "post /v1/portal/tickets/{ticketId}/attachments/{attachmentId}/confirm",
    "post /v1/portal/tickets/attachments/pending",
    "post /v1/portal/tickets/attachments/pending/{attachmentId}/confirm",
    "get /v1/feedback/{token}",
    "post /v1/feedback/{token}",
    "get /v1/brands/{brandId}/connections",
    "post /v1/brands/{brandId}/connections",
    "get /v1/brands/{brandId}/connections/{connectionId}",
    "patch /v1/brands/{brandId}/connections/{connectionId}",
    "delete /v1/brands/{brandId}/connections/{connectionId}",
    "post /v1/brands/{brandId}/connections/{connectionId}/test",
    "get /v1/accounts/me/logs",
    "get /v1/brands/{brandId}/categories",
    "post /v1/brands/{brandId}/categories",
    "get /v1/brands/{brandId}/categories/stats",
    "post /v1/brands/{brandId}/categories/reorder",
    "get /v1/brands/{brandId}/categories/{categoryId}",
    "patch /v1/brands/{brandId}/categories/{categoryId}",
    "delete /v1/brands/{brandId}/categories/{categoryId}",
    "get /v1/brands/{brandId}/tags",
    "post /v1/brands/{brandId}/tags",
    "get /v1/brands/{brandId}/tags/stats",
    "get /v1/brands/{brandId}/tags/{tagId}",
    "patch /v1/brands/{brandId}/tags/{tagId}",
    "delete /v1/brands/{brandId}/tags/{tagId}",
    "post /v1/brands/{brandId}/tags/{tagId}/merge",
    "get /v1/brands/{brandId}/fields",
    "get /v1/brands/{brandId}/fields/{entity}",
    "post /v1/brands/{brandId}/fields/{entity}",
    "post /v1/brands/{brandId}/fields/{entity}/reorder",
    "patch /v1/brands/{brandId}/fields/{entity}/{key}",
    "delete /v1/brands/{brandId}/fields/{entity}/{key}",
    "get /v1/brands/{brandId}/logs",
    "get /v1/brands/{brandId}/logs.csv",
    "get /v1/brands/{brandId}/tickets/{ticketId}/logs",
    "get /v1/brands/{brandId}/companies/{companyId}/tickets",
];

fn document() -> Value {
    serde_json::from_str(dispatch_http::document()).unwrap()
}

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().filter(|_| name == "$ref") {
                    Some(reference) => drop(found.insert(reference.to_owned())),
                    None => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

both! {
    async fn the_document_is_served_to_everybody(app) {
        let request = Request::get("/openapi.json").body(Body::empty()).unwrap();
        let answer = app.send(request).await;
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.text, dispatch_http::document());
        assert_eq!(app.app.document(), dispatch_http::document());
    }
}

#[test]
fn every_route_is_in_the_document_and_no_other() {
    let document = document();
    let mut found: Vec<String> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        found.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    found.sort_unstable();
    let mut expected = ROUTES.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 10);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

/// The client's namespaces and their methods (API 34), as far as their routes exist.
const CLIENT: &[(&str, &[&str])] = &[
    ("accounts", &["me", "update", "delete", "usage", "logs"]),
    ("apiKeys", &["list", "create", "update", "setScope", "delete"]),
    ("members", &["list", "get", "invite", "resendInvite", "update", "remove"]),
    (
        "brands",
        &[
            "create",
            "list",
            "get",
            "update",
            "delete",
            "getSchema",
            "updateSchema",
            "createPortalToken",
            "sendPortalLink",
        ],
    ),
    (
        "tickets",
        &[
            "create",
            "list",
            "count",
            "get",
            "update",
            "delete",
            "restore",
            "setSpam",
            "merge",
            "bulk",
            "activity",
            "logs",
            "presence",
            "sendSurvey",
            "feedback",
        ],
    ),
    ("comments", &["create", "list", "get", "update", "delete"]),
    (
        "attachments",
        &["requestUpload", "requestPendingUpload", "confirm", "confirmPending", "list", "get", "delete", "urls"],
    ),
    (
        "webhooks",
        &[
            "create",
            "list",
            "get",
            "update",
            "delete",
            "rotateSecret",
            "test",
            "deliveries",
            "getDelivery",
            "retryDelivery",
            "replay",
        ],
    ),
    ("watchers", &["add", "list", "update", "remove"]),
    ("customers", &["create", "list", "search", "get", "update", "delete", "erase"]),
    ("companies", &["create", "list", "tickets", "get", "update", "delete"]),
    ("statuses", &["create", "list", "get", "update", "stats", "reorder", "delete"]),
    ("categories", &["create", "list", "get", "update", "delete", "stats", "reorder"]),
    ("tags", &["create", "list", "get", "update", "delete", "stats", "merge"]),
    ("fields", &["listAll", "list", "create", "update", "delete", "reorder"]),
    ("events", &["list", "stream"]),
    ("logs", &["list", "csv"]),
    ("automations", &["create", "list", "get", "update", "delete", "reorder", "test", "runs", "runsOf", "retryRun"]),
    (
        "mail",
        &[
            "list",
            "get",
            "raw",
            "reprocess",
            "resend",
            "deliver",
            "createInboundToken",
            "deleteInboundToken",
            "getMailbox",
            "setMailbox",
            "deleteMailbox",
            "testMailbox",
            "getRelay",
            "setRelay",
            "deleteRelay",
            "testRelay",
        ],
    ),
    ("connections", &["create", "list", "get", "update", "delete", "test"]),
    ("queue", &["tickets", "count", "stats", "trends", "teamMetrics"]),
];
/// Routes that this client leaves to `request()`, signing in, the profile, and what operators ask, and those of customers, for which
/// there is `DispatchPortal`.
const NOT_IN_CLIENT: [&str; 5] = ["auth", "profile", "operations", "portal", "feedback"];

fn operations(document: &Value) -> Vec<&Value> {
    let paths = document["paths"].as_object().unwrap().values();
    paths.flat_map(|path| path.as_object().unwrap().values()).collect()
}

/// What stands there, or what it refers to.
fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().count() > 3)
}

#[test]
fn an_operation_is_called_as_the_method_of_the_client() {
    let document = document();
    let found: BTreeSet<String> = operations(&document)
        .iter()
        .map(|operation| operation["operationId"].as_str().unwrap().to_owned())
        .filter(|id| !NOT_IN_CLIENT.contains(&id.split('.').next().unwrap()))
        .collect();
    let expected: BTreeSet<String> = CLIENT
        .iter()
        .flat_map(|(namespace, methods)| methods.iter().map(move |method| format!("{namespace}.{method}")))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn everything_is_described() {
    let document = document();
    let tags: Vec<&Value> = document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    for operation in operations(&document) {
        let id = &operation["operationId"];
        assert!(is_text(&operation["summary"]) && is_text(&operation["description"]), "{id}");
        assert!(is_text(&operation["x-permission"]), "{id}");
        assert!(operation["tags"].as_array().unwrap().iter().all(|tag| tags.contains(&tag)), "{id}");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = resolved(&document, parameter);
            assert!(is_text(&parameter["description"]), "{id} {parameter}");
        }
        for (status, reply) in operation["responses"].as_object().unwrap() {
            let reply = resolved(&document, reply);
            assert!(is_text(&reply["description"]) && reply["headers"].is_object(), "{id} {status}");
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(is_text(&schema["description"]) || schema.get("type").is_none(), "{name}");
        let parts = schema["allOf"].as_array().into_iter().flatten().chain([schema]);
        for (field, member) in parts.filter_map(|part| part["properties"].as_object()).flatten() {
            assert!(is_text(&member["description"]), "{name}.{field}");
        }
    }
}

#[test]
fn every_body_and_every_reply_has_examples_and_they_all_fit_their_schemas() {
    let document = document();
    for operation in operations(&document) {
        let id = &operation["operationId"];
        let replies = operation["responses"].as_object().unwrap().values().map(|reply| resolved(&document, reply));
        for part in replies.chain(operation.get("requestBody")) {
            for content in part["content"].as_object().into_iter().flat_map(|content| content.values()) {
                let named = content["examples"].as_object().is_some_and(|examples| !examples.is_empty());
                assert!(named || content.get("example").is_some(), "{id} {part}");
            }
        }
    }
    let problems = dispatch_testkit::contract::example_problems();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn a_component_is_there_because_something_refers_to_it() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for (kind, components) in
        document["components"].as_object().unwrap().iter().filter(|(kind, _)| *kind != "securitySchemes")
    {
        for name in components.as_object().unwrap().keys() {
            assert!(found.contains(&format!("#/components/{kind}/{name}")), "{kind} {name}");
        }
    }
}

#[test]
fn operations_have_ids_of_their_own() {
    let document = document();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let ids: Vec<&str> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let different: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), different.len());
}

/// `make generate` writes the file.
#[test]
fn the_committed_document_is_the_one_of_this_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert_eq!(committed.trim_end(), dispatch_http::document().trim_end(), "run `make generate`");
}
