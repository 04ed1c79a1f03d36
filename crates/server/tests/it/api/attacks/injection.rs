//! What a stranger wrote ends where it ends: no line of theirs becomes a header of a mail of ours.

use dispatch_testkit::both;
use serde_json::json;

use crate::api::{
    id,
    mail::new_ticket,
    mails::{recipients, with_relay},
};

/// Everything that is copied from a message into the answer to it, with an end of line in it.
const MESSAGE: &str = "From: =?utf-8?q?Jane=0D=0ABcc:_victim=40x.example?= <jane@example.com>\r\n\
    To: acme@mail.example\r\n\
    Cc: =?utf-8?q?Joe=0A=0D=0ABcc:_victim=40x.example?= <joe@example.com>\r\n\
    Subject: =?utf-8?q?Printer=0D=0ABcc:_victim=40x.example=0D=0A=0D=0A<script>alert(1)</script>?=\r\n\
    Message-ID: <m1\r\n Bcc:victim@x.example@example.com>\r\n\
    References: <a@example.com>\r\n\t=?utf-8?q?=0D=0ABcc:_victim=40x.example?= <b@example.com>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nIt is broken.\r\n\
    --b\r\nContent-Type: text/plain; name=\"=?utf-8?q?a=0D=0ABcc:_victim=40x.example?=\"\r\n\
    Content-Disposition: attachment; filename*=utf-8''a%0D%0ABcc%3A%20victim%40x.example%0D%0A%0D%0A%22%3B.txt\r\n\r\nfile\r\n\
    --b--\r\n";

both! {
    async fn what_came_by_mail_begins_no_header_of_the_answer(app) {
        let brand = app.brand("acme").await;
        let auto = json!({
            "autoresponseEnabled": true, "autoresponseSubject": "Got: {{ticketTitle}}", "autoresponseBody": "Dear {{customerName}}",
        });
        app.patch(&brand, auto).await.ok();
        let (relay, app) = with_relay(app).await;
        let ticket = new_ticket(&app, &brand, "acme", MESSAGE).await;
        for text in [ticket["title"].as_str().unwrap(), ticket["customer"]["name"].as_str().unwrap_or_default()] {
            assert!(!text.contains(['\r', '\n']), "{text:?}");
        }
        let path = format!("{brand}/tickets/{}", id(&ticket));
        let files = app.get(&format!("{path}/attachments")).await.ok();
        let name = files[0]["filename"].as_str().expect("a file");
        assert!(!name.contains(['\r', '\n', '/']), "{name:?}");
        app.post(&format!("{path}/comments"), json!({ "body": "Which one?", "authorType": "STAFF" })).await.created();
        app.drain().await;
        let taken = relay.taken();
        assert!(taken.len() >= 2, "an automatic answer and one by hand");
        for mail in &taken {
            let head = mail.raw.split("\r\n\r\n").next().unwrap();
            assert_eq!(mail.header("Bcc"), "", "{head}");
            let begins = |line: &&str| !line.starts_with([' ', '\t']);
            let names: Vec<&str> = head.split("\r\n").filter(begins).map(|line| line.split(':').next().unwrap()).collect();
            for name in names {
                let known = ["From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version",
                    "Content-Type", "Content-Transfer-Encoding", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Dispatch-Ticket",
                    "Precedence"];
                assert!(known.contains(&name), "{name} in {head}");
            }
            assert!(!head.contains('\0') && !head.replace("\r\n", "").contains(['\r', '\n']), "{head}");
        }
        let to = recipients(&taken);
        assert!(to.iter().all(|to| ["jane@example.com", "joe@example.com"].contains(to)), "{to:?}");
        let download = app.get(&format!("{path}/attachments/{}", files[0]["id"].as_str().unwrap())).await.ok();
        assert!(!download["filename"].as_str().unwrap_or_default().contains(['\r', '\n']), "{download}");
    }
}
