//! A walk over every operation of the API document: who may not use it, and what nobody may find out through it.
//! A new operation fails here until it has a case.

use std::cmp::Reverse;

use dispatch_model::member::Role;
use dispatch_testkit::{Answer, PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::world::{Operation, World, send_raw};
use crate::api::{id, key_for};

/// What an operation asks of its caller: the rows of the table in API 1.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Read,
    Work,
    Configure,
    Manage,
    DeleteBrands,
    Session,
    Members,
    Account,
    Inbound,
}

/// What an operation needs, and a body that it takes.
pub fn case(operation: &Operation) -> (Needs, Value) {
    let none = Value::Null;
    match operation.id.as_str() {
        "accounts.me" | "accounts.usage" => (Needs::Read, none),
        "accounts.logs" => (Needs::Manage, none),
        "accounts.update" => (Needs::Account, json!({ "name": "Renamed" })),
        "accounts.delete" => (Needs::Account, json!({ "confirmation": "DELETE" })),
        "auth.session" | "auth.logout" | "auth.accounts" | "profile.get" => (Needs::Session, none),
        "auth.enrollTotp" => (Needs::Session, none),
        "auth.confirmTotp" => (Needs::Session, json!({ "code": "000000" })),
        "auth.disableTotp" => (Needs::Session, json!({ "password": PASSWORD, "code": "000000" })),
        "auth.changePassword" => (Needs::Session, json!({ "currentPassword": PASSWORD, "newPassword": PASSWORD })),
        "auth.switchAccount" => (Needs::Session, json!({ "accountId": "{accountId}" })),
        "auth.transferOwnership" => (Needs::Account, json!({ "memberId": "{memberId}" })),
        "profile.update" => (Needs::Session, json!({ "displayName": "Renamed" })),
        "members.list" | "members.get" => (Needs::Read, none),
        "members.invite" => (Needs::Members, json!({ "email": "new@example.com" })),
        "members.resendInvite" | "members.remove" => (Needs::Members, none),
        "members.update" => (Needs::Members, json!({ "allBrands": true })),
        "apiKeys.list" | "apiKeys.delete" => (Needs::Manage, none),
        "apiKeys.create" => (Needs::Manage, json!({ "name": "New", "allBrands": true })),
        "apiKeys.update" => (Needs::Manage, json!({ "name": "Renamed" })),
        "apiKeys.setScope" => (Needs::Manage, json!({ "allBrands": true })),
        "brands.list" | "brands.get" | "brands.getSchema" => (Needs::Read, none),
        "brands.create" => (Needs::Manage, json!({ "name": "New" })),
        "brands.update" => (Needs::Configure, json!({ "name": "Renamed" })),
        "brands.updateSchema" => (Needs::Configure, json!({ "a": 1 })),
        "brands.delete" => (Needs::DeleteBrands, none),
        "statuses.list" | "statuses.get" | "statuses.stats" => (Needs::Read, none),
        "statuses.create" => (Needs::Configure, json!({ "name": "New", "key": "new" })),
        "statuses.update" => (Needs::Configure, json!({ "name": "Renamed" })),
        "statuses.reorder" => {
            (Needs::Configure, json!({ "statusIds": ["spare", "open", "pending", "resolved", "closed"] }))
        }
        "statuses.delete" => (Needs::Configure, none),
        "customers.list" | "customers.get" | "customers.search" => (Needs::Read, none),
        "customers.create" => (Needs::Work, json!({ "email": "new@example.com" })),
        "customers.update" => (Needs::Work, json!({ "name": "Renamed" })),
        "customers.delete" => (Needs::Work, none),
        "customers.erase" => (Needs::Configure, none),
        "companies.list" | "companies.get" | "companies.tickets" => (Needs::Read, none),
        "companies.create" => (Needs::Work, json!({ "name": "New" })),
        "companies.update" => (Needs::Work, json!({ "name": "Renamed" })),
        "companies.delete" => (Needs::Work, none),
        "tickets.list" | "tickets.get" | "tickets.activity" => (Needs::Read, none),
        "tickets.count" | "queue.tickets" | "queue.count" | "queue.stats" | "queue.trends" | "queue.teamMetrics" => {
            (Needs::Read, none)
        }
        "tickets.bulk" => (Needs::Work, json!({ "action": "close", "ticketIds": ["DT-1001"] })),
        "tickets.restore" => (Needs::Configure, none),
        "tickets.feedback" => (Needs::Read, none),
        "tickets.sendSurvey" => (Needs::Work, json!({ "delayMinutes": 5 })),
        "tickets.setSpam" => (Needs::Work, json!({ "isSpam": true })),
        "tickets.merge" => (Needs::Work, json!({ "sourceTicketIds": ["DT-1002"] })),
        "watchers.list" => (Needs::Read, none),
        "watchers.add" => (Needs::Work, json!({ "email": "new@watch.example" })),
        "watchers.update" => (Needs::Work, json!({ "notifyOnComment": false })),
        "watchers.remove" => (Needs::Work, none),
        "tickets.create" => (Needs::Work, json!({ "title": "New" })),
        "tickets.update" => (Needs::Work, json!({ "title": "Renamed" })),
        "tickets.delete" => (Needs::Work, none),
        "comments.list" | "comments.get" => (Needs::Read, none),
        "comments.create" => (Needs::Work, json!({ "body": "New" })),
        "comments.update" => (Needs::Work, json!({ "body": "Changed" })),
        "comments.delete" => (Needs::Work, none),
        "attachments.list" | "attachments.get" => (Needs::Read, none),
        "attachments.requestUpload" | "attachments.requestPendingUpload" => {
            (Needs::Work, json!({ "filename": "new.txt", "contentType": "text/plain" }))
        }
        "attachments.confirm" | "attachments.confirmPending" | "attachments.delete" => (Needs::Work, none),
        "attachments.urls" => (Needs::Work, json!({ "ids": ["att_x"] })),
        "profile.requestAvatar" => (Needs::Session, json!({ "filename": "me.png", "contentType": "image/png" })),
        // What was uploaded differs from member to member.
        "profile.confirmAvatar" => (Needs::Session, json!({ "uploadId": "att_x" })),
        "profile.deleteAvatar" => (Needs::Session, none),
        "events.list" | "events.stream" | "tickets.logs" => (Needs::Read, none),
        "tickets.presence" => (Needs::Session, json!({ "state": "viewing" })),
        "logs.list" | "logs.csv" => (Needs::Configure, none),
        "categories.list" | "categories.get" | "categories.stats" => (Needs::Read, none),
        "categories.create" => (Needs::Configure, json!({ "name": "New" })),
        "categories.update" => (Needs::Configure, json!({ "name": "Renamed" })),
        "categories.reorder" => (Needs::Configure, json!({ "categoryIds": ["spare"] })),
        "categories.delete" => (Needs::Configure, none),
        "tags.list" | "tags.get" | "tags.stats" => (Needs::Read, none),
        "tags.create" => (Needs::Work, json!({ "name": "New" })),
        "tags.update" => (Needs::Configure, json!({ "name": "Renamed" })),
        // What it takes in differs from brand to brand.
        "tags.merge" => (Needs::Configure, json!({ "sourceTagIds": ["tag_x"] })),
        "tags.delete" => (Needs::Configure, none),
        "fields.listAll" | "fields.list" => (Needs::Read, none),
        "fields.create" => (Needs::Configure, json!({ "key": "new", "label": "New", "type": "text" })),
        "fields.update" => (Needs::Configure, json!({ "label": "Renamed" })),
        "fields.reorder" => (Needs::Configure, json!({ "keys": ["of_acme"] })),
        "fields.delete" => (Needs::Configure, none),
        "webhooks.list" | "webhooks.get" | "webhooks.deliveries" | "webhooks.getDelivery" => (Needs::Configure, none),
        "webhooks.create" => (Needs::Configure, json!({ "url": "http://127.0.0.1:1/new", "events": ["*"] })),
        "webhooks.update" => (Needs::Configure, json!({ "description": "Renamed" })),
        "webhooks.delete" | "webhooks.rotateSecret" | "webhooks.test" | "webhooks.retryDelivery" => {
            (Needs::Configure, none)
        }
        "connections.list" | "connections.get" | "connections.delete" | "connections.test" => (Needs::Configure, none),
        "connections.create" => {
            (Needs::Configure, json!({ "type": "HTTP", "name": "New", "config": { "url": "http://127.0.0.1:1/new" } }))
        }
        "connections.update" => (Needs::Configure, json!({ "name": "Renamed" })),
        "automations.list" | "automations.get" | "automations.delete" => (Needs::Configure, none),
        "automations.runs" | "automations.runsOf" | "automations.retryRun" => (Needs::Configure, none),
        "automations.create" => (
            Needs::Configure,
            json!({ "name": "New", "trigger": { "events": ["ticket.merged"] }, "actions": [{ "type": "send_survey" }] }),
        ),
        "automations.update" => (Needs::Configure, json!({ "name": "Renamed" })),
        // Which there are differs from brand to brand.
        "automations.reorder" => (Needs::Configure, json!({ "automationIds": ["aut_x"] })),
        "automations.test" => {
            (Needs::Configure, json!({ "ticketId": "DT-1001", "event": { "type": "ticket.merged" } }))
        }
        "mail.list" | "mail.get" | "mail.raw" | "mail.resend" => (Needs::Configure, none),
        "brands.createPortalToken" => (Needs::Work, json!({ "email": "portal@example.com" })),
        "brands.sendPortalLink" => {
            (Needs::Work, json!({ "email": "new@example.com", "portalUrl": "https://help.example/portal" }))
        }
        "mail.getMailbox" | "mail.deleteMailbox" | "mail.testMailbox" => (Needs::Configure, none),
        "mail.setMailbox" => {
            (Needs::Configure, json!({ "host": "127.0.0.1", "port": 1, "username": "new", "password": "sesame" }))
        }
        "mail.getRelay" | "mail.deleteRelay" | "mail.testRelay" => (Needs::Configure, none),
        "mail.setRelay" => {
            (Needs::Configure, json!({ "host": "127.0.0.1", "port": 1, "fromEmail": "new@example.com" }))
        }
        "mail.createInboundToken" | "mail.deleteInboundToken" => (Needs::Configure, none),
        "mail.reprocess" => (Needs::Configure, json!({ "action": "create" })),
        "mail.deliver" => (Needs::Inbound, none),
        "webhooks.replay" => (Needs::Configure, json!({ "since": "2026-01-01" })),
        unknown => panic!("the walk has no case for {unknown}: say what it needs and which body it takes"),
    }
}

