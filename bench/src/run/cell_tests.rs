//! A cell against the static server, and against one that answers with errors.

use axum::Router;
use axum::http::StatusCode;
use tokio::net::TcpListener;

use super::super::template::Number;
use super::*;

const SHORT: Timing = Timing { warmup: Duration::from_millis(50), measured: Duration::from_millis(200) };

async fn cell_of(router: Option<Router>) -> Cell {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = listener.local_addr().unwrap().to_string();
    let server = tokio::spawn(async move {
        match router {
            Some(router) => axum::serve(listener, router).await.unwrap(),
            None => crate::static_server::answer(listener).await.unwrap(),
        }
    });
    let bytes = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec();
    let templates = Arc::new(vec![Template::new(bytes, Number::None)]);
    let meter = CpuMeter::new(std::process::id(), None);
    let cell = measure("static", &authority, &templates, 4, SHORT, &meter).await;
    server.abort();
    cell.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_static_server_is_measured_without_errors() {
    let cell = cell_of(None).await;
    assert_eq!((cell.errors, cell.first_error.as_deref()), (0, None));
    assert!(cell.requests > 100, "{}", cell.requests);
    assert!(cell.rate() > 500.0 && cell.latency.p50_ms <= cell.latency.p99_ms);
    assert!(cell.body_bytes > 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_is_counted_that_the_server_has_not_seen() {
    let seen = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&seen);
    let router = Router::new().fallback(async move || {
        counter.fetch_add(1, Ordering::Relaxed);
        StatusCode::NO_CONTENT
    });
    let cell = cell_of(Some(router)).await;
    let seen = seen.load(Ordering::Relaxed);
    assert!(cell.requests > 100 && cell.requests <= seen, "{} of {seen}", cell.requests);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_other_than_2xx_are_errors_with_an_example() {
    let router = Router::new().fallback(async || (StatusCode::SERVICE_UNAVAILABLE, "full"));
    let cell = cell_of(Some(router)).await;
    assert_eq!(cell.requests, 0);
    assert!(cell.errors > 10);
    assert_eq!(cell.first_error.as_deref(), Some("503 full"));
}
