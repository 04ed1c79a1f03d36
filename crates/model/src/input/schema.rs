//! The small vocabulary of schemas for the API document.

use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Object, RefOr, Schema};

fn typed(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::new(kind))
}

/// A boolean.
#[must_use]
pub fn boolean() -> RefOr<Schema> {
    typed(Type::Boolean).into()
}

/// A JSON object of the caller's own making.
#[must_use]
pub fn object() -> RefOr<Schema> {
    typed(Type::Object).into()
}

/// Any JSON value.
#[must_use]
pub fn any() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue).into()
}

/// A text of `min` to `max` code points.
#[must_use]
pub fn text(min: usize, max: usize) -> RefOr<Schema> {
    typed(Type::String).min_length(Some(min)).max_length(Some(max)).into()
}

/// A text of a certain shape.
#[must_use]
pub fn pattern(pattern: &str) -> RefOr<Schema> {
    typed(Type::String).pattern(Some(pattern)).into()
}

/// A text out of a closed list.
#[must_use]
pub fn one_of(values: &[&str]) -> RefOr<Schema> {
    typed(Type::String).enum_values(Some(values.iter().copied())).into()
}

/// An id with this prefix.
#[must_use]
pub fn id(prefix: &str) -> RefOr<Schema> {
    typed(Type::String).description(Some(format!("An opaque id that starts with `{prefix}_`."))).into()
}

/// A whole number within bounds.
#[must_use]
pub fn int(min: i64, max: i64) -> RefOr<Schema> {
    typed(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(min))
        .maximum(Some(max))
        .into()
}

/// A moment, RFC 3339.
#[must_use]
pub fn timestamp() -> RefOr<Schema> {
    typed(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).into()
}

/// A list of at most `max` of these.
#[must_use]
pub fn list(items: RefOr<Schema>, max: usize) -> RefOr<Schema> {
    ArrayBuilder::new().items(items).max_items(Some(max)).into()
}

/// A list of 1 to `max` of these.
#[must_use]
pub fn non_empty(items: RefOr<Schema>, max: usize) -> RefOr<Schema> {
    ArrayBuilder::new().items(items).min_items(Some(1)).max_items(Some(max)).into()
}

/// `schema` with a description, and null beside its own type when `nullable`.
#[must_use]
pub fn described(schema: RefOr<Schema>, text: &str, nullable: bool) -> RefOr<Schema> {
    let about = (!text.is_empty()).then(|| text.to_owned());
    match schema {
        RefOr::T(Schema::Object(object)) => RefOr::T(Schema::Object(described_object(object, about, nullable))),
        RefOr::T(Schema::Array(mut array)) => {
            array.description = about.or(array.description);
            if nullable {
                array.schema_type = SchemaType::from_iter([Type::Array, Type::Null]);
            }
            RefOr::T(Schema::Array(array))
        }
        other if nullable => AnyOfBuilder::new().item(other).item(typed(Type::Null)).description(about).into(),
        other => other,
    }
}

fn described_object(mut object: Object, about: Option<String>, nullable: bool) -> Object {
    object.description = about.or(object.description);
    if nullable {
        if let SchemaType::Type(kind) = &object.schema_type {
            object.schema_type = SchemaType::from_iter([kind.clone(), Type::Null]);
        }
        if let Some(values) = &mut object.enum_values {
            values.push(serde_json::Value::Null);
        }
    }
    object
}
