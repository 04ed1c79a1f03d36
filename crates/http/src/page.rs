//! Pages that the server writes itself, without a script: of surveys (`/rate`) and of the portal (`/portal`).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

/// Nothing but our own style sheet, and forms that lead back here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src https: data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Text as it may stand in HTML, in quotes as well.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A style sheet of ours.
pub(crate) fn style(text: &'static str) -> Response {
    let mut response = Response::new(text.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

/// A page with this style sheet. `main` is HTML. What its address holds is told to nobody else; `referrer` says whether our own
/// pages may hear of it, without which a browser does not say where a form comes from.
pub(crate) fn answer(
    status: StatusCode,
    title: &str,
    style: &'static str,
    referrer: &'static str,
    main: &str,
) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
        <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
        escaped(title),
    );
    let mut response = Response::new(html.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, referrer),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
