//! The parameters of every list and count of tickets (API 5.4).

use std::sync::Arc;

use dispatch_desk::tickets::TicketQuery;
use dispatch_model::{
    Errors, Timestamp,
    input::{PREFIXED_MAX, Params, schema},
    limits::SEARCH_CHARS_MAX,
    ticket::{Priority, TicketSort},
};
use dispatch_store::tickets::{Range, Shown};

use super::{descending, order_schema, page_limit, sort};
use crate::{
    call::Call,
    operation::Operation,
    problem::{Code, Problem},
};

/// Who asks: what `me` means.
pub(super) struct Asker {
    me: Option<String>,
}

/// Adds the filters to an operation.
pub(super) fn filters(operation: Operation) -> Operation {
    let (text, texts) = (schema::any_text, || schema::comma_list(schema::any_text()));
    let (time, flag) = (schema::moment, schema::boolean);
    let priorities: Vec<&str> = Priority::READ.iter().copied().chain(["all"]).collect();
    operation
        .query("status", "Keys or ids; `active` (custom statuses included), `inactive`, or `all`.", texts())
        .like("active")
        .query(
            "priority",
            "`medium` means `normal`; `all` is no filter.",
            schema::comma_list(schema::one_of(&priorities)),
        )
        .query("source", "The channels that they came from; `all` is no filter.", texts())
        .query("createdBy", "Who created them.", texts())
        .query("assigneeId", "A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`.", text())
        .query("assigneeEmail", "The address of an assignee.", text())
        .query("customerId", "The id of a customer.", text())
        .query("customerEmail", "The address of a customer.", text())
        .query("companyId", "The id of a company: tickets of all its customers.", text())
        .query("sourceId", "Their id in the channel that they came from.", text())
        .query("formId", "The id of a form; finds nothing until forms are available.", text())
        .query("categoryId", "Id or key of a category; `null` for none; `all`.", text())
        .query("tagIds", "Ids of tags.", texts())
        .query(
            "tagMatch",
            "Whether one of the tags is enough, or all of them must be there.",
            schema::one_of_or(&["any", "all"], "any"),
        )
        .query("createdAfter", "Created at this time or later.", time())
        .query("createdBefore", "Created before this time.", time())
        .query("updatedAfter", "Changed at this time or later.", time())
        .query("updatedBefore", "Last changed before this time.", time())
        .query("dueAfter", "Due at this time or later.", time())
        .query("dueBefore", "Due before this time.", time())
        .query("overdue", "Whether it is active and was due before now.", flag())
        .query("hasAttachments", "Whether files hang on it.", flag())
        .query("merged", "Whether it was merged into another.", flag())
        .query(
            "isSpam",
            "Without spam, only spam, or both.",
            schema::one_of_or(&["true", "false", "any", "1", "0"], "false"),
        )
        .query("deleted", "Only deleted ones; for admins.", flag())
        .query(
            "customFields",
            "`customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar.",
            schema::texts_named("^customFields\\..", PREFIXED_MAX),
        )
        .query(
            "search",
            "Every word must begin a word of the title, the body, the number, a comment or the customer's name or \
             address, whatever its case and accents.",
            schema::text(0, SEARCH_CHARS_MAX),
        )
        .like("invoice download")
}

/// Adds the order.
pub(super) fn order(operation: Operation) -> Operation {
    operation.query("sort", "What they are sorted by.", schema::one_of_or(TicketSort::ALL, "createdAt")).query(
        "order",
        "For priorities `desc` begins with urgent. Empty values come last in both.",
        order_schema("desc"),
    )
}

/// Reads the filters of a call.
fn read_filters(asker: &Asker, params: &mut Params, errors: &mut Errors) -> TicketQuery {
    let mut range = |name: &str| Range {
        after: params.parsed::<Timestamp>(&format!("{name}After"), errors),
        before: params.parsed::<Timestamp>(&format!("{name}Before"), errors),
    };
    let (created, updated, due) = (range("created"), range("updated"), range("due"));
    let priority = params.list("priority", errors);
    for text in priority.iter().flatten().filter(|text| *text != "all") {
        if let Err(message) = Priority::read(text) {
            errors.push("priority", message);
        }
    }
    let tags_all = match params.one("tagMatch", errors).as_deref() {
        None | Some("any") => false,
        Some("all") => true,
        Some(_) => {
            errors.push("tagMatch", "must be one of: any, all");
            false
        }
    };
    // It is one parameter with many names, and its own name is none of them.
    if params.one("customFields", errors).is_some() {
        errors.push("customFields", "needs a key: customFields.<key>");
    }
    TicketQuery {
        status: params.list("status", errors),
        priority,
        source: params.list("source", errors),
        created_by: params.list("createdBy", errors),
        assignee_id: params.one("assigneeId", errors),
        assignee_email: params.one("assigneeEmail", errors),
        customer_id: params.one("customerId", errors),
        customer_email: params.one("customerEmail", errors),
        company_id: params.one("companyId", errors),
        source_id: params.one("sourceId", errors),
        form_id: params.one("formId", errors),
        category_id: params.one("categoryId", errors),
        tag_ids: params.list("tagIds", errors),
        tags_all,
        created,
        updated,
        due,
        overdue: params.parsed("overdue", errors),
        has_attachments: params.parsed("hasAttachments", errors),
        merged: params.parsed("merged", errors),
        shown: shown(params, errors),
        fields: params.prefixed("customFields.", errors),
        search: params.one("search", errors),
        me: asker.me.clone(),
        ..TicketQuery::default()
    }
}

fn shown(params: &mut Params, errors: &mut Errors) -> Shown {
    let spam = match params.one("isSpam", errors).as_deref() {
        None | Some("false" | "0") => Shown::Live,
        Some("true" | "1") => Shown::Spam,
        Some("any") => Shown::Both,
        Some(_) => {
            errors.push("isSpam", "must be one of: true, false, any");
            Shown::Live
        }
    };
    match params.parsed::<bool>("deleted", errors) {
        Some(true) => Shown::Deleted,
        _ => spam,
    }
}

/// Reads the query of a count: that of a list may be sent as it is, and its order is checked like everything else.
pub(super) fn read_counted(asker: &Asker, params: &mut Params, errors: &mut Errors) -> TicketQuery {
    sort(params, TicketSort::CreatedAt, &[], errors);
    descending(params, true, errors);
    read_filters(asker, params, errors)
}

/// Reads filters, order and page.
pub(super) fn read(asker: &Asker, params: &mut Params, errors: &mut Errors) -> TicketQuery {
    TicketQuery {
        sort: Some(sort(params, TicketSort::CreatedAt, &[], errors)),
        ascending: !descending(params, true, errors),
        limit: page_limit(params, errors),
        cursor: params.one("cursor", errors),
        ..read_filters(asker, params, errors)
    }
}

/// Reads the query of a call; all that is wrong with it is told at once.
pub(super) async fn asked(
    call: &mut Call,
    read: fn(&Asker, &mut Params, &mut Errors) -> TicketQuery,
) -> Result<Arc<TicketQuery>, Problem> {
    if call.params.says("deleted", &["true", "1"]) && !call.caller.is_admin() {
        return Err(call.refuse(Problem::new(Code::Forbidden, "Deleted tickets are for admins to see.")).await);
    }
    let asker = Asker { me: call.member().map(str::to_owned) };
    call.query(|params, errors| read(&asker, params, errors)).await.map(Arc::new)
}
