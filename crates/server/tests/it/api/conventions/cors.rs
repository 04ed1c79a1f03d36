use dispatch_http::HttpSettings;
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::Value;

const ORIGIN: &str = "https://app.example";

/// The same server, open to pages of one origin.
fn open(app: &TestApp) -> TestApp {
    app.with_settings(HttpSettings { cors_origins: vec![ORIGIN.to_owned()], ..HttpSettings::default() })
}

async fn from(app: &TestApp, origin: &str, method: &str, path: &str) -> Answer {
    app.call_with(&app.key, method, path, Value::Null, &[("origin", origin)]).await
}

async fn preflight(app: &TestApp, origin: &str, path: &str) -> Answer {
    let headers = [("origin", origin), ("access-control-request-method", "POST")];
    app.call_with("", "OPTIONS", path, Value::Null, &headers).await
}

/// The CORS headers of a reply.
fn cors(answer: &Answer) -> Vec<&str> {
    answer.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("access-control")).collect()
}

/// The values of a header that is a list, sorted.
fn listed<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    let mut names: Vec<&str> = answer.header(name).split(", ").collect();
    names.sort_unstable();
    names
}

both! {
    async fn cors_is_off_unless_an_origin_is_listed(app) {
        let answer = from(app, ORIGIN, "GET", "/brands").await;
        assert!(answer.status == 200 && cors(&answer).is_empty(), "{answer:?}");
        let answer = preflight(app, ORIGIN, "/brands").await;
        assert!(answer.status == 404 && cors(&answer).is_empty(), "{answer:?}");
    }

    async fn a_listed_origin_may_call_and_read_the_headers_it_needs(app) {
        let app = open(app);
        for (path, status) in [("/brands", 200), ("/brands/br_unknown", 404), ("/brands?typo=1", 400)] {
            let answer = from(&app, ORIGIN, "GET", path).await;
            assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (status, ORIGIN));
            assert!(answer.header("vary").to_lowercase().contains("origin"));
            assert_eq!(answer.header("access-control-allow-credentials"), "", "cookies stay at home");
            let exposed = [
                "Idempotency-Replayed",
                "Retry-After",
                "X-Ignored-Fields",
                "X-Next-Cursor",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset",
                "X-Request-Id",
            ];
            assert_eq!(listed(&answer, "access-control-expose-headers"), exposed);
        }
    }

    async fn a_preflight_needs_no_credential(app) {
        let app = open(app);
        let answer = preflight(&app, ORIGIN, "/brands").await;
        assert!(answer.status.is_success() && answer.text.is_empty(), "{answer:?}");
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
        assert_eq!(listed(&answer, "access-control-allow-methods"), ["DELETE", "GET", "PATCH", "POST", "PUT"]);
        let allowed = [
            "Accept",
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "Last-Event-ID",
            "X-CSRF-Token",
            "X-Idempotency-Key",
        ];
        assert_eq!(listed(&answer, "access-control-allow-headers"), allowed);
    }

    async fn other_origins_get_no_cors_headers(app) {
        let app = open(app);
        for origin in [
            "https://evil.example",
            "http://app.example",
            "https://app.example:8443",
            "https://app.example.evil.example",
            "null",
        ] {
            assert!(cors(&from(&app, origin, "GET", "/brands").await).is_empty(), "{origin}");
            let answer = preflight(&app, origin, "/brands").await;
            assert!(answer.status == 404 && cors(&answer).is_empty(), "{origin}");
        }
        assert!(cors(&app.get("/brands").await).is_empty(), "no origin, no headers");
    }
}
