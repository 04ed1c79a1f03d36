//! Customers: created, linked by email, changed, deleted (API 9, 5.7).

use std::sync::Arc;

use dispatch_model::{
    BrandId, Errors, JsonText, Patch, Timestamp,
    customer::{Customer, CustomerPatch, CustomerSort, NewCustomer, PersonName},
    event::{Act, Changes},
    page::{Cursor, Page, fingerprint},
    text::Email,
};
use dispatch_store::{
    self as store, Tx,
    customers::{AfterKey, CustomerList},
};

use crate::{
    Result, brands,
    brands::merged,
    error::{Found, conflict, invalid},
    payload,
};

/// An empty name counts as none.
fn name_of(name: Option<&PersonName>) -> Option<String> {
    name.map(|name| (**name).to_owned()).filter(|name| !name.is_empty())
}

/// A customer with the number of its tickets.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Customer> {
    brands::get(tx, brand).await?;
    store::customers::get(tx, brand, id).await?.found()
}

fn blank(act: &Act, brand: &BrandId, email: &Email) -> Customer {
    Customer {
        id: act.mint.id(),
        brand_id: brand.clone(),
        email: String::from(email.clone()),
        name: None,
        avatar_url: None,
        company_id: None,
        company: None,
        custom_fields: JsonText::empty_object(),
        metadata: JsonText::empty_object(),
        notify_email: true,
        is_blocked: false,
        ticket_count: None,
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
    }
}

/// Creates a customer.
///
/// # Errors
/// When the address is taken in this brand.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewCustomer) -> Result<Customer> {
    brands::get(tx, brand).await?;
    if store::customers::by_email(tx, brand, &new.email).await?.is_some() {
        return Err(email_taken(&new.email));
    }
    let empty = JsonText::empty_object();
    let customer = Customer {
        name: name_of(new.name.as_ref()),
        avatar_url: new.avatar_url.clone().map(String::from),
        custom_fields: empty.merged(new.custom_fields.as_ref().unwrap_or(&empty)),
        metadata: empty.merged(new.metadata.as_ref().unwrap_or(&empty)),
        notify_email: new.notify_email.unwrap_or(true),
        ticket_count: Some(0),
        ..blank(act, brand, &new.email)
    };
    store::customers::insert(tx, &customer).await?;
    tx.record(act, brand, payload::customer("customer.created", &customer, None));
    Ok(customer)
}

fn email_taken(email: &Email) -> crate::Error {
    conflict(format!("A customer with the email {} exists already.", &**email))
}

/// The customer with this address: the one that is known, else a new one. A name fills an empty name and replaces none.
pub(crate) async fn link(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    known: Option<Customer>,
    email: &Email,
    name: Option<&PersonName>,
) -> Result<Arc<Customer>> {
    let name = name_of(name);
    let Some(known) = known else {
        let customer = Customer { name, ..blank(act, brand, email) };
        store::customers::insert(tx, &customer).await?;
        tx.record(act, brand, payload::customer("customer.created", &customer, None));
        return Ok(Arc::new(customer));
    };
    fill_name(tx, act, known, name).await.map(Arc::new)
}

/// Gives a customer without a name this one.
pub(crate) async fn fill_name(tx: &Tx, act: &Act, known: Customer, name: Option<String>) -> Result<Customer> {
    if name.is_none() || known.name.is_some() {
        return Ok(known);
    }
    let named = Customer { name, updated_at: act.at, ..known.clone() };
    store_changes(tx, act, &known, &named).await?;
    Ok(named)
}

/// Blocks a customer, or no longer.
pub(crate) async fn block(tx: &Tx, act: &Act, known: &Customer, is_blocked: bool) -> Result<Customer> {
    let changed = Customer { is_blocked, updated_at: act.at, ..known.clone() };
    Ok(if store_changes(tx, act, known, &changed).await? { changed } else { known.clone() })
}

