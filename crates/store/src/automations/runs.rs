//! Runs of automations.

use dispatch_model::{
    AutomationId, BrandId, JsonText, RunId, TicketId, Timestamp,
    automation::{Action, ActionRun, Run, RunStatus, SkipReason},
};

use super::read_actions;
use crate::{
    Error, Result, Select, Tx, args,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, automation_id, sequence, event_id, ticket_id, depth, status, reason, definition, actions, started_at, finished_at
            FROM automation_run"
    };
}

crate::statements! {
    GET = concat!("SELECT ", columns!(), " WHERE brand_id = $1 AND id = $2");
    INSERT = "INSERT INTO automation_run (brand_id, id, automation_id, sequence, event_id, ticket_id, depth, status, reason,
        definition, actions, started_at, finished_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "UPDATE automation_run SET status = $3, actions = $4, finished_at = $5 WHERE brand_id = $1 AND id = $2";
    OF_TICKET_SINCE = "SELECT count(*) FROM (SELECT 1 FROM automation_run WHERE brand_id = $1 AND ticket_id = $2 AND id >= $3
        AND status <> 'skipped' LIMIT $4) r";
    OF_EVENT = "SELECT count(*) FROM automation_run WHERE brand_id = $1 AND sequence = $2 AND automation_id = $3";
    NEXT_BRAND = "SELECT brand_id, id FROM automation_run WHERE brand_id > $1 ORDER BY brand_id, id LIMIT 1";
    OLD = "SELECT id FROM automation_run WHERE brand_id = $1 AND id < $2 ORDER BY id LIMIT $3";
    OF_GONE_TICKET = "SELECT id FROM automation_run WHERE brand_id = $1 AND ticket_id = $2 ORDER BY id LIMIT $3";
    REMOVE_CALLS_OF = "DELETE FROM automation_call WHERE brand_id = $1 AND run_id = $2";
    REMOVE_ONE = "DELETE FROM automation_run WHERE brand_id = $1 AND id = $2";
    REMOVE_CALLS = "DELETE FROM automation_call WHERE brand_id = $1 AND run_id < $2";
    REMOVE = "DELETE FROM automation_run WHERE brand_id = $1 AND id < $2 AND id IN (SELECT o.id FROM automation_run o
        WHERE o.brand_id = $1 AND o.id < $2 ORDER BY o.id LIMIT $3)";
}

/// A run with what is not shown of it.
#[derive(Clone, Debug)]
pub struct KeptRun {
    /// What is shown.
    pub run: Run,
    /// The sequence of its event.
    pub sequence: i64,
    /// The actions as the automation had them; as many as the run has.
    pub definition: Vec<Action>,
}

fn row(columns: &mut Columns<'_>) -> Result<KeptRun> {
    let (id, automation_id, sequence) = (columns.take()?, columns.take()?, columns.take()?);
    let (event_id, ticket_id, depth) = (columns.take()?, columns.take()?, columns.take()?);
    let status = RunStatus::read(&columns.take::<String>()?).map_err(Error::Bug)?;
    let reason: Option<String> = columns.take()?;
    let definition = read_actions(&columns.take::<String>()?)?;
    let run = Run {
        id,
        automation_id,
        event_id,
        ticket_id,
        depth,
        status,
        reason: reason.map(|text| SkipReason::read(&text)).transpose().map_err(Error::Bug)?,
        actions: ActionRun::read_all(&columns.take::<String>()?).map_err(Error::Bug)?,
        started_at: columns.take()?,
        finished_at: columns.take()?,
    };
    Ok(KeptRun { run, sequence, definition })
}

/// One run.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<KeptRun>> {
    tx.maybe(&GET, args![brand, id], row).await
}

/// Keeps a new run.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, kept: &KeptRun) -> Result<()> {
    let KeptRun { run, sequence, definition } = kept;
    let Run { id, automation_id, event_id, ticket_id, depth, started_at, finished_at, .. } = run;
    let (status, reason) = (run.status.as_str(), run.reason.map(SkipReason::as_str));
    let (definition, actions) = (JsonText::of(definition), JsonText::of(&run.actions));
    tx.run(
        &INSERT,
        args![
            brand,
            id,
            automation_id,
            sequence,
            event_id,
            ticket_id,
            depth,
            status,
            reason,
            definition,
            actions,
            started_at,
            finished_at,
        ],
    )
    .await
}

