//! The small vocabulary of schemas for the API document.

use serde_json::Value;
use utoipa::openapi::schema::{
    AdditionalProperties, AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Object, RefOr, Schema};

use crate::limits::QUERY_LIST_MAX;

/// One line: it begins with something that shows, and holds no control characters.
const LINE: &str = r"^[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";
/// One line that may be empty.
const MAYBE_LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";
/// Any text without U+0000.
const TEXT: &str = r"^[^\u0000]*$";

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
    open().into()
}

/// An object with whatever members its caller gives it, to add those that mean something.
pub fn open() -> ObjectBuilder {
    typed(Type::Object).additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(true)))
}

/// Any number.
#[must_use]
pub fn number() -> RefOr<Schema> {
    typed(Type::Number).into()
}

/// A whole number that counts something.
#[must_use]
pub fn count() -> RefOr<Schema> {
    int(0, i64::MAX)
}

/// Any JSON value.
#[must_use]
pub fn any() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue).into()
}

/// A text of `min` to `max` code points, as it is sent.
#[must_use]
pub fn text(min: usize, max: usize) -> RefOr<Schema> {
    shaped(TEXT, min, max)
}

/// A line of `min` to `max` code points. Spaces at its ends are dropped before it is looked at.
#[must_use]
pub fn line(min: usize, max: usize) -> RefOr<Schema> {
    shaped(if min == 0 { MAYBE_LINE } else { LINE }, min, max)
}

/// A text of a certain shape, of `min` to `max` code points.
#[must_use]
pub fn shaped(pattern: &str, min: usize, max: usize) -> RefOr<Schema> {
    let min = (min > 0).then_some(min);
    typed(Type::String).min_length(min).max_length(Some(max)).pattern(Some(pattern)).into()
}

/// A text of a certain shape.
#[must_use]
pub fn pattern(pattern: &str) -> RefOr<Schema> {
    typed(Type::String).pattern(Some(pattern)).into()
}

/// A text of a certain shape that is none of some words; `pattern` begins with `^`.
#[must_use]
pub fn pattern_but(pattern: &str, reserved: &[&str]) -> RefOr<Schema> {
    let rest = pattern.trim_start_matches('^');
    typed(Type::String).pattern(Some(format!("^(?!(?:{})$){rest}", reserved.join("|")))).into()
}

/// A text out of a closed list.
#[must_use]
pub fn one_of(values: &[&str]) -> RefOr<Schema> {
    typed(Type::String).enum_values(Some(values.iter().copied())).into()
}

/// The same, one of which holds when nothing is said.
#[must_use]
pub fn one_of_or(values: &[&str], default: &str) -> RefOr<Schema> {
    typed(Type::String).enum_values(Some(values.iter().copied())).default(Some(default.into())).into()
}

/// A text of any length.
#[must_use]
pub fn any_text() -> RefOr<Schema> {
    pattern(TEXT)
}

/// Texts under names that match `pattern`, at most `max` of them.
#[must_use]
pub fn texts_named(pattern: &str, max: usize) -> RefOr<Schema> {
    under_names(pattern, any_text(), max)
}

/// The same, of a certain shape and of at most `length` code points.
#[must_use]
pub fn shaped_texts_named(names: &str, values: &str, length: usize, max: usize) -> RefOr<Schema> {
    under_names(names, shaped(values, 0, length), max)
}

fn under_names(pattern: &str, values: RefOr<Schema>, max: usize) -> RefOr<Schema> {
    let named: Schema = typed(Type::String).pattern(Some(pattern)).into();
    typed(Type::Object).property_names(Some(named)).additional_properties(Some(values)).max_properties(Some(max)).into()
}

/// An id with this prefix, as the server writes it.
#[must_use]
pub fn id(prefix: &str) -> RefOr<Schema> {
    typed(Type::String)
        .description(Some(format!("An opaque id that starts with `{prefix}_`; ordered by time.")))
        .pattern(Some(format!("^{prefix}_")))
        .examples([format!("{prefix}_01kdyak43d7trmct2jayyxcg7v")])
        .into()
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

/// The same, one of which holds when nothing is said.
#[must_use]
pub fn int_or(min: i64, max: i64, default: i64) -> RefOr<Schema> {
    typed(Type::Integer).minimum(Some(min)).maximum(Some(max)).default(Some(default.into())).into()
}

/// A moment as the server writes it.
#[must_use]
pub fn timestamp() -> RefOr<Schema> {
    typed(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .description(Some("UTC with milliseconds."))
        .examples(["2026-01-02T03:04:05.678Z"])
        .into()
}

/// A moment in a request: RFC 3339 with any offset, or a bare date, which means 00:00 UTC.
#[must_use]
pub fn moment() -> RefOr<Schema> {
    let of = |format| typed(Type::String).format(Some(SchemaFormat::KnownFormat(format)));
    AnyOfBuilder::new().item(of(KnownFormat::DateTime)).item(of(KnownFormat::Date)).into()
}

/// A comma list in a query: at most 200 of these.
#[must_use]
pub fn comma_list(items: RefOr<Schema>) -> RefOr<Schema> {
    list(items, QUERY_LIST_MAX)
}

/// One of several kinds of value.
#[must_use]
pub fn any_of(kinds: impl IntoIterator<Item = RefOr<Schema>>) -> RefOr<Schema> {
    kinds.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item).into()
}

/// A field whose feature is not built yet: only its default and null are taken.
///
/// # Panics
/// When the default is no JSON.
#[must_use]
pub fn later(default: &str) -> RefOr<Schema> {
    let default: Value = serde_json::from_str(default).expect("a default is JSON");
    let about = "Not available yet: nothing but this default (or null) is taken.";
    let kind = match &default {
        Value::Null => return typed(Type::Null).description(Some(about)).into(),
        Value::Array(_) => return described(list(any(), 0), about, true),
        Value::Bool(_) => Type::Boolean,
        Value::Number(_) => Type::Integer,
        Value::String(_) => Type::String,
        Value::Object(_) => Type::Object,
    };
    described(typed(kind).enum_values(Some([default])).into(), about, true)
}

/// An object that says in `type` which of several kinds it is; these of its members have to be there.
#[must_use]
pub fn kind_of(kind: &str, mut object: Object, asked: &[&str]) -> RefOr<Schema> {
    object.properties.insert("type".to_owned(), one_of(&[kind]));
    object.required.push("type".to_owned());
    for name in asked.iter().filter(|name| !object.required.iter().any(|known| known == *name)).collect::<Vec<_>>() {
        object.required.push((*name).to_owned());
    }
    object.into()
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

/// Null.
#[must_use]
pub fn null() -> RefOr<Schema> {
    typed(Type::Null).into()
}

/// The same list, without repetitions.
#[must_use]
pub fn unique(list: RefOr<Schema>) -> RefOr<Schema> {
    match list {
        RefOr::T(Schema::Array(mut array)) => {
            array.unique_items = true;
            RefOr::T(Schema::Array(array))
        }
        other => other,
    }
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
        RefOr::T(Schema::AnyOf(mut any)) => {
            any.description = about.or(any.description);
            if nullable {
                any.items.push(typed(Type::Null).into());
            }
            RefOr::T(Schema::AnyOf(any))
        }
        RefOr::Ref(mut reference) if !nullable => {
            reference.description = about.unwrap_or(reference.description);
            RefOr::Ref(reference)
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
