//! Calls of connections (API 19): a line to Slack, an issue to Jira, or whatever an HTTP connection says. What comes back is told in
//! one line that holds no secret, and nothing that the other side may have repeated of the ticket.

use std::{borrow::Cow, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use dispatch_model::{Clock, connection::HttpMethod, text::cut};
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub use dispatch_model::connection::{Answer, Issue, Message, Target};

use crate::{Method, Outbound, Outcome, Request, retry_after};

/// How long Slack and Jira are waited for.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// Bytes of an answer that are looked at.
const KEEP_BYTES: usize = 16 * 1024;
/// What Jira takes of a summary and of a description.
const SUMMARY_CHARS: usize = 255;
const DESCRIPTION_CHARS: usize = 32_767;
/// How much of what the other side says is told.
const TOLD_CHARS: usize = 300;
/// Shorter secrets are parts of ordinary words, which would tell them by being left out.
const HIDDEN_BYTES: usize = 4;
/// How calls name themselves.
const AGENT: &str = "Dispatch-Connections/1";

/// A call as it is made, and what its answer means.
struct Call {
    request: Request,
    /// What must not be told, should the answer hold it.
    hidden: Vec<String>,
    read: fn(&Target, &Outcome) -> Told,
}

/// What an answer says.
struct Told {
    ok: bool,
    message: String,
    issue: Option<Issue>,
}

impl Told {
    fn good(message: &str) -> Self {
        Self { ok: true, message: message.to_owned(), issue: None }
    }

    fn bad(message: impl Into<String>) -> Self {
        Self { ok: false, message: message.into(), issue: None }
    }
}

impl Outbound {
    /// Makes a call. Whatever happens comes back as an answer, within the time that its target gives.
    pub async fn call(&self, target: &Target, message: &Message, clock: &Clock) -> Answer {
        match call(target, message) {
            Some(call) => self.made(target, call, clock).await,
            None => Answer::unsent("the message is not one for this connection"),
        }
    }

    /// Reads the project of a Jira connection, to see whether it can be reached; nothing is changed by it.
    pub async fn read_project(&self, target: &Target, clock: &Clock) -> Answer {
        match project(target) {
            Some(call) => self.made(target, call, clock).await,
            None => Answer::unsent("the connection has no project"),
        }
    }

    async fn made(&self, target: &Target, call: Call, clock: &Clock) -> Answer {
        let outcome = self.send(call.request).await;
        let told = (call.read)(target, &outcome);
        Answer {
            ok: told.ok,
            status: outcome.status,
            message: without(&call.hidden, &told.message),
            issue: told.issue,
            duration_ms: outcome.duration_ms,
            retry_after: outcome.retry_after.as_deref().and_then(|text| retry_after(text, clock.now())),
        }
    }
}

/// The text in one line, without these.
fn without(hidden: &[String], text: &str) -> String {
    let mut text = text.to_owned();
    for secret in hidden.iter().filter(|secret| secret.len() >= HIDDEN_BYTES) {
        text = text.replace(secret.as_str(), "...");
    }
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    cut(&line, TOLD_CHARS).0.to_owned()
}

fn call(target: &Target, message: &Message) -> Option<Call> {
    match (target, message) {
        (Target::Slack { webhook_url }, Message::Slack { text }) => {
            let request = Request {
                method: Method::POST,
                url: webhook_url.clone(),
                headers: headers(&[("content-type", "application/json"), ("user-agent", AGENT)]),
                body: Bytes::from(json!({ "text": text }).to_string()),
                timeout: TIMEOUT,
                keep_bytes: KEEP_BYTES,
                reads_answer: false,
            };
            Some(Call { request, hidden: vec![webhook_url.clone()], read: of_slack })
        }
        (
            Target::Jira { issue_type: usual, project_key, labels, .. },
            Message::Jira { summary, description, issue_type, ticket_number },
        ) => {
            let mut all: Vec<&str> = vec![ticket_number.as_str()];
            all.extend(labels.iter().map(String::as_str).filter(|label| *label != ticket_number));
            let fields = json!({
                "project": { "key": project_key },
                "summary": one_line(summary),
                "description": cut(description, DESCRIPTION_CHARS).0,
                "issuetype": { "name": issue_type.as_ref().unwrap_or(usual) },
                "labels": all,
            });
            let body = json!({ "fields": fields }).to_string();
            let mut call = to_jira(target, Method::POST, "/rest/api/2/issue", of_new_issue)?;
            call.request.headers.extend(headers(&[("content-type", "application/json")]));
            call.request.body = Bytes::from(body);
            Some(call)
        }
        (Target::Http { url, method, headers: own, timeout }, Message::Http { body, event_id }) => {
            let mut all = headers(&[("webhook-id", event_id.as_str())]);
            let says = |header: &str| own.iter().any(|(name, _)| name.eq_ignore_ascii_case(header));
            if !says("user-agent") {
                all.extend(headers(&[("user-agent", AGENT)]));
            }
            if body.is_some() && !says("content-type") {
                all.extend(headers(&[("content-type", "application/json")]));
            }
            all.extend(own.iter().map(|(name, value)| (Cow::Owned(name.clone()), value.clone())));
            let request = Request {
                method: as_method(*method),
                url: url.clone(),
                headers: all,
                body: body.clone().map(Bytes::from).unwrap_or_default(),
                timeout: *timeout,
                keep_bytes: 0,
                reads_answer: false,
            };
            // Nothing that the other side says is told.
            Some(Call { request, hidden: Vec::new(), read: of_http })
        }
        _ => None,
    }
}

fn project(target: &Target) -> Option<Call> {
    let Target::Jira { project_key, .. } = target else { return None };
    to_jira(target, Method::GET, &format!("/rest/api/2/project/{project_key}"), of_project)
}

/// A call to Jira, by its user.
fn to_jira(target: &Target, method: Method, path: &str, read: fn(&Target, &Outcome) -> Told) -> Option<Call> {
    let Target::Jira { site_url, email, api_token, .. } = target else { return None };
    let basic = STANDARD.encode(format!("{email}:{api_token}"));
    let authorization = format!("Basic {basic}");
    let request = Request {
        method,
        url: format!("{site_url}{path}"),
        headers: headers(&[
            ("accept", "application/json"),
            ("authorization", authorization.as_str()),
            ("user-agent", AGENT),
        ]),
        body: Bytes::new(),
        timeout: TIMEOUT,
        keep_bytes: KEEP_BYTES,
        reads_answer: true,
    };
    Some(Call { request, hidden: vec![basic, api_token.clone()], read })
}

fn headers(all: &[(&'static str, &str)]) -> Vec<(Cow<'static, str>, String)> {
    all.iter().map(|(name, value)| (Cow::Borrowed(*name), (*value).to_owned())).collect()
}

fn as_method(method: HttpMethod) -> Method {
    match method {
        HttpMethod::Post => Method::POST,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Get => Method::GET,
        HttpMethod::Delete => Method::DELETE,
    }
}

/// A summary as Jira takes it: one line of at most 255 characters, and not empty.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match cut(line.trim(), SUMMARY_CHARS) {
        ("", _) => "-".to_owned(),
        (whole, false) => whole.to_owned(),
        (long, true) => format!("{}\u{2026}", cut(long, SUMMARY_CHARS - 1).0.trim_end()),
    }
}

fn failed(outcome: &Outcome) -> Option<String> {
    outcome.error.clone()
}

/// Slack answers `ok`, or one word that says what is wrong.
fn of_slack(_: &Target, outcome: &Outcome) -> Told {
    let Some(error) = failed(outcome) else { return Told::good("posted") };
    let body = outcome.body.as_deref().unwrap_or_default().trim();
    let is_word = (1..=64).contains(&body.len()) && body.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    match outcome.status {
        Some(status) if is_word => Told::bad(format!("Slack answered {status}: {body}")),
        Some(status) => Told::bad(format!("Slack answered {status}")),
        None => Told::bad(error),
    }
}

/// What Jira answers when it refuses.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Refusal {
    error_messages: Vec<String>,
    errors: Map<String, Value>,
}

