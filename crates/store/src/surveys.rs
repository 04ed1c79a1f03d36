//! Surveys of satisfaction: rows with the time at which they are mailed.

use dispatch_model::{
    BrandId, CustomerId, FeedbackId, TicketId, Timestamp,
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
            submitted_at, expires_at, created_at FROM feedback WHERE brand_id = $1 AND "
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
    DUE = "SELECT brand_id, id FROM feedback WHERE state = 'scheduled' AND send_at <= $1 ORDER BY send_at, brand_id, id LIMIT $2";
    OVER = "SELECT brand_id, id FROM feedback WHERE state = 'sent' AND expires_at <= $1 ORDER BY expires_at, brand_id, id LIMIT $2";
    SENT = "UPDATE feedback SET state = 'sent', sent_at = $3, expires_at = $4, token_hash = $5
        WHERE brand_id = $1 AND id = $2 AND state = 'scheduled'";
    GIVE_UP = "UPDATE feedback SET state = 'canceled' WHERE brand_id = $1 AND id = $2 AND state = 'scheduled'";
    EXPIRE = "UPDATE feedback SET state = 'expired' WHERE brand_id = $1 AND id = $2 AND state = 'sent' AND expires_at <= $3";
    BY_TOKEN = "SELECT f.brand_id, f.id, f.customer_id FROM feedback f
        JOIN brand b ON b.id = f.brand_id AND b.deleted_at IS NULL
        JOIN account a ON a.id = b.account_id AND a.deleted_at IS NULL
        WHERE f.token_hash = $1";
    CUSTOMER = "SELECT customer_id FROM feedback WHERE brand_id = $1 AND id = $2";
    SUBMIT = "UPDATE feedback SET state = 'submitted', rating = $3, comment = $4, submitted_at = $5
        WHERE brand_id = $1 AND id = $2 AND state = 'sent' RETURNING id";
    ANSWERS = "SELECT f.resolver_email, count(*), count(*) FILTER (WHERE f.rating >= CASE f.rating_type WHEN 'scale10' THEN 8
            WHEN 'scale5' THEN 4 ELSE 1 END) FROM feedback f
        JOIN ticket t ON t.brand_id = f.brand_id AND t.id = f.ticket_id AND t.deleted_at IS NULL AND NOT t.is_spam
            AND coalesce(t.close_reason, '') <> 'duplicate'
        WHERE f.brand_id = $1 AND f.state = 'submitted' AND f.submitted_at >= $2 AND f.submitted_at < $3
            AND f.resolver_email IS NOT NULL GROUP BY f.resolver_email";
    ALL_OF_TICKET = "SELECT id FROM feedback WHERE brand_id = $1 AND ticket_id = $2 ORDER BY id LIMIT $3";
    DELETE = "DELETE FROM feedback WHERE brand_id = $1 AND id = $2";
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
        expires_at: columns.take::<Option<Timestamp>>()?.unwrap_or_else(|| expiry(sent_at.unwrap_or(send_at))),
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

/// Surveys that are to be mailed by now, those that have waited longest first; of every brand, for the worker.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<(BrandId, FeedbackId)>> {
    tx.all(&DUE, args![now, limit], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Surveys that nobody has answered in time; of every brand, for the worker.
///
/// # Errors
/// When the database cannot answer.
pub async fn over(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<(BrandId, FeedbackId)>> {
    tx.all(&OVER, args![now, limit], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Notes that a survey is mailed, and the hash of the token in its link. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn sent(tx: &Tx, brand: &BrandId, id: &FeedbackId, at: Timestamp, token_hash: &str) -> Result<()> {
    tx.run(&SENT, args![brand, id, at, expiry(at), token_hash]).await
}

/// Cancels a survey that was not mailed yet, whoever has asked for it.
///
/// # Errors
/// When the database cannot write.
pub async fn give_up(tx: &Tx, brand: &BrandId, id: &FeedbackId) -> Result<()> {
    tx.run(&GIVE_UP, args![brand, id]).await
}

/// Lets a survey end that was not answered in time.
///
/// # Errors
/// When the database cannot write.
pub async fn expire(tx: &Tx, brand: &BrandId, id: &FeedbackId, now: Timestamp) -> Result<()> {
    tx.run(&EXPIRE, args![brand, id, now]).await
}

/// The survey behind a link with this token: its brand, itself and whom it asks.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_token(tx: &Tx, hash: &str) -> Result<Option<(BrandId, FeedbackId, CustomerId)>> {
    tx.maybe(&BY_TOKEN, args![hash], |columns| Ok((columns.take()?, columns.take()?, columns.take()?))).await
}

/// Whom a survey asks.
///
/// # Errors
/// When the database cannot answer.
pub async fn customer(tx: &Tx, brand: &BrandId, id: &FeedbackId) -> Result<Option<CustomerId>> {
    tx.maybe(&CUSTOMER, args![brand, id], only).await
}

/// Keeps an answer; says no when there is one already.
///
/// # Errors
/// When the database cannot write.
pub async fn submit(
    tx: &Tx,
    brand: &BrandId,
    id: &FeedbackId,
    (rating, comment): (i64, Option<&str>),
    at: Timestamp,
) -> Result<bool> {
    Ok(tx.maybe(&SUBMIT, args![brand, id, rating, comment, at], only::<FeedbackId>).await?.is_some())
}

/// The answers about what one member has resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The member's address.
    pub resolver: String,
    /// How many there are.
    pub count: i64,
    /// How many of them are good: thumbs up, 4 and 5 of 5, from 8 of 10.
    pub positive: i64,
}

/// The answers of a time by the members who had resolved the tickets. Spam, duplicates and deleted tickets are left out.
///
/// # Errors
/// When the database cannot answer.
pub async fn answers(tx: &Tx, brand: &BrandId, from: Timestamp, before: Timestamp) -> Result<Vec<Answers>> {
    tx.all(&ANSWERS, args![brand, from, before], |columns| {
        Ok(Answers { resolver: columns.take()?, count: columns.take()?, positive: columns.take()? })
    })
    .await
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

/// Removes up to `limit` surveys of a ticket that goes for good; says how many.
///
/// # Errors
/// When the database cannot write.
pub async fn purge_of_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<usize> {
    let found: Vec<FeedbackId> = tx.all(&ALL_OF_TICKET, args![brand, ticket, limit], only).await?;
    for id in &found {
        tx.run(&DELETE, args![brand, id]).await?;
    }
    Ok(found.len())
}
