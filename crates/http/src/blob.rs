//! `/blob`: files go in and out here when they are kept in a folder of this server (API 8). No credential counts: the link
//! itself says what is allowed, until when, and is signed. Any page may use it. This stands beside the API and outside of
//! what is around it.

mod range;

use std::{panic::AssertUnwindSafe, time::Duration, time::Instant};

use axum::{
    body::{Body, BodyDataStream},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};
use dispatch_blob::{Download, Files, Folder, Opened, Place, Unreceived, Unsigned};
use dispatch_model::file_key::{image_type, is_key, kept_of};
use dispatch_store as store;
use futures_util::{FutureExt, StreamExt};

use self::range::Part;
use crate::{
    App,
    problem::{Code, Problem, named},
};

/// Where all of it lies, for routing, the log and the counters.
pub(crate) const ROUTE: &str = "/blob/{*key}";
const ROOM: &str = "/blob/";
/// How long a picture of a member may be kept by whoever has seen it: another one has another address.
const AVATAR_CACHE: &str = "public, max-age=86400, immutable";
/// How much of an upload that is refused is read all the same, and for how long, so that its sender hears why.
const DRAIN_BYTES_MAX: usize = 8 * 1024 * 1024;
const DRAIN_TIME: Duration = Duration::from_secs(5);
/// What a page of another origin may read of an answer.
const EXPOSED: &str = "Content-Disposition, Content-Length, Content-Range, ETag, X-Request-Id";

/// Answers one request.
pub(crate) async fn answer(State(app): State<App>, request: Request) -> Response {
    let (started, id, method) = (Instant::now(), app.request_id(), request.method().clone());
    let answered = AssertUnwindSafe(route(&app, request)).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!(id, "a handler panicked");
        Err(Problem::new(Code::Server, "Something went wrong here; nothing was changed."))
    });
    let mut response = answered.unwrap_or_else(|problem| problem.response(&id));
    write_headers(response.headers_mut(), &id);
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let ms = format_args!("{:.1}", took.as_secs_f64() * 1000.0).to_string();
    // The route and not the address: that one is signed.
    tracing::info!(target: "request", id, method = %method, route = ROUTE, operation = "-", status, ms, brand = "-");
    app.metrics().request(&method, ROUTE, status, took);
    response
}

