use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{get, post, token};
use crate::api::{each, id};

/// Uploads a file as a customer and answers what the confirmation says.
pub async fn attach(app: &TestApp, token: &str, path: &str, name: &str) -> Value {
    let asked = json!({ "filename": name, "contentType": "text/plain" });
    let upload = post(app, token, path, asked).await.created();
    app.upload(&upload, "hello").await.ok();
    post(app, token, &format!("{path}/{}/confirm", id(&upload)), Value::Null).await.ok()
}

both! {
    async fn files_go_along_with_tickets_and_answers(app) {
        let brand = app.brand("acme").await;
        let jane = token(app, &brand, "jane@example.com").await;
        let pending = attach(app, &jane, "/tickets/attachments/pending", "first.txt").await;
        assert_eq!(pending["status"], "UPLOADED");
        let body = json!({ "title": "x", "attachmentIds": [pending["id"]] });
        let ticket = post(app, &jane, "/tickets", body).await.created();
        let files = format!("/tickets/{}/attachments", id(&ticket));
        let answered = attach(app, &jane, "/tickets/attachments/pending", "second.txt").await;
        let body = json!({ "body": "See this", "attachmentIds": [answered["id"]] });
        let comment = post(app, &jane, &format!("/tickets/{}/comments", id(&ticket)), body).await.created();
        assert_eq!(each(&comment["attachments"], "filename"), ["second.txt"]);
        attach(app, &jane, &files, "third.txt").await;
        // A file of an internal note is not there.
        let staff = format!("{brand}/attachments/pending");
        let secret = app.attach(&staff, "secret.txt", "x").await;
        let note = json!({ "body": "note", "authorType": "STAFF", "isInternal": true, "attachmentIds": [secret["id"]] });
        app.post(&format!("{brand}/tickets/{}/comments", id(&ticket)), note).await.created();
        assert_eq!(each(&get(app, &jane, &files).await.ok(), "filename"), ["first.txt", "second.txt", "third.txt"]);
        get(app, &jane, &format!("{files}/{}", id(&secret))).await.refused(404, "not_found");
        let one = get(app, &jane, &format!("{files}/{}", id(&pending))).await.ok();
        assert_eq!((&one["attachment"]["filename"], one["downloadUrl"].is_string()), (&json!("first.txt"), true));
        // What somebody else has uploaded is nobody's here.
        let bo = token(app, &brand, "bo@example.com").await;
        let stolen = json!({ "title": "x", "attachmentIds": [attach(app, &jane, "/tickets/attachments/pending", "own.txt").await["id"]] });
        assert_eq!(post(app, &bo, "/tickets", stolen).await.invalid(), ["attachmentIds[0]"]);
        get(app, &bo, &files).await.refused(404, "not_found");
        assert!(app.problems(&brand).await.is_empty());
    }
}
