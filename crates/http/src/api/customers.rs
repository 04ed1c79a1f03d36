//! `/brands/{brandId}/customers`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::customers::{self, CustomerQuery};
use dispatch_model::{
    customer::{Customer, CustomerPatch, CustomerSort, NewCustomer},
    input::schema,
};

use super::{descending, page_limit, paged, sort};
use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::Problem,
};

const ALL: &str = "/brands/{brandId}/customers";
const ONE: &str = "/brands/{brandId}/customers/{customerId}";
/// Parameters of the contract that come with later versions.
const LATER: [&str; 2] = ["search", "companyId"];

pub(super) fn operations() -> Vec<Operation> {
    let list_operation = Operation::page::<Customer>(ALL, "customers.list", "Customers of a brand")
        .query("email", "Only the one with this address.", schema::text(1, 320))
        .query("isBlocked", "false when left out.", schema::one_of(&["true", "false", "any"]))
        .query("sort", "What they are sorted by; createdAt when left out.", schema::one_of(CustomerSort::ALL))
        .query("order", "desc when left out.", schema::one_of(&["asc", "desc"]));
    let list_operation = LATER
        .iter()
        .fold(list_operation, |operation, name| operation.query(name, "Not available yet.", schema::text(0, 200)));
    vec![
        Operation::new::<Customer>(Method::POST, ALL, "customers.create", "Create a customer")
            .creates()
            .run_with(create),
        paged(list_operation).run(list),
        Operation::new::<Customer>(Method::GET, ONE, "customers.get", "One customer").run(get),
        Operation::new::<Customer>(Method::PATCH, ONE, "customers.update", "Change a customer").run_with(update),
        Operation::new::<Customer>(Method::DELETE, ONE, "customers.delete", "Delete a customer; its tickets stay")
            .run(delete),
    ]
}

async fn create(call: Call, new: NewCustomer) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | customers::create(tx, &act, &brand, &new))).await
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| {
            params.later(&LATER, errors);
            CustomerQuery {
                email: params.one("email", errors).map(|email| email.trim().to_lowercase()),
                is_blocked: match params.one("isBlocked", errors).as_deref() {
                    None | Some("false" | "0") => Some(false),
                    Some("true" | "1") => Some(true),
                    Some("any") => None,
                    Some(_) => {
                        errors.push("isBlocked", "must be one of: true, false, any");
                        None
                    }
                },
                sort: sort(params, CustomerSort::CreatedAt, &["name"], errors),
                descending: descending(params, true, errors),
                limit: page_limit(params, errors),
                cursor: params.one("cursor", errors),
            }
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    call.read(op!([brand, query] | tx, _act | customers::list(tx, &brand, &query))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("customerId").to_owned());
    call.read(op!([brand, id] | tx, _act | customers::get(tx, &brand, &id))).await
}

async fn update(call: Call, patch: CustomerPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.at("customerId").to_owned(), Arc::new(patch));
    call.write(op!([brand, id, patch] | tx, act | customers::update(tx, &act, &brand, &id, &patch))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("customerId").to_owned());
    call.write(op!([brand, id] | tx, act | customers::delete(tx, &act, &brand, &id))).await
}
