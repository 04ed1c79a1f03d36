//! Definitions of custom fields.

use dispatch_model::{
    BrandId, JsonText,
    field::{FieldDefinition, FieldDefinitions, FieldEntity, FieldType},
    limits::FIELDS_MAX,
};

use crate::{Error, Result, Select, Tx, args, value::Columns};

macro_rules! columns {
    () => {
        "id, entity, key, label, type, required, default_value, description, placeholder, options, show_on_create,
            show_in_table, show_in_detail, sort_order, created_at, updated_at"
    };
}

crate::statements! {
    OF_ENTITY = concat!("SELECT ", columns!(), " FROM field_definition WHERE brand_id = $1 AND entity = $2
        ORDER BY sort_order, id");
    BY_KEY = concat!("SELECT ", columns!(), " FROM field_definition WHERE brand_id = $1 AND entity = $2 AND key = $3");
    INSERT = "INSERT INTO field_definition (brand_id, id, entity, key, label, type, required, default_value, description,
        placeholder, options, show_on_create, show_in_table, show_in_detail, sort_order, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    UPDATE = "UPDATE field_definition SET label = $4, required = $5, default_value = $6, description = $7,
        placeholder = $8, options = $9, show_on_create = $10, show_in_table = $11, show_in_detail = $12, sort_order = $13,
        updated_at = $14 WHERE brand_id = $1 AND entity = $2 AND key = $3";
    DELETE = "DELETE FROM field_definition WHERE brand_id = $1 AND entity = $2 AND key = $3";
}

/// Brands whose definitions one statement reads: databases bound the parameters of a statement.
const BRANDS_AT_ONCE: usize = 1_000;

fn read<T>(found: std::result::Result<T, String>) -> Result<T> {
    found.map_err(Error::Bug)
}

fn row(columns: &mut Columns<'_>) -> Result<FieldDefinition> {
    let mut field = FieldDefinition {
        id: columns.take()?,
        entity: read(FieldEntity::read(&columns.take::<String>()?))?,
        key: columns.take()?,
        label: columns.take()?,
        kind: read(FieldType::read(&columns.take::<String>()?))?,
        required: columns.take()?,
        default_value: columns.take()?,
        description: columns.take()?,
        placeholder: columns.take()?,
        options: read(serde_json::from_str(columns.take::<JsonText>()?.as_str()).map_err(|error| error.to_string()))?,
        show_on_create: columns.take()?,
        show_in_table: columns.take()?,
        show_in_detail: columns.take()?,
        visible: false,
        sort_order: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    };
    field.show(None, None, None, None);
    Ok(field)
}

/// The definitions of one entity in display order.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_entity(tx: &Tx, brand: &BrandId, entity: FieldEntity) -> Result<Vec<FieldDefinition>> {
    tx.all(&OF_ENTITY, args![brand, entity.as_str()], row).await
}

/// The definitions of each of these brands, in the order of the brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_brands(tx: &Tx, brands: &[BrandId]) -> Result<Vec<FieldDefinitions>> {
    let mut all = vec![FieldDefinitions::default(); brands.len()];
    let places: std::collections::HashMap<&str, usize> =
        brands.iter().enumerate().map(|(place, brand)| (brand.as_str(), place)).collect();
    for some in brands.chunks(BRANDS_AT_ONCE) {
        let mut select = Select::new(concat!("SELECT brand_id, ", columns!(), " FROM field_definition"));
        select.within("brand_id", some);
        let limit = i64::try_from(some.len()).unwrap_or(i64::MAX).saturating_mul(FIELDS_MAX * 3);
        select.page("sort_order, id", &limit);
        let found = tx.select(&select, |columns| Ok((columns.take::<BrandId>()?, row(columns)?))).await?;
        for (brand, field) in found {
            if let Some(place) = places.get(brand.as_str()) {
                all[*place].add(field);
            }
        }
    }
    Ok(all)
}

/// A definition by its key.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, entity: FieldEntity, key: &str) -> Result<Option<FieldDefinition>> {
    tx.maybe(&BY_KEY, args![brand, entity.as_str(), key], row).await
}

/// Creates a definition.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, field: &FieldDefinition) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            brand,
            field.id,
            field.entity.as_str(),
            field.key,
            field.label,
            field.kind.as_str(),
            field.required,
            field.default_value,
            field.description,
            field.placeholder,
            JsonText::of(&field.options),
            field.show_on_create,
            field.show_in_table,
            field.show_in_detail,
            field.sort_order,
            field.created_at,
            field.updated_at,
        ],
    )
    .await
}

/// Stores what can be changed of a definition, its place included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, brand: &BrandId, field: &FieldDefinition) -> Result<()> {
    tx.run(
        &UPDATE,
        args![
            brand,
            field.entity.as_str(),
            field.key,
            field.label,
            field.required,
            field.default_value,
            field.description,
            field.placeholder,
            JsonText::of(&field.options),
            field.show_on_create,
            field.show_in_table,
            field.show_in_detail,
            field.sort_order,
            field.updated_at,
        ],
    )
    .await
}

/// Removes a definition; stored values stay.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, entity: FieldEntity, key: &str) -> Result<()> {
    tx.run(&DELETE, args![brand, entity.as_str(), key]).await
}
