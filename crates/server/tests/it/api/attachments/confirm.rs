use dispatch_testkit::both;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{ask, confirm, download, ticket, told};
use crate::api::{events_of, id, last_event};

/// The SHA-256 of `hello`.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

both! {
    async fn a_confirmed_file_is_listed_counted_told_and_downloaded(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "hello").await.ok();
        app.advance_ms(1_000);
        let shown = confirm(app, &attachments, &upload).await.ok();
        let mut expected = upload["attachment"].clone();
        expected["status"] = json!("UPLOADED");
        expected["size"] = json!(5);
        expected["checksum"] = json!(HELLO);
        expected["updatedAt"] = json!("2026-01-02T03:04:06.678Z");
        assert_eq!(shown, expected);
        assert_eq!(app.get(&attachments).await.ok(), json!([shown]));
        assert_eq!(told(app, &attachments).await, 1);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["entityId"]), (&json!("attachment.created"), &upload["id"]));
        assert_eq!(event["data"], json!({ "id": upload["id"], "ticketId": shown["ticketId"], "attachment": shown }));
        let ticket = app.get(attachments.trim_end_matches("/attachments")).await.ok();
        assert_eq!(ticket["updatedAt"], "2026-01-02T03:04:06.678Z", "attachments move it");
        let activity = app.get(&format!("{}/activity", attachments.trim_end_matches("/attachments"))).await.ok();
        assert_eq!(activity["data"][0]["summary"], "Test key attached a.txt");
        assert_eq!(activity["data"][0]["attachmentId"], upload["id"]);
        assert_eq!(download(app, &format!("{attachments}/{}", id(&upload))).await.text, "hello");
        assert_eq!(app.get(&format!("{brand}/tickets?hasAttachments=true")).await.ok()["data"].as_array().unwrap().len(), 1);
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"], 5);
        assert_eq!((app.files_in("pending"), app.files_in("files")), (0, 1));
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn without_bytes_it_stays_pending(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        confirm(app, &attachments, &upload).await.refused(400, "validation_error");
        let one = app.get(&format!("{attachments}/{}", id(&upload))).await.ok();
        assert_eq!(one["status"], "PENDING");
        app.upload(&upload, "now").await.ok();
        confirm(app, &attachments, &upload).await.ok();
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn a_second_confirmation_answers_the_same_and_tells_nothing(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "hello").await.ok();
        let first = confirm(app, &attachments, &upload).await.ok();
        assert_eq!(confirm(app, &attachments, &upload).await.ok(), first);
        assert_eq!(events_of(app, &brand, "attachment.created").await.len(), 1);
        assert_eq!(told(app, &attachments).await, 1);
    }

    async fn many_confirmations_at_once_confirm_once(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "hello").await.ok();
        let answers = join_all((0..8).map(|_| confirm(app, &attachments, &upload))).await;
        // Who comes when the bytes have moved already, and looks before the row says so, is told to look again.
        let shown: Vec<Value> = answers.into_iter().filter(|answer| answer.status == 200).map(|answer| answer.ok()).collect();
        assert!(!shown.is_empty() && shown.iter().all(|one| one == &shown[0]), "{shown:?}");
        assert_eq!(confirm(app, &attachments, &upload).await.ok(), shown[0]);
        assert_eq!(events_of(app, &brand, "attachment.created").await.len(), 1);
        assert_eq!(download(app, &format!("{attachments}/{}", id(&upload))).await.text, "hello");
        app.advance_ms(25 * 3_600_000);
        app.drain().await;
        assert_eq!(app.files_in("files"), 1, "what the others put there is gone");
        assert_eq!(download(app, &format!("{attachments}/{}", id(&upload))).await.text, "hello");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn other_bytes_than_announced_fail_and_are_removed(app) {
        let (brand, attachments) = ticket(app).await;
        let cases = [
            (json!({ "size": 4 }), "size", "FAILED"),
            (json!({ "size": 6 }), "size", "FAILED"),
            (json!({ "checksum": "0".repeat(64) }), "checksum", "FAILED"),
            (json!({ "size": 5, "checksum": HELLO }), "", "UPLOADED"),
        ];
        for (said, wrong, status) in cases {
            let upload = ask(app, &attachments, said.clone()).await;
            app.upload(&upload, "hello").await.ok();
            let answer = confirm(app, &attachments, &upload).await;
            if wrong.is_empty() {
                answer.ok();
            } else {
                assert_eq!(answer.invalid(), [wrong], "{said}");
                confirm(app, &attachments, &upload).await.refused(409, "conflict");
            }
            assert_eq!(app.get(&format!("{attachments}/{}", id(&upload))).await.ok()["status"], status, "{said}");
        }
        assert_eq!((app.files_in("pending"), app.files_in("files")), (0, 1));
        assert_eq!((told(app, &attachments).await, app.get(&attachments).await.ok().as_array().unwrap().len()), (1, 1));
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn a_later_upload_never_alters_a_confirmed_file(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "wrong at first").await.ok();
        app.upload(&upload, "hello").await.ok();
        confirm(app, &attachments, &upload).await.ok();
        app.upload(&upload, "altered").await.ok();
        let one = format!("{attachments}/{}", id(&upload));
        assert_eq!(download(app, &one).await.text, "hello");
        assert_eq!(confirm(app, &attachments, &upload).await.ok()["size"], 5, "nor is it confirmed again");
        assert_eq!(download(app, &one).await.text, "hello");
        app.advance_ms(27 * 3_600_000);
        app.drain().await;
        assert_eq!((app.files_in("pending"), app.files_in("files")), (0, 1), "the late bytes are collected");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    /// The server dies behind the copy and before the row: the bytes are nobody's, and the upload can still be confirmed.
    async fn a_kill_between_bytes_and_row_leaves_nothing_behind(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "hello").await.ok();
        let files = app.app.seams().files.clone();
        let pending = format!("pending/{}", id(&upload));
        let found = files.found(&pending).await.unwrap().expect("it is there");
        let lost = "files/br_x/00/att_lost-00".to_owned();
        let planned: dispatch_store::Result<()> = app.db.write(dispatch_store::Lane::Account, "test.plan", {
            let (lost, due) = (lost.clone(), app.clock.now().plus_ms(24 * 3_600_000));
            move |tx| {
                let lost = lost.clone();
                Box::pin(async move { dispatch_store::removals::plan(tx, &lost, due).await })
            }
        }).await;
        planned.unwrap();
        assert!(files.keep(&pending, &found.version, &lost).await.unwrap());
        confirm(app, &attachments, &upload).await.ok();
        assert_eq!(app.files_in("files"), 2);
        app.advance_ms(25 * 3_600_000);
        app.drain().await;
        assert_eq!(app.files_in("files"), 1);
        assert_eq!(download(app, &format!("{attachments}/{}", id(&upload))).await.text, "hello");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn a_file_of_another_ticket_is_not_found(app) {
        let (brand, attachments) = ticket(app).await;
        let upload = ask(app, &attachments, json!({})).await;
        app.upload(&upload, "hello").await.ok();
        let other = app.ticket(&brand, json!({ "title": "Other" })).await;
        let other = format!("{brand}/tickets/{}/attachments", id(&other));
        confirm(app, &other, &upload).await.refused(404, "not_found");
        confirm(app, &format!("{brand}/attachments/pending"), &upload).await.refused(404, "not_found");
        app.delete(&format!("{other}/{}", id(&upload))).await.refused(404, "not_found");
        app.get(&format!("{other}/{}", id(&upload))).await.refused(404, "not_found");
        app.delete(attachments.trim_end_matches("/attachments")).await.ok();
        confirm(app, &attachments, &upload).await.refused(404, "not_found");
    }
}
