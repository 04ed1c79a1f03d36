//! Tickets of a brand.

use std::sync::Arc;

use dispatch_model::{
    BrandId, CustomerId, JsonText, MemberId, StatusId, TicketId, Timestamp,
    customer::Customer,
    fold::folded,
    later::{EmptyForNow, NullForNow},
    limits::BODY_CUT_CHARS,
    status::Statuses,
    text::cut,
    ticket::{CloseReason, Priority, Ticket},
};

use crate::{
    Error, Result, Tx, args,
    customers::{company_join, customer_columns},
    value::{Columns, only},
};

/// Everything but the body, then the member that `assignee` names, then the customer.
macro_rules! columns {
    () => {
        concat!(ticket_columns!(), customer_columns!())
    };
}

macro_rules! ticket_columns {
    () => {
        "SELECT t.id, t.number, t.prefix, t.status_id, t.close_reason, t.priority, t.assignee, t.source, t.source_id,
            t.created_by, t.comment_count, t.attachment_count, t.is_spam, t.due_at, t.first_response_at, t.resolved_at,
            t.resolved_by_id, t.closed_at, t.created_at, t.updated_at, t.deleted_at, t.title, t.links, t.custom_fields,
            t.metadata, t.source_data, m.email, m.display_name, "
    };
}

macro_rules! from {
    () => {
        concat!(
            " FROM ticket t LEFT JOIN member m ON m.id = t.assignee
            LEFT JOIN customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id",
            company_join!()
        )
    };
}

// Below the macros that it uses.
mod list;
pub use list::{TicketList, list};

crate::statements! {
    BY_ID = concat!(columns!(), ", t.body", from!(), " WHERE t.brand_id = $1 AND t.id = $2 AND t.deleted_at IS NULL");
    BY_NUMBER = concat!(columns!(), ", t.body", from!(), " WHERE t.brand_id = $1 AND t.number = $2 AND t.deleted_at IS NULL");
    ID_OF_NUMBER = "SELECT id, prefix FROM ticket WHERE brand_id = $1 AND number = $2 AND deleted_at IS NULL";
    ID_OF_ID = "SELECT id, prefix FROM ticket WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL";
    INSERT = "INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, close_reason, priority, assignee,
        customer_id, source, source_id, created_by, comment_count, attachment_count, is_spam, due_at, resolved_at,
        resolved_by_id, closed_at, created_at, updated_at, title, links, custom_fields, metadata, source_data, body,
        title_key, tag_ids, cc)
        VALUES ($1, $2, $3, $4, TRUE, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, FALSE, $13, $14, $15, $16, $17, $17,
            $18, $19, $20, $21, $22, $23, $24, '[]', '[]')";
    UPDATE = "UPDATE ticket SET close_reason = $3, priority = $4, comment_count = $5, due_at = $6,
        first_response_at = $7, resolved_at = $8, resolved_by_id = $9, closed_at = $10, updated_at = $11, title = $12,
        links = $13, custom_fields = $14, metadata = $15, title_key = $16 WHERE brand_id = $1 AND id = $2";
    UPDATE_KEYS = "UPDATE ticket SET status_id = $3, assignee = $4, customer_id = $5 WHERE brand_id = $1 AND id = $2";
    UPDATE_BODY = "UPDATE ticket SET body = $3 WHERE brand_id = $1 AND id = $2";
    DELETE = "UPDATE ticket SET deleted_at = $3, live = FALSE WHERE brand_id = $1 AND id = $2";
    IDS_OF_STATUS = "SELECT id FROM ticket WHERE brand_id = $1 AND live = $2 AND status_id = $3 ORDER BY updated_at, id LIMIT $4";
    MOVE_HIDDEN = "UPDATE ticket SET status_id = $3 WHERE brand_id = $1 AND id = $2";
}

/// Who works on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// A member of the account.
    Member {
        /// Its id.
        id: MemberId,
        /// Its address.
        email: String,
        /// Its name.
        name: Option<String>,
    },
    /// An address outside, such as a team mailbox.
    Outside(String),
}

impl Assignee {
    /// What is stored: the member's id, or the address.
    #[must_use]
    pub fn stored(&self) -> &str {
        match self {
            Self::Member { id, .. } => id.as_str(),
            Self::Outside(email) => email,
        }
    }

    /// The member's id.
    #[must_use]
    pub const fn member(&self) -> Option<&MemberId> {
        match self {
            Self::Member { id, .. } => Some(id),
            Self::Outside(_) => None,
        }
    }

    /// The address.
    #[must_use]
    pub fn email(&self) -> &str {
        match self {
            Self::Member { email, .. } | Self::Outside(email) => email,
        }
    }
}

