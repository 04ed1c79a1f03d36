//! Categories of a brand: in one display order, at most one on a ticket (API 12).

use std::collections::HashSet;

use dispatch_model::{
    BrandId, Errors, JsonText,
    automation::Field,
    category::{
        Category, CategoryCount, CategoryOrder, CategoryPatch, CategoryStats, DEFAULT_COLOR, NewCategory, key_of_name,
    },
    event::{Act, Changes},
    fold::folded,
    limits::{CATEGORIES_MAX, REWRITE_STEP_ROWS},
    rewrite::RewriteKind,
    text::Reference,
};
use dispatch_store::{self as store, Tx, rewrites::Rewrite};

use crate::{
    Result,
    automations::references::{self, Replaced},
    brands,
    error::{Found, conflict, invalid},
    payload,
};

/// The categories of a brand in display order.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Category>> {
    let (_, categories) =
        futures_util::try_join!(brands::get(tx, brand), async { Ok(store::categories::all(tx, brand).await?) })?;
    Ok(categories)
}

/// One category by its id.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Category> {
    let (_, category) =
        futures_util::try_join!(brands::get(tx, brand), async { Ok(store::categories::by_id(tx, brand, id).await?) })?;
    category.found()
}

/// Creates a category behind the others.
///
/// # Errors
/// When its name or its key is taken, or there are too many categories.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewCategory) -> Result<Category> {
    let others = all(tx, brand).await?;
    refuse_taken_name(&others, None, &new.name)?;
    let taken = |key: &str| others.iter().any(|other| other.key == key);
    let key = match &new.key {
        Some(key) if taken(key) => return Err(conflict(format!("The key {} is taken.", &**key))),
        Some(key) => String::from(key.clone()),
        None => key_of_name(&new.name, taken),
    };
    if i64::try_from(others.len()).unwrap_or(i64::MAX) >= CATEGORIES_MAX {
        return Err(conflict(format!("The brand has {CATEGORIES_MAX} categories, which is the limit.")));
    }
    let created = Category {
        id: act.mint.id(),
        brand_id: brand.clone(),
        name: String::from(new.name.clone()),
        key,
        color: new.color.clone().map_or_else(|| DEFAULT_COLOR.to_owned(), String::from),
        description: new.description.clone().map(String::from),
        sort_order: others.last().map_or(0, |last| last.sort_order + 1),
        created_at: act.at,
        updated_at: act.at,
    };
    store::categories::insert(tx, &created).await?;
    tx.record(act, brand, payload::object("category.created", created.id.as_str(), "category", &created, None));
    Ok(created)
}

/// Names are unique whatever the case.
fn refuse_taken_name(others: &[Category], itself: Option<&Category>, name: &str) -> Result<()> {
    let key = folded(name);
    let is_other = |other: &&Category| itself.is_none_or(|itself| itself.id != other.id);
    match others.iter().filter(is_other).find(|other| folded(&other.name) == key) {
        Some(other) => Err(conflict(format!("The name {} is taken.", other.name))),
        None => Ok(()),
    }
}

/// Changes a category.
///
/// # Errors
/// When there is none, the name is taken, or the key would change.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &CategoryPatch) -> Result<Category> {
    let categories = all(tx, brand).await?;
    let old = categories.iter().find(|category| category.id.as_str() == id).found()?.clone();
    if patch.key.as_ref().is_some_and(|key| **key != *old.key) {
        return Err(invalid("key", "cannot be changed"));
    }
    let mut new = old.clone();
    if let Some(name) = &patch.name {
        refuse_taken_name(&categories, Some(&old), name)?;
        new.name = String::from(name.clone());
    }
    if let Some(color) = &patch.color {
        new.color = String::from(color.clone());
    }
    new.description = patch.description.clone().text().or(old.description.clone());
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("color", &old.color, &new.color);
    changes.add("description", &old.description, &new.description);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    store::categories::update(tx, &new).await?;
    let event = payload::object("category.updated", new.id.as_str(), "category", &new, Some(changes.to_json()));
    tx.record(act, brand, event);
    Ok(new)
}

