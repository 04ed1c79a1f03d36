//! Companies of a brand. A deleted one stays as a row; no customer shows it any more (API 10).

use dispatch_model::{
    BrandId, CompanyId,
    company::{Company, CompanySort},
    fold::folded,
};

use crate::{
    Result, Select, Tx, args,
    customers::Members,
    search::{self, Entity},
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "SELECT co.id, co.name, co.domain, co.metadata, co.settings, co.created_at, co.updated_at"
    };
}

/// With the numbers of its customers and their tickets, as far as their rows name it.
macro_rules! with_counts {
    () => {
        concat!(
            columns!(),
            ", (SELECT count(*) FROM customer c WHERE c.brand_id = co.brand_id AND c.company_id = co.id
                AND c.deleted_at IS NULL),
            (SELECT count(*) FROM customer c JOIN ticket t ON t.brand_id = c.brand_id AND t.customer_id = c.id
                WHERE c.brand_id = co.brand_id AND c.company_id = co.id AND c.deleted_at IS NULL AND t.deleted_at IS NULL)
            FROM company co"
        )
    };
}

crate::statements! {
    GET = concat!(with_counts!(), " WHERE co.brand_id = $1 AND co.id = $2 AND co.deleted_at IS NULL");
    BY_ID = concat!(columns!(), " FROM company co WHERE co.brand_id = $1 AND co.id = $2 AND co.deleted_at IS NULL");
    BY_NAME = concat!(columns!(), " FROM company co WHERE co.brand_id = $1 AND co.name_key = $2 AND co.deleted_at IS NULL
        ORDER BY co.id LIMIT 1");
    BY_DOMAIN = concat!(columns!(), " FROM company co WHERE co.brand_id = $1 AND co.domain = $2 AND co.deleted_at IS NULL");
    BY_SOURCE_ORG = concat!(columns!(), " FROM company co WHERE co.brand_id = $1 AND co.source_org_id = $2 AND co.deleted_at IS NULL
        ORDER BY co.id LIMIT 1");
    INSERT = "INSERT INTO company (brand_id, id, name, name_key, domain, metadata, settings, created_at, updated_at, source_org_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE company SET name = $3, name_key = $4, domain = $5, metadata = $6, settings = $7, updated_at = $8,
        deleted_at = $9, source_org_id = $10 WHERE brand_id = $1 AND id = $2";
    CATEGORY = "SELECT id FROM category WHERE brand_id = $1 AND id = $2";
    TAG = "SELECT id FROM tag WHERE brand_id = $1 AND id = $2";
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Company> {
    Ok(Company {
        id: columns.take()?,
        brand_id: brand.clone(),
        name: columns.take()?,
        domain: columns.take()?,
        metadata: columns.take()?,
        settings: columns.take()?,
        customer_count: None,
        ticket_count: None,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: None,
    })
}

fn counted(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Company> {
    let company = row(brand, columns)?;
    Ok(Company { customer_count: columns.take()?, ticket_count: columns.take()?, ..company })
}

/// A company with its numbers, as far as the rows of its customers name it.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Company>> {
    tx.maybe(&GET, args![brand, id], |columns| counted(brand, columns)).await
}

/// A company as customers show it.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Company>> {
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}

/// The company with this name, case-insensitively; the oldest of several.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_name(tx: &Tx, brand: &BrandId, name: &str) -> Result<Option<Company>> {
    tx.maybe(&BY_NAME, args![brand, folded(name)], |columns| row(brand, columns)).await
}

/// The company with this domain.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_domain(tx: &Tx, brand: &BrandId, domain: &str) -> Result<Option<Company>> {
    tx.maybe(&BY_DOMAIN, args![brand, domain], |columns| row(brand, columns)).await
}

/// The company that another system calls so: its `metadata.sourceOrgId`; the oldest of several.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_source_org(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Company>> {
    tx.maybe(&BY_SOURCE_ORG, args![brand, id], |columns| row(brand, columns)).await
}

