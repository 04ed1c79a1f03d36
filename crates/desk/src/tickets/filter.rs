//! What is asked for in the caller's words becomes a filter over what is stored (API 5.4).

use dispatch_model::{
    BrandId, CategoryId, CustomerId, Errors, StatusId, TagId, Timestamp,
    brand::Brand,
    limits::SEARCH_CHARS_MAX,
    rewrite::RewriteKind,
    status::Statuses,
    ticket::{Priority, TicketSort},
    words,
};
use dispatch_store::{
    self as store, Tx,
    rewrites::Rewrite,
    tickets::{Assigned, Gone, Range, Shown, TicketFilter, active_statuses, field_text},
};

use crate::{Result, pending::Pending};

/// What tickets are asked for, in the caller's words. The literal `all` stands for no filter.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the parameters of API 5.4")]
pub struct TicketQuery {
    /// Keys, ids, `active`, `inactive` or `all`.
    pub status: Option<Vec<String>>,
    pub priority: Option<Vec<String>>,
    pub source: Option<Vec<String>>,
    pub created_by: Option<Vec<String>>,
    /// A member's id, `me`, `null`, `unassigned` or `all`.
    pub assignee_id: Option<String>,
    pub assignee_email: Option<String>,
    pub customer_id: Option<String>,
    /// Also of a deleted customer.
    pub customer_email: Option<String>,
    pub company_id: Option<String>,
    pub source_id: Option<String>,
    pub form_id: Option<String>,
    /// An id or key, `null` or `all`.
    pub category_id: Option<String>,
    pub tag_ids: Option<Vec<String>>,
    pub tags_all: bool,
    pub created: Range,
    pub updated: Range,
    pub due: Range,
    pub overdue: Option<bool>,
    pub has_attachments: Option<bool>,
    pub merged: Option<bool>,
    pub shown: Shown,
    /// Keys of custom fields with the texts of their values.
    pub fields: Vec<(String, String)>,
    pub search: Option<String>,
    /// Who `me` is.
    pub me: Option<String>,
    pub sort: Option<TicketSort>,
    pub ascending: bool,
    pub limit: i64,
    pub cursor: Option<String>,
}

/// A filter, and whether what a search found was cut.
#[derive(Debug)]
pub(super) struct Filtered {
    pub(super) filter: TicketFilter,
    pub(super) truncated: bool,
}

/// The brand as its filter needs it.
pub(super) struct Place<'a> {
    pub(super) brand: &'a Brand,
    pub(super) statuses: &'a Statuses,
    pending: Pending,
}

impl<'a> Place<'a> {
    pub(super) async fn of(tx: &Tx, brand: &'a Brand, statuses: &'a Statuses) -> Result<Self> {
        Ok(Self { brand, statuses, pending: Pending::load(tx, brand).await? })
    }

    /// Every stored id that reads as `id` while rows are rewritten.
    fn stored(&self, kind: RewriteKind, id: &str) -> Vec<String> {
        let leads = |rewrite: &&Rewrite| rewrite.kind == kind && rewrite.target.as_deref() == Some(id);
        let subjects = self.pending.all().iter().filter(leads);
        std::iter::once(id.to_owned()).chain(subjects.map(|rewrite| rewrite.subject.clone())).collect()
    }

    /// Every stored id that reads as nothing.
    fn gone(&self, kind: RewriteKind) -> impl Iterator<Item = String> + '_ {
        let subjects =
            self.pending.all().iter().filter(move |rewrite| rewrite.kind == kind && rewrite.target.is_none());
        subjects.map(|rewrite| rewrite.subject.clone())
    }
}

