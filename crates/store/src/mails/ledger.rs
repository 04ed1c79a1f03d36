//! The ledger as it is read: mail in both directions, newest first.

use dispatch_model::{
    BrandId, TicketId, Timestamp,
    mail::{MailChannel, MailDirection, MailRecord, MailState},
};

use crate::{Error, Result, Select, Tx, args, value::Columns};

macro_rules! columns {
    () => {
        "SELECT m.id, m.direction, m.channel, m.message_id, m.from_address, m.to_address, m.to_list, m.cc_list, m.subject, m.size,
            m.state, m.reason, m.ticket_id, t.prefix, t.number, m.comment_id, m.auth, m.attempts, r.mail_id, m.created_at,
            m.processed_at FROM mail m LEFT JOIN ticket t ON t.brand_id = m.brand_id AND t.id = m.ticket_id AND t.deleted_at IS NULL
            LEFT JOIN mail_raw r ON r.brand_id = m.brand_id AND r.mail_id = m.id"
    };
}

crate::statements! {
    GET = concat!(columns!(), " WHERE m.brand_id = $1 AND m.id = $2");
}

/// Texts of a JSON list.
fn list(text: Option<String>) -> Result<Vec<String>> {
    let read =
        |text: String| serde_json::from_str(&text).map_err(|error| Error::Bug(format!("a list of a mail: {error}")));
    text.map_or(Ok(Vec::new()), read)
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<MailRecord> {
    let (id, direction, channel) = (columns.take()?, columns.take::<String>()?, columns.take::<String>()?);
    let direction = MailDirection::read(&direction).map_err(Error::Bug)?;
    let message_id = columns.take::<Option<String>>()?.map(|id| format!("<{id}>"));
    let (from, to): (String, String) = (columns.take()?, columns.take()?);
    let (all_to, cc): (Option<String>, Option<String>) = (columns.take()?, columns.take()?);
    let (subject, size): (String, i64) = (columns.take()?, columns.take()?);
    let outcome = MailState::read(&columns.take::<String>()?).map_err(Error::Bug)?;
    let (reason, ticket_id): (Option<String>, Option<TicketId>) = (columns.take()?, columns.take()?);
    let (prefix, number): (Option<String>, Option<i64>) = (columns.take()?, columns.take()?);
    Ok(MailRecord {
        id,
        brand_id: brand.clone(),
        direction,
        channel: MailChannel::read(&channel).map_err(Error::Bug)?,
        message_id,
        from,
        to: if direction == MailDirection::In { list(all_to)? } else { vec![to] },
        cc: list(cc)?,
        subject: Some(subject).filter(|subject| !subject.is_empty()),
        size,
        outcome,
        reason,
        ticket_id,
        ticket_number: prefix.zip(number).map(|(prefix, number)| format!("{prefix}-{number}")),
        comment_id: columns.take()?,
        auth: columns.take()?,
        attempts: columns.take()?,
        has_raw: columns.take::<Option<String>>()?.is_some(),
        received_at: columns.take()?,
        processed_at: columns.take()?,
    })
}

/// One mail of a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<MailRecord>> {
    tx.maybe(&GET, args![brand, id], |columns| row(brand, columns)).await
}

/// What mail is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only that way; empty for both.
    pub directions: Vec<&'static str>,
    /// Only with these outcomes; empty for all.
    pub outcomes: Vec<&'static str>,
    /// Only of this ticket.
    pub ticket: Option<TicketId>,
    /// Only from this address.
    pub from: Option<String>,
    /// Only with this in the subject, in the lower case of ASCII, as a pattern.
    pub subject: Option<String>,
    /// Only from then on.
    pub created_after: Option<Timestamp>,
    /// Only before then.
    pub created_before: Option<Timestamp>,
    /// Before this id alone.
    pub before: Option<String>,
    /// Rows at most.
    pub limit: i64,
}

/// Mail of a brand, newest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of(tx: &Tx, brand: &BrandId, wanted: &Wanted) -> Result<Vec<MailRecord>> {
    let mut select = Select::new(columns!());
    select.with("m.brand_id =", brand);
    if !wanted.directions.is_empty() {
        select.within("m.direction", &wanted.directions);
    }
    if !wanted.outcomes.is_empty() {
        select.within("m.state", &wanted.outcomes);
    }
    if let Some(ticket) = &wanted.ticket {
        select.with("m.ticket_id =", ticket);
    }
    if let Some(from) = &wanted.from {
        select.with("m.from_address =", from);
    }
    if let Some(subject) = &wanted.subject {
        let place = select.place(subject);
        select.condition(&format!("lower(m.subject) LIKE {place} ESCAPE '\\'"));
    }
    if let Some(after) = &wanted.created_after {
        select.with("m.created_at >=", after);
    }
    if let Some(before) = &wanted.created_before {
        select.with("m.created_at <", before);
    }
    if let Some(before) = &wanted.before {
        select.with("m.id <", before);
    }
    select.page("m.id DESC", &wanted.limit);
    tx.select(&select, |columns| row(brand, columns)).await
}

/// A pattern for texts that hold this one.
#[must_use]
pub fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.to_ascii_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