impl Needs {
    /// How the API document names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Work => "work",
            Self::Configure => "configure",
            Self::Manage => "manage",
            Self::DeleteBrands => "delete_brands",
            Self::Session => "session",
            Self::Members => "members",
            Self::Account => "account",
            Self::Inbound => "inbound",
        }
    }

    /// How many of the keys, from the weakest on, are too weak for it: one that reads, one that supports, and one
    /// with full permissions for one brand. None of them is a credential where only sessions are taken.
    fn too_weak(self) -> usize {
        match self {
            Self::Read => 0,
            Self::Work => 1,
            Self::Configure => 2,
            Self::Manage | Self::DeleteBrands | Self::Session | Self::Members | Self::Account | Self::Inbound => 3,
        }
    }

    /// The weakest role that may do it.
    pub fn role(self) -> Role {
        match self {
            Self::Read | Self::Work | Self::Session | Self::Inbound => Role::Member,
            Self::Configure | Self::Manage | Self::Members => Role::Admin,
            Self::DeleteBrands | Self::Account => Role::Owner,
        }
    }
}

/// Which of the callers are too weak for an operation. A key that reads may GET what admins read (API 2).
fn too_weak<'c>(needs: Needs, operation: &Operation, callers: &'c [String; 4]) -> &'c [String] {
    let first = usize::from(needs == Needs::Configure && operation.method == "GET");
    &callers[first..needs.too_weak()]
}

