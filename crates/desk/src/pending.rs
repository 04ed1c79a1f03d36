//! What reads differently from what its row says, because the rows follow in steps (API 1.6): every rewriting of a brand
//! that is not finished, with what it leads to.

use std::{collections::HashMap, sync::Arc};

use dispatch_model::{BrandId, RewriteId, brand::Brand, company::Company, customer::Customer, rewrite::RewriteKind};
use dispatch_store::{
    self as store, Tx,
    customers::{Members, PendingDomain, domain_of},
    rewrites::Rewrite,
};

use crate::{Result, brands};

/// How the id of a rewriting begins, where a row names one instead of a company.
const MARK: &str = "rw_";

/// The rewritings of a brand that are not finished; usually none, and then nothing was asked for.
#[derive(Debug, Default)]
pub struct Pending {
    /// Oldest first; their ids have this order.
    rewrites: Vec<Rewrite>,
    /// The companies that domains lead to, by id.
    companies: HashMap<String, Arc<Company>>,
}

impl Pending {
    /// What is pending in this brand.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn load(tx: &Tx, brand: &Brand) -> Result<Self> {
        if !brand.rewriting {
            return Ok(Self::default());
        }
        let rewrites = store::rewrites::pending(tx, &brand.id).await?;
        let mut companies = HashMap::new();
        for target in
            rewrites.iter().filter(|rewrite| rewrite.kind == RewriteKind::Domain).filter_map(|of| of.target.clone())
        {
            if !companies.contains_key(&target)
                && let Some(company) = store::companies::by_id(tx, &brand.id, &target).await?
            {
                companies.insert(target, Arc::new(company));
            }
        }
        Ok(Self { rewrites, companies })
    }

    /// The same for a brand of which only the id is at hand.
    ///
    /// # Errors
    /// When there is no such brand.
    pub async fn of(tx: &Tx, brand: &BrandId) -> Result<Self> {
        Self::load(tx, &brands::get(tx, brand).await?).await
    }

    /// All of them, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Rewrite] {
        &self.rewrites
    }

    /// Lets a customer show the company that it belongs to.
    pub fn customer(&self, customer: &mut Customer) {
        if let Some(company) = self.company_of(customer) {
            customer.company_id = Some(company.id.clone());
            customer.company = Some(company.clone());
        }
    }

    /// The same for a customer that is shared.
    pub fn shared_customer(&self, customer: &mut Arc<Customer>) {
        if self.company_of(customer).is_some() {
            self.customer(Arc::make_mut(customer));
        }
    }

    /// Whether what a customer's row says of its company still has to follow.
    pub(crate) fn concerns(&self, customer: &Customer) -> bool {
        self.company_of(customer).is_some()
            || customer.stored_company.as_deref().is_some_and(|stored| self.deleted(stored).is_some())
    }

    /// The company that a customer without one is about to join.
    fn company_of(&self, customer: &Customer) -> Option<&Arc<Company>> {
        if self.rewrites.is_empty() || customer.company_id.is_some() || customer.deleted_at.is_some() {
            return None;
        }
        let target = self.target(domain_of(&customer.email), self.since(customer.stored_company.as_deref())?)?;
        self.companies.get(target)
    }

    /// Behind which rewriting those of domains are about a row that says `stored`: a deleted company was still there before its
    /// own, and a mark is the last one that began before the row was written. None when it says something else.
    fn since<'a>(&'a self, stored: Option<&'a str>) -> Option<&'a str> {
        match stored {
            None => Some(""),
            Some(mark) if mark.starts_with(MARK) => Some(mark),
            Some(company) => self.deleted(company).map(RewriteId::as_str),
        }
    }

    /// The rewriting that takes this deleted company from its customers.
    fn deleted(&self, company: &str) -> Option<&RewriteId> {
        let of = |rewrite: &&Rewrite| rewrite.kind == RewriteKind::Company && rewrite.subject == company;
        self.rewrites.iter().find(of).map(|rewrite| &rewrite.id)
    }

    /// The company that the first rewriting of a domain behind `since` leads to.
    fn target(&self, domain: &str, since: &str) -> Option<&str> {
        let of = |rewrite: &&Rewrite| {
            rewrite.kind == RewriteKind::Domain && rewrite.subject == domain && rewrite.id.as_str() > since
        };
        self.rewrites.iter().filter(of).find_map(|rewrite| rewrite.target.as_deref())
    }

    /// Whose rows make the customers of a company.
    #[must_use]
    pub fn members(&self, company: &str) -> Members {
        if self.deleted(company).is_some() {
            return Members::default();
        }
        let mut members = Members { stored: vec![company.to_owned()], domains: Vec::new() };
        for rewrite in self.rewrites.iter().filter(|rewrite| rewrite.kind == RewriteKind::Domain) {
            let domain = &rewrite.subject;
            let leads_here = |since: &str| self.target(domain, since) == Some(company);
            if leads_here(rewrite.id.as_str()) {
                members.stored.push(rewrite.id.0.clone());
            }
            if members.domains.iter().any(|known| known.domain == *domain) {
                continue;
            }
            let gone = self.rewrites.iter().filter(|rewrite| rewrite.kind == RewriteKind::Company);
            let deleted: Vec<String> =
                gone.filter(|gone| leads_here(gone.id.as_str())).map(|gone| gone.subject.clone()).collect();
            if leads_here("") || !deleted.is_empty() {
                let unlinked = leads_here("");
                members.domains.push(PendingDomain { domain: domain.clone(), unlinked, deleted });
            }
        }
        members
    }

    /// Whether customers read as those of this company whose rows do not name it.
    #[must_use]
    pub fn leads_to(&self, company: &str) -> bool {
        self.rewrites
            .iter()
            .any(|rewrite| rewrite.kind == RewriteKind::Domain && rewrite.target.as_deref() == Some(company))
    }

    /// Whether a customer is being erased, and what its address was.
    pub(crate) fn erasure(&self, customer: &str) -> Option<&Rewrite> {
        self.rewrites.iter().find(|rewrite| rewrite.kind == RewriteKind::Erase && rewrite.subject == customer)
    }
}

