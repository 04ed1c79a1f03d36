//! `/brands/{brandId}/tickets/{ticketId}/survey` and `.../feedback`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, api_keys::hash, surveys};
use dispatch_model::survey::{Feedback, FeedbackAnswer, FeedbackShown, FeedbackTaken, SurveyRequest};

use crate::{
    call::{Call, Reply},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Feedback>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/survey",
            "tickets.sendSurvey",
            "Ask the customer of a ticket how satisfied they are",
        )
        .creates()
        .about(
            "The survey is mailed after `delayMinutes`, and `feedback.requested` is recorded then. It needs no `csatEnabled`, and \
            nothing that happens to the ticket cancels it.",
        )
        .refuses(
            Code::Conflict,
            "The ticket has a survey within the last 7 days, no customer, one who wants no mail, is spam, or was merged.",
        )
        .run_with(ask),
        Operation::new::<FeedbackShown>(Method::GET, "/feedback/{token}", "feedback.get", "A survey by the link in its mail")
            .needs(Permission::Public)
            .about("Looking at it answers nothing.")
            .run(show),
        Operation::new::<FeedbackTaken>(Method::POST, "/feedback/{token}", "feedback.submit", "Answer a survey")
            .needs(Permission::Public)
            .about("Once. Records `feedback.submitted`.")
            .refuses(Code::Conflict, "It was already submitted, or has expired.")
            .run_with(answer),
        Operation::array::<Feedback>(
            "/brands/{brandId}/tickets/{ticketId}/feedback",
            "tickets.feedback",
            "Surveys of a ticket and their answers, newest first",
        )
        .about(
            "With the brand's `csatEnabled` a survey is scheduled when the ticket becomes `resolved`, one within 7 days. Back to \
            an active status, spam, a merge and the deletion cancel one that was not mailed yet.",
        )
        .run(of_ticket),
    ]
}

async fn ask(call: Call, wanted: SurveyRequest) -> Result<Reply, Problem> {
    let (brand, id, wanted) = (call.brand(), call.at("ticketId").to_owned(), Arc::new(wanted));
    call.write(op!([brand, id, wanted] | tx, act | surveys::ask(tx, &act, &brand, &id, &wanted))).await
}

async fn show(call: Call) -> Result<Reply, Problem> {
    let token = hash(call.at("token"));
    call.read(op!([token] | tx, act | surveys::shown(tx, &act, &token))).await
}

async fn answer(mut call: Call, answer: FeedbackAnswer) -> Result<Reply, Problem> {
    let (token, answer) = (hash(call.at("token")), Arc::new(answer));
    let (brand, _) = call.found(op!(&[token] | tx, _act | surveys::of_token(tx, &token))).await?;
    call.of_brand = Some(brand);
    call.write(op!([token, answer] | tx, act | surveys::answer(tx, &act, &token, &answer))).await
}

async fn of_ticket(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.read(op!([brand, id] | tx, _act | surveys::of_ticket(tx, &brand, &id))).await
}
