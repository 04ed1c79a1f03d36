//! `/brands/{brandId}/events`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::events::{self, EventQuery};
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
    problem::Problem,
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
