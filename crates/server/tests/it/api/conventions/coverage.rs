//! Every operation of the document succeeds once, with every good status that it promises. That requests and replies are
//! what the document says is looked at with every call of the suite (`testkit/contract`).

use std::{cmp::Reverse, collections::BTreeSet};

use axum::{body::Body, http::Request};
use dispatch_http::{HttpSettings, MailSettings};
use dispatch_model::member::Role;
use dispatch_store::mail_tokens::Purpose;
use dispatch_testkit::{PASSWORD, TestApp, both, contract};
use serde_json::{Value, json};

use super::{
    roles::{body, session, uploaded_avatar},
    walk::target,
    world::{Operation, World},
};
use crate::api::{
    auth::{invites::invited, links::mailed, setup::keep_link, totp::turned_on},
    id,
    mail::deliver,
    mails::with_relay,
};

const OWNER: &str = "owner@acme.example";

/// The second factor of the owner, on and off again.
async fn second_factor(app: &TestApp) {
    let body = json!({ "email": OWNER, "password": PASSWORD, "mode": "token" });
    let session = app.call("", "POST", "/auth/login", body).await.ok()["sessionToken"].as_str().unwrap().to_owned();
    let (_, codes) = turned_on(app, &session).await;
    let off = json!({ "password": PASSWORD, "code": codes[0] });
    app.call(&session, "POST", "/auth/totp/disable", off).await.ok();
}

/// What takes no credential. Setup makes the owner, so that it comes first.
async fn without_credential(app: &TestApp) {
    for path in ["/v1/health", "/v1/ready"] {
        app.send(Request::get(path).body(Body::empty()).unwrap()).await.ok();
    }
    app.call("", "GET", "/auth/config", Value::Null).await.ok();
    keep_link(app, "setup").await;
    let setup = json!({ "setupToken": "setup", "accountName": "Acme", "email": OWNER, "password": PASSWORD });
    app.call("", "POST", "/auth/setup", setup).await.created();
    app.call("", "POST", "/auth/login", json!({ "email": OWNER, "password": PASSWORD })).await.ok();
    second_factor(app).await;
    mailed(app, Purpose::SignIn, OWNER, "sign-in").await;
    app.call("", "POST", "/auth/verify", json!({ "token": "sign-in" })).await.ok();
    app.call("", "POST", "/auth/password/forgot", json!({ "email": OWNER })).await.ok();
    let mail = MailSettings { relay_url: Some("smtp://127.0.0.1:1".to_owned()), ..MailSettings::default() };
    let with_relay = app.with_settings(HttpSettings { mail, ..app.app.settings().clone() });
    with_relay.call("", "POST", "/auth/magic-link", json!({ "email": OWNER })).await.ok();
    mailed(app, Purpose::Reset, OWNER, "reset").await;
    app.call("", "POST", "/auth/password/reset", json!({ "token": "reset", "password": PASSWORD })).await.ok();
    let (_, token) = invited(app, json!({ "email": "joins@acme.example" })).await;
    app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.ok();
    let accepted = json!({ "token": token, "password": PASSWORD, "displayName": "Joins" });
    app.call("", "POST", "/auth/accept-invite", accepted).await.created();
}

