//! Query parameters: comma lists, repeated parameters, booleans (API 1.1).

use std::collections::BTreeMap;

use super::Errors;
use crate::{Timestamp, limits::QUERY_LIST_MAX};

/// Parameters with one beginning, such as `customFields.<key>`.
pub const PREFIXED_MAX: usize = 20;

/// A value that can be read from one query parameter.
pub trait QueryValue: Sized {
    /// Reads it; `None` with the reason in `message` otherwise.
    fn read(text: &str) -> Result<Self, String>;
}

/// The parameters of one request, decoded. An empty value is the same as an absent parameter.
#[derive(Debug, Default)]
pub struct Params(BTreeMap<String, Vec<String>>);

/// The values of a parameter that may be a list.
pub type Repeated = Vec<String>;

impl Params {
    /// From decoded pairs in the order of the query.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            let values = all.entry(name).or_default();
            if !value.is_empty() {
                values.push(value);
            }
        }
        Self(all)
    }

    /// Takes a parameter that has one value; repeating it is a problem.
    pub fn one(&mut self, name: &str, errors: &mut Errors) -> Option<String> {
        let mut values = self.0.remove(name)?;
        if values.len() > 1 {
            errors.push(name, "must not be repeated");
        }
        let value = values.pop()?;
        if value.contains('\0') {
            errors.push(name, "must not contain U+0000");
            return None;
        }
        Some(value)
    }

    /// Takes a parameter and parses it.
    pub fn parsed<T: QueryValue>(&mut self, name: &str, errors: &mut Errors) -> Option<T> {
        let text = self.one(name, errors)?;
        T::read(&text).map_err(|message| errors.push(name, message)).ok()
    }

    /// Takes a list: comma-separated, or the parameter repeated; each value once, in order.
    pub fn list(&mut self, name: &str, errors: &mut Errors) -> Option<Repeated> {
        let raw = self.0.remove(name)?;
        let mut values: Repeated = Vec::new();
        let mut given = 0;
        for value in raw.iter().flat_map(|part| part.split(',')).map(str::trim).filter(|part| !part.is_empty()) {
            given += 1;
            if given > QUERY_LIST_MAX {
                break;
            }
            if value.contains('\0') {
                errors.push(name, "must not contain U+0000");
            } else if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        if given > QUERY_LIST_MAX {
            errors.push(name, format!("must have at most {QUERY_LIST_MAX} values"));
        }
        (!values.is_empty()).then_some(values)
    }

    /// Takes the exclusive end of a span of time: a bare date includes that day (API 1.9).
    pub fn end_date(&mut self, name: &str, errors: &mut Errors) -> Option<Timestamp> {
        const DAY_MS: i64 = 24 * 60 * 60 * 1000;
        let text = self.one(name, errors)?;
        match Timestamp::read(&text) {
            Ok(at) if text.trim().len() == 10 => Some(at.plus_ms(DAY_MS)),
            Ok(at) => Some(at),
            Err(message) => {
                errors.push(name, message);
                None
            }
        }
    }

    /// Whether a parameter has this value, without taking it.
    #[must_use]
    pub fn says(&self, name: &str, values: &[&str]) -> bool {
        self.0.get(name).is_some_and(|found| found.iter().any(|value| values.contains(&value.as_str())))
    }

    /// Takes every parameter whose name begins so: what stands behind it, and the value.
    pub fn prefixed(&mut self, prefix: &str, errors: &mut Errors) -> Vec<(String, String)> {
        let names: Vec<String> = self.0.keys().filter(|name| name.starts_with(prefix)).cloned().collect();
        if names.len() > PREFIXED_MAX {
            errors.push(prefix.trim_end_matches('.'), format!("must be at most {PREFIXED_MAX} parameters"));
            return Vec::new();
        }
        let taken = names.into_iter().filter_map(|name| {
            if name.contains('\0') {
                errors.push(prefix.trim_end_matches('.'), "must not contain U+0000");
                return None;
            }
            let value = self.one(&name, errors)?;
            Some((name[prefix.len()..].to_owned(), value))
        });
        taken.collect()
    }

    /// Names a parameter of the contract whose feature is not built yet.
    pub fn later(&mut self, names: &[&str], errors: &mut Errors) {
        for name in names {
            if self.0.remove(*name).is_some_and(|values| !values.is_empty()) {
                errors.push(*name, "not available yet");
            }
        }
    }

    /// Refuses every parameter but these: a typo must never widen a result.
    pub fn refuse_unknown(&self, known: &[&str], errors: &mut Errors) {
        for name in self.0.keys().filter(|name| !known.contains(&name.as_str())) {
            // `customFields.<key>` is one parameter with many names.
            let many = name.strip_prefix("customFields.").is_some_and(|key| !key.is_empty());
            if !(many && known.contains(&"customFields")) {
                errors.push(name.clone(), "unknown query parameter");
            }
        }
    }
}

impl QueryValue for String {
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl QueryValue for i64 {
    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "must be a whole number".to_owned())
    }
}

impl QueryValue for bool {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err("must be true or false".to_owned()),
        }
    }
}

impl QueryValue for Timestamp {
    fn read(text: &str) -> Result<Self, String> {
        // A plus sign in a query means a space; in an offset it can only have been a plus.
        Self::parse(&text.replace(' ', "+")).ok_or_else(|| "must be a time like 2026-01-02T03:04:05Z".to_owned())
    }
}
