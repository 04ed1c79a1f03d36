//! How a request names a company.

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use crate::{
    CompanyId, Errors,
    id::{IdKind, decode},
    input::{Parse, schema},
    text::{Name, Reference},
};

/// A company by its id or its name (API 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyRef {
    /// The company with this id.
    Id(String),
    /// The company with this name, else a new one with it.
    Name(String),
}

impl CompanyRef {
    /// A text that has the shape of an id is one: a company with such a name could only be a mistake.
    fn plain(text: String) -> Self {
        if decode(CompanyId::PREFIX, &text).is_some() { Self::Id(text) } else { Self::Name(text) }
    }
}

impl Parse for CompanyRef {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        match value {
            Value::String(_) => Name::parse(value, at, errors).map(|name| Self::plain(String::from(name))),
            // Beside an id, the other fields are those of a whole company: it is named by its id.
            Value::Object(mut members) => match (members.shift_remove("id"), members.shift_remove("name")) {
                (Some(id), _) if !id.is_null() => {
                    Reference::parse(id, &format!("{at}.id"), errors).map(|id| Self::Id(String::from(id)))
                }
                (_, Some(name)) if !name.is_null() => {
                    Name::parse(name, &format!("{at}.name"), errors).map(|name| Self::Name(String::from(name)))
                }
                _ => {
                    errors.push(at, "must have an id or a name");
                    None
                }
            },
            _ => {
                errors.push(at, "must be an id, a name, or an object with one of them");
                None
            }
        }
    }

    fn schema() -> RefOr<Schema> {
        let by = |key: &str, other: &str| {
            // What stands beside it is not looked at, so that a whole company can be sent back.
            let named = schema::open().property(key, schema::line(1, 200)).required(key);
            if other.is_empty() { named } else { named.property(other, schema::null()) }
        };
        schema::any_of([schema::line(1, 200), by("id", "").into(), by("name", "id").into()])
    }
}
