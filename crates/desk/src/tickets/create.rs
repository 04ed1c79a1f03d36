//! A new ticket: one counter, one customer, one row, one event.

use std::sync::Arc;

use dispatch_model::{
    BrandId, Errors, JsonText, Patch,
    customer::Customer,
    event::Act,
    status::{CLOSED, OPEN},
    text::Link,
    ticket::{NewTicket, Priority, Ticket},
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use super::wanted_status;
use crate::{
    Result, assignment, brands, customers,
    error::Found,
    payload::{self, More},
};

/// Creates a ticket.
///
/// # Errors
/// When there is no such brand, or a field refers to what is not there.
pub async fn create(tx: &Tx, act: &Act, brand_id: &BrandId, new: &NewTicket) -> Result<Ticket> {
    let (brand, statuses, known) = futures_util::try_join!(
        brands::get(tx, brand_id),
        async { Ok(store::statuses::all(tx, brand_id).await?) },
        known_customer(tx, brand_id, new),
    )?;
    let mut errors = Errors::default();
    let status = match wanted_status(&statuses, new.status.as_ref(), new.status_id.as_ref(), &mut errors) {
        Some(status) => status,
        None => statuses.system(OPEN).found()?,
    };
    if new.close_reason.is_some() && status.key != CLOSED {
        errors.push("closeReason", "is only for closed tickets");
    }
    let assignee_id = new.assignee_id.as_ref().map_or(Patch::Keep, Patch::Set);
    let assignee_email = new.assignee_email.as_ref().map_or(Patch::Keep, Patch::Set);
    let assignee = assignment::assignee(tx, &brand, None, assignee_id, assignee_email, &mut errors).await?;
    let by_id = match &new.customer_id {
        Some(id) => customers::named(tx, brand_id, id, new.customer_email.as_ref(), &mut errors).await?,
        None => None,
    };
    errors.into_result()?;
    let customer = customer(tx, act, brand_id, by_id, known, new).await?;
    let number = tx
        .count(brand_id, |counter| {
            counter.next_ticket_number += 1;
            counter.next_ticket_number - 1
        })
        .await?;
    let (inactive, closed) = (!status.is_active, status.key == CLOSED);
    let empty = JsonText::empty_object();
    let ticket = StoredTicket {
        id: act.mint.id(),
        brand_id: brand_id.clone(),
        number,
        prefix: brand.ticket_prefix,
        status_id: status.id.clone(),
        close_reason: new.close_reason,
        priority: new.priority.unwrap_or(Priority::Normal),
        assignee,
        source: new.source.clone().map_or_else(|| act.source.to_owned(), String::from),
        source_id: new.source_id.clone().map(String::from),
        created_by: created_by(act, new),
        comment_count: 0,
        attachment_count: 0,
        is_spam: false,
        due_at: new.due_at,
        first_response_at: None,
        resolved_at: inactive.then_some(act.at),
        resolved_by_id: act.member().filter(|_| inactive),
        closed_at: closed.then_some(act.at),
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
        title: String::from(new.title.clone()),
        links: new.links.as_ref().map_or_else(JsonText::empty_list, |links| JsonText::of::<[Link]>(&links.0)),
        custom_fields: empty.merged(new.custom_fields.as_ref().unwrap_or(&empty)),
        metadata: empty.merged(new.metadata.as_ref().unwrap_or(&empty)),
        source_data: new.source_data.clone(),
        customer,
        body: new.body.clone().map(String::from),
    };
    let shown = ticket.clone().view(&statuses)?;
    tx.record(act, brand_id, payload::ticket("ticket.created", &shown, More::default(), None));
    futures_util::try_join!(store::tickets::insert(tx, &ticket), store::counts::add(tx, brand_id, &status.id, 1, 1),)?;
    Ok(shown)
}

/// A member is named by their address; a key says whom it speaks for.
fn created_by(act: &Act, new: &NewTicket) -> Option<String> {
    match act.member() {
        Some(_) => act.actor.email.clone(),
        None => new.created_by.clone().map(String::from),
    }
}

/// The customer with the request's address; looked up together with the brand, which saves a round trip.
async fn known_customer(tx: &Tx, brand: &BrandId, new: &NewTicket) -> Result<Option<Customer>> {
    match &new.customer_email {
        Some(email) => Ok(store::customers::by_email(tx, brand, email).await?),
        None => Ok(None),
    }
}

async fn customer(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    by_id: Option<Customer>,
    known: Option<Customer>,
    new: &NewTicket,
) -> Result<Option<Arc<Customer>>> {
    match (by_id, &new.customer_email) {
        (Some(named), _) => {
            let name = new.customer_name.as_ref().map(|name| (**name).to_owned()).filter(|name| !name.is_empty());
            Ok(Some(Arc::new(customers::fill_name(tx, act, named, name).await?)))
        }
        (None, Some(email)) => {
            Ok(Some(customers::link(tx, act, brand, known, email, new.customer_name.as_ref()).await?))
        }
        (None, None) => Ok(None),
    }
}
