//! Companies: created, changed, deleted; who belongs to them follows at once (API 10, 5.7).

use dispatch_model::{
    BrandId, CompanyId, Errors, JsonText, Patch,
    brand::Brand,
    company::{Company, CompanyPatch, CompanySort, NewCompany, SettingsInput},
    event::{Act, Changes},
    limits::SEARCH_MATCHES_MAX,
    page::{Cursor, Page, fingerprint},
    rewrite::RewriteKind,
    text::Domain,
    words,
};
use dispatch_store::{self as store, Tx, companies::CompanyList};

use crate::{
    Result, assignment,
    brands::{self, merged},
    error::{Found, conflict, invalid},
    payload,
    pending::Pending,
};

/// A company with the numbers of its customers and their tickets.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Company> {
    let (brand, company) =
        futures_util::try_join!(brands::get(tx, brand), async { Ok(store::companies::get(tx, brand, id).await?) })?;
    let mut company = company.found()?;
    recount(tx, &Pending::load(tx, &brand).await?, &mut company).await?;
    Ok(company)
}

/// Corrects the numbers of a company whose customers' rows do not all name it yet.
async fn recount(tx: &Tx, pending: &Pending, company: &mut Company) -> Result<()> {
    if pending.leads_to(company.id.as_str()) {
        let members = pending.members(company.id.as_str());
        let (customers, tickets) = store::companies::count(tx, &company.brand_id, &members).await?;
        (company.customer_count, company.ticket_count) = (Some(customers), Some(tickets));
    }
    Ok(())
}

/// An event about a company.
fn event(kind: &'static str, company: &Company, changes: Option<JsonText>) -> dispatch_model::event::NewEvent {
    let shown = Company { customer_count: None, ticket_count: None, ..company.clone() };
    payload::object(kind, company.id.as_str(), "company", &shown, changes)
}

fn blank(act: &Act, brand: &BrandId, name: &str) -> Company {
    Company {
        id: act.mint.id(),
        brand_id: brand.clone(),
        name: name.to_owned(),
        domain: None,
        metadata: JsonText::empty_object(),
        settings: JsonText::empty_object(),
        customer_count: None,
        ticket_count: None,
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
    }
}

/// Creates a company that is only a name, as it comes with a customer.
pub(crate) async fn create_named(tx: &Tx, act: &Act, brand: &BrandId, name: &str) -> Result<Company> {
    create_from(tx, act, brand, name, None).await
}

/// The same with what another system calls it.
pub(crate) async fn create_from(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    name: &str,
    source_org: Option<&str>,
) -> Result<Company> {
    let mut company = blank(act, brand, name);
    if let Some(id) = source_org {
        company.metadata = JsonText::of(&serde_json::json!({ "sourceOrgId": id }));
    }
    store::companies::insert(tx, &company).await?;
    tx.record(act, brand, event("company.created", &company, None));
    Ok(company)
}

/// Creates a company. Customers of its domain that have none join it.
///
/// # Errors
/// When a setting refers to what is not there, or the domain is taken or is one of free mailboxes.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewCompany) -> Result<Company> {
    let whole = brands::get(tx, brand).await?;
    let mut errors = act.wrong.clone();
    check_domain(act, new.domain.as_ref(), &mut errors);
    check_settings(tx, &whole, new.settings.as_ref(), &mut errors).await?;
    errors.into_result()?;
    refuse_taken(tx, brand, new.domain.as_ref(), None).await?;
    let empty = JsonText::empty_object();
    let company = Company {
        domain: new.domain.clone().map(String::from),
        metadata: empty.merged(new.metadata.as_ref().unwrap_or(&empty)),
        settings: empty.merged(new.settings.as_ref().map_or(&empty, |settings| &settings.json)),
        ..blank(act, brand, &new.name)
    };
    store::companies::insert(tx, &company).await?;
    tx.record(act, brand, event("company.created", &company, None));
    gather(tx, act, &whole, &company).await?;
    get(tx, brand, company.id.as_str()).await
}

fn check_domain(act: &Act, domain: Option<&Domain>, errors: &mut Errors) {
    if domain.is_some_and(|domain| act.free_mail.holds(domain)) {
        errors.push("domain", "is a domain of free mailboxes, whose customers belong to no company");
    }
}

async fn refuse_taken(tx: &Tx, brand: &BrandId, domain: Option<&Domain>, own: Option<&CompanyId>) -> Result<()> {
    let Some(domain) = domain else { return Ok(()) };
    match store::companies::by_domain(tx, brand, domain).await? {
        Some(other) if own != Some(&other.id) => {
            Err(conflict(format!("The domain {} belongs to another company.", &**domain)))
        }
        _ => Ok(()),
    }
}

/// Refuses settings that refer to what is not there (API 10).
async fn check_settings(tx: &Tx, brand: &Brand, settings: Option<&SettingsInput>, errors: &mut Errors) -> Result<()> {
    let Some(settings) = settings else { return Ok(()) };
    let mut wrong = Errors::default();
    let email = settings.assignee.as_ref().map_or(Patch::Keep, Patch::Set);
    assignment::assignee(tx, brand, None, Patch::Keep, email, &mut wrong).await?;
    for problem in wrong.into_vec() {
        errors.push("settings.defaultAssigneeEmail", problem.message);
    }
    if let Some(category) = &settings.category
        && !store::companies::has_category(tx, &brand.id, category).await?
    {
        errors.push("settings.defaultCategoryId", "unknown category");
    }
    for tag in &settings.tags {
        if !store::companies::has_tag(tx, &brand.id, tag).await? {
            errors.push("settings.defaultTagIds", format!("unknown tag {}", &**tag));
            break;
        }
    }
    Ok(())
}

