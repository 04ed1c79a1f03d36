//! Customers: created, linked by email, changed, deleted (API 9, 5.7).

use std::sync::Arc;

mod list;
mod moves;
pub use list::{CustomerQuery, list, search};
pub(crate) use moves::{join_step, leave_step, settled};

use dispatch_model::{
    BrandId, Errors, JsonText, Patch,
    company::{Company, CompanyRef},
    customer::{Customer, CustomerPatch, NewCustomer, PersonName},
    event::{Act, Changes},
    text::{Email, Reference},
};
use dispatch_store::{self as store, Tx, customers::domain_of};

use crate::{
    Result, brands,
    brands::merged,
    companies,
    error::{Found, conflict},
    payload,
    pending::Pending,
};

/// An empty name counts as none.
fn name_of(name: Option<&PersonName>) -> Option<String> {
    name.map(|name| (**name).to_owned()).filter(|name| !name.is_empty())
}

/// A customer with the number of its tickets.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Customer> {
    let (brand, customer) =
        futures_util::try_join!(brands::get(tx, brand), async { Ok(store::customers::get(tx, brand, id).await?) })?;
    let mut customer = customer.found()?;
    Pending::load(tx, &brand).await?.customer(&mut customer);
    Ok(customer)
}

/// A customer that is about to be changed: what still has to follow in its row is done now, so that what happens to it next
/// follows from what is recorded.
async fn get_settled(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Customer> {
    let brand = brands::get(tx, brand).await?;
    let customer = store::customers::get(tx, &brand.id, id).await?.found()?;
    settled(tx, act, &Pending::load(tx, &brand).await?, customer).await
}

fn blank(act: &Act, brand: &BrandId, email: &Email) -> Customer {
    Customer {
        id: act.mint.id(),
        brand_id: brand.clone(),
        email: String::from(email.clone()),
        name: None,
        avatar_url: None,
        company_id: None,
        company: None,
        stored_company: None,
        custom_fields: JsonText::empty_object(),
        metadata: JsonText::empty_object(),
        notify_email: true,
        is_blocked: false,
        ticket_count: None,
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
    }
}

/// Creates a customer. Without a company of its own it joins the one that has the domain of its address.
///
/// # Errors
/// When the address is taken in this brand, or there is no such company.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewCustomer) -> Result<Customer> {
    brands::get(tx, brand).await?;
    let mut errors = act.wrong.clone();
    let id = new.company_id.as_ref().map_or(Patch::Keep, Patch::Set);
    let company = new.company.as_ref().map_or(Patch::Keep, Patch::Set);
    let wanted = wanted_company(tx, brand, id, company, &mut errors).await?;
    errors.into_result()?;
    if store::customers::by_email(tx, brand, &new.email).await?.is_some() {
        return Err(email_taken(&new.email));
    }
    let company = match wanted {
        Wanted::Keep | Wanted::Nothing => of_domain(tx, act, brand, &new.email).await?,
        wanted => wanted.made(tx, act, brand).await?,
    };
    let empty = JsonText::empty_object();
    let customer = Customer {
        name: name_of(new.name.as_ref()),
        avatar_url: new.avatar_url.clone().map(String::from),
        company_id: company.as_ref().map(|company| company.id.clone()),
        company,
        custom_fields: empty.merged(new.custom_fields.as_ref().unwrap_or(&empty)),
        metadata: empty.merged(new.metadata.as_ref().unwrap_or(&empty)),
        notify_email: new.notify_email.unwrap_or(true),
        ticket_count: Some(0),
        ..blank(act, brand, &new.email)
    };
    store::customers::insert(tx, &customer).await?;
    tx.record(act, brand, payload::customer("customer.created", &customer, None));
    Ok(customer)
}

/// The company that has the domain of an address, unless that is one of free mailboxes (API 5.7).
async fn of_domain(tx: &Tx, act: &Act, brand: &BrandId, email: &Email) -> Result<Option<Arc<Company>>> {
    let domain = domain_of(email);
    if act.free_mail.holds(domain) {
        return Ok(None);
    }
    Ok(store::companies::by_domain(tx, brand, domain).await?.map(Arc::new))
}

/// The company that a request names for a customer.
enum Wanted {
    /// It says nothing.
    Keep,
    /// None.
    Nothing,
    /// This one.
    Known(Arc<Company>),
    /// A new one with this name.
    New(String),
}

impl Wanted {
    /// The company, made if it is new.
    async fn made(self, tx: &Tx, act: &Act, brand: &BrandId) -> Result<Option<Arc<Company>>> {
        Ok(match self {
            Self::Keep | Self::Nothing => None,
            Self::Known(company) => Some(company),
            Self::New(name) => Some(Arc::new(companies::create_named(tx, act, brand, &name).await?)),
        })
    }
}

