//! Tags of a brand: any number on a ticket (API 13).

use std::collections::HashMap;

use dispatch_model::{
    BrandId, Errors, JsonText, TagId,
    automation::Field,
    event::{Act, Changes},
    limits::{REWRITE_STEP_ROWS, TAGS_MAX},
    rewrite::RewriteKind,
    tag::{DEFAULT_COLOR, MergedTag, NewTag, Tag, TagCount, TagMerge, TagPatch},
};
use dispatch_store::{self as store, Tx, rewrites::Rewrite};

use crate::{
    Result,
    automations::references::{self, Replaced},
    brands,
    error::{Found, conflict, invalid},
    payload,
};

/// The tags of a brand by name.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Tag>> {
    let (_, tags) = futures_util::try_join!(brands::get(tx, brand), async { Ok(store::tags::all(tx, brand).await?) })?;
    Ok(tags)
}

/// One tag by its id.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Tag> {
    let (_, tag) =
        futures_util::try_join!(brands::get(tx, brand), async { Ok(store::tags::get(tx, brand, id).await?) })?;
    tag.found()
}

/// Creates a tag.
///
/// # Errors
/// When the name is taken or there are too many tags.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewTag) -> Result<Tag> {
    brands::get(tx, brand).await?;
    refuse_taken_name(tx, brand, None, &new.name).await?;
    if store::tags::count(tx, brand).await? >= TAGS_MAX {
        return Err(conflict(format!("The brand has {TAGS_MAX} tags, which is the limit.")));
    }
    let created = Tag {
        id: act.mint.id(),
        brand_id: brand.clone(),
        name: String::from(new.name.clone()),
        color: new.color.clone().map_or_else(|| DEFAULT_COLOR.to_owned(), String::from),
        created_at: act.at,
        updated_at: act.at,
    };
    store::tags::insert(tx, &created).await?;
    tx.record(act, brand, payload::object("tag.created", created.id.as_str(), "tag", &created, None));
    Ok(created)
}

/// Names are unique whatever the case.
async fn refuse_taken_name(tx: &Tx, brand: &BrandId, itself: Option<&Tag>, name: &str) -> Result<()> {
    let holders = store::tags::by_names(tx, brand, &[name]).await?;
    match holders.iter().find(|other| itself.is_none_or(|itself| itself.id != other.id)) {
        Some(other) => Err(conflict(format!("The name {} is taken.", other.name))),
        None => Ok(()),
    }
}

/// Changes a tag.
///
/// # Errors
/// When there is none or the name is taken.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &TagPatch) -> Result<Tag> {
    let old = get(tx, brand, id).await?;
    let mut new = old.clone();
    if let Some(name) = &patch.name {
        refuse_taken_name(tx, brand, Some(&old), name).await?;
        new.name = String::from(name.clone());
    }
    if let Some(color) = &patch.color {
        new.color = String::from(color.clone());
    }
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("color", &old.color, &new.color);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    store::tags::update(tx, &new).await?;
    tx.record(act, brand, payload::object("tag.updated", new.id.as_str(), "tag", &new, Some(changes.to_json())));
    Ok(new)
}

/// How many tickets each tag has, by name. Those whose rows are still to be rewritten count for what they read as, and a
/// ticket with two tags that read as one counts once.
///
/// # Errors
/// When there is no such brand.
pub async fn stats(tx: &Tx, brand: &BrandId) -> Result<Vec<TagCount>> {
    let tags = all(tx, brand).await?;
    let statuses = store::statuses::all(tx, brand).await?;
    let pending = store::rewrites::pending(tx, brand).await?;
    let mut counts: HashMap<TagId, (i64, i64)> = HashMap::new();
    for count in store::tags::counts(tx, brand, &pending).await? {
        let found = counts.entry(count.tag_id).or_default();
        found.0 += count.tickets;
        if statuses.resolve(&count.status_id).is_some_and(|status| status.is_active) {
            found.1 += count.tickets;
        }
    }
    Ok(tags
        .into_iter()
        .map(|tag| {
            let (count, active_count) = counts.get(&tag.id).copied().unwrap_or_default();
            TagCount { tag_id: tag.id, tag_name: tag.name, color: tag.color, count, active_count }
        })
        .collect())
}

