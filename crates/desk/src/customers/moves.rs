//! Customers that join a company by its new domain, or leave one that was deleted: the rows behind the answer (API 1.6).

use std::sync::Arc;

use dispatch_model::{
    BrandId, CompanyId,
    company::Company,
    customer::Customer,
    event::{Act, Changes},
    id::IdKind,
    limits::{REWRITE_STEP_CUSTOMERS, REWRITE_STEP_ROWS},
};
use dispatch_store::{self as store, Tx, rewrites::Rewrite};

use crate::{Result, payload, pending::Pending};

/// The customer with its row as it reads: what a rewriting would do to it is done now.
pub(crate) async fn settled(tx: &Tx, act: &Act, pending: &Pending, customer: Customer) -> Result<Customer> {
    if !pending.concerns(&customer) {
        return Ok(customer);
    }
    let mut new = customer.clone();
    pending.customer(&mut new);
    new.stored_company = new.company_id.as_ref().map(|id| id.0.clone());
    new.updated_at = act.after(customer.updated_at);
    store::customers::update(tx, &new).await?;
    record(tx, act, customer.stored_company.as_deref(), &new);
    Ok(new)
}

/// Records that a customer has another company than its row said.
fn record(tx: &Tx, act: &Act, stored: Option<&str>, new: &Customer) {
    // Else it is the mark of a rewriting.
    let old = stored.filter(|stored| stored.starts_with(CompanyId::PREFIX)).map(CompanyId::from);
    let mut changes = Changes::default();
    changes.add("companyId", &old, &new.company_id);
    if !changes.is_empty() {
        let act = act.of_the_system();
        tx.record(&act, &new.brand_id, payload::customer("customer.updated", new, Some(changes.to_json())));
    }
}

async fn moved(tx: &Tx, act: &Act, customer: Customer, company: Option<&Arc<Company>>) -> Result<()> {
    let new = Customer {
        company_id: company.map(|company| company.id.clone()),
        company: company.cloned(),
        updated_at: act.after(customer.updated_at),
        ..customer
    };
    store::customers::move_to(tx, &new.brand_id, &new.id, new.company_id.as_ref(), new.updated_at).await?;
    record(tx, act, new.stored_company.as_deref(), &new);
    Ok(())
}

/// Lets some customers of a domain join its company; says whether there may be more.
pub(crate) async fn join_step(tx: &Tx, act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let company = match &rewrite.target {
        Some(target) => store::companies::by_id(tx, brand, target).await?.map(Arc::new),
        None => None,
    };
    if let Some(company) = &company {
        let found = store::customers::joining(tx, brand, &rewrite.subject, REWRITE_STEP_CUSTOMERS).await?;
        if found.is_empty() {
            // Before the first mark is taken from its row, which it would move.
            store::rewrites::arrive(tx, brand, &rewrite.id).await?;
        }
        for customer in found {
            moved(tx, act, customer, Some(company)).await?;
        }
        return Ok(true);
    }
    Ok(store::customers::unmark(tx, brand, rewrite.id.as_str(), REWRITE_STEP_ROWS).await?)
}

/// Takes a deleted company from some of its customers; says whether there may be more.
pub(crate) async fn leave_step(tx: &Tx, act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let found = store::customers::of_company(tx, brand, &rewrite.subject, REWRITE_STEP_CUSTOMERS).await?;
    let more = !found.is_empty();
    for customer in found {
        if customer.deleted_at.is_some() {
            // Nobody sees it any more.
            store::customers::move_to(tx, brand, &customer.id, None, customer.updated_at).await?;
        } else {
            moved(tx, act, customer, None).await?;
        }
    }
    Ok(more)
}