/// Callers of a brand, the weakest first; the last one reaches all brands.
async fn callers(app: &TestApp, world: &World) -> [String; 4] {
    let mut keys = Vec::new();
    for permissions in ["read", "support", "full"] {
        keys.push(key_for(app, &world.path(), permissions).await);
    }
    let [read, support, full] = keys.try_into().expect("three keys");
    [read, support, full, app.key.clone()]
}

/// An API key to aim at, by its id.
pub async fn target(app: &TestApp) -> String {
    let made = app.post("/accounts/me/api-keys", json!({ "name": "Target", "allBrands": true })).await.created();
    id(&made).to_owned()
}

/// The body of an error without what differs from request to request.
#[track_caller]
fn not_found(answer: Answer) -> Value {
    let mut body = answer.with(404);
    assert_eq!(body["code"], "not_found");
    body.as_object_mut().expect("an object").remove("requestId").expect("a request id");
    body
}

/// Everything that can be read of a brand.
pub async fn everything(app: &TestApp, world: &World) -> Vec<Value> {
    let mut all = vec![app.get(&world.path()).await.ok(), json!(app.events(&world.path()).await)];
    all.extend([app.get("/accounts/me").await.ok(), app.get("/members").await.ok()]);
    for list in [
        "webhooks",
        "automations",
        "automations/runs",
        "connections",
        "mail",
        "mail-relay",
        "mailbox",
        "statuses",
        "statuses/stats",
        "customers",
        "companies",
        "tickets",
        "categories",
        "tags",
        "fields",
    ] {
        all.push(app.get(&format!("{}/{list}", world.path())).await.ok());
    }
    all
}

