use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{ask, confirm, download, ticket, told};
use crate::api::{events_of, id, last_event};

both! {
    async fn a_download_says_what_it_is_and_does_nothing_else(app) {
        let (_, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({ "filename": "Ünïcode \"x\".html", "contentType": "text/html" })).await;
        app.upload(&upload, "<script>").await.ok();
        confirm(app, &attachments, &upload).await.ok();
        let one = format!("{attachments}/{}", id(&upload));
        for path in [one.clone(), format!("{one}?inline=true")] {
            let shown = app.get(&path).await.ok();
            assert_eq!(shown["expiresAt"], "2026-01-02T04:04:05.000Z");
            let file = app.follow("GET", shown["downloadUrl"].as_str().unwrap(), &[], "").await;
            let headers = [
                ("content-type", "text/html"),
                ("content-length", "8"),
                ("content-disposition", "attachment; filename*=UTF-8''%C3%9Cn%C3%AFcode%20%22x%22.html; filename=\"_n_code _x_.html\""),
                ("x-content-type-options", "nosniff"),
                ("content-security-policy", "sandbox"),
                ("accept-ranges", "bytes"),
                ("cache-control", "no-store"),
            ];
            for (name, value) in headers {
                assert_eq!(file.header(name), value, "{name}");
            }
            assert_eq!((file.status.as_u16(), file.text.as_str()), (200, "<script>"));
        }
    }

    async fn pictures_alone_are_shown_inside_a_page(app) {
        let (_, attachments) = ticket(app).await;
        for (kind, inline) in [("image/png", true), ("image/jpeg", true), ("image/gif", true), ("image/webp", true), ("image/svg+xml", false)] {
            let upload = ask(app, &attachments, json!({ "contentType": kind })).await;
            app.upload(&upload, "x").await.ok();
            confirm(app, &attachments, &upload).await.ok();
            let one = app.get(&format!("{attachments}/{}?inline=1", id(&upload))).await.ok();
            let file = app.follow("GET", one["downloadUrl"].as_str().unwrap(), &[], "").await;
            assert_eq!(file.header("content-disposition").starts_with("inline; "), inline, "{kind}");
        }
        let upload = ask(app, &attachments, json!({})).await;
        assert_eq!(app.get(&format!("{attachments}/{}?inline=maybe", id(&upload))).await.invalid(), ["inline"]);
    }

    async fn a_link_works_for_an_hour_and_a_fresh_one_then(app) {
        let (_, attachments) = ticket(app).await;
        let file = app.attach(&attachments, "a.txt", "hello").await;
        let one = format!("{attachments}/{}", id(&file));
        let url = app.get(&one).await.ok()["downloadUrl"].as_str().unwrap().to_owned();
        app.advance_ms(3_599_000);
        assert_eq!(app.follow("GET", &url, &[], "").await.text, "hello");
        app.advance_ms(1_000);
        app.follow("GET", &url, &[], "").await.refused(403, "forbidden");
        app.follow("GET", &url.replace("expires=1767", "expires=1768"), &[], "").await.refused(403, "forbidden");
        assert_eq!(download(app, &one).await.text, "hello");
    }

    async fn parts_are_given_as_they_are_asked_for(app) {
        let (_, attachments) = ticket(app).await;
        let file = app.attach(&attachments, "a.txt", "0123456789").await;
        let url = app.get(&format!("{attachments}/{}", id(&file))).await.ok()["downloadUrl"].as_str().unwrap().to_owned();
        let whole = app.follow("GET", &url, &[], "").await;
        let tag = whole.header("etag").to_owned();
        let cases = [
            (vec![("range", "bytes=2-4")], 206, "234", "bytes 2-4/10"),
            (vec![("range", "bytes=-2")], 206, "89", "bytes 8-9/10"),
            (vec![("range", "bytes=7-")], 206, "789", "bytes 7-9/10"),
            (vec![("range", "bytes=10-")], 416, "", "bytes */10"),
            (vec![("range", "bytes=0-1,4-5")], 200, "0123456789", ""),
            (vec![("range", "bytes=2-4"), ("if-range", tag.as_str())], 206, "234", "bytes 2-4/10"),
            (vec![("range", "bytes=2-4"), ("if-range", "\"other\"")], 200, "0123456789", ""),
            (vec![("if-none-match", tag.as_str())], 304, "", ""),
        ];
        for (headers, status, text, range) in cases {
            let part = app.follow("GET", &url, &headers, "").await;
            assert_eq!((part.status.as_u16(), part.text.as_str(), part.header("content-range")), (status, text, range), "{headers:?}");
        }
        let head = app.follow("HEAD", &url, &[], "").await;
        assert_eq!((head.status.as_u16(), head.text.as_str(), head.header("content-length")), (200, "", "10"));
    }

    async fn a_removed_file_is_gone_and_its_links_are_dead(app) {
        let (brand, attachments) = ticket(app).await;
        let file = app.attach(&attachments, "a.txt", "hello").await;
        let one = format!("{attachments}/{}", id(&file));
        let url = app.get(&one).await.ok()["downloadUrl"].as_str().unwrap().to_owned();
        let answer = app.delete(&one).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
        app.follow("GET", &url, &[], "").await.refused(404, "not_found");
        app.get(&one).await.refused(404, "not_found");
        app.delete(&one).await.refused(404, "not_found");
        assert_eq!(app.get(&attachments).await.ok(), json!([]));
        assert_eq!((told(app, &attachments).await, app.files_in("files")), (0, 0));
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"], 0);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["attachment"]), (&json!("attachment.deleted"), &file));
        app.drain().await;
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn what_was_never_confirmed_goes_without_an_event(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "hello").await.ok();
        app.delete(&format!("{attachments}/{}", id(&upload))).await.with(204);
        confirm(app, &attachments, &upload).await.refused(404, "not_found");
        assert_eq!(events_of(app, &brand, "attachment.deleted").await, Vec::<Value>::new());
        assert_eq!((told(app, &attachments).await, app.files_in("pending")), (0, 0));
    }

    async fn links_to_several_come_at_once(app) {
        let (brand, attachments) = ticket(app).await;
        let file = app.attach(&attachments, "a.txt", "hello").await;
        let waits = app.attach(&format!("{brand}/attachments/pending"), "w.txt", "waits").await;
        let asked = ask(app, &attachments, json!({})).await;
        let ids = json!([id(&file), id(&waits), id(&asked), "att_never"]);
        let urls = app.post(&format!("{brand}/attachments/urls"), json!({ "ids": ids })).await.ok();
        assert_eq!(urls.as_object().unwrap().len(), 4);
        assert_eq!((&urls[id(&asked)], &urls["att_never"]), (&Value::Null, &Value::Null));
        let one = &urls[id(&file)];
        assert_eq!((&one["filename"], &one["contentType"]), (&json!("a.txt"), &json!("text/plain")));
        assert_eq!(one["expiresAt"], "2026-01-02T04:04:05.000Z");
        assert_eq!(app.follow("GET", one["url"].as_str().unwrap(), &[], "").await.text, "hello");
        assert_eq!(app.follow("GET", urls[id(&waits)]["url"].as_str().unwrap(), &[], "").await.text, "waits");
        for wrong in [json!({}), json!({ "ids": [] }), json!({ "ids": vec!["a"; 101] })] {
            assert_eq!(app.post(&format!("{brand}/attachments/urls"), wrong).await.invalid(), ["ids"]);
        }
        app.delete(attachments.trim_end_matches("/attachments")).await.ok();
        let urls = app.post(&format!("{brand}/attachments/urls"), json!({ "ids": [id(&file)] })).await.ok();
        assert_eq!(urls[id(&file)], Value::Null, "a deleted ticket's files are gone with it");
    }
}
