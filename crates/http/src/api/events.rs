//! `/brands/{brandId}/events`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::events::{self, EventQuery, StreamQuery};
use dispatch_model::{event::EventPage, input::schema, limits::PAGE_MAX};

use super::page_limit;
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::Problem,
    streams::{self, MEDIA_TYPE, Slot},
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<EventPage>(
            Method::GET,
            "/brands/{brandId}/events",
            "events.list",
            "A brand's log, oldest first",
        )
        .query("after", "A position or an event id; `now` for only the position.", schema::text(1, 100))
        .query("types", "Comma list of event names, groups or *.", schema::text(1, 2000))
        .query("ticketId", "Only of this ticket: id or number.", schema::text(1, 200))
        .query("limit", "Events at most; 50 when left out.", schema::int(1, PAGE_MAX))
        .strict()
        .run(list),
        Operation::stream(
            "/brands/{brandId}/events/stream",
            "events.stream",
            "A brand's log as it grows, as server-sent events",
        )
        .query(
            "after",
            "A position or an event id; `now`, the default, for what comes from now on.",
            schema::text(1, 100),
        )
        .query("types", "Comma list of event names, groups or *.", schema::text(1, 2000))
        .query("ticketId", "Only of this ticket: id or number.", schema::text(1, 200))
        .run(stream),
    ]
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let admin = call.caller.is_admin();
    let query = call
        .query(|params, errors| EventQuery {
            after: params.one("after", errors),
            types: params.list("types", errors),
            ticket_id: params.one("ticketId", errors),
            limit: page_limit(params, errors),
            admin,
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    call.read(op!([brand, query] | tx, _act | events::list(tx, &brand, &query))).await
}

async fn stream(mut call: Call) -> Result<Reply, Problem> {
    let slot = Slot::take(&call.app, &call.caller.credential)?;
    let admin = call.caller.is_admin();
    let resumed = call.last_event_id.take().map(|id| ("Last-Event-ID", id));
    let query = call
        .query(|params, errors| {
            let after = params.one("after", errors).map(|after| ("after", after));
            StreamQuery {
                after: resumed.or(after),
                types: params.list("types", errors),
                ticket_id: params.one("ticketId", errors),
                admin,
            }
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    let beginning = call.found(op!([brand, query] | tx, _act | events::begin(tx, &brand, &query))).await?;
    let body = streams::open(slot, &call.brand(), beginning, call.caller.clone(), call.cut.take());
    // A proxy that gathers the reply would hold the events back.
    Ok(call.reply_with(MEDIA_TYPE, body).header("x-accel-buffering", "no"))
}
