//! `/brands/{brandId}/tickets/{ticketId}/survey` and `.../feedback`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::surveys;
use dispatch_model::survey::{Feedback, SurveyRequest};

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
            "The survey is mailed after `delayMinutes`, as soon as outgoing mail is set up. It needs no `csatEnabled`, and \
            nothing that happens to the ticket cancels it.",
        )
        .refuses(
            Code::Conflict,
            "The ticket has a survey within the last 7 days, no customer, one who wants no mail, is spam, or was merged.",
        )
        .run_with(ask),
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

async fn of_ticket(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.at("ticketId").to_owned());
    call.read(op!([brand, id] | tx, _act | surveys::of_ticket(tx, &brand, &id))).await
}
