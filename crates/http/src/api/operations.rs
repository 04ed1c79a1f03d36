//! What operators ask for (API 33): health, readiness, counters, the API document. No credential, no rate limit.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use dispatch_store as store;
use serde_json::json;

use crate::{
    App,
    outside::RequestId,
    problem::{Problem, json as json_reply},
};

/// The process runs.
pub(crate) async fn health() -> Response {
    json_reply(StatusCode::OK, json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }).to_string())
}

/// The process can do its work.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let looked: Result<i64, store::Error> = app
        .db()
        .read("ready", |tx| {
            Box::pin(async move {
                store::inspect::answers(tx).await?;
                store::inspect::schema_version(tx).await
            })
        })
        .await;
    let database = if looked.is_ok() { "ok" } else { "unreachable" };
    let migrations = match looked {
        Ok(version) if version == store::SCHEMA_VERSION => "ok",
        Ok(_) => "other version",
        Err(_) => "unknown",
    };
    let queues = if app.db().waiting() < store::Options::default().queue_max / 2 { "ok" } else { "full" };
    let storage = match app.files().ready().await {
        Ok(()) => "ok",
        Err(error) => {
            tracing::warn!(%error, "files cannot be stored");
            "unreachable"
        }
    };
    let well = [database, storage, migrations, queues].iter().all(|word| *word == "ok") && !app.stopping();
    let body = json!({
        "status": if well { "ok" } else { "unavailable" },
        "checks": { "database": database, "storage": storage, "migrations": migrations, "queues": queues },
    });
    json_reply(if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, body.to_string())
}

/// The counters, for whoever knows `metrics.token`.
pub(crate) async fn metrics(State(app): State<App>, request: Request) -> Response {
    let token = &app.settings().metrics_token;
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let fits = given.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|given| same(given, token));
    if token.is_empty() || !fits {
        let id = request.extensions().get::<RequestId>().map_or("", |id| &id.0);
        return Problem::not_found().response(id);
    }
    metrics_reply(&app)
}

/// The counters as a reply.
#[must_use]
pub fn metrics_reply(app: &App) -> Response {
    let mut response = Response::new(app.metrics().text().into());
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Compares in a time that does not depend on where the texts differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

/// The API document.
pub(crate) async fn openapi(State(app): State<App>) -> Response {
    json_reply(StatusCode::OK, app.document().to_owned())
}
