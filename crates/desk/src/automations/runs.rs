//! What automations have done, and what of it is to be done once more.

use dispatch_model::{
    BrandId,
    automation::{ActionStatus, Run, RunStatus},
    event::Act,
    page::{Cursor, Page, fingerprint},
};
use dispatch_store::{self as store, Tx, automations::runs::Wanted};

use super::{
    Failed, Rules, Stopped,
    facts::Happened,
    find,
    run::{Start, do_actions, refusal, tell_of_failure, words},
};
use crate::{
    Result, brands,
    error::{Found, conflict, invalid},
};

/// What runs are asked for.
#[derive(Clone, Debug)]
pub struct RunQuery {
    /// About this ticket alone, by id or number.
    pub ticket: Option<String>,
    /// With this status alone.
    pub status: Option<RunStatus>,
    /// Runs at most.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// Runs of an automation, or of all automations of a brand; newest first. A ticket that is not there has none.
///
/// # Errors
/// When there is no such automation, or the cursor is of another list.
pub async fn list(tx: &Tx, brand: &BrandId, automation: Option<&str>, query: &RunQuery) -> Result<Page<Run>> {
    brands::get(tx, brand).await?;
    if let Some(id) = automation {
        find(tx, brand, id).await?;
    }
    let (ticket, status) = (query.ticket.as_deref(), query.status);
    let mark = fingerprint(&[
        "runs",
        brand.as_str(),
        automation.unwrap_or_default(),
        ticket.unwrap_or_default(),
        status.map_or("", RunStatus::as_str),
    ]);
    let before = match &query.cursor {
        None => None,
        Some(text) => {
            let cursor = Cursor::decode(text, mark, 1).and_then(|mut cursor| cursor.keys.pop());
            Some(cursor.ok_or_else(|| invalid("cursor", "is not a cursor of this list"))?)
        }
    };
    let ticket = match ticket {
        None => None,
        // The runs of a deleted ticket are found by its id.
        Some(text) => Some(store::tickets::id_of(tx, brand, text).await?.unwrap_or_else(|| text.into())),
    };
    let automation = automation.map(str::to_owned);
    let wanted = Wanted { automation, ticket, status, before, limit: query.limit + 1 };
    let found = store::automations::runs::list(tx, brand, &wanted).await?;
    Ok(Page::cut(found, query.limit, mark, |run| vec![run.id.0.clone()]))
}

/// Refuses a run that is not there.
///
/// # Errors
/// When there is none.
pub async fn check(tx: &Tx, brand: &BrandId, id: &str) -> Result<()> {
    brands::get(tx, brand).await?;
    store::automations::runs::get(tx, brand, id).await?.found().map(|_| ())
}

/// Repeats the failed actions of a run; `failed`: what could not be done just before. In the brand's lane.
///
/// # Errors
/// When there is no such run, nothing of it has failed, or an action on the ticket cannot be done.
pub async fn retry(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    rules: &Rules,
    failed: Option<&Failed>,
) -> std::result::Result<Run, Stopped> {
    let whole = brands::get(tx, brand).await?;
    let mut kept = store::automations::runs::get(tx, brand, id).await?.found()?;
    let has_failed = |place: &usize| kept.run.actions[*place].status == ActionStatus::Failed;
    let places: Vec<usize> = (0..kept.run.actions.len().min(kept.definition.len())).filter(has_failed).collect();
    if places.is_empty() {
        return Err(conflict("No action of this run has failed.").into());
    }
    let Some(automation) = store::automations::get(tx, brand, kept.run.automation_id.as_str()).await? else {
        return Err(conflict("The automation is no longer there.").into());
    };
    let event = store::log::at(tx, brand, kept.sequence).await?;
    let happened = event.as_ref().and_then(Happened::of);
    let (Some(event), Some(happened)) = (event, happened) else {
        return Err(conflict("The event of this run is no longer kept.").into());
    };
    let happened = happened.whole(tx, brand).await?;
    let ticket = kept.run.ticket_id.clone();
    if store::tickets::id_of(tx, brand, ticket.as_str()).await?.is_none() {
        return Err(conflict("The ticket of this run is no longer there.").into());
    }
    let automation = automation.automation;
    let start = Start {
        brand: &whole,
        automation: &automation,
        event: &event,
        happened: &happened,
        ticket: ticket.as_str(),
        base_url: &rules.base_url,
    };
    let own = act.of_automation(&automation.id, &automation.name, &event);
    let before = failed.filter(|failed| failed.of == id).map(|failed| failed.error.as_str());
    match do_actions(tx, &own, start, &mut kept, &places, before).await {
        Ok(_) => {}
        Err(error) => {
            let error = words(&refusal(error)?);
            return Err(Stopped::Run(Failed { of: id.to_owned(), automation: automation.id.0.clone(), error }));
        }
    }
    kept.run.settle(act.at);
    store::automations::runs::update(tx, brand, &kept.run).await?;
    let fails_again = places.iter().any(|place| kept.run.actions[*place].status == ActionStatus::Failed);
    if fails_again {
        tell_of_failure(tx, &own, brand, &automation, &kept.run, false).await?;
    }
    Ok(kept.run)
}
