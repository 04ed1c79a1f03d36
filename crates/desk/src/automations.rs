//! Automations (API 18): what a brand does by itself when something happens. Nothing here calls anybody.

pub mod calls;
mod check;
mod conditions;
mod consume;
mod dry_run;
mod facts;
mod on_ticket;
pub(crate) mod references;
mod run;
mod runs;

pub use consume::{Acts, Failed, Stopped, consume};
pub use dry_run::test;
pub use runs::{RunQuery, check as check_run, list as runs, retry};

use std::collections::HashSet;

use dispatch_model::{
    BrandId, Errors, Patch, StatusId,
    automation::{Action, Automation, AutomationOrder, AutomationPatch, Field, NewAutomation},
    event::{Act, Changes},
    limits::AUTOMATIONS_MAX,
    status::Statuses,
};
use dispatch_store::{self as store, Tx, automations::Kept, consumers};
use serde_json::Value;

use crate::{
    Result, brands,
    error::{Found, conflict},
    payload,
};

/// What the server says of automations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The address under which the outside reaches it, without a slash at its end.
    pub base_url: String,
    /// Events that so many automations have led to start no run.
    pub max_depth: i64,
}

/// Every automation of a brand, in the order of execution.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Automation>> {
    brands::get(tx, brand).await?;
    Ok(store::automations::all(tx, brand).await?.into_iter().map(|kept| kept.automation).collect())
}

/// One automation.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Automation> {
    Ok(find(tx, brand, id).await?.automation)
}

async fn find(tx: &Tx, brand: &BrandId, id: &str) -> Result<Kept> {
    brands::get(tx, brand).await?;
    store::automations::get(tx, brand, id).await?.found()
}

/// Creates an automation behind the others. It runs on what happens from then on.
///
/// # Errors
/// When it refers to what is not there, or the brand has too many automations.
pub async fn create(tx: &Tx, act: &Act, brand: &BrandId, new: &NewAutomation) -> Result<Automation> {
    let whole = brands::get(tx, brand).await?;
    let mut errors = act.wrong.clone();
    check::references(tx, &whole, new.conditions.as_ref(), Some(&new.actions.0), &mut errors).await?;
    errors.into_result()?;
    if store::automations::count(tx, brand).await? >= AUTOMATIONS_MAX {
        return Err(conflict(format!("The brand has {AUTOMATIONS_MAX} automations, which is the limit.")));
    }
    let automation = Automation {
        id: act.mint.id(),
        brand_id: brand.clone(),
        name: String::from(new.name.clone()),
        description: new.description.clone().map(String::from),
        enabled: new.enabled.unwrap_or(true),
        sort_order: store::automations::next_place(tx, brand).await?,
        trigger: new.trigger.clone(),
        conditions: new.conditions.clone().unwrap_or_default(),
        actions: new.actions.0.clone(),
        run_count: 0,
        failure_count: 0,
        last_run_at: None,
        last_error: None,
        created_by: act.actor.email.clone().or_else(|| act.actor.name.clone()),
        created_at: act.at,
        updated_at: act.at,
    };
    let kept = Kept { since: end_of_log(tx, brand).await?, automation };
    store::automations::insert(tx, &kept).await?;
    follow(tx, brand).await?;
    let Kept { automation, .. } = kept;
    tx.record(
        act,
        brand,
        payload::object("automation.created", automation.id.as_str(), "automation", &automation, None),
    );
    Ok(automation)
}

async fn end_of_log(tx: &Tx, brand: &BrandId) -> Result<i64> {
    Ok(tx.counter(brand).await?.found()?.last_sequence)
}

/// A brand follows its log while it has an automation that is enabled, and pays nothing otherwise.
async fn follow(tx: &Tx, brand: &BrandId) -> Result<()> {
    let (kind, any) = (consumers::AUTOMATIONS, !store::automations::enabled(tx, brand).await?.is_empty());
    let follows = consumers::position(tx, brand, kind).await?.is_some();
    match (any, follows) {
        (true, false) => Ok(consumers::begin(tx, brand, kind, end_of_log(tx, brand).await?).await?),
        (false, true) => Ok(consumers::end(tx, brand, kind).await?),
        _ => Ok(()),
    }
}

