//! `/brands/{brandId}/companies`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    companies::{self, CompanyQuery},
    tickets,
};
use dispatch_model::{
    company::{Company, CompanyPatch, CompanySort, NewCompany},
    input::schema,
    limits::SEARCH_CHARS_MAX,
    ticket::Ticket,
};

use super::{
    descending, order_schema, page_limit, paged, search, sort,
    ticket_query::{self, asked, filters, order},
};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/companies";
const ONE: &str = "/brands/{brandId}/companies/{companyId}";

pub(super) fn operations() -> Vec<Operation> {
    let list_operation = Operation::page::<Company>(ALL, "companies.list", "Companies of a brand")
        .query(
            "search",
            "Only those in whose name or domain each of these words begins a word.",
            schema::text(0, SEARCH_CHARS_MAX),
        )
        .query("sort", "What they are sorted by.", schema::one_of_or(CompanySort::ALL, "name"))
        .query("order", "Up or down.", order_schema("asc"));
    vec![
        Operation::new::<Company>(
            Method::POST,
            ALL,
            "companies.create",
            "Create a company; customers of its domain without a company join it",
        )
        .creates()
        .about(
            "Customers of its domain that have no company join it, at once for every reader. Records \
            `company.created`.",
        )
        .refuses(Code::Conflict, "The domain belongs to another company.")
        .tells_all(&[("name", "\"-\"")])
        .run_with(create),
        paged(list_operation).run(list),
        Operation::new::<Company>(Method::GET, ONE, "companies.get", "One company").run(get),
        Operation::new::<Company>(Method::PATCH, ONE, "companies.update", "Change a company")
            .about(
                "A new domain links customers as on create. Settings apply to tickets to come. Records \
                `company.updated`.",
            )
            .refuses(Code::Conflict, "The domain belongs to another company.")
            .tells_all(&[])
            .run_with(update),
        Operation::new::<Company>(
            Method::DELETE,
            ONE,
            "companies.delete",
            "Delete a company; its customers stay without one",
        )
        .about("Records `company.deleted`.")
        .run(delete),
        paged(order(filters(Operation::page::<Ticket>(
            "/brands/{brandId}/companies/{companyId}/tickets",
            "companies.tickets",
            "Every ticket of all customers of a company",
        ))))
        .about("Filters, order and pages as in `tickets.list`.")
        .refuses(Code::Forbidden, "`deleted=true` is for admins.")
        .run(tickets_of),
    ]
}

async fn tickets_of(mut call: Call) -> Result<Reply, Problem> {
    let query = asked(&mut call, ticket_query::read).await?;
    let (brand, company) = (call.brand(), call.at("companyId").to_owned());
    call.read(op!([brand, company, query] | tx, act | tickets::list_of_company(tx, &act, &brand, &company, &query)))
        .await
}

async fn create(call: Call, new: NewCompany) -> Result<Reply, Problem> {
    let (brand, new, app) = (call.brand(), Arc::new(new), call.app.clone());
    let reply = call.write(op!([brand, new] | tx, act | companies::create(tx, &act, &brand, &new))).await?;
    app.wake();
    Ok(reply)
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| CompanyQuery {
            search: search(params, "search", errors),
            sort: sort(params, CompanySort::Name, &[], errors),
            descending: descending(params, false, errors),
            limit: page_limit(params, errors),
            cursor: params.one("cursor", errors),
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    call.read(op!([brand, query] | tx, _act | companies::list(tx, &brand, &query))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("companyId").to_owned());
    call.read(op!([brand, id] | tx, _act | companies::get(tx, &brand, &id))).await
}

async fn update(call: Call, patch: CompanyPatch) -> Result<Reply, Problem> {
    let (brand, id, patch, app) = (call.brand(), call.at("companyId").to_owned(), Arc::new(patch), call.app.clone());
    let reply =
        call.write(op!([brand, id, patch] | tx, act | companies::update(tx, &act, &brand, &id, &patch))).await?;
    app.wake();
    Ok(reply)
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id, app) = (call.brand(), call.at("companyId").to_owned(), call.app.clone());
    let reply = call.write(op!([brand, id] | tx, act | companies::delete(tx, &act, &brand, &id))).await?;
    app.wake();
    Ok(reply)
}
