//! CSRF: what a form or a script of another page can send without asking first, with the cookie of whoever looks at it.

use dispatch_testkit::{PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::{EMAIL, exactly};

/// The types that a page may send to anywhere without a preflight, one dressed up as JSON, and none at all.
const SIMPLE: [&str; 5] = [
    "",
    "text/plain",
    "text/plain; charset=application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
];

/// The cookie of a browser that is signed in.
async fn cookie(app: &TestApp) -> String {
    let answer = app.call("", "POST", "/auth/login", json!({ "email": EMAIL, "password": PASSWORD })).await;
    answer.header("set-cookie").split(';').next().expect("a cookie").to_owned()
}

both! {
    async fn a_page_of_somebody_else_changes_nothing(app) {
        app.owner().await;
        let cookie = cookie(app).await;
        let mut seen = 0;
        for origin in ["http://evil.example", "null", "http://mail.example.evil.example", ""] {
            for kind in SIMPLE.into_iter().chain(["application/json"]) {
                let mut headers = vec![("cookie", cookie.as_str()), ("host", "mail.example")];
                headers.extend((!origin.is_empty()).then_some(("origin", origin)));
                headers.extend((!kind.is_empty()).then_some(("content-type", kind)));
                for (path, body) in [
                    ("/brands", json!({ "name": "x" })),
                    ("/auth/logout", json!({})),
                    ("/auth/password", json!({ "currentPassword": PASSWORD, "newPassword": "another horse battery" })),
                    ("/accounts/me/api-keys", json!({ "name": "x", "allBrands": true })),
                    ("/members/invite", json!({ "email": "mallory@evil.example" })),
                ] {
                    let answer = exactly(app, "POST", path, &headers, body.to_string()).await;
                    assert_eq!(answer.header("set-cookie"), "");
                    answer.refused(403, "forbidden");
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, 120);
        assert_eq!(app.get("/brands").await.ok(), json!([]), "nothing was made");
        let own = exactly(app, "GET", "/auth/session", &[("cookie", &cookie)], "").await.ok();
        assert_eq!(own["member"]["email"], EMAIL, "and nobody was signed out");
    }

    /// A foreign page would have its visitor work in the account of an attacker.
    async fn a_page_of_somebody_else_signs_nobody_in(app) {
        app.owner().await;
        let body = json!({ "email": EMAIL, "password": PASSWORD }).to_string();
        for kind in SIMPLE {
            let mut headers = vec![("origin", "http://evil.example"), ("host", "mail.example")];
            headers.extend((!kind.is_empty()).then_some(("content-type", kind)));
            let answer = exactly(app, "POST", "/auth/login", &headers, body.clone()).await;
            assert!([403, 415].contains(&answer.status.as_u16()), "{kind}: {}", answer.text);
            assert_eq!(answer.header("set-cookie"), "", "{kind}");
        }
    }

    /// A request that may be sent without a token is what its method says, whatever its headers and its query say.
    async fn reading_stays_reading(app) {
        app.owner().await;
        let cookie = cookie(app).await;
        for (name, value) in [
            ("x-http-method-override", "POST"), ("x-http-method", "DELETE"), ("x-method-override", "POST"), ("content-type", "application/json"),
        ] {
            let headers = [("cookie", cookie.as_str()), ("origin", "http://evil.example"), (name, value)];
            let answer = exactly(app, "GET", "/brands", &headers, json!({ "name": "x" }).to_string()).await;
            assert_eq!(answer.ok(), json!([]), "{name}");
        }
        let headers = [("cookie", cookie.as_str())];
        assert_eq!(exactly(app, "GET", "/brands?_method=POST", &headers, "").await.invalid(), ["_method"]);
        for path in ["/auth/logout", "/accounts/me/api-keys"] {
            let status = exactly(app, "GET", path, &headers, "").await.status.as_u16();
            assert!([200, 404, 405].contains(&status), "{path} {status}");
        }
        assert_eq!(exactly(app, "GET", "/auth/session", &headers, "").await.status, 200);
        assert_eq!(app.call(&app.key, "GET", "/brands", Value::Null).await.ok(), json!([]));
    }
}