/// Changes an automation.
///
/// # Errors
/// When there is none, or it refers to what is not there.
pub async fn update(tx: &Tx, act: &Act, brand: &BrandId, id: &str, patch: &AutomationPatch) -> Result<Automation> {
    let whole = brands::get(tx, brand).await?;
    let mut kept = find(tx, brand, id).await?;
    let mut errors = act.wrong.clone();
    let actions = patch.actions.as_ref().map(|actions| actions.0.as_slice());
    check::references(tx, &whole, check::given(&patch.conditions), actions, &mut errors).await?;
    errors.into_result()?;
    let old = kept.automation.clone();
    let new = &mut kept.automation;
    if let Some(name) = &patch.name {
        new.name = String::from(name.clone());
    }
    new.description = patch.description.clone().text().or(old.description.clone());
    new.enabled = patch.enabled.unwrap_or(old.enabled);
    if let Some(trigger) = &patch.trigger {
        new.trigger = trigger.clone();
    }
    match &patch.conditions {
        Patch::Keep => {}
        Patch::Clear => new.conditions = dispatch_model::automation::Conditions::default(),
        Patch::Set(conditions) => new.conditions = conditions.clone(),
    }
    if let Some(actions) = actions {
        new.actions = actions.to_vec();
    }
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("description", &old.description, &new.description);
    changes.add("enabled", &old.enabled, &new.enabled);
    changes.add("trigger", &old.trigger, &new.trigger);
    changes.add("conditions", &old.conditions, &new.conditions);
    changes.add("actions", &old.actions, &new.actions);
    if changes.is_empty() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    if new.enabled && !old.enabled {
        kept.since = end_of_log(tx, brand).await?;
    }
    store::automations::update(tx, &kept).await?;
    follow(tx, brand).await?;
    let Kept { automation, .. } = kept;
    let event = payload::object("automation.updated", id, "automation", &automation, Some(changes.to_json()));
    tx.record(act, brand, event);
    Ok(automation)
}

/// Where automations name a status that is deleted, they name its replacement from now on (API 11).
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn switch_status(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    statuses: &Statuses,
    (old, new): (&StatusId, &str),
) -> Result<()> {
    let switch = |text: &mut String| {
        if statuses.find(text).is_some_and(|status| status.id == *old) {
            new.clone_into(text);
        }
    };
    for mut kept in store::automations::all(tx, brand).await? {
        let before = kept.automation.clone();
        let Automation { conditions, actions, .. } = &mut kept.automation;
        let asks = conditions.all.iter_mut().chain(&mut conditions.any).filter(|cond| cond.field == Field::Status);
        for value in asks.filter_map(|cond| cond.value.as_mut()) {
            match value {
                Value::String(text) => switch(text),
                Value::Array(texts) => {
                    for text in texts {
                        if let Value::String(text) = text {
                            switch(text);
                        }
                    }
                }
                _ => {}
            }
        }
        for action in actions {
            match action {
                Action::SetStatus { status, .. } | Action::Reply { set_status: Some(status), .. } => switch(status),
                _ => {}
            }
        }
        let mut changes = Changes::default();
        changes.add("conditions", &before.conditions, &kept.automation.conditions);
        changes.add("actions", &before.actions, &kept.automation.actions);
        if changes.is_empty() {
            continue;
        }
        kept.automation.updated_at = act.after(before.updated_at);
        store::automations::update(tx, &kept).await?;
        let Kept { automation, .. } = kept;
        let id = automation.id.as_str();
        let event = payload::object("automation.updated", id, "automation", &automation, Some(changes.to_json()));
        tx.record(act, brand, event);
    }
    Ok(())
}

/// Deletes an automation. Its runs stay; calls that wait are still made.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<()> {
    let Kept { automation, .. } = find(tx, brand, id).await?;
    store::automations::delete(tx, brand, &automation.id).await?;
    follow(tx, brand).await?;
    tx.record(act, brand, payload::object("automation.deleted", id, "automation", &automation, None));
    Ok(())
}

/// Sets the order of execution.
///
/// # Errors
/// When an automation is missing, unknown or repeated.
pub async fn reorder(tx: &Tx, act: &Act, brand: &BrandId, wanted: &AutomationOrder) -> Result<Vec<Automation>> {
    let automations = all(tx, brand).await?;
    let (mut errors, mut seen, mut order) = (Errors::default(), HashSet::new(), Vec::new());
    for (index, text) in wanted.automation_ids.0.iter().enumerate() {
        match automations.iter().find(|automation| automation.id.as_str() == &**text) {
            None => errors.push(format!("automationIds[{index}]"), "unknown automation"),
            Some(automation) if !seen.insert(automation.id.as_str()) => {
                errors.push(format!("automationIds[{index}]"), "repeated");
            }
            Some(automation) => order.push(automation.clone()),
        }
    }
    let missing: Vec<&str> = automations
        .iter()
        .filter(|automation| !seen.contains(automation.id.as_str()))
        .map(|automation| automation.id.as_str())
        .collect();
    if !missing.is_empty() {
        errors.push("automationIds", format!("must name every automation; missing: {}", missing.join(", ")));
    }
    errors.into_result()?;
    if order.iter().map(|automation| &automation.id).eq(automations.iter().map(|automation| &automation.id)) {
        return Ok(automations);
    }
    for (place, automation) in (0..).zip(&mut order) {
        if automation.sort_order != place {
            automation.sort_order = place;
            store::automations::set_place(tx, brand, &automation.id, place).await?;
        }
    }
    tx.record(act, brand, payload::object("automation.reordered", brand.as_str(), "automations", &order, None));
    Ok(order)
}
