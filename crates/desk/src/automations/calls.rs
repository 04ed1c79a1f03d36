//! The life of one call of a run: claimed, made elsewhere, written down. All of it in the brand's lane.

use dispatch_model::{
    BrandId, Errors, JsonText, Patch, Timestamp,
    automation::{Action, ActionRun, ActionStatus, JIRA_SUMMARY},
    connection::{Answer, Config, Issue, Message, Target},
    event::{Act, Event},
    input::Parse,
    template::Escape,
    text::Links,
    ticket::{Ticket, TicketPatch},
    webhook::payload,
};
use dispatch_seal::ServerKey;
use dispatch_store::{
    self as store, Tx,
    automations::{
        calls::{self as kept, CallKey, KeptCall},
        runs::KeptRun,
    },
    connections::ConnectionRow,
};
use serde_json::{Value, json};

use super::{
    Rules,
    facts::{Around, Facts, Happened},
    on_ticket::{NO_TEXT, filled, is_empty},
    run::{short, tell_of_failure},
};
use crate::{Error, Refusal, Result, connections, tickets};

/// A call whose attempt begins.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Which call.
    pub key: CallKey,
    /// What is called.
    pub target: Target,
    /// What is said.
    pub message: Message,
    /// The number of this attempt.
    pub attempt: i64,
    /// Its place in the schedule, from 1.
    pub tries: i64,
}

/// What has become of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was taken.
    Done,
    /// It is made again.
    Again,
    /// It was given up.
    GaveUp,
    /// Another attempt counts: the lease of this one had ended.
    Superseded,
}

/// How long a second issue of a ticket waits for the first: then the ticket says whether it has one.
const ISSUE_WAITS_MS: i64 = 1_000;

/// What a call is about.
#[derive(Debug)]
struct Call {
    kept: KeptRun,
    call: KeptCall,
    event: Event,
    /// What the automation does on its occasion.
    act: Act,
}

impl Call {
    fn place(key: &CallKey) -> usize {
        usize::try_from(key.place).unwrap_or(usize::MAX)
    }

    async fn load(tx: &Tx, act: &Act, key: &CallKey) -> Result<Option<Self>> {
        let Some(call) = kept::get(tx, key).await? else { return Ok(None) };
        let run = store::automations::runs::get(tx, &key.brand, key.run.as_str()).await?;
        let run = run.filter(|run| run.definition.len() > Self::place(key) && run.run.actions.len() > Self::place(key));
        let event = match &run {
            Some(run) => store::log::at(tx, &key.brand, run.sequence).await?,
            None => None,
        };
        let alive = store::brands::get(tx, &key.brand).await?.is_some();
        let (Some(run), Some(event), true) = (run, event, alive) else {
            // Nobody is left who could be told what comes of it.
            kept::remove(tx, key).await?;
            return Ok(None);
        };
        let automation = store::automations::get(tx, &key.brand, run.run.automation_id.as_str()).await?;
        let name = automation.map_or_else(|| "deleted automation".to_owned(), |kept| kept.automation.name);
        let act = act.of_automation(&run.run.automation_id, &name, &event);
        Ok(Some(Self { kept: run, call, event, act }))
    }

    /// It is over.
    async fn finish(mut self, tx: &Tx, key: &CallKey, outcome: ActionRun) -> Result<()> {
        let before = |action: &ActionRun| action.status == ActionStatus::Failed;
        let (first, fails) = (!self.kept.run.actions.iter().any(before), before(&outcome));
        let over = outcome.status != ActionStatus::Pending;
        self.kept.run.actions[Self::place(key)] = outcome;
        self.kept.run.settle(self.act.at);
        store::automations::runs::update(tx, &key.brand, &self.kept.run).await?;
        if over {
            kept::remove(tx, key).await?;
        }
        if fails {
            let id = &self.kept.run.automation_id;
            if let Some(kept) = store::automations::get(tx, &key.brand, id.as_str()).await? {
                tell_of_failure(tx, &self.act, &key.brand, &kept.automation, &self.kept.run, first).await?;
            }
        }
        Ok(())
    }