/// What another system calls a company.
fn source_org(company: &Company) -> Option<String> {
    match company.metadata.members().get("sourceOrgId")? {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Creates a company.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, new: &Company) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            new.brand_id,
            new.id,
            new.name,
            folded(&new.name),
            new.domain,
            new.metadata,
            new.settings,
            new.created_at,
            new.updated_at,
            source_org(new),
        ],
    )
    .await?;
    let texts = [new.name.as_str(), new.domain.as_deref().unwrap_or_default()];
    search::add(tx, &new.brand_id, Entity::Company(&new.id), &texts).await
}

/// Stores what can be changed of a company, its deletion included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, company: &Company) -> Result<()> {
    tx.run(
        &UPDATE,
        args![
            company.brand_id,
            company.id,
            company.name,
            folded(&company.name),
            company.domain,
            company.metadata,
            company.settings,
            company.updated_at,
            company.deleted_at,
            source_org(company),
        ],
    )
    .await?;
    let texts = [company.name.as_str(), company.domain.as_deref().unwrap_or_default()];
    search::put(tx, &company.brand_id, Entity::Company(&company.id), &texts).await
}

/// Which companies are listed.
#[derive(Clone, Debug)]
pub struct CompanyList {
    /// Only these.
    pub ids: Option<Vec<CompanyId>>,
    /// What they are sorted by.
    pub sort: CompanySort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Behind this sort value (none for `createdAt`) and id.
    pub after: Option<(String, String)>,
    /// Rows at most.
    pub limit: i64,
}

/// A part of the companies of a brand, with their numbers as [`get`] has them.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, brand: &BrandId, list: &CompanyList) -> Result<Vec<Company>> {
    let mut select = Select::new(with_counts!());
    select.with("co.brand_id =", brand).is("co.deleted_at IS NULL");
    if let Some(ids) = &list.ids {
        select.within("co.id", ids);
    }
    let operator = if list.descending { "<" } else { ">" };
    // Ids begin with the time of creation, to the millisecond: their order is that of createdAt and id.
    let (ascending, descending) = match list.sort {
        CompanySort::Name => ("co.name_key, co.id", "co.name_key DESC, co.id DESC"),
        CompanySort::CreatedAt => ("co.id", "co.id DESC"),
    };
    match (list.sort, &list.after) {
        (CompanySort::Name, Some((name, id))) => {
            select.beyond("co.name_key, co.id", operator, &[name, id]);
        }
        (CompanySort::CreatedAt, Some((_, id))) => {
            select.beyond("co.id", operator, &[id]);
        }
        (_, None) => {}
    }
    select.page(if list.descending { descending } else { ascending }, &list.limit);
    tx.select(&select, |columns| counted(brand, columns)).await
}

/// What a company is sorted by when it is sorted by name.
#[must_use]
pub fn name_key(company: &Company) -> String {
    folded(&company.name)
}

/// How many customers a company has, and how many tickets they have.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId, members: &Members) -> Result<(i64, i64)> {
    let mut customers = Select::new("SELECT count(*) FROM customer c");
    customers.with("c.brand_id =", brand).is("c.deleted_at IS NULL");
    members.narrow(brand, &mut customers);
    let mut tickets = Select::new(
        "SELECT count(*) FROM customer c JOIN ticket t ON t.brand_id = c.brand_id AND t.customer_id = c.id",
    );
    tickets.with("c.brand_id =", brand).is("c.deleted_at IS NULL").is("t.deleted_at IS NULL");
    members.narrow(brand, &mut tickets);
    let one = |rows: Vec<i64>| rows.first().copied().unwrap_or(0);
    let (customers, tickets) = futures_util::try_join!(tx.select(&customers, only), tx.select(&tickets, only))?;
    Ok((one(customers), one(tickets)))
}

/// Whether the brand has this category.
///
/// # Errors
/// When the database cannot answer.
pub async fn has_category(tx: &Tx, brand: &BrandId, id: &str) -> Result<bool> {
    Ok(tx.maybe(&CATEGORY, args![brand, id], only::<String>).await?.is_some())
}

/// Whether the brand has this tag.
///
/// # Errors
/// When the database cannot answer.
pub async fn has_tag(tx: &Tx, brand: &BrandId, id: &str) -> Result<bool> {
    Ok(tx.maybe(&TAG, args![brand, id], only::<String>).await?.is_some())
}
