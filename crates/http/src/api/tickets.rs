//! `/brands/{brandId}/tickets`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Permission,
    activity::{self, ActivityQuery},
    tickets,
};
use dispatch_model::{
    event::{Activity, CATALOGUE},
    ticket::{BulkReport, MergeSources, MergedTicket, NewTicket, SpamMark, Ticket, TicketCount, TicketPatch},
};

use super::{
    TYPES,
    bulk::bulk,
    descending, order_schema, page_limit, paged,
    ticket_query::{self, asked, filters, order},
    types_schema,
};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/tickets";
const ONE: &str = "/brands/{brandId}/tickets/{ticketId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Ticket>(Method::POST, ALL, "tickets.create", "Create a ticket")
            .creates()
            .about(
                "The number is taken in the same transaction: unique, increasing, none is lost. An unknown \
                `customerEmail` makes a customer; what the request leaves out comes from the company's \
                settings. Records `ticket.created` (before it `customer.created` and `tag.created`, where \
                something is new).",
            )
            .refuses(Code::Conflict, "The brand would have more than 5,000 tags.")
            .tells_all(&[("title", "\"-\"")])
            .run_with(create),
        paged(order(filters(Operation::page::<Ticket>(ALL, "tickets.list", "Tickets of a brand, a page at a time"))))
            .about(
                "Without filters: every ticket that is neither spam nor deleted, the newest first. Bodies are \
                cut to 2,000 characters, and `bodyTruncated` says so. Empty values come last in both orders.",
            )
            .refuses(Code::Forbidden, "`deleted=true` is for admins.")
            .run(list),
        order(filters(Operation::new::<TicketCount>(
            Method::GET,
            "/brands/{brandId}/tickets/count",
            "tickets.count",
            "How many tickets there are",
        )))
        .strict()
        .about(
            "Exact up to 10,000; above that only without filters or by `status` alone, else `count` is \
            10,000 and `capped` true. `sort` and `order` change nothing.",
        )
        .refuses(Code::Forbidden, "`deleted=true` is for admins.")
        .run(count),
        Operation::new::<BulkReport>(
            Method::POST,
            "/brands/{brandId}/tickets/bulk",
            "tickets.bulk",
            "One action on many tickets",
        )
        .keyed()
        .about(
            "Each ticket is a transaction of its own, with the effects and events of the single call \
            (trigger `bulk`); the reply says what came of each. A wrong field of the action is a 400, \
            and nothing is done. An idempotency key holds per ticket: a repeat does only what is \
            missing.",
        )
        .run_with(bulk),
        Operation::new::<Ticket>(Method::GET, ONE, "tickets.get", "One ticket by id or number").run(get),
        Operation::new::<Ticket>(Method::PATCH, ONE, "tickets.update", "Change a ticket")
            .about(
                "Any status to any other. Records one `ticket.updated` with all changes, then `ticket.closed` \
                or `ticket.reopened` where it applies; a change of status or assignee is told by a SYSTEM \
                comment. `isSpam` records only the spam events.",
            )
            .refuses(
                Code::Conflict,
                "`expectedUpdatedAt` is another one, the ticket was merged and its status is to change, or \
                the brand would have more than 5,000 tags.",
            )
            .tells_all(&[])
            .run_with(update),
        Operation::new::<Ticket>(Method::DELETE, ONE, "tickets.delete", "Delete a ticket with its comments")
            .about("Records `ticket.deleted`. It can be restored until it is purged.")
            .run(delete),
        Operation::new::<Ticket>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/restore",
            "tickets.restore",
            "Bring a deleted ticket back",
        )
        .needs(Permission::Configure)
        .about("Records `ticket.restored`.")
        .refuses(Code::Conflict, "It is not deleted.")
        .run(restore),
        Operation::new::<Ticket>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/spam",
            "tickets.setSpam",
            "Mark a ticket as spam, or no longer",
        )
        .about(
            "Spam blocks the customer as well, unless `blockCustomer` is false; taking it back lifts \
            both. The status stays. Records `ticket.spam_marked` or `ticket.spam_unmarked` (and \
            `customer.updated`); repeating the present value records nothing.",
        )
        .run_with(set_spam),
        Operation::new::<MergedTicket>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/merge",
            "tickets.merge",
            "Merge other tickets into this one",
        )
        .keyed()
        .about(
            "All or nothing. This ticket gets their comments, tags and watchers, and the body of each as \
            a CUSTOMER comment; they become `closed` with the reason `duplicate` and name it in \
            `mergedIntoId`. Records `ticket.merged` here, `ticket.updated` and `ticket.closed` there.",
        )
        .refuses(
            Code::Conflict,
            "One of them was merged already, or it would be too many comments (5,000) or tags (50).",
        )
        .run_with(merge),
        paged(
            Operation::page::<Activity>(
                "/brands/{brandId}/tickets/{ticketId}/activity",
                "tickets.activity",
                "What happened to a ticket",
            )
            .query("order", "Newest or oldest first.", order_schema("desc"))
            .query("types", TYPES, types_schema(CATALOGUE)),
        )
        .about("For people: one sentence per event. Events of features for admins are left out for others.")
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
    let query = asked(&mut call, ticket_query::read_counted).await?;
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
