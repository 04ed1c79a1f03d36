//! One run: what is done to the ticket, what is written for others to send, and the calls that are still to be made.

use dispatch_model::{
    DeliveryId, JsonText, RunId,
    automation::{Action, ActionRun, ActionStatus, Automation, MailTo, Run, RunStatus},
    brand::Brand,
    event::{Act, Event},
    limits::RUN_ERROR_CHARS,
    mail::{MailKind, NewMail, Recipient},
    survey::{SurveyCause, SurveyOutcome},
    template::Escape,
    text::cut,
    ticket::Ticket,
};
use dispatch_store::{
    self as store, Tx,
    automations::{calls::CallKey, runs::KeptRun},
    log::Head,
};
use serde_json::json;

use super::{
    facts::Happened,
    on_ticket::{About, Did, NO_TEXT, carry_out, is_empty},
};
use crate::{Error, Refusal, Result, payload, surveys, tickets};

/// An automation and the event that starts it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start<'a> {
    pub(super) brand: &'a Brand,
    pub(super) automation: &'a Automation,
    pub(super) event: &'a Event,
    pub(super) happened: &'a Happened,
    pub(super) ticket: &'a str,
    pub(super) base_url: &'a str,
}

impl Start<'_> {
    fn about(&self) -> About<'_> {
        About { brand: self.brand, ticket: self.ticket, happened: self.happened, base_url: self.base_url }
    }

    /// The run before anything is done.
    pub(super) fn run(&self, id: RunId, act: &Act, status: RunStatus) -> KeptRun {
        let run = Run {
            id,
            automation_id: self.automation.id.clone(),
            event_id: self.event.id.clone(),
            ticket_id: self.ticket.into(),
            depth: self.event.depth,
            status,
            reason: None,
            actions: Vec::new(),
            started_at: act.at,
            finished_at: None,
        };
        KeptRun { run, sequence: self.event.sequence, definition: Vec::new() }
    }
}

/// What a refusal says to people.
pub(super) fn words(refusal: &Refusal) -> String {
    let text = match refusal {
        Refusal::Invalid(errors) => {
            let all = errors.clone().into_vec();
            all.first().map_or_else(String::new, |first| format!("{}: {}", first.field, first.message))
        }
        Refusal::NotFound => "the ticket is not there".to_owned(),
        Refusal::Unknown(text) | Refusal::Forbidden(text) | Refusal::Conflict(text) | Refusal::TooLarge(text) => {
            text.clone()
        }
        Refusal::SecondFactor(text) => (*text).to_owned(),
        Refusal::KeyReused => "it was done already".to_owned(),
    };
    short(&text)
}

/// As much of an error as is kept.
pub(super) fn short(text: &str) -> String {
    cut(text, RUN_ERROR_CHARS).0.to_owned()
}

/// Runs an automation on an event; answers what has become of that at once, and how many things it wrote for others to act on. With `failed` its actions on the ticket
/// have been tried before: nothing is done to the ticket, and they are given up. In the brand's lane; `act` is the automation's.
///
/// # Errors
/// When an action on the ticket cannot be done: then nothing may be committed.
pub(super) async fn begin(
    tx: &Tx,
    act: &Act,
    id: RunId,
    start: Start<'_>,
    failed: Option<&str>,
) -> Result<(RunStatus, i64)> {
    let mut kept = start.run(id, act, RunStatus::Success);
    kept.definition.clone_from(&start.automation.actions);
    kept.run.actions = kept.definition.iter().map(|action| ActionRun::pending(action.kind())).collect();
    let all: Vec<usize> = (0..kept.definition.len()).collect();
    let wrote = do_actions(tx, act, start, &mut kept, &all, failed).await?;
    store::automations::ran(tx, &start.brand.id, &start.automation.id, act.at).await?;
    kept.run.settle(act.at);
    store::automations::runs::insert(tx, &start.brand.id, &kept).await?;
    tell_of_failure(tx, act, &start.brand.id, start.automation, &kept.run, true).await?;
    Ok((kept.run.status, wrote))
}

