//! `/brands/{brandId}/tags`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, tags};
use dispatch_model::{
    account::Success,
    tag::{MergedTag, NewTag, Tag, TagCount, TagMerge, TagPatch},
};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/tags";
const ONE: &str = "/brands/{brandId}/tags/{tagId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::array::<Tag>(ALL, "tags.list", "Tags by name").run(list),
        Operation::new::<Tag>(Method::POST, ALL, "tags.create", "Create a tag")
            .creates()
            .about("At most 5,000 per brand. Records `tag.created`.")
            .refuses(Code::Conflict, "The name is taken (in any case), or the brand has 5,000 tags.")
            .run_with(create),
        Operation::array::<TagCount>("/brands/{brandId}/tags/stats", "tags.stats", "How many tickets each tag has")
            .about("Every tag; spam and deleted tickets do not count.")
            .run(stats),
        Operation::new::<Tag>(Method::GET, ONE, "tags.get", "One tag").run(get),
        Operation::new::<Tag>(Method::PATCH, ONE, "tags.update", "Change a tag")
            .needs(Permission::Configure)
            .about("Records `tag.updated`.")
            .refuses(Code::Conflict, "The name is taken (in any case).")
            .run_with(update),
        Operation::new::<Success>(Method::DELETE, ONE, "tags.delete", "Delete a tag; it leaves all tickets")
            .needs(Permission::Configure)
            .empty()
            .about("It leaves all tickets at once. Records `tag.deleted`.")
            .run(delete),
        Operation::new::<MergedTag>(
            Method::POST,
            "/brands/{brandId}/tags/{tagId}/merge",
            "tags.merge",
            "Let tags vanish into this one, which their tickets get",
        )
        .needs(Permission::Configure)
        .about("Tickets of the sources have this tag from the answer on. Records `tag.merged`.")
        .run_with(merge),
    ]
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | tags::all(tx, &brand))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("tagId").to_owned());
    call.read(op!([brand, id] | tx, _act | tags::get(tx, &brand, &id))).await
}

async fn stats(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | tags::stats(tx, &brand))).await
}

async fn create(call: Call, new: NewTag) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | tags::create(tx, &act, &brand, &new))).await
}

async fn update(call: Call, patch: TagPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.at("tagId").to_owned(), Arc::new(patch));
    call.write(op!([brand, id, patch] | tx, act | tags::update(tx, &act, &brand, &id, &patch))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id, wake) = (call.brand(), call.at("tagId").to_owned(), call.app.clone());
    let reply = call.write(op!([brand, id] | tx, act | tags::delete(tx, &act, &brand, &id))).await?;
    wake.wake();
    Ok(reply)
}

async fn merge(call: Call, merge: TagMerge) -> Result<Reply, Problem> {
    let (brand, id, merge, wake) = (call.brand(), call.at("tagId").to_owned(), Arc::new(merge), call.app.clone());
    let reply = call.write(op!([brand, id, merge] | tx, act | tags::merge(tx, &act, &brand, &id, &merge))).await?;
    wake.wake();
    Ok(reply)
}
