//! From events to runs: one step of the consumer of the log. A step runs at most one automation on one event, since what that does
//! is one transaction; the consumer's place says which automations an event has been shown to.

use std::fmt;

use dispatch_model::{
    BrandId,
    automation::{RunStatus, SkipReason},
    brand::Brand,
    event::{Act, ActorType, Event},
    limits::{CONSUMED_STEP, TICKET_RUNS_MAX, TICKET_RUNS_MS},
    ticket::Ticket,
};
use dispatch_store::{self as store, Tx, automations::Kept, consumers};

use super::{
    Rules, conditions,
    facts::{Around, Facts, Happened},
    run::{Start, begin, refusal, words},
};
use crate::{Error, Refusal, Result, tickets, webhooks::Step};

/// A run whose actions on the ticket cannot be done. Nothing of it may be committed; the next step gives it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The event, or the run that is repeated.
    pub(super) of: String,
    /// The automation.
    pub(super) automation: String,
    /// Why.
    pub(super) error: String,
}

/// Why a step has not come to its end.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// A run cannot be done.
    Run(Failed),
    /// Anything else.
    Other(Error),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(failed) => write!(f, "automation {} failed: {}", failed.automation, failed.error),
            Self::Other(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Stopped {}

impl From<store::Error> for Stopped {
    fn from(error: store::Error) -> Self {
        Self::Other(error.into())
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl store::Failure for Stopped {
    fn database(&self) -> Option<&store::Error> {
        match self {
            Self::Run(_) => None,
            Self::Other(error) => error.database(),
        }
    }
}

/// Who acts in a step: the consumer itself, whose ids are those of runs, and the automation that it runs.
#[derive(Clone, Debug)]
pub struct Acts {
    /// The consumer.
    pub own: Act,
    /// What the automation does: made of the same moment, with ids of its own.
    pub run: Act,
}

/// Events that a cause is followed back through.
const CHAIN_MAX: usize = 64;

/// Takes the next events of a brand up to the first automation that runs. `failed`: the run that the step before could not do. In the
/// brand's lane.
///
/// # Errors
/// When an action on the ticket cannot be done, or the database cannot answer or write.
pub async fn consume(
    tx: &Tx,
    acts: &Acts,
    brand: &BrandId,
    rules: &Rules,
    failed: Option<&Failed>,
) -> std::result::Result<Step, Stopped> {
    let kind = consumers::AUTOMATIONS;
    let Some((mut position, place)) = consumers::place(tx, brand, kind).await? else { return Ok(Step::default()) };
    let Some(whole) = store::brands::get(tx, brand).await? else {
        consumers::end(tx, brand, kind).await?;
        return Ok(Step::default());
    };
    let events = store::log::heads(tx, brand, position, CONSUMED_STEP).await?;
    let automations = store::automations::enabled(tx, brand).await?;
    let mut skipped = 0;
    let mut seen: Vec<String> = place.as_deref().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    for head in &events {
        let starts = |kept: &&Kept| {
            let Kept { automation, since } = kept;
            let trigger = automation.trigger.events.iter().any(|event| event.as_str() == head.kind);
            trigger && head.sequence > *since && !seen.iter().any(|id| id == automation.id.as_str())
        };
        let waiting: Vec<&Kept> = automations.iter().filter(starts).collect();
        let event = if waiting.is_empty() { None } else { store::log::at(tx, brand, head.sequence).await? };
        let happened = event.as_ref().and_then(Happened::of).filter(|happened| !happened.is_quiet());
        if let (Some(event), Some(happened)) = (&event, happened) {
            let happened = happened.whole(tx, brand).await?;
            let look = Look { brand: &whole, event, happened: &happened, rules };
            for kept in waiting {
                seen.push(kept.automation.id.0.clone());
                match look.show(tx, acts, kept, failed).await? {
                    Shown::Nothing => {}
                    Shown::Skipped => skipped += 1,
                    Shown::Ran(status, wrote) => {
                        consumers::move_within(tx, brand, kind, position, Some(&seen.join(" "))).await?;
                        return Ok(Step { more: true, wrote, ran: Some(status), skipped });
                    }
                }
            }
        }
        position = head.sequence;
        seen.clear();
    }
    if !events.is_empty() {
        consumers::move_within(tx, brand, kind, position, None).await?;
    }
    Ok(Step { more: i64::try_from(events.len()).unwrap_or(0) == CONSUMED_STEP, skipped, ..Step::default() })
}

/// What has come of showing an event to an automation.
#[derive(Clone, Copy, Debug)]
enum Shown {
    /// It does not start it, or has before.
    Nothing,
    /// It would have.
    Skipped,
    /// It did: what has become of the run at once, and how many things it wrote for others to act on.
    Ran(RunStatus, i64),
}

/// An event that is shown to automations.
#[derive(Clone, Copy, Debug)]
struct Look<'a> {
    brand: &'a Brand,
    event: &'a Event,
    happened: &'a Happened,
    rules: &'a Rules,
}

impl Look<'_> {
    /// Shows the event to an automation.
    async fn show(
        &self,
        tx: &Tx,
        acts: &Acts,
        kept: &Kept,
        failed: Option<&Failed>,
    ) -> std::result::Result<Shown, Stopped> {
        let (brand, automation) = (&self.brand.id, &kept.automation);
        let Some(ticket) = &self.event.ticket_id else { return Ok(Shown::Nothing) };
        if store::automations::runs::exists(tx, brand, self.event.sequence, &automation.id).await? {
            return Ok(Shown::Nothing);
        }
        let start = Start {
            brand: self.brand,
            automation,
            event: self.event,
            happened: self.happened,
            ticket: ticket.as_str(),
            base_url: &self.rules.base_url,
        };
        let reason = match tickets::load(tx, brand, ticket.as_str()).await {
            Err(Error::Refused(Refusal::NotFound)) => Some(SkipReason::TicketGone),
            Err(error) => return Err(error.into()),
            Ok(loaded) => {
                let shown = loaded.ticket.view(&loaded.statuses)?;
                let around =
                    Around { statuses: &loaded.statuses, brand_name: &self.brand.name, base_url: &self.rules.base_url };
                let facts = Facts::load(tx, brand, around, &shown, self.happened, &automation.conditions).await?;
                if !conditions::hold(&automation.conditions, &facts) {
                    return Ok(Shown::Nothing);
                }
                self.skips(tx, acts, kept, &shown).await?
            }
        };
        let id = acts.own.mint.id();
        if let Some(reason) = reason {
            let mut kept = start.run(id, &acts.own, RunStatus::Skipped);
            (kept.run.reason, kept.run.finished_at) = (Some(reason), Some(acts.own.at));
            store::automations::runs::insert(tx, brand, &kept).await?;
            return Ok(Shown::Skipped);
        }
        let act = acts.run.of_automation(&automation.id, &automation.name, self.event);
        let of = |failed: &&Failed| failed.of == self.event.id && failed.automation == automation.id.as_str();
        let before = failed.filter(of).map(|failed| failed.error.as_str());
        match begin(tx, &act, id, start, before).await {
            Ok((status, wrote)) => Ok(Shown::Ran(status, wrote)),
            Err(error) => {
                let error = words(&refusal(error)?);
                let (of, automation) = (self.event.id.clone(), automation.id.0.clone());
                Err(Stopped::Run(Failed { of, automation, error }))
            }
        }
    }

    /// Why an automation whose conditions hold does not run.
    async fn skips(&self, tx: &Tx, acts: &Acts, kept: &Kept, ticket: &Ticket) -> Result<Option<SkipReason>> {
        if self.event.depth >= self.rules.max_depth {
            return Ok(Some(SkipReason::DepthLimit));
        }
        if self.is_own(tx, kept.automation.id.as_str()).await? {
            return Ok(Some(SkipReason::OwnEvent));
        }
        let since = store::automations::runs::first_id_at(acts.own.at.plus_ms(-TICKET_RUNS_MS));
        let runs =
            store::automations::runs::of_ticket_since(tx, &self.brand.id, &ticket.id, &since, TICKET_RUNS_MAX).await?;
        Ok((runs >= TICKET_RUNS_MAX).then_some(SkipReason::RateLimit))
    }

    /// Whether the automation has led to the event, be it through others.
    async fn is_own(&self, tx: &Tx, automation: &str) -> Result<bool> {
        let actor = self.event.actor.members();
        let said = |name: &str| actor.get(name).and_then(serde_json::Value::as_str);
        if said("type") == Some(ActorType::Automation.as_str()) && said("id") == Some(automation) {
            return Ok(true);
        }
        let mut cause = self.event.caused_by.clone();
        for _ in 0..CHAIN_MAX {
            let Some(id) = cause else { return Ok(false) };
            let Some((actor, before)) = store::log::cause_of(tx, &self.brand.id, &id).await? else { return Ok(false) };
            if actor.as_deref() == Some(automation) {
                return Ok(true);
            }
            cause = before;
        }
        Ok(false)
    }
}
