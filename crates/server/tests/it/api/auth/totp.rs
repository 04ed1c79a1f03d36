//! `/auth/totp/*`, and signing in with a second factor (API 3.1).

use dispatch_seal::totp::{code, step_at};
use dispatch_store::mail_tokens::Purpose;
use dispatch_testkit::{Answer, PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::{links::mailed, login};
use crate::api::auth_works as works;

const EMAIL: &str = "owner@acme.example";

/// What an app shows now, or so many steps later.
fn shown(app: &TestApp, secret: &str, later: i64) -> String {
    code(secret, step_at(app.clock.now().as_millis() / 1000) + later).expect("a secret")
}

async fn post(app: &TestApp, session: &str, path: &str, body: Value) -> Answer {
    app.call(session, "POST", &format!("/auth/totp/{path}"), body).await
}

/// Turns it on; its secret and its recovery codes.
pub async fn turned_on(app: &TestApp, session: &str) -> (String, Vec<String>) {
    let enrolled = post(app, session, "enroll", Value::Null).await.ok();
    let secret = enrolled["secret"].as_str().expect("a secret").to_owned();
    let confirmed = post(app, session, "confirm", json!({ "code": shown(app, &secret, 0) })).await.ok();
    let codes = confirmed["recoveryCodes"].as_array().expect("codes").iter();
    (secret, codes.map(|code| code.as_str().expect("a code").to_owned()).collect())
}

async fn with_code(app: &TestApp, code: &str) -> Answer {
    let body = json!({ "email": EMAIL, "password": PASSWORD, "mode": "token", "totpCode": code });
    app.call("", "POST", "/auth/login", body).await
}

/// Refused for the second factor and nothing else.
fn needs_code(answer: Answer, why: &str) {
    let body = answer.with(401);
    assert_eq!(
        (&body["code"], &body["errors"]),
        (&json!("authentication_error"), &json!([{ "field": "totpCode", "message": why }]))
    );
}

both! {
    async fn it_is_asked_for_from_its_confirmation_to_its_end(app) {
        let own = app.owner().await;
        assert_eq!(app.call(&own, "GET", "/auth/profile", Value::Null).await.ok()["totpEnabled"], false);
        post(app, &own, "confirm", json!({ "code": "123456" })).await.refused(409, "conflict");
        let enrolled = post(app, &own, "enroll", Value::Null).await.ok();
        let secret = enrolled["secret"].as_str().unwrap().to_owned();
        let url = format!("otpauth://totp/Dispatch:owner%40acme.example?secret={secret}&issuer=Dispatch&algorithm=SHA1&digits=6&period=30");
        assert_eq!((secret.len(), &enrolled["otpauthUrl"]), (32, &json!(url)));
        login(app, EMAIL, PASSWORD).await.ok();
        let wrong = if shown(app, &secret, 0) == "000000" { "000001" } else { "000000" };
        assert_eq!(post(app, &own, "confirm", json!({ "code": wrong })).await.invalid(), ["code"]);
        let (secret, codes) = turned_on(app, &own).await;
        assert_eq!((codes.len(), codes[0].len()), (10, 14));
        assert_eq!(app.call(&own, "GET", "/auth/profile", Value::Null).await.ok()["totpEnabled"], true);
        for again in ["enroll", "confirm"] {
            post(app, &own, again, json!({ "code": "123456" })).await.refused(409, "conflict");
        }
        needs_code(login(app, EMAIL, PASSWORD).await, "is required");
        login(app, EMAIL, "wrong horse").await.refused(401, "authentication_error");
        needs_code(with_code(app, wrong).await, "is wrong or was used");
        needs_code(with_code(app, &shown(app, &secret, 0)).await, "is wrong or was used");
        app.advance_ms(30_000);
        let now = shown(app, &secret, 0);
        let session = with_code(app, &format!(" {} {}", &now[..3], &now[3..])).await.ok();
        assert!(works(app, session["sessionToken"].as_str().unwrap()).await);
        needs_code(with_code(app, &now).await, "is wrong or was used");
        assert!(works(app, &own).await, "sessions that are open go on");
        // A recovery code opens once, however it is typed.
        with_code(app, &codes[3].to_uppercase().replace('-', " ")).await.ok();
        needs_code(with_code(app, &codes[3]).await, "is wrong or was used");
        app.advance_ms(30_000);
        let off = |password: &str, code: &str| json!({ "password": password, "code": code });
        assert_eq!(post(app, &own, "disable", off("wrong horse", &shown(app, &secret, 0))).await.invalid(), ["password"]);
        assert_eq!(post(app, &own, "disable", off(PASSWORD, wrong)).await.invalid(), ["code"]);
        assert_eq!(post(app, &own, "disable", off(PASSWORD, &codes[4])).await.ok(), json!({ "success": true }));
        post(app, &own, "disable", off(PASSWORD, &codes[5])).await.refused(409, "conflict");
        login(app, EMAIL, PASSWORD).await.ok();
        let logs = app.call(&own, "GET", "/accounts/me/logs", Value::Null).await.ok().to_string();
        assert!(logs.contains("totpEnabled") && !logs.contains(&secret) && codes.iter().all(|code| !logs.contains(code.as_str())), "{logs}");
        let kept = crate::api::given::ask(app, "SELECT count(*) || '' FROM recovery_code".to_owned()).await;
        assert_eq!(kept, ["0"]);
    }

    /// A link that was mailed is no way round it, and is not used up by a code that is missing.
    async fn a_mailed_link_asks_for_it_too(app) {
        let own = app.owner().await;
        let (secret, codes) = turned_on(app, &own).await;
        mailed(app, Purpose::SignIn, EMAIL, "link").await;
        let verify = async |code: Value| app.call("", "POST", "/auth/verify", json!({ "token": "link", "mode": "token", "totpCode": code })).await;
        needs_code(verify(Value::Null).await, "is required");
        needs_code(verify("000".into()).await, "is wrong or was used");
        app.advance_ms(30_000);
        verify(shown(app, &secret, 0).into()).await.ok();
        verify(codes[0].as_str().into()).await.refused(401, "authentication_error");
        // A new password leaves it on.
        mailed(app, Purpose::Reset, EMAIL, "reset").await;
        app.call("", "POST", "/auth/password/reset", json!({ "token": "reset", "password": "another horse" })).await.ok();
        needs_code(login(app, EMAIL, "another horse").await, "is required");
    }

    /// Nothing readable is kept: neither the secret nor a recovery code.
    async fn what_is_kept_opens_nothing(app) {
        let own = app.owner().await;
        let (secret, codes) = turned_on(app, &own).await;
        let rows = crate::api::given::ask(app, "SELECT secret FROM member_totp UNION ALL SELECT hash FROM recovery_code".to_owned()).await;
        assert_eq!(rows.len(), 11);
        let all = rows.concat();
        assert!(!all.contains(&secret) && codes.iter().all(|code| !all.contains(code.as_str())), "{rows:?}");
    }

    /// Two sign-ins with the same code at once: one of them.
    async fn a_code_is_taken_once(app) {
        let own = app.owner().await;
        let (secret, codes) = turned_on(app, &own).await;
        app.advance_ms(30_000);
        for code in [shown(app, &secret, 0), codes[0].clone()] {
            let (one, two) = tokio::join!(with_code(app, &code), with_code(app, &code));
            let mut both = [one.status.as_u16(), two.status.as_u16()];
            both.sort_unstable();
            assert_eq!(both, [200, 401]);
        }
    }
}
