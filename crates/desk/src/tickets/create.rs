//! A new ticket: one counter, one customer, one row, one event.

use std::sync::Arc;

use dispatch_model::{
    BrandId, Errors, JsonText, Patch, TagId,
    brand::Brand,
    customer::Customer,
    event::{Act, Telling},
    fold::folded,
    status::{CLOSED, OPEN},
    tag::Tag,
    text::{Email, Link},
    ticket::{NewTicket, Priority, Ticket},
};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use super::{labels, wanted_status};
use crate::{
    Result, assignment, attachments, brands, customers,
    error::Found,
    payload::{self, More},
    watchers,
};

/// Creates a ticket.
///
/// # Errors
/// When there is no such brand, or a field refers to what is not there.
pub async fn create(tx: &Tx, act: &Act, brand_id: &BrandId, new: &NewTicket) -> Result<Ticket> {
    create_marked(tx, act, brand_id, new, false).await
}

/// Creates a ticket that may be spam from its beginning: a blocked customer wrote it (API 5.8).
pub(crate) async fn create_marked(
    tx: &Tx,
    act: &Act,
    brand_id: &BrandId,
    new: &NewTicket,
    is_spam: bool,
) -> Result<Ticket> {
    let (brand, statuses, known) = futures_util::try_join!(
        brands::get(tx, brand_id),
        async { Ok(store::statuses::all(tx, brand_id).await?) },
        known_customer(tx, brand_id, new),
    )?;
    let mut errors = act.wrong.clone();
    let status = match wanted_status(&statuses, new.status.as_ref(), new.status_id.as_ref(), &mut errors) {
        Some(status) => status,
        None => statuses.system(OPEN).found()?,
    };
    // Whether it is closed is not known while its status may be what is wrong.
    if new.close_reason.is_some() && status.key != CLOSED && act.wrong.is_empty() {
        errors.push("closeReason", "is only for closed tickets");
    }
    let assignee_id = new.assignee_id.as_ref().map_or(Patch::Keep, Patch::Set);
    let assignee_email = new.assignee_email.as_ref().map_or(Patch::Keep, Patch::Set);
    let assignee = assignment::assignee(tx, &brand, None, assignee_id, assignee_email, &mut errors).await?;
    let category = match &new.category_id {
        Some(text) => labels::category(tx, brand_id, text, &mut errors).await?,
        None => None,
    };
    let tags = labels::wanted(tx, brand_id, &labels::TagWords::of_new(new), &mut errors).await?;
    let watchers = watchers::wanted(tx, &brand, new.watchers.as_ref().map_or(&[], |list| &list.0), &mut errors).await?;
    let files = attachments::names(new.attachment_ids.as_ref());
    let files = attachments::wanted(tx, brand_id, files, None, &mut errors).await?;
    let by_id = match &new.customer_id {
        Some(id) => customers::named(tx, brand_id, id, new.customer_email.as_ref(), &mut errors).await?,
        None => None,
    };
    errors.into_result()?;
    let customer = customer(tx, act, brand_id, by_id, known, new).await?;
    let tags = labels::applied(tx, act, brand_id, &[], tags).await?;
    let number = tx
        .count(brand_id, |counter| {
            counter.next_ticket_number += 1;
            counter.next_ticket_number - 1
        })
        .await?;
    let (inactive, closed) = (!status.is_active, status.key == CLOSED);
    let empty = JsonText::empty_object();
    let mut ticket = StoredTicket {
        id: act.mint.id(),
        brand_id: brand_id.clone(),
        number,
        prefix: brand.ticket_prefix.clone(),
        status_id: status.id.clone(),
        close_reason: new.close_reason,
        priority: new.priority.clone().or(None).unwrap_or(Priority::Normal),
        assignee,
        assignee_gone: false,
        category_id: category.as_ref().map(|category| category.id.clone()),
        category,
        tag_ids: tags.iter().map(|tag| tag.id.clone()).collect(),
        stored_tag_ids: Vec::new(),
        tags,
        merged_into_id: None,
        cc: JsonText::empty_list(),
        source: new.source.clone().map_or_else(|| act.source.to_owned(), String::from),
        source_id: new.source_id.clone().map(String::from),
        created_by: created_by(act, new),
        comment_count: 0,
        attachment_count: i64::try_from(files.len()).unwrap_or(0),
        is_spam,
        due_at: new.due_at,
        overdue_at: None,
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
    company_defaults(tx, &brand, new, &mut ticket).await?;
    let shown = ticket.clone().view(&statuses)?;
    let telling = if new.notify_customer == Some(true) { Telling::Confirm } else { Telling::Usual };
    tx.record_telling(act, brand_id, payload::ticket("ticket.created", &shown, More::default(), None), telling);
    let plain = StoredTicket { is_spam: false, ..ticket.clone() };
    store::tickets::insert(tx, &plain).await?;
    if is_spam {
        // What is counted of tickets moves with the difference.
        store::tickets::update(tx, &statuses, &plain, &ticket).await?;
    }
    attachments::used(tx, act, brand_id, files, &ticket.id, None).await?;
    watchers::add_all(tx, act, brand_id, &ticket.id, watchers).await?;
    Ok(shown)
}

/// A member is named by their address; a key says whom it speaks for.
fn created_by(act: &Act, new: &NewTicket) -> Option<String> {
    match act.member() {
        Some(_) => act.actor.email.clone(),
        None => new.created_by.clone().map(String::from),
    }
}

/// What the settings of the customer's company fill in where the request says nothing (API 10). What they refer to and
/// is no longer there is passed over.
async fn company_defaults(tx: &Tx, brand: &Brand, new: &NewTicket, ticket: &mut StoredTicket) -> Result<()> {
    let Some(company) = ticket.customer.as_ref().and_then(|customer| customer.company.clone()) else { return Ok(()) };
    let settings = company.settings.members();
    let text = |key: &str| settings.get(key).and_then(serde_json::Value::as_str);
    if new.priority.is_keep()
        && let Some(priority) = text("defaultPriority").and_then(|text| Priority::read(text).ok())
    {
        ticket.priority = priority;
    }
    if ticket.assignee.is_none()
        && new.assignee_id.is_none()
        && new.assignee_email.is_none()
        && let Some(email) = text("defaultAssigneeEmail").and_then(|text| Email::new(text).ok())
    {
        let (none, mut ignored) = (Patch::Keep, Errors::default());
        ticket.assignee = assignment::assignee(tx, brand, None, none, Patch::Set(&email), &mut ignored).await?;
    }
    if new.category_id.is_none()
        && let Some(id) = text("defaultCategoryId")
    {
        ticket.category = store::categories::by_id(tx, &brand.id, id).await?.map(Arc::new);
        ticket.category_id = ticket.category.as_ref().map(|category| category.id.clone());
    }
    if new.tag_ids.is_none() && new.tags.is_none() {
        let ids = texts(&settings, "defaultTagIds").map(TagId::from).collect::<Vec<_>>();
        let mut tags: Vec<Arc<Tag>> = if ids.is_empty() {
            Vec::new()
        } else {
            store::tags::by_ids(tx, &brand.id, &ids).await?.into_iter().map(Arc::new).collect()
        };
        tags.sort_by_cached_key(|tag| (folded(&tag.name), tag.id.clone()));
        ticket.tag_ids = tags.iter().map(|tag| tag.id.clone()).collect();
        ticket.tags = tags;
    }
    let cc: Vec<&str> = texts(&settings, "ccEmails").collect();
    ticket.cc = JsonText::of(&cc);
    Ok(())
}

fn texts<'s>(settings: &'s serde_json::Map<String, serde_json::Value>, key: &str) -> impl Iterator<Item = &'s str> {
    let list = settings.get(key).and_then(serde_json::Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(serde_json::Value::as_str)
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