/// Stores what has become of a run.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, brand: &BrandId, run: &Run) -> Result<()> {
    let (status, actions) = (run.status.as_str(), JsonText::of(&run.actions));
    tx.run(&UPDATE, args![brand, run.id, status, actions, run.finished_at]).await
}

/// How many runs a ticket has had from the one with the id `since` on; at most `limit` are counted.
///
/// # Errors
/// When the database cannot answer.
pub async fn of_ticket_since(tx: &Tx, brand: &BrandId, ticket: &TicketId, since: &str, limit: i64) -> Result<i64> {
    tx.one(&OF_TICKET_SINCE, args![brand, ticket, since, limit], only).await
}

/// Whether an automation has run on an event already.
///
/// # Errors
/// When the database cannot answer.
pub async fn exists(tx: &Tx, brand: &BrandId, sequence: i64, automation: &AutomationId) -> Result<bool> {
    Ok(tx.one(&OF_EVENT, args![brand, sequence, automation], only::<i64>).await? > 0)
}

/// What runs are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of this automation alone.
    pub automation: Option<String>,
    /// About this ticket alone.
    pub ticket: Option<TicketId>,
    /// With this status alone.
    pub status: Option<RunStatus>,
    /// Before this id alone.
    pub before: Option<String>,
    /// Rows at most.
    pub limit: i64,
}

/// Runs, newest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, brand: &BrandId, wanted: &Wanted) -> Result<Vec<Run>> {
    let Wanted { automation, ticket, status, before, limit } = wanted;
    let status = status.map(RunStatus::as_str);
    let mut select = Select::new(concat!("SELECT ", columns!()));
    select.with("brand_id =", brand);
    if let Some(automation) = automation {
        select.with("automation_id =", automation);
    }
    if let Some(ticket) = ticket {
        select.with("ticket_id =", ticket);
    }
    if let Some(status) = &status {
        select.with("status =", *status);
    }
    if let Some(before) = before {
        select.with("id <", before);
    }
    select.page("id DESC", limit);
    Ok(tx.select(&select, row).await?.into_iter().map(|kept| kept.run).collect())
}

/// The first brand behind `after` that has runs, with the oldest of them.
///
/// # Errors
/// When the database cannot answer.
pub async fn next_brand(tx: &Tx, after: &str) -> Result<Option<(BrandId, RunId)>> {
    tx.maybe(&NEXT_BRAND, args![after], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// Removes up to `limit` runs that are older than the id `before`; says whether there may be more.
///
/// # Errors
/// When the database cannot write.
pub async fn purge(tx: &Tx, brand: &BrandId, before: &str, limit: i64) -> Result<bool> {
    let old: Vec<RunId> = tx.all(&OLD, args![brand, before, limit], only).await?;
    if !old.is_empty() {
        // A call ends within two hours of its run or of its last retry.
        tx.run(&REMOVE_CALLS, args![brand, before]).await?;
        tx.run(&REMOVE, args![brand, before, limit]).await?;
    }
    Ok(i64::try_from(old.len()).unwrap_or(0) == limit)
}

/// Removes up to `limit` runs on a ticket that goes for good; says how many.
///
/// # Errors
/// When the database cannot write.
pub async fn purge_of_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId, limit: i64) -> Result<usize> {
    let found: Vec<RunId> = tx.all(&OF_GONE_TICKET, args![brand, ticket, limit], only).await?;
    for id in &found {
        tx.run(&REMOVE_CALLS_OF, args![brand, id]).await?;
        tx.run(&REMOVE_ONE, args![brand, id]).await?;
    }
    Ok(found.len())
}

/// When a run began, by an id that was made then.
#[must_use]
pub fn first_id_at(at: Timestamp) -> String {
    dispatch_model::id::first_id_at("run", at)
}
