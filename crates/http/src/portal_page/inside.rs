//! The API, asked from within: what the pages may do is exactly what a customer's token may, with the same limits and the same words.

use std::net::IpAddr;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
};
use dispatch_blob::{Files, Scratch};
use serde_json::Value;
use tower::ServiceExt;

use crate::clients::{self, Peer};

/// The bytes of an answer that are read; a ticket with a thousand comments of 1 MB is more than a page can show.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Somebody's way in.
#[derive(Clone)]
pub(super) struct Inside {
    api: Router,
    peer: Option<Peer>,
    /// The bucket of the address of whoever is not signed in.
    pub(super) bucket: String,
    forwarded: Vec<HeaderValue>,
    token: Option<String>,
}

/// What was answered.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Told {
    /// What is wrong with the request: fields with what is said of them.
    pub(super) fn problems(&self) -> Vec<(String, String)> {
        let of_fields = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        of_fields.iter().map(|error| (text(&error["field"]), text(&error["message"]))).collect()
    }

    /// What it is called.
    pub(super) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Inside {
    /// For whoever sends this request; their address counts.
    pub(super) fn new(api: &Router, request: &Request, trusted: &[IpAddr]) -> Self {
        Self {
            bucket: format!("public {}", clients::address(request, trusted)),
            api: api.clone(),
            peer: request.extensions().get::<Peer>().copied(),
            forwarded: request.headers().get_all("x-forwarded-for").iter().cloned().collect(),
            token: None,
        }
    }

    /// With the token of a customer.
    pub(super) fn with(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    async fn send(&self, mut request: Request) -> Option<Told> {
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        for address in &self.forwarded {
            request.headers_mut().append("x-forwarded-for", address.clone());
        }
        let Ok(response) = self.api.clone().oneshot(request).await;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await.ok()?;
        Some(Told { status, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    /// Asks a route of the API. Nothing comes back only when the answer is too long.
    async fn ask(&self, method: Method, path: &str, body: Option<&Value>, once: Option<&str>) -> Option<Told> {
        let mut request = Request::new(body.map_or_else(Body::empty, |body| Body::from(body.to_string())));
        *request.method_mut() = method;
        *request.uri_mut() = format!("/v1{path}").parse().ok()?;
        let headers = request.headers_mut();
        if body.is_some() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(token) = &self.token {
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).ok()?);
        }
        if let Some(key) = once.filter(|key| !key.is_empty()) {
            headers.insert("idempotency-key", HeaderValue::from_str(key).ok()?);
        }
        self.send(request).await
    }

    pub(super) async fn get(&self, path: &str) -> Option<Told> {
        self.ask(Method::GET, path, None, None).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value, once: Option<&str>) -> Option<Told> {
        self.ask(Method::POST, path, Some(body), once).await
    }

    /// Sends bytes to where an `Upload` says, and says whether they were taken.
    pub(super) async fn upload(&self, files: &Files, upload: &Value, bytes: Scratch) -> bool {
        let url = upload["uploadUrl"].as_str().unwrap_or_default();
        let named = upload["headers"].as_object().cloned().unwrap_or_default();
        let headers: Vec<(String, String)> =
            named.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned()))).collect();
        match files {
            Files::Bucket(bucket) => bucket.upload(url, &headers, bytes).await.is_ok(),
            Files::Folder(_) => {
                let at = url.find("/blob/").unwrap_or(0);
                let Ok(bytes) = bytes.read().await else { return false };
                let mut request = Request::new(Body::from_stream(bytes));
                *request.method_mut() = Method::PUT;
                let Ok(uri) = url[at..].parse() else { return false };
                *request.uri_mut() = uri;
                for (name, value) in &headers {
                    let (Ok(name), Ok(value)) = (name.parse::<header::HeaderName>(), HeaderValue::from_str(value))
                    else {
                        return false;
                    };
                    request.headers_mut().insert(name, value);
                }
                self.send(request).await.is_some_and(|told| told.status.is_success())
            }
        }
    }
}
