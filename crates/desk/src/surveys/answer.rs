//! Answers to surveys. Whoever holds the link may answer, once.

use dispatch_model::{
    BrandId, Errors, FeedbackId,
    brand::CsatType,
    event::{Act, Actor, ActorType},
    survey::{Feedback, FeedbackAnswer, FeedbackBrand, FeedbackShown, FeedbackState, FeedbackTaken, FeedbackTicket},
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result,
    error::{Found, conflict},
    payload,
    tickets::{self, Loaded},
};

/// The survey behind a link, and whom it asks. One about a ticket that is deleted, or of a customer who is, is not there.
///
/// # Errors
/// When there is none.
pub async fn of_token(tx: &Tx, hash: &str) -> Result<(BrandId, FeedbackId)> {
    let (brand, id, customer) = store::surveys::by_token(tx, hash).await?.found()?;
    store::customers::by_id(tx, &brand, customer.as_str()).await?.found()?;
    Ok((brand, id))
}

/// Where a survey stands now: the row of one that is over may still say that it was sent.
fn state(survey: &Feedback, act: &Act) -> FeedbackState {
    let is_over = survey.state == FeedbackState::Sent && survey.expires_at <= act.at;
    if is_over { FeedbackState::Expired } else { survey.state }
}

/// A survey as whoever holds its link sees it.
///
/// # Errors
/// When there is none.
pub async fn shown(tx: &Tx, act: &Act, hash: &str) -> Result<FeedbackShown> {
    let (brand, id) = of_token(tx, hash).await?;
    let survey = store::surveys::get(tx, &brand, &id).await?.found()?;
    let Loaded { brand, ticket, statuses } = tickets::load(tx, &brand, survey.ticket_id.as_str()).await?;
    let ticket = ticket.view(&statuses)?;
    Ok(FeedbackShown {
        state: state(&survey, act),
        id: survey.id,
        rating_type: survey.rating_type,
        ticket: FeedbackTicket { title: ticket.title, ticket_number: ticket.ticket_number },
        brand: FeedbackBrand { name: brand.name, icon_url: brand.icon_url },
    })
}

/// What is wrong with a rating.
fn check(kind: CsatType, rating: i64) -> Result<()> {
    let (fits, message) = match kind {
        CsatType::Thumbs => (rating == 1 || rating == -1, "must be 1 or -1"),
        CsatType::Scale5 => ((1..=5).contains(&rating), "must be from 1 to 5"),
        CsatType::Scale10 => ((1..=10).contains(&rating), "must be from 1 to 10"),
    };
    if fits { Ok(()) } else { Err(Errors::one("rating", message).into()) }
}

/// Keeps an answer. In the brand's lane.
///
/// # Errors
/// When there is no such survey, the rating is not on its scale, it has been answered, or it is over.
pub async fn answer(tx: &Tx, act: &Act, hash: &str, answer: &FeedbackAnswer) -> Result<FeedbackTaken> {
    let (brand, id) = of_token(tx, hash).await?;
    let survey = store::surveys::get(tx, &brand, &id).await?.found()?;
    let Loaded { ticket, statuses, .. } = tickets::load(tx, &brand, survey.ticket_id.as_str()).await?;
    check(survey.rating_type, answer.rating.0)?;
    match state(&survey, act) {
        FeedbackState::Sent => {}
        FeedbackState::Expired => return Err(conflict("The survey has expired.")),
        _ => return Err(already()),
    }
    let comment = answer.comment.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if !store::surveys::submit(tx, &brand, &id, (answer.rating.0, comment), act.at).await? {
        return Err(already());
    }
    let submitted = store::surveys::get(tx, &brand, &id).await?.found()?;
    let customer = store::surveys::customer(tx, &brand, &id).await?.found()?;
    let known = store::customers::by_id(tx, &brand, customer.as_str()).await?;
    let actor = match &known {
        Some(known) => Actor::customer(Some(&known.id), known.name.as_deref(), &known.email),
        None => Actor { kind: ActorType::Customer, ..Actor::system() },
    };
    let shown = ticket.view(&statuses)?;
    tx.record(&act.by_customer(actor, "web"), &brand, payload::feedback("feedback.submitted", &submitted, &shown));
    Ok(FeedbackTaken { success: true, message: "Thank you for your feedback.", id })
}

fn already() -> crate::Error {
    conflict("The survey was already submitted.")
}
