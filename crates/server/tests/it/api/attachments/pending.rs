use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{ask, confirm, download};
use crate::api::{id, last_event};

both! {
    async fn a_file_waits_for_its_ticket_and_goes_with_it(app) {
        let brand = app.brand("acme").await;
        let pending = format!("{brand}/attachments/pending");
        let upload = ask(app, &pending, json!({})).await;
        assert_eq!(upload["attachment"]["ticketId"], Value::Null);
        app.upload(&upload, "hello").await.ok();
        let file = confirm(app, &pending, &upload).await.ok();
        assert_eq!((&file["status"], &file["ticketId"]), (&json!("UPLOADED"), &Value::Null));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["ticketId"]), (&json!("attachment.created"), &Value::Null));
        assert_eq!(confirm(app, &pending, &upload).await.ok(), file);
        let body = json!({ "title": "T", "attachmentIds": [id(&file), id(&file)] });
        let ticket = app.ticket(&brand, body).await;
        assert_eq!(ticket["attachmentCount"], 1);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["ticket"]["attachmentCount"]), (&json!("ticket.created"), &json!(1)));
        let attachments = format!("{brand}/tickets/{}/attachments", id(&ticket));
        let listed = app.get(&attachments).await.ok();
        assert_eq!((&listed[0]["id"], &listed[0]["ticketId"]), (&file["id"], &ticket["id"]));
        assert_eq!(download(app, &format!("{attachments}/{}", id(&file))).await.text, "hello");
        // It is used, and lies where it lay before.
        assert_eq!(app.post(&format!("{brand}/tickets"), json!({ "title": "T", "attachmentIds": [id(&file)] })).await.invalid(), ["attachmentIds[0]"]);
        confirm(app, &pending, &upload).await.refused(404, "not_found");
        assert_eq!(confirm(app, &attachments, &upload).await.ok()["status"], "UPLOADED");
        assert_eq!(app.files_in("files"), 1);
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn only_confirmed_files_that_wait_are_taken(app) {
        let brand = app.brand("acme").await;
        let pending = format!("{brand}/attachments/pending");
        let upload = ask(app, &pending, json!({})).await;
        let ticket = app.ticket(&brand, json!({ "title": "Other" })).await;
        let used = app.attach(&format!("{brand}/tickets/{}/attachments", id(&ticket)), "u.txt", "used").await;
        let good = app.attach(&pending, "g.txt", "good").await;
        let events = app.events(&brand).await.len();
        let body = json!({ "title": "T", "attachmentIds": [id(&upload), id(&good), "att_never", id(&used)] });
        let refused = app.post(&format!("{brand}/tickets"), body).await;
        assert_eq!(refused.invalid(), ["attachmentIds[0]", "attachmentIds[2]", "attachmentIds[3]"]);
        let many = json!({ "title": "T", "attachmentIds": vec!["att_x"; 51] });
        assert_eq!(app.post(&format!("{brand}/tickets"), many).await.invalid(), ["attachmentIds"]);
        assert_eq!(app.events(&brand).await.len(), events, "nothing has happened");
        app.ticket(&brand, json!({ "title": "T", "attachmentIds": [id(&good)] })).await;
        app.ticket(&brand, json!({ "title": "T", "attachmentIds": [] })).await;
        app.ticket(&brand, json!({ "title": "T", "attachmentIds": null })).await;
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn two_tickets_at_once_cannot_have_the_same_file(app) {
        let brand = app.brand("acme").await;
        let file = app.attach(&format!("{brand}/attachments/pending"), "a.txt", "hello").await;
        let body = json!({ "title": "T", "attachmentIds": [id(&file)] });
        let tickets = format!("{brand}/tickets");
        let both = futures_util::future::join_all((0..6).map(|_| app.post(&tickets, body.clone()))).await;
        assert_eq!(both.iter().filter(|answer| answer.status == 201).count(), 1);
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }
}