/// The company that `companyId` and `company` name. What is wrong is added to `errors`.
async fn wanted_company(
    tx: &Tx,
    brand: &BrandId,
    id: Patch<&Reference>,
    company: Patch<&CompanyRef>,
    errors: &mut Errors,
) -> Result<Wanted> {
    let known = async |id: &str, at: &str, errors: &mut Errors| -> Result<Wanted> {
        let found = store::companies::by_id(tx, brand, id).await?;
        if found.is_none() {
            errors.push(at, "unknown company");
        }
        Ok(found.map_or(Wanted::Keep, |company| Wanted::Known(Arc::new(company))))
    };
    let before = errors.len();
    let by_id = match id {
        Patch::Keep => Wanted::Keep,
        Patch::Clear => Wanted::Nothing,
        Patch::Set(id) => known(id, "companyId", errors).await?,
    };
    let by_ref = match company {
        Patch::Keep => Wanted::Keep,
        Patch::Clear => Wanted::Nothing,
        Patch::Set(CompanyRef::Id(id)) => known(id, "company", errors).await?,
        Patch::Set(CompanyRef::Name(name)) => match store::companies::by_name(tx, brand, name).await? {
            Some(company) => Wanted::Known(Arc::new(company)),
            None => Wanted::New(name.clone()),
        },
    };
    let same = match (&by_id, &by_ref) {
        (Wanted::Keep, _) | (_, Wanted::Keep) | (Wanted::Nothing, Wanted::Nothing) => true,
        // Names need not be unique: the one that the id says may be another of the same name.
        (Wanted::Known(one), Wanted::Known(other)) => {
            one.id == other.id
                || matches!(company, Patch::Set(CompanyRef::Name(_))) && same_name(&one.name, &other.name)
        }
        _ => false,
    };
    if !same && errors.len() == before {
        errors.push("company", "names another company than companyId");
    }
    Ok(if matches!(by_id, Wanted::Keep) { by_ref } else { by_id })
}

fn same_name(one: &str, other: &str) -> bool {
    dispatch_model::fold::folded(one) == dispatch_model::fold::folded(other)
}

fn email_taken(email: &Email) -> crate::Error {
    conflict(format!("A customer with the email {} exists already.", &**email))
}

/// The customer with this address: the one that is known, else a new one. A name fills an empty name and replaces none.
pub(crate) async fn link(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    known: Option<Customer>,
    email: &Email,
    name: Option<&PersonName>,
) -> Result<Arc<Customer>> {
    let name = name_of(name);
    let Some(known) = known else {
        let company = of_domain(tx, act, brand, email).await?;
        let company_id = company.as_ref().map(|company| company.id.clone());
        let customer = Customer { name, company_id, company, ..blank(act, brand, email) };
        store::customers::insert(tx, &customer).await?;
        tx.record(act, brand, payload::customer("customer.created", &customer, None));
        return Ok(Arc::new(customer));
    };
    fill_name(tx, act, known, name).await.map(Arc::new)
}

/// The same where somebody knows the company: a customer without one joins that of its domain, else the one that another
/// system calls so, else the one with this name, else a new one (API 22).
pub(crate) async fn link_with_company(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    known: Option<Customer>,
    email: &Email,
    name: Option<&PersonName>,
    (company_name, source_org): (Option<&str>, Option<&str>),
) -> Result<Arc<Customer>> {
    let (customer, is_new) = match known {
        Some(known) => (settled(tx, act, &Pending::of(tx, brand).await?, known).await?, false),
        None => (blank(act, brand, email), true),
    };
    let mut company = customer.company.clone();
    if company.is_none() {
        company = of_domain(tx, act, brand, email).await?;
    }
    if let (None, Some(id)) = (&company, source_org) {
        company = store::companies::by_source_org(tx, brand, id).await?.map(Arc::new);
    }
    if let (None, Some(name)) = (&company, company_name) {
        company = store::companies::by_name(tx, brand, name).await?.map(Arc::new);
    }
    if let (None, Some(name)) = (&company, company_name.or(source_org)) {
        company = Some(Arc::new(companies::create_from(tx, act, brand, name, source_org).await?));
    }
    let named = Customer {
        name: customer.name.clone().or_else(|| name_of(name)),
        company_id: company.as_ref().map(|company| company.id.clone()),
        company,
        ..customer.clone()
    };
    if is_new {
        store::customers::insert(tx, &named).await?;
        tx.record(act, brand, payload::customer("customer.created", &named, None));
        return Ok(Arc::new(named));
    }
    let named = Customer { updated_at: act.after(customer.updated_at), ..named };
    Ok(Arc::new(if store_changes(tx, act, &customer, &named).await? { named } else { customer }))
}

