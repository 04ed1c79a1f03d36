//! The reference page at `/docs`: Swagger UI with a theme of ours on `/openapi.json`. All of it is in the binary, and the
//! page asks no other host for anything. `assets/docs/README.md` says where the parts come from.

pub(crate) mod asset;

use std::sync::LazyLock;

use asset::{Asset, digest, found};
use axum::{
    Router,
    extract::{Path, Request, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};

use crate::{App, pipeline, problem::CODES};

/// Nothing from elsewhere, no inline script or style, and no page around it that could steer the clicks. Pictures stand in
/// the style sheets (`data:`); whatever the reader tries out goes to this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page with the names that its parts have now, and its entity tag.
static PAGE: LazyLock<(String, String)> = LazyLock::new(|| {
    let template = include_str!("../assets/docs/page.html").replace("{{version}}", env!("CARGO_PKG_VERSION"));
    let page = asset::ALL.iter().fold(template, |page, asset| {
        page.replace(&format!("{{{{{}}}}}", asset.file), &format!("docs/assets/{}", asset.name()))
    });
    let tag = format!("\"{}\"", digest(page.as_bytes()));
    (page, tag)
});

/// `/docs` and what it consists of.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/docs", get(page).fallback(pipeline::nowhere))
        .route("/docs/", get(without_slash).fallback(pipeline::nowhere))
        .route("/docs/assets/{name}", get(part).fallback(pipeline::nowhere))
}

/// The page. A browser keeps it and asks each time whether it is still the one.
async fn page(headers: HeaderMap) -> Response {
    let (page, tag) = &*PAGE;
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let same = known.flat_map(|value| value.split(',')).any(|one| matches!(one.trim(), "*") || weakly(one) == tag);
    let mut response = if same { Response::default() } else { Response::new(page.as_str().into()) };
    if same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A proxy that compresses makes a tag weak; `If-None-Match` compares without that mark.
fn weakly(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// What people type. The links of the page are relative, so that it works below any path of a proxy; with the slash they
/// would lead elsewhere.
async fn without_slash() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("../docs"));
    response
}

/// A part of the page. Its name changes with its bytes, so it may be kept for ever.
async fn part(name: Result<Path<String>, PathRejection>, request: Request) -> Response {
    match name.ok().and_then(|Path(name)| found(&name)) {
        Some(asset) => reply(asset, request.headers()),
        None => pipeline::nowhere(request).await,
    }
}

fn reply(asset: &'static Asset, headers: &HeaderMap) -> Response {
    let packed = asset.is_packed() && asset::takes_gzip(headers);
    let mut response = Response::new(if packed { asset.bytes.into() } else { asset.plain().into() });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    if asset.is_packed() {
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    if packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// The table of error codes as Markdown, for `docs/errors.md`.
#[must_use]
pub fn error_table() -> String {
    let rows =
        CODES.iter().map(|(_, code, status, meaning)| format!("| `{code}` | {} | {meaning} |\n", status.as_u16()));
    ["| Code | HTTP | When |\n|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}
