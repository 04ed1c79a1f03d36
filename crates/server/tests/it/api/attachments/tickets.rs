//! What becomes of files when their ticket is merged, deleted and restored.

use dispatch_testkit::both;
use serde_json::json;

use super::{ask, confirm, download, ticket, told};
use crate::api::{each, id};

both! {
    async fn a_merge_moves_the_files_with_their_times_and_comments(app) {
        let (brand, target) = ticket(app).await;
        let first = app.attach(&target, "target.txt", "target").await;
        app.advance_ms(1_000);
        let source = app.ticket(&brand, json!({ "title": "Source" })).await;
        let from = format!("{brand}/tickets/{}/attachments", id(&source));
        let on_ticket = app.attach(&from, "ticket.txt", "ticket").await;
        app.advance_ms(1_000);
        let on_comment = app.attach(&from, "comment.txt", "comment").await;
        let comments = from.replace("/attachments", "/comments");
        let comment = app.post(&comments, json!({ "body": "B", "attachmentIds": [id(&on_comment)] })).await.created();
        let waits = ask(app, &from, json!({ "commentId": id(&comment) })).await;
        app.upload(&waits, "late").await.ok();
        let merge = target.replace("/attachments", "/merge");
        let merged = app.post(&merge, json!({ "sourceTicketIds": [id(&source)] })).await.ok();
        assert_eq!(merged["attachmentCount"], 3);
        let listed = app.get(&target).await.ok();
        assert_eq!(each(&listed, "filename"), ["target.txt", "ticket.txt", "comment.txt"]);
        assert_eq!(each(&listed, "id"), [id(&first), id(&on_ticket), id(&on_comment)]);
        assert_eq!((&listed[1]["createdAt"], &listed[2]["commentId"]), (&on_ticket["createdAt"], &comment["id"]));
        assert_eq!(download(app, &format!("{target}/{}", id(&on_comment))).await.text, "comment");
        assert_eq!((told(app, &from).await, app.get(&from).await.ok()), (0, json!([])));
        // What was on its way to the source stays there, and is no longer that comment's.
        let late = confirm(app, &from, &waits).await.ok();
        assert_eq!(late["commentId"], json!(null));
        assert_eq!((told(app, &from).await, told(app, &target).await), (1, 3));
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn files_are_gone_with_their_ticket_and_come_back_with_it(app) {
        let (brand, attachments) = ticket(app).await;
        let file = app.attach(&attachments, "a.txt", "hello").await;
        let ticket = attachments.trim_end_matches("/attachments");
        app.delete(ticket).await.ok();
        app.get(&attachments).await.refused(404, "not_found");
        app.get(&format!("{attachments}/{}", id(&file))).await.refused(404, "not_found");
        app.advance_ms(25 * 3_600_000);
        app.drain().await;
        app.post(&format!("{ticket}/restore"), json!({})).await.ok();
        assert_eq!(app.get(&attachments).await.ok(), json!([file]));
        assert_eq!(download(app, &format!("{attachments}/{}", id(&file))).await.text, "hello");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn doctor_sees_what_does_not_agree(app) {
        let (brand, attachments) = ticket(app).await;
        app.attach(&attachments, "a.txt", "hello").await;
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
        for (damage, repair, problem) in [
            ("UPDATE ticket SET attachment_count = 7", "UPDATE ticket SET attachment_count = 1", "wrong number of attachments"),
            ("UPDATE attachment SET size = 6", "UPDATE attachment SET size = 5", "counted as 5 bytes and have 6"),
            ("UPDATE attachment SET ticket_id = 'tkt_x'", "UPDATE attachment SET ticket_id = (SELECT id FROM ticket)", "ticket that is not there"),
            ("UPDATE attachment SET comment_id = 'cmt_x'", "UPDATE attachment SET comment_id = NULL", "not on their ticket"),
            ("INSERT INTO file_removal SELECT object_key, 1 FROM attachment", "DELETE FROM file_removal WHERE due_at = 1", "to be removed"),
            ("UPDATE attachment SET status = 'PENDING'", "UPDATE attachment SET status = 'UPLOADED'", "neither confirmed nor"),
        ] {
            crate::api::given::execute(app, damage.to_owned()).await;
            let found = app.problems(&brand).await;
            assert!(found.iter().any(|found| found.contains(problem)), "{damage}: {found:?}");
            crate::api::given::execute(app, repair.to_owned()).await;
        }
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }
}
