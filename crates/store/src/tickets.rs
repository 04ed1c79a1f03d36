//! Tickets of a brand.

use std::sync::Arc;

use dispatch_model::{
    BrandId, CategoryId, CustomerId, JsonText, MemberId, StatusId, TagId, TicketId, Timestamp,
    category::Category,
    customer::Customer,
    limits::BODY_CUT_CHARS,
    status::Statuses,
    tag::Tag,
    text::cut,
    ticket::{CloseReason, Priority, Ticket},
};

use crate::{
    Error, Result, Select, Tx, args,
    customers::{company_join, customer_columns},
    value::{Columns, only},
};

/// Everything but the body, then the member that `assignee` names, the category and the customer.
macro_rules! columns {
    () => {
        concat!(
            "SELECT t.id, t.number, t.prefix, t.status_id, t.close_reason, t.priority, t.assignee, t.source, t.source_id,
            t.created_by, t.comment_count, t.attachment_count, t.is_spam, t.due_at, t.overdue_at, t.first_response_at, t.resolved_at,
            t.resolved_by_id, t.closed_at, t.created_at, t.updated_at, t.deleted_at, t.title, t.links, t.custom_fields,
            t.metadata, t.source_data, t.merged_into_id, t.tag_ids, t.cc, m.email, m.display_name, m.status, t.category_id,
            k.id, k.name, k.key, k.color, k.description, k.sort_order, k.created_at, k.updated_at, ",
            customer_columns!()
        )
    };
}

macro_rules! from {
    () => {
        concat!(
            " FROM ticket t LEFT JOIN member m ON m.id = t.assignee
            LEFT JOIN category k ON k.brand_id = t.brand_id AND k.id = t.category_id
            LEFT JOIN customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id",
            company_join!()
        )
    };
}

// Below the macros that it uses.
mod collect;
mod dress;
mod filter;
mod groups;
mod keys;
mod list;
mod sift;
mod write;
pub use dress::dress;
pub use filter::{Assigned, Gone, Range, Shown, TicketFilter};
pub(crate) use groups::{ALL as GROUPS, active};
pub use keys::{Position, SortKey};
pub use list::{Counted, Scene, TicketList, collect_at_most, count, list, positions, rows};
pub(crate) use write::{ALL as WRITES, fields as kept_fields, move_fields};
pub use write::{insert, update};

/// The stored ids of the active statuses.
#[must_use]
pub fn active_statuses(statuses: &Statuses) -> Vec<StatusId> {
    active(statuses)
}

/// A text of a custom field as filters look for it.
#[must_use]
pub fn field_text(text: &str) -> String {
    write::field_text(text)
}

