//! Around every request: its id, its log line, its measurements, the headers of every reply, CORS, and a net for panics.

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt;

use crate::{
    App,
    problem::{Code, Problem, named},
};

/// The id of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// What the log line says about where a request went.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) operation: &'static str,
    pub(crate) brand: Option<String>,
}

/// Where the routes of the portal begin.
const PORTAL: &str = "/v1/portal/";

/// Request headers that a page of another origin may send (API 1.9).
const ALLOWED_HEADERS: &str =
    "Authorization, Content-Type, Accept, Idempotency-Key, X-Idempotency-Key, X-CSRF-Token, Last-Event-ID";
/// Reply headers that such a page may read.
const EXPOSED_HEADERS: &str = "X-Request-Id, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, \
    Idempotency-Replayed, X-Next-Cursor, X-Ignored-Fields";

/// Carries a request through the rest.
pub(crate) async fn around(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = app.request_id();
    request.extensions_mut().insert(RequestId(id.clone()));
    let path =
        request.extensions().get::<MatchedPath>().map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    // The portal answers every origin, so that a page reads why it is refused: a token is a header, no cookie goes along.
    let portal = request.uri().path().starts_with(PORTAL);
    let origin =
        if portal { request.headers().get(header::ORIGIN).cloned() } else { allowed_origin(&app, request.headers()) };
    let preflight = method == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight && origin.is_some() {
        preflight_reply()
    } else {
        AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|_| {
            tracing::error!(id, "a handler panicked");
            Problem::new(Code::Server, "Something went wrong here; nothing was changed.").response(&id)
        })
    };
    write_headers(response.headers_mut(), &id, origin);
    let status = response.status().as_u16();
    let took = started.elapsed();
    let route = response.extensions_mut().remove::<Route>();
    let operation = route.as_ref().map_or("-", |route| route.operation);
    let brand = route.as_ref().and_then(|route| route.brand.as_deref()).unwrap_or("-");
    let ms = format_args!("{:.1}", took.as_secs_f64() * 1000.0).to_string();
    tracing::info!(target: "request", id, method = %method, route = path, operation, status, ms, brand);
    app.metrics().request(&method, &path, status, took);
    response
}

fn write_headers(headers: &mut HeaderMap, id: &str, origin: Option<HeaderValue>) {
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(named("x-request-id"), id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("no-referrer"));
    // The parts of the reference page say for themselves how long they may be kept.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
}

/// The request's origin, if it is one of those in the settings. CORS is off for all others.
fn allowed_origin(app: &App, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(header::ORIGIN)?;
    let text = origin.to_str().ok()?;
    app.settings().cors_origins.iter().any(|known| known == text).then(|| origin.clone())
}

fn preflight_reply() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}
