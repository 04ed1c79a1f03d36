//! Automations of a brand, their runs, and the calls that are still to be made (`calls.rs`).

pub mod calls;
pub mod runs;

use dispatch_model::{
    AutomationId, BrandId, Errors, JsonText, Timestamp,
    automation::{Action, Automation, Conditions, Trigger},
    input::Parse,
};
use serde_json::Value;

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "SELECT id, name, description, enabled, sort_order, events, conditions, actions, since, run_count, failure_count,
            last_run_at, last_error, created_by, created_at, updated_at FROM automation WHERE brand_id = $1 "
    };
}

crate::statements! {
    ALL_OF_BRAND = concat!(columns!(), "ORDER BY sort_order, id");
    ENABLED = concat!(columns!(), "AND enabled ORDER BY sort_order, id");
    GET = concat!(columns!(), "AND id = $2");
    COUNT = "SELECT count(*) FROM automation WHERE brand_id = $1";
    LAST = "SELECT coalesce(max(sort_order), -1) FROM automation WHERE brand_id = $1";
    INSERT = "INSERT INTO automation (brand_id, id, name, description, enabled, sort_order, events, conditions, actions, since,
        run_count, failure_count, created_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $11, $12, $12)";
    UPDATE = "UPDATE automation SET name = $3, description = $4, enabled = $5, events = $6, conditions = $7, actions = $8,
        since = $9, updated_at = $10 WHERE brand_id = $1 AND id = $2";
    PLACE = "UPDATE automation SET sort_order = $3 WHERE brand_id = $1 AND id = $2";
    DELETE = "DELETE FROM automation WHERE brand_id = $1 AND id = $2";
    RAN = "UPDATE automation SET run_count = run_count + 1, last_run_at = $3 WHERE brand_id = $1 AND id = $2";
    FAILED = "UPDATE automation SET failure_count = failure_count + $4, last_error = $3 WHERE brand_id = $1 AND id = $2";
}

/// An automation with what is not shown of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What is shown.
    pub automation: Automation,
    /// Events up to this sequence are none of its business.
    pub since: i64,
}

/// A value that was written by this crate, read as requests are.
fn read<T: Parse>(text: &str, what: &'static str) -> Result<T> {
    let bug = |why: String| Error::Bug(format!("the {what} of an automation cannot be read: {why}"));
    let value: Value = serde_json::from_str(text).map_err(|error| bug(error.to_string()))?;
    let mut errors = Errors::default();
    T::parse(value, what, &mut errors).ok_or_else(|| bug(format!("{errors:?}")))
}

/// A list of actions as it is kept.
///
/// # Errors
/// When it is none.
pub(crate) fn read_actions(text: &str) -> Result<Vec<Action>> {
    let bug = |why: String| Error::Bug(format!("the actions of an automation cannot be read: {why}"));
    let all: Vec<Value> = serde_json::from_str(text).map_err(|error| bug(error.to_string()))?;
    let mut errors = Errors::default();
    let read: Option<Vec<Action>> = all.into_iter().map(|value| Action::parse(value, "action", &mut errors)).collect();
    read.ok_or_else(|| bug(format!("{errors:?}")))
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Kept> {
    let (id, name, description) = (columns.take()?, columns.take()?, columns.take()?);
    let (enabled, sort_order) = (columns.take()?, columns.take()?);
    let trigger: Trigger = read(&format!("{{\"events\":{}}}", columns.take::<String>()?), "trigger")?;
    let conditions: Conditions = read(&columns.take::<String>()?, "conditions")?;
    let actions = read_actions(&columns.take::<String>()?)?;
    let since = columns.take()?;
    let automation = Automation {
        id,
        brand_id: brand.clone(),
        name,
        description,
        enabled,
        sort_order,
        trigger,
        conditions,
        actions,
        run_count: columns.take()?,
        failure_count: columns.take()?,
        last_run_at: columns.take()?,
        last_error: columns.take()?,
        created_by: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    };
    Ok(Kept { automation, since })
}

/// Every automation of a brand, in the order of execution.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Kept>> {
    tx.all(&ALL_OF_BRAND, args![brand], |columns| row(brand, columns)).await
}

/// Those that run, in the order of execution.
///
/// # Errors
/// When the database cannot answer.
pub async fn enabled(tx: &Tx, brand: &BrandId) -> Result<Vec<Kept>> {
    tx.all(&ENABLED, args![brand], |columns| row(brand, columns)).await
}

/// One automation.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Kept>> {
    tx.maybe(&GET, args![brand, id], |columns| row(brand, columns)).await
}

/// How many automations a brand has.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&COUNT, args![brand], only).await
}

/// The place behind all others.
///
/// # Errors
/// When the database cannot answer.
pub async fn next_place(tx: &Tx, brand: &BrandId) -> Result<i64> {
    Ok(tx.one(&LAST, args![brand], only::<i64>).await? + 1)
}

/// Keeps a new automation.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, kept: &Kept) -> Result<()> {
    let Kept { automation, since } = kept;
    let Automation { id, brand_id, name, description, enabled, sort_order, created_by, created_at, .. } = automation;
    let (events, conditions) = (JsonText::of(&automation.trigger.events), JsonText::of(&automation.conditions));
    let actions = JsonText::of(&automation.actions);
    tx.run(
        &INSERT,
        args![
            brand_id,
            id,
            name,
            description,
            enabled,
            sort_order,
            events,
            conditions,
            actions,
            since,
            created_by,
            created_at,
        ],
    )
    .await
}

/// Stores what can be changed of an automation but its place.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, kept: &Kept) -> Result<()> {
    let Kept { automation, since } = kept;
    let Automation { id, brand_id, name, description, enabled, updated_at, .. } = automation;
    let (events, conditions) = (JsonText::of(&automation.trigger.events), JsonText::of(&automation.conditions));
    let actions = JsonText::of(&automation.actions);
    let values = args![brand_id, id, name, description, enabled, events, conditions, actions, since, updated_at];
    tx.run(&UPDATE, values).await
}

/// Stores the place of an automation.
///
/// # Errors
/// When the database cannot write.
pub async fn set_place(tx: &Tx, brand: &BrandId, id: &AutomationId, place: i64) -> Result<()> {
    tx.run(&PLACE, args![brand, id, place]).await
}

/// Removes an automation. Its runs stay as long as runs are kept; its calls are still made.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &AutomationId) -> Result<()> {
    tx.run(&DELETE, args![brand, id]).await
}

/// An automation has run.
///
/// # Errors
/// When the database cannot write.
pub async fn ran(tx: &Tx, brand: &BrandId, id: &AutomationId, at: Timestamp) -> Result<()> {
    tx.run(&RAN, args![brand, id, at]).await
}

/// An action of an automation has failed; `first` of its run.
///
/// # Errors
/// When the database cannot write.
pub async fn failed(tx: &Tx, brand: &BrandId, id: &AutomationId, error: &str, first: bool) -> Result<()> {
    tx.run(&FAILED, args![brand, id, error, i64::from(first)]).await
}
