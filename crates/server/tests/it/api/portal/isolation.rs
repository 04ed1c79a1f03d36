//! Every operation of customers, and every credential that must not open it.

use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{get, post, token};
use crate::api::{
    conventions::world::{Operation, World},
    id,
};

/// A body that an operation takes.
fn body(operation: &Operation) -> Value {
    match operation.id.as_str() {
        "portal.createTicket" => json!({ "title": "New" }),
        "portal.createComment" => json!({ "body": "New" }),
        "portal.requestUpload" | "portal.requestPendingUpload" => {
            json!({ "filename": "a.txt", "contentType": "text/plain" })
        }
        _ => Value::Null,
    }
}

both! {
    /// No credential, staff's, and those that are wrong: 401. Somebody else's ticket, of this brand or another: 404, as one that never was.
    async fn nobody_else_gets_in_and_nobody_sees_what_is_not_theirs(app) {
        let (world, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        let owner = app.session(Role::Owner, "owner@acme.example", &[]).await;
        let bo = token(app, &world.path(), "bo@example.com").await;
        let operations = Operation::of_customers(app);
        assert!(operations.len() >= 11, "{}", operations.len());
        for operation in &operations {
            let path = operation.at("", &world, "");
            for credential in ["", &app.key, &owner, "pt_wrong", "nonsense"] {
                let answer = app.call(credential, &operation.method, &path, body(operation)).await;
                answer.refused(401, "authentication_error");
            }
            if operation.path.contains("{ticketId}") {
                for things in [&world, &other, &World::never()] {
                    let path = operation.at("", things, "");
                    let answer = app.call(&bo, &operation.method, &path, body(operation)).await;
                    assert!(!answer.text.contains("Of acme") && !answer.text.contains("Of other"), "{}", answer.text);
                    answer.refused(404, "not_found");
                }
            }
        }
        // And a customer's token opens nothing of staff's.
        for operation in Operation::all(app) {
            let path = operation.at(&world.brand, &world, "key_x");
            let answer = app.call(&bo, &operation.method, &path, Value::Null).await;
            assert!([400, 401, 413, 415].contains(&answer.status.as_u16()), "{operation:?} {}", answer.text);
            assert_ne!(answer.status.as_u16(), 200);
        }
        assert_eq!(get(app, &bo, "/tickets").await.ok()["data"], json!([]));
    }

    /// The same address in two brands is two people.
    async fn a_token_is_of_one_brand(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let there = app.ticket(&other, json!({ "title": "there", "customerEmail": "jane@example.com" })).await;
        let jane = token(app, &acme, "jane@example.com").await;
        assert_eq!(get(app, &jane, "/tickets").await.ok()["data"], json!([]));
        get(app, &jane, &format!("/tickets/{}", id(&there))).await.refused(404, "not_found");
        let here = post(app, &jane, "/tickets", json!({ "title": "here" })).await.created();
        assert_eq!(app.get(&format!("{acme}/tickets/{}", id(&here))).await.ok()["title"], "here");
    }
}
