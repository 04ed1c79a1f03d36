//! Who may send the cookie, and with what (API 3.1).

use dispatch_http::HttpSettings;
use dispatch_testkit::{PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::{browser, with};

const EMAIL: &str = "owner@acme.example";

/// The status of a change of the profile with these headers.
async fn change(app: &TestApp, headers: &[(&str, &str)]) -> u16 {
    with(app, "PATCH", "/auth/profile", json!({ "notifyToast": false }), headers).await.status.as_u16()
}

both! {
    async fn a_change_by_cookie_needs_the_token_of_its_session(app) {
        app.owner().await;
        let ((cookie, csrf), (_, other)) = (browser(app, EMAIL).await, browser(app, EMAIL).await);
        assert_ne!(csrf, other, "each session has its own");
        let cookie = ("cookie", cookie.as_str());
        assert_eq!(change(app, &[cookie, ("x-csrf-token", &csrf)]).await, 200);
        let session = &cookie.1["dispatch_session=".len()..];
        for wrong in ["", "x", &other, &csrf[1..], &format!("{csrf}x"), &csrf.to_uppercase(), session] {
            assert_eq!(change(app, &[cookie, ("x-csrf-token", wrong)]).await, 403, "{wrong}");
        }
        with(app, "PATCH", "/auth/profile", json!({}), &[cookie]).await.refused(403, "forbidden");
        let brand = with(app, "POST", "/brands", json!({ "name": "x" }), &[cookie]).await;
        brand.refused(403, "forbidden");
        assert_eq!(app.get("/brands").await.ok(), json!([]), "nothing was made");
    }

    async fn reading_by_cookie_needs_no_token(app) {
        app.owner().await;
        let (cookie, _) = browser(app, EMAIL).await;
        for origin in ["http://evil.example", ""] {
            with(app, "GET", "/brands", Value::Null, &[("cookie", &cookie), ("origin", origin)]).await.ok();
        }
    }

    async fn a_change_by_cookie_comes_from_our_own_pages(app) {
        app.owner().await;
        let app = app.with_settings(HttpSettings {
            public_url: "https://help.acme.example/sub".to_owned(),
            cors_origins: vec!["https://listed.example".to_owned()],
            ..HttpSettings::default()
        });
        let (cookie, csrf) = browser(&app, EMAIL).await;
        let base = [("cookie", cookie.as_str()), ("x-csrf-token", csrf.as_str()), ("host", "127.0.0.1:8080")];
        for own in ["https://help.acme.example", "http://127.0.0.1:8080"] {
            assert_eq!(change(&app, &[&base[..], &[("origin", own)]].concat()).await, 200, "{own}");
        }
        for foreign in [
            "http://evil.example", "https://listed.example", "null", "http://help.acme.example",
            "https://help.acme.example.evil.example", "https://help.acme.example:8443", "http://127.0.0.1", "http://",
            "127.0.0.1:8080",
        ] {
            assert_eq!(change(&app, &[&base[..], &[("origin", foreign)]].concat()).await, 403, "{foreign}");
        }
    }

    async fn a_bearer_token_needs_neither(app) {
        let token = format!("Bearer {}", app.owner().await);
        let headers = [("authorization", token.as_str()), ("origin", "http://evil.example")];
        assert_eq!(change(app, &headers).await, 200);
    }

    async fn a_foreign_page_cannot_have_a_cookie_set(app) {
        app.owner().await;
        let sign_in = async |mode: &str| {
            let body = json!({ "email": EMAIL, "password": PASSWORD, "mode": mode });
            with(app, "POST", "/auth/login", body, &[("origin", "http://evil.example")]).await.status.as_u16()
        };
        assert_eq!([sign_in("cookie").await, sign_in("token").await], [403, 200]);
    }
}
