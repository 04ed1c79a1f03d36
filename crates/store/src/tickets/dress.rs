//! What tickets read as: their tags, and what is being rewritten behind a deletion or a merge that took effect already.

use std::{collections::HashMap, sync::Arc};

use dispatch_model::{BrandId, CategoryId, TagId, category::Category, fold::folded, rewrite::RewriteKind, tag::Tag};

use super::{Assignee, Gone, StoredTicket};
use crate::{Result, Tx, categories, rewrites, tags};

/// What rows of a brand read as while they are rewritten.
#[derive(Debug, Default)]
struct Pending {
    categories: HashMap<CategoryId, Option<Arc<Category>>>,
    tags: HashMap<TagId, Option<TagId>>,
    gone: Vec<Gone>,
}

impl Pending {
    async fn load(tx: &Tx, brand: &BrandId) -> Result<Self> {
        let rewrites = rewrites::pending(tx, brand).await?;
        let mut pending = Self { gone: Gone::of(&rewrites), ..Self::default() };
        for rewrite in rewrites {
            match (rewrite.kind, rewrite.target) {
                (RewriteKind::Category, target) => {
                    let target = match target {
                        Some(id) => categories::by_id(tx, brand, &id).await?.map(Arc::new),
                        None => None,
                    };
                    pending.categories.insert(CategoryId::from(rewrite.subject), target);
                }
                (RewriteKind::Tag, target) => {
                    pending.tags.insert(TagId::from(rewrite.subject), target.map(TagId::from));
                }
                _ => {}
            }
        }
        Ok(pending)
    }

    fn settle(&self, ticket: &mut StoredTicket) {
        if let Some(Assignee::Member { id, .. }) = &ticket.assignee
            && Gone::takes(&self.gone, id.as_str(), &ticket.status_id)
        {
            ticket.assignee = None;
            ticket.assignee_gone = true;
        }
        if let Some(target) = ticket.category_id.as_ref().and_then(|id| self.categories.get(id)) {
            ticket.category = target.clone();
        }
        if ticket.tag_ids.iter().any(|id| self.tags.contains_key(id)) {
            let mapped = ticket.tag_ids.iter().filter_map(|id| self.tags.get(id).map_or(Some(id), Option::as_ref));
            let mut known: Vec<TagId> = Vec::new();
            for id in mapped {
                if !known.contains(id) {
                    known.push(id.clone());
                }
            }
            ticket.tag_ids = known;
        }
    }
}

/// Completes tickets as they were read: their tags, and what is being rewritten (`rewriting` of the brand). The ids that are stored follow what is shown.
///
/// # Errors
/// When the database cannot answer.
pub async fn dress(tx: &Tx, brand: &BrandId, rewriting: bool, tickets: &mut [StoredTicket]) -> Result<()> {
    if rewriting {
        let pending = Pending::load(tx, brand).await?;
        for ticket in &mut *tickets {
            pending.settle(ticket);
        }
    }
    let mut wanted: Vec<TagId> = Vec::new();
    for ticket in &mut *tickets {
        ticket.category_id = ticket.category.as_ref().map(|category| category.id.clone());
        for id in &ticket.tag_ids {
            if !wanted.contains(id) {
                wanted.push(id.clone());
            }
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let known: HashMap<TagId, Arc<Tag>> =
        tags::by_ids(tx, brand, &wanted).await?.into_iter().map(|tag| (tag.id.clone(), Arc::new(tag))).collect();
    for ticket in &mut *tickets {
        let mut tags: Vec<Arc<Tag>> = ticket.tag_ids.iter().filter_map(|id| known.get(id).cloned()).collect();
        tags.sort_by_cached_key(|tag| (folded(&tag.name), tag.id.clone()));
        ticket.tag_ids = tags.iter().map(|tag| tag.id.clone()).collect();
        ticket.tags = tags;
    }
    Ok(())
}