crate::statements! {
    BY_ID = concat!(columns!(), ", t.body", from!(), " WHERE t.brand_id = $1 AND t.id = $2 AND t.deleted_at IS NULL");
    BY_NUMBER = concat!(columns!(), ", t.body", from!(), " WHERE t.brand_id = $1 AND t.number = $2 AND t.deleted_at IS NULL");
    ID_OF_NUMBER = "SELECT id, prefix FROM ticket WHERE brand_id = $1 AND number = $2 AND deleted_at IS NULL";
    ID_OF_ID = "SELECT id, prefix FROM ticket WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL";
    DELETED_BY_ID = concat!(columns!(), ", t.body", from!(), " WHERE t.brand_id = $1 AND t.id = $2 AND t.deleted_at IS NOT NULL");
    DELETED_BY_NUMBER =
        concat!(columns!(), ", t.body", from!(), " WHERE t.brand_id = $1 AND t.number = $2 AND t.deleted_at IS NOT NULL");
    BRANDS_OVERDUE = "SELECT b.id FROM brand b WHERE b.deleted_at IS NULL AND b.id > $2 AND EXISTS (SELECT 1 FROM status s
            JOIN ticket t ON t.brand_id = s.brand_id AND t.status_id = s.id
            WHERE s.brand_id = b.id AND s.is_active AND s.replaced_by IS NULL
            AND t.live AND t.overdue_at IS NULL AND t.due_at IS NOT NULL AND t.due_at < $1)
        ORDER BY b.id LIMIT $3";
    OVERDUE = "SELECT t.id FROM status s JOIN ticket t ON t.brand_id = s.brand_id AND t.status_id = s.id
        WHERE s.brand_id = $1 AND s.is_active AND s.replaced_by IS NULL
        AND t.live AND t.overdue_at IS NULL AND t.due_at IS NOT NULL AND t.due_at < $2 LIMIT $3";
    SET_OVERDUE = "UPDATE ticket SET overdue_at = $3 WHERE brand_id = $1 AND id = $2";
    IDS_OF_STATUS = "SELECT id FROM ticket WHERE brand_id = $1 AND live = $2 AND status_id = $3 ORDER BY updated_at, id LIMIT $4";
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
        /// Whether it is no member any more.
        removed: bool,
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

    /// Whether it is no member any more.
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        matches!(self, Self::Member { removed: true, .. })
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
    /// May be on its way to another one: [`dress`] says which.
    pub category_id: Option<CategoryId>,
    pub category: Option<Arc<Category>>,
    /// As stored until [`dress`] has looked at them.
    pub tag_ids: Vec<TagId>,
    /// As stored.
    pub stored_tag_ids: Vec<TagId>,
    /// Whether an assignee is stored that is not shown: the ticket is active and the member is gone.
    pub assignee_gone: bool,
    /// By name; there after [`dress`].
    pub tags: Vec<Arc<Tag>>,
    pub merged_into_id: Option<TicketId>,
    /// Addresses that take part in its mail.
    pub cc: JsonText,
    pub source: String,
    pub source_id: Option<String>,
    pub created_by: Option<String>,
    pub comment_count: i64,
    pub attachment_count: i64,
    pub is_spam: bool,
    pub due_at: Option<Timestamp>,
    pub overdue_at: Option<Timestamp>,
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
    /// Lets it be nobody's if its assignee is no member any more, as when it becomes active.
    pub fn drop_gone(&mut self) {
        self.assignee = self.assignee.take().filter(|assignee| !assignee.is_gone());
    }

    /// Whether lists show it: neither spam nor deleted.
    #[must_use]
    pub const fn live(&self) -> bool {
        !self.is_spam && self.deleted_at.is_none()
    }

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
            Some(Assignee::Member { id, email, name, .. }) => (Some(id), Some(email), name),
            Some(Assignee::Outside(email)) => (None, Some(email), None),
            None => (None, None, None),
        };
        let live_customer = self.customer.clone().filter(|customer| customer.deleted_at.is_none());
        let live_company = live_customer.as_ref().and_then(|customer| customer.company_id.clone());
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
            company_id: live_company,
            category_id: self.category.as_ref().map(|category| category.id.clone()),
            category: self.category,
            tag_ids: self.tags.iter().map(|tag| tag.id.clone()).collect(),
            tags: self.tags,
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
            merged_into_id: self.merged_into_id,
            due_at: self.due_at,
            overdue_at: self.overdue_at,
            first_response_at: self.first_response_at,
            resolved_at: self.resolved_at,
            resolved_by_id: self.resolved_by_id,
            closed_at: self.closed_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            deleted_at: self.deleted_at,
            brand: None,
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
        category_id: None,
        category: None,
        tag_ids: Vec::new(),
        stored_tag_ids: Vec::new(),
        assignee_gone: false,
        tags: Vec::new(),
        merged_into_id: None,
        cc: JsonText::empty_list(),
        source: columns.take()?,
        source_id: columns.take()?,
        created_by: columns.take()?,
        comment_count: columns.take()?,
        attachment_count: columns.take()?,
        is_spam: columns.take()?,
        due_at: columns.take()?,
        overdue_at: columns.take()?,
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
    ticket.merged_into_id = columns.take()?;
    ticket.tag_ids = tag_ids(&columns.take::<String>()?);
    ticket.stored_tag_ids = ticket.tag_ids.clone();
    ticket.cc = columns.take()?;
    let (member, name, state): (Option<String>, Option<String>, Option<String>) =
        (columns.take()?, columns.take()?, columns.take()?);
    if let (Some(Assignee::Outside(id)), Some(email)) = (&ticket.assignee, member) {
        let removed = state.as_deref() == Some("removed");
        ticket.assignee = Some(Assignee::Member { id: MemberId::from(id.as_str()), email, name, removed });
    }
    ticket.category_id = columns.take()?;
    ticket.category = match columns.take::<Option<CategoryId>>()? {
        Some(id) => Some(Arc::new(category(brand, id, columns)?)),
        None => {
            columns.skip(7);
            None
        }
    };
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