/// Lets the customers of a company's new domain join it, as far as they have none: at once for every reader.
async fn gather(tx: &Tx, act: &Act, brand: &Brand, company: &Company) -> Result<()> {
    let Some(domain) = &company.domain else { return Ok(()) };
    // While something else is being rewritten, there may be some whose rows name a deleted company.
    if brand.rewriting || store::customers::some_to_join(tx, &brand.id, domain).await? {
        let target = Some(company.id.as_str());
        store::rewrites::begin(tx, &brand.id, &act.mint.id(), RewriteKind::Domain, domain, target, act.at).await?;
    }
    Ok(())
}

/// Changes a company. Customers of a new domain that have no company join it; those it has stay.
///
/// # Errors
/// When there is none, a setting refers to what is not there, or the domain is taken or is one of free mailboxes.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &CompanyPatch) -> Result<Company> {
    let whole = brands::get(tx, brand).await?;
    let old = get(tx, brand, id).await?;
    let (domain, settings) = (patch.domain.as_ref(), patch.settings.as_ref());
    let new_domain = match domain {
        Patch::Set(domain) if old.domain.as_deref() != Some(&**domain) => Some(domain),
        _ => None,
    };
    let mut errors = act.wrong.clone();
    check_domain(act, new_domain, &mut errors);
    let sent = if let Patch::Set(settings) = settings { Some(settings) } else { None };
    check_settings(tx, &whole, sent, &mut errors).await?;
    let mut new = old.clone();
    if let Some(name) = &patch.name {
        new.name = String::from(name.clone());
    }
    new.domain = patch.domain.clone().text().or(old.domain.clone());
    let settings = match settings {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(settings) => Patch::Set(settings.json.clone()),
    };
    for (field, slot, patch) in
        [("metadata", &mut new.metadata, &patch.metadata), ("settings", &mut new.settings, &settings)]
    {
        match merged(field, slot, patch) {
            Ok(merged) => *slot = merged,
            Err(crate::Error::Refused(crate::Refusal::Invalid(problems))) => {
                problems.into_vec().into_iter().for_each(|problem| errors.push(problem.field, problem.message));
            }
            Err(other) => return Err(other),
        }
    }
    errors.into_result()?;
    refuse_taken(tx, brand, new_domain, Some(&old.id)).await?;
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("domain", &old.domain, &new.domain);
    changes.add("metadata", &old.metadata, &new.metadata);
    changes.add("settings", &old.settings, &new.settings);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    store::companies::update(tx, &new).await?;
    tx.record(act, brand, event("company.updated", &new, Some(changes.to_json())));
    if new_domain.is_some() {
        gather(tx, act, &whole, &new).await?;
        return get(tx, brand, id).await;
    }
    Ok(new)
}

/// Deletes a company. Its customers have none from this moment on; their rows follow in steps.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Company> {
    let mut company = get(tx, brand, id).await?;
    company.deleted_at = Some(act.at);
    company.updated_at = act.after(company.updated_at);
    store::companies::update(tx, &company).await?;
    // Those that were on their way to it do not arrive.
    store::rewrites::let_go(tx, brand, RewriteKind::Domain, id).await?;
    if store::customers::some_of_company(tx, brand, id).await? {
        store::rewrites::begin(tx, brand, &act.mint.id(), RewriteKind::Company, id, None, act.at).await?;
    }
    tx.record(act, brand, event("company.deleted", &company, None));
    Ok(Company { customer_count: Some(0), ticket_count: Some(0), ..company })
}

/// What companies are asked for.
#[derive(Clone, Debug)]
pub struct CompanyQuery {
    /// Only those whose name or domain matches.
    pub search: Option<String>,
    /// What they are sorted by.
    pub sort: CompanySort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// Items of the page.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// The companies whose name or domain matches a text; none when the text asks for nothing.
pub(crate) async fn matching(tx: &Tx, brand: &BrandId, text: &str) -> Result<Option<Vec<CompanyId>>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let found = store::search::companies(tx, brand, &words::query(text), SEARCH_MATCHES_MAX).await?;
    Ok(Some(found.ids))
}

/// A page of companies.
///
/// # Errors
/// When there is no such brand or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, query: &CompanyQuery) -> Result<Page<Company>> {
    let whole = brands::get(tx, brand).await?;
    let bound = CompanyQuery { limit: 0, cursor: None, ..query.clone() };
    let mark = fingerprint(&["companies", brand.as_str(), &format!("{bound:?}")]);
    let bad = || invalid("cursor", "is not a cursor of this list");
    let after = query.cursor.as_deref().map(|text| Cursor::decode(text, mark, 2).ok_or_else(bad)).transpose()?;
    let ids = match &query.search {
        Some(text) => matching(tx, brand, text).await?,
        None => None,
    };
    let rows = CompanyList {
        ids,
        sort: query.sort,
        descending: query.descending,
        after: after.map(|cursor| (cursor.keys[0].clone(), cursor.keys[1].clone())),
        limit: query.limit + 1,
    };
    let mut found = store::companies::list(tx, brand, &rows).await?;
    let pending = Pending::load(tx, &whole).await?;
    for company in &mut found {
        recount(tx, &pending, company).await?;
    }
    Ok(Page::cut(found, query.limit, mark, |company| {
        let key = match query.sort {
            CompanySort::Name => store::companies::name_key(company),
            CompanySort::CreatedAt => String::new(),
        };
        vec![key, company.id.0.clone()]
    }))
}
