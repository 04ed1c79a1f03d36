//! The answer to a request, with words for what a test expects of it.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::Value;

/// An answer that has been read whole.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Answer {
    pub(crate) async fn read(response: Response<Body>) -> Self {
        if response.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream") {
            return Self::first_frame(response).await;
        }
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        // What is packed is no text; tests look at its headers.
        let packed = parts.headers.contains_key("content-encoding");
        let text = String::from_utf8(bytes.to_vec());
        let text = if packed { text.unwrap_or_default() } else { text.expect("UTF-8") };
        Self { status: parts.status, headers: parts.headers, text }
    }

    /// A live stream has no end to wait for: its first frame, and it is closed.
    async fn first_frame(response: Response<Body>) -> Self {
        let status = response.status();
        let mut stream = crate::Stream::new(response);
        let text = stream.frame().await.expect("a frame");
        Self { status, headers: stream.headers.clone(), text }
    }

    /// The body as JSON; null when there is none.
    #[must_use]
    pub fn json(&self) -> Value {
        if self.text.is_empty() { Value::Null } else { serde_json::from_str(&self.text).expect("JSON") }
    }

    /// A header, or "".
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// The JSON of an answer with this status.
    #[track_caller]
    pub fn with(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// The JSON of a 200.
    #[track_caller]
    pub fn ok(self) -> Value {
        self.with(200)
    }

    /// The JSON of a 201.
    #[track_caller]
    pub fn created(self) -> Value {
        self.with(201)
    }

    /// The fields that a 400 names, in order.
    #[track_caller]
    pub fn invalid(self) -> Vec<String> {
        let body = self.with(400);
        assert_eq!(body["code"], "validation_error", "{body}");
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["field"].as_str().expect("a field").to_owned()).collect()
    }

    /// Asserts an error with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) {
        let body = self.with(status);
        assert_eq!(body["code"], code, "{body}");
        assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
        assert!(body["requestId"].as_str().is_some_and(|id| id.starts_with("req_")), "{body}");
    }
}
