//! Brands.

use dispatch_model::{
    AccountId, BrandId, JsonText, Timestamp,
    brand::{Brand, BrandContents, BrandMail, BrandPortal, Csat, CsatType},
};

use crate::{
    Counter, Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, account_id, name, slug, ticket_prefix, url, icon_url, settings, metadata, ticket_schema, created_at,
            updated_at, deleted_at, rewriting, csat_enabled, csat_type, csat_delay_minutes, csat_email_subject, csat_email_body,
            inbound_email_enabled, from_name, from_email, autoresponse_enabled, autoresponse_subject, autoresponse_body,
            new_ticket_notify_emails, portal_origins, portal_signup, surveyed, next_ticket_number, last_sequence, consumed FROM brand JOIN brand_counter ON brand_id = id"
    };
}

crate::statements! {
    GET = concat!("SELECT ", columns!(), " WHERE id = $1 AND deleted_at IS NULL");
    LIST = concat!("SELECT ", columns!(), " WHERE account_id = $1 AND deleted_at IS NULL ORDER BY name, id");
    EXISTS = "SELECT id FROM brand WHERE id = $1 AND deleted_at IS NULL";
    IN_ACCOUNT = "SELECT id FROM brand WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL";
    IDS = "SELECT id FROM brand WHERE deleted_at IS NULL ORDER BY id";
    INSERT = "INSERT INTO brand (id, account_id, name, slug, ticket_prefix, url, icon_url, settings, metadata,
        ticket_schema, created_at, updated_at, csat_enabled, csat_type, csat_delay_minutes, csat_email_subject, csat_email_body,
        inbound_email_enabled, from_name, from_email, autoresponse_enabled, autoresponse_subject, autoresponse_body,
        new_ticket_notify_emails, portal_origins, portal_signup)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)";
    LOCK = "UPDATE brand_counter SET last_sequence = last_sequence WHERE brand_id = $1";
    INSERT_COUNTER = "INSERT INTO brand_counter (brand_id, next_ticket_number, last_sequence) VALUES ($1, $2, $3)";
    SLUG_OWNER = "SELECT brand_id FROM brand_slug WHERE slug = $1";
    RESERVE_SLUG = "INSERT INTO brand_slug (slug, brand_id) VALUES ($1, $2)";
    UPDATE = "UPDATE brand SET name = $2, slug = $3, ticket_prefix = $4, url = $5, icon_url = $6, settings = $7,
        metadata = $8, ticket_schema = $9, updated_at = $10, csat_enabled = $11, csat_type = $12, csat_delay_minutes = $13,
        csat_email_subject = $14, csat_email_body = $15, inbound_email_enabled = $16, from_name = $17, from_email = $18,
        autoresponse_enabled = $19, autoresponse_subject = $20, autoresponse_body = $21, new_ticket_notify_emails = $22,
        portal_origins = $23, portal_signup = $24 WHERE id = $1";
    DELETE = "UPDATE brand SET deleted_at = $2, updated_at = $2 WHERE id = $1";
    CUSTOMERS = "SELECT count(*) FROM customer WHERE brand_id = $1 AND deleted_at IS NULL";
    COMPANIES = "SELECT count(*) FROM company WHERE brand_id = $1 AND deleted_at IS NULL";
    STATUSES = "SELECT count(*) FROM status WHERE brand_id = $1 AND replaced_by IS NULL";
    CATEGORIES = "SELECT count(*) FROM category WHERE brand_id = $1";
    TICKETS = "SELECT count(*) FROM ticket WHERE brand_id = $1 AND deleted_at IS NULL";
}

fn row(columns: &mut Columns<'_>) -> Result<Brand> {
    Ok(Brand {
        id: columns.take()?,
        account_id: columns.take()?,
        name: columns.take()?,
        slug: columns.take()?,
        ticket_prefix: columns.take()?,
        url: columns.take()?,
        icon_url: columns.take()?,
        settings: columns.take()?,
        metadata: columns.take()?,
        ticket_schema: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
        deleted_at: columns.take()?,
        rewriting: columns.take()?,
        csat: Csat {
            enabled: columns.take()?,
            kind: CsatType::read(&columns.take::<String>()?).map_err(Error::Bug)?,
            delay_minutes: columns.take()?,
            subject: columns.take()?,
            body: columns.take()?,
        },
        mail: BrandMail {
            inbound_enabled: columns.take()?,
            from_name: columns.take()?,
            from_email: columns.take()?,
            autoresponse_enabled: columns.take()?,
            autoresponse_subject: columns.take()?,
            autoresponse_body: columns.take()?,
            new_ticket_notify_emails: texts(columns)?,
        },
        portal: BrandPortal { origins: texts(columns)?, signup: columns.take()? },
        surveyed: columns.take()?,
        next_ticket_number: columns.take()?,
    })
}

/// A list of texts, which is kept as JSON.
fn texts(columns: &mut Columns<'_>) -> Result<Vec<String>> {
    let list: String = columns.take()?;
    serde_json::from_str(&list).map_err(|error| Error::Bug(format!("a list of a brand cannot be read: {error}")))
}

