//! The customer portal: who is signed in to it, and links to it that are mailed. Tokens are kept only as hashes.

use std::collections::HashMap;

use dispatch_model::{
    AccountId, BrandId, CustomerId, MailId, TicketId, Timestamp,
    customer::Customer,
    limits::{PORTAL_SESSIONS_MAX, PORTAL_TOKEN_MS},
};

use crate::{
    Error, Result, Select, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    BY_HASH = "SELECT s.brand_id, s.customer_id, s.signed_in_at, s.expires_at, b.account_id, b.portal_origins, c.email, c.name
        FROM portal_session s
        JOIN customer c ON c.brand_id = s.brand_id AND c.id = s.customer_id AND c.deleted_at IS NULL AND NOT c.is_blocked
        JOIN brand b ON b.id = s.brand_id AND b.deleted_at IS NULL
        JOIN account a ON a.id = b.account_id AND a.deleted_at IS NULL
        WHERE s.hash = $1 AND s.expires_at > $2";
    INSERT = "INSERT INTO portal_session (hash, brand_id, customer_id, signed_in_at, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    DROP_OLDEST = "DELETE FROM portal_session WHERE hash IN (SELECT hash FROM portal_session WHERE brand_id = $1 AND customer_id = $2
        ORDER BY created_at DESC, hash LIMIT $3 OFFSET $3)";
    PROLONG = "UPDATE portal_session SET expires_at = $3 WHERE brand_id = $1 AND hash = $2 AND expires_at < $3";
    END = "DELETE FROM portal_session WHERE brand_id = $1 AND hash = $2";
    OLDEST = "SELECT expires_at FROM portal_session WHERE expires_at <= $1 ORDER BY expires_at LIMIT 1 OFFSET $2";
    PURGE = "DELETE FROM portal_session WHERE expires_at <= $1";
    ASK = "INSERT INTO portal_link (id, brand_id, email, url, by_staff, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ASKED = "SELECT id, brand_id, email, url, by_staff FROM portal_link WHERE hash IS NULL ORDER BY created_at, id LIMIT $1";
    MAILED = "UPDATE portal_link SET hash = $3, expires_at = $4 WHERE brand_id = $1 AND id = $2 AND hash IS NULL";
    FOLLOWED = "SELECT l.id, l.brand_id, l.email, l.url, l.by_staff FROM portal_link l
        JOIN brand b ON b.id = l.brand_id AND b.deleted_at IS NULL
        JOIN account a ON a.id = b.account_id AND a.deleted_at IS NULL
        WHERE l.hash = $1 AND l.expires_at > $2";
    DROP_LINK = "DELETE FROM portal_link WHERE brand_id = $1 AND id = $2";
    OLDEST_LINK = "SELECT expires_at FROM portal_link WHERE expires_at <= $1 ORDER BY expires_at LIMIT 1 OFFSET $2";
    PURGE_LINKS = "DELETE FROM portal_link WHERE expires_at <= $1";
    BRAND = "SELECT id FROM brand WHERE id IN ($1, (SELECT brand_id FROM brand_slug WHERE slug = $1)) AND deleted_at IS NULL";
    OWNER = "SELECT customer_id FROM attachment WHERE brand_id = $1 AND id = $2 AND deleted_at IS NULL";
    OWN = "UPDATE attachment SET customer_id = $3, uploaded_by = $4 WHERE brand_id = $1 AND id = $2";
    INTERNAL = "SELECT id FROM comment WHERE brand_id = $1 AND ticket_id = $2 AND (is_internal OR author_type = 'SYSTEM')";
}

/// Somebody who is signed in to the portal.
#[derive(Clone, Debug)]
pub struct PortalUser {
    /// The hash of their token.
    pub hash: String,
    /// The account of the brand.
    pub account: AccountId,
    /// The brand.
    pub brand: BrandId,
    /// The customer.
    pub customer: CustomerId,
    /// The address.
    pub email: String,
    /// The name.
    pub name: Option<String>,
    /// When they showed who they are.
    pub signed_in_at: Timestamp,
    /// When the token ends.
    pub expires_at: Timestamp,
    /// Origins whose pages may call the portal.
    pub origins: Vec<String>,
}

/// Whoever holds the token with this hash, unless it has ended, or the customer was blocked or deleted, or the brand was.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_hash(tx: &Tx, hash: &str, now: Timestamp) -> Result<Option<PortalUser>> {
    tx.maybe(&BY_HASH, args![hash, now], |columns: &mut Columns<'_>| {
        let (brand, customer) = (columns.take()?, columns.take()?);
        let (signed_in_at, expires_at) = (columns.take()?, columns.take()?);
        let (account, origins) = (columns.take()?, columns.take::<String>()?);
        let origins = serde_json::from_str(&origins).map_err(|error| Error::Bug(error.to_string()))?;
        let (email, name) = (columns.take()?, columns.take()?);
        let hash = hash.to_owned();
        Ok(PortalUser { hash, account, brand, customer, email, name, signed_in_at, expires_at, origins })
    })
    .await
}

/// Begins a session. The oldest ones of the customer end when there are too many.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(
    tx: &Tx,
    hash: &str,
    customer: &Customer,
    (signed_in_at, at, expires_at): (Timestamp, Timestamp, Timestamp),
) -> Result<()> {
    let Customer { id, brand_id, .. } = customer;
    tx.run(&INSERT, args![hash, brand_id, id, signed_in_at, at, expires_at]).await?;
    tx.run(&DROP_OLDEST, args![brand_id, id, PORTAL_SESSIONS_MAX]).await
}