/// Fields whose errors may repeat what they hold, which is the ticket's.
const OF_THE_TICKET: [&str; 2] = ["summary", "description"];

/// Why Jira has not done it.
fn refused(status: u16, body: &str) -> String {
    let refusal: Refusal = serde_json::from_str(body).unwrap_or_default();
    let fields = refusal.errors.iter().map(|(field, why)| match why.as_str() {
        Some(why) if !OF_THE_TICKET.contains(&field.as_str()) => format!("{field}: {why}"),
        _ => format!("{field} is refused"),
    });
    let all: Vec<String> = refusal.error_messages.iter().cloned().chain(fields).collect();
    let hint = match status {
        401 => "email and API token are not accepted",
        403 => "the user may not do this",
        404 => "there is no such project, or the user may not see it",
        _ => "",
    };
    match (all.is_empty(), hint) {
        (false, _) => format!("Jira answered {status}: {}", all.join("; ")),
        (true, "") => format!("Jira answered {status}"),
        (true, hint) => format!("Jira answered {status}: {hint}"),
    }
}

fn of_jira(outcome: &Outcome) -> Result<Value, Told> {
    let body = outcome.body.as_deref().unwrap_or_default();
    match (outcome.status, failed(outcome)) {
        (Some(status), Some(_)) => Err(Told::bad(refused(status, body))),
        (_, Some(error)) => Err(Told::bad(error)),
        // Something else may stand there, such as a page to sign in; and an answer may be longer than what is looked at.
        (_, None) => match serde_json::from_str(body) {
            Ok(object @ Value::Object(_)) => Ok(object),
            _ if body.len() + 4 > KEEP_BYTES && body.trim_start().starts_with('{') => Ok(Value::Null),
            _ => Err(Told::bad("the answer is not one of Jira")),
        },
    }
}

/// Whether it is the key of an issue.
fn is_issue_key(key: &str) -> bool {
    key.rsplit_once('-').is_some_and(|(project, number)| {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !project.is_empty()
            && project.bytes().all(letters)
            && (1..=18).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn of_new_issue(target: &Target, outcome: &Outcome) -> Told {
    let answer = match of_jira(outcome) {
        Ok(answer) => answer,
        Err(told) => return told,
    };
    let (Some(key), Target::Jira { site_url, .. }) = (answer["key"].as_str().filter(|key| is_issue_key(key)), target)
    else {
        return Told::bad("the answer is not one of Jira");
    };
    let issue = Issue { key: key.to_owned(), url: format!("{site_url}/browse/{key}") };
    Told { issue: Some(issue), ..Told::good(&format!("created {key}")) }
}

fn of_project(target: &Target, outcome: &Outcome) -> Told {
    match (of_jira(outcome), target) {
        (Err(told), _) => told,
        (Ok(_), Target::Jira { project_key, .. }) => Told::good(&format!("the project {project_key} can be read")),
        (Ok(_), _) => Told::good("the project can be read"),
    }
}

fn of_http(_: &Target, outcome: &Outcome) -> Told {
    match (failed(outcome), outcome.status) {
        (Some(error), _) => Told::bad(error),
        (None, Some(status)) => Told::good(&format!("the receiver answered {status}")),
        (None, None) => Told::good("the receiver answered"),
    }
}

#[cfg(test)]
#[path = "connection/tests.rs"]
mod tests;
