//! The dashboard at `/`: the files that `dashboard/` is built into, which are part of the binary, and one page for all of
//! its addresses (API 36). `build.rs` puts them here.

use std::sync::LazyLock;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};

use crate::{App, docs::asset, pipeline};

struct File {
    /// Its path below `/`.
    name: &'static str,
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/dashboard.rs"));

const PAGE: &str = "index.html";
/// The first parts of the addresses of the dashboard. Which of them exist in full is known to its script.
const PLACES: &[&str] =
    &["queue", "stats", "brands", "team", "api-keys", "audit-log", "profile", "setup", "login", "invite"];
/// What is no page, whatever a browser says that it would like: there errors are JSON.
const NO_PAGES: &[&str] = &["v1", "blob", "docs", "metrics", "openapi.json", "assets", "portal", "rate"];
const NOT_BUILT: &str =
    "The dashboard is not in this binary: make build puts it in. The API is at /v1, its reference at /docs.\n";
/// A year, as long as it may be said.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The entity tags of the files, in the order of `FILES`.
static TAGS: LazyLock<Vec<String>> =
    LazyLock::new(|| FILES.iter().map(|file| format!("\"{}\"", asset::digest(file.plain))).collect());

/// Whether the dashboard is in this binary.
#[must_use]
pub fn dashboard_is_built() -> bool {
    !FILES.is_empty()
}

/// Answers every path that is no route: a file or a page of the dashboard, else 404.
pub(crate) async fn answer(State(app): State<App>, request: Request) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let first = path.split('/').next().unwrap_or_default();
    if !reads || NO_PAGES.contains(&first) && first != "assets" {
        return pipeline::nowhere(request).await;
    }
    if FILES.is_empty() {
        return if path.is_empty() { not_built() } else { pipeline::nowhere(request).await };
    }
    let headers = request.headers();
    if let Some(index) = FILES.iter().position(|file| file.name == path && file.name != PAGE) {
        return reply(&app, index, StatusCode::OK, headers);
    }
    let Some(page) = FILES.iter().position(|file| file.name == PAGE) else { return pipeline::nowhere(request).await };
    if path.is_empty() || PLACES.contains(&first) {
        return reply(&app, page, StatusCode::OK, headers);
    }
    // Who asks for a page and mistypes gets a page that says so; a program gets the error of the API.
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if first != "assets" && accepts.contains("text/html") {
        return reply(&app, page, StatusCode::NOT_FOUND, headers);
    }
    pipeline::nowhere(request).await
}

fn not_built() -> Response {
    let mut response = Response::new(NOT_BUILT.into());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn reply(app: &App, index: usize, status: StatusCode, asked: &HeaderMap) -> Response {
    let (Some(file), Some(tag)) = (FILES.get(index), TAGS.get(index)) else { return Response::default() };
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = known.flat_map(|value| value.split(',')).map(|one| one.trim().trim_start_matches("W/"));
    if status == StatusCode::OK && tags.any(|one| one == "*" || one == tag) {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        set(&mut response, header::ETAG, tag);
        set(&mut response, header::CACHE_CONTROL, kept(file));
        return response;
    }
    let (bytes, coding) = match (file.brotli, file.gzip) {
        (Some(bytes), _) if asset::takes(asked, &["br"]) => (bytes, Some("br")),
        (_, Some(bytes)) if asset::takes_gzip(asked) => (bytes, Some("gzip")),
        _ => (file.plain, None),
    };
    let mut response = Response::new(bytes.into());
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, kind(file.name));
    set(&mut response, header::CACHE_CONTROL, kept(file));
    set(&mut response, header::ETAG, tag);
    set(&mut response, header::VARY, "Accept-Encoding");
    if let Some(coding) = coding {
        set(&mut response, header::CONTENT_ENCODING, coding);
    }
    if file.name == PAGE {
        set(&mut response, header::CONTENT_SECURITY_POLICY, &policy(app));
    }
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The names of the assets change with their bytes; all others are asked for each time.
fn kept(file: &File) -> &'static str {
    if file.name.starts_with("assets/") { FOR_EVER } else { "no-cache" }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

/// Scripts and styles from here alone and none inside of the page. Files go to the bucket by themselves, so it is named;
/// pictures of people are where those who use the API say.
fn policy(app: &App) -> String {
    let bucket = app.files().origin().map_or_else(String::new, |origin| format!(" {origin}"));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:{bucket}; font-src 'self'; \
         connect-src 'self'{bucket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_names_is_there() {
        let Some(page) = FILES.iter().find(|file| file.name == PAGE) else {
            assert!(FILES.is_empty(), "files without a page");
            return;
        };
        let text = String::from_utf8_lossy(page.plain);
        let named: Vec<&str> = text.split('"').filter(|part| part.starts_with('/') && part.contains('.')).collect();
        assert!(named.len() >= 3, "{named:?}");
        for name in named {
            assert!(FILES.iter().any(|file| format!("/{}", file.name) == name), "{name}");
        }
        // The policy forbids what stands inside of a page.
        assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains("<script>"), "inline code");
    }
}
