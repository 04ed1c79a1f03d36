//! `/brands/{brandId}/categories`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, categories};
use dispatch_model::{
    account::Success,
    category::{Category, CategoryOrder, CategoryPatch, CategoryReplacement, CategoryStats, NewCategory},
    input::schema,
    text::Reference,
};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/categories";
const ONE: &str = "/brands/{brandId}/categories/{categoryId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::array::<Category>(ALL, "categories.list", "Categories in display order").run(list),
        Operation::new::<Category>(Method::POST, ALL, "categories.create", "Create a category")
            .needs(Permission::Configure)
            .creates()
            .about("At most 500 per brand. Records `category.created`.")
            .refuses(Code::Conflict, "The name (in any case) or the key is taken, or the brand has 500 categories.")
            .run_with(create),
        Operation::new::<CategoryStats>(
            Method::GET,
            "/brands/{brandId}/categories/stats",
            "categories.stats",
            "How many tickets each category has, by its id",
        )
        .strict()
        .about("Every category; spam and deleted tickets do not count.")
        .run(stats),
        Operation::new::<Category>(
            Method::POST,
            "/brands/{brandId}/categories/reorder",
            "categories.reorder",
            "Set the display order of all categories",
        )
        .many()
        .needs(Permission::Configure)
        .about("Names every category of the brand once. Records `category.reordered`.")
        .run_with(reorder),
        Operation::new::<Category>(Method::GET, ONE, "categories.get", "One category").run(get),
        Operation::new::<Category>(Method::PATCH, ONE, "categories.update", "Change a category")
            .needs(Permission::Configure)
            .about("The key stays. Records `category.updated`.")
            .refuses(Code::Conflict, "The name is taken (in any case).")
            .run_with(update),
        Operation::new::<Success>(
            Method::DELETE,
            ONE,
            "categories.delete",
            "Delete a category; its tickets lose it or move",
        )
        .needs(Permission::Configure)
        .empty()
        .query(
            "replacementCategoryId",
            "The category that its tickets get, by id or key; may also stand in the body.",
            schema::any_text(),
        )
        .about(
            "Tickets read as without it, or with the replacement, from the answer on. Records \
            `category.deleted`, and nothing per ticket.",
        )
        .run_with(delete),
    ]
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | categories::all(tx, &brand))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("categoryId").to_owned());
    call.read(op!([brand, id] | tx, _act | categories::get(tx, &brand, &id))).await
}

async fn stats(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | categories::stats(tx, &brand))).await
}

async fn create(call: Call, new: NewCategory) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | categories::create(tx, &act, &brand, &new))).await
}

async fn update(call: Call, patch: CategoryPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.at("categoryId").to_owned(), Arc::new(patch));
    call.write(op!([brand, id, patch] | tx, act | categories::update(tx, &act, &brand, &id, &patch))).await
}

async fn reorder(call: Call, order: CategoryOrder) -> Result<Reply, Problem> {
    let (brand, order) = (call.brand(), Arc::new(order));
    call.write(op!([brand, order] | tx, act | categories::reorder(tx, &act, &brand, &order))).await
}

async fn delete(mut call: Call, body: CategoryReplacement) -> Result<Reply, Problem> {
    let in_query = call
        .query(|params, errors| {
            let text = params.one("replacementCategoryId", errors)?;
            Reference::new(&text).map_err(|message| errors.push("replacementCategoryId", message)).ok()
        })
        .await?;
    let (brand, id, replacement) =
        (call.brand(), call.at("categoryId").to_owned(), in_query.or(body.replacement_category_id));
    // A read of its own: no writer waits while a million tickets are counted.
    let (of, held) = (brand.clone(), id.clone());
    let tickets = call.found(op!([of, held] | tx, _act | categories::ticket_count(tx, &of, &held))).await?;
    let wake = call.app.clone();
    let reply = call
        .write(op!(
            [brand, id, replacement] | tx,
            act | categories::delete(tx, &act, &brand, &id, replacement.as_ref(), tickets)
        ))
        .await?;
    wake.wake();
    Ok(reply)
}
