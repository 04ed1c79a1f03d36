//! `/brands/{brandId}/tickets/{ticketId}/watchers`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::watchers;
use dispatch_model::{
    account::Success,
    watcher::{NewWatcher, Watcher, WatcherPatch},
};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/tickets/{ticketId}/watchers";
const ONE: &str = "/brands/{brandId}/tickets/{ticketId}/watchers/{watcherId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::array::<Watcher>(ALL, "watchers.list", "Who watches a ticket")
            .about("In the order in which they were added.")
            .run(list),
        Operation::new::<Watcher>(Method::POST, ALL, "watchers.add", "Let somebody watch a ticket")
            .creates()
            .or_ok()
            .about(
                "The address of a member becomes that member. Who watches already is answered with 200 as \
                they are. At most 100. Records `watcher.added`.",
            )
            .refuses(Code::Conflict, "The ticket has 100 watchers.")
            .run_with(add),
        Operation::new::<Watcher>(Method::PATCH, ONE, "watchers.update", "Change what a watcher hears of")
            .run_with(update),
        Operation::new::<Success>(Method::DELETE, ONE, "watchers.remove", "Let somebody watch no longer")
            .empty()
            .about("Records `watcher.removed`.")
            .run(remove),
    ]
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let (brand, ticket) = (call.brand(), call.at("ticketId").to_owned());
    call.read(op!([brand, ticket] | tx, _act | watchers::list(tx, &brand, &ticket))).await
}

async fn add(call: Call, new: NewWatcher) -> Result<Reply, Problem> {
    let (brand, ticket, new) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(new));
    call.write_new(op!([brand, ticket, new] | tx, act | watchers::add(tx, &act, &brand, &ticket, &new))).await
}

async fn update(call: Call, patch: WatcherPatch) -> Result<Reply, Problem> {
    let (brand, ticket, id) = (call.brand(), call.at("ticketId").to_owned(), call.at("watcherId").to_owned());
    let patch = Arc::new(patch);
    call.write(op!([brand, ticket, id, patch] | tx, _act | watchers::update(tx, &brand, &ticket, &id, &patch))).await
}

async fn remove(call: Call) -> Result<Reply, Problem> {
    let (brand, ticket, id) = (call.brand(), call.at("ticketId").to_owned(), call.at("watcherId").to_owned());
    call.write(op!([brand, ticket, id] | tx, act | watchers::remove(tx, &act, &brand, &ticket, &id))).await
}
