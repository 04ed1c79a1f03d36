//! `/brands/{brandId}/fields`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, fields};
use dispatch_model::{
    account::Success,
    field::{FieldDefinition, FieldDefinitions, FieldEntity, FieldOrder, FieldPatch, NewField},
};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const OF_ENTITY: &str = "/brands/{brandId}/fields/{entity}";
const ONE: &str = "/brands/{brandId}/fields/{entity}/{key}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<FieldDefinitions>(
            Method::GET,
            "/brands/{brandId}/fields",
            "fields.listAll",
            "The definitions of all custom fields",
        )
        .strict()
        .about("Each list in its display order.")
        .run(list_all),
        Operation::array::<FieldDefinition>(
            OF_ENTITY,
            "fields.list",
            "The definitions of the custom fields of ticket, customer or company in display order",
        )
        .about("An entity that is none of the three is not found.")
        .run(list),
        Operation::new::<FieldDefinition>(Method::POST, OF_ENTITY, "fields.create", "Define a custom field")
            .needs(Permission::Configure)
            .creates()
            .about(
                "Definitions say how `customFields` are shown and asked for; they never refuse a value. At \
                most 200 per entity. Records `field.created`.",
            )
            .refuses(Code::Conflict, "The key is taken, or there are 200 definitions.")
            .run_with(create),
        Operation::new::<FieldDefinition>(
            Method::POST,
            "/brands/{brandId}/fields/{entity}/reorder",
            "fields.reorder",
            "Set the display order of the definitions of one entity",
        )
        .many()
        .needs(Permission::Configure)
        .about("Names every key once. Records `field.reordered`.")
        .run_with(reorder),
        Operation::new::<FieldDefinition>(Method::PATCH, ONE, "fields.update", "Change a definition")
            .needs(Permission::Configure)
            .about("Key and type never change. Records `field.updated`.")
            .run_with(update),
        Operation::new::<Success>(Method::DELETE, ONE, "fields.delete", "Remove a definition; stored values stay")
            .needs(Permission::Configure)
            .empty()
            .about("Records `field.deleted`.")
            .run(delete),
    ]
}

/// The entity that the path names.
fn entity(call: &Call) -> Result<FieldEntity, Problem> {
    Ok(fields::entity(call.at("entity"))?)
}

async fn list_all(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | fields::all(tx, &brand))).await
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let (brand, entity) = (call.brand(), entity(&call)?);
    call.read(op!([brand] | tx, _act | fields::of_entity(tx, &brand, entity))).await
}

async fn create(call: Call, new: NewField) -> Result<Reply, Problem> {
    let (brand, entity, new) = (call.brand(), entity(&call)?, Arc::new(new));
    call.write(op!([brand, new] | tx, act | fields::create(tx, &act, &brand, entity, &new))).await
}

async fn update(call: Call, patch: FieldPatch) -> Result<Reply, Problem> {
    let (brand, entity, key) = (call.brand(), entity(&call)?, call.at("key").to_owned());
    let patch = Arc::new(patch);
    call.write(op!([brand, key, patch] | tx, act | fields::update(tx, &act, &brand, entity, &key, &patch))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, entity, key) = (call.brand(), entity(&call)?, call.at("key").to_owned());
    call.write(op!([brand, key] | tx, act | fields::delete(tx, &act, &brand, entity, &key))).await
}

async fn reorder(call: Call, order: FieldOrder) -> Result<Reply, Problem> {
    let (brand, entity, order) = (call.brand(), entity(&call)?, Arc::new(order));
    call.write(op!([brand, order] | tx, act | fields::reorder(tx, &act, &brand, entity, &order))).await
}