/// Does these actions of a run and notes in it what has become of them.
///
/// # Errors
/// When an action on the ticket cannot be done: then nothing may be committed.
pub(super) async fn do_actions(
    tx: &Tx,
    act: &Act,
    start: Start<'_>,
    kept: &mut KeptRun,
    places: &[usize],
    failed: Option<&str>,
) -> Result<i64> {
    let KeptRun { run, definition, .. } = kept;
    let (on_ticket, others): (Vec<usize>, Vec<usize>) =
        places.iter().partition(|place| definition[**place].kind().is_on_ticket());
    let tried = |run: &Run, place: usize, status| ActionRun {
        attempts: run.actions[place].attempts + 1,
        ..ActionRun::once(run.actions[place].kind, status)
    };
    if let Some(error) = failed {
        for place in on_ticket {
            run.actions[place] = ActionRun { error: Some(error.to_owned()), ..tried(run, place, ActionStatus::Failed) };
        }
    } else if !on_ticket.is_empty() {
        let actions: Vec<&Action> = on_ticket.iter().map(|place| &definition[*place]).collect();
        let results = carry_out(tx, act, start.about(), &actions).await?;
        for (place, did) in on_ticket.into_iter().zip(results) {
            run.actions[place] = match did {
                Did::Done(result) => ActionRun { result, ..tried(run, place, ActionStatus::Done) },
                Did::Nothing(why) => {
                    ActionRun { error: Some(why.to_owned()), ..tried(run, place, ActionStatus::Skipped) }
                }
            };
        }
    }
    let mut wrote = 0;
    for place in others {
        if let Some(connection) = definition[place].connection() {
            let key = CallKey {
                brand: start.brand.id.clone(),
                run: run.id.clone(),
                place: i64::try_from(place).unwrap_or(0),
            };
            let attempts = run.actions[place].attempts;
            store::automations::calls::insert(tx, &key, &run.ticket_id, connection, attempts, act.at).await?;
            run.actions[place] = ActionRun { attempts, ..ActionRun::pending(run.actions[place].kind) };
            wrote += 1;
        } else {
            let Outcome { status, result, error } = hand_over(tx, act, start, &definition[place]).await?;
            wrote += i64::from(status == ActionStatus::Done);
            run.actions[place] = ActionRun { result, error, ..tried(run, place, status) };
        }
    }
    Ok(wrote)
}

/// What has become of something that others send.
#[derive(Debug)]
struct Outcome {
    status: ActionStatus,
    result: Option<JsonText>,
    error: Option<String>,
}

impl Outcome {
    fn done(result: Option<JsonText>) -> Self {
        Self { status: ActionStatus::Done, result, error: None }
    }

    fn because(status: ActionStatus, why: &str) -> Self {
        Self { status, result: None, error: Some(short(why)) }
    }
}

/// Writes down what others send: mail, surveys, deliveries.
async fn hand_over(tx: &Tx, act: &Act, start: Start<'_>, action: &Action) -> Result<Outcome> {
    match action {
        Action::NotifyEmail { to, subject, body } => mail(tx, act, start, (to, subject, body)).await,
        Action::SendSurvey { delay_minutes } => {
            let loaded = tickets::load(tx, &start.brand.id, start.ticket).await?;
            let cause = SurveyCause::Automation;
            let outcome = surveys::request(tx, act, start.brand, &loaded.ticket, *delay_minutes, cause).await?;
            Ok(match outcome {
                SurveyOutcome::Scheduled(id) => Outcome::done(Some(JsonText::of(&json!({ "feedbackId": id })))),
                SurveyOutcome::Skipped(skip) => Outcome::because(ActionStatus::Skipped, skip.reason()),
            })
        }
        Action::SendWebhook { webhook_id: Some(id), .. } => deliver(tx, act, start, id).await,
        _ => Err(store::Error::Bug("nobody knows how to do this action".to_owned()).into()),
    }
}

/// A delivery of the event to a webhook, whatever that has subscribed to.
async fn deliver(tx: &Tx, act: &Act, start: Start<'_>, id: &str) -> Result<Outcome> {
    let brand = &start.brand.id;
    store::webhooks::hold(tx, brand).await?;
    let Some(hook) = store::webhooks::get(tx, brand, id).await? else {
        return Ok(Outcome::because(ActionStatus::Failed, "the webhook is not there"));
    };
    if !hook.webhook.enabled {
        return Ok(Outcome::because(ActionStatus::Failed, "the webhook is disabled"));
    }
    let Event { sequence, id, kind, created_at, .. } = start.event.clone();
    let delivery: DeliveryId = act.mint.id();
    store::deliveries::insert(tx, brand, &delivery, &hook, &Head { sequence, id, kind, created_at }, act.at).await?;
    store::webhooks::due(tx, brand, &hook.webhook.id, act.at).await?;
    Ok(Outcome::done(Some(JsonText::of(&json!({ "deliveryId": delivery })))))
}

