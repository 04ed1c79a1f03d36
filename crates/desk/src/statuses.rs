//! Statuses of a brand: system and custom ones in one display order (API 11).

use std::collections::HashMap;

use dispatch_model::{
    BrandId, Errors, RewriteId, StatusId,
    event::{Act, Changes},
    limits::{REWRITE_STEP_TICKETS, STATUSES_MAX},
    status::{
        DEFAULT_COLOR, NewStatus, RESOLVED, Status, StatusCount, StatusDeleted, StatusOrder, StatusPatch, Statuses,
    },
    text::Reference,
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result, automations, brands,
    error::{Found, conflict, invalid},
    payload, tickets,
};

/// The statuses of a brand.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Statuses> {
    let (_, statuses) =
        futures_util::try_join!(brands::get(tx, brand), async { Ok(store::statuses::all(tx, brand).await?) })?;
    Ok(statuses)
}

/// One status by id, key or `sts_<key>`.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Status> {
    Ok((**all(tx, brand).await?.find(id).found()?).clone())
}

/// Creates a custom status, placed just before `resolved`.
///
/// # Errors
/// When the key is taken or there are too many statuses.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewStatus) -> Result<Status> {
    let statuses = all(tx, brand).await?;
    if statuses.all().iter().any(|status| status.key == *new.key) {
        return Err(conflict(format!("The key {} is taken.", &*new.key)));
    }
    let count = i64::try_from(statuses.all().len()).unwrap_or(i64::MAX);
    if count >= STATUSES_MAX {
        return Err(conflict(format!("The brand has {STATUSES_MAX} statuses, which is the limit.")));
    }
    let place = statuses.all().iter().position(|status| status.is_system && status.key == RESOLVED);
    let mut order: Vec<Status> = statuses.all().iter().map(|status| (**status).clone()).collect();
    let place = place.unwrap_or(order.len());
    let created = Status {
        id: act.mint.id(),
        brand_id: brand.clone(),
        name: String::from(new.name.clone()),
        key: String::from(new.key.clone()),
        color: new.color.clone().map_or_else(|| DEFAULT_COLOR.to_owned(), String::from),
        description: new.description.clone().map(String::from),
        is_system: false,
        is_active: new.is_active.unwrap_or(true),
        sort_order: i64::try_from(place).unwrap_or(count),
        created_at: act.at,
        updated_at: act.at,
    };
    store::statuses::insert(tx, &created).await?;
    order.insert(place, created.clone());
    renumber(tx, order).await?;
    tx.record(act, brand, payload::object("status.created", created.id.as_str(), "status", &created, None));
    Ok(created)
}

/// Stores the places of statuses that stand in their new order; says whether any moved.
async fn renumber(tx: &Tx, order: Vec<Status>) -> Result<bool> {
    let mut moved = false;
    for (place, mut status) in (0..).zip(order) {
        if status.sort_order != place {
            status.sort_order = place;
            store::statuses::update(tx, &status).await?;
            moved = true;
        }
    }
    Ok(moved)
}

/// Changes a status.
///
/// # Errors
/// When there is none, a system status would change its group, or the key would change.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &StatusPatch) -> Result<Status> {
    let old = get(tx, brand, id).await?;
    if patch.key.as_ref().is_some_and(|key| **key != *old.key) {
        return Err(invalid("key", "cannot be changed"));
    }
    if old.is_system && patch.is_active.is_some_and(|active| active != old.is_active) {
        return Err(conflict("isActive of a system status cannot be changed."));
    }
    let mut new = old.clone();
    if let Some(name) = &patch.name {
        new.name = String::from(name.clone());
    }
    if let Some(color) = &patch.color {
        new.color = String::from(color.clone());
    }
    new.description = patch.description.clone().text().or(old.description.clone());
    new.is_active = patch.is_active.unwrap_or(old.is_active);
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("color", &old.color, &new.color);
    changes.add("description", &old.description, &new.description);
    changes.add("isActive", &old.is_active, &new.is_active);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.at;
    store::statuses::update(tx, &new).await?;
    tx.record(act, brand, payload::object("status.updated", new.id.as_str(), "status", &new, Some(changes.to_json())));
    Ok(new)
}

/// Sets the display order.
///
/// # Errors
/// When a status is missing, unknown or repeated.
pub async fn reorder(tx: &Tx, act: &Act, brand: &BrandId, wanted: &StatusOrder) -> Result<Vec<Status>> {
    let statuses = all(tx, brand).await?;
    let mut errors = Errors::default();
    let mut order: Vec<Status> = Vec::new();
    for (index, text) in wanted.status_ids.0.iter().enumerate() {
        match statuses.find(text) {
            None => errors.push(format!("statusIds[{index}]"), "unknown status"),
            Some(status) if order.iter().any(|known| known.id == status.id) => {
                errors.push(format!("statusIds[{index}]"), "repeated");
            }
            Some(status) => order.push((**status).clone()),
        }
    }
    let missing: Vec<&str> = statuses
        .all()
        .iter()
        .filter(|status| !order.iter().any(|known| known.id == status.id))
        .map(|status| status.key.as_str())
        .collect();
    if !missing.is_empty() {
        errors.push("statusIds", format!("must name every status; missing: {}", missing.join(", ")));
    }
    errors.into_result()?;
    let moved = renumber(tx, order).await?;
    let shown: Vec<Status> =
        store::statuses::all(tx, brand).await?.all().iter().map(|status| (**status).clone()).collect();
    if moved {
        tx.record(act, brand, payload::object("status.reordered", brand.as_str(), "statuses", &shown, None));
    }
    Ok(shown)
}

