//! A few bytes that ask for much work: they are refused or read within their own length, and the server goes on.

use std::fmt::Write as _;

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::exactly;
use crate::api::{
    given::text,
    id,
    mail::{deliver, tickets},
};

/// `{"name":"packed"}` as gzip packs it (RFC 1952): whoever unpacked it would make a brand.
const PACKED: [u8; 37] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0xca, 0x4b, 0xcc, 0x4d, 0x55, 0xb2, 0x52,
    0x2a, 0x48, 0x4c, 0xce, 0x4e, 0x4d, 0x51, 0xaa, 0x05, 0x00, 0xfc, 0xab, 0xea, 0xe9, 0x11, 0x00, 0x00, 0x00,
];

both! {
    /// No body is unpacked: what is packed is no JSON.
    async fn a_packed_body_is_not_unpacked(app) {
        let key = format!("Bearer {}", app.key);
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, gzip"] {
            let headers = [("authorization", key.as_str()), ("content-type", "application/json"), ("content-encoding", coding)];
            exactly(app, "POST", "/brands", &headers, PACKED).await.refused(400, "validation_error");
        }
        assert_eq!(app.get("/brands").await.ok(), json!([]));
    }

    async fn json_that_asks_for_more_than_it_is_long(app) {
        let brand = app.brand("acme").await;
        let key = format!("Bearer {}", app.key);
        let headers = [("authorization", key.as_str()), ("content-type", "application/json")];
        let send = async |body: String| exactly(app, "POST", &format!("{brand}/tickets"), &headers, body).await;
        // Numbers that nobody can hold stay text, and where one is needed they are none.
        for number in ["1e999999999", "-1e999999999", "1e-999999999", &"9".repeat(50_000), &format!("0.{}", "3".repeat(50_000))] {
            let made = send(format!(r#"{{"title":"n","metadata":{{"n":{number}}}}}"#)).await;
            assert_eq!(made.status, 201, "{}", made.text);
            let seen = app.get(&format!("/brands?limit={number}")).await.status.as_u16();
            assert!([400, 414].contains(&seen), "{seen}");
            let number = exactly(app, "PATCH", &brand, &headers, format!(r#"{{"ticketNumberStart":{number}}}"#)).await;
            assert_eq!(number.invalid(), ["ticketNumberStart"]);
        }
        // Of a name that is there twice the last one counts, for us and for everybody who reads what we keep.
        let twice = send(r#"{"title":"one","title":"two","metadata":{"a":1,"a":2}}"#.to_owned()).await.created();
        assert_eq!((&twice["title"], &twice["metadata"]), (&json!("two"), &json!({ "a": 2 })));
        // Four megabytes of names, of problems, of brackets and of escapes.
        let names = (0..200_000).fold(String::new(), |mut all, n| { let _ = write!(all, r#""k{n}":0,"#); all });
        let made = send(format!(r#"{{{names}"title":"many"}}"#)).await;
        assert!(made.header("x-ignored-fields").len() < 8_192, "{}", made.header("x-ignored-fields").len());
        made.created();
        let wrong = send(format!(r#"{{"title":"x","tags":[{}1]}}"#, "1,".repeat(1_000_000))).await;
        assert!(wrong.text.len() < 64 * 1024, "{}", wrong.text.len());
        wrong.refused(400, "validation_error");
        for body in ["[".repeat(1_000_000), "{\"a\":".repeat(500_000), format!("\"{}", "\\\"".repeat(500_000)), "\u{feff}{}".to_owned()] {
            send(body).await.refused(400, "validation_error");
        }
        assert!(app.problems(&brand).await.is_empty());
    }

    /// Messages that are small and unfold: each is a ticket or kept for an admin, and the next one is read as ever.
    async fn messages_that_unfold_are_read_within_their_length(app) {
        let brand = app.brand("acme").await;
        let head = "From: jane@example.com\r\nTo: acme@mail.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
        let nested = |levels: usize| (0..levels).fold(head.to_owned(), |mut all, n| {
            let _ = write!(all, "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
            all
        }) + "Content-Type: text/plain\r\n\r\ndeep\r\n";
        let carried = (0..500).fold(head.to_owned(), |all, _| all + "Content-Type: message/rfc822\r\n\r\n" + head);
        let parts = format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", "--b\r\n\r\nx\r\n".repeat(50_000));
        let one_boundary = format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(20_000));
        let headers = format!("{head}{}\r\nx\r\n", "X-A: b\r\n".repeat(100_000));
        let encoded = format!("From: jane@example.com\r\nSubject: {}\r\n\r\nx\r\n", "=?utf-8?q?=41?=\r\n ".repeat(50_000));
        let references = format!("{head}References: {}\r\n\r\nx\r\n", "<a@example.com>\r\n ".repeat(50_000));
        let people = format!("{head}Cc: {}\r\n\r\nx\r\n", "a@example.com, ".repeat(50_000));
        let groups = format!("{head}Cc: {}\r\n\r\nx\r\n", "((((a:".repeat(50_000));
        let soft = format!("{head}Content-Transfer-Encoding: quoted-printable\r\n\r\n{}x\r\n", "=\r\n".repeat(300_000));
        let base64 = format!("{head}Content-Transfer-Encoding: base64\r\n\r\n{}\r\n", "====".repeat(300_000));
        let html = format!("{head}Content-Type: text/html\r\n\r\n{}x\r\n", "<div>".repeat(200_000));
        let quotes = format!("{head}\r\n{}x\r\n", ">".repeat(500_000));
        let tables = format!("{head}Content-Type: text/html\r\n\r\n{}x\r\n", "<table><tr><td>".repeat(20_000));
        for (what, raw) in [
            ("nested", nested(5_000)), ("carried", carried), ("parts", parts), ("one boundary", one_boundary), ("headers", headers),
            ("encoded", encoded), ("references", references), ("people", people), ("groups", groups), ("soft", soft), ("base64", base64),
            ("html", html), ("quotes", quotes), ("tables", tables),
        ] {
            let answer = deliver(app, "acme", raw).await;
            assert!([200, 201].contains(&answer.status.as_u16()), "{what}: {}", answer.text);
            let status = answer.status.as_u16();
            let record = answer.with(status);
            assert!(["created", "quarantined", "auto_reply_ignored"].contains(&text(&record, "outcome")), "{what}: {record}");
        }
        let before = tickets(app, &brand).await;
        let last = deliver(app, "acme", "From: joe@example.com\r\nSubject: ordinary\r\n\r\nHello\r\n").await.created();
        assert_eq!((tickets(app, &brand).await, &last["outcome"]), (before + 1, &json!("created")));
        assert!(app.problems(&brand).await.is_empty());
    }

    /// A list that is asked for with more than it may hold, from anywhere in its query.
    async fn searches_that_ask_for_much_are_bounded(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        for query in [
            format!("search={}", "a".repeat(60_000)),
            format!("search={}", "a%20".repeat(15_000)),
            format!("search={}", "(a%7Ca)*".repeat(5_000)),
            format!("status={}", "a,".repeat(30_000)),
            format!("tagIds={}", "&tagIds=x".repeat(6_000)),
            format!("customFields.a={}", "&customFields.b=1".repeat(3_000)),
            "&".repeat(60_000),
            "%".repeat(60_000),
        ] {
            let answer = app.get(&format!("{brand}/tickets?{query}")).await;
            assert!([200, 400].contains(&answer.status.as_u16()), "{}", answer.text);
            assert!(answer.text.len() < 64 * 1024, "{}", answer.text.len());
        }
        assert_eq!(app.get(&format!("{brand}/tickets?search=one")).await.ok()["data"][0]["id"], ticket["id"]);
        assert_eq!(id(&ticket).len(), 30);
        let _nothing: Value = app.get("/brands").await.ok();
    }
}
