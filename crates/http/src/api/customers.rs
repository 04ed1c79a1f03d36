//! `/brands/{brandId}/customers`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Permission,
    customers::{self, CustomerQuery},
    erase,
};
use dispatch_model::{
    customer::{Customer, CustomerErased, CustomerPatch, CustomerSort, NewCustomer},
    input::schema,
    limits::{CUSTOMER_SEARCH, ERASE_STEPS_AT_ONCE, SEARCH_CHARS_MAX},
};

use super::{descending, limit, order_schema, page_limit, paged, search, sort};
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/customers";
const ONE: &str = "/brands/{brandId}/customers/{customerId}";
/// Code points that a search for a customer has at least (API 9).
const SEARCH_CHARS_MIN: usize = 2;

pub(super) fn operations() -> Vec<Operation> {
    let list_operation = Operation::page::<Customer>(ALL, "customers.list", "Customers of a brand")
        .query(
            "search",
            "Only those of whom each of these words begins a word of the name or the address.",
            schema::text(0, SEARCH_CHARS_MAX),
        )
        .like("jane")
        .query("companyId", "Only those of this company.", schema::any_text())
        .query("email", "Only the one with this address, in any case.", schema::any_text())
        .query(
            "isBlocked",
            "Whether its mail is treated as spam; `any` for both.",
            schema::one_of_or(&["true", "false", "any", "1", "0"], "false"),
        )
        .query("sort", "What they are sorted by.", schema::one_of_or(CustomerSort::ALL, "createdAt"))
        .query("order", "Empty values come last in both.", order_schema("desc"));
    vec![
        Operation::new::<Customer>(Method::POST, ALL, "customers.create", "Create a customer")
            .creates()
            .about(
                "One customer per address and brand. A new one without a company joins the company whose \
                domain is its address's, unless that is a free-mail domain. Records `customer.created`, \
                before it `company.created` when a name makes a company.",
            )
            .refuses(Code::Conflict, "A customer with this address exists already.")
            .tells_all(&[("email", "\"-@-\"")])
            .run_with(create),
        paged(list_operation).run(list),
        Operation::array::<Customer>(
            "/brands/{brandId}/customers/search",
            "customers.search",
            "Customers whose name or address begins with a text",
        )
        .query(
            "q",
            "What is typed so far: the beginnings of words of the name or the address.",
            schema::text(SEARCH_CHARS_MIN, SEARCH_CHARS_MAX),
        )
        .like("jane")
        .asked()
        .query("limit", "Customers at most.", schema::int_or(1, CUSTOMER_SEARCH.1, CUSTOMER_SEARCH.0))
        .about("For typing: the best few, without pages.")
        .run(search_customers),
        Operation::new::<Customer>(Method::GET, ONE, "customers.get", "One customer").run(get),
        Operation::new::<Customer>(Method::PATCH, ONE, "customers.update", "Change a customer")
            .about("Records `customer.updated`.")
            .refuses(Code::Conflict, "A customer with this address exists already.")
            .tells_all(&[])
            .run_with(update),
        Operation::new::<Customer>(Method::DELETE, ONE, "customers.delete", "Delete a customer; its tickets stay")
            .about(
                "Its tickets keep its address and name until they are purged. The address is free again. \
                Records `customer.deleted`.",
            )
            .run(delete),
        Operation::new::<CustomerErased>(
            Method::POST,
            "/brands/{brandId}/customers/{customerId}/erase",
            "customers.erase",
            "Erase the data of a customer from everywhere, also of a deleted one",
        )
        .needs(Permission::Configure)
        .about(
            "Removes or blanks what the customer wrote and who they are, wherever it was copied: tickets, \
            comments, events, search, stored answers. Ids, types, times and the order of events stay. \
            What is left at the time of the answer is done behind it.",
        )
        .run(erase_customer),
    ]
}

async fn create(call: Call, new: NewCustomer) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | customers::create(tx, &act, &brand, &new))).await
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| CustomerQuery {
            search: search(params, "search", errors),
            company_id: params.one("companyId", errors),
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
            sort: sort(params, CustomerSort::CreatedAt, &[], errors),
            descending: descending(params, true, errors),
            limit: page_limit(params, errors),
            cursor: params.one("cursor", errors),
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

async fn search_customers(mut call: Call) -> Result<Reply, Problem> {
    let (text, limit) = call
        .query(|params, errors| {
            let text = search(params, "q", errors);
            match &text {
                None => errors.push("q", "is required"),
                Some(text) if text.trim().chars().count() < SEARCH_CHARS_MIN => {
                    errors.push("q", format!("must have at least {SEARCH_CHARS_MIN} characters"));
                }
                Some(_) => {}
            }
            (text.unwrap_or_default(), limit(params, CUSTOMER_SEARCH.0, CUSTOMER_SEARCH.1, errors))
        })
        .await?;
    let (brand, text) = (call.brand(), Arc::new(text));
    call.read(op!([brand, text] | tx, _act | customers::search(tx, &brand, &text, limit))).await
}

/// Each step is a transaction of its own, so that others write between two. What is not done after a reasonable number of
/// them, the worker does.
async fn erase_customer(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("customerId").to_owned());
    let (of, who) = (brand.clone(), id.clone());
    let mut more = call.made(op!([of, who] | tx, act | erase::begin(tx, &act, &of, &who))).await?;
    for _ in 0..ERASE_STEPS_AT_ONCE {
        if !more {
            break;
        }
        let (of, who) = (brand.clone(), id.clone());
        more = call.made(op!([of, who] | tx, act | erase::work(tx, &act, &of, &who))).await?;
    }
    if more {
        call.app.wake();
    }
    Ok(call.reply(write_json(&CustomerErased { success: true })?))
}
