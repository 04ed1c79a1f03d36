//! Who works on a ticket (API 5.6).

use dispatch_model::{
    Errors, Patch,
    text::{Email, Reference},
};
use dispatch_store::{self as store, Tx, tickets::Assignee};

use crate::Result;

/// The assignee after a request that says `id` and `email`. What is wrong is added to `errors`.
pub(crate) async fn assignee(
    tx: &Tx,
    brand: &dispatch_model::brand::Brand,
    old: Option<Assignee>,
    id: Patch<&Reference>,
    email: Patch<&Email>,
    errors: &mut Errors,
) -> Result<Option<Assignee>> {
    match (id, email) {
        (Patch::Keep, Patch::Keep) => Ok(old),
        (Patch::Set(_), Patch::Clear) | (Patch::Clear, Patch::Set(_)) => {
            errors.push("assigneeEmail", "names somebody else than assigneeId");
            Ok(old)
        }
        (Patch::Set(id), email) => by_id(tx, brand, id, email, errors).await,
        (_, Patch::Set(email)) => by_email(tx, brand, email, errors).await,
        (Patch::Clear, _) | (_, Patch::Clear) => Ok(None),
    }
}

async fn by_id(
    tx: &Tx,
    brand: &dispatch_model::brand::Brand,
    id: &Reference,
    email: Patch<&Email>,
    errors: &mut Errors,
) -> Result<Option<Assignee>> {
    let member = store::members::by_id(tx, &brand.account_id, &brand.id, id).await?;
    let Some(member) = member.filter(dispatch_model::member::Member::can_be_assigned) else {
        errors.push("assigneeId", "must be an active member with access to the brand");
        return Ok(None);
    };
    if matches!(email, Patch::Set(email) if **email != *member.email) {
        errors.push("assigneeEmail", "names somebody else than assigneeId");
    }
    Ok(Some(Assignee::Member { id: member.id, email: member.email, name: member.display_name, removed: false }))
}

async fn by_email(
    tx: &Tx,
    brand: &dispatch_model::brand::Brand,
    email: &Email,
    errors: &mut Errors,
) -> Result<Option<Assignee>> {
    let member = store::members::by_email(tx, &brand.account_id, &brand.id, email).await?;
    match member.filter(|member| member.active) {
        None => Ok(Some(Assignee::Outside(String::from(email.clone())))),
        Some(member) if member.can_be_assigned() => {
            Ok(Some(Assignee::Member { id: member.id, email: member.email, name: member.display_name, removed: false }))
        }
        Some(_) => {
            errors.push("assigneeEmail", "is a member without access to the brand");
            Ok(None)
        }
    }
}
