//! Surveys (API 24): started when a ticket is resolved, by an automation or by hand; canceled when it comes back.
//!
//! A survey begins and ends in the transaction of the change that it follows from: it is one small row, and whoever reads it
//! next sees it. Only what is mailed for it comes later.

mod answer;
mod mailed;

pub use answer::{answer, of_token, shown};
pub use mailed::step;

use dispatch_model::{
    BrandId, TicketId,
    brand::Brand,
    customer::Customer,
    event::Act,
    limits::{SURVEY_EVERY_MS, SURVEYS_SHOWN_MAX},
    status::RESOLVED,
    survey::{Feedback, NewSurvey, SurveyCause, SurveyOutcome, SurveyRequest, SurveySkip},
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use crate::{
    Result,
    error::{Found, conflict},
    tickets::{self, StatusMove},
};

const MINUTE_MS: i64 = 60_000;

/// Through what a ticket is resolved without a question to its customer (API 21).
const SILENT: [&str; 2] = ["merge", "status_deleted"];

/// Schedules a survey about a ticket, `delay_minutes` from now or as the brand says, unless something stands against it. In
/// the brand's lane.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn request(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    ticket: &StoredTicket,
    delay_minutes: Option<i64>,
    cause: SurveyCause,
) -> Result<SurveyOutcome> {
    let customer = match whom(ticket) {
        Ok(customer) => customer,
        Err(skip) => return Ok(SurveyOutcome::Skipped(skip)),
    };
    if store::surveys::any_since(tx, &brand.id, &ticket.id, act.at.plus_ms(-SURVEY_EVERY_MS)).await? {
        return Ok(SurveyOutcome::Skipped(SurveySkip::Recent));
    }
    let delay = delay_minutes.unwrap_or(brand.csat.delay_minutes);
    let new = NewSurvey {
        id: act.mint.id(),
        brand_id: brand.id.clone(),
        ticket_id: ticket.id.clone(),
        cause,
        rating_type: brand.csat.kind,
        customer_id: customer.id.clone(),
        customer_email: customer.email.clone(),
        resolver_email: resolver(tx, act, brand, ticket).await?,
        send_at: act.at.plus_ms(delay.saturating_mul(MINUTE_MS)),
        created_at: act.at,
    };
    store::surveys::insert(tx, &new).await?;
    if !brand.surveyed {
        store::surveys::surveyed(tx, &brand.id).await?;
    }
    Ok(SurveyOutcome::Scheduled(new.id))
}

/// Whom a survey about a ticket would ask.
fn whom(ticket: &StoredTicket) -> std::result::Result<&Customer, SurveySkip> {
    if ticket.merged_into_id.is_some() {
        return Err(SurveySkip::Merged);
    }
    if ticket.is_spam {
        return Err(SurveySkip::Spam);
    }
    let customer = ticket.customer.as_deref().filter(|customer| customer.deleted_at.is_none());
    let customer = customer.filter(|customer| !customer.email.is_empty()).ok_or(SurveySkip::NoCustomer)?;
    if customer.notify_email { Ok(customer) } else { Err(SurveySkip::NoMail) }
}

/// The address of the member who resolved a ticket.
async fn resolver(tx: &Tx, act: &Act, brand: &Brand, ticket: &StoredTicket) -> Result<Option<String>> {
    let Some(member) = &ticket.resolved_by_id else { return Ok(None) };
    if act.member().as_ref() == Some(member) {
        return Ok(act.actor.email.clone());
    }
    let found = store::members::names(tx, &brand.account_id, std::slice::from_ref(member)).await?;
    Ok(found.into_iter().next().map(|(_, email, _)| email))
}

/// Schedules a survey that somebody asks for. It is not canceled by what happens to the ticket.
///
/// # Errors
/// When there is no such ticket, or something stands against a survey.
pub async fn ask(tx: &Tx, act: &Act, brand: &BrandId, id: &str, wanted: &SurveyRequest) -> Result<Feedback> {
    let loaded = tickets::load(tx, brand, id).await?;
    tickets::refuse_merged(tx, &loaded.ticket).await?;
    let delay = Some(wanted.delay_minutes.map_or(0, |minutes| minutes.0));
    match request(tx, act, &loaded.brand, &loaded.ticket, delay, SurveyCause::Asked).await? {
        SurveyOutcome::Scheduled(id) => store::surveys::get(tx, brand, &id).await?.found(),
        SurveyOutcome::Skipped(skip) => Err(conflict(skip.reason())),
    }
}

/// The surveys of a ticket, the newest first.
///
/// # Errors
/// When there is no such ticket.
pub async fn of_ticket(tx: &Tx, brand: &BrandId, id: &str) -> Result<Vec<Feedback>> {
    let ticket = tickets::id(tx, brand, id).await?;
    Ok(store::surveys::of_ticket(tx, brand, &ticket, SURVEYS_SHOWN_MAX).await?)
}

/// What a change of status means for surveys: resolved starts one, if the brand wants that; back to active cancels it.
pub(crate) async fn status_moved(
    tx: &Tx,
    act: &Act,
    brand: &Brand,
    ticket: &StoredTicket,
    moved: &StatusMove,
) -> Result<()> {
    if moved.new.is_active {
        return cancel(tx, brand, &ticket.id).await;
    }
    let starts = brand.csat.enabled && moved.new.key == RESOLVED && !SILENT.contains(&moved.trigger) && !act.quiet;
    if starts {
        request(tx, act, brand, ticket, None, SurveyCause::Resolved).await?;
    }
    Ok(())
}

/// Cancels what a ticket's customer was to be asked, unless somebody has asked for it by hand. A brand that never had a
/// survey pays nothing for it.
pub(crate) async fn cancel(tx: &Tx, brand: &Brand, ticket: &TicketId) -> Result<()> {
    if brand.surveyed || brand.csat.enabled { Ok(store::surveys::cancel(tx, &brand.id, ticket).await?) } else { Ok(()) }
}
