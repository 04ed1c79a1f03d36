//! Customers of a brand. A deleted one stays as a row: its tickets still show its address and name (API 9).

use std::sync::Arc;

use dispatch_model::{BrandId, CompanyId, CustomerId, company::Company, customer::Customer, fold::folded};

use crate::{
    Result, Tx, args,
    search::{self, Entity},
    value::{Columns, only},
};

/// The columns of a customer `c`, then those of its company `co`.
macro_rules! customer_columns {
    () => {
        "c.id, c.email, c.name, c.avatar_url, c.custom_fields, c.metadata, c.notify_email, c.is_blocked, c.created_at,
            c.updated_at, c.deleted_at, c.company_id, co.name, co.domain, co.metadata, co.settings, co.created_at, co.updated_at"
    };
}
/// The company of a customer `c`; one that is deleted is none.
macro_rules! company_join {
    () => {
        " LEFT JOIN company co ON co.brand_id = c.brand_id AND co.id = c.company_id AND co.deleted_at IS NULL"
    };
}
pub(crate) use {company_join, customer_columns};

macro_rules! plain {
    () => {
        concat!("SELECT ", customer_columns!(), " FROM customer c", company_join!())
    };
}

macro_rules! with_count {
    () => {
        concat!(
            "SELECT ",
            customer_columns!(),
            ", (SELECT count(*) FROM ticket t WHERE t.brand_id = c.brand_id
            AND t.customer_id = c.id AND t.deleted_at IS NULL) FROM customer c",
            company_join!()
        )
    };
}

/// The company `$14` of a row with the domain `$12`. A row without one notes the last rewriting of its domain that has begun:
/// what began before it was written is not about it.
macro_rules! company_or_mark {
    () => {
        "coalesce($14, (SELECT max(r.id) FROM rewrite r WHERE r.brand_id = $1 AND r.kind = 'domain' AND r.subject = $12))"
    };
}

// Below the macros that they use.
mod list;
pub(crate) use list::ALL as LIST;
mod steps;
pub use list::{AfterKey, CustomerList, Members, PendingDomain, list, with_address_from};
pub(crate) use steps::ALL as STEPS;
pub use steps::{joining, move_to, of_company, some_of_company, some_to_join, unmark};

crate::statements! {
    GET = concat!(with_count!(), " WHERE c.brand_id = $1 AND c.id = $2 AND c.deleted_at IS NULL");
    BY_EMAIL = concat!(plain!(), " WHERE c.brand_id = $1 AND c.email = $2 AND c.deleted_at IS NULL");
    BY_ID = concat!(plain!(), " WHERE c.brand_id = $1 AND c.id = $2 AND c.deleted_at IS NULL");
    IDS_OF_EMAIL = "SELECT id FROM customer WHERE brand_id = $1 AND email = $2 AND deleted_at IS NULL";
    IDS_OF_DELETED_EMAIL = "SELECT id FROM customer WHERE brand_id = $1 AND email = $2 AND deleted_at IS NOT NULL";
    INSERT = concat!("INSERT INTO customer (brand_id, id, email, name, avatar_url, custom_fields, metadata, notify_email,
        is_blocked, created_at, updated_at, domain, sort_key, company_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, ", company_or_mark!(), ")");
    UPDATE = concat!("UPDATE customer SET email = $3, name = $4, avatar_url = $5, custom_fields = $6, metadata = $7,
        notify_email = $8, is_blocked = $9, updated_at = $10, deleted_at = $11, domain = $12, sort_key = $13,
        company_id = ", company_or_mark!(), " WHERE brand_id = $1 AND id = $2");
    BY_ID_ALSO_DELETED = concat!(plain!(), " WHERE c.brand_id = $1 AND c.id = $2");
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Customer> {
    let id = columns.take()?;
    rest(brand, id, columns)
}

/// Reads a customer from the columns behind its id.
pub(crate) fn rest(brand: &BrandId, id: CustomerId, columns: &mut Columns<'_>) -> Result<Customer> {
    let customer = Customer {
        id,
        brand_id: brand.clone(),
        email: columns.take()?,
        name: columns.take()?,
        avatar_url: columns.take()?,
        company_id: None,
        company: None,
        stored_company: None,
        custom_fields: columns.take()?,
        metadata: columns.take()?,
        notify_email: columns.take()?,
        is_blocked: columns.take()?,
        ticket_count: None,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: columns.take()?,
    };
    let stored: Option<String> = columns.take()?;
    let (Some(id), Some(name)) = (&stored, columns.take()?) else {
        columns.skip(5);
        return Ok(Customer { stored_company: stored, ..customer });
    };
    let id = CompanyId::from(id.as_str());
    let company = Company {
        id: id.clone(),
        brand_id: brand.clone(),
        name,
        domain: columns.take()?,
        metadata: columns.take()?,
        settings: columns.take()?,
        customer_count: None,
        ticket_count: None,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: None,
    };
    Ok(Customer { company_id: Some(id), company: Some(Arc::new(company)), stored_company: stored, ..customer })
}

fn counted(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Customer> {
    let customer = row(brand, columns)?;
    Ok(Customer { ticket_count: columns.take()?, ..customer })
}

/// What stands behind the @ of an address.
#[must_use]
pub fn domain_of(email: &str) -> &str {
    email.split_once('@').map_or("", |(_, domain)| domain)
}

/// What a customer is sorted by: its name, else its address.
#[must_use]
pub fn sort_key(name: Option<&str>, email: &str) -> String {
    folded(name.unwrap_or(email))
}

/// A customer with the number of its tickets.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Customer>> {
    tx.maybe(&GET, args![brand, id], |columns| counted(brand, columns)).await
}

/// A customer as tickets show it.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Customer>> {
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}

/// A customer, deleted or not.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id_also_deleted(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Customer>> {
    tx.maybe(&BY_ID_ALSO_DELETED, args![brand, id], |columns| row(brand, columns)).await
}