    /// It ends without being made.
    async fn end(self, tx: &Tx, key: &CallKey, status: ActionStatus, why: &str) -> Result<()> {
        let kind = self.kept.definition[Self::place(key)].kind();
        let (attempts, error) = (self.call.attempts, Some(short(why)));
        let outcome = ActionRun { attempts, error, ..ActionRun::once(kind, status) };
        self.finish(tx, key, outcome).await
    }
}

/// Takes a call that is due until `until`; nothing when it is not, or ends here. In the brand's lane; of `act` only the moment counts.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn claim(
    tx: &Tx,
    act: &Act,
    key: &CallKey,
    until: Timestamp,
    (rules, server_key): (&Rules, &ServerKey),
) -> Result<Option<Claimed>> {
    let Some(about) = Call::load(tx, act, key).await? else { return Ok(None) };
    if about.call.due_at > act.at {
        return Ok(None);
    }
    let row = match store::connections::get(tx, &key.brand, &about.call.connection).await? {
        None => return gone(about, tx, key, "the connection is not there").await,
        Some(row) if !row.connection.enabled => return gone(about, tx, key, "the connection is disabled").await,
        Some(row) => row,
    };
    let loaded = match tickets::load(tx, &key.brand, about.call.ticket.as_str()).await {
        Err(Error::Refused(Refusal::NotFound)) => {
            about.end(tx, key, ActionStatus::Skipped, "the ticket is not there").await?;
            return Ok(None);
        }
        other => other?,
    };
    let ticket = loaded.ticket.view(&loaded.statuses)?;
    if let Action::CreateJiraIssue { once: true, .. } = &about.kept.definition[Call::place(key)] {
        if let Some(url) = issue_of(&ticket, &row) {
            about.end(tx, key, ActionStatus::Skipped, &format!("the ticket has an issue already: {url}")).await?;
            return Ok(None);
        }
        if kept::another_under_way(tx, key, &about.call, act.at).await? {
            kept::again(tx, key, act.at.plus_ms(ISSUE_WAITS_MS)).await?;
            return Ok(None);
        }
    }
    let target = match connections::target(&row, server_key) {
        Ok(target) => target,
        Err(Error::Refused(_)) => return gone(about, tx, key, connections::UNOPENED).await,
        Err(error) => return Err(error),
    };
    let Some(happened) = Happened::of(&about.event) else {
        return gone(about, tx, key, "its event starts no automation").await;
    };
    let happened = happened.whole(tx, &key.brand).await?;
    let around = Around { statuses: &loaded.statuses, brand_name: &loaded.brand.name, base_url: &rules.base_url };
    let facts = Facts::plain(around, &ticket, &happened);
    let action = &about.kept.definition[Call::place(key)];
    let Some(message) = message(action, &row, &facts, &about.event, &ticket) else {
        return gone(about, tx, key, "the connection is one of another type").await;
    };
    let said = match &message {
        Message::Slack { text } => Some(text),
        Message::Jira { summary, .. } => Some(summary),
        Message::Http { .. } => None,
    };
    if said.is_some_and(|text| is_empty(text)) {
        about.end(tx, key, ActionStatus::Skipped, NO_TEXT).await?;
        return Ok(None);
    }
    kept::claim(tx, key, until).await?;
    let (attempt, tries) = (about.call.attempts + 1, about.call.tries + 1);
    Ok(Some(Claimed { key: key.clone(), target, message, attempt, tries }))
}

async fn gone(about: Call, tx: &Tx, key: &CallKey, why: &str) -> Result<Option<Claimed>> {
    about.end(tx, key, ActionStatus::Failed, why).await?;
    Ok(None)
}

/// What is said to the other side.
pub(super) fn message(
    action: &Action,
    row: &ConnectionRow,
    facts: &Facts<'_>,
    event: &Event,
    ticket: &Ticket,
) -> Option<Message> {
    match (action, &row.connection.config) {
        (Action::NotifySlack { text, .. }, Config::Slack(_)) => {
            Some(Message::Slack { text: filled(text, facts, Escape::Slack) })
        }
        (Action::CreateJiraIssue { summary, description, issue_type, .. }, Config::Jira(_)) => {
            let fill = |text: &str| filled(text, facts, Escape::Plain);
            Some(Message::Jira {
                summary: fill(summary.as_deref().unwrap_or(JIRA_SUMMARY)),
                description: fill(description.as_deref().unwrap_or_default()),
                issue_type: issue_type.clone(),
                ticket_number: ticket.ticket_number.clone(),
            })
        }
        (Action::SendWebhook { .. }, Config::Http(http)) => {
            let body = http.body(&payload(event), &|name| facts.placeholder(name));
            Some(Message::Http { body, event_id: event.id.clone() })
        }
        _ => None,
    }
}