/// Sets the display order.
///
/// # Errors
/// When a category is missing, unknown or repeated.
pub async fn reorder(tx: &Tx, act: &Act, brand: &BrandId, wanted: &CategoryOrder) -> Result<Vec<Category>> {
    let categories = all(tx, brand).await?;
    let (mut errors, mut seen, mut order) = (Errors::default(), HashSet::new(), Vec::new());
    for (index, text) in wanted.category_ids.0.iter().enumerate() {
        match categories.iter().find(|category| category.is(text)) {
            None => errors.push(format!("categoryIds[{index}]"), "unknown category"),
            Some(category) if !seen.insert(category.id.as_str()) => {
                errors.push(format!("categoryIds[{index}]"), "repeated");
            }
            Some(category) => order.push(category.clone()),
        }
    }
    let missing: Vec<&str> = categories
        .iter()
        .filter(|category| !seen.contains(category.id.as_str()))
        .map(|category| category.key.as_str())
        .collect();
    if !missing.is_empty() {
        errors.push("categoryIds", format!("must name every category; missing: {}", missing.join(", ")));
    }
    errors.into_result()?;
    if order.iter().map(|category| &category.id).eq(categories.iter().map(|category| &category.id)) {
        return Ok(categories);
    }
    for (place, category) in (0..).zip(&mut order) {
        if category.sort_order != place {
            category.sort_order = place;
            store::categories::update(tx, category).await?;
        }
    }
    tx.record(act, brand, payload::object("category.reordered", brand.as_str(), "categories", &order, None));
    Ok(order)
}

/// How many tickets each category has. Those whose rows are still to be rewritten count for what they read as.
///
/// # Errors
/// When there is no such brand.
pub async fn stats(tx: &Tx, brand: &BrandId) -> Result<CategoryStats> {
    let categories = all(tx, brand).await?;
    let statuses = store::statuses::all(tx, brand).await?;
    let pending = store::rewrites::pending(tx, brand).await?;
    let mut stats = CategoryStats::default();
    for Category { id, name, key, color, .. } in categories {
        stats.0.insert(id.0, CategoryCount { ticket_count: 0, active_count: 0, name, key, color });
    }
    for count in store::categories::counts(tx, brand).await? {
        let read_as = store::rewrites::resolve(&pending, RewriteKind::Category, &count.category_id);
        let Some(found) = read_as.and_then(|id| stats.0.get_mut(id)) else { continue };
        found.ticket_count += count.tickets;
        if statuses.resolve(&count.status_id).is_some_and(|status| status.is_active) {
            found.active_count += count.tickets;
        }
    }
    Ok(stats)
}

/// How many tickets that are neither spam nor deleted read as this category. A category may have a million of them, so
/// this is asked before the deletion and not while other writers wait for it.
///
/// # Errors
/// When the database cannot answer.
pub async fn ticket_count(tx: &Tx, brand: &BrandId, id: &str) -> Result<i64> {
    let stored = store::rewrites::leading_to(tx, brand, RewriteKind::Category, id).await?;
    let stored: Vec<&str> = stored.iter().map(String::as_str).chain([id]).collect();
    Ok(store::categories::live(tx, brand, &stored).await?)
}

/// Deletes a category. Its tickets, which were counted just before, read as the replacement, or as without a category, from
/// the commit on; their rows follow in steps.
///
/// # Errors
/// When there is none, or the replacement is none or the category itself.
pub async fn delete(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    replacement: Option<&Reference>,
    tickets: i64,
) -> Result<()> {
    let categories = all(tx, brand).await?;
    let category = categories.iter().find(|category| category.id.as_str() == id).found()?;
    let new = match replacement.map(|text| categories.iter().find(|other| other.is(text))) {
        None => None,
        Some(Some(new)) if new.id != category.id => Some(new),
        Some(Some(_)) => return Err(invalid("replacementCategoryId", "must be another category")),
        Some(None) => return Err(invalid("replacementCategoryId", "unknown category")),
    };
    store::categories::delete(tx, brand, &category.id).await?;
    if let Some(new) = new {
        let fields = [&Field::CategoryId, &Field::CategoryKey];
        let (old, new) = ([category.id.as_str(), &category.key], [new.id.as_str(), &new.key]);
        references::follow(tx, brand, Replaced { fields, old, new }).await?;
    }
    let kind = RewriteKind::Category;
    // Spam and deleted tickets are to lose it as well, and those that are on their way to it must not lead nowhere.
    let in_use = !store::categories::tickets(tx, brand, id, 1).await?.is_empty()
        || !store::rewrites::leading_to(tx, brand, kind, id).await?.is_empty();
    if in_use {
        let target = new.map(|new| new.id.as_str());
        store::rewrites::begin(tx, brand, &act.mint.id(), kind, id, target, act.at).await?;
    }
    let mut event = payload::object("category.deleted", id, "category", category, None);
    event.data = JsonText::of(&serde_json::json!({
        "id": id, "category": category, "replacementCategoryId": new.map(|new| &new.id), "ticketCount": tickets,
    }));
    tx.record(act, brand, event);
    Ok(())
}

/// Moves some tickets of a deleted category; says whether there may be more. No event tells of a single ticket, and none
/// counts as updated: `category.deleted` has said it for all.
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn rewrite_step(tx: &Tx, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let tickets = store::categories::tickets(tx, brand, &rewrite.subject, REWRITE_STEP_ROWS / 3).await?;
    for ticket in &tickets {
        store::categories::move_ticket(tx, brand, ticket, rewrite.target.as_deref()).await?;
    }
    Ok(!tickets.is_empty())
}