/// What customers do in the portal, and what they say when they are asked.
async fn of_customers(app: &TestApp, world: &World) {
    let (relay, app) = with_relay(app).await;
    app.put(&format!("{}/mail-relay", world.path()), relay.setting()).await.ok();
    let link = json!({ "brand": "acme", "email": "jane@acme.example", "portalUrl": "https://desk.example/portal" });
    app.call("", "POST", "/portal/magic-link", link).await.ok();
    let asked = app.ticket(&world.path(), json!({ "title": "x", "customerEmail": "asked@acme.example" })).await;
    let survey = format!("{}/tickets/{}/survey", world.path(), id(&asked));
    app.post(&survey, json!({ "delayMinutes": 0 })).await.created();
    app.drain().await;
    let texts: Vec<String> = relay.taken().iter().map(|mail| mail.text()).collect();
    let behind = |mark: &str| {
        let rest = texts.iter().find_map(|text| text.split_once(mark)).expect("a link").1;
        rest.split_whitespace().next().expect("a token").to_owned()
    };
    let feedback = format!("/feedback/{}", behind("/rate/"));
    app.call("", "GET", &feedback, Value::Null).await.ok();
    app.call("", "POST", &feedback, json!({ "rating": 1 })).await.ok();
    let verified = app.call("", "POST", "/portal/verify", json!({ "token": behind("?token=") })).await.ok();
    let token = verified["token"].as_str().unwrap();
    let call = async |method: &str, path: String, body: Value| {
        let answer = app.call(token, method, &format!("/portal{path}"), body).await;
        assert!(answer.status.is_success(), "{method} {path} {}", answer.text);
        serde_json::from_str::<Value>(&answer.text).unwrap()
    };
    call("POST", "/refresh".to_owned(), Value::Null).await;
    call("GET", "/tickets".to_owned(), Value::Null).await;
    let ticket = call("POST", "/tickets".to_owned(), json!({ "title": "x" })).await;
    let path = format!("/tickets/{}", id(&ticket));
    call("GET", path.clone(), Value::Null).await;
    call("POST", format!("{path}/comments"), json!({ "body": "x" })).await;
    let files = format!("{path}/attachments");
    for place in [files.clone(), "/tickets/attachments/pending".to_owned()] {
        let upload = call("POST", place.clone(), json!({ "filename": "a.txt", "contentType": "text/plain" })).await;
        app.upload(&upload, "x").await.ok();
        call("POST", format!("{place}/{}/confirm", id(&upload)), Value::Null).await;
    }
    let all = call("GET", files.clone(), Value::Null).await;
    call("GET", format!("{files}/{}", id(&all[0])), Value::Null).await;
}

/// The ownership goes to a member and comes back.
async fn ownership(app: &TestApp, world: &World) {
    let owner = app.owner().await;
    let own = app.call(&owner, "GET", "/auth/profile", Value::Null).await.ok();
    let to = |member: &str| json!({ "memberId": member });
    app.call(&owner, "POST", "/auth/transfer-ownership", to(&world.member)).await.ok();
    let other = app.session(Role::Owner, "ana@acme.example", &[]).await;
    app.call(&other, "POST", "/auth/transfer-ownership", to(id(&own))).await.ok();
}

both! {
    async fn every_operation_is_seen_with_every_good_status_that_it_promises(app) {
        without_credential(app).await;
        let mut world = World::new(app, "acme").await;
        let key = target(app).await;
        ownership(app, &world).await;
        of_customers(app, &world).await;
        let watchers = format!("{}/tickets/{}/watchers", world.path(), world.ticket);
        app.post(&watchers, json!({ "email": "watcher@acme.example" })).await.ok();
        let comments = format!("{}/tickets/{}/comments", world.path(), world.ticket);
        let own = app.call(&session(app, Role::Member).await, "POST", &comments, json!({ "body": "Mine" })).await;
        world.comment = id(&own.created()).to_owned();
        world.gone = id(&app.ticket(&world.path(), json!({ "title": "To be restored" })).await).to_owned();
        app.delete(&format!("{}/tickets/{}", world.path(), world.gone)).await.ok();
        let mut operations = Operation::all(app);
        operations.retain(|operation| !["auth.transferOwnership", "auth.confirmTotp", "auth.disableTotp", "mail.deliver"].contains(&operation.id.as_str()));
        deliver(app, "acme", "From: jane@example.com\r\n\r\nx").await.created();
        // Deletions last, the innermost things first; what is deleted can still be erased.
        operations.sort_by_key(|operation| {
            let erases = operation.path.strip_suffix("/erase").map(|path| path.len() - 1);
            (operation.method == "DELETE" || erases.is_some(), Reverse(erases.unwrap_or(operation.path.len())))
        });
        for operation in operations {
            let path = operation.at(&world.brand, &world, &key);
            let body = match operation.id.as_str() {
                "profile.confirmAvatar" => uploaded_avatar(app, Role::Owner).await,
                _ => body(app, &operation, &world).await,
            };
            let answer = app.call(&session(app, Role::Owner).await, &operation.method, &path, body).await;
            assert!(answer.status.is_success(), "{operation:?} {}", answer.text);
        }
        let missing: BTreeSet<String> = contract::promised().difference(&contract::seen()).cloned().collect();
        assert_eq!(missing, BTreeSet::new());
    }
}