/// How a link that leads to an issue says so.
const JIRA: &str = "jira";

/// The issue of a connection that a ticket has.
pub(super) fn issue_of(ticket: &Ticket, row: &ConnectionRow) -> Option<String> {
    let Config::Jira(config) = &row.connection.config else { return None };
    let start = format!("{}/browse/{}-", config.site_url, config.project_key);
    let links: Vec<Value> = serde_json::from_str(ticket.links.as_str()).unwrap_or_default();
    links.into_iter().find_map(|link| {
        let url = link.get("url")?.as_str()?;
        (link.get("type")?.as_str()? == JIRA && url.starts_with(&start)).then(|| url.to_owned())
    })
}

/// Writes down what came of an attempt; `again`: when to make the next one, if the schedule goes on. In the brand's lane; of `act` only
/// the moment and the ids count.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn record(tx: &Tx, act: &Act, claimed: &Claimed, answer: &Answer, again: Option<Timestamp>) -> Result<Ended> {
    let key = &claimed.key;
    let Some(about) = Call::load(tx, act, key).await? else { return Ok(Ended::Superseded) };
    if about.call.attempts != claimed.attempt || !about.call.claimed {
        return Ok(Ended::Superseded);
    }
    let kind = about.kept.definition[Call::place(key)].kind();
    let outcome = |status| ActionRun { attempts: claimed.attempt, ..ActionRun::once(kind, status) };
    let connection = about.call.connection.as_str().into();
    connections::note_use(tx, &key.brand, &connection, answer.ok, answer.error(), act.at).await?;
    if answer.ok {
        let mut outcome = outcome(ActionStatus::Done);
        outcome.result = Some(JsonText::of(&json!({ "status": answer.status })));
        if let Some(issue) = &answer.issue {
            outcome.result = Some(JsonText::of(&json!({ "key": issue.key, "url": issue.url })));
            outcome.error = link(tx, &about.act, &key.brand, about.call.ticket.as_str(), issue).await?;
        }
        about.finish(tx, key, outcome).await?;
        return Ok(Ended::Done);
    }
    let error = Some(short(&answer.message));
    if let Some(again) = again {
        kept::again(tx, key, again).await?;
        about.finish(tx, key, ActionRun { error, ..outcome(ActionStatus::Pending) }).await?;
        return Ok(Ended::Again);
    }
    let act = about.act.clone();
    about.finish(tx, key, ActionRun { error, ..outcome(ActionStatus::Failed) }).await?;
    connections::gave_up(tx, &act, &key.brand, &connection).await?;
    Ok(Ended::GaveUp)
}

/// Puts an issue among the links of its ticket; why it could not be done, if so: the issue is there all the same.
async fn link(tx: &Tx, act: &Act, brand: &BrandId, ticket: &str, issue: &Issue) -> Result<Option<String>> {
    let loaded = match tickets::load(tx, brand, ticket).await {
        Err(Error::Refused(Refusal::NotFound)) => return Ok(Some("the ticket is not there".to_owned())),
        other => other?,
    };
    let mut links: Vec<Value> = serde_json::from_str(loaded.ticket.links.as_str()).unwrap_or_default();
    links.push(json!({ "url": issue.url, "title": issue.key, "type": JIRA }));
    let mut errors = Errors::default();
    let Some(links) = Links::parse(Value::Array(links), "links", &mut errors) else {
        return Ok(Some("the ticket takes no more links".to_owned()));
    };
    let patch = TicketPatch { links: Patch::Set(links), ..TicketPatch::nothing() };
    tickets::update(tx, act, brand, ticket, &patch, tickets::trigger(act)).await?;
    Ok(None)
}