/// Puts off the end of a session.
///
/// # Errors
/// When the database cannot write.
pub async fn prolong(tx: &Tx, user: &PortalUser, until: Timestamp) -> Result<()> {
    tx.run(&PROLONG, args![user.brand, user.hash, until]).await
}

/// Ends a session.
///
/// # Errors
/// When the database cannot write.
pub async fn end(tx: &Tx, user: &PortalUser) -> Result<()> {
    tx.run(&END, args![user.brand, user.hash]).await
}

/// A link that somebody asks for.
#[derive(Clone, Debug)]
pub struct PortalLink {
    /// Its id.
    pub id: MailId,
    /// The brand.
    pub brand: BrandId,
    /// Whom it is mailed to.
    pub email: String,
    /// The page that it leads to.
    pub url: String,
    /// Whether staff asks for it: then it is mailed to whoever it is.
    pub by_staff: bool,
}

fn link(columns: &mut Columns<'_>) -> Result<PortalLink> {
    Ok(PortalLink {
        id: columns.take()?,
        brand: columns.take()?,
        email: columns.take()?,
        url: columns.take()?,
        by_staff: columns.take()?,
    })
}

/// Notes that somebody asks for a link.
///
/// # Errors
/// When the database cannot write.
pub async fn ask(tx: &Tx, link: &PortalLink, at: Timestamp) -> Result<()> {
    let PortalLink { id, brand, email, url, by_staff } = link;
    // Nobody mails it any more after a while.
    tx.run(&ASK, args![id, brand, email, url, by_staff, at, at.plus_ms(PORTAL_TOKEN_MS)]).await
}

/// Links that were asked for and not looked at yet, the oldest first; of every brand, for the worker.
///
/// # Errors
/// When the database cannot answer.
pub async fn asked(tx: &Tx, limit: i64) -> Result<Vec<PortalLink>> {
    tx.all(&ASKED, args![limit], link).await
}

/// Notes the token of a link that is mailed.
///
/// # Errors
/// When the database cannot write.
pub async fn mailed(tx: &Tx, link: &PortalLink, hash: &str, expires_at: Timestamp) -> Result<()> {
    tx.run(&MAILED, args![link.brand, link.id, hash, expires_at]).await
}

/// The link with this token, while it works.
///
/// # Errors
/// When the database cannot answer.
pub async fn followed(tx: &Tx, hash: &str, now: Timestamp) -> Result<Option<PortalLink>> {
    tx.maybe(&FOLLOWED, args![hash, now], link).await
}

/// Uses a link up, or gives it up.
///
/// # Errors
/// When the database cannot write.
pub async fn drop_link(tx: &Tx, link: &PortalLink) -> Result<()> {
    tx.run(&DROP_LINK, args![link.brand, link.id]).await
}

/// The brand with this slug, or this one that it once had, or this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn brand(tx: &Tx, named: &str) -> Result<Option<BrandId>> {
    tx.maybe(&BRAND, args![named], only).await
}

/// The customer who uploaded a file through the portal, if one did.
///
/// # Errors
/// When the database cannot answer.
pub async fn owner(tx: &Tx, brand: &BrandId, attachment: &str) -> Result<Option<String>> {
    Ok(tx.maybe(&OWNER, args![brand, attachment], only::<Option<String>>).await?.flatten())
}

/// Notes that a customer uploads this file.
///
/// # Errors
/// When the database cannot write.
pub async fn own(tx: &Tx, user: &PortalUser, attachment: &str) -> Result<()> {
    tx.run(&OWN, args![user.brand, attachment, user.customer, user.email]).await
}

/// The comments of a ticket that its customer does not see, deleted ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn internal(tx: &Tx, brand: &BrandId, ticket: &TicketId) -> Result<Vec<String>> {
    tx.all(&INTERNAL, args![brand, ticket], only).await
}

/// How many public comments each of these tickets has; those without any are left out.
///
/// # Errors
/// When the database cannot answer.
pub async fn public_comments(tx: &Tx, brand: &BrandId, tickets: &[TicketId]) -> Result<HashMap<TicketId, i64>> {
    let mut select = Select::new("SELECT ticket_id, count(*) FROM comment");
    select.with("brand_id =", brand).within("ticket_id", tickets);
    select.is("NOT is_internal").is("author_type <> 'SYSTEM'").is("deleted_at IS NULL").end(" GROUP BY ticket_id");
    let rows: Vec<(TicketId, i64)> = tx.select(&select, |columns| Ok((columns.take()?, columns.take()?))).await?;
    Ok(rows.into_iter().collect())
}

/// Whether a session or a link has ended whose row is still there.
///
/// # Errors
/// When the database cannot answer.
pub async fn any_ended(tx: &Tx, now: Timestamp) -> Result<bool> {
    Ok(tx.maybe(&OLDEST, args![now, 0_i64], only::<Timestamp>).await?.is_some()
        || tx.maybe(&OLDEST_LINK, args![now, 0_i64], only::<Timestamp>).await?.is_some())
}

/// Removes up to about `rows` sessions and as many links that have ended; says whether there may be more.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, now: Timestamp, rows: i64) -> Result<bool> {
    let sessions: Option<Timestamp> = tx.maybe(&OLDEST, args![now, rows], only).await?;
    tx.run(&PURGE, args![sessions.unwrap_or(now)]).await?;
    let links: Option<Timestamp> = tx.maybe(&OLDEST_LINK, args![now, rows], only).await?;
    tx.run(&PURGE_LINKS, args![links.unwrap_or(now)]).await?;
    Ok(sessions.is_some() || links.is_some())
}
