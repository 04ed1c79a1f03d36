//! The way of every request: route, credential, rate limit, scope, role, media type and size, idempotency, validation,
//! state, in this order (API 1.5).

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderMap, Method, header, request::Parts},
    response::Response,
};
use dispatch_desk::{Caller, Permission};
use dispatch_model::{BrandId, Errors, limits::BODY_BYTES_MAX};
use dispatch_store::idempotency::Use;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use crate::{
    App, auth,
    call::{Call, Reply},
    clients::address,
    listen::Cut,
    operation::Operation,
    outside::{RequestId, Route},
    problem::{Code, Problem},
    query,
    rate::Taken,
};

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);
/// How much of a body over the limit is read all the same, so that its sender hears the answer.
const DRAIN_BYTES_MAX: usize = 3 * BODY_BYTES_MAX;

/// Answers unknown paths and methods.
pub(crate) async fn nowhere(request: Request) -> Response {
    Problem::not_found().response(request_id(&request))
}

fn request_id(request: &Request) -> &str {
    request.extensions().get::<RequestId>().map_or("", |id| &id.0)
}

/// Answers one request.
pub(crate) async fn run(
    app: App,
    operation: Arc<Operation>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    // Bytes that are not UTF-8 name nothing.
    let Ok(params) = params else { return nowhere(request).await };
    let id = request_id(&request).to_owned();
    let path: Vec<(String, String)> = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    // What is no brand's id may be anything, a key that stands in the wrong place included: the log does not repeat it.
    let is_id = |id: &&str| {
        id.starts_with("br_") && id.len() <= 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let brand = path
        .iter()
        .find(|(name, _)| name == "brandId")
        .map(|(_, value)| value.as_str())
        .filter(is_id)
        .map(str::to_owned);
    let route = Route { operation: operation.id, brand };
    let from = address(&request, &app.settings().trusted_proxies);
    let (caller, taken) = match identify(&app, &operation, request.headers(), from).await {
        Ok(known) => known,
        Err(problem) => return tagged(problem.response(&id), route, None),
    };
    let answered = if taken.as_ref().is_some_and(|taken| taken.wait.is_some()) {
        Err(empty_bucket(taken))
    } else {
        match auth::check_csrf(&app, &caller, request.method(), request.headers()) {
            Ok(()) => admitted(app, operation, caller, path, request).await,
            Err(problem) => Err(problem),
        }
    };
    let response = match answered {
        Ok(reply) => reply.response(),
        Err(problem) => problem.response(&id),
    };
    tagged(response, route, taken)
}

fn tagged(mut response: Response, route: Route, taken: Option<Taken>) -> Response {
    if let Some(taken) = taken {
        taken.write(response.headers_mut());
    }
    response.extensions_mut().insert(route);
    response
}

pub(crate) fn empty_bucket(taken: Option<Taken>) -> Problem {
    let seconds = taken.and_then(|taken| taken.wait).unwrap_or(1);
    Problem::new(Code::RateLimit, format!("Too many requests; try again in {seconds} s.")).retry_after(seconds)
}

/// The caller, and what its bucket says. A bad credential draws on the public bucket of its address, and so does one of a
/// kind that the route does not take.
async fn identify(
    app: &App,
    operation: &Operation,
    headers: &HeaderMap,
    from: IpAddr,
) -> Result<(Caller, Option<Taken>), Problem> {
    let now = app.seams().clock.now();
    let limits = app.settings().limits;
    let of_address = |signs_in: bool| {
        let limits = limits?;
        let (kind, rate) = if signs_in { ("sign-in", limits.sign_in) } else { ("public", limits.public) };
        Some(app.buckets().take(&format!("{kind} {from}"), rate, now))
    };
    if operation.permission == Permission::Public {
        let taken = of_address(operation.signs_in);
        let is_empty = taken.as_ref().is_some_and(|taken| taken.wait.is_some());
        return if is_empty { Err(empty_bucket(taken)) } else { Ok((Caller::nobody(), None)) };
    }
    let shown = match operation.permission {
        Permission::Portal => auth::customer(app, headers).await,
        _ => auth::caller(app, headers).await,
    };
    let known = shown.and_then(|caller| {
        if operation.permission.takes(caller.power) {
            return Ok(caller);
        }
        let message = if operation.permission.takes_sessions_only() {
            "This needs a session; an API key is not taken here."
        } else {
            "A credential of this kind is not taken here."
        };
        Err(Problem::new(Code::Authentication, message))
    });
    match known {
        Ok(caller) => {
            let rate = |limits: crate::Limits| if caller.portal.is_some() { limits.portal } else { limits.caller };
            let taken = limits.map(|limits| app.buckets().take(&caller.credential, rate(limits), now));
            Ok((caller, taken))
        }
        Err(problem) if problem.code == Code::Authentication => {
            let taken = of_address(false);
            Err(if taken.is_some_and(|taken| taken.wait.is_some()) { empty_bucket(taken) } else { problem })
        }
        Err(problem) => Err(problem),
    }
}

/// The request of a caller whose bucket is not empty.
async fn admitted(
    app: App,
    operation: Arc<Operation>,
    caller: Caller,
    path: Vec<(String, String)>,
    request: Request,
) -> Result<Reply, Problem> {
    if let Some((_, brand)) = path.iter().find(|(name, _)| name == "brandId")
        && !caller.reaches(&BrandId::from(brand.as_str()))
    {
        return Err(Problem::not_found());
    }
    // Nothing has U+0000 in its name, and PostgreSQL takes no text that has.
    if path.iter().any(|(_, value)| value.contains('\0')) {
        return Err(Problem::not_found());
    }
    let (parts, body) = request.into_parts();
    let act = app.act(caller.actor.clone(), caller.source);
    let own_page = auth::check_origin(&app, &parts.headers);
    // What is no text is no origin that anybody lists.
    let origin = parts.headers.get(header::ORIGIN).map(|value| value.to_str().unwrap_or("?").to_owned());
    let of_brand = caller.portal.as_ref().map(|user| user.brand.clone());
    let params = query::params(parts.uri.query().unwrap_or_default());
    let cut = parts.extensions.get::<Cut>().cloned();
    let last_event_id = last_event_id(&parts.headers);
    let mut call = Call {
        app,
        operation,
        caller,
        act,
        path,
        params,
        key: None,
        last_event_id,
        cut,
        ignored: Vec::new(),
        said: HeaderMap::new(),
        of_brand,
        origin,
        own_page,
    };
    if call.operation.raw_body.is_some() {
        call.said.clone_from(&parts.headers);
    }
    if let Some(user) = &call.caller.portal {
        call.check_portal_origin(&user.origins)?;
    }
    if !call.caller.may(call.operation.permission, call.operation.method == Method::GET) {
        return Err(call.refuse(too_low(call.operation.permission)).await);
    }
    let bytes = match read_body(&call, &parts, body).await {
        Ok(bytes) => bytes,
        Err(problem) => return Err(call.refuse(problem).await),
    };
    if call.operation.is_idempotent() {
        match key(&parts.headers) {
            Ok(None) => {}
            Ok(Some(key)) => call.key = Some(used(&call, &parts, key, &bytes)),
            Err(problem) => return Err(call.refuse(problem).await),
        }
    }
    if call.operation.strict_query {
        let mut errors = Errors::default();
        let known: Vec<&str> = call.operation.query.iter().map(|query| query.name).collect();
        call.params.refuse_unknown(&known, &mut errors);
        if !errors.is_empty() {
            return Err(call.refuse(Problem::invalid(errors)).await);
        }
    }
    let handler = call.operation.handler.clone();
    handler(call, bytes).await
}

fn too_low(permission: Permission) -> Problem {
    let what = match permission {
        Permission::Public | Permission::Session | Permission::Read => "read this",
        Permission::Work => "write",
        Permission::Inbound => "deliver mail",
        Permission::Configure => "change the configuration of a brand or read its audit log",
        Permission::Manage => "manage brands and API keys",
        Permission::DeleteBrands => "delete brands",
        Permission::Members => "change members",
        Permission::Account => "change the account",
        Permission::Portal => "use the portal",
    };
    Problem::new(Code::Forbidden, format!("This credential may not {what}."))
}

/// The body, if the route reads one.
async fn read_body(call: &Call, parts: &Parts, body: Body) -> Result<Bytes, Problem> {
    if call.operation.method == Method::GET {
        return Ok(Bytes::new());
    }
    let raw = call.operation.raw_body;
    let bytes_max = if raw.is_some() { call.app.mailroom().settings().message_bytes_max } else { BODY_BYTES_MAX };
    let too_large = || {
        let mb = bytes_max / (1024 * 1024);
        Problem::new(Code::PayloadTooLarge, format!("The body is larger than {mb} MB."))
    };
    let announced =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > bytes_max + DRAIN_BYTES_MAX) {
        return Err(too_large());
    }
    if let Some(wanted) = raw.filter(|wanted| !is_type(&parts.headers, wanted)) {
        return Err(Problem::new(Code::UnsupportedMediaType, format!("This route reads {wanted}.")));
    }
    let bytes = tokio::time::timeout(BODY_TIMEOUT, collect(body, bytes_max))
        .await
        .map_err(|_| Problem::new(Code::Validation, "The body did not arrive in time."))??;
    let Some(bytes) = bytes else { return Err(too_large()) };
    if raw.is_none() && !bytes.is_empty() && !is_json(&parts.headers) {
        return Err(Problem::new(Code::UnsupportedMediaType, "This route reads application/json."));
    }
    Ok(bytes)
}

