//! A dry run: what an automation would do, of which nothing is done.

use dispatch_model::{
    BrandId, JsonText,
    automation::{Action, ActionTested, AutomationTest, AutomationTested, PretendedChanges, PretendedEvent},
    event::{Act, Event, Telling},
    template::Escape,
    ticket::Ticket,
};
use dispatch_store::{self as store, Tx};
use serde_json::{Value, json};

use super::{
    Rules,
    calls::{issue_of, message},
    conditions,
    facts::{Around, Facts, Happened},
    find,
    on_ticket::filled,
    run::recipients,
};
use crate::{Result, brands, error::invalid, tickets};

/// Events of a ticket among which the last one that starts the automation is looked for.
const LOOKED_AT: i64 = 200;

/// What an automation would do to a ticket. Whether it is enabled does not matter.
///
/// # Errors
/// When there is no such automation or ticket, or nothing has happened that starts it.
pub async fn test(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    order: &AutomationTest,
    rules: &Rules,
) -> Result<AutomationTested> {
    let whole = brands::get(tx, brand).await?;
    let automation = find(tx, brand, id).await?.automation;
    let mut errors = act.wrong.clone();
    let known = store::tickets::id_of(tx, brand, &order.ticket_id).await?;
    if known.is_none() && errors.is_empty() {
        errors.push("ticketId", "unknown ticket");
    }
    errors.into_result()?;
    let loaded = tickets::load(tx, brand, &order.ticket_id).await?;
    let ticket = loaded.ticket.view(&loaded.statuses)?;
    let (happened, event) = match &order.event {
        Some(PretendedEvent { kind, changes }) => {
            let changes = changes.as_ref().map(|PretendedChanges(changes)| changes);
            (Happened::pretended(*kind, changes), pretended(act, brand, kind.as_str(), changes, &ticket))
        }
        None => {
            let last = store::log::last_of_ticket(tx, brand, ticket.id.as_str(), LOOKED_AT).await?;
            let found = last.into_iter().find_map(|event| {
                let happened = Happened::of(&event)?;
                automation.trigger.events.contains(&happened.kind).then_some((happened, event))
            });
            found.ok_or_else(|| invalid("event", "is required: nothing has happened to the ticket that starts it"))?
        }
    };
    let happened = happened.whole(tx, brand).await?;
    let around = Around { statuses: &loaded.statuses, brand_name: &whole.name, base_url: &rules.base_url };
    let facts = Facts::load(tx, brand, around, &ticket, &happened, &automation.conditions).await?;
    let starts = automation.trigger.events.contains(&happened.kind);
    let matched = starts && conditions::hold(&automation.conditions, &facts);
    let mut actions = Vec::with_capacity(automation.actions.len());
    for action in &automation.actions {
        let preview = preview(tx, &whole, action, &facts, &event, &ticket).await?;
        actions.push(ActionTested { kind: action.kind(), preview: JsonText::of(&preview) });
    }
    Ok(AutomationTested { matched, conditions: conditions::tested(&automation.conditions, &facts), actions })
}

/// An event that is in no log.
fn pretended(act: &Act, brand: &BrandId, kind: &str, changes: Option<&JsonText>, ticket: &Ticket) -> Event {
    Event {
        id: dispatch_model::id::event_id(act.at, act.random, 0),
        sequence: 0,
        kind: kind.to_owned(),
        brand_id: brand.clone(),
        created_at: act.at,
        source: "api".to_owned(),
        actor: JsonText::of(&act.actor),
        entity_id: ticket.id.0.clone(),
        ticket_id: Some(ticket.id.clone()),
        caused_by: None,
        depth: 0,
        changes: changes.cloned(),
        data: JsonText::of(&json!({ "id": ticket.id, "ticketId": ticket.id, "ticket": ticket })),
        telling: Telling::Usual,
    }
}

/// The parameters of an action, with every placeholder filled in; and what it would not do.
async fn preview(
    tx: &Tx,
    brand: &dispatch_model::brand::Brand,
    action: &Action,
    facts: &Facts<'_>,
    event: &Event,
    ticket: &Ticket,
) -> Result<Value> {
    let mut shown = serde_json::to_value(action).unwrap_or_default();
    let Some(members) = shown.as_object_mut() else { return Ok(shown) };
    members.shift_remove("type");
    for (field, text) in action.texts() {
        let escape = if field == "text" { Escape::Slack } else { Escape::Plain };
        members.insert(field.to_owned(), filled(text, facts, escape).into());
    }
    if let Action::NotifyEmail { to, .. } = action {
        let people = recipients(tx, brand, ticket, to).await?;
        members.insert("to".to_owned(), people.into_iter().map(|person| Value::from(person.address)).collect());
    }
    let row = match action.connection() {
        Some(id) => store::connections::get(tx, &brand.id, id).await?,
        None => None,
    };
    if let Some(row) = row {
        use dispatch_model::connection::Message;
        match message(action, &row, facts, event, ticket) {
            Some(Message::Jira { summary, description, .. }) => {
                members.insert("summary".to_owned(), summary.into());
                members.insert("description".to_owned(), description.into());
            }
            Some(Message::Http { body, .. }) => {
                members.insert("body".to_owned(), body.into());
            }
            Some(Message::Slack { .. }) | None => {}
        }
        if matches!(action, Action::CreateJiraIssue { once: true, .. }) {
            members.insert("hasIssue".to_owned(), issue_of(ticket, &row).into());
        }
    }
    Ok(shown)
}
