use dispatch_model::member::Role;
use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use super::{ask, ticket};
use crate::api::{id, last_event};

both! {
    async fn an_upload_tells_where_how_and_for_how_long(app) {
        let (brand, attachments) = ticket(app).await;
        let before = last_event(app, &brand).await;
        let upload = app.post(&attachments, json!({ "filename": "Bericht ü.pdf", "contentType": "application/pdf" }));
        let upload = upload.await.created();
        let expected = json!({
            "method": "PUT", "headers": { "Content-Type": "application/pdf" }, "expiresIn": 900,
            "expiresAt": "2026-01-02T03:19:05.000Z", "filename": "Bericht ü.pdf", "contentType": "application/pdf",
            "status": "PENDING",
        });
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(upload[field], *value, "{field}");
        }
        let attachment = json!({
            "id": upload["id"], "ticketId": attachments.split('/').nth(4).unwrap(), "commentId": null,
            "filename": "Bericht ü.pdf", "contentType": "application/pdf", "size": null, "checksum": null,
            "status": "PENDING", "uploadedBy": null, "metadata": {}, "createdAt": START, "updatedAt": START,
        });
        assert_eq!(upload["attachment"], attachment);
        assert_eq!(upload["attachmentId"], upload["id"]);
        assert!(id(&upload).starts_with("att_"));
        let one = app.get(&format!("{attachments}/{}", id(&upload))).await.ok();
        assert_eq!((&one["downloadUrl"], &one["expiresAt"]), (&Value::Null, &Value::Null));
        assert_eq!(one["attachment"], attachment);
        assert_eq!(app.get(&attachments).await.ok(), json!([]), "only what is confirmed is listed");
        assert_eq!(last_event(app, &brand).await, before, "nothing has happened yet");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    async fn what_is_said_of_a_file_comes_back_and_a_member_is_named(app) {
        let (_, attachments) = ticket(app).await;
        let comments = attachments.replace("/attachments", "/comments");
        let comment = app.post(&comments, json!({ "body": "B" })).await.created();
        let sum = "A".repeat(64);
        let said = json!({ "size": 5, "checksum": sum, "uploadedBy": "bot", "metadata": { "a": [1] }, "commentId": id(&comment) });
        let shown = ask(app, &attachments, said.clone()).await;
        let shown = &shown["attachment"];
        for field in ["size", "uploadedBy", "metadata", "commentId"] {
            assert_eq!(shown[field], said[field], "{field}");
        }
        assert_eq!(shown["checksum"], sum.to_lowercase());
        let session = app.session(Role::Member, "ana@acme.example", &[]).await;
        let body = json!({ "filename": "a", "contentType": "a/b", "uploadedBy": "somebody else" });
        let upload = app.call(&session, "POST", &attachments, body).await.created();
        assert_eq!(upload["attachment"]["uploadedBy"], "ana@acme.example");
    }

    async fn what_cannot_be_is_named_all_at_once(app) {
        let (_, attachments) = ticket(app).await;
        assert_eq!(app.post(&attachments, json!({})).await.invalid(), ["filename", "contentType"]);
        let bad = json!({ "filename": "", "contentType": "text", "size": 0, "checksum": "x", "metadata": [], "uploadedBy": 1 });
        assert_eq!(
            app.post(&attachments, bad).await.invalid(),
            ["filename", "contentType", "size", "checksum", "uploadedBy", "metadata"]
        );
        let unknown = json!({ "filename": "a", "contentType": "a/b", "commentId": "cmt_x" });
        assert_eq!(app.post(&attachments, unknown).await.invalid(), ["commentId"]);
        app.post(&attachments.replace("tkt_", "tkt_x"), json!({})).await.refused(404, "not_found");
    }

    async fn a_file_over_the_cap_is_refused_before_it_is_sent(app) {
        let (_, attachments) = ticket(app).await;
        let of = |size: i64| json!({ "filename": "a", "contentType": "a/b", "size": size });
        app.post(&attachments, of(50 * 1024 * 1024)).await.created();
        app.post(&attachments, of(50 * 1024 * 1024 + 1)).await.refused(413, "payload_too_large");
    }

    async fn names_are_no_paths(app) {
        let (_, attachments) = ticket(app).await;
        for (sent, kept) in [("../../etc/passwd", ".._.._etc_passwd"), ("a\\b\r\nc.txt", "a_b__c.txt"), ("..", "__")] {
            let upload = ask(app, &attachments, json!({ "filename": sent })).await;
            assert_eq!(upload["filename"], kept);
            app.upload(&upload, "x").await.ok();
            super::super::confirm(app, &attachments, &upload).await.ok();
        }
        assert_eq!(app.files_in("files"), 3, "each under a key of its own");
        let nul = json!({ "filename": "a\0b", "contentType": "a/b" });
        assert_eq!(app.post(&attachments, nul).await.invalid(), ["filename"]);
    }

    /// A repeat is the same upload, and its link works from then on (API 1.7).
    async fn a_repeat_answers_the_same_upload_with_a_fresh_link(app) {
        let (_, attachments) = ticket(app).await;
        let body = json!({ "filename": "a.txt", "contentType": "text/plain" });
        let key = [("idempotency-key", "one")];
        let first = app.call_with(&app.key, "POST", &attachments, body.clone(), &key).await.created();
        app.advance_ms(3_600_000);
        let again = app.call_with(&app.key, "POST", &attachments, body, &key).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        let again = again.created();
        assert_eq!((&again["id"], &again["attachment"]), (&first["id"], &first["attachment"]));
        assert_eq!(again["expiresAt"], "2026-01-02T04:19:05.000Z");
        app.upload(&first, "x").await.refused(403, "forbidden");
        app.upload(&again, "x").await.ok();
    }

    async fn a_ticket_has_at_most_500(app) {
        let (brand, attachments) = ticket(app).await;
        let ticket = attachments.split('/').nth(4).unwrap().to_owned();
        let brand_id = brand.trim_start_matches("/brands/").to_owned();
        for at in 0..500 {
            crate::api::given::execute(app, format!(
                "INSERT INTO attachment (brand_id, id, ticket_id, filename, content_type, status, metadata, created_at, updated_at)
                    VALUES ('{brand_id}', 'att_{at}', '{ticket}', 'a', 'a/b', 'PENDING', '{{}}', 1, 1)"
            )).await;
        }
        app.post(&attachments, json!({ "filename": "a", "contentType": "a/b" })).await.refused(409, "conflict");
        let waits = app.attach(&format!("{brand}/attachments/pending"), "w.txt", "w").await;
        let comments = attachments.replace("/attachments", "/comments");
        let body = json!({ "body": "B", "attachmentIds": [id(&waits)] });
        app.post(&comments, body).await.refused(409, "conflict");
    }
}
