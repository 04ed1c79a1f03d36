//! Lists of tickets: a keyset over one of the indexes of V1__skeleton.sql.

use dispatch_model::{BrandId, CustomerId, StatusId, Timestamp, ticket::TicketSort};

use super::{StoredTicket, row};
use crate::{
    Result, Select, Tx,
    customers::{company_join, customer_columns},
};

/// Which tickets are listed.
#[derive(Clone, Debug)]
pub struct TicketList {
    /// Only with one of these stored statuses.
    pub statuses: Option<Vec<StatusId>>,
    /// Only with this assignee: a member's id or an outside address; `Some(None)` for nobody.
    pub assignee: Option<Option<Vec<String>>>,
    /// Only of one of these customers.
    pub customers: Option<Vec<CustomerId>>,
    /// What they are sorted by.
    pub sort: TicketSort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Behind this sort value and id.
    pub after: Option<(Timestamp, String)>,
    /// Rows at most.
    pub limit: i64,
}

/// A part of the tickets of a brand that are neither spam nor deleted. Of a body, one character more than is shown
/// comes along, so that the cut is known.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, brand: &BrandId, list: &TicketList) -> Result<Vec<StoredTicket>> {
    let mut select = Select::new(concat!(columns!(), ", substr(t.body, 1, 2001)", from!()));
    select.with("t.brand_id =", brand).is("t.live = TRUE");
    if let Some(statuses) = &list.statuses {
        select.within("t.status_id", statuses);
    }
    match &list.assignee {
        Some(Some(assignees)) => {
            select.within("t.assignee", assignees);
        }
        Some(None) => {
            select.is("t.assignee IS NULL");
        }
        None => {}
    }
    if let Some(customers) = &list.customers {
        select.within("t.customer_id", customers);
    }
    // Customers have few tickets: these are found by the customers and sorted. The plus keeps both databases from walking
    // the whole brand in the wanted order instead. Only one customer's creation order is the order of its index.
    let sorted = list.customers.as_ref().is_some_and(|of| of.len() != 1 || list.sort == TicketSort::UpdatedAt);
    let (columns, descending) = match (list.sort, sorted) {
        (TicketSort::CreatedAt, false) => ("t.created_at, t.id", "t.created_at DESC, t.id DESC"),
        (TicketSort::CreatedAt, true) => ("+t.created_at, t.id", "+t.created_at DESC, t.id DESC"),
        (TicketSort::UpdatedAt, false) => ("t.updated_at, t.id", "t.updated_at DESC, t.id DESC"),
        (TicketSort::UpdatedAt, true) => ("+t.updated_at, t.id", "+t.updated_at DESC, t.id DESC"),
    };
    if let Some((at, id)) = &list.after {
        select.beyond(columns, if list.descending { "<" } else { ">" }, &[at, id]);
    }
    select.page(if list.descending { descending } else { columns }, &list.limit);
    tx.select(&select, |columns| row(brand, columns)).await
}
