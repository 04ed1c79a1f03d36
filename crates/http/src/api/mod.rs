//! The routes, one file per noun.

mod accounts;
mod api_keys;
mod brands;
mod bulk;
mod categories;
mod comments;
mod companies;
mod customers;
mod events;
mod fields;
mod logs;
mod members;
pub(crate) mod operations;
mod presence;
mod profile;
mod queue;
mod sessions;
mod sign_in;
mod statuses;
mod tags;
mod ticket_query;
mod tickets;
mod watchers;

use dispatch_model::{
    Errors,
    input::{Params, QueryValue, schema},
    limits::{PAGE_DEFAULT, PAGE_MAX, SEARCH_CHARS_MAX},
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
        categories::operations(),
        tags::operations(),
        fields::operations(),
        customers::operations(),
        companies::operations(),
        tickets::operations(),
        comments::operations(),
        watchers::operations(),
        presence::operations(),
        queue::operations(),
        events::operations(),
        logs::operations(),
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

/// Reads a text to search for.
fn search(params: &mut Params, name: &str, errors: &mut Errors) -> Option<String> {
    let text = params.one(name, errors)?;
    if text.chars().count() > SEARCH_CHARS_MAX {
        errors.push(name, format!("must have at most {SEARCH_CHARS_MAX} characters"));
    }
    Some(text)
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
