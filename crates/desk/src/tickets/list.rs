//! Lists of tickets: what is asked for in the caller's words becomes a keyset over an index.

use dispatch_model::{
    BrandId, Errors, StatusId, Timestamp,
    page::{Cursor, Page, fingerprint},
    status::Statuses,
    ticket::{Ticket, TicketSort},
};
use dispatch_store::{
    self as store, Tx,
    tickets::{TicketList, shortened},
};

use crate::{Result, brands, error::invalid};

/// What tickets are asked for, in the caller's words.
#[derive(Clone, Debug)]
pub struct TicketQuery {
    /// Keys, ids, `active`, `inactive` or `all`.
    pub status: Option<Vec<String>>,
    /// A member's id, or `null` or `unassigned`, or `all`.
    pub assignee_id: Option<String>,
    /// The address of an assignee.
    pub assignee_email: Option<String>,
    /// The id of a customer.
    pub customer_id: Option<String>,
    /// The address of a customer, also of a deleted one.
    pub customer_email: Option<String>,
    /// What they are sorted by.
    pub sort: TicketSort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Items of the page.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// A page of tickets that are neither spam nor deleted.
///
/// # Errors
/// When there is no such brand, a filter names what is not there, or the cursor is of another list.
pub async fn list(tx: &Tx, brand_id: &BrandId, query: &TicketQuery) -> Result<Page<Ticket>> {
    let (brand, statuses) =
        futures_util::try_join!(brands::get(tx, brand_id), async { Ok(store::statuses::all(tx, brand_id).await?) })?;
    let mark = mark(brand_id, query);
    let after = query.cursor.as_deref().map(|text| after(text, mark)).transpose()?;
    let rows = TicketList {
        statuses: query.status.as_deref().map(|wanted| stored_statuses(&statuses, wanted)).transpose()?.flatten(),
        assignee: assignee(tx, &brand, query).await?,
        customers: customers(tx, brand_id, query).await?,
        sort: query.sort,
        descending: query.descending,
        after,
        limit: query.limit + 1,
    };
    let found = store::tickets::list(tx, brand_id, &rows).await?;
    let shown: Vec<Ticket> =
        found.into_iter().map(|ticket| ticket.view(&statuses).map(shortened)).collect::<store::Result<_>>()?;
    Ok(Page::cut(shown, query.limit, mark, |ticket| {
        let at = match query.sort {
            TicketSort::CreatedAt => ticket.created_at,
            TicketSort::UpdatedAt => ticket.updated_at,
        };
        vec![at.as_millis().to_string(), ticket.id.0.clone()]
    }))
}

/// What the cursor of this list is bound to: everything but the limit and the cursor itself.
fn mark(brand: &BrandId, query: &TicketQuery) -> u64 {
    let bound = TicketQuery { limit: 0, cursor: None, ..query.clone() };
    fingerprint(&["tickets", brand.as_str(), &format!("{bound:?}")])
}

fn after(text: &str, mark: u64) -> Result<(Timestamp, String)> {
    let bad = || invalid("cursor", "is not a cursor of this list");
    let keys = Cursor::decode(text, mark, 2).ok_or_else(bad)?.keys;
    let at = keys[0].parse().map_err(|_| bad())?;
    Ok((Timestamp::from_millis(at), keys[1].clone()))
}

/// The stored statuses that the filter means, replaced ones included; none for `all`.
fn stored_statuses(statuses: &Statuses, wanted: &[String]) -> Result<Option<Vec<StatusId>>> {
    let mut errors = Errors::default();
    let mut found: Vec<StatusId> = Vec::new();
    for text in wanted {
        if text == "all" {
            return Ok(None);
        }
        let group = match text.as_str() {
            "active" => Some(true),
            "inactive" => Some(false),
            _ => None,
        };
        let mut matched = false;
        for status in statuses.all() {
            let fits = group.map_or_else(
                || statuses.find(text).is_some_and(|found| found.id == status.id),
                |active| status.is_active == active,
            );
            if fits {
                matched = true;
                found.extend(statuses.stored_ids(&status.id).cloned());
            }
        }
        if !matched && group.is_none() {
            errors.push("status", format!("unknown status {text}"));
        }
    }
    errors.into_result()?;
    Ok(Some(found))
}

async fn assignee(
    tx: &Tx,
    brand: &dispatch_model::brand::Brand,
    query: &TicketQuery,
) -> Result<Option<Option<Vec<String>>>> {
    let by_email = match &query.assignee_email {
        None => None,
        Some(email) => {
            let email = email.to_lowercase();
            let member = store::members::by_email(tx, &brand.account_id, &brand.id, &email).await?;
            Some(member.map(|member| member.id.0).into_iter().chain([email]).collect::<Vec<_>>())
        }
    };
    Ok(match (query.assignee_id.as_deref(), by_email) {
        (None | Some("all"), emails) => emails.map(Some),
        (Some("null" | "unassigned"), None) => Some(None),
        (Some("null" | "unassigned"), Some(_)) => Some(Some(Vec::new())),
        // An id never holds an @, so that an address cannot pass for one here.
        (Some(id), emails) => {
            let wanted = !id.contains('@') && emails.is_none_or(|emails| emails.iter().any(|known| known == id));
            Some(Some(if wanted { vec![id.to_owned()] } else { Vec::new() }))
        }
    })
}

async fn customers(tx: &Tx, brand: &BrandId, query: &TicketQuery) -> Result<Option<Vec<dispatch_model::CustomerId>>> {
    let by_email = match &query.customer_email {
        None => None,
        Some(email) => Some(store::customers::ids_of_email(tx, brand, &email.to_lowercase()).await?),
    };
    let by_id = match &query.customer_id {
        None => None,
        // A deleted customer is no longer the customer of its tickets.
        Some(id) => Some(store::customers::by_id(tx, brand, id).await?.map(|customer| customer.id)),
    };
    Ok(match (by_id, by_email) {
        (None, emails) => emails,
        (Some(id), None) => Some(id.into_iter().collect()),
        (Some(id), Some(emails)) => Some(id.into_iter().filter(|id| emails.contains(id)).collect()),
    })
}
