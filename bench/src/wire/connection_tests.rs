//! The client against a server that answers with given bytes, and against the static server.

use super::*;
use tokio::net::TcpListener;

/// Answers each request on one connection with the next of `replies`, written in two pieces.
async fn canned(replies: Vec<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 1024];
        for reply in replies {
            if stream.read(&mut request).await.unwrap() == 0 {
                return;
            }
            let (left, right) = reply.split_at(reply.len() / 2);
            stream.write_all(left.as_bytes()).await.unwrap();
            tokio::task::yield_now().await;
            stream.write_all(right.as_bytes()).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn replies_of_every_form_are_read_on_one_connection() {
    let address = canned(vec![
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nnew",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
    ])
    .await;
    let mut connection = Connection::open(&address).await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..5 {
        let head = connection.exchange(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        let body = String::from_utf8(connection.body().to_vec()).unwrap();
        seen.push((head.status, body, head.close));
    }
    let expected = [
        (200, "ok", false),
        (201, "new", false),
        (200, "abcde", false),
        (204, "", false),
        (200, "until the end", true),
    ];
    for (got, want) in seen.iter().zip(expected) {
        assert_eq!((got.0, got.1.as_str(), got.2), want);
    }
}

#[tokio::test]
async fn a_reply_longer_than_the_buffer_is_read_whole() {
    let long = format!("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{}", "x".repeat(100_000));
    let address = canned(vec![Box::leak(long.into_boxed_str())]).await;
    let mut connection = Connection::open(&address).await.unwrap();
    connection.exchange(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    assert_eq!(connection.body().len(), 100_000);
}

#[tokio::test]
async fn a_connection_cut_in_the_middle_is_an_error() {
    let address = canned(vec!["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"]).await;
    let mut connection = Connection::open(&address).await.unwrap();
    let outcome = connection.exchange(b"GET / HTTP/1.1\r\n\r\n").await;
    assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn the_static_server_answers_many_requests_on_one_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(crate::static_server::answer(listener));
    let mut connection = Connection::open(&address).await.unwrap();
    for _ in 0..100 {
        let head = connection.exchange(b"GET /v1/ready HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        assert_eq!(head.status, 200);
        assert!(connection.body().starts_with(b"{"));
    }
    server.abort();
}