fn write_headers(headers: &mut HeaderMap, id: &str) {
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(named("x-request-id"), id);
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

async fn route(app: &App, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    if parts.method == Method::OPTIONS {
        return Ok(preflight());
    }
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    let key = parts.uri.path().strip_prefix(ROOM).unwrap_or_default();
    match app.files() {
        files if reads && key.starts_with("avatars/") => avatar(files, key, &parts).await,
        Files::Folder(folder) if reads => {
            let place = folder.place(parts.uri.path(), parts.uri.query().unwrap_or_default()).map_err(refused)?;
            still_there(app, &place.key).await?;
            give(folder, &place, &parts, "no-store").await
        }
        Files::Folder(folder) if parts.method == Method::PUT => take(folder, &parts, body).await,
        _ => Err(Problem::not_found()),
    }
}

/// A link outlives neither its file nor the ticket or comment that the file hangs on, deleted for good or not (API 8).
async fn still_there(app: &App, key: &str) -> Result<(), Problem> {
    let Some((brand, id)) = kept_of(key) else { return Ok(()) };
    let ids = [id.to_owned()];
    let found: store::Result<Vec<store::attachments::StoredAttachment>> = app
        .db()
        .read("blob.readable", move |tx| {
            let (brand, ids) = (brand.clone(), ids.clone());
            Box::pin(async move { store::attachments::readable(tx, &brand, &ids).await })
        })
        .await;
    let is_there = found?.iter().any(|file| file.object_key.as_deref() == Some(key));
    if is_there { Ok(()) } else { Err(Problem::not_found()) }
}

fn preflight() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, PUT"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Content-Type, Range, If-Range"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

fn refused(why: Unsigned) -> Problem {
    let message = match why {
        Unsigned::Altered => "The link is not one of this server, or was altered.",
        Unsigned::Expired => "The link has expired; ask for a fresh one.",
    };
    Problem::new(Code::Forbidden, message)
}

/// The picture of a member: from the folder, or by a fresh link to the bucket.
async fn avatar(files: &Files, key: &str, parts: &Parts) -> Result<Response, Problem> {
    match files {
        Files::Folder(folder) => {
            let place = Place::avatar(key).ok_or_else(Problem::not_found)?;
            give(folder, &place, parts, AVATAR_CACHE).await
        }
        Files::Bucket(_) => {
            let content_type = image_type(key).filter(|_| is_key(key)).ok_or_else(Problem::not_found)?;
            let filename = key.rsplit('/').next().unwrap_or_default();
            let link = files.download_link(&Download { key, filename, content_type, inline: true });
            let mut response = Response::default();
            *response.status_mut() = StatusCode::FOUND;
            set(response.headers_mut(), header::LOCATION, &link.url);
            // Shorter than the link works.
            set(response.headers_mut(), header::CACHE_CONTROL, "private, max-age=300");
            Ok(response)
        }
    }
}

async fn give(folder: &Folder, place: &Place, parts: &Parts, cache: &'static str) -> Result<Response, Problem> {
    let opened = folder.opened(&place.key).await?.ok_or_else(Problem::not_found)?;
    // A key is never written to again, so it is the name of what lies under it.
    let tag = format!("\"{}\"", place.key.rsplit('/').next().unwrap_or_default());
    let given = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let mut response = Response::default();
    let headers = response.headers_mut();
    set(headers, header::CACHE_CONTROL, cache);
    set(headers, header::ETAG, &tag);
    if given(header::IF_NONE_MATCH).is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    set(headers, header::ACCEPT_RANGES, "bytes");
    set(headers, header::CONTENT_TYPE, &place.content_type);
    set(headers, header::CONTENT_DISPOSITION, &place.disposition);
    let is_same = given(header::IF_RANGE).is_none_or(|known| known == tag);
    let asked = given(header::RANGE).filter(|_| is_same);
    let size = opened.size;
    match range::asked(asked, size) {
        Part::Whole => fill(&mut response, &parts.method, opened, 0, size).await?,
        Part::Bytes { from, length } => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("bytes {from}-{}/{size}", from + length - 1);
            set(response.headers_mut(), header::CONTENT_RANGE, &range);
            fill(&mut response, &parts.method, opened, from, length).await?;
        }
        Part::Outside => {
            let mut outside = Response::default();
            *outside.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            set(outside.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{size}"));
            return Ok(outside);
        }
    }
    Ok(response)
}

async fn fill(response: &mut Response, method: &Method, opened: Opened, from: u64, length: u64) -> Result<(), Problem> {
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    if method != Method::HEAD {
        let part = opened.part(from, length).await.map_err(|error| dispatch_blob::Unavailable(error.to_string()))?;
        *response.body_mut() = Body::from_stream(part);
    }
    Ok(())
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

async fn take(folder: &Folder, parts: &Parts, body: Body) -> Result<Response, Problem> {
    let mut body = body.into_data_stream();
    let text = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let granted = folder.granted(parts.uri.path(), parts.uri.query().unwrap_or_default()).map_err(refused);
    let granted = granted.and_then(|granted| {
        let sent = text(header::CONTENT_TYPE).unwrap_or_default().trim();
        if sent.eq_ignore_ascii_case(&granted.content_type) {
            return Ok(granted);
        }
        let message = format!("The upload must have the Content-Type {}.", granted.content_type);
        Err(Problem::new(Code::Forbidden, message))
    });
    let granted = match granted {
        Ok(granted) => granted,
        // Who asks before it sends hears it at once.
        Err(problem) if parts.headers.contains_key(header::EXPECT) => return Err(problem),
        Err(problem) => return Err(heard(problem, &mut body).await),
    };
    let announced = text(header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
    match folder.receive(&granted, announced, &mut body).await {
        Ok(()) => Ok(Response::default()),
        Err(Unreceived::TooLarge) => {
            let message = format!("The file is larger than {} bytes.", granted.size_max);
            Err(heard(Problem::new(Code::PayloadTooLarge, message), &mut body).await)
        }
        Err(Unreceived::Broken) => {
            Err(Problem::new(Code::Validation, "The upload broke off or paused too long; nothing of it was kept."))
        }
        Err(Unreceived::Store(error)) => Err(error.into()),
    }
}

/// Reads on a little, so that a sender who does not listen while it sends hears the problem.
async fn heard(problem: Problem, body: &mut BodyDataStream) -> Problem {
    let drain = async {
        let mut seen = 0;
        while let Some(Ok(bytes)) = body.next().await {
            seen += bytes.len();
            if seen > DRAIN_BYTES_MAX {
                break;
            }
        }
    };
    // Who sends on all the same is hung up on.
    let _either = tokio::time::timeout(DRAIN_TIME, drain).await;
    problem
}
