//! The live stream (API 15.2).

mod ends;
mod frames;
mod limits;
mod nodes;
mod random;
mod resume;

use dispatch_testkit::{Stream, TestApp};
use serde_json::{Value, json};

use crate::api::given::path;

/// Opens a stream with the app's own key, and takes its first frame.
async fn open(app: &TestApp, brand: &str, query: &str) -> Stream {
    open_as(app, &app.key, brand, query).await
}

async fn open_as(app: &TestApp, key: &str, brand: &str, query: &str) -> Stream {
    let mut stream = app.stream(key, &format!("{brand}/events/stream?{query}"), &[]).await.expect("a stream");
    assert_eq!(stream.frame().await.as_deref(), Some("retry: 3000"));
    stream
}

/// Opens a stream that goes on behind the event with this id, and takes its first frame.
async fn resume(app: &TestApp, brand: &str, last_event_id: &str) -> Stream {
    let path = format!("{brand}/events/stream");
    let mut stream = app.stream(&app.key, &path, &[("last-event-id", last_event_id)]).await.expect("a stream");
    assert_eq!(stream.frame().await.as_deref(), Some("retry: 3000"));
    stream
}

/// One event: a tag is created.
async fn tag(app: &TestApp, brand: &str, name: &str) {
    app.post(&format!("{brand}/tags"), json!({ "name": name })).await.created();
}

fn sequences(events: &[Value]) -> Vec<i64> {
    events.iter().map(|event| event["sequence"].as_i64().expect("a sequence")).collect()
}

/// What the stream tells while something happens: the stream waits before it does.
async fn meanwhile(stream: &mut Stream, happens: impl Future<Output = ()>) -> Option<String> {
    tokio::join!(biased; stream.frame(), happens).0
}

/// A ticket with a comment; answers the ticket's path.
async fn ticket(app: &TestApp, brand: &str) -> String {
    let one = path(brand, &app.ticket(brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await);
    app.post(&format!("{one}/comments"), json!({ "body": "B" })).await.created();
    one
}