/// A brand that is not deleted. Its counter is as this transaction sees it; a write asks in the brand's own lane.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, id: &BrandId) -> Result<Option<Brand>> {
    let whole = |columns: &mut Columns<'_>| Ok((row(columns)?, columns.take::<i64>()?, columns.take::<bool>()?));
    let found = tx.maybe(&GET, args![id], whole).await?;
    Ok(found.map(|(brand, last_sequence, consumed)| {
        let found = Counter { next_ticket_number: brand.next_ticket_number, last_sequence, consumed };
        let counter = tx.counter_of(id, found);
        Brand { next_ticket_number: counter.next_ticket_number, ..brand }
    }))
}

/// Whether there is such a brand, not deleted.
///
/// # Errors
/// When the database cannot answer.
pub async fn exists(tx: &Tx, id: &BrandId) -> Result<bool> {
    Ok(tx.maybe(&EXISTS, args![id], only::<BrandId>).await?.is_some())
}

/// Whether this account has such a brand, not deleted. It does not look at the brand's counter, so that it may stand
/// outside the brand's lane.
///
/// # Errors
/// When the database cannot answer.
pub async fn in_account(tx: &Tx, account: &AccountId, id: &BrandId) -> Result<bool> {
    Ok(tx.maybe(&IN_ACCOUNT, args![id, account], only::<BrandId>).await?.is_some())
}

/// Waits for the writes of a brand that are under way, and keeps others away until the end of this transaction: for
/// work outside the brand's lane. Take several in the order of their ids, and before the account's row.
///
/// # Errors
/// When the database cannot write.
pub async fn lock(tx: &Tx, id: &BrandId) -> Result<()> {
    tx.run(&LOCK, args![id]).await
}

/// Every brand of the account by name.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, account: &AccountId) -> Result<Vec<Brand>> {
    tx.all(&LIST, args![account], row).await
}

/// The ids of all brands, for work behind the requests.
///
/// # Errors
/// When the database cannot answer.
pub async fn ids(tx: &Tx) -> Result<Vec<BrandId>> {
    tx.all(&IDS, &[], only).await
}

/// The brand that has or had this slug, deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn slug_owner(tx: &Tx, slug: &str) -> Result<Option<BrandId>> {
    tx.maybe(&SLUG_OWNER, args![slug], only).await
}

/// Keeps a slug for a brand, for ever.
///
/// # Errors
/// When the database cannot write.
pub async fn reserve_slug(tx: &Tx, slug: &str, brand: &BrandId) -> Result<()> {
    tx.run(&RESERVE_SLUG, args![slug, brand]).await
}

/// Creates a brand with its counter and its slug.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &Brand) -> Result<()> {
    tx.run(
        &INSERT,
        args![
            brand.id,
            brand.account_id,
            brand.name,
            brand.slug,
            brand.ticket_prefix,
            brand.url,
            brand.icon_url,
            brand.settings,
            brand.metadata,
            brand.ticket_schema,
            brand.created_at,
            brand.csat.enabled,
            brand.csat.kind.as_str(),
            brand.csat.delay_minutes,
            brand.csat.subject,
            brand.csat.body,
            brand.mail.inbound_enabled,
            brand.mail.from_name,
            brand.mail.from_email,
            brand.mail.autoresponse_enabled,
            brand.mail.autoresponse_subject,
            brand.mail.autoresponse_body,
            JsonText::of(&brand.mail.new_ticket_notify_emails),
            JsonText::of(&brand.portal.origins),
            brand.portal.signup,
        ],
    )
    .await?;
    tx.run(&INSERT_COUNTER, args![brand.id, brand.next_ticket_number, 0_i64]).await?;
    reserve_slug(tx, &brand.slug, &brand.id).await
}

/// Stores what can be changed of a brand.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, brand: &Brand) -> Result<()> {
    tx.run(
        &UPDATE,
        args![
            brand.id,
            brand.name,
            brand.slug,
            brand.ticket_prefix,
            brand.url,
            brand.icon_url,
            brand.settings,
            brand.metadata,
            brand.ticket_schema,
            brand.updated_at,
            brand.csat.enabled,
            brand.csat.kind.as_str(),
            brand.csat.delay_minutes,
            brand.csat.subject,
            brand.csat.body,
            brand.mail.inbound_enabled,
            brand.mail.from_name,
            brand.mail.from_email,
            brand.mail.autoresponse_enabled,
            brand.mail.autoresponse_subject,
            brand.mail.autoresponse_body,
            JsonText::of(&brand.mail.new_ticket_notify_emails),
            JsonText::of(&brand.portal.origins),
            brand.portal.signup,
        ],
    )
    .await
}

/// Marks a brand as deleted.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, id: &BrandId, at: Timestamp) -> Result<()> {
    tx.run(&DELETE, args![id, at]).await
}

/// What would go with a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn contents(tx: &Tx, id: &BrandId) -> Result<BrandContents> {
    Ok(BrandContents {
        ticket_count: tx.one(&TICKETS, args![id], only).await?,
        customer_count: tx.one(&CUSTOMERS, args![id], only).await?,
        category_count: tx.one(&CATEGORIES, args![id], only).await?,
        tag_count: crate::tags::count(tx, id).await?,
        company_count: tx.one(&COMPANIES, args![id], only).await?,
        status_count: tx.one(&STATUSES, args![id], only).await?,
        webhook_count: crate::webhooks::count(tx, id).await?,
    })
}