/// All bytes of a body, or none when they are too many.
async fn collect(mut body: Body, bytes_max: usize) -> Result<Option<Bytes>, Problem> {
    let (mut all, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::new(Code::Validation, "The body could not be read."))?;
        let Ok(data) = frame.into_data() else { continue };
        seen += data.len();
        if seen > bytes_max + DRAIN_BYTES_MAX {
            return Ok(None);
        }
        if seen <= bytes_max {
            all.extend_from_slice(&data);
        }
    }
    Ok((seen <= bytes_max).then(|| all.into()))
}

/// Whether the body is said to be of this type.
fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

/// `application/json`, any `+json` type, or none (API 1.1).
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return true };
    let text = value.to_str().unwrap_or("?").to_ascii_lowercase();
    let kind = text.split(';').next().unwrap_or_default().trim();
    kind.is_empty() || kind == "application/json" || kind.ends_with("+json")
}

/// Where a reader of a stream was; an empty header says nothing. What is no text names no place.
fn last_event_id(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("last-event-id")?.to_str().unwrap_or("?").trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The idempotency key of either header.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let wrong = |message: &str| Problem::invalid(Errors::one("Idempotency-Key", message));
    let mut found: Option<&str> = None;
    for value in headers.get_all("idempotency-key").iter().chain(headers.get_all("x-idempotency-key")) {
        let text = value.to_str().ok().filter(|text| !text.contains('\t'));
        let text = text.ok_or_else(|| wrong("must be printable ASCII"))?;
        if found.is_some_and(|other| other != text) {
            return Err(wrong("is given twice with different values"));
        }
        found = Some(text);
    }
    match found {
        Some(key) if !(1..=255).contains(&key.len()) => Err(wrong("must have 1 to 255 characters")),
        found => Ok(found.map(str::to_owned)),
    }
}

fn used(call: &Call, parts: &Parts, key: String, body: &Bytes) -> Use {
    use std::fmt::Write as _;
    let body_hash = Sha256::digest(body).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Use {
        credential: call.caller.credential.clone(),
        operation: format!("{} {}", parts.method, parts.uri.path()),
        key,
        body_hash,
    }
}
