//! Every request of the test suite and its answer are held against the API document: the answer always, the request when
//! it was accepted. `schemas.rs` compiles the schemas, `request.rs` reads what was sent as the document describes it.

mod request;
mod schemas;

pub(crate) use request::Sent;

use std::{
    collections::BTreeSet,
    sync::{LazyLock, Mutex, PoisonError},
};

use axum::http::Method;
use schemas::Schemas;
use serde_json::Value;

use crate::Answer;

/// The document, with its schemas as they are needed.
struct Contract {
    document: Value,
    operations: Vec<Operation>,
    schemas: Schemas,
    seen: Mutex<BTreeSet<String>>,
}

/// An operation of the document.
struct Operation {
    id: String,
    method: Method,
    segments: Vec<String>,
    /// Where it stands in the document.
    pointer: String,
}

const DOCUMENT: &str = include_str!("../../../../openapi.json");

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    // The committed one: every test is a process, and reading it is quicker than making it. A test compares the two.
    let document: Value = serde_json::from_str(DOCUMENT).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("paths");
    let mut operations: Vec<Operation> = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            operations.push(Operation {
                id: operation["operationId"].as_str().expect("an id").to_owned(),
                method: method.to_uppercase().parse().expect("a method"),
                segments: path.split('/').map(str::to_owned).collect(),
                pointer: format!("/paths/{}/{method}", path.replace('/', "~1")),
            });
        }
    }
    Contract { document, operations, schemas: Schemas::new(), seen: Mutex::default() }
});

impl Operation {
    /// How many of its segments are fixed, when it is the one with this path.
    fn fits(&self, method: &Method, path: &[&str]) -> Option<usize> {
        let fixed = |own: &str| !own.starts_with('{');
        let same = |(own, given): (&String, &&str)| if fixed(own) { own == given } else { !given.is_empty() };
        let all = self.method == *method && self.segments.len() == path.len();
        (all && self.segments.iter().zip(path).all(same)).then(|| self.segments.iter().filter(|own| fixed(own)).count())
    }
}

impl Contract {
    fn find(&self, method: &Method, path: &str) -> Option<&Operation> {
        let path: Vec<&str> = path.split('/').collect();
        let fitting = self.operations.iter().filter_map(|one| Some((one.fits(method, &path)?, one)));
        fitting.max_by_key(|(fixed, _)| *fixed).map(|(_, one)| one)
    }

    /// What stands at a place of the document, or at the one that it refers to.
    fn at(&self, pointer: &str) -> Option<(&Value, String)> {
        let found = self.document.pointer(pointer)?;
        match found["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.trim_start_matches('#').to_owned();
                Some((self.document.pointer(&pointer)?, pointer))
            }
            None => Some((found, pointer.to_owned())),
        }
    }

    fn answer_problems(&self, operation: &Operation, answer: &Answer) -> Vec<String> {
        let status = answer.status.as_u16();
        let Some((reply, pointer)) = self.at(&format!("{}/responses/{status}", operation.pointer)) else {
            return vec![format!("the document knows no {status} here")];
        };
        let mut problems = self.header_problems(&pointer, reply, answer);
        let Some(content) = reply["content"].as_object() else {
            if !answer.text.is_empty() {
                problems.push("a body that the document does not know".to_owned());
            }
            return problems;
        };
        let kind = answer.header("content-type").split(';').next().unwrap_or_default();
        if !content.contains_key(kind) {
            problems.push(format!("the document knows no content of type {kind:?} here"));
            return problems;
        }
        let body = if kind == "application/json" { answer.json() } else { Value::from(answer.text.as_str()) };
        let place = format!("{pointer}/content/{}/schema", kind.replace('/', "~1"));
        problems.extend(self.schemas.reply(&self.document, &place, &body));
        problems
    }

    fn header_problems(&self, pointer: &str, reply: &Value, answer: &Answer) -> Vec<String> {
        let mut problems = Vec::new();
        let known = self.document["components"]["headers"].as_object().expect("headers");
        for name in known.keys() {
            let there = answer.headers.get(name.to_lowercase());
            let Some((header, place)) = self.at(&format!("{pointer}/headers/{name}")) else {
                if there.is_some() {
                    problems.push(format!("the document knows no header {name} here: {reply}"));
                }
                continue;
            };
            match there {
                None if header["required"] == true => problems.push(format!("the header {name} is missing")),
                None => {}
                Some(value) => {
                    let text = value.to_str().expect("ASCII");
                    let value = if header["schema"]["type"] == "integer" { request::number(text) } else { text.into() };
                    let found = self.schemas.reply(&self.document, &format!("{place}/schema"), &value);
                    problems.extend(found.into_iter().map(|problem| format!("header {name}: {problem}")));
                }
            }
        }
        problems
    }
}

/// Holds a request and its answer against the document.
///
/// # Panics
/// When one of them is not what the document says.
pub(crate) fn check(sent: &Sent, answer: &Answer) {
    // Other methods of a known path, preflights and everything outside of `/v1` are not in the document.
    let in_api = sent.path.starts_with("/v1/");
    if !in_api || sent.method == Method::OPTIONS || sent.method == Method::HEAD {
        return;
    }
    let contract = &*CONTRACT;
    let Some(operation) = contract.find(&sent.method, &sent.path) else {
        assert_eq!(answer.status, 404, "{} {} is not in the document: {}", sent.method, sent.path, answer.text);
        return;
    };
    let mut problems = contract.answer_problems(operation, answer);
    if answer.status.is_success() {
        problems.extend(sent.problems(contract, operation));
        let mut seen = contract.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(format!("{} {}", operation.id, answer.status.as_u16()));
    }
    assert!(
        problems.is_empty(),
        "{} ({} {}?{}) is not what the API document says:\n- {}\nrequest: {}\nanswer: {} {}",
        operation.id,
        sent.method,
        sent.path,
        sent.query,
        problems.join("\n- "),
        sent.body_text(),
        answer.status,
        answer.text,
    );
}

/// Every operation with every good status that this process has seen, as `tickets.create 201`.
pub fn seen() -> BTreeSet<String> {
    CONTRACT.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Every operation with every good status that the document knows.
///
/// # Panics
/// When the document is not what it should be.
pub fn promised() -> BTreeSet<String> {
    let contract = &*CONTRACT;
    let mut all = BTreeSet::new();
    for operation in &contract.operations {
        let replies = contract.document.pointer(&operation.pointer).expect("an operation")["responses"].as_object();
        let good = replies.expect("replies").keys().filter(|status| status.starts_with('2'));
        all.extend(good.map(|status| format!("{} {status}", operation.id)));
    }
    all
}

/// What is wrong with every example of the document, beside the place where it stands: an empty list when all fit.
pub fn example_problems() -> Vec<String> {
    let contract = &*CONTRACT;
    let mut problems = Vec::new();
    schemas::each_example(&contract.document, &mut |place, schema, example| {
        let found = if place.contains("/responses/") {
            contract.schemas.reply(&contract.document, schema, example)
        } else {
            contract.schemas.request(&contract.document, schema, example)
        };
        problems.extend(found.into_iter().map(|problem| format!("{place}: {problem}")));
    });
    problems
}
