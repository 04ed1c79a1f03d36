//! The guard at work, and what a call makes of its answer.

use std::{
    collections::VecDeque,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::resolve::Resolving;

/// Answers each look-up with the next of these.
struct Told(Mutex<VecDeque<Vec<IpAddr>>>);

impl Told {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let read = |texts: &&[&str]| texts.iter().map(|text| text.parse().expect("an address")).collect();
        Arc::new(Self(Mutex::new(answers.iter().map(read).collect())))
    }
}

impl Resolver for Told {
    fn resolve(&self, _: &str) -> Resolving {
        let next = self.0.lock().expect("a lock").pop_front();
        Box::pin(async move { next.ok_or_else(|| io::Error::other("no such name")) })
    }
}

fn guarded(answers: &[&[&str]]) -> Outbound {
    Outbound::with_resolver(false, Told::new(answers)).expect("a way out")
}

fn request(url: &str) -> Request {
    Request {
        method: Method::POST,
        url: url.to_owned(),
        headers: vec![("x-test".into(), "1".to_owned())],
        body: Bytes::from_static(b"body"),
        timeout: Duration::from_secs(5),
        keep_bytes: 1024,
        reads_answer: false,
    }
}

/// A server that gives each connection this answer and tells what it was sent.
async fn server(answer: &'static [u8]) -> (SocketAddr, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (heard, hears) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let heard = heard.clone();
            tokio::spawn(async move {
                let (mut got, mut buffer) = (Vec::new(), [0; 4096]);
                while !got.ends_with(b"body") {
                    match stream.read(&mut buffer).await {
                        Ok(read @ 1..) => got.extend_from_slice(&buffer[..read]),
                        _ => return,
                    }
                }
                let _ = heard.send(String::from_utf8_lossy(&got).into_owned());
                let _ = stream.write_all(answer).await;
                let _until_it_is_closed = stream.read(&mut buffer).await;
            });
        }
    });
    (address, hears)
}

#[tokio::test]
async fn a_target_is_looked_at_when_it_is_saved() {
    for (url, answers, fit) in [
        ("https://hooks.example.com/in", &[&["93.184.216.34"][..]][..], Ok(())),
        ("https://nowhere.example.com/in", &[], Ok(())),
        ("https://mixed.example.com/", &[&["93.184.216.34", "10.0.0.1"]], Err(Unfit::Private)),
        ("https://inner.example.com/", &[&["::ffff:192.168.1.1"]], Err(Unfit::Private)),
        ("https://2130706433/", &[], Err(Unfit::Private)),
        ("http://hooks.example.com/in", &[], Err(Unfit::NotHttps)),
        ("https://me@hooks.example.com/in", &[], Err(Unfit::UserInfo)),
        ("https://:secret@hooks.example.com/in", &[], Err(Unfit::UserInfo)),
        ("https://@hooks.example.com/in", &[], Err(Unfit::UserInfo)),
        ("https://:@hooks.example.com/in", &[], Err(Unfit::UserInfo)),
        (" https:\\\\/@hooks.example.com\\in", &[], Err(Unfit::UserInfo)),
        ("https:@hooks.example.com?in", &[], Err(Unfit::UserInfo)),
        ("ht\ttps://\n@hooks.example.com#in", &[], Err(Unfit::UserInfo)),
        ("https://hooks.example.com/@in?me@here#@", &[&["93.184.216.34"]], Ok(())),
        ("https://hooks.example.com?me@here", &[&["93.184.216.34"]], Ok(())),
        ("https://hooks.example.com:0/in", &[], Err(Unfit::PortZero)),
        ("https://hooks.example.com:00/in", &[], Err(Unfit::PortZero)),
        ("https://", &[], Err(Unfit::NoUrl)),
        ("ftp://hooks.example.com/", &[], Err(Unfit::NoUrl)),
    ] {
        assert_eq!(guarded(answers).check(url).await, fit, "{url}");
    }
    let open = Outbound::with_resolver(true, Told::new(&[])).expect("a way out");
    assert_eq!(open.check("http://127.0.0.1:9000/in").await, Ok(()));
    assert_eq!(open.check("http://me@127.0.0.1:9000/in").await, Err(Unfit::UserInfo));
}

#[tokio::test]
async fn a_name_that_means_something_else_when_it_is_called_is_not_called() {
    let (address, mut hears) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let out = guarded(&[&["93.184.216.34"], &["127.0.0.1"]]);
    let url = format!("https://rebound.example.com:{}/in", address.port());
    assert_eq!(out.check(&url).await, Ok(()));
    let outcome = out.send(request(&url)).await;
    assert_eq!(outcome.error.as_deref(), Some("target address not allowed"));
    // An address in the URL itself meets no resolver, and is refused all the same.
    let outcome = out.send(request(&format!("https://127.0.0.1:{}/in", address.port()))).await;
    assert_eq!(outcome.error.as_deref(), Some("target address not allowed"));
    assert!(hears.try_recv().is_err(), "nobody was called");
}

#[tokio::test]
async fn redirects_are_answers_and_not_followed() {
    let (target, mut hears) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer = format!("HTTP/1.1 307 Moved\r\nlocation: http://{target}/\r\ncontent-length: 0\r\n\r\n");
    let (address, _first) = server(Box::leak(answer.into_bytes().into_boxed_slice())).await;
    let outcome = Outbound::new(true).expect("a way out").send(request(&format!("http://{address}/in"))).await;
    assert_eq!((outcome.status, outcome.is_success()), (Some(307), false));
    assert_eq!(outcome.error.as_deref(), Some("the receiver answered 307"));
    assert!(hears.try_recv().is_err(), "nobody was called");
}

#[tokio::test]
async fn an_answer_is_kept_up_to_its_limit_and_what_is_sent_arrives() {
    let (address, mut hears) =
        server("HTTP/1.1 429 Slow\r\nretry-after: 7\r\ncontent-length: 9\r\n\r\nab\0\u{e9}xxxx".as_bytes()).await;
    let out = Outbound::new(true).expect("a way out");
    let outcome = out.send(Request { keep_bytes: 4, ..request(&format!("http://{address}/in?q=1")) }).await;
    assert_eq!((outcome.status, outcome.retry_after.as_deref()), (Some(429), Some("7")));
    assert_eq!(outcome.body.as_deref(), Some("ab\u{fffd}"), "half a character is left out");
    let heard = hears.recv().await.expect("a request");
    assert!(heard.starts_with("POST /in?q=1 HTTP/1.1\r\n") && heard.contains("x-test: 1\r\n"), "{heard}");
}

#[tokio::test]
async fn whoever_does_not_answer_is_given_up() {
    let (address, _hears) = server(b"HTTP/1.1 200 OK\r\n").await; // the head never ends
    let out = Outbound::new(true).expect("a way out");
    let late = Request { timeout: Duration::from_millis(50), ..request(&format!("http://{address}/")) };
    assert_eq!(out.send(late).await.error.as_deref(), Some("no answer within 50ms"));
    // A status that has come counts, though the rest does not follow.
    let (address, _hears) = server(b"HTTP/1.1 204 OK\r\ncontent-length: 0\r\n\r\n").await;
    assert!(out.send(request(&format!("http://{address}/"))).await.is_success());
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let outcome = out.send(request(&format!("http://{closed}/"))).await;
    assert!(outcome.error.is_some_and(|why| why.starts_with("no connection: ")));
}