/// Changes a customer.
///
/// # Errors
/// When there is none or the new address is taken.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &CustomerPatch) -> Result<Customer> {
    let old = get(tx, brand, id).await?;
    let mut new = old.clone();
    if let Some(email) = &patch.email {
        let taken = store::customers::by_email(tx, brand, email).await?;
        if taken.is_some_and(|other| other.id != old.id) {
            return Err(email_taken(email));
        }
        new.email = String::from(email.clone());
    }
    match &patch.name {
        Patch::Keep => {}
        Patch::Clear => new.name = None,
        Patch::Set(name) => new.name = name_of(Some(name)),
    }
    new.avatar_url = patch.avatar_url.clone().text().or(old.avatar_url.clone());
    new.custom_fields = merged("customFields", &old.custom_fields, &patch.custom_fields)?;
    new.metadata = merged("metadata", &old.metadata, &patch.metadata)?;
    new.notify_email = patch.notify_email.unwrap_or(old.notify_email);
    new.is_blocked = patch.is_blocked.unwrap_or(old.is_blocked);
    new.updated_at = act.at;
    Ok(if store_changes(tx, act, &old, &new).await? { new } else { old })
}

/// Stores and records what differs; says whether anything did.
async fn store_changes(tx: &Tx, act: &Act, old: &Customer, new: &Customer) -> Result<bool> {
    let mut changes = Changes::default();
    changes.add("email", &old.email, &new.email);
    changes.add("name", &old.name, &new.name);
    changes.add("avatarUrl", &old.avatar_url, &new.avatar_url);
    changes.add_members("customFields", &old.custom_fields, &new.custom_fields);
    changes.add("metadata", &old.metadata, &new.metadata);
    changes.add("notifyEmail", &old.notify_email, &new.notify_email);
    changes.add("isBlocked", &old.is_blocked, &new.is_blocked);
    if changes.is_empty() {
        return Ok(false);
    }
    store::customers::update(tx, new).await?;
    tx.record(act, &new.brand_id, payload::customer("customer.updated", new, Some(changes.to_json())));
    Ok(true)
}

/// Deletes a customer. Its tickets stay and go on showing its address and name; the address is free again.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Customer> {
    let mut customer = get(tx, brand, id).await?;
    customer.deleted_at = Some(act.at);
    customer.updated_at = act.at;
    store::customers::update(tx, &customer).await?;
    tx.record(act, brand, payload::customer("customer.deleted", &customer, None));
    Ok(customer)
}

/// What customers are asked for.
#[derive(Clone, Debug)]
pub struct CustomerQuery {
    /// Only the one with this address.
    pub email: Option<String>,
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

/// A page of customers.
///
/// # Errors
/// When there is no such brand or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, query: &CustomerQuery) -> Result<Page<Customer>> {
    brands::get(tx, brand).await?;
    let mark = fingerprint(&[
        "customers",
        brand.as_str(),
        &format!("{:?} {:?} {:?} {}", query.email, query.is_blocked, query.sort, query.descending),
    ]);
    let after = query.cursor.as_deref().map(|text| after(text, mark, query.sort)).transpose()?;
    let rows = CustomerList {
        email: query.email.clone(),
        is_blocked: query.is_blocked,
        sort: query.sort,
        descending: query.descending,
        after,
        limit: query.limit + 1,
    };
    let found = store::customers::list(tx, brand, &rows).await?;
    Ok(Page::cut(found, query.limit, mark, |customer| {
        let key = match query.sort {
            CustomerSort::CreatedAt => customer.created_at.as_millis().to_string(),
            CustomerSort::Email => customer.email.clone(),
        };
        vec![key, customer.id.0.clone()]
    }))
}

fn after(text: &str, mark: u64, sort: CustomerSort) -> Result<(AfterKey, String)> {
    let bad = || invalid("cursor", "is not a cursor of this list");
    let keys = Cursor::decode(text, mark, 2).ok_or_else(bad)?.keys;
    let key = match sort {
        CustomerSort::CreatedAt => AfterKey::At(Timestamp::from_millis(keys[0].parse().map_err(|_| bad())?)),
        CustomerSort::Email => AfterKey::Text(keys[0].clone()),
    };
    Ok((key, keys[1].clone()))
}

/// The customer that a request names by id, by address, or both; what is wrong is added to `errors`.
pub(crate) async fn named(
    tx: &Tx,
    brand: &BrandId,
    id: &str,
    email: Option<&Email>,
    errors: &mut Errors,
) -> Result<Option<Customer>> {
    let Some(customer) = store::customers::by_id(tx, brand, id).await? else {
        errors.push("customerId", "unknown customer");
        return Ok(None);
    };
    if email.is_some_and(|email| **email != *customer.email) {
        errors.push("customerEmail", "is not the address of customerId");
        return Ok(None);
    }
    Ok(Some(customer))
}
