//! `/brands/{brandId}/tickets`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    activity::{self, ActivityQuery},
    tickets::{self, TicketQuery},
};
use dispatch_model::{
    event::Activity,
    input::schema,
    ticket::{NewTicket, Ticket, TicketPatch, TicketSort},
};

use super::{descending, page_limit, paged, sort};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::Problem,
};

const ALL: &str = "/brands/{brandId}/tickets";
const ONE: &str = "/brands/{brandId}/tickets/{ticketId}";

/// Filters of the contract that come with later versions (API 5.4).
const LATER: [&str; 22] = [
    "priority",
    "source",
    "createdBy",
    "companyId",
    "sourceId",
    "formId",
    "categoryId",
    "tagIds",
    "tagMatch",
    "createdAfter",
    "createdBefore",
    "updatedAfter",
    "updatedBefore",
    "dueAfter",
    "dueBefore",
    "overdue",
    "hasAttachments",
    "merged",
    "isSpam",
    "deleted",
    "search",
    "customFields",
];

/// Sorts of the contract that come with later versions.
const LATER_SORTS: [&str; 9] =
    ["priority", "ticketNumber", "title", "status", "customer", "company", "assignee", "category", "dueAt"];

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Ticket>(Method::POST, ALL, "tickets.create", "Create a ticket").creates().run_with(create),
        list_operation().run(list),
        Operation::new::<Ticket>(Method::GET, ONE, "tickets.get", "One ticket by id or number").run(get),
        Operation::new::<Ticket>(Method::PATCH, ONE, "tickets.update", "Change a ticket").run_with(update),
        Operation::new::<Ticket>(Method::DELETE, ONE, "tickets.delete", "Delete a ticket with its comments")
            .run(delete),
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

fn list_operation() -> Operation {
    let operation = Operation::page::<Ticket>(ALL, "tickets.list", "Tickets of a brand, a page at a time")
        .query("status", "Comma list of keys or ids; active, inactive, all.", schema::text(1, 2000))
        .query("assigneeId", "A member's id; null or unassigned for nobody; all.", schema::text(1, 200))
        .query("assigneeEmail", "The address of an assignee.", schema::text(1, 320))
        .query("customerId", "The id of a customer.", schema::text(1, 200))
        .query("customerEmail", "The address of a customer.", schema::text(1, 320))
        .query("sort", "What they are sorted by; createdAt when left out.", schema::one_of(TicketSort::ALL))
        .query("order", "desc when left out.", schema::one_of(&["asc", "desc"]));
    let later = LATER
        .iter()
        .fold(operation, |operation, name| operation.query(name, "Not available yet.", schema::text(0, 2000)));
    paged(later)
}

async fn create(call: Call, new: NewTicket) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | tickets::create(tx, &act, &brand, &new))).await
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| {
            params.later(&LATER, errors);
            TicketQuery {
                status: params.list("status", errors),
                assignee_id: params.one("assigneeId", errors),
                assignee_email: params.one("assigneeEmail", errors),
                customer_id: params.one("customerId", errors),
                customer_email: params.one("customerEmail", errors),
                sort: sort(params, TicketSort::CreatedAt, &LATER_SORTS, errors),
                descending: descending(params, true, errors),
                limit: page_limit(params, errors),
                cursor: params.one("cursor", errors),
            }
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    call.read(op!([brand, query] | tx, _act | tickets::list(tx, &brand, &query))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.read(op!([brand, id] | tx, _act | tickets::get(tx, &brand, &id))).await
}

async fn update(call: Call, patch: TicketPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(patch));
    call.write(op!([brand, id, patch] | tx, act | tickets::update(tx, &act, &brand, &id, &patch))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.write(op!([brand, id] | tx, act | tickets::delete(tx, &act, &brand, &id))).await
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
