//! Surveys of satisfaction: rows with the time at which they are mailed.

use dispatch_model::{
    BrandId, FeedbackId, TicketId, Timestamp,
    brand::CsatType,
    survey::{Feedback, FeedbackState, NewSurvey, expiry},
};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "SELECT id, ticket_id, rating_type, rating, comment, customer_email, resolver_email, state, send_at, sent_at,
            submitted_at, created_at FROM feedback WHERE brand_id = $1 AND "
    };
}

crate::statements! {
    INSERT = "INSERT INTO feedback (brand_id, id, ticket_id, cause, state, rating_type, customer_id, customer_email,
        resolver_email, send_at, created_at) VALUES ($1, $2, $3, $4, 'scheduled', $5, $6, $7, $8, $9, $10)";
    SURVEYED = "UPDATE brand SET surveyed = TRUE WHERE id = $1 AND NOT surveyed";
    GET = concat!(columns!(), "id = $2");
    OF_TICKET = concat!(columns!(), "ticket_id = $2 ORDER BY id DESC LIMIT $3");
    SINCE = "SELECT id FROM feedback WHERE brand_id = $1 AND ticket_id = $2 AND state <> 'canceled' AND send_at > $3 LIMIT 1";
    CANCEL = "UPDATE feedback SET state = 'canceled'
        WHERE brand_id = $1 AND ticket_id = $2 AND state = 'scheduled' AND cause <> 'asked'";
    TO_ERASE = "SELECT id, customer_id, customer_email FROM feedback WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    ERASE = "UPDATE feedback SET customer_email = '', comment = NULL,
        state = CASE WHEN state = 'scheduled' THEN 'canceled' ELSE state END WHERE brand_id = $1 AND id = $2";
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Feedback> {
    let (id, ticket_id) = (columns.take()?, columns.take()?);
    let rating_type = CsatType::read(&columns.take::<String>()?).map_err(Error::Bug)?;
    let (rating, comment) = (columns.take()?, columns.take()?);
    let (customer_email, resolver_email) = (columns.take()?, columns.take()?);
    let state = FeedbackState::read(&columns.take::<String>()?).map_err(Error::Bug)?;
    let (send_at, sent_at): (Timestamp, Option<Timestamp>) = (columns.take()?, columns.take()?);
    Ok(Feedback {
        id,
        brand_id: brand.clone(),
        ticket_id,
        rating_type,
        rating,
        comment,
        customer_email,
        resolver_email,
        state,
        send_at,
        sent_at,
        submitted_at: columns.take()?,
        expires_at: expiry(sent_at.unwrap_or(send_at)),
        created_at: columns.take()?,
    })
}

/// Schedules a survey. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, new: &NewSurvey) -> Result<()> {
    let NewSurvey { id, brand_id, ticket_id, customer_id, customer_email, resolver_email, send_at, created_at, .. } =
        new;
    let (cause, rating_type) = (new.cause.as_str(), new.rating_type.as_str());
    tx.run(
        &INSERT,
        args![
            brand_id,
            id,
            ticket_id,
            cause,
            rating_type,
            customer_id,
            customer_email,
            resolver_email,
            send_at,
            created_at,
        ],
    )
    .await
}

/// From now on the brand is one that has surveys. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn surveyed(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&SURVEYED, args![brand]).await
}

/// One survey.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &FeedbackId) -> Result<Option<Feedback>> {
    tx.maybe(&GET, args![brand, id], |columns| row(brand, columns)).await
}

/// The surveys of a ticket, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<Vec<Feedback>> {
    tx.all(&OF_TICKET, args![brand, ticket, limit], |columns| row(brand, columns)).await
}

/// Whether a ticket has a survey that is or was to be mailed after this time.
///
/// # Errors
/// When the database cannot answer.
pub async fn any_since(tx: &Tx, brand: &BrandId, ticket: &TicketId, since: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&SINCE, args![brand, ticket, since], only::<FeedbackId>).await?.is_some())
}

/// Cancels the surveys of a ticket that nobody has asked for by hand and that were not mailed yet.
///
/// # Errors
/// When the database cannot write.
pub async fn cancel(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<()> {
    tx.run(&CANCEL, args![brand, ticket]).await
}

/// Whom a survey asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The survey.
    pub id: FeedbackId,
    /// The customer.
    pub customer_id: String,
    /// The address.
    pub customer_email: String,
}

/// Surveys of a brand behind this id, with whom they ask.
///
/// # Errors
/// When the database cannot answer.
pub async fn to_erase(tx: &Tx, brand: &BrandId, after: &str, limit: i64) -> Result<Vec<Asked>> {
    tx.all(&TO_ERASE, args![brand, after, limit], |columns| {
        Ok(Asked { id: columns.take()?, customer_id: columns.take()?, customer_email: columns.take()? })
    })
    .await
}

/// Forgets whom a survey asks and what they have written; one that was not mailed yet is canceled.
///
/// # Errors
/// When the database cannot write.
pub async fn erase(tx: &Tx, brand: &BrandId, id: &FeedbackId) -> Result<()> {
    tx.run(&ERASE, args![brand, id]).await
}
