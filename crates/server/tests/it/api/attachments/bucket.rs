//! The same with a bucket: links lead there, and what is wrong is told by it.

use dispatch_model::{Clock, Timestamp};
use dispatch_testkit::{TestBucket, both};
use serde_json::{Value, json};

use super::{ask, confirm, ticket};
use crate::api::{id, last_event};

/// The SHA-256 of `hello`.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

both! {
    async fn a_file_goes_to_the_bucket_and_comes_from_it(app) {
        let (brand, attachments) = ticket(app).await;
        let bucket = TestBucket::start().await;
        let app = app.with_files(bucket.files(Clock::System));
        let upload = ask(&app, &attachments, json!({ "filename": "Ünïcode ä.txt" })).await;
        assert!(upload["uploadUrl"].as_str().unwrap().contains("X-Amz-Signature"), "{upload}");
        assert_eq!(upload["headers"], json!({ "Content-Type": "text/plain" }));
        confirm(&app, &attachments, &upload).await.refused(400, "validation_error");
        app.upload(&upload, "hello").await.ok();
        let file = confirm(&app, &attachments, &upload).await.ok();
        assert_eq!((&file["size"], &file["status"]), (&json!(5), &json!("UPLOADED")));
        assert_eq!(last_event(&app, &brand).await["type"], "attachment.created");
        assert_eq!((bucket.count("pending"), bucket.count("files")), (0, 1));
        let one = format!("{attachments}/{}", id(&file));
        let shown = app.get(&one).await.ok();
        let got = app.follow("GET", shown["downloadUrl"].as_str().unwrap(), &[], "").await;
        assert_eq!((got.status.as_u16(), got.text.as_str(), got.header("content-type")), (200, "hello", "text/plain"));
        assert!(got.header("content-disposition").starts_with("attachment; filename*=UTF-8''%C3%9C"));
        // Written again behind the confirmation.
        app.upload(&upload, "altered").await.ok();
        assert_eq!(confirm(&app, &attachments, &upload).await.ok()["size"], 5);
        assert_eq!(app.follow("GET", shown["downloadUrl"].as_str().unwrap(), &[], "").await.text, "hello");
        let url = shown["downloadUrl"].as_str().unwrap().to_owned();
        app.delete(&one).await.with(204);
        assert_eq!(app.follow("GET", &url, &[], "").await.status, 404);
        app.advance_ms(27 * 3_600_000);
        app.drain().await;
        assert_eq!((bucket.count("pending"), bucket.count("files")), (0, 0));
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn the_bucket_refuses_what_was_not_signed(app) {
        let (_, attachments) = ticket(app).await;
        let bucket = TestBucket::start().await;
        let app = app.with_files(bucket.files(Clock::System));
        let upload = ask(&app, &attachments, json!({ "size": 5 })).await;
        let url = upload["uploadUrl"].as_str().unwrap();
        let plain = [("content-type", "text/plain")];
        assert_eq!(app.follow("PUT", url, &[("content-type", "text/html")], "hello").await.status, 403, "another type");
        assert_eq!(app.follow("PUT", url, &plain, "hello!").await.status, 403, "another length");
        assert_eq!(app.follow("PUT", &url.replace("att_", "att_0"), &plain, "hello").await.status, 403, "another key");
        assert_eq!(app.follow("GET", url, &[], "").await.status, 403, "another method");
        assert_eq!(bucket.count("pending"), 0);
        app.follow("PUT", url, &plain, "hello").await.ok();
        confirm(&app, &attachments, &upload).await.ok();
    }

    async fn a_checksum_is_sent_along_and_checked(app) {
        let (_, attachments) = ticket(app).await;
        let bucket = TestBucket::start().await;
        let app = app.with_files(bucket.files(Clock::System));
        let upload = ask(&app, &attachments, json!({ "checksum": HELLO })).await;
        assert_eq!(upload["headers"]["x-amz-checksum-sha256"], "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
        let refused = app.upload(&upload, "other").await;
        assert!(refused.status.is_client_error(), "{}", refused.text);
        // The stand-in keeps the bytes that it refuses, which no bucket does: they are not asked for here.
        app.upload(&upload, "hello").await.ok();
        assert_eq!(confirm(&app, &attachments, &upload).await.ok()["checksum"], HELLO);
    }

    async fn links_expire(app) {
        let (_, attachments) = ticket(app).await;
        let bucket = TestBucket::start().await;
        let now = app.with_files(bucket.files(Clock::System));
        let hours_ago = Timestamp::from_millis(Clock::System.now().as_millis() - 2 * 3_600_000);
        let past = app.with_files(bucket.files(Clock::manual(hours_ago)));
        let old = ask(&past, &attachments, json!({})).await;
        assert_eq!(past.upload(&old, "hello").await.status, 403);
        let upload = ask(&now, &attachments, json!({})).await;
        now.upload(&upload, "hello").await.ok();
        confirm(&now, &attachments, &upload).await.ok();
        let one = format!("{attachments}/{}", id(&upload));
        let old = past.get(&one).await.ok()["downloadUrl"].as_str().unwrap().to_owned();
        assert_eq!(app.follow("GET", &old, &[], "").await.status, 403);
        let fresh = now.get(&one).await.ok()["downloadUrl"].as_str().unwrap().to_owned();
        assert_eq!(app.follow("GET", &fresh, &[], "").await.text, "hello");
    }

    async fn what_is_larger_than_the_cap_fails_at_the_confirmation(app) {
        let (_, attachments) = ticket(app).await;
        let bucket = TestBucket::start().await;
        let mut settings = app.app.settings().clone();
        settings.file_cap = dispatch_http::FileCap(4);
        let small = app.with_settings(settings).with_files(bucket.files(Clock::System));
        let upload = ask(&small, &attachments, json!({})).await;
        small.upload(&upload, "hello").await.ok();
        confirm(&small, &attachments, &upload).await.refused(413, "payload_too_large");
        assert_eq!(small.get(&format!("{attachments}/{}", id(&upload))).await.ok()["status"], "FAILED");
        assert_eq!((bucket.count("pending"), bucket.count("files")), (0, 0));
    }

    /// Exactly the upload that was looked at is copied (`x-amz-copy-source-if-match`).
    async fn another_upload_in_between_is_not_taken_for_the_one_looked_at(app) {
        let (_, attachments) = ticket(app).await;
        let bucket = TestBucket::start().await;
        let app = app.with_files(bucket.files(Clock::System));
        let upload = ask(&app, &attachments, json!({})).await;
        let files = app.app.seams().files.clone();
        let pending = format!("pending/{}", id(&upload));
        app.upload(&upload, "hello").await.ok();
        let found = files.found(&pending).await.unwrap().expect("it is there");
        app.upload(&upload, "altered").await.ok();
        assert!(!files.keep(&pending, &found.version, "files/br_x/00/att_x-00").await.unwrap());
        assert_eq!(bucket.count("files"), 0);
        let found = files.found(&pending).await.unwrap().expect("it is there");
        assert!(files.keep(&pending, &found.version, "files/br_x/00/att_x-00").await.unwrap());
        assert!(!files.keep("pending/att_never", &found.version, "files/br_x/00/att_x-01").await.unwrap());
        files.remove("files/br_x/00/att_x-00").await.unwrap();
        files.remove("files/br_x/00/att_x-00").await.unwrap();
        files.ready().await.unwrap();
    }

    async fn the_picture_of_a_member_is_found_by_way_of_the_server(app) {
        let bucket = TestBucket::start().await;
        let app = app.with_files(bucket.files(Clock::System));
        let session = app.session(dispatch_model::member::Role::Member, "ana@acme.example", &[]).await;
        let asked = json!({ "filename": "me.png", "contentType": "image/png" });
        let upload = app.call(&session, "POST", "/auth/profile/avatar", asked).await.created();
        app.upload(&upload, "a picture").await.ok();
        let confirm = json!({ "uploadId": upload["id"] });
        let profile = app.call(&session, "POST", "/auth/profile/avatar/confirm", confirm).await.ok();
        let way = app.follow("GET", profile["avatarUrl"].as_str().unwrap(), &[], "").await;
        assert_eq!(way.status, 302);
        let picture = app.follow("GET", way.header("location"), &[], "").await;
        assert_eq!((picture.text.as_str(), picture.header("content-type")), ("a picture", "image/png"));
        let gone = app.call(&session, "DELETE", "/auth/profile/avatar", Value::Null).await.ok();
        assert_eq!(gone["avatarUrl"], Value::Null);
        app.drain().await;
        assert_eq!(bucket.count("avatars"), 0);
    }
}
