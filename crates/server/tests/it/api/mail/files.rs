use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{comments, deliver, message, new_ticket, outcome};
use crate::api::{events_of, id};

/// A message with these parts behind its text.
fn with_files(headers: &str, parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--b\r\n{part}\r\n")).collect();
    message(
        &format!("{headers}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"),
        &format!("--b\r\nContent-Type: text/plain\r\n\r\nsee\r\n{parts}--b--"),
    )
}

fn file(name: &str, text: &str) -> String {
    format!("Content-Type: text/csv\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{text}")
}

both! {
    async fn files_are_stored_with_the_ticket_and_the_comment(app) {
        let brand = app.brand("acme").await;
        let picture = "Content-Type: image/png\r\nContent-ID: <p@x>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==";
        let raw = with_files("Message-ID: <1@x>\r\n", &[file("a.csv", "1,2"), picture.to_owned()]);
        let ticket = new_ticket(app, &brand, "acme", raw).await;
        assert_eq!(ticket["attachmentCount"], 2);
        let path = format!("{brand}/tickets/{}/attachments", id(&ticket));
        let list = app.get(&path).await.ok();
        let of = |list: &Value, at: usize| (list[at]["filename"].clone(), list[at]["contentType"].clone(), list[at]["size"].clone(), list[at]["status"].clone());
        assert_eq!(of(&list, 0), (json!("a.csv"), json!("text/csv"), json!(3), json!("UPLOADED")));
        assert_eq!(of(&list, 1), (json!("attachment-2.png"), json!("image/png"), json!(4), json!("UPLOADED")));
        let shown = app.get(&format!("{path}/{}", id(&list[0]))).await.ok();
        assert_eq!(app.follow("GET", shown["downloadUrl"].as_str().expect("a link"), &[], "").await.text, "1,2");
        assert_eq!(events_of(app, &brand, "attachment.created").await.len(), 2);
        let raw = with_files("Message-ID: <2@x>\r\nReferences: <1@x>\r\n", &[file("b.csv", "3")]);
        assert_eq!(outcome(app, "acme", raw).await, "appended");
        let all = comments(app, &brand, &ticket).await;
        assert_eq!((&all[0]["attachments"][0]["filename"], &all[0]["body"]), (&json!("b.csv"), &json!("see")));
        // A day later nothing of it has been collected.
        app.advance_ms(2 * 24 * 60 * 60 * 1000);
        app.drain().await;
        let shown = app.get(&format!("{path}/{}", id(&list[0]))).await.ok();
        assert_eq!(app.follow("GET", shown["downloadUrl"].as_str().expect("a link"), &[], "").await.status, 200);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn the_51st_file_and_one_that_is_too_large_are_named(app) {
        let mut settings = app.app.settings().clone();
        settings.file_cap = dispatch_http::FileCap(100);
        let small = app.with_settings(settings);
        let brand = small.brand("acme").await;
        let mut parts = vec![file("large.csv", &"x".repeat(101))];
        parts.extend((0..51).map(|at| file(&format!("{at}.csv"), "x")));
        let ticket = new_ticket(&small, &brand, "acme", with_files("", &parts)).await;
        assert_eq!((&ticket["attachmentCount"], &ticket["metadata"]["skippedAttachments"]), (&json!(50), &json!(["large.csv", "50.csv"])));
    }

    async fn a_ticket_that_is_full_takes_the_text_without_the_files(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <0@x>\r\n", "x")).await;
        let parts: Vec<String> = (0..50).map(|at| file(&format!("{at}.csv"), "x")).collect();
        for at in 0..10 {
            let raw = with_files(&format!("Message-ID: <f{at}@x>\r\nReferences: <0@x>\r\n"), &parts);
            assert_eq!(outcome(app, "acme", raw).await, "appended");
        }
        let raw = with_files("Message-ID: <last@x>\r\nReferences: <0@x>\r\n", &parts[..1]);
        assert_eq!(outcome(app, "acme", raw).await, "appended");
        let last = comments(app, &brand, &ticket).await.pop().expect("a comment");
        assert_eq!(last["metadata"]["skippedAttachments"], json!(["0.csv"]));
    }

    /// Files of a message that nothing comes of are not stored at all.
    async fn what_is_ignored_leaves_no_files_behind(app) {
        let brand = app.brand("acme").await;
        let raw = with_files("Auto-Submitted: auto-replied\r\n", &[file("a.csv", "1")]);
        assert_eq!(outcome(app, "acme", raw).await, "auto_reply_ignored");
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"].as_i64().unwrap_or(0), 0);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_large_message_lies_in_the_file_store_and_comes_back_as_it_came(app) {
        let brand = app.brand("acme").await;
        let raw = with_files("", &[file("large.csv", &"0123456789\r\n".repeat(100_000))]);
        let record = deliver(app, "acme", raw.clone()).await.created();
        assert_eq!(record["size"], raw.len());
        let back = app.get(&format!("{brand}/mail/{}/raw", id(&record))).await;
        assert_eq!((back.header("content-type"), back.text == raw), ("message/rfc822", true));
        // A month later its bytes are gone, here and in the store.
        app.advance_ms(30 * 24 * 60 * 60 * 1000);
        app.app.mailroom().purge_raw().await.expect("it purges");
        app.drain().await;
        app.get(&format!("{brand}/mail/{}/raw", id(&record))).await.refused(404, "not_found");
        assert_eq!(app.get(&format!("{brand}/mail/{}", id(&record))).await.ok()["hasRaw"], false);
        app.post(&format!("{brand}/mail/{}/reprocess", id(&record)), json!({ "action": "create" })).await.refused(409, "conflict");
    }
}
