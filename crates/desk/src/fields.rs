//! Definitions of custom fields (API 14).

use std::collections::HashSet;

use dispatch_model::{
    BrandId, Errors, JsonText,
    event::{Act, Changes, EventType},
    field::{FieldDefinition, FieldDefinitions, FieldEntity, FieldOrder, FieldPatch, FieldType, NewField},
    limits::FIELDS_MAX,
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result, brands,
    error::{Found, conflict},
    payload,
};

/// What stands in the place of a key in the routes, so that no field may be called so.
const RESERVED_KEY: &str = "reorder";

/// The entity that a path names.
///
/// # Errors
/// When there is none.
pub fn entity(text: &str) -> Result<FieldEntity> {
    FieldEntity::read(text).ok().found()
}

/// Every definition of a brand.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<FieldDefinitions> {
    brands::get(tx, brand).await?;
    of_brand(tx, brand).await
}

/// Every definition of a brand that is known to be there.
pub(crate) async fn of_brand(tx: &Tx, brand: &BrandId) -> Result<FieldDefinitions> {
    Ok(store::fields::of_brands(tx, std::slice::from_ref(brand)).await?.pop().unwrap_or_default())
}

/// The definitions of one entity in display order.
///
/// # Errors
/// When there is no such brand.
pub async fn of_entity(tx: &Tx, brand: &BrandId, entity: FieldEntity) -> Result<Vec<FieldDefinition>> {
    let (_, fields) = futures_util::try_join!(brands::get(tx, brand), async {
        Ok(store::fields::of_entity(tx, brand, entity).await?)
    })?;
    Ok(fields)
}

/// One definition.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, entity: FieldEntity, key: &str) -> Result<FieldDefinition> {
    brands::get(tx, brand).await?;
    store::fields::get(tx, brand, entity, key).await?.found()
}

/// An event about a definition.
fn record(tx: &Tx, act: &Act, brand: &BrandId, kind: EventType, field: &FieldDefinition, changes: Option<JsonText>) {
    tx.record(act, brand, payload::object(kind, field.id.as_str(), "field", field, changes));
}

/// Creates a definition behind the others of its entity.
///
/// # Errors
/// When the key is taken, a select type has no options, or there are too many definitions.
pub async fn create(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    entity: FieldEntity,
    new: &NewField,
) -> Result<FieldDefinition> {
    let others = of_entity(tx, brand, entity).await?;
    let options = new.options.clone().map(|options| options.0).unwrap_or_default();
    let mut errors = Errors::default();
    if *new.key == *RESERVED_KEY {
        errors.push("key", format!("must not be {RESERVED_KEY}"));
    }
    need_options(new.kind, &options, &mut errors);
    errors.into_result()?;
    if others.iter().any(|other| other.key == *new.key) {
        return Err(conflict(format!("The key {} is taken.", &*new.key)));
    }
    if i64::try_from(others.len()).unwrap_or(i64::MAX) >= FIELDS_MAX {
        return Err(conflict(format!("There are {FIELDS_MAX} fields of this kind, which is the limit.")));
    }
    let mut created = FieldDefinition {
        id: act.mint.id(),
        entity,
        key: String::from(new.key.clone()),
        label: String::from(new.label.clone()),
        kind: new.kind,
        required: new.required.unwrap_or(false),
        default_value: new.default_value.clone().map(|value| value.0),
        description: new.description.clone().map(String::from),
        placeholder: new.placeholder.clone().map(String::from),
        options,
        show_on_create: true,
        show_in_table: true,
        show_in_detail: true,
        visible: true,
        sort_order: others.last().map_or(0, |last| last.sort_order + 1),
        created_at: act.at,
        updated_at: act.at,
    };
    created.show(new.visible, new.show_on_create, new.show_in_table, new.show_in_detail);
    store::fields::insert(tx, brand, &created).await?;
    record(tx, act, brand, "field.created", &created, None);
    Ok(created)
}

fn need_options(kind: FieldType, options: &[String], errors: &mut Errors) {
    if kind.needs_options() && options.is_empty() {
        errors.push("options", format!("must have at least one item for {}", kind.as_str()));
    }
}