/// The ids of all automations of a brand.
pub async fn automations(app: &TestApp, world: &World) -> Vec<String> {
    let all = app.get(&format!("{}/automations", world.path())).await.ok();
    all.as_array().expect("a list").iter().map(|one| id(one).to_owned()).collect()
}

both! {
    async fn without_a_credential_nothing_answers_but_401(app) {
        let world = World::new(app, "acme").await;
        let before = everything(app, &world).await;
        let key = target(app).await;
        for operation in Operation::all(app) {
            let path = operation.at(&world.brand, &world, &key);
            for credential in
                ["", "sk_live_00000000000000000000000000000000", "st_00000000000000000000000000000000"]
            {
                let answer = app.call(credential, &operation.method, &path, case(&operation).1).await;
                assert_eq!(answer.header("www-authenticate"), "Bearer", "{operation:?}");
                answer.refused(401, "authentication_error");
                // Also before the body is looked at, and before it is known whether there is such a thing.
                let nowhere = operation.at("br_x", &World::never(), "key_x");
                let answer = send_raw(app, credential, (&operation.method, &nowhere), Some("text/plain"), "{").await;
                answer.refused(401, "authentication_error");
            }
        }
        assert_eq!(everything(app, &world).await, before);
    }

    async fn what_is_out_of_reach_looks_like_what_never_was(app) {
        let (acme, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        let (gone, never) = (World::new(app, "gone").await, World::never());
        app.delete(&format!("{}?confirm=true", gone.path())).await.ok();
        let foreigner = key_for(app, &other.path(), "full").await;
        // Where only sessions are taken, a member of the other brand and the owner.
        let member = app.session(Role::Admin, "elsewhere@acme.example", &[&other.path()]).await;
        let owner = app.owner().await;
        let before = everything(app, &acme).await;
        let unknown = not_found(app.get(&never.path()).await);
        for operation in Operation::all(app).into_iter().filter(Operation::in_brand) {
            let (foreigner, all) = if operation.takes_keys() { (&foreigner, &app.key) } else { (&member, &owner) };
            // Another brand's things by its key; a brand's things under another's path; deleted; never there.
            let mut ways = vec![
                (foreigner, operation.at(&acme.brand, &acme, "")),
                (foreigner, operation.at(&never.brand, &never, "")),
                (all, operation.at(&never.brand, &acme, "")),
                (all, operation.at(&gone.brand, &gone, "")),
            ];
            if operation.path.contains("{statusId}")
                || operation.path.contains("{customerId}")
                || operation.path.contains("{companyId}")
                || operation.path.contains("{ticketId}")
                || operation.path.contains("{categoryId}")
                || operation.path.contains("{tagId}")
                || operation.path.contains("{attachmentId}")
                || operation.path.contains("{key}")
                || operation.path.contains("{webhookId}")
                || operation.path.contains("{connectionId}")
                || operation.path.contains("{mailId}")
                || operation.path.contains("{automationId}")
                || operation.path.contains("{runId}")
            {
                ways.push((all, operation.at(&other.brand, &acme, "")));
                ways.push((foreigner, operation.at(&other.brand, &acme, "")));
                ways.push((all, operation.at(&other.brand, &never, "")));
            }
            if ["{commentId}", "{watcherId}", "{attachmentId}"].iter().any(|inner| operation.path.contains(inner)) {
                let foreign = World {
                    comment: acme.comment.clone(),
                    watcher: acme.watcher.clone(),
                    attachment: acme.attachment.clone(),
                    pending: acme.pending.clone(),
                    ..other.clone()
                };
                ways.push((all, operation.at(&other.brand, &foreign, "")));
            }
            for (key, path) in ways {
                let good = app.call(key, &operation.method, &path, case(&operation).1).await;
                assert_eq!(not_found(good), unknown, "{operation:?}");
                // What is wrong with the rest of the request is not told either.
                let bad =
                    send_raw(app, key, (&operation.method, &format!("{path}?typo=1")), Some("text/plain"), "{").await;
                assert_eq!(not_found(bad), unknown, "{operation:?}");
            }
        }
        assert_eq!(everything(app, &acme).await, before);
    }

    async fn operations_of_the_account_show_a_scoped_key_nothing_of_other_brands(app) {
        let (acme, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        let key = key_for(app, &other.path(), "full").await;
        let target = target(app).await;
        for operation in Operation::all(app).into_iter().filter(|it| !it.in_brand() && it.takes_keys()) {
            let (needs, body) = case(&operation);
            let answer = app.call(&key, &operation.method, &operation.at("", &acme, &target), body).await;
            assert!(acme.ids().iter().all(|id| !answer.text.contains(id)), "{operation:?} {}", answer.text);
            // A member whom it shares no brand with is not there for it.
            let reads = if operation.path.contains("{memberId}") { 404 } else { 200 };
            assert_eq!(answer.status, if needs == Needs::Read { reads } else { 403 }, "{operation:?}");
        }
    }

    async fn a_role_that_is_too_low_is_told_so_and_changes_nothing(app) {
        let world = World::new(app, "acme").await;
        let callers = callers(app, &world).await;
        let before = everything(app, &world).await;
        let key = target(app).await;
        for operation in Operation::all(app) {
            assert_eq!(operation.permission, case(&operation).0.name(), "{operation:?}");
        }
        for operation in Operation::all(app).into_iter().filter(Operation::takes_keys) {
            let (needs, body) = case(&operation);
            let path = operation.at(&world.brand, &world, &key);
            for caller in too_weak(needs, &operation, &callers) {
                app.call(caller, &operation.method, &path, body.clone()).await.refused(403, "forbidden");
                let bad = send_raw(app, caller, (&operation.method, &path), Some("text/plain"), "{").await;
                bad.refused(403, "forbidden");
            }
        }
        assert_eq!(everything(app, &world).await, before);
    }

    /// `read` is GET only (API 2): every GET of its scope, and nothing else.
    async fn a_key_that_reads_all_brands_still_only_reads(app) {
        let world = World::new(app, "acme").await;
        let key = app.new_key(json!({ "name": "Reader", "allBrands": true, "permissions": "read" })).await;
        let target = target(app).await;
        for operation in Operation::all(app).into_iter().filter(Operation::takes_keys) {
            let (_, body) = case(&operation);
            let answer = app.call(&key, &operation.method, &operation.at(&world.brand, &world, &target), body).await;
            assert_eq!(answer.status, if operation.method == "GET" { 200 } else { 403 }, "{operation:?}");
        }
    }

    async fn the_weakest_role_that_fits_is_enough(app) {
        let mut world = World::new(app, "acme").await;
        app.ticket(&world.path(), json!({ "title": "To be merged" })).await;
        world.gone = id(&app.ticket(&world.path(), json!({ "title": "To be restored" })).await).to_owned();
        app.delete(&format!("{}/tickets/{}", world.path(), world.gone)).await.ok();
        let callers = callers(app, &world).await;
        let key = target(app).await;
        let mut operations = Operation::all(app);
        operations.retain(Operation::takes_keys);
        // Deletions last, the innermost things first.
        operations.sort_by_key(|operation| {
            // What is deleted can still be erased.
            let erases = operation.path.strip_suffix("/erase").map(|path| path.len() - 1);
            (operation.method == "DELETE" || erases.is_some(), Reverse(erases.unwrap_or(operation.path.len())))
        });
        for operation in operations {
            let (needs, mut body) = case(&operation);
            if operation.id == "automations.reorder" {
                body = json!({ "automationIds": automations(app, &world).await });
            }
            if operation.id == "tags.merge" {
                body = json!({ "sourceTagIds": [world.other_tag] });
            }
            let path = operation.at(&world.brand, &world, &key);
            let caller = &callers[if operation.method == "GET" && needs == Needs::Configure { 0 } else { needs.too_weak() }];
            let answer = app.call(caller, &operation.method, &path, body).await;
            assert!(answer.status.is_success(), "{operation:?} {}", answer.text);
        }
    }
}
