//! The routes, one file per noun.

mod accounts;
mod api_keys;
mod brands;
mod comments;
mod customers;
mod events;
mod members;
pub(crate) mod operations;
mod profile;
mod sessions;
mod sign_in;
mod statuses;
mod tickets;

use dispatch_model::{
    Errors,
    input::{Params, QueryValue, schema},
    limits::{PAGE_DEFAULT, PAGE_MAX},
};

use crate::operation::Operation;

/// Every route under `/v1` but health and readiness.
pub(crate) fn operations() -> Vec<Operation> {
    [
        accounts::operations(),
        api_keys::operations(),
        sign_in::operations(),
        sessions::operations(),
        profile::operations(),
        members::operations(),
        brands::operations(),
        statuses::operations(),
        customers::operations(),
        tickets::operations(),
        comments::operations(),
        events::operations(),
    ]
    .concat()
}

/// Adds the parameters of a page to a list.
fn paged(operation: Operation) -> Operation {
    operation
        .query("limit", "Items of the page; 50 when left out.", schema::int(1, PAGE_MAX))
        .query("cursor", "Where the page begins: `nextCursor` of the page before.", schema::text(1, 4096))
        .strict()
}

/// Reads `limit`: within 1 to `max`.
fn limit(params: &mut Params, default: i64, max: i64, errors: &mut Errors) -> i64 {
    let limit = params.parsed::<i64>("limit", errors).unwrap_or(default);
    if !(1..=max).contains(&limit) {
        errors.push("limit", format!("must be from 1 to {max}"));
    }
    limit
}

/// Reads the `limit` of a usual page.
fn page_limit(params: &mut Params, errors: &mut Errors) -> i64 {
    limit(params, PAGE_DEFAULT, PAGE_MAX, errors)
}

/// Reads `sort`; `later` are the contract's sorts that come with later versions.
fn sort<T: QueryValue>(params: &mut Params, default: T, later: &[&str], errors: &mut Errors) -> T {
    match params.one("sort", errors) {
        None => default,
        Some(text) if later.contains(&text.as_str()) => {
            errors.push("sort", "not available yet");
            default
        }
        Some(text) => T::read(&text).unwrap_or_else(|message| {
            errors.push("sort", message);
            default
        }),
    }
}

/// Reads `order`: whether it is descending.
fn descending(params: &mut Params, default: bool, errors: &mut Errors) -> bool {
    match params.one("order", errors).as_deref() {
        None => default,
        Some("desc") => true,
        Some("asc") => false,
        Some(_) => {
            errors.push("order", "must be one of: asc, desc");
            default
        }
    }
}