/// Changes a definition.
///
/// # Errors
/// When there is none, its key or type would change, or a select type would lose its options.
pub async fn update(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    entity: FieldEntity,
    key: &str,
    patch: &FieldPatch,
) -> Result<FieldDefinition> {
    let old = get(tx, brand, entity, key).await?;
    let mut errors = Errors::default();
    if patch.key.as_ref().is_some_and(|key| **key != *old.key) {
        errors.push("key", "cannot be changed");
    }
    if patch.kind.is_some_and(|kind| kind != old.kind) {
        errors.push("type", "cannot be changed");
    }
    let mut new = old.clone();
    if let Some(label) = &patch.label {
        new.label = String::from(label.clone());
    }
    if let Some(options) = &patch.options {
        need_options(old.kind, &options.0, &mut errors);
        new.options.clone_from(&options.0);
    }
    errors.into_result()?;
    new.required = patch.required.unwrap_or(old.required);
    new.default_value = patch
        .default_value
        .clone()
        .or(old.default_value.clone().map(dispatch_model::field::DefaultValue))
        .map(|value| value.0);
    new.description = patch.description.clone().text().or(old.description.clone());
    new.placeholder = patch.placeholder.clone().text().or(old.placeholder.clone());
    new.show(patch.visible, patch.show_on_create, patch.show_in_table, patch.show_in_detail);
    let mut changes = Changes::default();
    changes.add("label", &old.label, &new.label);
    changes.add("required", &old.required, &new.required);
    changes.add("defaultValue", &old.default_value, &new.default_value);
    changes.add("description", &old.description, &new.description);
    changes.add("placeholder", &old.placeholder, &new.placeholder);
    changes.add("options", &old.options, &new.options);
    changes.add("showOnCreate", &old.show_on_create, &new.show_on_create);
    changes.add("showInTable", &old.show_in_table, &new.show_in_table);
    changes.add("showInDetail", &old.show_in_detail, &new.show_in_detail);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    store::fields::update(tx, brand, &new).await?;
    record(tx, act, brand, "field.updated", &new, Some(changes.to_json()));
    Ok(new)
}

/// Removes a definition; stored values stay.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, entity: FieldEntity, key: &str) -> Result<()> {
    let gone = get(tx, brand, entity, key).await?;
    store::fields::delete(tx, brand, entity, key).await?;
    record(tx, act, brand, "field.deleted", &gone, None);
    Ok(())
}

/// Sets the display order of the definitions of one entity.
///
/// # Errors
/// When a key is missing, unknown or repeated.
pub async fn reorder(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    entity: FieldEntity,
    wanted: &FieldOrder,
) -> Result<Vec<FieldDefinition>> {
    let fields = of_entity(tx, brand, entity).await?;
    let (mut errors, mut seen, mut order) = (Errors::default(), HashSet::new(), Vec::new());
    for (index, key) in wanted.keys.0.iter().enumerate() {
        match fields.iter().find(|field| *field.key == **key) {
            None => errors.push(format!("keys[{index}]"), "unknown field"),
            Some(field) if !seen.insert(field.key.as_str()) => errors.push(format!("keys[{index}]"), "repeated"),
            Some(field) => order.push(field.clone()),
        }
    }
    let missing: Vec<&str> = fields.iter().map(|field| field.key.as_str()).filter(|key| !seen.contains(key)).collect();
    if !missing.is_empty() {
        errors.push("keys", format!("must name every field; missing: {}", missing.join(", ")));
    }
    errors.into_result()?;
    if order.iter().map(|field| &field.key).eq(fields.iter().map(|field| &field.key)) {
        return Ok(fields);
    }
    for (place, field) in (0..).zip(&mut order) {
        if field.sort_order != place {
            field.sort_order = place;
            store::fields::update(tx, brand, field).await?;
        }
    }
    let mut event = payload::object("field.reordered", brand.as_str(), "fields", &order, None);
    event.data = JsonText::of(&serde_json::json!({ "id": brand, "entity": entity, "fields": order }));
    tx.record(act, brand, event);
    Ok(order)
}
