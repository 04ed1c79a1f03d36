//! `/auth/profile`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, profile};
use dispatch_model::session::{Profile, ProfilePatch};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::Problem,
};

const PATH: &str = "/auth/profile";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Profile>(Method::GET, PATH, "profile.get", "The profile of whoever is signed in")
            .needs(Permission::Session)
            .run(get),
        Operation::new::<Profile>(Method::PATCH, PATH, "profile.update", "Change the profile")
            .needs(Permission::Session)
            .run_with(update),
    ]
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    call.read(op!([caller] | tx, _act | profile::get(tx, &caller))).await
}

async fn update(call: Call, patch: ProfilePatch) -> Result<Reply, Problem> {
    let (caller, patch) = (call.caller.clone(), Arc::new(patch));
    call.write(op!([caller, patch] | tx, act | profile::update(tx, &act, &caller, &patch))).await
}
