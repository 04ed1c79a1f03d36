//! Fields of the contract whose feature is not built yet: they stand in replies with their empty value.
//! When a feature arrives, its fields leave this file.

use serde::{Serialize, Serializer, ser::SerializeSeq};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

/// Always `null` until the feature behind the field exists.
#[derive(Clone, Copy, Debug, Default)]
pub struct NullForNow;

/// Always `[]` until the feature behind the field exists.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyForNow;

impl Serialize for NullForNow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl Serialize for EmptyForNow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_seq(Some(0))?.end()
    }
}

impl utoipa::PartialSchema for NullForNow {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::Null))
            .description(Some("Always null until its feature is available."))
            .into()
    }
}
impl utoipa::ToSchema for NullForNow {}

impl utoipa::PartialSchema for EmptyForNow {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().max_items(Some(0)).description(Some("Always empty until its feature is available.")).into()
    }
}
impl utoipa::ToSchema for EmptyForNow {}
