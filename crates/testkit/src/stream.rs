//! A live stream as a test reads it: frame by frame, without sockets.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, Request, Response, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::{Answer, TestApp, contract};

/// Longer than any frame takes that comes at all.
const FRAME_MAX: Duration = Duration::from_secs(30);

/// A stream that is open. Dropped, it is closed.
#[derive(Debug)]
pub struct Stream {
    /// Its headers.
    pub headers: HeaderMap,
    body: Body,
    text: String,
}

impl Stream {
    pub(crate) fn new(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self { headers: parts.headers, body, text: String::new() }
    }

    /// The next frame without the empty line behind it; none when the stream has ended.
    pub async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let (frame, rest) = (frame.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(frame);
            }
            let next = tokio::time::timeout(FRAME_MAX, self.body.frame()).await.expect("a frame, or the end");
            let Some(next) = next else {
                assert_eq!(self.text, "", "a frame is never cut in two");
                return None;
            };
            let bytes = next.expect("a stream that does not fail").into_data().expect("data");
            self.text.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
        }
    }

    /// The next event of the log: what its frame says, checked against its data. None when the stream has ended.
    pub async fn event(&mut self) -> Option<Value> {
        loop {
            let frame = self.frame().await?;
            let Some(rest) = frame.strip_prefix("id: ") else { continue };
            let lines: Vec<&str> = rest.split('\n').collect();
            let [id, kind, data] = lines.as_slice() else { panic!("not a frame of an event: {frame}") };
            let data: Value = serde_json::from_str(data.strip_prefix("data: ").expect("data")).expect("JSON");
            assert_eq!(data["sequence"].to_string(), **id, "{frame}");
            assert_eq!(data["type"].as_str(), kind.strip_prefix("event: "), "{frame}");
            return Some(data);
        }
    }

    /// The next events of the log.
    pub async fn events(&mut self, count: usize) -> Vec<Value> {
        let mut all = Vec::with_capacity(count);
        while all.len() < count {
            all.push(self.event().await.expect("the stream goes on"));
        }
        all
    }
}

impl TestApp {
    /// Opens a live stream with this key, or answers why not.
    ///
    /// # Errors
    /// The answer, when it is not 200.
    pub async fn stream(&self, key: &str, path: &str, headers: &[(&str, &str)]) -> Result<Stream, Answer> {
        let mut request = Request::get(format!("/v1{path}")).header("authorization", format!("Bearer {key}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let (sent, request) = contract::Sent::of(request).await;
        let response = self.router.clone().oneshot(request).await.expect("a service that cannot fail");
        if response.status() == StatusCode::OK {
            return Ok(Stream::new(response));
        }
        let answer = Answer::read(response).await;
        contract::check(&sent, &answer);
        Err(answer)
    }
}
