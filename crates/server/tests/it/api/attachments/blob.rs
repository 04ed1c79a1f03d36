//! `/blob`: links that were altered, expired, or are used for something else.

use dispatch_testkit::{Kind, both, run};
use serde_json::json;

use super::{ask, confirm, ticket};
use crate::api::id;

both! {
    async fn only_the_link_itself_opens_the_way(app) {
        let (_, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        let url = upload["uploadUrl"].as_str().unwrap();
        let plain = [("content-type", "text/plain")];
        let ways = [
            ("GET", url.to_owned()),
            ("DELETE", url.to_owned()),
            ("PUT", url.replace("att_", "att_0")),
            ("PUT", url.replace("max=", "max=9")),
            ("PUT", url.replace("text%2Fplain", "text%2Fhtml")),
            ("PUT", url.replace("expires=1", "expires=2")),
            ("PUT", url.replace("&signature", "&more=1&signature")),
            ("PUT", url.split("&signature").next().unwrap().to_owned()),
            ("PUT", "/blob/files/x".to_owned()),
            ("PUT", "/blob/../x".to_owned()),
            ("GET", "/blob/%2e%2e/dispatch.sqlite".to_owned()),
            ("GET", "/blob/avatars/../files/x".to_owned()),
        ];
        for (method, url) in ways {
            let answer = app.follow(method, &url, &plain, "hello").await;
            assert!([403, 404].contains(&answer.status.as_u16()), "{method} {url}: {}", answer.text);
            assert_eq!(answer.header("access-control-allow-origin"), "*");
            let code = answer.json()["code"].clone();
            answer.refused(if code == "forbidden" { 403 } else { 404 }, code.as_str().unwrap());
        }
        app.follow("PUT", url, &[("content-type", "text/html")], "hello").await.refused(403, "forbidden");
        app.follow("PUT", url, &[], "hello").await.refused(403, "forbidden");
        assert_eq!(app.files_in("pending"), 0);
        app.follow("PUT", url, &[("content-type", "Text/Plain")], "hello").await.ok();
        app.advance_ms(900_000);
        app.follow("PUT", url, &plain, "late").await.refused(403, "forbidden");
    }

    async fn a_page_of_any_origin_may_upload_and_download(app) {
        let (_, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        let url = upload["uploadUrl"].as_str().unwrap();
        let origin = ("origin", "https://elsewhere.example");
        let asks = [origin, ("access-control-request-method", "PUT"), ("access-control-request-headers", "content-type")];
        let preflight = app.follow("OPTIONS", url, &asks, "").await;
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header("access-control-allow-origin"), "*");
        assert!(preflight.header("access-control-allow-methods").contains("PUT"));
        assert!(preflight.header("access-control-allow-headers").contains("Content-Type"));
        let put = app.follow("PUT", url, &[origin, ("content-type", "text/plain")], "hello").await;
        assert_eq!((put.status.as_u16(), put.header("access-control-allow-origin")), (200, "*"));
        assert!(put.header("x-request-id").starts_with("req_"));
        confirm(app, &attachments, &upload).await.ok();
    }

    async fn too_many_bytes_are_refused_and_the_confirmation_says_so_too(app) {
        let (_, attachments) = ticket(app).await;
        let mut settings = app.app.settings().clone();
        settings.file_cap = dispatch_http::FileCap(10);
        let small = app.with_settings(settings);
        let upload = ask(&small, &attachments, json!({})).await;
        small.upload(&upload, "eleven bytes").await.refused(413, "payload_too_large");
        confirm(&small, &attachments, &upload).await.refused(413, "payload_too_large");
        let one = small.get(&format!("{attachments}/{}", id(&upload))).await.ok();
        assert_eq!(one["status"], "FAILED");
        assert_eq!((app.files_in("pending"), app.files_in("files"), app.files_in("tmp")), (0, 0, 0));
        let upload = ask(&small, &attachments, json!({ "size": 10 })).await;
        small.upload(&upload, "0123456789").await.ok();
        confirm(&small, &attachments, &upload).await.ok();
    }
}

/// Links hold what nobody else may see.
#[tokio::test]
async fn no_link_reaches_the_log_of_events_or_a_stored_answer() {
    run(Kind::Sqlite, async |app| {
        let (brand, attachments) = ticket(app).await;
        let key = [("idempotency-key", "one")];
        let body = json!({ "filename": "a", "contentType": "text/plain" });
        let upload = app.call_with(&app.key, "POST", &attachments, body, &key).await.created();
        app.upload(&upload, "hello").await.ok();
        confirm(app, &attachments, &upload).await.ok();
        let stored: dispatch_store::Result<Vec<String>> = app
            .db
            .read("test.answers", |tx| {
                Box::pin(async move { dispatch_store::inspect::ask(tx, "SELECT reply FROM idempotency").await })
            })
            .await;
        let stored = stored.unwrap();
        assert!(stored.len() == 1 && stored[0].contains(id(&upload)) && !stored[0].contains("signature"), "{stored:?}");
        assert!(!json!(app.events(&brand).await).to_string().contains("signature"));
    })
    .await;
}
