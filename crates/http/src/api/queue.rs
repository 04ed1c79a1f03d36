//! Across brands: `/tickets` and its statistics (API 23). Read-only sums over the brands that the caller reaches.

use axum::http::Method;
use dispatch_desk::tickets::{
    self, Across,
    statistics::{self, Days},
};
use dispatch_model::{
    Errors, Timestamp,
    input::{Params, schema},
    statistics::{Stats, TeamMetrics, Trends},
    ticket::{Ticket, TicketCount},
};

use super::{
    paged,
    ticket_query::{self, asked, filters, order},
};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

/// Days that statistics may look back (API 23).
const DAYS_MAX: i64 = 365;
/// Days of the trends when the caller does not say.
const TRENDS_DAYS: i64 = 30;

fn across(operation: Operation) -> Operation {
    operation.query(
        "brandIds",
        "Only these brands, by id, as far as the caller reaches them; all of those when left out.",
        schema::comma_list(schema::any_text()),
    )
}

pub(super) fn operations() -> Vec<Operation> {
    let days = || schema::int(1, DAYS_MAX);
    vec![
        across(paged(order(filters(Operation::page::<Ticket>(
            "/tickets",
            "queue.tickets",
            "Tickets of all brands, a page at a time",
        )))))
        .about("As `tickets.list`, over all brands that the caller reaches; each ticket names its `brand`.")
        .refuses(Code::Forbidden, "`deleted=true` is for admins.")
        .run(list),
        across(order(filters(Operation::new::<TicketCount>(
            Method::GET,
            "/tickets/count",
            "queue.count",
            "How many tickets there are in all brands",
        ))))
        .strict()
        .about("As `tickets.count`.")
        .refuses(Code::Forbidden, "`deleted=true` is for admins.")
        .run(count),
        across(Operation::new::<Stats>(Method::GET, "/tickets/stats", "queue.stats", "Totals by status and brand"))
            .query("days", "Only tickets created within so many days, today included.", days())
            .strict()
            .about("Spam, deleted and duplicate-closed tickets are left out.")
            .run(stats),
        across(Operation::new::<Trends>(
            Method::GET,
            "/tickets/trends",
            "queue.trends",
            "Created against resolved, day by day",
        ))
        .query("days", "So many days, today included.", schema::int_or(1, DAYS_MAX, TRENDS_DAYS))
        .strict()
        .about("Every day (UTC), days without tickets included.")
        .run(trends),
        across(Operation::new::<TeamMetrics>(
            Method::GET,
            "/tickets/team-metrics",
            "queue.teamMetrics",
            "What each member has resolved and closed",
        ))
        .query("startDate", "From this time on, by whole days (UTC).", schema::moment())
        .query("endDate", "Up to this time, by whole days (UTC); a bare date includes that day.", schema::moment())
        .strict()
        .about("Members who resolved or closed something.")
        .run(team),
    ]
}

fn brands(params: &mut Params, errors: &mut Errors) -> Across {
    Across { brand_ids: params.list("brandIds", errors) }
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let across = call.query(brands).await?;
    let query = asked(&mut call, ticket_query::read).await?;
    let caller = call.caller.clone();
    call.read(op!([caller, across, query] | tx, act | tickets::list_across(tx, &act, &caller, &across, &query))).await
}

async fn count(mut call: Call) -> Result<Reply, Problem> {
    let across = call.query(brands).await?;
    let query = asked(&mut call, ticket_query::read_counted).await?;
    let caller = call.caller.clone();
    call.read(op!([caller, across, query] | tx, act | tickets::count_across(tx, &act, &caller, &across, &query))).await
}

fn days(params: &mut Params, errors: &mut Errors) -> Option<i64> {
    let days = params.parsed::<i64>("days", errors)?;
    if !(1..=DAYS_MAX).contains(&days) {
        errors.push("days", format!("must be from 1 to {DAYS_MAX}"));
    }
    Some(days)
}

async fn stats(mut call: Call) -> Result<Reply, Problem> {
    let (across, days) = call.query(|params, errors| (brands(params, errors), days(params, errors))).await?;
    let caller = call.caller.clone();
    call.read(op!([caller, across] | tx, act | statistics::stats(tx, &caller, &across, Days::last(act.at, days)))).await
}

async fn trends(mut call: Call) -> Result<Reply, Problem> {
    let (across, days) = call.query(|params, errors| (brands(params, errors), days(params, errors))).await?;
    let (caller, days) = (call.caller.clone(), days.unwrap_or(TRENDS_DAYS));
    call.read(op!([caller, across] | tx, act | statistics::trends(tx, &act, &caller, &across, days))).await
}

async fn team(mut call: Call) -> Result<Reply, Problem> {
    let (across, days) = call
        .query(|params, errors| {
            let from = params.parsed::<Timestamp>("startDate", errors);
            let before = params.end_date("endDate", errors);
            (brands(params, errors), Days::between(from, before))
        })
        .await?;
    let caller = call.caller.clone();
    call.read(op!([caller, across] | tx, _act | statistics::team(tx, &caller, &across, days))).await
}
