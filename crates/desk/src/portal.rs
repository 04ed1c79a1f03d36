//! The customer portal (API 22): who is signed in to it, and what they do with their own tickets. Whatever is not theirs, or is
//! for staff alone, reads like something that does not exist.

mod files;
mod links;
mod tickets;

pub use files::{attachment, attachments, check_file, confirmed, request};
pub use links::{ask, mail_step, verify};
pub use tickets::{check, comment, create, get, list, ticket_id};

use dispatch_model::{
    BrandId, CustomerId, Patch,
    customer::Customer,
    event::{Act, Actor},
    limits::{PORTAL_SIGNED_IN_MS, PORTAL_TOKEN_MS},
    portal::{NewPortalToken, PortalSession},
};
use dispatch_store::{self as store, Tx, portal::PortalUser};

use crate::{Result, brands, customers, error::unknown};

/// The actor that a portal user is.
#[must_use]
pub fn actor(user: &PortalUser) -> Actor {
    Actor::customer(Some(&user.customer), user.name.as_deref(), &user.email)
}

/// What a token that does not work, or no longer, is told.
pub(crate) fn no_session() -> crate::Error {
    unknown("The link or the session is wrong, was used or has expired.")
}

/// Begins a session of a customer; the token is the caller's to show.
async fn open(tx: &Tx, act: &Act, customer: &Customer, hash: &str) -> Result<PortalSession> {
    let expires_at = act.at.plus_ms(PORTAL_TOKEN_MS);
    store::portal::insert(tx, hash, customer, (act.at, act.at, expires_at)).await?;
    Ok(shown(customer.id.clone(), &customer.email, customer.name.as_deref(), expires_at))
}

fn shown(
    customer_id: CustomerId,
    email: &str,
    name: Option<&str>,
    expires_at: dispatch_model::Timestamp,
) -> PortalSession {
    PortalSession { token: None, expires_at, customer_id, email: email.to_owned(), name: name.map(str::to_owned) }
}

/// Signs a customer in for somebody who knows who it is: it is created or linked, and joins a company if it has none.
///
/// # Errors
/// When there is no such brand, or the customer is blocked.
pub async fn token(tx: &Tx, act: &Act, brand: &BrandId, new: &NewPortalToken, hash: &str) -> Result<PortalSession> {
    brands::get(tx, brand).await?;
    let known = store::customers::by_email(tx, brand, &new.email).await?;
    if known.as_ref().is_some_and(|customer| customer.is_blocked) {
        return Err(crate::error::conflict("The customer is blocked."));
    }
    let company = (new.company_name.as_deref(), new.source_org_id.as_deref());
    let customer = customers::link_with_company(tx, act, brand, known, &new.email, new.name.as_ref(), company).await?;
    open(tx, act, &customer, hash).await
}

/// Gives whoever holds a token that works another one, up to 7 days after they have shown who they are.
///
/// # Errors
/// When that was longer ago.
pub async fn refresh(tx: &Tx, act: &Act, user: &PortalUser, hash: &str) -> Result<PortalSession> {
    let expires_at = until(act, user).ok_or_else(no_session)?;
    let customer = store::customers::by_id(tx, &user.brand, user.customer.as_str()).await?.ok_or_else(no_session)?;
    store::portal::insert(tx, hash, &customer, (user.signed_in_at, act.at, expires_at)).await?;
    Ok(shown(customer.id, &customer.email, customer.name.as_deref(), expires_at))
}

/// Until when a session goes on that is renewed now.
fn until(act: &Act, user: &PortalUser) -> Option<dispatch_model::Timestamp> {
    let last = user.signed_in_at.plus_ms(PORTAL_SIGNED_IN_MS);
    (last > act.at).then(|| act.at.plus_ms(PORTAL_TOKEN_MS).min(last))
}

/// Puts off the end of the session of somebody who looks at the pages.
///
/// # Errors
/// When the database cannot write.
pub async fn prolong(tx: &Tx, act: &Act, user: &PortalUser) -> Result<()> {
    match until(act, user) {
        Some(until) => Ok(store::portal::prolong(tx, user, until).await?),
        None => Ok(()),
    }
}

/// Ends a session.
///
/// # Errors
/// When the database cannot write.
pub async fn end(tx: &Tx, user: &PortalUser) -> Result<()> {
    Ok(store::portal::end(tx, user).await?)
}

/// A field of a create that is left out.
pub(super) const fn left_out<T>() -> Patch<T> {
    Patch::Keep
}