/// The filter over what is stored. An unknown reference is a problem within one brand; across brands, where each has its
/// own, it means that this brand has no such ticket.
pub(super) async fn filter(
    tx: &Tx,
    place: &Place<'_>,
    query: &TicketQuery,
    now: Timestamp,
    across: bool,
) -> Result<Filtered> {
    let mut errors = Errors::default();
    let brand = &place.brand.id;
    let mut filter = TicketFilter {
        shown: query.shown,
        priorities: priorities(query, &mut errors),
        sources: listed(query.source.as_ref()),
        created_by: query.created_by.clone(),
        assigned: assigned(tx, place, query).await?,
        gone: Gone::of(place.pending.all()),
        customers: customers(tx, brand, query).await?,
        source_id: query.source_id.clone(),
        created: query.created,
        updated: query.updated,
        due: query.due,
        overdue: query.overdue.map(|late| (late, now, active_statuses(place.statuses))),
        has_attachments: query.has_attachments,
        merged: query.merged,
        fields: query.fields.iter().map(|(key, value)| (field_text(key), field_text(value))).collect(),
        // Forms come with a later version: none has a ticket yet.
        nothing: query.form_id.is_some(),
        ..TicketFilter::default()
    };
    if let Some(wanted) = &query.status {
        match stored_statuses(place.statuses, wanted) {
            Ok(statuses) => filter.statuses = statuses,
            Err(known) if across => filter.statuses = Some(known),
            Err(_) => errors.push("status", unknown_statuses(place.statuses, wanted)),
        }
    }
    category(tx, place, query, across, &mut filter, &mut errors).await?;
    tags(tx, place, query, across, &mut filter, &mut errors).await?;
    if let Some(id) = &query.company_id {
        if store::companies::by_id(tx, brand, id).await?.is_none() {
            filter.nothing = true;
        }
        filter.company = Some(place.pending.members(id));
    }
    let truncated = searched(tx, place, query, &mut filter, &mut errors).await?;
    errors.into_result()?;
    for empty in [filter.statuses.as_ref().map(Vec::is_empty), filter.customers.as_ref().map(Vec::is_empty)] {
        filter.nothing |= empty == Some(true);
    }
    if matches!(&filter.assigned, Some(Assigned::To(who)) if who.is_empty()) {
        filter.nothing = true;
    }
    Ok(Filtered { filter, truncated })
}

/// What a search finds. Text without a word in it finds nothing.
async fn searched(
    tx: &Tx,
    place: &Place<'_>,
    query: &TicketQuery,
    filter: &mut TicketFilter,
    errors: &mut Errors,
) -> Result<bool> {
    let Some(text) = &query.search else { return Ok(false) };
    if text.chars().count() > SEARCH_CHARS_MAX {
        errors.push("search", format!("must have at most {SEARCH_CHARS_MAX} characters"));
        return Ok(false);
    }
    let found = store::search::tickets(tx, &place.brand.id, &words::query(text)).await?;
    filter.nothing |= found.ids.is_empty();
    filter.ids = Some(found.ids);
    // What an older version wrote may not have its words yet.
    Ok(found.truncated || place.pending.all().iter().any(|rewrite| rewrite.kind == RewriteKind::Reindex))
}

fn listed(values: Option<&Vec<String>>) -> Option<Vec<String>> {
    values.filter(|values| !values.iter().any(|value| value == "all")).cloned()
}

fn priorities(query: &TicketQuery, errors: &mut Errors) -> Option<Vec<i64>> {
    let wanted = listed(query.priority.as_ref())?;
    let mut ranks = Vec::new();
    for text in wanted {
        match Priority::read(&text) {
            Ok(priority) => ranks.push(priority.rank()),
            Err(message) => errors.push("priority", message),
        }
    }
    Some(ranks)
}

/// The stored statuses that the filter means, replaced ones included; none for `all`. `Err` with those that are known
/// when one is not.
fn stored_statuses(
    statuses: &Statuses,
    wanted: &[String],
) -> std::result::Result<Option<Vec<StatusId>>, Vec<StatusId>> {
    if wanted.iter().any(|text| text == "all") {
        return Ok(None);
    }
    let (mut found, mut unknown) = (Vec::<StatusId>::new(), false);
    for text in wanted {
        let group = match text.as_str() {
            "active" => Some(true),
            "inactive" => Some(false),
            _ => None,
        };
        let mut matched = group.is_some();
        for status in statuses.all() {
            let fits = group.map_or_else(
                || statuses.find(text).is_some_and(|found| found.id == status.id),
                |active| status.is_active == active,
            );
            if fits {
                matched = true;
                found.extend(statuses.stored_ids(&status.id).cloned());
            }
        }
        unknown |= !matched;
    }
    found.sort();
    found.dedup();
    if unknown { Err(found) } else { Ok(Some(found)) }
}