/// How many tickets each status has, in display order.
///
/// # Errors
/// When there is no such brand.
pub async fn stats(tx: &Tx, brand: &BrandId) -> Result<Vec<StatusCount>> {
    let statuses = all(tx, brand).await?;
    let counts: HashMap<StatusId, i64> =
        store::counts::of_brand(tx, brand).await?.into_iter().map(|count| (count.status_id, count.live)).collect();
    Ok(statuses
        .all()
        .iter()
        .map(|status| StatusCount {
            status_id: status.id.clone(),
            status_name: status.name.clone(),
            status_key: status.key.clone(),
            color: status.color.clone(),
            is_system: status.is_system,
            is_active: status.is_active,
            count: counts.get(&status.id).copied().unwrap_or(0),
        })
        .collect())
}

/// Deletes a custom status. Its tickets read as the replacement from the commit on; their rows follow in steps.
///
/// # Errors
/// When it is a system status, or tickets hold it and there is no good replacement.
pub async fn delete(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    replacement: Option<&Reference>,
) -> Result<StatusDeleted> {
    let statuses = all(tx, brand).await?;
    let status = statuses.find(id).found()?;
    let new = match replacement.map(|text| statuses.find(text)) {
        None => None,
        Some(Some(new)) if new.id != status.id => Some(new),
        Some(Some(_)) => return Err(invalid("replacementStatusId", "must be another status")),
        Some(None) => return Err(invalid("replacementStatusId", "unknown status")),
    };
    if status.is_system {
        return Err(conflict(format!("{} is a system status and cannot be deleted.", status.name)));
    }
    let held = store::counts::of_brand(tx, brand).await?.into_iter().find(|count| count.status_id == status.id);
    let (live, total) = held.map_or((0, 0), |count| (count.live, count.total));
    match new {
        None if total > 0 => {
            return Err(invalid("replacementStatusId", format!("is required: {total} tickets have this status")));
        }
        // Also without tickets: a status that was deleted before may still be on its way to this one.
        Some(new) => {
            if new.is_active && !status.is_active {
                reopened(tx, act, brand, &statuses, &status.id).await?;
            }
            store::statuses::replace(tx, brand, &status.id, &new.id, act.at).await?;
            store::counts::remove(tx, brand, &status.id).await?;
            store::counts::add(tx, brand, &new.id, live, total).await?;
            automations::switch_status(tx, act, brand, &statuses, (&status.id, &new.key)).await?;
        }
        None => {
            store::counts::remove(tx, brand, &status.id).await?;
            // Those that were deleted before and lead here have no tickets either: they must not lead nowhere.
            for stored in statuses.stored_ids(&status.id) {
                store::statuses::delete(tx, brand, stored).await?;
            }
        }
    }
    let report = StatusDeleted {
        success: true,
        status_id: status.id.clone(),
        replacement_status_id: new.map(|new| new.id.clone()),
        moved_tickets: total,
    };
    let mut event = payload::object("status.deleted", status.id.as_str(), "status", &**status, None);
    event.data = dispatch_model::JsonText::of(&serde_json::json!({
        "id": status.id, "status": **status, "replacementStatusId": report.replacement_status_id, "movedTickets": total,
    }));
    tx.record(act, brand, event);
    Ok(report)
}

/// The tickets of this status become active by its deletion, and nobody's where their member was removed before.
async fn reopened(tx: &Tx, act: &Act, brand: &BrandId, statuses: &Statuses, status: &StatusId) -> Result<()> {
    let stored: Vec<StatusId> = statuses.stored_ids(status).cloned().collect();
    let account = brands::get(tx, brand).await?.account_id;
    for member in store::members::gone_with_tickets(tx, &account, brand).await? {
        let rewrite: RewriteId = act.mint.id();
        store::rewrites::begin_gone(tx, brand, &rewrite, member.as_str(), &stored, act.at).await?;
    }
    Ok(())
}

/// Rewrites some tickets of a deleted status; says whether there is more to do in this brand. A crash between two
/// steps loses nothing: the next one begins where the rows say.
///
/// # Errors
/// When the database cannot write.
pub async fn rewrite_step(tx: &Tx, act: &Act, brand: &BrandId) -> Result<bool> {
    let Some(old) = store::statuses::next_replaced(tx, brand).await? else { return Ok(false) };
    let statuses = store::statuses::all(tx, brand).await?;
    let new = statuses.resolve(old.id.as_str()).cloned().found()?;
    for live in [true, false] {
        let ids = store::tickets::ids_of_status(tx, brand, live, &old.id, REWRITE_STEP_TICKETS).await?;
        for id in &ids {
            tickets::move_to_replacement(tx, act, brand, id, &old, &new, &statuses).await?;
        }
        if !ids.is_empty() {
            return Ok(true);
        }
    }
    store::statuses::delete(tx, brand, &old.id).await?;
    Ok(true)
}
