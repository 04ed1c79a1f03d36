//! The accounts of one person. A server makes one account; a second one stands here as a later version could make it.

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::auth_works as works;
use crate::api::id;

/// A second account in which the owner's address is a member, with the same password's hash or with another.
async fn second_account(app: &TestApp, same_password: bool) {
    let hash = if same_password { "m.password_hash" } else { "'another'" };
    let statements = [
        "INSERT INTO account (id, name, created_at, updated_at) VALUES ('acc_two', 'Two', 99999999999999, 0)".to_owned(),
        format!(
            "INSERT INTO member (id, account_id, email, display_name, role, status, all_brands, created_at, updated_at,
            password_hash) SELECT 'usr_two', 'acc_two', m.email, NULL, 'member', 'active', FALSE, 99999999999999, 0, {hash}
            FROM member m"
        ),
    ];
    for statement in statements {
        let done: dispatch_store::Result<()> = app
            .db
            .write(dispatch_store::Lane::Account, "test.second", move |tx| {
                let statement = statement.clone();
                Box::pin(async move { dispatch_store::inspect::execute(tx, &statement).await })
            })
            .await;
        done.unwrap();
    }
}

both! {
    async fn each_account_is_listed_with_the_role_there(app) {
        let token = app.owner().await;
        let own = app.get("/accounts/me").await.ok();
        let listed = app.call(&token, "GET", "/auth/accounts", Value::Null).await.ok();
        assert_eq!(listed, json!([{ "id": own["id"], "name": "Default", "role": "owner" }]));
        second_account(app, true).await;
        let listed = app.call(&token, "GET", "/auth/accounts", Value::Null).await.ok();
        assert_eq!(listed[1], json!({ "id": "acc_two", "name": "Two", "role": "member" }));
    }

    async fn switching_ends_this_session_and_begins_one_there(app) {
        let token = app.owner().await;
        second_account(app, true).await;
        let switched = app.call(&token, "POST", "/auth/switch-account", json!({ "accountId": "acc_two" })).await.ok();
        assert_eq!((&switched["account"]["name"], id(&switched["member"])), (&json!("Two"), "usr_two"));
        let there = switched["sessionToken"].as_str().unwrap();
        assert!(!works(app, &token).await && works(app, there).await);
        app.call(there, "PATCH", "/accounts/me", json!({ "name": "x" })).await.refused(403, "forbidden");
        assert_eq!(app.call(there, "GET", "/brands", Value::Null).await.ok(), json!([]));
        assert_eq!(app.call(there, "GET", "/accounts/me", Value::Null).await.ok()["name"], "Two");
    }

    /// Whoever invites an address must not become its person elsewhere.
    async fn an_address_with_another_password_is_another_person(app) {
        let token = app.owner().await;
        second_account(app, false).await;
        assert_eq!(app.call(&token, "GET", "/auth/accounts", Value::Null).await.ok().as_array().unwrap().len(), 1);
        for account in ["acc_two", "acc_never"] {
            app.call(&token, "POST", "/auth/switch-account", json!({ "accountId": account }))
                .await
                .refused(404, "not_found");
        }
        assert!(works(app, &token).await);
    }
}
