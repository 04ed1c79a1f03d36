//! `/accounts/me`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{self as desk, Permission, Refusal, accounts, brands};
use dispatch_model::{
    BrandId,
    account::{Account, AccountDeleted, AccountDeletion, AccountPatch, Usage},
};
use dispatch_store::{self as store, Lane};

use super::sessions::signed_out;
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::Problem,
};

const ME: &str = "/accounts/me";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Account>(Method::GET, ME, "accounts.me", "The account").run(me),
        Operation::new::<Account>(Method::PATCH, ME, "accounts.update", "Rename the account")
            .needs(Permission::Account)
            .about("Records `account.updated` in the account's log.")
            .run_with(update),
        Operation::new::<AccountDeleted>(
            Method::DELETE,
            ME,
            "accounts.delete",
            "Delete every brand, revoke all keys, end all sessions",
        )
        .needs(Permission::Account)
        .about(
            "Every brand goes as `brands.delete` does it, one after the other, each with its events. What \
            was interrupted goes on when it is asked again.",
        )
        .sets_cookie()
        .run_with(delete),
        Operation::new::<Usage>(Method::GET, "/accounts/me/usage", "accounts.usage", "What the reachable brands hold")
            .strict()
            .about("Counts over the brands that the caller reaches; months are UTC.")
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

async fn update(call: Call, patch: AccountPatch) -> Result<Reply, Problem> {
    let (caller, patch) = (call.caller.clone(), Arc::new(patch));
    call.write(op!([caller, patch] | tx, act | accounts::update(tx, &act, &caller, &patch))).await
}

/// It runs to its end, also when the client does not wait for it. The body has said that it is meant.
async fn delete(call: Call, _confirmed: AccountDeletion) -> Result<Reply, Problem> {
    tokio::spawn(delete_all(call)).await.unwrap_or_else(|error| Err(store::Error::Bug(error.to_string()).into()))
}

/// The brands go one by one, each in its own lane with its own events: there may be any number of them. Whatever ends the
/// process meanwhile leaves an account with fewer brands, whose owner asks again.
async fn delete_all(call: Call) -> Result<Reply, Problem> {
    let (account, mut deleted) = (call.caller.account.clone(), Vec::new());
    let mut left: Vec<BrandId> = Vec::new();
    loop {
        for brand in left {
            if delete_brand(&call, &brand).await? {
                deleted.push(brand);
            }
        }
        // Every brand the first time; then those that were created meanwhile.
        let ended = account.clone();
        left = call.made(op!([ended] | tx, act | accounts::delete(tx, &act, &ended))).await?;
        if left.is_empty() {
            break;
        }
    }
    call.app.keys().forget();
    let count = i64::try_from(deleted.len()).unwrap_or(i64::MAX);
    let report = AccountDeleted { success: true, deleted_brands: deleted, deleted_brands_count: count };
    Ok(signed_out(call, write_json(&report)?))
}

/// Whether there was such a brand to delete.
async fn delete_brand(call: &Call, brand: &BrandId) -> Result<bool, Problem> {
    let (act, domain, id) =
        (call.app.act(call.caller.actor.clone(), call.caller.source), call.mail_domain(), brand.clone());
    let gone: Result<(), desk::Error> = call
        .app
        .db()
        .write(Lane::Brand(brand.clone()), call.operation.id, move |tx| {
            let (act, domain, id) = (act.clone(), domain.clone(), id.clone());
            Box::pin(async move { brands::delete(tx, &act, &id, &domain).await.map(|_| ()) })
        })
        .await;
    match gone {
        Ok(()) => Ok(true),
        Err(desk::Error::Refused(Refusal::NotFound)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
