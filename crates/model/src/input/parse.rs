//! From one JSON value to one value that cannot be wrong.

use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use super::{Errors, body::kind, schema};

/// A value that can be read from JSON.
pub trait Parse: Sized {
    /// Reads it; says what is wrong at `at` and answers `None` otherwise.
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self>;
    /// How the API document describes it.
    fn schema() -> RefOr<Schema>;
}

/// A JSON string without U+0000 (API 1.1).
pub fn string(value: Value, at: &str, errors: &mut Errors) -> Option<String> {
    let Value::String(text) = value else {
        errors.push(at, format!("must be a string, not {}", kind(&value)));
        return None;
    };
    if text.contains('\0') {
        errors.push(at, "must not contain U+0000");
        return None;
    }
    Some(text)
}

/// A whole JSON number within `min..=max`. A string is never read as a number.
pub fn int(value: &Value, min: i64, max: i64, at: &str, errors: &mut Errors) -> Option<i64> {
    let Value::Number(number) = value else {
        errors.push(at, format!("must be a whole number, not {}", kind(value)));
        return None;
    };
    let found = number.as_i64().filter(|number| (min..=max).contains(number));
    if found.is_none() {
        errors.push(at, format!("must be a whole number from {min} to {max}"));
    }
    found
}

/// An object inside a body, declared by [`input!`](crate::input!). Fields that are not known are not looked at.
pub fn nested<T: crate::Input>(value: Value, at: &str, errors: &mut Errors) -> Option<T> {
    let Value::Object(mut members) = value else {
        errors.push(at, format!("must be an object, not {}", kind(&value)));
        return None;
    };
    let mut inner = Errors::default();
    let read = T::read(&mut members, &mut inner);
    for error in inner.into_vec() {
        errors.push(format!("{at}.{}", error.field), error.message);
    }
    read
}

impl Parse for bool {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let found = value.as_bool();
        if found.is_none() {
            errors.push(at, format!("must be true or false, not {}", kind(&value)));
        }
        found
    }

    fn schema() -> RefOr<Schema> {
        schema::boolean()
    }
}
