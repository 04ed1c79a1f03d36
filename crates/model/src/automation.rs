//! Automations (API 18): what a brand does by itself when something happens, and what came of it.

mod action;
mod condition;
mod run;

pub use action::{Action, ActionType, JIRA_SUMMARY, MailTo};
pub use condition::{Cond, Conditions, Field, FieldKind, Op};
pub use run::{ActionRun, ActionStatus, Run, RunStatus, SkipReason};

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    AutomationId, BrandId, Errors, JsonText, Timestamp,
    input::{Parse, nested, schema},
    limits::{ACTIONS_MAX, TRIGGER_EVENTS_MAX},
    text::{Description, Each, Name, NonEmpty, Reference},
};

crate::text_enum! {
    /// An event that can start an automation.
    pub enum TriggerEvent {
        /// A ticket was created.
        TicketCreated = "ticket.created",
        /// A field of a ticket was changed.
        TicketUpdated = "ticket.updated",
        /// A ticket was closed.
        TicketClosed = "ticket.closed",
        /// A ticket came back to an active status.
        TicketReopened = "ticket.reopened",
        /// Tickets were merged into another.
        TicketMerged = "ticket.merged",
        /// A ticket is past its due date.
        TicketOverdue = "ticket.overdue",
        /// A ticket was marked as spam.
        TicketSpamMarked = "ticket.spam_marked",
        /// A comment was written.
        CommentCreated = "comment.created" | "ticket.comment.created",
        /// A file was added.
        AttachmentCreated = "attachment.created",
        /// A survey was answered.
        FeedbackSubmitted = "feedback.submitted",
    }
}

/// What starts an automation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Trigger {
    /// Any of these events.
    pub events: Vec<TriggerEvent>,
}

crate::input! {
    /// What starts an automation.
    pub struct TriggerInput {
        /// Any of these events.
        events "events": required NonEmpty<TriggerEvent, TRIGGER_EVENTS_MAX>,
    }
}

impl Parse for Trigger {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let mut events: Vec<TriggerEvent> = Vec::new();
        for event in nested::<TriggerInput>(value, at, errors)?.events.0 {
            if !events.contains(&event) {
                events.push(event);
            }
        }
        Some(Self { events })
    }

    fn schema() -> RefOr<Schema> {
        <TriggerInput as crate::Input>::schema().into()
    }
}

/// An automation of a brand.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Automation {
    /// Its id.
    pub id: AutomationId,
    /// Its brand.
    pub brand_id: BrandId,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it runs.
    pub enabled: bool,
    /// Place in the order of execution, from 0.
    pub sort_order: i64,
    /// What starts it.
    pub trigger: Trigger,
    /// When it goes on: all of `all`, and at least one of `any` unless that is empty.
    pub conditions: Conditions,
    /// What it does, in this order.
    pub actions: Vec<Action>,
    /// How often it has run; skips do not count.
    pub run_count: i64,
    /// How many of its runs had an action that failed.
    pub failure_count: i64,
    /// When it ran last.
    pub last_run_at: Option<Timestamp>,
    /// Why an action failed last.
    pub last_error: Option<String>,
    /// Who created it: the address of a member, or the name of an API key.
    pub created_by: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The actions of an automation in a request.
pub type Actions = NonEmpty<Action, ACTIONS_MAX>;

crate::input! {
    /// A new automation.
    pub struct NewAutomation {
        /// What it is called.
        name "name": required Name,
        /// What starts it.
        trigger "trigger": required Trigger,
        /// What it does, in this order.
        actions "actions": required Actions,
        /// When it goes on; always when left out.
        conditions "conditions": optional Conditions,
        /// Whether it runs; true when left out.
        enabled "enabled": optional bool,
        /// What it is for.
        description "description": optional Description,
    }
    example r#"{
        "name": "Hand urgent tickets to Ana",
        "trigger": { "events": ["ticket.created", "ticket.updated"] },
        "conditions": { "all": [{ "field": "priority", "op": "changed_to", "value": "urgent" }] },
        "actions": [
            { "type": "assign", "assigneeEmail": "ana@acme.example" },
            { "type": "add_note", "body": "Urgent: {{ticket.title}}" }
        ]
    }"#;
}

crate::input! {
    /// A change of an automation.
    pub struct AutomationPatch {
        /// What it is called.
        name "name": change Name,
        /// What starts it, as a whole.
        trigger "trigger": change Trigger,
        /// What it does, as a whole.
        actions "actions": change Actions,
        /// When it goes on, as a whole; null for always.
        conditions "conditions": patch Conditions,
        /// Whether it runs. Enabling begins with what happens from then on.
        enabled "enabled": change bool,
        /// What it is for.
        description "description": patch Description,
    }
    example r#"{ "enabled": false }"#;
}

/// As many automations as a brand may have.
const AUTOMATIONS: usize = 200;

crate::input! {
    /// The order of execution of all automations.
    pub struct AutomationOrder {
        /// Every automation of the brand once.
        automation_ids "automationIds": required Each<Reference, AUTOMATIONS>,
    }
    example r#"{ "automationIds": ["aut_01kdyam1a3eg94eaa775gmzwyq"] }"#;
}

/// Changes that a dry run pretends: by the name of the field.
#[derive(Clone, Debug, PartialEq)]
pub struct PretendedChanges(pub JsonText);

impl Parse for PretendedChanges {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let before = errors.len();
        let changes = JsonText::parse(value, at, errors)?;
        for (field, change) in changes.members() {
            let whole =
                change.as_object().is_some_and(|change| change.contains_key("old") || change.contains_key("new"));
            if !whole {
                errors.push(format!("{at}.{field}"), "must be an object with old and new");
            }
        }
        (errors.len() == before).then_some(Self(changes))
    }

    fn schema() -> RefOr<Schema> {
        schema::object()
    }
}

crate::input! {
    /// An event that a dry run pretends.
    pub struct PretendedEvent {
        /// Its type.
        kind "type": required TriggerEvent,
        /// What it changed: `old` and `new` by the name of the field.
        changes "changes": optional PretendedChanges,
    }
}

impl Parse for PretendedEvent {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        nested(value, at, errors)
    }

    fn schema() -> RefOr<Schema> {
        <Self as crate::Input>::schema().into()
    }
}

crate::input! {
    /// A dry run of an automation.
    pub struct AutomationTest {
        /// The ticket, by id or number.
        ticket_id "ticketId": required Reference,
        /// What happens to it; when left out, the last event of it that starts the automation.
        event "event": optional PretendedEvent,
    }
    example r#"{
        "ticketId": "DT-1042",
        "event": { "type": "ticket.updated", "changes": { "priority": { "old": "normal", "new": "urgent" } } }
    }"#;
}

/// What a dry run found: what would happen, of which nothing has.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AutomationTested {
    /// Whether it would run.
    pub matched: bool,
    /// Every condition with what it found.
    pub conditions: Vec<CondTested>,
    /// Every action with what it would do.
    pub actions: Vec<ActionTested>,
}

/// A condition of a dry run.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CondTested {
    /// Where it stands, such as `conditions.all[0]`.
    pub path: String,
    /// The value of its field; null when it has none.
    #[schema(value_type = Value, required = true)]
    pub actual: Value,
    /// Whether it holds.
    pub result: bool,
}

/// An action of a dry run.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActionTested {
    /// What kind of action.
    #[serde(rename = "type")]
    pub kind: ActionType,
    /// What it would do: its parameters, with every placeholder filled in.
    pub preview: JsonText,
}
