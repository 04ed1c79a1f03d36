//! Files on comments.

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{ask, confirm, ticket, told};
use crate::api::{id, last_event};

both! {
    async fn a_comment_takes_files_that_wait_and_files_of_its_ticket(app) {
        let (brand, attachments) = ticket(app).await;
        let comments = attachments.replace("/attachments", "/comments");
        let waits = app.attach(&format!("{brand}/attachments/pending"), "w.txt", "waits").await;
        let on_ticket = app.attach(&attachments, "t.txt", "ticket").await;
        let parent = app.post(&comments, json!({ "body": "Parent" })).await.created();
        let body = json!({ "body": "See attachment:x", "parentId": id(&parent), "attachmentIds": [id(&waits), id(&on_ticket)] });
        let comment = app.post(&comments, body).await.created();
        let names: Vec<_> = comment["attachments"].as_array().unwrap().iter().map(|file| file["filename"].as_str().unwrap()).collect();
        assert_eq!(names, ["w.txt", "t.txt"]);
        for file in comment["attachments"].as_array().unwrap() {
            assert_eq!((&file["ticketId"], &file["commentId"]), (&comment["ticketId"], &comment["id"]));
        }
        assert_eq!(last_event(app, &brand).await["data"]["comment"]["attachments"], comment["attachments"]);
        assert_eq!(last_event(app, &brand).await["data"]["ticket"]["attachmentCount"], 2);
        assert_eq!(told(app, &attachments).await, 2);
        // Wherever the comment is shown, its files are, in the order in which they were asked for.
        let sorted = |comment: &Value| {
            let mut files = comment["attachments"].as_array().unwrap().clone();
            files.sort_by_key(|file| file["id"].to_string());
            files
        };
        let listed = app.get(&comments).await.ok();
        assert_eq!((sorted(&listed[1]), &listed[0]["attachments"]), (sorted(&comment), &json!([])));
        let one = app.get(&format!("{comments}/{}", id(&parent))).await.ok();
        assert_eq!(sorted(&one["replies"][0]), sorted(&comment));
        let changed = app.patch(&format!("{comments}/{}", id(&comment)), json!({ "body": "Changed" })).await.ok();
        assert_eq!(sorted(&changed), sorted(&comment));
        assert_eq!(app.get(&attachments).await.ok().as_array().unwrap().len(), 2);
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn what_a_comment_has_or_another_ticket_has_is_not_taken(app) {
        let (brand, attachments) = ticket(app).await;
        let comments = attachments.replace("/attachments", "/comments");
        let file = app.attach(&attachments, "t.txt", "ticket").await;
        app.post(&comments, json!({ "body": "B", "attachmentIds": [id(&file)] })).await.created();
        let other = app.ticket(&brand, json!({ "title": "Other" })).await;
        let foreign = app.attach(&format!("{brand}/tickets/{}/attachments", id(&other)), "o.txt", "other").await;
        let upload = ask(app, &attachments, json!({})).await;
        let body = json!({ "body": "B", "attachmentIds": [id(&file), id(&foreign), id(&upload)] });
        assert_eq!(
            app.post(&comments, body).await.invalid(),
            ["attachmentIds[0]", "attachmentIds[1]", "attachmentIds[2]"]
        );
        assert_eq!(told(app, &attachments).await, 1);
    }

    async fn an_upload_may_be_asked_for_by_its_comment(app) {
        let (brand, attachments) = ticket(app).await;
        let comments = attachments.replace("/attachments", "/comments");
        let comment = app.post(&comments, json!({ "body": "B" })).await.created();
        let upload = ask(app, &attachments, json!({ "commentId": id(&comment) })).await;
        assert_eq!(app.get(&comments).await.ok()[0]["attachments"], json!([]));
        app.upload(&upload, "hello").await.ok();
        let file = confirm(app, &attachments, &upload).await.ok();
        assert_eq!(app.get(&comments).await.ok()[0]["attachments"], json!([file]));
        // The comment is gone before the bytes have come: the file is the ticket's.
        let late = ask(app, &attachments, json!({ "commentId": id(&comment) })).await;
        app.upload(&late, "late").await.ok();
        app.delete(&format!("{comments}/{}", id(&comment))).await.ok();
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
        let refused = confirm(app, &attachments, &late).await;
        assert_eq!(refused.status, 404, "what was meant for a deleted comment is deleted with it");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn a_deleted_comment_takes_its_files_along(app) {
        let (brand, attachments) = ticket(app).await;
        let comments = attachments.replace("/attachments", "/comments");
        let kept = app.attach(&attachments, "k.txt", "kept").await;
        let file = app.attach(&attachments, "t.txt", "ticket").await;
        let comment = app.post(&comments, json!({ "body": "B", "attachmentIds": [id(&file)] })).await.created();
        let deleted = app.delete(&format!("{comments}/{}", id(&comment))).await.ok();
        assert_eq!(deleted["attachments"], comment["attachments"]);
        assert_eq!(app.get(&attachments).await.ok(), json!([kept]));
        assert_eq!(told(app, &attachments).await, 1);
        app.get(&format!("{attachments}/{}", id(&file))).await.refused(404, "not_found");
        let urls = app.post(&format!("{brand}/attachments/urls"), json!({ "ids": [id(&file)] })).await.ok();
        assert_eq!(urls[id(&file)], Value::Null);
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"], 10, "stored until the purge");
        app.drain().await;
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }
}
