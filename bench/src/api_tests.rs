//! The caller against a server that refuses, breaks off and then gives in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use tokio::net::TcpListener;

use super::*;

/// A server that answers 429 to its first request and afterwards 201 with the idempotency key it was sent.
async fn reluctant() -> Target {
    async fn answer(
        State(count): State<Arc<AtomicUsize>>,
        headers: HeaderMap,
    ) -> (StatusCode, [(&'static str, &'static str); 1], String) {
        let key = headers["idempotency-key"].to_str().unwrap().to_owned();
        match count.fetch_add(1, Ordering::Relaxed) {
            0 => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")], key),
            _ => (StatusCode::CREATED, [("idempotency-replayed", "true")], key),
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let router = Router::new().fallback(answer).with_state(Arc::default());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Target::local(port, Some("sk_live_x".to_owned()))
}

#[tokio::test]
async fn a_refusal_is_waited_out_and_the_same_request_sent_again() {
    let mut api = Api::new(reluctant().await);
    let start = Instant::now();
    let answer = api.post("/v1/x", b"{}", Some("k7")).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!((answer.status, answer.body.as_slice()), (201, b"k7".as_slice()));
    assert!(answer.replayed && !answer.uncertain);
    assert_eq!(api.retries, 1);
}

#[test]
fn only_what_may_pass_is_tried_again() {
    assert_eq!(wait_before_retry(503, Some(3)), Some(Duration::from_secs(3)));
    assert_eq!(wait_before_retry(429, None), Some(Duration::from_secs(1)));
    assert_eq!(wait_before_retry(409, Some(1)), Some(Duration::from_secs(1)));
    for status in [200, 400, 409, 500] {
        assert_eq!(wait_before_retry(status, None), None, "{status}");
    }
}
