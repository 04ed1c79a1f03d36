//! Lists of customers, and the search for one while somebody types.

use dispatch_model::{
    BrandId, CustomerId, Timestamp,
    customer::{Customer, CustomerSort},
    limits::SEARCH_MATCHES_MAX,
    page::{Cursor, Page, fingerprint},
    words,
};
use dispatch_store::{
    self as store, Tx,
    customers::{AfterKey, CustomerList},
};

use crate::{Result, brands, error::invalid, pending::Pending};

/// What customers are asked for.
#[derive(Clone, Debug)]
pub struct CustomerQuery {
    /// Only those whose name or address matches.
    pub search: Option<String>,
    /// Only the one with this address.
    pub email: Option<String>,
    /// Only those of this company.
    pub company_id: Option<String>,
    /// Blocked, not blocked, or either.
    pub is_blocked: Option<bool>,
    /// What they are sorted by.
    pub sort: CustomerSort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Items of the page.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// The customers whose name or address matches a text; none when the text asks for nothing.
pub(crate) async fn matching(tx: &Tx, brand: &BrandId, text: &str) -> Result<Option<Vec<CustomerId>>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let found = store::search::customers(tx, brand, &words::query(text), SEARCH_MATCHES_MAX).await?;
    Ok(Some(found.ids))
}

/// A page of customers.
///
/// # Errors
/// When there is no such brand or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, query: &CustomerQuery) -> Result<Page<Customer>> {
    let whole = brands::get(tx, brand).await?;
    let bound = CustomerQuery { limit: 0, cursor: None, ..query.clone() };
    let mark = fingerprint(&["customers", brand.as_str(), &format!("{bound:?}")]);
    let after = query.cursor.as_deref().map(|text| after(text, mark, query.sort)).transpose()?;
    let pending = Pending::load(tx, &whole).await?;
    let ids = match &query.search {
        Some(text) => matching(tx, brand, text).await?,
        None => None,
    };
    let rows = CustomerList {
        ids,
        email: query.email.clone(),
        members: query.company_id.as_deref().map(|company| pending.members(company)),
        is_blocked: query.is_blocked,
        sort: query.sort,
        descending: query.descending,
        after,
        limit: query.limit + 1,
    };
    let mut found = store::customers::list(tx, brand, &rows).await?;
    found.iter_mut().for_each(|customer| pending.customer(customer));
    Ok(Page::cut(found, query.limit, mark, |customer| {
        let key = match query.sort {
            CustomerSort::CreatedAt => customer.created_at.as_millis().to_string(),
            CustomerSort::Email => customer.email.clone(),
            CustomerSort::Name if customer.name.is_none() => String::new(),
            // A name is never empty, so that the empty key says that there is none.
            CustomerSort::Name => store::customers::sort_key(customer.name.as_deref(), &customer.email),
        };
        vec![key, customer.id.0.clone()]
    }))
}

fn after(text: &str, mark: u64, sort: CustomerSort) -> Result<(AfterKey, String)> {
    let bad = || invalid("cursor", "is not a cursor of this list");
    let keys = Cursor::decode(text, mark, 2).ok_or_else(bad)?.keys;
    let key = match sort {
        CustomerSort::CreatedAt => AfterKey::At(Timestamp::from_millis(keys[0].parse().map_err(|_| bad())?)),
        CustomerSort::Name if keys[0].is_empty() => AfterKey::Empty,
        CustomerSort::Email | CustomerSort::Name => AfterKey::Text(keys[0].clone()),
    };
    Ok((key, keys[1].clone()))
}

/// The customers in whose name each word of a text begins a word, and those whose address begins with the text, by name;
/// blocked ones included.
///
/// # Errors
/// When there is no such brand.
pub async fn search(tx: &Tx, brand: &BrandId, text: &str, limit: i64) -> Result<Vec<Customer>> {
    let whole = brands::get(tx, brand).await?;
    let wanted = words::query(text);
    let start = text.trim().to_lowercase();
    let mut ids = store::customers::with_address_from(tx, brand, &start, limit).await?;
    ids.extend(store::search::customers(tx, brand, &wanted, SEARCH_MATCHES_MAX).await?.ids);
    ids.sort_unstable();
    ids.dedup();
    let rows = CustomerList {
        limit: i64::try_from(ids.len()).unwrap_or(i64::MAX),
        ids: Some(ids),
        email: None,
        members: None,
        is_blocked: None,
        sort: CustomerSort::Name,
        descending: false,
        after: None,
    };
    let mut found = store::customers::list(tx, brand, &rows).await?;
    // The words of an address lead here as well, such as those of a domain that many have.
    found.retain(|customer| customer.email.starts_with(&start) || begins(customer.name.as_deref(), &wanted));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let pending = Pending::load(tx, &whole).await?;
    found.iter_mut().for_each(|customer| pending.customer(customer));
    Ok(found)
}

/// Whether each of these words begins a word of the name.
fn begins(name: Option<&str>, wanted: &[String]) -> bool {
    let there = words::words(name.unwrap_or_default());
    !wanted.is_empty() && wanted.iter().all(|word| there.iter().any(|known| known.starts_with(word.as_str())))
}
