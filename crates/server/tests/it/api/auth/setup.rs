use dispatch_desk::{accounts, api_keys::hash};
use dispatch_model::event::{Act, Actor};
use dispatch_store::Lane;
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::login;
use crate::api::auth_works as works;

/// Keeps a setup link with this token, as the first start does.
pub async fn keep_link(app: &TestApp, token: &str) {
    let act = Act::new(Actor::system(), "system", &app.app.seams().clock, &app.app.seams().entropy);
    let hash = hash(token);
    let kept: dispatch_desk::Result<()> = app
        .db
        .write(Lane::Account, "test.setup", move |tx| {
            let (act, hash) = (act.clone(), hash.clone());
            Box::pin(async move {
                let account = accounts::ensure(tx, &act).await?;
                accounts::keep_setup_link(tx, &account.id, &hash).await
            })
        })
        .await;
    kept.unwrap();
}

fn owner(token: &str) -> Value {
    json!({ "setupToken": token, "accountName": " Acme ", "email": "Ana@Acme.example", "password": "correct horse",
        "displayName": "Ana Ito", "mode": "token" })
}

both! {
    async fn it_names_the_account_and_makes_its_owner_once(app) {
        keep_link(app, "the-token").await;
        let config = app.call("", "GET", "/auth/config", Value::Null).await.ok();
        assert_eq!(config, json!({ "setupRequired": true, "magicLink": false, "version": env!("CARGO_PKG_VERSION") }));
        let session = app.call("", "POST", "/auth/setup", owner("the-token")).await.created();
        assert_eq!(session["account"]["name"], "Acme");
        let member = &session["member"];
        assert_eq!((&member["role"], &member["allBrands"], &member["email"], &member["displayName"]),
            (&json!("owner"), &json!(true), &json!("ana@acme.example"), &json!("Ana Ito")));
        assert!(works(app, session["sessionToken"].as_str().unwrap()).await);
        assert_eq!(app.call("", "GET", "/auth/config", Value::Null).await.ok()["setupRequired"], false);
        app.call("", "POST", "/auth/setup", owner("the-token")).await.refused(409, "conflict");
        app.call("", "POST", "/auth/setup", owner("wrong")).await.refused(409, "conflict");
        login(app, "ana@acme.example", "correct horse").await.ok();
        assert_eq!(crate::api::members::log(app).await, ["api_key.created", "account.updated", "member.joined"]);
    }

    async fn a_wrong_token_is_forbidden_and_an_idempotency_key_is_none(app) {
        app.call("", "POST", "/auth/setup", owner("the-token")).await.refused(403, "forbidden");
        keep_link(app, "the-token").await;
        app.call("", "POST", "/auth/setup", owner("the-tokem")).await.refused(403, "forbidden");
        let key = [("idempotency-key", "once")];
        app.call_with("", "POST", "/auth/setup", owner("the-token"), &key).await.created();
        app.call_with("", "POST", "/auth/setup", owner("the-token"), &key).await.refused(409, "conflict");
    }

    async fn two_at_the_same_time_make_one_owner(app) {
        keep_link(app, "the-token").await;
        let mut other = owner("the-token");
        other["email"] = json!("bob@acme.example");
        let both = tokio::join!(
            app.call("", "POST", "/auth/setup", owner("the-token")),
            app.call("", "POST", "/auth/setup", other),
        );
        let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }

    async fn a_member_of_the_command_line_can_become_the_owner(app) {
        let id = crate::api::given::member(app, "ana@acme.example", "Ana", &[]).await;
        keep_link(app, "the-token").await;
        let session = app.call("", "POST", "/auth/setup", owner("the-token")).await.created();
        assert_eq!((&session["member"]["id"], &session["member"]["role"]), (&json!(id), &json!("owner")));
        login(app, "ana@acme.example", "correct horse").await.ok();
    }

    async fn every_problem_is_told_at_once(app) {
        let body = json!({ "accountName": "", "email": "x", "password": "123456789", "displayName": "x".repeat(51) });
        let wrong = app.call("", "POST", "/auth/setup", body).await.invalid();
        assert_eq!(wrong, ["setupToken", "accountName", "email", "password", "displayName"]);
    }
}