async fn mail(tx: &Tx, act: &Act, start: Start<'_>, (to, subject, body): (&[MailTo], &str, &str)) -> Result<Outcome> {
    let about = start.about();
    let (ticket, statuses) = about.load(tx).await?;
    if ticket.is_spam {
        return Ok(Outcome::because(ActionStatus::Skipped, "nobody is mailed about spam"));
    }
    let people = recipients(tx, start.brand, &ticket, to).await?;
    if people.is_empty() {
        return Ok(Outcome::because(ActionStatus::Skipped, "there is nobody to mail"));
    }
    let fill = |text| about.text(text, &ticket, &statuses, Escape::Plain);
    // A subject is one line.
    let subject = fill(subject).replace(|c: char| c.is_control(), " ");
    let body = fill(body);
    if is_empty(&subject) && is_empty(&body) {
        return Ok(Outcome::because(ActionStatus::Skipped, NO_TEXT));
    }
    let addresses: Vec<String> = people.iter().map(|person| person.address.clone()).collect();
    let new = NewMail {
        ticket: Some(ticket.id.clone()),
        event: Some(start.event.id.clone().into()),
        ..NewMail::new(&start.brand.id, MailKind::Automation, people, subject, body)
    };
    crate::mails::queue(tx, act, new).await?;
    Ok(Outcome::done(Some(JsonText::of(&json!({ "mails": addresses.len() })))))
}

/// Who is mailed about a ticket, each once.
pub(super) async fn recipients(tx: &Tx, brand: &Brand, ticket: &Ticket, to: &[MailTo]) -> Result<Vec<Recipient>> {
    let mut people: Vec<Recipient> = Vec::new();
    let mut add = |address: &str, name: Option<&str>| {
        if !people.iter().any(|known| known.address.eq_ignore_ascii_case(address)) {
            people.push(Recipient::new(address, name));
        }
    };
    for MailTo(to) in to {
        match to.as_str() {
            "assignee" => {
                if let Some(email) = &ticket.assignee_email {
                    add(email, ticket.assignee_name.as_deref());
                }
            }
            "customer" => {
                if let Some(customer) = ticket.customer.as_ref().filter(|customer| customer.notify_email) {
                    add(&customer.email, customer.name.as_deref());
                }
            }
            "watchers" => {
                for watcher in store::watchers::of_ticket(tx, &brand.id, &ticket.id).await? {
                    add(&watcher.email, watcher.name.as_deref());
                }
            }
            address => add(address, None),
        }
    }
    Ok(people)
}

/// Notes what has failed at an automation, and records `automation.failed`; `first`: nothing of the run had failed before.
pub(super) async fn tell_of_failure(
    tx: &Tx,
    act: &Act,
    brand: &dispatch_model::BrandId,
    automation: &Automation,
    run: &Run,
    first: bool,
) -> Result<()> {
    let failed = |action: &&ActionRun| action.status == ActionStatus::Failed;
    let Some(error) = run.actions.iter().filter(failed).find_map(|action| action.error.clone()) else { return Ok(()) };
    store::automations::failed(tx, brand, &automation.id, &error, first).await?;
    let shown = store::automations::get(tx, brand, automation.id.as_str()).await?;
    let mut event = payload::object("automation.failed", automation.id.as_str(), "automation", automation, None);
    event.data = JsonText::of(&json!({
        "id": automation.id,
        "automation": shown.map_or_else(|| automation.clone(), |kept| kept.automation),
        "run": run,
    }));
    tx.record(act, brand, event);
    Ok(())
}

/// The refusal of an action, when that is what an error is.
pub(super) fn refusal(error: Error) -> Result<Refusal> {
    match error {
        Error::Refused(refusal) => Ok(refusal),
        other @ Error::Database(_) => Err(other),
    }
}
