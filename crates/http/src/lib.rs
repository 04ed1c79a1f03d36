//! REST: the only crate that knows status codes and JSON replies.
//!
//! `operation.rs` is the table of routes: path, permission, body, reply and handler stand together, and routing,
//! checking and the API document all come from it. `pipeline.rs` is the way of every request through that table.

mod api;
mod app;
mod auth;
mod blob;
mod call;
mod clients;
mod csv;
mod dashboard;
mod docs;
mod files;
mod hashing;
mod listen;
mod metrics;
mod openapi;
mod operation;
mod outside;
mod page;
mod pipeline;
mod portal_page;
mod presence;
mod problem;
mod query;
mod rate;
mod rate_page;
mod streams;

pub use api::operations::metrics_reply;
pub use app::{App, FileCap, HttpSettings, Seams};
pub use dashboard::dashboard_is_built;
pub use dispatch_mailroom::{Dkim, MailSettings, Mailroom, check_relay_url};
pub use docs::error_table;
pub use listen::{Listening, serve};
pub use openapi::document;
pub use problem::{CODES, Code};
pub use rate::{Limits, Rate};

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    extract::{RawPathParams, Request, State},
    routing::{MethodFilter, MethodRouter, any, get, on},
};

/// The whole server as one service.
pub fn router(app: App) -> Router {
    let mut routes: BTreeMap<String, MethodRouter<App>> = BTreeMap::new();
    for operation in api::operations() {
        let filter = MethodFilter::try_from(operation.method.clone()).unwrap_or(MethodFilter::GET);
        let path = format!("/v1{}", operation.path);
        let operation = Arc::new(operation);
        let handler = on(filter, move |State(app): State<App>, params: Result<RawPathParams, _>, request: Request| {
            pipeline::run(app, operation.clone(), params, request)
        });
        let merged = routes.remove(&path).unwrap_or_default().merge(handler);
        routes.insert(path, merged);
    }
    let mut api = Router::new();
    for (path, methods) in routes {
        api = api.route(&path, methods.fallback(pipeline::nowhere));
    }
    let around = axum::middleware::from_fn_with_state(app.clone(), outside::around);
    // What the pages of the portal ask, as anybody asks it.
    let inside = api.clone().layer(around.clone()).route(blob::ROUTE, any(blob::answer)).with_state(app.clone());
    api.merge(docs::routes())
        .merge(rate_page::routes())
        .merge(portal_page::routes(app.clone(), inside))
        .route("/v1/health", get(api::operations::health).fallback(pipeline::nowhere))
        .route("/v1/ready", get(api::operations::ready).fallback(pipeline::nowhere))
        .route("/metrics", get(api::operations::metrics).fallback(pipeline::nowhere))
        .route("/openapi.json", get(api::operations::openapi).fallback(pipeline::nowhere))
        .fallback(dashboard::answer)
        .layer(around)
        .route(blob::ROUTE, any(blob::answer))
        .with_state(app)
}
