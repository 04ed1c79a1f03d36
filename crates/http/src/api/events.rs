//! `/brands/{brandId}/events`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::events::{self, EventQuery, StreamQuery};
use dispatch_model::{
    event::{CATALOGUE, EventPage},
    input::schema,
    limits::{PAGE_DEFAULT, PAGE_MAX},
};

use super::{TYPES, page_limit, types_schema};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
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
        .query(
            "after",
            "A position or an event id: what comes behind it. `now` for only the position; the oldest \
            event when left out.",
            schema::any_text(),
        )
        .like("17")
        .query("types", TYPES, types_schema(CATALOGUE))
        .query("ticketId", "Only of this ticket, by id or number, and of its parts.", schema::any_text())
        .like("DT-1042")
        .query("limit", "Items of the page.", schema::int_or(1, PAGE_MAX, PAGE_DEFAULT))
        .strict()
        .about(
            "Every change is one immutable event, numbered without holes; a reader who passes `position` \
            as `after` sees each once and in order. Events of webhooks, automations, connections and \
            mail are for admins.",
        )
        .run(list),
        Operation::stream(
            "/brands/{brandId}/events/stream",
            "events.stream",
            "A brand's log as it grows, as server-sent events",
        )
        .query(
            "after",
            "A position or an event id: what comes behind it. `now`, or nothing, for what happens from now on.",
            schema::any_text(),
        )
        .like("17")
        .query("types", TYPES, types_schema(CATALOGUE))
        .query("ticketId", "Only of this ticket, by id or number, and of its parts.", schema::any_text())
        .like("DT-1042")
        .resumes()
        .about(
            "First `retry: 3000`, then a frame per event: `id` is its `sequence`, `event` its type, `data` the event \
            itself in one line. A comment every 15 seconds. With `ticketId` also frames `presence`, without `id`: \
            `{ ticketId, memberId, name, state }`.\n\n\
            It ends after 60 minutes, when the server stops, when the credential ends or gives other rights than before, and \
            when its reader is more than 8 MB or 30 seconds behind. Whoever connects again with `Last-Event-ID` \
            misses nothing and sees nothing twice.",
        )
        .refuses(Code::RateLimit, "The bucket is empty, or the credential has 100 streams open; see Retry-After.")
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
