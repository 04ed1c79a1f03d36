//! What was sent, read as the document describes it.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, Method, Request},
};
use http_body_util::BodyExt;
use serde_json::{Map, Value};

use super::{Contract, Operation};

/// A request as it was sent.
pub(crate) struct Sent {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    headers: HeaderMap,
    /// None when it arrives bit by bit.
    body: Option<Bytes>,
}

/// A whole number, or the text when it is none.
pub(super) fn number(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_| text.into(), Value::from)
}

/// A part of a query or path as the server reads it.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A body without the spaces at the ends of its texts, which the server drops where they mean nothing.
fn trimmed(value: &Value) -> Value {
    match value {
        Value::String(text) => text.trim().into(),
        Value::Array(items) => items.iter().map(trimmed).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), trimmed(member))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

impl Sent {
    /// Looks at a request and leaves it as it is.
    pub(crate) async fn of(request: Request<Body>) -> (Self, Request<Body>) {
        let (parts, body) = request.into_parts();
        let (known, body) = if body.size_hint().exact().is_some() {
            let bytes = body.collect().await.expect("a whole body").to_bytes();
            (Some(bytes.clone()), Body::from(bytes))
        } else {
            (None, body)
        };
        let sent = Self {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers.clone(),
            body: known,
        };
        (sent, Request::from_parts(parts, body))
    }

    pub(super) fn body_text(&self) -> String {
        let text = self.body.as_ref().map_or_else(|| "?".into(), |bytes| String::from_utf8_lossy(bytes));
        text.chars().take(2_000).collect()
    }

    /// What is wrong with it.
    pub(super) fn problems(&self, contract: &Contract, operation: &Operation) -> Vec<String> {
        let mut problems = self.body_problems(contract, operation);
        let described = contract.document.pointer(&operation.pointer).expect("an operation");
        let query = self.pairs();
        for place in 0..described["parameters"].as_array().map_or(0, Vec::len) {
            let found = contract.at(&format!("{}/parameters/{place}", operation.pointer));
            let (parameter, pointer) = found.expect("a parameter");
            let name = parameter["name"].as_str().expect("a name");
            let value = match parameter["in"].as_str() {
                Some("path") => self.in_path(operation, name),
                Some("query") => in_query(&query, name, &parameter["schema"]),
                _ => self.headers.get(name.to_lowercase()).and_then(|value| value.to_str().ok()).map(Value::from),
            };
            match value {
                None if parameter["required"] == true => problems.push(format!("{name} is missing")),
                None => {}
                Some(value) => {
                    let found = contract.schemas.request(&contract.document, &format!("{pointer}/schema"), &value);
                    problems.extend(found.into_iter().map(|problem| format!("{name}{problem}")));
                }
            }
        }
        problems
    }

    fn body_problems(&self, contract: &Contract, operation: &Operation) -> Vec<String> {
        let Some(bytes) = &self.body else { return Vec::new() };
        let place = format!("{}/requestBody", operation.pointer);
        let Some(body) = contract.document.pointer(&place) else { return Vec::new() };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            let missing = (body["required"] == true).then(|| "the body is missing".to_owned());
            return missing.into_iter().collect();
        }
        if body["content"].get("application/json").is_none() {
            return Vec::new();
        }
        let value: Value = match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(error) => return vec![format!("the body is no JSON: {error}")],
        };
        let place = format!("{place}/content/application~1json/schema");
        let problems = contract.schemas.request(&contract.document, &place, &value);
        if problems.is_empty() || contract.schemas.request(&contract.document, &place, &trimmed(&value)).is_empty() {
            return Vec::new();
        }
        problems.into_iter().map(|problem| format!("body{problem}")).collect()
    }

    fn in_path(&self, operation: &Operation, name: &str) -> Option<Value> {
        let place = operation.segments.iter().position(|own| own.trim_matches(['{', '}']) == name)?;
        self.path.split('/').nth(place).map(|text| decoded(text).into())
    }

    /// The parameters of the query; those without a value count as absent.
    fn pairs(&self) -> BTreeMap<String, Vec<String>> {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in self.query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !value.is_empty() {
                let decode = |text: &str| decoded(&text.replace('+', " "));
                all.entry(decode(name)).or_default().push(decode(value));
            }
        }
        all
    }
}

/// A parameter of the query as a value of its schema's type.
fn in_query(query: &BTreeMap<String, Vec<String>>, name: &str, schema: &Value) -> Option<Value> {
    if schema["type"] == "object" {
        let named =
            query.iter().filter(|(given, _)| given.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
        let members: Map<String, Value> =
            named.map(|(given, values)| (given.clone(), values.join(",").into())).collect();
        return (!members.is_empty()).then(|| members.into());
    }
    let values = query.get(name)?;
    if schema["type"] == "array" {
        let items = values.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty());
        return Some(items.map(Value::from).collect());
    }
    let text = values.last()?;
    Some(match (schema["type"].as_str(), text.as_str()) {
        (Some("integer"), text) => number(text),
        (Some("boolean"), "true" | "1") => true.into(),
        (Some("boolean"), "false" | "0") => false.into(),
        // A time: a plus sign in a query means a space.
        (None, text) => text.replace(' ', "+").into(),
        (_, text) => text.into(),
    })
}
