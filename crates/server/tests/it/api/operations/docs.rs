//! The reference page. What it looks like, and that it asks no other host, is looked at in a browser by `docs/test`.

use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp, both};

async fn ask(app: &TestApp, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::empty()).unwrap()).await
}

/// The addresses of the page's parts.
async fn parts(app: &TestApp) -> Vec<String> {
    let page = ask(app, "GET", "/docs", &[]).await.text;
    let found = page.split('"').filter(|text| text.starts_with("docs/assets/"));
    found.map(|address| format!("/{address}")).collect()
}

async fn part(app: &TestApp, file: &str) -> String {
    let (stem, end) = file.split_once('.').unwrap();
    let fits = |address: &String| address.contains(&format!("/{stem}.")) && address.ends_with(end);
    parts(app).await.into_iter().find(fits).expect(file)
}

both! {
    async fn everybody_gets_the_page_and_it_may_load_nothing_from_elsewhere(app) {
        let page = ask(app, "GET", "/docs", &[]).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
        assert!(page.text.contains(r#"href="openapi.json""#), "{}", page.text);
        assert!(page.text.contains(env!("CARGO_PKG_VERSION")), "{}", page.text);
        assert!(!page.text.contains("{{") && !page.text.contains("//"), "{}", page.text);
    }

    async fn a_browser_that_has_the_page_is_told_so(app) {
        let tag = ask(app, "GET", "/docs", &[]).await.header("etag").to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = ask(app, "GET", "/docs", &[("if-none-match", &known)]).await;
            assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{known}");
            assert_eq!(again.header("etag"), tag);
            assert_eq!(again.header("cache-control"), "no-cache");
        }
        assert_eq!(ask(app, "GET", "/docs", &[("if-none-match", "\"other\"")]).await.status, 200);
    }

    async fn every_part_is_there_and_may_be_kept_for_ever(app) {
        let parts = parts(app).await;
        assert_eq!(parts.len(), 6, "{parts:?}");
        for address in parts {
            let part = ask(app, "GET", &address, &[]).await;
            assert_eq!(part.status, 200, "{address}");
            assert!(!part.text.is_empty(), "{address}");
            assert_eq!(part.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(part.header("x-content-type-options"), "nosniff");
            let kind = match address.rsplit_once('.').unwrap().1 {
                "js" => "text/javascript; charset=utf-8",
                "css" => "text/css; charset=utf-8",
                "txt" => "text/plain; charset=utf-8",
                end => { assert_eq!(end, "svg"); "image/svg+xml" }
            };
            assert_eq!(part.header("content-type"), kind, "{address}");
        }
    }

    async fn large_parts_come_packed_to_those_who_unpack_and_plain_to_others(app) {
        for (file, holds) in [("swagger-ui.js", "SwaggerUIBundle"), ("swagger-ui.css", ".swagger-ui")] {
            let address = part(app, file).await;
            for accepted in ["gzip", "deflate, GZIP;q=0.5, br", "*", "x-gzip"] {
                let packed = ask(app, "HEAD", &address, &[("accept-encoding", accepted)]).await;
                assert_eq!(packed.header("content-encoding"), "gzip", "{accepted}");
                assert_eq!(packed.header("vary"), "Accept-Encoding");
            }
            for accepted in [None, Some("br"), Some("gzip;q=0"), Some("identity"), Some("*, gzip; q=0.0"), Some("gzip;q=x")] {
                let headers: Vec<(&str, &str)> = accepted.iter().map(|accepted| ("accept-encoding", *accepted)).collect();
                let plain = ask(app, "GET", &address, &headers).await;
                assert_eq!(plain.header("content-encoding"), "", "{accepted:?}");
                assert_eq!(plain.header("vary"), "Accept-Encoding");
                assert!(plain.text.contains(holds) && plain.text.len() > 100_000, "{file} {}", plain.text.len());
            }
        }
        let small = part(app, "theme.css").await;
        assert_eq!(ask(app, "GET", &small, &[("accept-encoding", "gzip")]).await.header("content-encoding"), "");
    }

    async fn head_says_what_get_would(app) {
        let mut addresses = parts(app).await;
        addresses.push("/docs".to_owned());
        for address in addresses {
            let (get, head) = (ask(app, "GET", &address, &[]).await, ask(app, "HEAD", &address, &[]).await);
            assert_eq!((head.status, head.text.as_str()), (get.status, ""));
            assert_eq!(head.header("content-length"), get.text.len().to_string(), "{address}");
            for name in ["content-type", "cache-control", "content-security-policy", "etag", "vary"] {
                assert_eq!(head.header(name), get.header(name), "{address} {name}");
            }
        }
    }

    async fn what_is_no_part_is_not_found_and_not_kept(app) {
        let theme = part(app, "theme.css").await;
        let old = theme.replace("theme.", "theme.0");
        for path in [old.as_str(), "/docs/assets/", "/docs/assets/theme.css", "/docs/assets/..%2fpage.html", "/docs/assets/%ff", "/docs/other"] {
            let answer = ask(app, "GET", path, &[]).await;
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            answer.refused(404, "not_found");
        }
        for path in ["/docs", &theme] {
            ask(app, "POST", path, &[]).await.refused(404, "not_found");
        }
    }

    async fn a_slash_behind_it_leads_to_the_page(app) {
        let answer = ask(app, "GET", "/docs/", &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "../docs"));
    }
}

/// `make generate` writes the table.
#[test]
fn the_table_of_errors_in_the_docs_is_the_one_of_this_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors.md");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page.contains(&dispatch_http::error_table()), "run `make generate`");
}
