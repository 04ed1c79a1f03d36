use dispatch_model::member::Role;
use dispatch_testkit::{PASSWORD, START, both};
use serde_json::{Value, json};

use super::{browser, login, with};
use crate::api::{id, members};

both! {
    async fn a_password_begins_a_session_in_a_cookie_that_pages_cannot_read(app) {
        app.owner().await;
        let body = json!({ "email": " Owner@Acme.example ", "password": PASSWORD });
        let answer = app.call("", "POST", "/auth/login", body).await;
        let cookie = answer.header("set-cookie").to_owned();
        let (token, rest) = cookie.split_once("; ").unwrap();
        assert!(token.starts_with("dispatch_session=st_") && token.len() == 17 + 3 + 32, "{token}");
        assert_eq!(rest, "HttpOnly; SameSite=Lax; Path=/; Max-Age=2592000");
        let session = answer.ok();
        assert_eq!(members(&session), ["valid", "member", "account", "csrfToken", "expiresAt"]);
        assert_eq!((&session["valid"], &session["expiresAt"]), (&json!(true), &json!("2026-01-02T15:04:05.678Z")));
        let known = ["id", "email", "displayName", "role", "status", "allBrands", "brandIds", "avatarUrl", "lastSeenAt",
            "createdAt"];
        assert_eq!(members(&session["member"]), known);
        assert_eq!(session["member"]["lastSeenAt"], START);
        assert_eq!(session["account"], app.get("/accounts/me").await.ok());
        let own = with(app, "GET", "/auth/session", Value::Null, &[("cookie", &format!("a=b; {token}; c"))]).await;
        assert_eq!(own.ok(), session);
    }

    async fn with_https_the_cookie_is_for_https_alone(app) {
        app.owner().await;
        let settings = dispatch_http::HttpSettings {
            public_url: "https://help.acme.example".to_owned(),
            ..dispatch_http::HttpSettings::default()
        };
        let app = app.with_settings(settings);
        let answer = app.call("", "POST", "/auth/login", json!({ "email": "owner@acme.example", "password": PASSWORD })).await;
        assert!(answer.header("set-cookie").ends_with("; Secure"), "{}", answer.header("set-cookie"));
        answer.ok();
    }

    async fn mode_token_hands_over_a_bearer_token_and_sets_no_cookie(app) {
        app.owner().await;
        let answer = login(app, "owner@acme.example", PASSWORD).await;
        assert_eq!(answer.header("set-cookie"), "");
        let session = answer.ok();
        let token = session["sessionToken"].as_str().unwrap();
        let own = app.call(token, "GET", "/auth/session", Value::Null).await.ok();
        assert!(own.get("sessionToken").is_none(), "{own}");
        assert_eq!(own["csrfToken"], session["csrfToken"]);
        app.call(token, "PATCH", "/auth/profile", json!({ "displayName": "Ana" })).await.ok();
    }

    async fn an_unknown_address_and_a_wrong_password_look_the_same(app) {
        app.owner().await;
        let nameless = app.post("/brands", json!({ "name": "x" })).await.created();
        crate::api::given::member(app, "silent@acme.example", "Has no password", &[]).await;
        let mut bodies = Vec::new();
        for (email, password) in [
            ("owner@acme.example", "wrong horse battery"),
            ("nobody@acme.example", PASSWORD),
            ("silent@acme.example", PASSWORD),
            ("owner@acme.example", "x"),
        ] {
            let answer = login(app, email, password).await;
            assert_eq!((answer.header("set-cookie"), answer.header("www-authenticate")), ("", "Bearer"));
            let mut body = answer.with(401);
            assert_eq!(body["code"], "authentication_error");
            body["requestId"] = Value::Null;
            bodies.push(body);
        }
        assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?} {}", id(&nameless));
        let account = id(&app.get("/accounts/me").await.ok()).to_owned();
        let in_account = async |account: &str| {
            let body = json!({ "email": "owner@acme.example", "password": PASSWORD, "accountId": account, "mode": "token" });
            app.call("", "POST", "/auth/login", body).await.status.as_u16()
        };
        assert_eq!([in_account(&account).await, in_account("acc_other").await], [200, 401]);
    }

    async fn every_problem_of_the_body_is_told_at_once(app) {
        let body = json!({ "email": "nobody", "password": 1, "mode": "pigeon" });
        assert_eq!(app.call("", "POST", "/auth/login", body).await.invalid(), ["email", "password", "mode"]);
        assert_eq!(app.call("", "POST", "/auth/login", Value::Null).await.invalid(), ["email", "password"]);
    }

    async fn a_session_acts_as_its_member_and_through_the_dashboard(app) {
        let brand = app.brand("acme").await;
        let token = app.session(Role::Member, "ana@acme.example", &[&brand]).await;
        let ticket = app.call(&token, "POST", &format!("{brand}/tickets"), json!({ "title": "a", "createdBy": "x" })).await.created();
        assert_eq!((&ticket["createdBy"], &ticket["source"]), (&json!("ana@acme.example"), &json!("dashboard")));
        let event = app.events(&brand).await.pop().unwrap();
        let member = app.call(&token, "GET", "/auth/session", Value::Null).await.ok()["member"].clone();
        assert_eq!((&event["type"], &event["source"]), (&json!("ticket.created"), &json!("dashboard")));
        let actor = json!({ "type": "user", "id": member["id"], "name": "ana", "email": "ana@acme.example",
            "apiKeyPrefix": null });
        assert_eq!(event["actor"], actor);
        let path = format!("{brand}/tickets/{}", id(&ticket));
        let resolved = app.call(&token, "PATCH", &path, json!({ "status": "resolved" })).await.ok();
        assert_eq!(resolved["resolvedById"], member["id"]);
        let closed = app.patch(&path, json!({ "status": "closed" })).await.ok();
        assert_eq!(closed["resolvedById"], member["id"], "who resolved it did");
        let open = app.call(&token, "PATCH", &path, json!({ "status": "open" })).await.ok();
        assert_eq!(open["resolvedById"], Value::Null);
        assert_eq!(app.patch(&path, json!({ "status": "closed" })).await.ok()["resolvedById"], Value::Null, "a key is nobody");
        let body = json!({ "title": "b", "status": "resolved" });
        let born = app.call(&token, "POST", &format!("{brand}/tickets"), body).await.created();
        assert_eq!(born["resolvedById"], member["id"]);
    }

    async fn the_header_decides_when_there_are_two_credentials(app) {
        app.owner().await;
        let (cookie, _) = browser(app, "owner@acme.example").await;
        with(app, "GET", "/auth/session", Value::Null, &[("cookie", &cookie)]).await.ok();
        let key = format!("Bearer {}", app.key);
        with(app, "GET", "/auth/session", Value::Null, &[("cookie", &cookie), ("authorization", &key)])
            .await
            .refused(401, "authentication_error");
        let both = [("cookie", cookie.as_str()), ("authorization", "Bearer sk_live_wrong")];
        with(app, "GET", "/brands", Value::Null, &both).await.refused(401, "authentication_error");
    }

    async fn the_oldest_of_too_many_sessions_ends(app) {
        let first = app.owner().await;
        for _ in 0..dispatch_model::limits::SESSIONS_MAX - 1 {
            app.advance_ms(1);
            app.owner().await;
        }
        assert!(crate::api::auth_works(app, &first).await);
        let last = app.owner().await;
        assert!(!crate::api::auth_works(app, &first).await && crate::api::auth_works(app, &last).await);
    }
}
