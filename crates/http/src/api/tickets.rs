//! `/brands/{brandId}/tickets`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Permission,
    activity::{self, ActivityQuery},
    tickets,
};
use dispatch_model::{
    event::Activity,
    input::schema,
    ticket::{BulkReport, MergeSources, MergedTicket, NewTicket, SpamMark, Ticket, TicketCount, TicketPatch},
};

use super::{
    bulk::bulk,
    descending, page_limit, paged,
    ticket_query::{self, asked, filters, order},
};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::Problem,
};

const ALL: &str = "/brands/{brandId}/tickets";
const ONE: &str = "/brands/{brandId}/tickets/{ticketId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Ticket>(Method::POST, ALL, "tickets.create", "Create a ticket").creates().run_with(create),
        paged(order(filters(Operation::page::<Ticket>(ALL, "tickets.list", "Tickets of a brand, a page at a time"))))
            .run(list),
        filters(Operation::new::<TicketCount>(
            Method::GET,
            "/brands/{brandId}/tickets/count",
            "tickets.count",
            "How many tickets there are",
        ))
        .strict()
        .run(count),
        Operation::new::<BulkReport>(
            Method::POST,
            "/brands/{brandId}/tickets/bulk",
            "tickets.bulk",
            "One action on many tickets",
        )
        .keyed()
        .run_with(bulk),
        Operation::new::<Ticket>(Method::GET, ONE, "tickets.get", "One ticket by id or number").run(get),
        Operation::new::<Ticket>(Method::PATCH, ONE, "tickets.update", "Change a ticket").run_with(update),
        Operation::new::<Ticket>(Method::DELETE, ONE, "tickets.delete", "Delete a ticket with its comments")
            .run(delete),
        Operation::new::<Ticket>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/restore",
            "tickets.restore",
            "Bring a deleted ticket back",
        )
        .needs(Permission::Configure)
        .run(restore),
        Operation::new::<Ticket>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/spam",
            "tickets.setSpam",
            "Mark a ticket as spam, or no longer",
        )
        .run_with(set_spam),
        Operation::new::<MergedTicket>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/merge",
            "tickets.merge",
            "Merge other tickets into this one",
        )
        .keyed()
        .run_with(merge),
        paged(
            Operation::page::<Activity>(
                "/brands/{brandId}/tickets/{ticketId}/activity",
                "tickets.activity",
                "What happened to a ticket",
            )
            .query("order", "desc when left out.", schema::one_of(&["asc", "desc"]))
            .query("types", "Comma list of event names, groups or *.", schema::text(1, 2000)),
        )
        .run(list_activity),
    ]
}

async fn create(call: Call, new: NewTicket) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | tickets::create(tx, &act, &brand, &new))).await
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = asked(&mut call, ticket_query::read).await?;
    let brand = call.brand();
    call.read(op!([brand, query] | tx, act | tickets::list(tx, &act, &brand, &query))).await
}

async fn count(mut call: Call) -> Result<Reply, Problem> {
    let query = asked(&mut call, ticket_query::read_filters).await?;
    let brand = call.brand();
    call.read(op!([brand, query] | tx, act | tickets::count(tx, &act, &brand, &query))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.read(op!([brand, id] | tx, _act | tickets::get(tx, &brand, &id))).await
}

async fn update(call: Call, patch: TicketPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(patch));
    call.write(op!(
        [brand, id, patch] | tx,
        act | tickets::update(tx, &act, &brand, &id, &patch, tickets::trigger(&act))
    ))
    .await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.write(op!([brand, id] | tx, act | tickets::delete(tx, &act, &brand, &id))).await
}

async fn restore(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.write(op!([brand, id] | tx, act | tickets::restore(tx, &act, &brand, &id))).await
}

async fn set_spam(call: Call, mark: SpamMark) -> Result<Reply, Problem> {
    let (brand, id, mark) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(mark));
    call.write(op!([brand, id, mark] | tx, act | tickets::mark_spam(tx, &act, &brand, &id, &mark))).await
}

async fn merge(call: Call, sources: MergeSources) -> Result<Reply, Problem> {
    let (brand, id, sources) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(sources.source_ticket_ids.0));
    call.write(op!([brand, id, sources] | tx, act | tickets::merge(tx, &act, &brand, &id, &sources))).await
}

async fn list_activity(mut call: Call) -> Result<Reply, Problem> {
    let admin = call.caller.is_admin();
    let query = call
        .query(|params, errors| ActivityQuery {
            types: params.list("types", errors),
            newest_first: descending(params, true, errors),
            limit: page_limit(params, errors),
            cursor: params.one("cursor", errors),
            admin,
        })
        .await?;
    let (brand, id, query) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(query));
    call.read(op!([brand, id, query] | tx, _act | activity::list(tx, &brand, &id, &query))).await
}
