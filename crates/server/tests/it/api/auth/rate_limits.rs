//! Public routes and signing in have buckets of their own (API 1.8).

use dispatch_http::{HttpSettings, Limits, Rate};
use dispatch_store::mail_tokens::Purpose;
use dispatch_testkit::{CHEAP, PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::{links, totp};

/// Three requests on public routes, two sign-ins.
fn limited(app: &TestApp) -> TestApp {
    app.with_settings(HttpSettings {
        limits: Some(Limits {
            caller: Rate { capacity: 100, per_second: 1.0 },
            public: Rate { capacity: 3, per_second: 0.5 },
            portal: Rate { capacity: 100, per_second: 1.0 },
            sign_in: Rate { capacity: 2, per_second: 1.0 / 90.0 },
        }),
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        password_cost: CHEAP,
        ..HttpSettings::default()
    })
}

/// The status of a sign-in of this address from that one, and what it says of when to come back.
async fn login(app: &TestApp, email: &str, from: &str) -> (u16, String) {
    let body = json!({ "email": email, "password": PASSWORD, "mode": "token" });
    let answer = app.call_with("", "POST", "/auth/login", body, &[("x-forwarded-for", from)]).await;
    (answer.status.as_u16(), answer.header("retry-after").to_owned())
}

both! {
    async fn sign_ins_are_counted_per_client_address(app) {
        let app = limited(app);
        for email in ["a@x.example", "b@x.example"] {
            assert_eq!(login(&app, email, "1.1.1.1").await.0, 401);
        }
        assert_eq!(login(&app, "c@x.example", "1.1.1.1").await, (429, "90".to_owned()));
        assert_eq!(login(&app, "c@x.example", "2.2.2.2").await.0, 401);
        let from = [("x-forwarded-for", "1.1.1.1")];
        for path in ["/auth/magic-link", "/auth/password/forgot", "/auth/verify", "/auth/password/reset"] {
            app.call_with("", "POST", path, Value::Null, &from).await.refused(429, "rate_limit_error");
        }
        app.call_with("", "GET", "/auth/config", Value::Null, &from).await.ok();
        app.advance_ms(90_000);
        assert_eq!(login(&app, "c@x.example", "1.1.1.1").await.0, 401);
    }

    async fn sign_ins_are_counted_per_email_address_wherever_they_come_from(app) {
        app.owner().await;
        let app = limited(app);
        assert_eq!(login(&app, "owner@acme.example", "1.1.1.1").await.0, 200);
        assert_eq!(login(&app, "Owner@acme.example", "2.2.2.2").await.0, 200);
        assert_eq!(login(&app, "owner@acme.example", "3.3.3.3").await, (429, "90".to_owned()));
        assert_eq!(login(&app, "other@acme.example", "3.3.3.3").await.0, 401);
    }

    /// A wrong code does not use a link up: whoever reads the mail of a person must not try codes at full speed either.
    async fn codes_tried_with_a_link_are_counted_per_email_address(app) {
        let own = app.owner().await;
        let _codes = totp::turned_on(app, &own).await;
        for link in ["one", "two"] {
            links::mailed(app, Purpose::SignIn, "owner@acme.example", link).await;
        }
        let app = limited(app);
        let verify = async |link: &str, code: Value, from: &str| {
            let body = json!({ "token": link, "mode": "token", "totpCode": code });
            app.call_with("", "POST", "/auth/verify", body, &[("x-forwarded-for", from)]).await.status.as_u16()
        };
        let code = json!("wrong");
        assert_eq!([verify("one", code.clone(), "1.1.1.1").await, verify("two", code.clone(), "2.2.2.2").await], [401; 2]);
        assert_eq!(verify("one", code.clone(), "3.3.3.3").await, 429);
        assert_eq!(verify("two", code.clone(), "4.4.4.4").await, 429);
        assert_eq!(verify("one", Value::Null, "5.5.5.5").await, 401, "that a code is needed is no guess");
        assert_eq!(verify("never", code, "6.6.6.6").await, 401);
    }

    async fn public_routes_are_counted_per_client_address(app) {
        let app = limited(app);
        let config = async |from: &str| {
            app.call_with("", "GET", "/auth/config", Value::Null, &[("x-forwarded-for", from)]).await.status.as_u16()
        };
        let seen = [config("1.1.1.1").await, config("1.1.1.1").await, config("1.1.1.1").await, config("1.1.1.1").await];
        assert_eq!(seen, [200, 200, 200, 429]);
        assert_eq!(config("2.2.2.2").await, 200);
        for _ in 0..5 {
            app.call_with("", "GET", "/health", Value::Null, &[("x-forwarded-for", "1.1.1.1")]).await.ok();
        }
        app.advance_ms(2000);
        assert_eq!(config("1.1.1.1").await, 200);
    }

    async fn a_session_cannot_try_passwords_at_full_speed(app) {
        let token = app.owner().await;
        let app = limited(app);
        let body = json!({ "currentPassword": "wrong horse", "newPassword": "another horse" });
        for _ in 0..2 {
            app.call(&token, "POST", "/auth/password", body.clone()).await.refused(400, "validation_error");
        }
        app.call(&token, "POST", "/auth/password", body).await.refused(429, "rate_limit_error");
        app.call(&token, "GET", "/brands", Value::Null).await.ok();
    }

    async fn sessions_of_one_member_share_a_bucket(app) {
        let (one, other) = (app.owner().await, app.owner().await);
        let app = limited(app);
        let left = async |token: &str| {
            let answer = app.call(token, "GET", "/brands", Value::Null).await;
            answer.header("x-ratelimit-remaining").to_owned()
        };
        assert_eq!([left(&one).await, left(&other).await], ["99", "98"]);
        // A key is no credential here, and is counted as none.
        for _ in 0..3 {
            app.get("/auth/session").await.refused(401, "authentication_error");
        }
        app.get("/auth/session").await.refused(429, "rate_limit_error");
    }
}
