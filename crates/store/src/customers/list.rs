//! Lists of customers: keysets over their indexes, and whose customers they are while rows follow behind.

use dispatch_model::{
    BrandId, CustomerId, Timestamp,
    customer::{Customer, CustomerSort},
};

use super::counted;
use crate::{Result, Select, Tx, args, value::only};

crate::statements! {
    BY_EMAIL_START = "SELECT id FROM customer WHERE brand_id = $1 AND email >= $2 AND email < $3
        AND deleted_at IS NULL ORDER BY email LIMIT $4";
}

/// The customers of a company: those whose rows name it, and those that a rewriting is about to bring to it.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// What their rows name: the company, or what reads as it.
    pub stored: Vec<String>,
    /// Customers of these domains, as far as their rows name no company.
    pub domains: Vec<PendingDomain>,
}

/// A domain whose customers read as those of a company.
#[derive(Clone, Debug)]
pub struct PendingDomain {
    /// The domain.
    pub domain: String,
    /// Whether those whose rows name nothing are among them.
    pub unlinked: bool,
    /// Ids of deleted companies: those whose rows name one are among them.
    pub deleted: Vec<String>,
}

impl Members {
    /// Restricts a list of customers `c`.
    pub(crate) fn narrow<'a>(&'a self, brand: &'a BrandId, select: &mut Select<'a>) {
        if self.domains.is_empty() {
            select.within("c.company_id", &self.stored);
            return;
        }
        select.among("c.id", |parts| {
            parts.part("SELECT id FROM customer").with("brand_id =", brand).within("company_id", &self.stored);
            for PendingDomain { domain, unlinked, deleted } in &self.domains {
                if *unlinked {
                    let part = parts.part("SELECT id FROM customer").with("brand_id =", brand).with("domain =", domain);
                    part.is("company_id IS NULL").is("deleted_at IS NULL");
                }
                if !deleted.is_empty() {
                    let part = parts.part("SELECT id FROM customer").with("brand_id =", brand).with("domain =", domain);
                    part.within("company_id", deleted);
                }
            }
        });
    }
}

/// Which customers are listed.
#[derive(Clone, Debug)]
pub struct CustomerList {
    /// Only these.
    pub ids: Option<Vec<CustomerId>>,
    /// Only the one with this address.
    pub email: Option<String>,
    /// Only those of a company.
    pub members: Option<Members>,
    /// Blocked, not blocked, or either.
    pub is_blocked: Option<bool>,
    /// What they are sorted by.
    pub sort: CustomerSort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Behind this sort value and id.
    pub after: Option<(AfterKey, String)>,
    /// Rows at most.
    pub limit: i64,
}

/// The sort value at which a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterKey {
    /// A time.
    At(Timestamp),
    /// A text.
    Text(String),
    /// No value: these come last, by id.
    Empty,
}

/// A part of the customers of a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, brand: &BrandId, list: &CustomerList) -> Result<Vec<Customer>> {
    if list.sort != CustomerSort::Name {
        return part(tx, brand, list, None, list.limit).await;
    }
    // Those with a name in its order, then the others by id.
    let mut found = match list.after {
        Some((AfterKey::Empty, _)) => Vec::new(),
        _ => part(tx, brand, list, Some(true), list.limit).await?,
    };
    let left = list.limit - i64::try_from(found.len()).unwrap_or(i64::MAX);
    if left > 0 {
        found.extend(part(tx, brand, list, Some(false), left).await?);
    }
    Ok(found)
}

/// The customers of a list that have a name, or have none, or both.
async fn part(tx: &Tx, brand: &BrandId, list: &CustomerList, named: Option<bool>, limit: i64) -> Result<Vec<Customer>> {
    let mut select = Select::new(with_count!());
    select.with("c.brand_id =", brand).is("c.deleted_at IS NULL");
    if let Some(ids) = &list.ids {
        select.within("c.id", ids);
    }
    if let Some(email) = &list.email {
        select.with("c.email =", email);
    }
    if let Some(members) = &list.members {
        members.narrow(brand, &mut select);
    }
    if let Some(blocked) = &list.is_blocked {
        select.with("c.is_blocked =", blocked);
    }
    if let Some(named) = named {
        select.is(if named { "c.name IS NOT NULL" } else { "c.name IS NULL" });
    }
    // What is found by a company or by ids is few and sorted; the sum and the joining keep both databases from walking the whole
    // brand in the wanted order instead.
    let few = list.members.is_some() || list.ids.is_some();
    let (columns, descending) = match (list.sort, few) {
        (CustomerSort::CreatedAt, false) => ("c.created_at, c.id", "c.created_at DESC, c.id DESC"),
        (CustomerSort::CreatedAt, true) => ("c.created_at + 0, c.id", "c.created_at + 0 DESC, c.id DESC"),
        (CustomerSort::Email, false) => ("c.email, c.id", "c.email DESC, c.id DESC"),
        (CustomerSort::Email, true) => ("c.email || '', c.id", "c.email || '' DESC, c.id DESC"),
        (CustomerSort::Name, _) if named == Some(false) => ("c.id", "c.id DESC"),
        (CustomerSort::Name, false) => ("c.sort_key, c.id", "c.sort_key DESC, c.id DESC"),
        (CustomerSort::Name, true) => ("c.sort_key || '', c.id", "c.sort_key || '' DESC, c.id DESC"),
    };
    let operator = if list.descending { "<" } else { ">" };
    match &list.after {
        Some((AfterKey::At(at), id)) => {
            select.beyond(columns, operator, &[at, id]);
        }
        // A page that began among those with a name goes on with all of the others.
        Some((AfterKey::Text(_), _)) if named == Some(false) => {}
        Some((AfterKey::Text(text), id)) => {
            select.beyond(columns, operator, &[text, id]);
        }
        Some((AfterKey::Empty, id)) => {
            select.beyond(columns, operator, &[id]);
        }
        None => {}
    }
    select.page(if list.descending { descending } else { columns }, &limit);
    tx.select(&select, |columns| counted(brand, columns)).await
}

/// Some customers whose address begins with a text, in the order of their addresses.
///
/// # Errors
/// When the database cannot answer.
pub async fn with_address_from(tx: &Tx, brand: &BrandId, start: &str, limit: i64) -> Result<Vec<CustomerId>> {
    let end = format!("{start}\u{10ffff}");
    tx.all(&BY_EMAIL_START, args![brand, start, end, limit], only).await
}
