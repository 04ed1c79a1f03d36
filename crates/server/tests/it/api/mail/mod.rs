//! Mail that comes in: `/inbound/email`, its ledger, and what becomes of messages (API 20).

mod crash;
mod create;
mod erase;
mod files;
mod ignored;
mod ledger;
mod mailbox;
mod members;
mod quarantine;
mod reopen;
mod smtp;
mod telling;
mod thread;
mod token;

use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp, server_key};
use serde_json::Value;

use super::{given::execute, id};

/// A message from Jane, with these further headers (each with its line end) and this text.
pub fn message(headers: &str, text: &str) -> String {
    let from = if headers.contains("From:") { "" } else { "From: Jane Doe <jane@example.com>\r\n" };
    let subject = if headers.contains("Subject:") { "" } else { "Subject: Printer\r\n" };
    format!("{from}To: acme@mail.example\r\n{subject}{headers}\r\n{text}\r\n")
}

/// Delivers a message to the brand with this slug.
pub async fn deliver(app: &TestApp, slug: &str, raw: impl Into<Vec<u8>>) -> Answer {
    deliver_with(app, &app.key, slug, raw, &[]).await
}

/// The same with this credential and these headers.
pub async fn deliver_with(
    app: &TestApp,
    key: &str,
    slug: &str,
    raw: impl Into<Vec<u8>>,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder().method("POST").uri(format!("/v1/inbound/email/{slug}"));
    request = request.header("content-type", "message/rfc822");
    if !key.is_empty() {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::from(raw.into())).expect("a request")).await
}

/// What has become of a message that is delivered now.
pub async fn outcome(app: &TestApp, slug: &str, raw: impl Into<Vec<u8>>) -> String {
    let answer = deliver(app, slug, raw).await;
    let status = answer.status.as_u16();
    let record = answer.with(status);
    let outcome = record["outcome"].as_str().expect("an outcome").to_owned();
    let new = outcome == "created" || outcome == "appended";
    assert_eq!(status, if new { 201 } else { 200 }, "{record}");
    outcome
}

/// The ticket that a new message became.
pub async fn new_ticket(app: &TestApp, brand: &str, slug: &str, raw: impl Into<Vec<u8>>) -> Value {
    let record = deliver(app, slug, raw).await.created();
    assert_eq!(record["outcome"], "created", "{record}");
    let ticket = record["ticketId"].as_str().expect("a ticket");
    app.get(&format!("{brand}/tickets/{ticket}")).await.ok()
}

/// The comments of a ticket by people, oldest first.
pub async fn comments(app: &TestApp, brand: &str, ticket: &Value) -> Vec<Value> {
    let path = format!("{brand}/tickets/{}/comments?authorType=STAFF,CUSTOMER", id(ticket));
    app.get(&path).await.ok().as_array().expect("comments").clone()
}

/// Lets a mail about a ticket have been sent to an address, perhaps to a member; answers the address to answer to.
pub async fn sent(app: &TestApp, brand: &str, ticket: &Value, number: u32, to: &str, member: Option<&str>) -> String {
    let (brand, mail) = (brand.trim_start_matches("/brands/"), mail_id(number));
    let token = server_key().token("mail.reply", &mail);
    let hash = dispatch_desk::api_keys::hash(&token);
    let member = member.map_or("NULL".to_owned(), |member| format!("'{member}'"));
    let now = app.clock.now().as_millis();
    let sql = format!(
        "INSERT INTO mail (brand_id, id, kind, ticket_id, to_address, subject, state, created_at, body, message_id, reply_hash, member_id) \
         VALUES ('{brand}', '{mail}', 'reply', '{}', '{to}', 'Re: x', 'sent', {now}, '', '{mail}@mail.example', '{hash}', {member})",
        id(ticket)
    );
    execute(app, sql).await;
    format!("acme+{token}@mail.example")
}

/// The id of a mail that [`sent`] has sent.
pub fn mail_id(number: u32) -> String {
    format!("ml_01kdyak43d7trmct2jayyx{number:04}")
}

/// How many tickets a brand has.
pub async fn tickets(app: &TestApp, brand: &str) -> i64 {
    app.get(&format!("{brand}/tickets/count?isSpam=any")).await.ok()["count"].as_i64().expect("a count")
}

/// What a refusal names.
pub trait RefusedAt {
    /// Asserts a 400 that names these fields.
    fn refused_at(self, fields: &[&str]);
}

impl RefusedAt for Answer {
    #[track_caller]
    fn refused_at(self, fields: &[&str]) {
        assert_eq!(self.invalid(), fields);
    }
}
