//! What operators ask for (API 33): health, readiness, counters, the API document. No credential, no rate limit.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use dispatch_store as store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    App,
    outside::RequestId,
    problem::{Problem, json as json_reply},
};

/// The process runs.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    #[schema(value_type = Well)]
    status: &'static str,
    /// The version of the server.
    version: &'static str,
}

/// Whether the process can do its work.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ready {
    /// All in one.
    status: Readiness,
    /// One by one.
    checks: Checks,
}

/// What was looked at: `ok`, or a word for what is wrong.
#[derive(Serialize, ToSchema)]
pub(crate) struct Checks {
    /// Whether the database answers.
    database: Reach,
    /// Whether files can be stored.
    storage: Reach,
    /// Whether the database has the schema of this version.
    migrations: Migrations,
    /// Whether the queue of writes has room.
    queues: Queues,
}

dispatch_model::text_enum! {
    /// That all is well.
    pub enum Well {
        /// It is.
        Ok = "ok",
    }
}

dispatch_model::text_enum! {
    /// Whether the process can do its work.
    pub enum Readiness {
        /// It can.
        Ok = "ok",
        /// It cannot.
        Unavailable = "unavailable",
    }
}

dispatch_model::text_enum! {
    /// Whether something answers.
    pub enum Reach {
        /// It does.
        Ok = "ok",
        /// It does not.
        Unreachable = "unreachable",
    }
}

dispatch_model::text_enum! {
    /// Whether the schema of the database is that of this version.
    pub enum Migrations {
        /// It is.
        Ok = "ok",
        /// It is that of another version.
        Other = "other version",
        /// The database did not say.
        Unknown = "unknown",
    }
}

dispatch_model::text_enum! {
    /// Whether there is room in the queue of writes.
    pub enum Queues {
        /// There is.
        Ok = "ok",
        /// There is little.
        Full = "full",
    }
}

/// Says that the process runs.
pub(crate) async fn health() -> Response {
    written(StatusCode::OK, &Health { status: Well::Ok.as_str(), version: env!("CARGO_PKG_VERSION") })
}

fn written<T: Serialize>(status: StatusCode, body: &T) -> Response {
    json_reply(status, serde_json::to_string(body).unwrap_or_default())
}

/// Looks whether the process can do its work.
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
    let database = if looked.is_ok() { Reach::Ok } else { Reach::Unreachable };
    let migrations = match looked {
        Ok(version) if version == store::SCHEMA_VERSION => Migrations::Ok,
        Ok(_) => Migrations::Other,
        Err(_) => Migrations::Unknown,
    };
    let queues = if app.db().waiting() < store::Options::default().queue_max / 2 { Queues::Ok } else { Queues::Full };
    let storage = match app.files().ready().await {
        Ok(()) => Reach::Ok,
        Err(error) => {
            tracing::warn!(%error, "files cannot be stored");
            Reach::Unreachable
        }
    };
    let checks = Checks { database, storage, migrations, queues };
    let words = [checks.database.as_str(), checks.storage.as_str(), migrations.as_str(), queues.as_str()];
    let well = words.iter().all(|word| *word == "ok") && !app.stopping();
    let (code, status) =
        if well { (StatusCode::OK, Readiness::Ok) } else { (StatusCode::SERVICE_UNAVAILABLE, Readiness::Unavailable) };
    written(code, &Ready { status, checks })
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