/// Gives a customer without a name this one.
pub(crate) async fn fill_name(tx: &Tx, act: &Act, known: Customer, name: Option<String>) -> Result<Customer> {
    if name.is_none() || known.name.is_some() {
        return Ok(known);
    }
    let known = settled(tx, act, &Pending::of(tx, &known.brand_id).await?, known).await?;
    let named = Customer { name, updated_at: act.after(known.updated_at), ..known.clone() };
    store_changes(tx, act, &known, &named).await?;
    Ok(named)
}

/// Blocks a customer, or no longer.
pub(crate) async fn block(tx: &Tx, act: &Act, known: &Customer, is_blocked: bool) -> Result<Customer> {
    let pending = Pending::of(tx, &known.brand_id).await?;
    let Some(stored) = store::customers::by_id(tx, &known.brand_id, known.id.as_str()).await? else {
        return Ok(known.clone());
    };
    let known = settled(tx, act, &pending, stored).await?;
    let changed = Customer { is_blocked, updated_at: act.after(known.updated_at), ..known.clone() };
    Ok(if store_changes(tx, act, &known, &changed).await? { changed } else { known })
}

/// Changes a customer.
///
/// # Errors
/// When there is none, the new address is taken, or there is no such company.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &CustomerPatch) -> Result<Customer> {
    let old = get_settled(tx, act, brand, id).await?;
    let mut new = old.clone();
    let mut errors = act.wrong.clone();
    let wanted = wanted_company(tx, brand, patch.company_id.as_ref(), patch.company.as_ref(), &mut errors).await?;
    errors.into_result()?;
    new.custom_fields = merged("customFields", &old.custom_fields, &patch.custom_fields)?;
    new.metadata = merged("metadata", &old.metadata, &patch.metadata)?;
    if let Some(email) = &patch.email {
        let taken = store::customers::by_email(tx, brand, email).await?;
        if taken.is_some_and(|other| other.id != old.id) {
            return Err(email_taken(email));
        }
        new.email = String::from(email.clone());
    }
    match &patch.name {
        Patch::Keep => {}
        Patch::Clear => new.name = None,
        Patch::Set(name) => new.name = name_of(Some(name)),
    }
    new.avatar_url = patch.avatar_url.clone().text().or(old.avatar_url.clone());
    new.notify_email = patch.notify_email.unwrap_or(old.notify_email);
    new.is_blocked = patch.is_blocked.unwrap_or(old.is_blocked);
    if !matches!(wanted, Wanted::Keep) {
        new.company = wanted.made(tx, act, brand).await?;
        new.company_id = new.company.as_ref().map(|company| company.id.clone());
    }
    new.updated_at = act.after(old.updated_at);
    Ok(if store_changes(tx, act, &old, &new).await? { new } else { old })
}

/// Stores and records what differs; says whether anything did.
async fn store_changes(tx: &Tx, act: &Act, old: &Customer, new: &Customer) -> Result<bool> {
    let mut changes = Changes::default();
    changes.add("email", &old.email, &new.email);
    changes.add("name", &old.name, &new.name);
    changes.add("avatarUrl", &old.avatar_url, &new.avatar_url);
    changes.add("companyId", &old.company_id, &new.company_id);
    changes.add_members("customFields", &old.custom_fields, &new.custom_fields);
    changes.add("metadata", &old.metadata, &new.metadata);
    changes.add("notifyEmail", &old.notify_email, &new.notify_email);
    changes.add("isBlocked", &old.is_blocked, &new.is_blocked);
    if changes.is_empty() {
        return Ok(false);
    }
    store::customers::update(tx, new).await?;
    tx.record(act, &new.brand_id, payload::customer("customer.updated", new, Some(changes.to_json())));
    Ok(true)
}

/// Deletes a customer. Its tickets stay and go on showing its address and name; the address is free again.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<Customer> {
    let mut customer = get_settled(tx, act, brand, id).await?;
    customer.deleted_at = Some(act.at);
    customer.updated_at = act.after(customer.updated_at);
    store::customers::update(tx, &customer).await?;
    tx.record(act, brand, payload::customer("customer.deleted", &customer, None));
    Ok(customer)
}

/// The customer that a request names by id, by address, or both; what is wrong is added to `errors`.
pub(crate) async fn named(
    tx: &Tx,
    brand: &BrandId,
    id: &str,
    email: Option<&Email>,
    errors: &mut Errors,
) -> Result<Option<Customer>> {
    let Some(customer) = store::customers::by_id(tx, brand, id).await? else {
        errors.push("customerId", "unknown customer");
        return Ok(None);
    };
    if email.is_some_and(|email| **email != *customer.email) {
        errors.push("customerEmail", "is not the address of customerId");
        return Ok(None);
    }
    Ok(Some(customer))
}
