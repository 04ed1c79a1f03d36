//! `/brands/{brandId}/statuses`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Error, Permission, statuses};
use dispatch_model::{
    input::schema,
    status::{NewStatus, Status, StatusCount, StatusDeleted, StatusOrder, StatusPatch, StatusReplacement},
    text::Reference,
};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/statuses";
const ONE: &str = "/brands/{brandId}/statuses/{statusId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::array::<Status>(ALL, "statuses.list", "System and custom statuses in display order").run(list),
        Operation::new::<Status>(
            Method::POST,
            ALL,
            "statuses.create",
            "Create a custom status, placed just before resolved",
        )
        .needs(Permission::Configure)
        .creates()
        .about("At most 100 per brand. Records `status.created`.")
        .refuses(Code::Conflict, "The key is taken, or the brand has 100 statuses.")
        .run_with(create),
        Operation::array::<StatusCount>(
            "/brands/{brandId}/statuses/stats",
            "statuses.stats",
            "How many tickets each status has",
        )
        .about("Zeros included; spam and deleted tickets do not count.")
        .run(stats),
        Operation::new::<Status>(
            Method::POST,
            "/brands/{brandId}/statuses/reorder",
            "statuses.reorder",
            "Set the display order of all statuses",
        )
        .many()
        .needs(Permission::Configure)
        .about(
            "Names every status of the brand once, system and custom ones in any order. This is the order \
            in lists, menus and sorting. Records `status.reordered`.",
        )
        .run_with(reorder),
        Operation::new::<Status>(Method::GET, ONE, "statuses.get", "One status by id, key or sts_<key>").run(get),
        Operation::new::<Status>(Method::PATCH, ONE, "statuses.update", "Change a status")
            .needs(Permission::Configure)
            .about(
                "Name and color of system statuses change as well. Another `isActive` regroups a custom \
                status's tickets in filters; their times stay. Records `status.updated`.",
            )
            .refuses(Code::Conflict, "`isActive` of a system status cannot be changed.")
            .run_with(update),
        Operation::new::<StatusDeleted>(
            Method::DELETE,
            ONE,
            "statuses.delete",
            "Delete a custom status and move its tickets",
        )
        .needs(Permission::Configure)
        .query(
            "replacementStatusId",
            "The status that its tickets get; may also stand in the body.",
            schema::any_text(),
        )
        .about(
            "For good and at once: its tickets, spam and deleted ones included, read as the replacement \
            from the answer on. Without tickets no replacement is needed. The tickets' own rows, \
            comments and `ticket.updated` follow in steps (source `system`, trigger `status_deleted`). \
            The key is free again. Records `status.deleted`.",
        )
        .refuses(Code::Conflict, "It is a system status.")
        .run_with(delete),
    ]
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | async { Ok::<_, Error>(statuses::all(tx, &brand).await?.all().to_vec()) })).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("statusId").to_owned());
    call.read(op!([brand, id] | tx, _act | statuses::get(tx, &brand, &id))).await
}

async fn stats(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | statuses::stats(tx, &brand))).await
}

async fn create(call: Call, new: NewStatus) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | statuses::create(tx, &act, &brand, &new))).await
}

async fn update(call: Call, patch: StatusPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.at("statusId").to_owned(), Arc::new(patch));
    call.write(op!([brand, id, patch] | tx, act | statuses::update(tx, &act, &brand, &id, &patch))).await
}

async fn reorder(call: Call, order: StatusOrder) -> Result<Reply, Problem> {
    let (brand, order) = (call.brand(), Arc::new(order));
    call.write(op!([brand, order] | tx, act | statuses::reorder(tx, &act, &brand, &order))).await
}

async fn delete(mut call: Call, body: StatusReplacement) -> Result<Reply, Problem> {
    let in_query = call
        .query(|params, errors| {
            let text = params.one("replacementStatusId", errors)?;
            Reference::new(&text).map_err(|message| errors.push("replacementStatusId", message)).ok()
        })
        .await?;
    let (brand, id, replacement) =
        (call.brand(), call.at("statusId").to_owned(), in_query.or(body.replacement_status_id));
    let wake = call.app.clone();
    let reply = call
        .write(op!([brand, id, replacement] | tx, act | statuses::delete(tx, &act, &brand, &id, replacement.as_ref())))
        .await?;
    wake.wake();
    Ok(reply)
}
