//! `/accounts/me`.

use axum::http::Method;
use dispatch_desk::accounts;
use dispatch_model::account::{Account, Usage};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::Problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Account>(Method::GET, "/accounts/me", "accounts.me", "The account").run(me),
        Operation::new::<Usage>(Method::GET, "/accounts/me/usage", "accounts.usage", "What the reachable brands hold")
            .strict()
            .run(usage),
    ]
}

async fn me(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    call.read(op!([caller] | tx, _act | accounts::get(tx, &caller))).await
}

async fn usage(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    call.read(op!([caller] | tx, act | accounts::usage(tx, &caller, &act))).await
}