fn unknown_statuses(statuses: &Statuses, wanted: &[String]) -> String {
    let group = |text: &str| ["active", "inactive", "all"].contains(&text);
    let unknown: Vec<&str> =
        wanted.iter().map(String::as_str).filter(|text| !group(text) && statuses.find(text).is_none()).collect();
    format!("unknown status {}", unknown.join(", "))
}

async fn assigned(tx: &Tx, place: &Place<'_>, query: &TicketQuery) -> Result<Option<Assigned>> {
    let brand = place.brand;
    let by_email = match &query.assignee_email {
        None => None,
        Some(email) => {
            let email = email.to_lowercase();
            let members = store::members::ids_of_email(tx, &brand.account_id, &email).await?;
            Some(members.into_iter().map(|id| id.0).chain([email]).collect::<Vec<_>>())
        }
    };
    let id = match query.assignee_id.as_deref() {
        Some("me") => Some(query.me.clone().unwrap_or_default()),
        other => other.map(str::to_owned),
    };
    Ok(match (id.as_deref(), by_email) {
        (None | Some("all"), emails) => emails.map(Assigned::To),
        (Some("null" | "unassigned"), None) => Some(Assigned::Nobody),
        (Some("null" | "unassigned"), Some(_)) => Some(Assigned::To(Vec::new())),
        // An id never holds an @, so that an address cannot pass for one here.
        (Some(id), emails) => {
            let wanted = !id.contains('@') && emails.is_none_or(|emails| emails.iter().any(|known| known == id));
            Some(Assigned::To(if wanted { vec![id.to_owned()] } else { Vec::new() }))
        }
    })
}

async fn customers(tx: &Tx, brand: &BrandId, query: &TicketQuery) -> Result<Option<Vec<CustomerId>>> {
    let by_email = match &query.customer_email {
        None => None,
        Some(email) => Some(store::customers::ids_of_email(tx, brand, &email.to_lowercase()).await?),
    };
    let by_id = match &query.customer_id {
        None => None,
        // A deleted customer is no longer the customer of its tickets.
        Some(id) => Some(store::customers::by_id(tx, brand, id).await?.map(|customer| customer.id)),
    };
    Ok(match (by_id, by_email) {
        (None, emails) => emails,
        (Some(id), None) => Some(id.into_iter().collect()),
        (Some(id), Some(emails)) => Some(id.into_iter().filter(|id| emails.contains(id)).collect()),
    })
}

async fn category(
    tx: &Tx,
    place: &Place<'_>,
    query: &TicketQuery,
    across: bool,
    filter: &mut TicketFilter,
    errors: &mut Errors,
) -> Result<()> {
    match query.category_id.as_deref() {
        None | Some("all") => {}
        Some("null") => filter.no_category = Some(place.gone(RewriteKind::Category).map(CategoryId::from).collect()),
        Some(text) => {
            let found = match store::categories::by_id(tx, &place.brand.id, text).await? {
                Some(found) => Some(found),
                None => store::categories::by_key(tx, &place.brand.id, text).await?,
            };
            match found {
                Some(category) => {
                    let stored = place.stored(RewriteKind::Category, category.id.as_str());
                    filter.categories = Some(stored.into_iter().map(CategoryId::from).collect());
                }
                None if across => filter.nothing = true,
                None => errors.push("categoryId", "unknown category"),
            }
        }
    }
    Ok(())
}

async fn tags(
    tx: &Tx,
    place: &Place<'_>,
    query: &TicketQuery,
    across: bool,
    filter: &mut TicketFilter,
    errors: &mut Errors,
) -> Result<()> {
    let Some(wanted) = &query.tag_ids else { return Ok(()) };
    let ids: Vec<TagId> = wanted.iter().map(|text| TagId::from(text.as_str())).collect();
    let known = store::tags::by_ids(tx, &place.brand.id, &ids).await?;
    let mut groups: Vec<Vec<TagId>> = Vec::new();
    for id in ids {
        if known.iter().any(|tag| tag.id == id) {
            groups.push(place.stored(RewriteKind::Tag, id.as_str()).into_iter().map(TagId::from).collect());
        } else if !across {
            errors.push("tagIds", format!("unknown tag {id}"));
        } else if query.tags_all {
            filter.nothing = true;
        }
    }
    filter.nothing |= groups.is_empty();
    filter.tags = if query.tags_all { groups } else { vec![groups.concat()] };
    Ok(())
}
