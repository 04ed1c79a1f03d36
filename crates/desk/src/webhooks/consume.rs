//! From events to deliveries: one step of the consumer of the log.

use std::collections::HashSet;

use dispatch_model::{BrandId, automation::RunStatus, event::Act, limits::CONSUMED_STEP, webhook::subscribed};
use dispatch_store::{self as store, Tx, consumers};

use crate::Result;

/// What one step has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Whether there may be more to do.
    pub more: bool,
    /// What it wrote for somebody else to act on: deliveries, calls.
    pub wrote: i64,
    /// What has become at once of the automation that it ran.
    pub ran: Option<RunStatus>,
    /// How many automations it skipped.
    pub skipped: u64,
}

/// Takes the next events of a brand and writes a delivery for each webhook that wants one. In the consumer's own lane.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn consume(tx: &Tx, act: &Act, brand: &BrandId) -> Result<Step> {
    let Some(position) = consumers::position(tx, brand, consumers::WEBHOOKS).await? else { return Ok(Step::default()) };
    let events = store::log::heads(tx, brand, position, CONSUMED_STEP).await?;
    let Some(last) = events.last().map(|event| event.sequence) else { return Ok(Step::default()) };
    store::webhooks::hold(tx, brand).await?;
    let hooks = store::webhooks::subscribed(tx, brand).await?;
    let hooks: Vec<_> = hooks.into_iter().map(|hook| (subscribed(&hook.webhook.events), hook)).collect();
    let (mut wrote, mut told) = (0, HashSet::new());
    for event in &events {
        for (types, hook) in &hooks {
            let id = &hook.webhook.id;
            // What a webhook is told of its own end would come back to it.
            let itself =
                event.kind == "webhook.disabled" && event_is_about(tx, brand, event.sequence, id.as_str()).await?;
            if event.sequence > hook.since && types.contains(&event.kind.as_str()) && !itself {
                store::deliveries::insert(tx, brand, &act.mint.id(), hook, event, act.at).await?;
                told.insert(id);
                wrote += 1;
            }
        }
    }
    for (_, hook) in hooks.iter().filter(|(_, hook)| told.contains(&hook.webhook.id)) {
        store::webhooks::due(tx, brand, &hook.webhook.id, act.at).await?;
    }
    consumers::move_on(tx, brand, consumers::WEBHOOKS, last).await?;
    Ok(Step { more: i64::try_from(events.len()).unwrap_or(0) == CONSUMED_STEP, wrote, ..Step::default() })
}

async fn event_is_about(tx: &Tx, brand: &BrandId, sequence: i64, id: &str) -> Result<bool> {
    Ok(store::log::at(tx, brand, sequence).await?.is_some_and(|event| event.entity_id == id))
}