#[cfg(test)]
mod tests {
    use dispatch_model::rewrite::RewriteKind::{Company as Gone, Domain};

    use super::*;

    fn pending(rewrites: &[(RewriteKind, &str, Option<&str>)]) -> Pending {
        let rewrites = rewrites.iter().enumerate().map(|(at, (kind, subject, target))| Rewrite {
            id: RewriteId(format!("rw_{at}")),
            kind: *kind,
            subject: (*subject).to_owned(),
            target: target.map(str::to_owned),
            position: None,
        });
        Pending { rewrites: rewrites.collect(), companies: HashMap::new() }
    }

    #[test]
    fn a_row_is_only_moved_by_what_began_after_it_was_written() {
        let pending = pending(&[(Domain, "x", Some("co_a")), (Gone, "co_b", None), (Domain, "x", Some("co_c"))]);
        let target = |stored| pending.since(stored).and_then(|since| pending.target("x", since));
        assert_eq!(target(None), Some("co_a"));
        assert_eq!(target(Some("rw_0")), Some("co_c"), "written between the two");
        assert_eq!(target(Some("co_b")), Some("co_c"), "it had a company when the first began");
        assert_eq!(target(Some("rw_2")), None);
        assert_eq!(target(Some("co_z")), None);
    }

    #[test]
    fn the_members_of_a_company_are_those_whose_rows_lead_to_it() {
        let pending = pending(&[(Domain, "x", Some("co_a")), (Gone, "co_b", None), (Domain, "x", Some("co_c"))]);
        let a = pending.members("co_a");
        assert_eq!(a.stored, ["co_a"]);
        assert!(a.domains.len() == 1 && a.domains[0].unlinked && a.domains[0].deleted.is_empty());
        let c = pending.members("co_c");
        assert_eq!(c.stored, ["co_c", "rw_0"]);
        assert!(c.domains.len() == 1 && !c.domains[0].unlinked && c.domains[0].deleted == ["co_b"]);
        assert!(pending.members("co_b").stored.is_empty(), "it is gone");
    }

    #[test]
    fn a_rewriting_that_leads_nowhere_moves_nobody() {
        let pending = pending(&[(Domain, "x", None), (Domain, "x", Some("co_c"))]);
        assert_eq!(pending.target("x", ""), Some("co_c"));
        assert!(!pending.leads_to("co_a") && pending.leads_to("co_c"));
    }
}