/// A ticket as it is stored, with the customer and the member that it names.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are those of Ticket, API 5.1")]
pub struct StoredTicket {
    pub id: TicketId,
    pub brand_id: BrandId,
    pub number: i64,
    pub prefix: String,
    /// May name a replaced status: [`Statuses::resolve`] it.
    pub status_id: StatusId,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    pub assignee: Option<Assignee>,
    pub source: String,
    pub source_id: Option<String>,
    pub created_by: Option<String>,
    pub comment_count: i64,
    pub attachment_count: i64,
    pub is_spam: bool,
    pub due_at: Option<Timestamp>,
    pub first_response_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub resolved_by_id: Option<MemberId>,
    pub closed_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
    pub title: String,
    pub links: JsonText,
    pub custom_fields: JsonText,
    pub metadata: JsonText,
    pub source_data: Option<JsonText>,
    /// May be deleted: it is then only shown by its address and name.
    pub customer: Option<Arc<Customer>>,
    pub body: Option<String>,
}

impl StoredTicket {
    /// Prefix and number.
    #[must_use]
    pub fn ticket_number(&self) -> String {
        format!("{}-{}", self.prefix, self.number)
    }

    /// The ticket as a single reply shows it.
    ///
    /// # Errors
    /// [`Error::Bug`] when its status is not one of the brand's.
    pub fn view(self, statuses: &Statuses) -> Result<Ticket> {
        let status = statuses
            .resolve(self.status_id.as_str())
            .cloned()
            .ok_or_else(|| Error::Bug(format!("ticket {} has the unknown status {}", self.id, self.status_id)))?;
        let (assignee_id, assignee_email, assignee_name) = match self.assignee {
            Some(Assignee::Member { id, email, name }) => (Some(id), Some(email), name),
            Some(Assignee::Outside(email)) => (None, Some(email), None),
            None => (None, None, None),
        };
        let live_customer = self.customer.clone().filter(|customer| customer.deleted_at.is_none());
        Ok(Ticket {
            ticket_number: format!("{}-{}", self.prefix, self.number),
            id: self.id,
            brand_id: self.brand_id,
            number: self.number,
            ticket_prefix: self.prefix,
            title: self.title,
            body: self.body,
            body_truncated: false,
            status: status.key.clone(),
            status_id: status.id.clone(),
            status_ref: status,
            close_reason: self.close_reason,
            priority: self.priority,
            assignee_id,
            assignee_email,
            assignee_name,
            customer_id: live_customer.as_ref().map(|customer| customer.id.clone()),
            // An erased customer has the empty address until its tickets are taken from it.
            customer_email: self.customer.as_ref().map(|of| of.email.clone()).filter(|email| !email.is_empty()),
            customer_name: self.customer.as_ref().and_then(|customer| customer.name.clone()),
            customer: live_customer,
            company_id: NullForNow,
            category_id: NullForNow,
            category: NullForNow,
            tag_ids: EmptyForNow,
            tags: EmptyForNow,
            links: self.links,
            custom_fields: self.custom_fields,
            metadata: self.metadata,
            source: self.source,
            source_id: self.source_id,
            source_data: self.source_data,
            created_by: self.created_by,
            comment_count: self.comment_count,
            attachment_count: self.attachment_count,
            is_spam: self.is_spam,
            merged_into_id: NullForNow,
            due_at: self.due_at,
            overdue_at: NullForNow,
            first_response_at: self.first_response_at,
            resolved_at: self.resolved_at,
            resolved_by_id: self.resolved_by_id,
            closed_at: self.closed_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            deleted_at: self.deleted_at,
        })
    }
}

/// Cuts the body as lists and events show it.
#[must_use]
pub fn shortened(mut ticket: Ticket) -> Ticket {
    if let Some(body) = &mut ticket.body {
        let (short, was_cut) = cut(body, BODY_CUT_CHARS);
        let length = short.len();
        body.truncate(length);
        ticket.body_truncated = was_cut;
    }
    ticket
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<StoredTicket> {
    let mut ticket = StoredTicket {
        brand_id: brand.clone(),
        id: columns.take()?,
        number: columns.take()?,
        prefix: columns.take()?,
        status_id: columns.take()?,
        close_reason: columns
            .take::<Option<String>>()?
            .map(|text| CloseReason::read(&text))
            .transpose()
            .map_err(Error::Bug)?,
        priority: Priority::of_rank(columns.take()?),
        assignee: columns.take::<Option<String>>()?.map(Assignee::Outside),
        source: columns.take()?,
        source_id: columns.take()?,
        created_by: columns.take()?,
        comment_count: columns.take()?,
        attachment_count: columns.take()?,
        is_spam: columns.take()?,
        due_at: columns.take()?,
        first_response_at: columns.take()?,
        resolved_at: columns.take()?,
        resolved_by_id: columns.take()?,
        closed_at: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: columns.take()?,
        title: columns.take()?,
        links: columns.take()?,
        custom_fields: columns.take()?,
        metadata: columns.take()?,
        source_data: columns.take()?,
        customer: None,
        body: None,
    };
    let (member, name): (Option<String>, Option<String>) = (columns.take()?, columns.take()?);
    if let (Some(Assignee::Outside(id)), Some(email)) = (&ticket.assignee, member) {
        ticket.assignee = Some(Assignee::Member { id: MemberId::from(id.as_str()), email, name });
    }
    ticket.customer = match columns.take::<Option<CustomerId>>()? {
        Some(id) => Some(Arc::new(crate::customers::rest(brand, id, columns)?)),
        None => {
            columns.skip(17);
            None
        }
    };
    ticket.body = columns.take()?;
    Ok(ticket)
}

/// The number in a ticket number such as `DT-1042`, with its prefix in upper case; `None` for anything else.
fn ticket_number(text: &str) -> Option<(String, i64)> {
    let (prefix, number) = text.rsplit_once('-')?;
    let plain = (1..=10).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.starts_with('0');
    plain.then_some(())?;
    Some((prefix.to_ascii_uppercase(), number.parse().ok()?))
}

/// A ticket by its id or its number (case-insensitive), if it is not deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<StoredTicket>> {
    if let Some((prefix, number)) = ticket_number(id) {
        let found = tx.maybe(&BY_NUMBER, args![brand, number], |columns| row(brand, columns)).await?;
        return Ok(found.filter(|ticket| ticket.prefix == prefix));
    }
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}

