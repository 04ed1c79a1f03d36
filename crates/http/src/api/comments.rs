//! `/brands/{brandId}/tickets/{ticketId}/comments`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::comments;
use dispatch_model::{
    comment::{AuthorType, Comment, CommentPatch, CommentWithReplies, NewComment},
    input::{Parse, schema},
    limits::COMMENTS_PAGE_MAX,
};

use super::limit;
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/tickets/{ticketId}/comments";
const ONE: &str = "/brands/{brandId}/tickets/{ticketId}/comments/{commentId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Comment>(Method::POST, ALL, "comments.create", "Write a comment")
            .creates()
            .about(
                "Written together with the change of status. A CUSTOMER comment opens a resolved, closed or \
                pending ticket, unless `setStatus` says otherwise. With a session STAFF is always the \
                member. Records `comment.created`, then `ticket.updated` and what follows.",
            )
            .refuses(Code::Conflict, "The ticket was merged into another; write there.")
            .tells_all(&[("body", "\"-\"")])
            .run_with(create),
        Operation::array::<Comment>(ALL, "comments.list", "Comments of a ticket, oldest first")
            .query("authorType", "Only by these.", schema::comma_list(<AuthorType as Parse>::schema()))
            .query("limit", "Comments at most.", schema::int_or(1, COMMENTS_PAGE_MAX, COMMENTS_PAGE_MAX))
            .query("cursor", "`X-Next-Cursor` of the reply before.", schema::text(0, 4096))
            .about("Flat, with `parentId`.")
            .continues()
            .run(list),
        Operation::new::<CommentWithReplies>(Method::GET, ONE, "comments.get", "One comment with its replies").run(get),
        Operation::new::<Comment>(Method::PATCH, ONE, "comments.update", "Change a comment")
            .about("Records `comment.updated`.")
            .refuses(Code::Forbidden, "A member changes only their own comments.")
            .refuses(Code::Conflict, "The server wrote it.")
            .run_with(update),
        Operation::new::<Comment>(Method::DELETE, ONE, "comments.delete", "Delete a comment")
            .about("Its replies keep their `parentId`. Records `comment.deleted`.")
            .refuses(Code::Forbidden, "A member deletes only their own comments.")
            .refuses(Code::Conflict, "The server wrote it.")
            .run(delete),
    ]
}

async fn create(call: Call, new: NewComment) -> Result<Reply, Problem> {
    let (brand, ticket, new) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(new));
    call.write(op!([brand, ticket, new] | tx, act | comments::create(tx, &act, &brand, &ticket, &new))).await
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let (authors, limit, cursor) = call
        .query(|params, errors| {
            let mut authors = Vec::new();
            for text in params.list("authorType", errors).unwrap_or_default() {
                match AuthorType::read(&text) {
                    Ok(author) => authors.push(author),
                    Err(message) => errors.push("authorType", message),
                }
            }
            (authors, limit(params, COMMENTS_PAGE_MAX, COMMENTS_PAGE_MAX, errors), params.one("cursor", errors))
        })
        .await?;
    let (brand, ticket) = (call.brand(), call.at("ticketId").to_owned());
    let (found, next) = call
        .found(op!(
            [brand, ticket, authors, cursor] | tx,
            _act | { comments::list(tx, &brand, &ticket, &authors, limit, cursor.as_deref()) }
        ))
        .await?;
    let reply = call.reply(write_json(&found)?);
    Ok(match next {
        Some(next) => reply.header("x-next-cursor", &next),
        None => reply,
    })
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, ticket, id) = (call.brand(), call.at("ticketId").to_owned(), call.at("commentId").to_owned());
    call.read(op!([brand, ticket, id] | tx, _act | comments::get(tx, &brand, &ticket, &id))).await
}

async fn update(call: Call, patch: CommentPatch) -> Result<Reply, Problem> {
    let (brand, ticket, id) = (call.brand(), call.at("ticketId").to_owned(), call.at("commentId").to_owned());
    let (caller, patch) = (call.caller.clone(), Arc::new(patch));
    call.write(op!(
        [caller, brand, ticket, id, patch] | tx,
        act | comments::update(tx, &act, &caller, (&brand, &ticket, &id), &patch)
    ))
    .await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, ticket, id) = (call.brand(), call.at("ticketId").to_owned(), call.at("commentId").to_owned());
    let caller = call.caller.clone();
    call.write(op!([caller, brand, ticket, id] | tx, act | comments::delete(tx, &act, &caller, (&brand, &ticket, &id))))
        .await
}
