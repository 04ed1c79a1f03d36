use proptest::prelude::*;

use super::*;
use crate::quotes;

fn read(text: &str) -> Message<'_> {
    parse(text.as_bytes()).expect("a message")
}

#[test]
fn a_message_with_everything_is_read() {
    let raw = "Return-Path: <jane@example.com>\r\nFrom: =?UTF-8?Q?J=C3=A4ne_Doe?= <Jane@Example.com>\r\nTo: Acme <acme@mail.example>, acme+tok@mail.example\r\n\
        Cc: Bo <bo@example.com>\r\nDelivered-To: br_1@mail.example\r\nSubject: =?utf-8?B?UmU6IERydWNrZXI=?=\r\nDate: Fri, 02 Jan 2026 15:04:05 +0100\r\n\
        Message-ID: <m1@example.com>\r\nIn-Reply-To: <ml_1@mail.example>\r\nReferences: <a@x>\r\n <ml_1@mail.example>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\
        Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n--c\r\n\
        Content-Type: text/html\r\n\r\n<p>Gr&uuml;&szlig;e</p>\r\n--c--\r\n--b\r\nContent-Type: image/png; name=\"a.png\"\r\nContent-ID: <pic@x>\r\n\
        Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b\r\nContent-Type: text/plain; name=\"log.txt\"\r\n\
        Content-Disposition: attachment; filename=\"log.txt\"\r\n\r\nline\r\n--b--\r\n";
    let message = read(raw);
    assert_eq!(message.from, Mailbox { address: "jane@example.com".into(), name: Some("Jäne Doe".into()) });
    assert_eq!(
        message.to.iter().map(|to| to.address.as_str()).collect::<Vec<_>>(),
        ["acme@mail.example", "acme+tok@mail.example"]
    );
    assert_eq!(
        (message.cc[0].address.as_str(), message.delivered_to[0].address.as_str()),
        ("bo@example.com", "br_1@mail.example")
    );
    assert_eq!(
        (message.subject.as_deref(), message.message_id.as_deref()),
        (Some("Re: Drucker"), Some("m1@example.com"))
    );
    assert_eq!(message.date.map(|date| date.to_string()), Some("2026-01-02T14:04:05.000Z".to_owned()));
    assert_eq!(
        (message.in_reply_to, message.references),
        (vec!["ml_1@mail.example".to_owned()], vec!["a@x".to_owned(), "ml_1@mail.example".to_owned()])
    );
    assert_eq!((message.machine, &message.bounce, &message.dispatch_ticket), (None, &None, &None));
    let message = read(raw);
    assert_eq!(message.text(), "Grüße");
    let files: Vec<_> = message.attachments().collect();
    let names: Vec<_> =
        files.iter().map(|file| (file.filename.as_deref(), file.content_type.as_str(), file.bytes.len())).collect();
    assert_eq!(names, [(Some("a.png"), "image/png", 4), (Some("log.txt"), "text/plain", 4)]);
    assert_eq!(files[0].content_id.as_deref(), Some("pic@x"));
}

#[test]
fn only_html_reads_as_text_and_any_charset_is_known() {
    let html = read("From: a@b.c\nContent-Type: text/html; charset=utf-8\n\n<p>Hello <b>you</b></p><script>x</script>");
    assert_eq!(html.text(), "Hello you");
    let japanese = b"From: a@b.c\nContent-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$3$s$K$A$O\x1b(B";
    assert_eq!(parse(japanese).expect("a message").text(), "こんにちは");
    let chinese = b"From: a@b.c\nContent-Type: text/plain; charset=gb2312\n\n\xc4\xe3\xba\xc3";
    assert_eq!(parse(chinese).expect("a message").text(), "你好");
    let unknown = b"From: a@b.c\nContent-Type: text/plain; charset=no-such\n\nplain";
    assert_eq!(parse(unknown).expect("a message").text(), "plain");
}

#[test]
fn a_carried_message_and_a_nameless_file_are_files() {
    let raw = "From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\nContent-Type: message/rfc822\n\n\
        From: x@y.z\nSubject: inner\n\ninner text\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b--\n";
    let message = read(raw);
    assert_eq!(message.text(), "see");
    let files: Vec<_> = message.attachments().collect();
    assert_eq!(files.len(), 2);
    assert_eq!((files[0].content_type.as_str(), files[0].filename.as_deref()), ("message/rfc822", None));
    assert!(String::from_utf8_lossy(&files[0].bytes).contains("inner text"));
    assert_eq!((files[1].content_type.as_str(), &*files[1].bytes), ("application/pdf", &b"%PDF"[..]));
}

#[test]
fn broken_messages_are_read_as_far_as_they_go() {
    let cut_off = read(
        "From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO",
    );
    assert_eq!(cut_off.text(), "text");
    let wrong = read(
        "From: a@b.c\nContent-Type: text/plain; charset=\nContent-Transfer-Encoding: base64\n\n!!! not base64 !!!",
    );
    let _any = wrong.text();
    let many: String = format!("From: a@b.c\n{}\ntext", "X-A: b\n".repeat(2_000));
    assert_eq!(parse(many.as_bytes()).err(), Some(Unreadable::TooManyHeaders));
}

