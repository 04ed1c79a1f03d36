//! `/brands`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Error, Permission, brands, members};
use dispatch_model::{
    JsonText,
    brand::{BrandContents, BrandPatch, BrandView, NewBrand, SchemaInput},
    input::schema,
};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands";
const ONE: &str = "/brands/{brandId}";
const SCHEMA: &str = "/brands/{brandId}/schema";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<BrandView>(Method::POST, ALL, "brands.create", "Create a brand with its four system statuses")
            .needs(Permission::Manage)
            .creates()
            .about(
                "A slug is made from the name when it is left out, with a number behind it when that is \
                taken. Records `brand.created`.",
            )
            .refuses(Code::Conflict, "The slug is taken.")
            .run_with(create),
        Operation::array::<BrandView>(ALL, "brands.list", "The caller's brands by name").run(list),
        Operation::new::<BrandView>(Method::GET, ONE, "brands.get", "One brand").run(get),
        Operation::new::<BrandView>(Method::PATCH, ONE, "brands.update", "Change a brand")
            .needs(Permission::Configure)
            .about(
                "Old slugs stay reserved. Fields of features that are not available yet take nothing but \
                their defaults. Records `brand.updated`.",
            )
            .refuses(Code::Conflict, "The slug is taken.")
            .run_with(update),
        Operation::new::<BrandView>(
            Method::DELETE,
            ONE,
            "brands.delete",
            "Delete a brand; without confirm, count what would go",
        )
        .needs(Permission::DeleteBrands)
        .query("confirm", "Deletes when it is true.", schema::boolean())
        .also::<BrandContents>()
        .about(
            "Without `confirm=true` nothing is deleted and the reply says what would go. With it, the \
            brand vanishes from every route at once. Records `brand.deleted`.",
        )
        .run(delete),
        Operation::new::<JsonText>(Method::GET, SCHEMA, "brands.getSchema", "The schema stored with a brand")
            .or_null()
            .about("Null when there is none.")
            .run(get_schema),
        Operation::new::<JsonText>(
            Method::PUT,
            SCHEMA,
            "brands.updateSchema",
            "Replace the schema stored with a brand",
        )
        .needs(Permission::Configure)
        .about("Replaces it as a whole; it is stored and never enforced. Records `brand.updated`.")
        .run_with(put_schema),
    ]
}

async fn create(call: Call, new: NewBrand) -> Result<Reply, Problem> {
    let (caller, new, domains) = (call.caller.clone(), Arc::new(new), Arc::new(call.mail_domains()));
    call.write(op!(
        [caller, new, domains] | tx,
        act | async {
            let brand = brands::create(tx, &act, &caller.account, &new, &domains).await?;
            members::reach_new_brand(tx, &caller, &brand.id).await?;
            Ok::<_, Error>(brand)
        }
    ))
    .await
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let (caller, domain) = (call.caller.clone(), call.mail_domain());
    call.read(op!(
        [caller, domain] | tx,
        _act | async {
            let brands = brands::reachable(tx, &caller).await?;
            brands::views(tx, brands, &domain).await
        }
    ))
    .await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, domain) = (call.brand(), call.mail_domain());
    call.read(op!(
        [brand, domain] | tx,
        _act | async {
            let found = brands::get(tx, &brand).await?;
            brands::view(tx, found, &domain).await
        }
    ))
    .await
}

async fn update(call: Call, patch: BrandPatch) -> Result<Reply, Problem> {
    let (brand, patch, domains) = (call.brand(), Arc::new(patch), Arc::new(call.mail_domains()));
    call.write(op!([brand, patch, domains] | tx, act | brands::update(tx, &act, &brand, &patch, &domains))).await
}

async fn delete(mut call: Call) -> Result<Reply, Problem> {
    let confirmed = call.query(|params, errors| params.parsed::<bool>("confirm", errors)).await?;
    let (brand, domain) = (call.brand(), call.mail_domain());
    if confirmed != Some(true) {
        return call.read(op!([brand] | tx, _act | brands::contents(tx, &brand))).await;
    }
    call.write(op!([brand, domain] | tx, act | brands::delete(tx, &act, &brand, &domain))).await
}

async fn get_schema(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | async { Ok::<_, Error>(brands::get(tx, &brand).await?.ticket_schema) })).await
}

async fn put_schema(call: Call, schema: SchemaInput) -> Result<Reply, Problem> {
    let (brand, schema, domain) = (call.brand(), schema.0, call.mail_domain());
    call.write(op!([brand, schema, domain] | tx, act | brands::put_schema(tx, &act, &brand, &schema, &domain))).await
}
