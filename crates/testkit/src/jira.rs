//! A stand-in for Jira's REST API, version 2: one user, one project, issues. It refuses what Jira refuses, and whatever a caller has
//! no reason to send.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::receiver::{Answering, Received, Receiver};

/// `ana@acme.example:sesame-open` as basic authentication sends it.
const AUTHORIZATION: &str = "Basic YW5hQGFjbWUuZXhhbXBsZTpzZXNhbWUtb3Blbg==";
/// Its project, and what issues can be there.
const PROJECT: &str = "ENG";
const ISSUE_TYPES: [&str; 2] = ["Task", "Bug"];

/// A Jira.
#[derive(Debug)]
pub struct Jira {
    /// Where it is.
    pub url: String,
    /// What it is called with, and what it answers instead.
    pub receiver: Receiver,
    issues: Arc<Mutex<Vec<Value>>>,
}

impl Jira {
    /// The user, their API token, and the key of the project.
    pub const USER: &str = "ana@acme.example";
    /// What the user signs in with.
    pub const TOKEN: &str = "sesame-open";

    /// Starts one.
    pub async fn start() -> Self {
        let issues: Arc<Mutex<Vec<Value>>> = Arc::default();
        let kept = issues.clone();
        let receiver = Receiver::judging(move |call| judge(call, &kept)).await;
        let url = receiver.url.trim_end_matches("/in").to_owned();
        Self { url, receiver, issues }
    }

    /// What a connection to it holds, without its secret.
    #[must_use]
    pub fn config(&self) -> Value {
        json!({ "siteUrl": self.url, "email": Self::USER, "projectKey": PROJECT })
    }

    /// The fields of every issue that was made.
    #[must_use]
    pub fn issues(&self) -> Vec<Value> {
        self.issues.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn refused(status: u16, messages: &[&str], errors: &Map<String, Value>) -> Answering {
    Answering::json(status, &json!({ "errorMessages": messages, "errors": errors }))
}

fn judge(call: &Received, issues: &Mutex<Vec<Value>>) -> Answering {
    if call.header("authorization") != AUTHORIZATION {
        return refused(
            401,
            &["You are not authenticated. Authentication required to perform this operation."],
            &Map::new(),
        );
    }
    if call.header("accept") != "application/json" {
        return refused(406, &["Not acceptable."], &Map::new());
    }
    let project = call.path.strip_prefix("/rest/api/2/project/");
    match (&call.method, call.path.as_str(), project) {
        (&Method::GET, _, Some(PROJECT)) => {
            Answering::json(200, &json!({ "id": "10000", "key": PROJECT, "name": "Engineering" }))
        }
        (&Method::GET, _, Some(key)) => {
            refused(404, &[&format!("No project could be found with key '{key}'.")], &Map::new())
        }
        (&Method::POST, "/rest/api/2/issue", _) => new_issue(call, issues),
        _ => refused(404, &["Nothing is here."], &Map::new()),
    }
}

fn new_issue(call: &Received, issues: &Mutex<Vec<Value>>) -> Answering {
    if call.header("content-type") != "application/json" {
        return refused(415, &["Unsupported media type."], &Map::new());
    }
    let body: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    let (Some(members), Some(fields)) = (body.as_object(), body["fields"].as_object()) else {
        return refused(400, &["Can not construct the issue."], &Map::new());
    };
    let mut errors = Map::new();
    let mut wrong = |field: &str, why: &str| drop(errors.insert(field.to_owned(), why.into()));
    for unknown in members.keys().filter(|name| *name != "fields") {
        wrong(unknown, "unrecognized field");
    }
    for field in fields.keys() {
        if !["project", "summary", "description", "issuetype", "labels"].contains(&field.as_str()) {
            wrong(field, &format!("Field '{field}' cannot be set. It is not on the appropriate screen, or unknown."));
        }
    }
    if fields.get("project") != Some(&json!({ "key": PROJECT })) {
        wrong("project", "valid project is required");
    }
    match fields.get("summary").and_then(Value::as_str) {
        None => wrong("summary", "You must specify a summary of the issue."),
        Some(text) if text.trim().is_empty() => wrong("summary", "You must specify a summary of the issue."),
        Some(text) if text.chars().count() > 255 => wrong("summary", "Summary must be less than 255 characters."),
        Some(text) if text.contains(['\n', '\r']) => {
            wrong("summary", "The summary is invalid because it contains newline characters.");
        }
        Some(_) => {}
    }
    match fields.get("description") {
        None => {}
        Some(Value::String(text)) if text.chars().count() <= 32_767 => {}
        Some(_) => wrong("description", "The entered text is too long, or no text."),
    }
    let kind = fields.get("issuetype").and_then(|kind| kind["name"].as_str());
    if !kind.is_some_and(|kind| ISSUE_TYPES.contains(&kind)) {
        wrong("issuetype", "Specify a valid issue type");
    }
    let labels = fields.get("labels").and_then(Value::as_array).into_iter().flatten();
    for label in labels {
        match label.as_str() {
            Some(text) if text.is_empty() || text.contains(char::is_whitespace) => {
                wrong("labels", &format!("The label '{text}' contains spaces which is invalid."));
            }
            Some(text) if text.chars().count() > 255 => wrong("labels", "A label has at most 255 characters."),
            Some(_) => {}
            None => wrong("labels", "data was not an array of strings"),
        }
    }
    if !errors.is_empty() {
        return refused(400, &[], &errors);
    }
    let mut issues = issues.lock().unwrap_or_else(PoisonError::into_inner);
    issues.push(Value::Object(fields.clone()));
    let (id, key) = (10_000 + issues.len(), format!("{PROJECT}-{}", issues.len()));
    let url = format!("http://{}/rest/api/2/issue/{id}", call.header("host"));
    Answering::json(201, &json!({ "id": id.to_string(), "key": key, "self": url }))
}
