//! A customer's own tickets: listed, read, written, answered.

use dispatch_model::{
    TicketId,
    comment::{AuthorType, NewComment},
    event::Act,
    limits::PORTAL_COMMENTS_MAX,
    page::Page,
    portal::{
        NewPortalComment, NewPortalTicket, PortalBrand, PortalComment, PortalMerged, PortalTicket, PortalTicketDetail,
    },
    text::{Email, Reference},
    ticket::NewTicket,
};
use dispatch_store::{self as store, Tx, portal::PortalUser, tickets::StoredTicket};

use super::{files::refuse_foreign, left_out};
use crate::{
    Result, attachments, comments,
    error::{Found, conflict},
    tickets::{self, Loaded, TicketQuery},
};

fn is_own(user: &PortalUser, ticket: &StoredTicket) -> bool {
    ticket.customer.as_ref().is_some_and(|customer| customer.id == user.customer) && !ticket.is_spam
}

/// A ticket of the customer; anybody else's is not there, and neither is spam.
async fn own(tx: &Tx, user: &PortalUser, id: &str) -> Result<Loaded> {
    let loaded = tickets::load(tx, &user.brand, id).await?;
    Some(loaded).filter(|loaded| is_own(user, &loaded.ticket)).found()
}

/// The id of a ticket of the customer, by its id or number.
///
/// # Errors
/// When there is none.
pub async fn ticket_id(tx: &Tx, user: &PortalUser, id: &str) -> Result<TicketId> {
    Ok(own(tx, user, id).await?.ticket.id)
}

/// Refuses a ticket that is not there, before a body is looked at.
///
/// # Errors
/// When there is none.
pub async fn check(tx: &Tx, user: &PortalUser, id: &str) -> Result<()> {
    own(tx, user, id).await.map(|_| ())
}

/// The customer's tickets, a page at a time.
///
/// # Errors
/// When a status is unknown, or the cursor is of another list.
pub async fn list(tx: &Tx, act: &Act, user: &PortalUser, query: &TicketQuery) -> Result<Page<PortalTicket>> {
    let query = TicketQuery { customer_id: Some(user.customer.0.clone()), ..query.clone() };
    let Page { data, pagination } = tickets::list(tx, act, &user.brand, &query).await?;
    let ids: Vec<TicketId> = data.iter().map(|ticket| ticket.id.clone()).collect();
    let counts = store::portal::public_comments(tx, &user.brand, &ids).await?;
    let data = data.iter().map(|one| PortalTicket::of(one, counts.get(&one.id).copied().unwrap_or(0))).collect();
    Ok(Page { data, pagination })
}

/// One ticket with its conversation.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, user: &PortalUser, id: &str) -> Result<PortalTicketDetail> {
    let Loaded { brand, ticket, statuses } = own(tx, user, id).await?;
    let mut found = store::comments::public(tx, &user.brand, &ticket.id, PORTAL_COMMENTS_MAX).await?;
    if ticket.attachment_count > 0 {
        attachments::by_comment(tx, &user.brand, &ticket.id, &mut found.iter_mut().collect::<Vec<_>>()).await?;
    }
    let comments: Vec<PortalComment> = found.into_iter().map(PortalComment::from).collect();
    let merged_into = merged_into(tx, user, &ticket).await?;
    let counts = store::portal::public_comments(tx, &user.brand, std::slice::from_ref(&ticket.id)).await?;
    let shown = ticket.view(&statuses)?;
    Ok(PortalTicketDetail {
        ticket: PortalTicket::of(&shown, counts.get(&shown.id).copied().unwrap_or(0)),
        body: shown.body,
        brand: PortalBrand { name: brand.name, ticket_prefix: brand.ticket_prefix, icon_url: brand.icon_url },
        comments,
        merged_into,
    })
}

/// Where a merged ticket went, if that is a ticket of the same customer.
async fn merged_into(tx: &Tx, user: &PortalUser, ticket: &StoredTicket) -> Result<Option<PortalMerged>> {
    let Some(target) = &ticket.merged_into_id else { return Ok(None) };
    let target = store::tickets::get(tx, &user.brand, target.as_str()).await?.filter(|target| is_own(user, target));
    Ok(target
        .map(|target| PortalMerged { ticket_number: format!("{}-{}", target.prefix, target.number), id: target.id }))
}

/// Writes a ticket.
///
/// # Errors
/// When a file is not there, or is not theirs.
pub async fn create(tx: &Tx, act: &Act, user: &PortalUser, new: &NewPortalTicket) -> Result<PortalTicket> {
    let mut errors = act.wrong.clone();
    refuse_foreign(tx, user, new.attachment_ids.as_ref(), &mut errors).await?;
    errors.into_result()?;
    let ticket = NewTicket {
        title: new.title.clone(),
        body: new.body.clone(),
        status: None,
        status_id: None,
        close_reason: None,
        priority: left_out(),
        assignee_id: None,
        assignee_email: None,
        customer_email: None,
        customer_name: None,
        customer_id: Reference::new(user.customer.as_str()).ok(),
        custom_fields: new.custom_fields.clone(),
        metadata: None,
        links: None,
        source: None,
        source_id: None,
        source_data: None,
        created_by: None,
        due_at: None,
        category_id: None,
        tag_ids: None,
        tags: None,
        watchers: None,
        attachment_ids: new.attachment_ids.clone(),
        notify_customer: None,
    };
    let made = tickets::create(tx, act, &user.brand, &ticket).await?;
    Ok(PortalTicket::of(&made, 0))
}

/// Writes a comment; it opens a ticket that was resolved, closed or waiting.
///
/// # Errors
/// When there is no such ticket, it was merged, or a file is not theirs.
pub async fn comment(
    tx: &Tx,
    act: &Act,
    user: &PortalUser,
    ticket: &str,
    new: &NewPortalComment,
) -> Result<PortalComment> {
    let Loaded { ticket, .. } = own(tx, user, ticket).await?;
    let mut errors = act.wrong.clone();
    refuse_foreign(tx, user, new.attachment_ids.as_ref(), &mut errors).await?;
    errors.into_result()?;
    if ticket.merged_into_id.is_some() && merged_into(tx, user, &ticket).await?.is_none() {
        // Its number is somebody else's.
        return Err(conflict("The ticket was merged into another one."));
    }
    let comment = NewComment {
        body: new.body.clone(),
        author_type: Some(AuthorType::Customer),
        author_id: None,
        author_name: None,
        author_email: Email::new(&user.email).ok(),
        parent_id: None,
        is_internal: None,
        links: None,
        metadata: None,
        source: None,
        source_id: None,
        source_data: None,
        set_status: None,
        close_reason: None,
        cc: None,
        attachment_ids: new.attachment_ids.clone(),
        notify_customer: None,
    };
    comments::create(tx, act, &user.brand, ticket.id.as_str(), &comment).await.map(PortalComment::from)
}
