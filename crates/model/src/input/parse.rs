//! From one JSON value to one value that cannot be wrong.

use serde_json::{Map, Value};
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

/// A whole JSON number within `min..=max`; `82.0` is one as well (JSON Schema 2020-12, 6.1.1). A string is never read as a
/// number.
pub fn int(value: &Value, min: i64, max: i64, at: &str, errors: &mut Errors) -> Option<i64> {
    let Value::Number(number) = value else {
        errors.push(at, format!("must be a whole number, not {}", kind(value)));
        return None;
    };
    let found = number.as_i64().or_else(|| whole(number)).filter(|number| (min..=max).contains(number));
    if found.is_none() {
        errors.push(at, format!("must be a whole number from {min} to {max}"));
    }
    found
}

/// A number that is written with a fraction or an exponent and is whole all the same.
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and every such float fits")]
fn whole(number: &serde_json::Number) -> Option<i64> {
    /// Above this not every whole number is a float: 2^53.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT_MAX)?;
    Some(float as i64)
}

/// An object inside a body, declared by [`input!`](crate::input!). Fields that are not known are noted and not looked at.
pub fn nested<T: crate::Input>(value: Value, at: &str, errors: &mut Errors) -> Option<T> {
    let Value::Object(members) = value else {
        errors.push(at, format!("must be an object, not {}", kind(&value)));
        return None;
    };
    let (read, rest) = nested_with_rest(members, at, errors);
    rest.into_iter().for_each(|(name, _)| errors.ignore(format!("{at}.{name}")));
    read
}

/// The same with the members of the object; answers those that are not known as well.
pub fn nested_with_rest<T: crate::Input>(
    mut members: Map<String, Value>,
    at: &str,
    errors: &mut Errors,
) -> (Option<T>, Map<String, Value>) {
    let mut inner = Errors::default();
    let read = T::read(&mut members, &mut inner);
    inner.take_ignored().into_iter().for_each(|name| errors.ignore(format!("{at}.{name}")));
    for error in inner.into_vec() {
        errors.push(format!("{at}.{}", error.field), error.message);
    }
    (read, members)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        let read = |text: &str| {
            let value = serde_json::from_str(text).expect("JSON");
            int(&value, 0, i64::MAX, "n", &mut Errors::default())
        };
        assert_eq!((read("82"), read("82.0"), read("8.2e1")), (Some(82), Some(82), Some(82)));
        for text in ["82.5", "-1.0", "1e30", "\"82\"", "null", "true", "9007199254740994.0"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("9223372036854775807"), Some(i64::MAX));
    }
}
