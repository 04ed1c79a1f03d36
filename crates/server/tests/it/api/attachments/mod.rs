//! Files on tickets and comments: asked for, uploaded, confirmed, used, downloaded, removed (API 8).

mod avatar;
mod blob;
mod bucket;
mod collect;
mod confirm;
mod download;
mod pending;
mod request;
mod tickets;
mod used;

use dispatch_testkit::{Answer, TestApp};
use serde_json::{Value, json};

use super::id;

/// A brand with a ticket; the path of the brand and that of the ticket's attachments.
async fn ticket(app: &TestApp) -> (String, String) {
    let brand = app.brand("acme").await;
    let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
    let attachments = format!("{brand}/tickets/{}/attachments", id(&ticket));
    (brand, attachments)
}

/// Asks where to upload a text.
async fn ask(app: &TestApp, attachments: &str, more: Value) -> Value {
    let mut body = json!({ "filename": "a.txt", "contentType": "text/plain" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.post(attachments, body).await.created()
}

/// Confirms what was uploaded.
async fn confirm(app: &TestApp, attachments: &str, upload: &Value) -> Answer {
    app.post(&format!("{attachments}/{}/confirm", id(upload)), Value::Null).await
}

/// Downloads a file by a fresh link.
async fn download(app: &TestApp, one: &str) -> Answer {
    let shown = app.get(one).await.ok();
    app.follow("GET", shown["downloadUrl"].as_str().expect("a link"), &[], "").await
}

/// The number of attachments that a ticket tells, for the path of its attachments.
async fn told(app: &TestApp, attachments: &str) -> i64 {
    let ticket = app.get(attachments.trim_end_matches("/attachments")).await.ok();
    ticket["attachmentCount"].as_i64().expect("a number")
}