/// The customer with this address.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_email(tx: &Tx, brand: &BrandId, email: &str) -> Result<Option<Customer>> {
    tx.maybe(&BY_EMAIL, args![brand, email], |columns| row(brand, columns)).await
}

/// Every customer that has or had this address, deleted ones included: their tickets still show it.
///
/// # Errors
/// When the database cannot answer.
pub async fn ids_of_email(tx: &Tx, brand: &BrandId, email: &str) -> Result<Vec<CustomerId>> {
    let (mut ids, deleted) =
        futures_util::try_join!(async { tx.all(&IDS_OF_EMAIL, args![brand, email], only).await }, async {
            tx.all(&IDS_OF_DELETED_EMAIL, args![brand, email], only).await
        },)?;
    ids.extend(deleted);
    Ok(ids)
}

/// Creates a customer.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, new: &Customer) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            new.brand_id,
            new.id,
            new.email,
            new.name,
            new.avatar_url,
            new.custom_fields,
            new.metadata,
            new.notify_email,
            new.is_blocked,
            new.created_at,
            new.updated_at,
            domain_of(&new.email),
            sort_key(new.name.as_deref(), &new.email),
            new.company_id,
        ],
    )
    .await?;
    search::add(tx, &new.brand_id, Entity::Customer(&new.id), &searched(new.name.as_deref(), &new.email)).await
}

/// The texts of a customer that the search looks through.
pub(crate) fn searched<'t>(name: Option<&'t str>, email: &'t str) -> [&'t str; 2] {
    [name.unwrap_or_default(), email]
}

/// Stores what can be changed of a customer, its deletion included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, customer: &Customer) -> Result<()> {
    tx.run(
        &UPDATE,
        args![
            customer.brand_id,
            customer.id,
            customer.email,
            customer.name,
            customer.avatar_url,
            customer.custom_fields,
            customer.metadata,
            customer.notify_email,
            customer.is_blocked,
            customer.updated_at,
            customer.deleted_at,
            domain_of(&customer.email),
            sort_key(customer.name.as_deref(), &customer.email),
            customer.company_id,
        ],
    )
    .await?;
    let texts = searched(customer.name.as_deref(), &customer.email);
    search::put(tx, &customer.brand_id, Entity::Customer(&customer.id), &texts).await
}