/// The id of a ticket by its id or its number, if it is not deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn id_of(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<TicketId>> {
    let read = |columns: &mut Columns<'_>| Ok((columns.take::<TicketId>()?, columns.take::<String>()?));
    let found = match ticket_number(id) {
        Some((prefix, number)) => {
            tx.maybe(&ID_OF_NUMBER, args![brand, number], read).await?.filter(|(_, found)| *found == prefix)
        }
        None => tx.maybe(&ID_OF_ID, args![brand, id], read).await?,
    };
    Ok(found.map(|(id, _)| id))
}

/// Creates a ticket.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, new: &StoredTicket) -> Result<()> {
    let (close_reason, priority) = (new.close_reason.map(CloseReason::as_str), new.priority.rank());
    let assignee = new.assignee.as_ref().map(Assignee::stored);
    let customer = new.customer.as_ref().map(|customer| &customer.id);
    tx.run(
        &INSERT,
        args![
            new.brand_id,
            new.id,
            new.number,
            new.prefix,
            new.status_id,
            close_reason,
            priority,
            assignee,
            customer,
            new.source,
            new.source_id,
            new.created_by,
            new.due_at,
            new.resolved_at,
            new.resolved_by_id,
            new.closed_at,
            new.created_at,
            new.title,
            new.links,
            new.custom_fields,
            new.metadata,
            new.source_data,
            new.body,
            folded(&new.title),
        ],
    )
    .await
}

/// Stores what changed of a ticket; the columns of the large indexes and the body only when they did.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, old: &StoredTicket, new: &StoredTicket) -> Result<()> {
    let (close_reason, priority) = (new.close_reason.map(CloseReason::as_str), new.priority.rank());
    tx.run(
        &UPDATE,
        args![
            new.brand_id,
            new.id,
            close_reason,
            priority,
            new.comment_count,
            new.due_at,
            new.first_response_at,
            new.resolved_at,
            new.resolved_by_id,
            new.closed_at,
            new.updated_at,
            new.title,
            new.links,
            new.custom_fields,
            new.metadata,
            folded(&new.title),
        ],
    )
    .await?;
    let keys = |ticket: &StoredTicket| {
        let customer = ticket.customer.as_ref().map(|customer| customer.id.clone());
        (ticket.status_id.clone(), ticket.assignee.as_ref().map(|assignee| assignee.stored().to_owned()), customer)
    };
    let changed = keys(new);
    if keys(old) != changed {
        tx.run(&UPDATE_KEYS, args![new.brand_id, new.id, changed.0, changed.1, changed.2]).await?;
    }
    if old.body != new.body {
        tx.run(&UPDATE_BODY, args![new.brand_id, new.id, new.body]).await?;
    }
    Ok(())
}

/// Marks a ticket as deleted.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &TicketId, at: Timestamp) -> Result<()> {
    tx.run(&DELETE, args![brand, id, at]).await
}

/// Some tickets whose stored status is `status`: those in lists, or the hidden rest.
///
/// # Errors
/// When the database cannot answer.
pub async fn ids_of_status(
    tx: &Tx,
    brand: &BrandId,
    live: bool,
    status: &StatusId,
    limit: i64,
) -> Result<Vec<TicketId>> {
    tx.all(&IDS_OF_STATUS, args![brand, live, status, limit], only).await
}

/// Rewrites the stored status of a ticket that no list shows.
///
/// # Errors
/// When the database cannot write.
pub async fn move_hidden(tx: &Tx, brand: &BrandId, id: &TicketId, status: &StatusId) -> Result<()> {
    tx.run(&MOVE_HIDDEN, args![brand, id, status]).await
}

#[cfg(test)]
mod tests {
    use super::ticket_number;

    #[test]
    fn ticket_numbers_are_told_from_ids() {
        assert_eq!(ticket_number("dt-1042"), Some(("DT".to_owned(), 1042)));
        for id in ["tkt_01kdyak43d7trmct2jayyxcg7v", "1042", "DT-", "DT-01", "DT-+1", "DT-99999999999"] {
            assert_eq!(ticket_number(id), None, "{id}");
        }
    }
}
