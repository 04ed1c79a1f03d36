//! Heads of requests that no client sends: too long, too many, and such that two servers in a row would read differently. They
//! end with an answer or with the connection, and nothing behind them is taken for a request.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use dispatch_testkit::Kind;

use super::process::{Place, Server};

/// What the server sends until it closes the connection, or is silent for a while.
fn answers(server: &Server, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.client("").address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(1_500))).unwrap();
    // It may close before it has read everything.
    let _cut_off = stream.write_all(sent);
    let (mut all, mut piece) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        all.extend_from_slice(&piece[..count]);
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// The status codes of the answers in what a server sent.
fn statuses(sent: &str) -> Vec<&str> {
    sent.match_indices("HTTP/1.1 ").map(|(at, mark)| &sent[at + mark.len()..at + mark.len() + 3]).collect()
}

#[test]
fn heads_are_bounded() {
    let place = Place::new(Kind::Sqlite);
    let server = place.serve();
    let get = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: a\r\n{more}Connection: close\r\n\r\n");
    assert_eq!(statuses(&answers(&server, get("/v1/health", "").as_bytes())), ["200"]);
    let few = get("/v1/health", &"X-A: b\r\n".repeat(90));
    assert_eq!(statuses(&answers(&server, few.as_bytes())), ["200"]);
    for (what, head) in [
        ("many headers", get("/v1/health", &"X-A: b\r\n".repeat(10_000))),
        ("a long header", get("/v1/health", &format!("X-A: {}\r\n", "b".repeat(2_000_000)))),
        ("a long name", get("/v1/health", &format!("{}: b\r\n", "b".repeat(100_000)))),
        ("a long path", get(&format!("/v1/{}", "a".repeat(100_000)), "")),
        ("a long cookie", get("/v1/brands", &format!("Cookie: {}\r\n", "a=b; ".repeat(200_000)))),
    ] {
        let sent = answers(&server, head.as_bytes());
        let known = ["", "400", "414", "431"];
        let first = statuses(&sent).first().copied().unwrap_or_default();
        assert!(known.contains(&first), "{what}: {sent}");
    }
    assert_eq!(statuses(&answers(&server, get("/v1/health", "").as_bytes())), ["200"]);
    server.stop();
}

/// Each of these is one request to one reader and two to another. The second would be that of whoever comes next.
#[test]
fn nothing_is_smuggled_behind_a_request() {
    let place = Place::new(Kind::Sqlite);
    let server = place.serve();
    let hidden = "GET /v1/hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    let length = hidden.len();
    let post = |headers: &str, body: &str| format!("POST /v1/auth/login HTTP/1.1\r\nHost: a\r\n{headers}\r\n{body}");
    for (what, sent) in [
        ("two lengths", post(&format!("Content-Length: 0\r\nContent-Length: {length}\r\n"), hidden)),
        ("a list of lengths", post(&format!("Content-Length: 0, {length}\r\n"), hidden)),
        ("a length with a sign", post("Content-Length: +0\r\n", hidden)),
        ("a length that is none", post("Content-Length: 0x0\r\n", hidden)),
        ("a length before a colon", post("Content-Length : 0\r\n", hidden)),
        ("an unknown coding", post("Transfer-Encoding: xchunked\r\n", &format!("0\r\n\r\n{hidden}"))),
        ("a coding that is not last", post("Transfer-Encoding: chunked, identity\r\n", &format!("0\r\n\r\n{hidden}"))),
        ("a size that is none", post("Transfer-Encoding: chunked\r\n", &format!("0x0\r\n\r\n{hidden}"))),
        ("a folded header", post("X-A: b\r\n Content-Length: 0\r\n", hidden)),
        ("an empty name", post(": b\r\nContent-Length: 0\r\n", hidden)),
    ] {
        let read = answers(&server, sent.as_bytes());
        let found = statuses(&read);
        assert!(!found.contains(&"404"), "{what}: the second was answered: {read}");
        assert!(found.iter().all(|status| status.starts_with('4')) && found.len() <= 2, "{what}: {read}");
    }
    // Both a length and chunks: the connection ends behind it (RFC 9112, 6.3).
    let both = post(
        &format!("Content-Length: {}\r\nTransfer-Encoding: chunked\r\n", length + 5),
        &format!("0\r\n\r\n{hidden}"),
    );
    let read = answers(&server, both.as_bytes());
    assert!(!statuses(&read).contains(&"404"), "{read}");
    // What is not hidden is answered: this is how it would look.
    assert_eq!(statuses(&answers(&server, post("Content-Length: 0\r\n", hidden).as_bytes())), ["400", "404"]);
    server.stop();
}
