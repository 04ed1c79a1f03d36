//! The walk over every operation, with sessions: what each role may do (API 1.2), and that keys are no sessions.

use std::cmp::Reverse;

use dispatch_model::member::Role;
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::{Value, json};

use super::{
    walk::{automations, case, everything, target},
    world::{Operation, World, send_raw},
};
use crate::api::{id, key_for};

/// A session of somebody with this role who reaches every brand.
pub async fn session(app: &TestApp, role: Role) -> String {
    app.session(role, &format!("{}@acme.example", role.as_str()), &[]).await
}

/// The body of a case with the ids that it names.
pub async fn body(app: &TestApp, operation: &Operation, world: &World) -> Value {
    if operation.id == "automations.reorder" {
        return json!({ "automationIds": automations(app, world).await });
    }
    let account = app.get("/accounts/me").await.ok();
    let text = case(operation).1.to_string();
    let text = text
        .replace("{accountId}", id(&account))
        .replace("{memberId}", &world.member)
        .replace("tag_x", &world.other_tag);
    serde_json::from_str(&text).unwrap()
}

/// A picture that somebody of this role has uploaded.
pub async fn uploaded_avatar(app: &TestApp, role: Role) -> Value {
    let asked = json!({ "filename": "me.png", "contentType": "image/png" });
    let asked = app.call(&session(app, role).await, "POST", "/auth/profile/avatar", asked).await.created();
    app.upload(&asked, "a picture").await.ok();
    json!({ "uploadId": asked["id"] })
}

fn weaker_than(role: Role) -> &'static [Role] {
    match role {
        Role::Member => &[],
        Role::Admin => &[Role::Member],
        Role::Owner => &[Role::Member, Role::Admin],
    }
}

both! {
    async fn a_role_that_is_too_low_is_told_so_and_changes_nothing(app) {
        let world = World::new(app, "acme").await;
        let (member, admin) = (session(app, Role::Member).await, session(app, Role::Admin).await);
        let key = target(app).await;
        let before = everything(app, &world).await;
        for operation in Operation::all(app) {
            let (path, body) = (operation.at(&world.brand, &world, &key), body(app, &operation, &world).await);
            for role in weaker_than(case(&operation).0.role()) {
                let caller = if *role == Role::Member { &member } else { &admin };
                app.call(caller, &operation.method, &path, body.clone()).await.refused(403, "forbidden");
                let bad = send_raw(app, caller, (&operation.method, &path), Some("text/plain"), "{").await;
                bad.refused(403, "forbidden");
            }
        }
        assert_eq!(everything(app, &world).await, before);
    }

    async fn the_weakest_role_that_fits_is_enough(app) {
        let mut world = World::new(app, "acme").await;
        let key = target(app).await;
        // A member changes only what is their own.
        let comments = format!("{}/tickets/{}/comments", world.path(), world.ticket);
        let own = app.call(&session(app, Role::Member).await, "POST", &comments, json!({ "body": "Mine" })).await;
        world.comment = id(&own.created()).to_owned();
        world.gone = id(&app.ticket(&world.path(), json!({ "title": "To be restored" })).await).to_owned();
        app.delete(&format!("{}/tickets/{}", world.path(), world.gone)).await.ok();
        let mut operations = Operation::all(app);
        // A second factor takes the code of an app. Ownership has its own test: whoever has given it away could not delete the account.
        operations.retain(|operation| !["auth.transferOwnership", "auth.confirmTotp", "auth.disableTotp", "mail.deliver"].contains(&operation.id.as_str()));
        operations.sort_by_key(|operation| {
            // What is deleted can still be erased.
            let erases = operation.path.strip_suffix("/erase").map(|path| path.len() - 1);
            (operation.method == "DELETE" || erases.is_some(), Reverse(erases.unwrap_or(operation.path.len())))
        });
        assert_eq!(operations.last().map(|operation| operation.id.as_str()), Some("accounts.delete"));
        for operation in operations {
            let (path, body) = (operation.at(&world.brand, &world, &key), match operation.id.as_str() {
                "accounts.delete" => case(&operation).1,
                "profile.confirmAvatar" => uploaded_avatar(app, Role::Member).await,
                _ => body(app, &operation, &world).await,
            });
            let caller = session(app, case(&operation).0.role()).await;
            let answer = app.call(&caller, &operation.method, &path, body).await;
            assert!(answer.status.is_success(), "{operation:?} {}", answer.text);
        }
    }

    async fn a_key_is_no_credential_where_only_sessions_are_taken(app) {
        let world = World::new(app, "acme").await;
        let scoped = key_for(app, &world.path(), "full").await;
        let before = everything(app, &world).await;
        let is_for_sessions = |it: &Operation| !it.takes_keys() && it.permission != "inbound";
        let asked: Vec<Operation> = Operation::all(app).into_iter().filter(is_for_sessions).collect();
        assert!(asked.len() > 10, "{asked:?}");
        for operation in asked {
            let (path, body) = (operation.at(&world.brand, &world, ""), body(app, &operation, &world).await);
            for key in [&app.key, &scoped] {
                let answer = app.call(key, &operation.method, &path, body.clone()).await;
                assert_eq!(answer.header("www-authenticate"), "Bearer", "{operation:?}");
                answer.refused(401, "authentication_error");
                let nowhere = operation.at("br_x", &World::never(), "key_x");
                let answer = send_raw(app, key, (&operation.method, &nowhere), Some("text/plain"), "{").await;
                answer.refused(401, "authentication_error");
            }
        }
        assert_eq!(everything(app, &world).await, before);
    }

    /// Outside of their brands a member or admin finds nothing, whatever their role.
    async fn a_session_finds_nothing_of_brands_that_are_not_its_own(app) {
        let (acme, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        let callers = [
            app.session(Role::Member, "m@other.example", &[&other.path()]).await,
            app.session(Role::Admin, "a@other.example", &[&other.path()]).await,
        ];
        let bare = |answer: Answer| {
            let mut body = answer.with(404);
            body["requestId"] = Value::Null;
            body
        };
        let unknown = bare(app.get(&World::never().path()).await);
        for operation in Operation::all(app).into_iter().filter(|operation| {
            operation.in_brand() || operation.path.contains("{memberId}") || operation.path.contains("{inviteId}")
        }) {
            let body = body(app, &operation, &acme).await;
            for caller in &callers {
                let answer = app.call(caller, &operation.method, &operation.at(&acme.brand, &acme, ""), body.clone()).await;
                assert_eq!(bare(answer), unknown, "{operation:?}");
            }
        }
        for path in ["/brands", "/members", "/accounts/me/usage"] {
            for caller in &callers {
                let answer = app.call(caller, "GET", path, Value::Null).await;
                assert!(acme.ids().iter().all(|id| !answer.text.contains(id)), "{path}: {}", answer.text);
                answer.ok();
            }
        }
    }
}