/// The ids in a stored list of tags.
pub(crate) fn tag_ids(text: &str) -> Vec<TagId> {
    if text == "[]" {
        return Vec::new();
    }
    serde_json::from_str::<Vec<String>>(text).unwrap_or_default().into_iter().map(TagId::from).collect()
}

/// Reads a category from the columns behind its id.
fn category(brand: &BrandId, id: CategoryId, columns: &mut Columns<'_>) -> Result<Category> {
    Ok(Category {
        id,
        brand_id: brand.clone(),
        name: columns.take()?,
        key: columns.take()?,
        color: columns.take()?,
        description: columns.take()?,
        sort_order: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    })
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

/// A deleted ticket by its id or its number.
///
/// # Errors
/// When the database cannot answer.
pub async fn get_deleted(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<StoredTicket>> {
    if let Some((prefix, number)) = ticket_number(id) {
        let found = tx.maybe(&DELETED_BY_NUMBER, args![brand, number], |columns| row(brand, columns)).await?;
        return Ok(found.filter(|ticket| ticket.prefix == prefix));
    }
    tx.maybe(&DELETED_BY_ID, args![brand, id], |columns| row(brand, columns)).await
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

/// The numbers of these tickets, such as `DT-1042`, deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn numbers(tx: &Tx, brand: &BrandId, ids: &[TicketId]) -> Result<Vec<(TicketId, String)>> {
    let mut select = Select::new("SELECT id, prefix, number FROM ticket");
    select.with("brand_id =", brand).within("id", ids);
    tx.select(&select, |row| {
        let (id, prefix, number): (TicketId, String, i64) = (row.take()?, row.take()?, row.take()?);
        Ok((id, format!("{prefix}-{number}")))
    })
    .await
}

/// The texts of a ticket that the search looks through.
pub(crate) fn searched<'t>(title: &'t str, number: &'t str, body: Option<&'t str>) -> [&'t str; 3] {
    [title, number, body.unwrap_or_default()]
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

/// Up to `limit` brands behind `after` with active tickets that were due before `now` and of which nobody has been told.
///
/// # Errors
/// When the database cannot answer.
pub async fn brands_overdue(tx: &Tx, now: Timestamp, after: &str, limit: i64) -> Result<Vec<BrandId>> {
    tx.all(&BRANDS_OVERDUE, args![now, after, limit], only).await
}

/// Some of those tickets of a brand. One whose status was deleted is found when its row says the new one.
///
/// # Errors
/// When the database cannot answer.
pub async fn overdue(tx: &Tx, brand: &BrandId, now: Timestamp, limit: i64) -> Result<Vec<TicketId>> {
    tx.all(&OVERDUE, args![brand, now, limit], only).await
}

/// Notes when a ticket was found overdue.
///
/// # Errors
/// When the database cannot write.
pub async fn set_overdue(tx: &Tx, brand: &BrandId, id: &TicketId, at: Timestamp) -> Result<()> {
    tx.run(&SET_OVERDUE, args![brand, id, at]).await
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