/// Deletes a tag. It has left all tickets from the commit on; their rows follow in steps.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<()> {
    let tag = get(tx, brand, id).await?;
    remove(tx, act, brand, &tag.id, None).await?;
    tx.record(act, brand, payload::object("tag.deleted", id, "tag", &tag, None));
    Ok(())
}

/// Lets tags vanish into another one: their tickets have the target from the commit on, and their rows follow in steps.
///
/// # Errors
/// When there is no such target, or a source is unknown or the target itself.
pub async fn merge(tx: &Tx, act: &Act, brand: &BrandId, id: &str, merge: &TagMerge) -> Result<MergedTag> {
    let target = get(tx, brand, id).await?;
    let wanted = &merge.source_tag_ids.0;
    if wanted.is_empty() {
        return Err(invalid("sourceTagIds", "must name at least one tag"));
    }
    let named: Vec<TagId> = wanted.iter().map(|text| TagId::from(&**text)).collect();
    let known = store::tags::by_ids(tx, brand, &named).await?;
    let (mut errors, mut sources) = (Errors::default(), Vec::<TagId>::new());
    for (index, id) in named.into_iter().enumerate() {
        if id == target.id {
            errors.push(format!("sourceTagIds[{index}]"), "must not be the target");
        } else if !known.iter().any(|tag| tag.id == id) {
            errors.push(format!("sourceTagIds[{index}]"), "unknown tag");
        } else if !sources.contains(&id) {
            sources.push(id);
        }
    }
    errors.into_result()?;
    for source in &sources {
        remove(tx, act, brand, source, Some(&target.id)).await?;
        let Some(name) = known.iter().find(|tag| tag.id == *source).map(|tag| tag.name.as_str()) else { continue };
        let fields = [&Field::TagIds, &Field::Tags];
        let (old, new) = ([source.as_str(), name], [target.id.as_str(), &target.name]);
        references::follow(tx, brand, Replaced { fields, old, new }).await?;
    }
    let mut event = payload::object("tag.merged", id, "tag", &target, None);
    event.data = JsonText::of(&serde_json::json!({ "id": id, "tag": target, "mergedTagIds": sources }));
    tx.record(act, brand, event);
    Ok(MergedTag { tag: target, merged_tag_ids: sources })
}

/// Removes the row of a tag; tickets that have it have `target` instead, or nothing.
async fn remove(tx: &Tx, act: &Act, brand: &BrandId, id: &TagId, target: Option<&TagId>) -> Result<()> {
    store::tags::delete(tx, brand, id).await?;
    // Those that are on their way to it must not lead nowhere.
    let in_use = store::tags::in_use(tx, brand, id).await?
        || !store::rewrites::leading_to(tx, brand, RewriteKind::Tag, id.as_str()).await?.is_empty();
    if in_use {
        let target = target.map(TagId::as_str);
        store::rewrites::begin(tx, brand, &act.mint.id(), RewriteKind::Tag, id.as_str(), target, act.at).await?;
    }
    Ok(())
}

/// Each rewritten ticket touches up to four rows: its own, those of the old and the new tag, and one of the old tag again.
const STEP_TICKETS: i64 = REWRITE_STEP_ROWS / 5;

/// Rewrites some tickets of a tag that is gone; says whether there may be more. No event tells of a single ticket, and none
/// counts as updated: `tag.deleted` or `tag.merged` has said it for all.
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn rewrite_step(tx: &Tx, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let target = rewrite.target.as_deref();
    Ok(store::tags::rewrite(tx, brand, &rewrite.subject, target, STEP_TICKETS).await? > 0)
}