#[test]
fn who_wrote_it_must_be_said_once() {
    assert_eq!(parse(b"").err(), Some(Unreadable::NoHeaders));
    assert_eq!(parse(b"Subject: x\n\ny").err(), Some(Unreadable::NoSender));
    assert_eq!(parse(b"From: bank@good.example\nFrom: x@evil.example\n\ny").err(), Some(Unreadable::SeveralSenders));
    assert_eq!(parse(b"From: bank@good.example, x@evil.example\n\ny").err(), Some(Unreadable::SeveralSenders));
    assert_eq!(read("From: a@b.c, d@b.c\n\ny").from.address, "a@b.c");
}

#[test]
fn machines_say_what_they_are() {
    let machine = |header: &str| read(&format!("{header}\nFrom: a@b.c\nSubject: x\n\ny")).machine;
    for header in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner=x",
        "Precedence: bulk",
        "Precedence: junk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: vacation",
        "Return-Path: <>",
    ] {
        assert!(machine(header).is_some(), "{header}");
    }
    for header in ["Auto-Submitted: no", "Precedence: list", "List-Id: <x.example>", "Return-Path: <a@b.c>", "X-A: b"] {
        assert_eq!(machine(header), None, "{header}");
    }
}

#[test]
fn a_report_names_the_mail_that_did_not_arrive() {
    let report = |action: &str, original: &str| {
        format!(
            "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry\n--b\n\
            Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; Jane@Example.com\nAction: {action}\nStatus: 5.1.1\n\n--b\n{original}\n--b--\n"
        )
    };
    let whole = "Content-Type: message/rfc822\n\nMessage-ID: <ml_1@mail.example>\nFrom: a@b.c\n\nHello";
    let headers = "Content-Type: text/rfc822-headers\n\nMessage-ID: <ml_1@mail.example>\nFrom: a@b.c\n";
    for original in [whole, headers] {
        let text = report("failed", original);
        let bounce = read(&text).bounce.expect("a report");
        let expected = Bounce {
            is_final: true,
            message_id: Some("ml_1@mail.example".into()),
            recipient: Some("jane@example.com".into()),
        };
        assert_eq!(bounce, expected);
    }
    assert!(!read(&report("delayed", whole)).bounce.expect("a report").is_final);
}

#[test]
fn a_message_of_35_mb_is_read_without_copies_of_it() {
    let mut raw = b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n--b\r\nContent-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n".to_vec();
    let line = format!("{}\r\n", "QUJD".repeat(19));
    while raw.len() < 35 * 1024 * 1024 - 100 {
        raw.extend_from_slice(line.as_bytes());
    }
    raw.extend_from_slice(b"--b--\r\n");
    let message = parse(&raw).expect("a message");
    let files: Vec<_> = message.attachments().collect();
    assert!(files[0].bytes.len() > 25 * 1024 * 1024 && matches!(files[0].bytes, Cow::Borrowed(_)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let mut raw = b"From: a@b.c\n".to_vec();
        raw.extend_from_slice(&bytes);
        for raw in [&bytes, &raw] {
            if let Ok(message) = parse(raw) {
                let text = message.text();
                let _cut = quotes::cut(&text, false);
                let _files = message.attachments().count();
            }
        }
    }

    #[test]
    fn pieces_of_messages_never_panic(pieces in proptest::collection::vec(prop_oneof![
        Just("From: a@b.c\n"), Just("Content-Type: multipart/mixed; boundary=b\n"), Just("\n--b\n"), Just("\n--b--\n"), Just("\n"),
        Just("Content-Type: message/rfc822\n\n"), Just("Content-Transfer-Encoding: base64\n"), Just("QUJD"), Just("Content-Type: text/html\n\n<p>x"),
        Just("Content-Type: text/plain; charset=utf-7\n\n+AGE-"), Just("Subject: =?utf-8?q?=ff?=\n"), Just("On 1/2/26 15:04, x wrote:\n> y\n"), Just("Message-ID: <"),
        Just("References: <a> <b>\n"), Just("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"), Just("Content-Type: message/delivery-status\n\nAction: failed\n"),
    ], 0..40)) {
        let raw = pieces.concat();
        if let Ok(message) = parse(raw.as_bytes()) {
            let _cut = quotes::cut(&message.text(), false);
            let _files = message.attachments().count();
        }
    }

    #[test]
    fn a_cut_leaves_something_and_adds_nothing(lines in proptest::collection::vec(prop_oneof![
        Just("> q"), Just(""), Just("x"), Just("On 1/2/26 15:04, A wrote:"), Just("From: a"), Just("Sent: b"), Just("To: c"), Just("Subject: d"), Just("-----Original Message-----"), Just("--"),
    ], 0..30)) {
        let text = lines.join("\n");
        let cut = quotes::cut(&text, false);
        prop_assert!(cut.text.is_empty() == text.trim().is_empty());
        prop_assert!(cut.text.lines().all(|line| line.is_empty() || text.contains(line)));
    }
}
