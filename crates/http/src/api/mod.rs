//! The routes, one file per noun.

mod accounts;
mod api_keys;
mod attachments;
mod automations;
mod avatar;
mod brands;
mod bulk;
mod categories;
mod comments;
mod companies;
mod connections;
mod customers;
mod events;
mod fields;
mod logs;
mod mail;
mod mailboxes;
mod members;
pub(crate) mod operations;
mod portal;
mod presence;
mod profile;
mod queue;
mod relay;
mod sessions;
mod sign_in;
mod statuses;
mod surveys;
mod tags;
mod ticket_query;
mod tickets;
mod totp;
mod watchers;
mod webhooks;

use dispatch_model::{
    Errors,
    event::EventType,
    input::{Params, QueryValue, schema},
    limits::{PAGE_DEFAULT, PAGE_MAX, SEARCH_CHARS_MAX},
};

use utoipa::openapi::{RefOr, Schema};

use crate::operation::Operation;

/// The nouns of the API in the order in which the document shows them.
pub(crate) const TAGS: &[(&str, &str)] = &[
    ("tickets", "Tickets of a brand, with what happens to them: lists, changes, spam, merging, many at once."),
    ("comments", "The conversation on a ticket, internal notes included."),
    (
        "attachments",
        "Files on tickets and comments. Their bytes never pass through the API: it answers where to send and where to fetch them.",
    ),
    ("watchers", "Who hears of a ticket without working on it."),
    ("queue", "Tickets and statistics across all brands that the caller reaches."),
    ("customers", "The people who ask, unique by address within a brand."),
    ("companies", "Customers that belong together, with settings that their new tickets share."),
    ("brands", "Isolated containers of tickets, customers and configuration."),
    ("statuses", "Where a ticket stands: four system statuses in every brand, and custom ones."),
    ("categories", "What a ticket is about; it has at most one."),
    ("tags", "Labels; a ticket has many."),
    ("fields", "Definitions of custom fields: how `customFields` are shown and asked for."),
    ("events", "The log of a brand: every change, once and in order."),
    ("logs", "The audit log of a brand: who did what."),
    ("webhooks", "What is called when something happens in a brand, and what became of the calls."),
    ("automations", "What a brand does by itself when something happens, and what came of it."),
    ("connections", "What the automations of a brand call elsewhere: Slack, Jira, and whatever speaks HTTP."),
    ("mail", "Mail in and out of a brand: the ways in, and what became of each message."),
    ("portal", "What customers do with their own tickets, with a portal token."),
    ("feedback", "Answers to surveys, by the link in the mail."),
    ("accounts", "The account, its usage and its own audit log."),
    ("apiKeys", "Credentials of programs."),
    ("members", "The people of the account, and the invitations to join them."),
    ("auth", "Signing in, sessions and invitations."),
    ("profile", "What members set for themselves."),
    ("operations", "For whoever runs the server."),
];

/// Every route under `/v1` but health and readiness.
pub(crate) fn operations() -> Vec<Operation> {
    [
        accounts::operations(),
        api_keys::operations(),
        sign_in::operations(),
        totp::operations(),
        sessions::operations(),
        profile::operations(),
        avatar::operations(),
        members::operations(),
        brands::operations(),
        statuses::operations(),
        categories::operations(),
        tags::operations(),
        fields::operations(),
        customers::operations(),
        companies::operations(),
        tickets::operations(),
        comments::operations(),
        watchers::operations(),
        attachments::operations(),
        surveys::operations(),
        portal::operations(),
        presence::operations(),
        queue::operations(),
        events::operations(),
        webhooks::operations(),
        automations::operations(),
        connections::operations(),
        mail::operations(),
        relay::operations(),
        mailboxes::operations(),
        logs::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Adds the parameters of a page to a list.
fn paged(operation: Operation) -> Operation {
    operation
        .query("limit", "Items of the page.", schema::int_or(1, PAGE_MAX, PAGE_DEFAULT))
        .query(
            "cursor",
            "Where the page begins: `nextCursor` of the page before, with the same filters and order.",
            schema::text(0, 4096),
        )
        .strict()
}

/// What `types` says of itself.
const TYPES: &str = "Only these: names of events, groups (`ticket.*`) or `*`.";

/// The schema of a list of the names in a catalogue.
fn types_schema(catalogue: &[EventType]) -> RefOr<Schema> {
    let group = |name: &&str| name.split('.').next().map(|group| format!("{group}.*"));
    let long = |name: &&str| name.starts_with("comment.").then(|| format!("ticket.{name}"));
    let mut all = vec!["*".to_owned()];
    all.extend(catalogue.iter().filter_map(group));
    all.extend(catalogue.iter().map(|name| (*name).to_owned()));
    if catalogue.iter().any(|name| name.starts_with("comment.")) {
        all.push("ticket.comment.*".to_owned());
    }
    all.extend(catalogue.iter().filter_map(long));
    let mut names: Vec<&str> = Vec::new();
    for name in &all {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    schema::comma_list(schema::one_of(&names))
}

/// The schema of `order`.
fn order_schema(default: &str) -> RefOr<Schema> {
    schema::one_of_or(&["asc", "desc"], default)
}

/// Reads `limit`: within 1 to `max`.
fn limit(params: &mut Params, default: i64, max: i64, errors: &mut Errors) -> i64 {
    let limit = params.parsed::<i64>("limit", errors).unwrap_or(default);
    if !(1..=max).contains(&limit) {
        errors.push("limit", format!("must be from 1 to {max}"));
    }
    limit
}

/// Reads the `limit` of a usual page.
fn page_limit(params: &mut Params, errors: &mut Errors) -> i64 {
    limit(params, PAGE_DEFAULT, PAGE_MAX, errors)
}

/// Reads a text to search for.
fn search(params: &mut Params, name: &str, errors: &mut Errors) -> Option<String> {
    let text = params.one(name, errors)?;
    if text.chars().count() > SEARCH_CHARS_MAX {
        errors.push(name, format!("must have at most {SEARCH_CHARS_MAX} characters"));
    }
    Some(text)
}

/// Reads `sort`; `later` are the contract's sorts that come with later versions.
fn sort<T: QueryValue>(params: &mut Params, default: T, later: &[&str], errors: &mut Errors) -> T {
    match params.one("sort", errors) {
        None => default,
        Some(text) if later.contains(&text.as_str()) => {
            errors.push("sort", "not available yet");
            default
        }
        Some(text) => T::read(&text).unwrap_or_else(|message| {
            errors.push("sort", message);
            default
        }),
    }
}

/// Reads `order`: whether it is descending.
fn descending(params: &mut Params, default: bool, errors: &mut Errors) -> bool {
    match params.one("order", errors).as_deref() {
        None => default,
        Some("desc") => true,
        Some("asc") => false,
        Some(_) => {
            errors.push("order", "must be one of: asc, desc");
            default
        }
    }
}
