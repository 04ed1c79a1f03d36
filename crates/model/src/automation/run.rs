//! What became of automations.

use serde::Serialize;
use utoipa::ToSchema;

use super::ActionType;
use crate::{AutomationId, JsonText, RunId, TicketId, Timestamp};

crate::text_enum! {
    /// What has become of a run. While a call is under way it counts as done; `finishedAt` says that it is not over.
    pub enum RunStatus {
        /// No action failed.
        Success = "success",
        /// Some actions failed.
        Partial = "partial",
        /// Every action failed.
        Failed = "failed",
        /// It did not begin.
        Skipped = "skipped",
    }
}

crate::text_enum! {
    /// Why a run did not begin.
    pub enum SkipReason {
        /// Too many automations led to its event.
        DepthLimit = "depth_limit",
        /// The automation itself led to its event.
        OwnEvent = "own_event",
        /// The ticket had too many runs within an hour.
        RateLimit = "rate_limit",
        /// The ticket is no longer there.
        TicketGone = "ticket_gone",
    }
}

crate::text_enum! {
    /// What has become of an action.
    pub enum ActionStatus {
        /// It was done.
        Done = "done",
        /// It was given up.
        Failed = "failed",
        /// It is still to be called, for the first time or again.
        Pending = "pending",
        /// There was nothing to do.
        Skipped = "skipped",
    }
}

/// An action of a run.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActionRun {
    /// What kind of action.
    #[serde(rename = "type")]
    pub kind: ActionType,
    /// What has become of it.
    pub status: ActionStatus,
    /// How often it was tried.
    pub attempts: i64,
    /// What it brought about.
    pub result: Option<JsonText>,
    /// Why it failed last, or why there was nothing to do.
    pub error: Option<String>,
}

impl ActionRun {
    /// An action that was tried once.
    #[must_use]
    pub const fn once(kind: ActionType, status: ActionStatus) -> Self {
        Self { kind, status, attempts: 1, result: None, error: None }
    }

    /// A call that is still to be made.
    #[must_use]
    pub const fn pending(kind: ActionType) -> Self {
        Self { kind, status: ActionStatus::Pending, attempts: 0, result: None, error: None }
    }

    /// Reads the actions of a run as they are kept.
    ///
    /// # Errors
    /// When they are no actions.
    pub fn read_all(text: &str) -> Result<Vec<Self>, String> {
        let wrong = |what: &str| format!("the actions of a run cannot be read: {what}");
        let all: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
        all.into_iter()
            .map(|one| {
                let said = |name: &str| one.get(name).and_then(serde_json::Value::as_str);
                Ok(Self {
                    kind: ActionType::read(said("type").unwrap_or_default()).map_err(|why| wrong(&why))?,
                    status: ActionStatus::read(said("status").unwrap_or_default()).map_err(|why| wrong(&why))?,
                    attempts: one.get("attempts").and_then(serde_json::Value::as_i64).unwrap_or(0),
                    result: one.get("result").filter(|result| !result.is_null()).map(JsonText::of),
                    error: said("error").map(str::to_owned),
                })
            })
            .collect()
    }
}

/// One run of an automation.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The automation.
    pub automation_id: AutomationId,
    /// The event that started it.
    pub event_id: String,
    /// The ticket that it is about.
    pub ticket_id: TicketId,
    /// How many automations led to its event.
    pub depth: i64,
    /// What has become of it.
    pub status: RunStatus,
    /// Why it did not begin.
    pub reason: Option<SkipReason>,
    /// What has become of its actions; empty when it did not begin.
    pub actions: Vec<ActionRun>,
    /// When it began.
    pub started_at: Timestamp,
    /// When its last action ended; null while a call is still to be made.
    pub finished_at: Option<Timestamp>,
}

impl Run {
    /// What its actions say of it: its status, and when it ended if that is now.
    pub fn settle(&mut self, now: Timestamp) {
        if self.status == RunStatus::Skipped {
            return;
        }
        let is = |status| move |action: &&ActionRun| action.status == status;
        let failed = self.actions.iter().filter(is(ActionStatus::Failed)).count();
        let pending = self.actions.iter().any(|action| action.status == ActionStatus::Pending);
        self.status = if failed == 0 {
            RunStatus::Success
        } else if failed == self.actions.len() {
            RunStatus::Failed
        } else {
            RunStatus::Partial
        };
        self.finished_at = if pending { None } else { Some(now) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(statuses: &[ActionStatus]) -> Run {
        let actions = statuses.iter().map(|status| ActionRun::once(ActionType::SetStatus, *status)).collect();
        let mut run = Run {
            id: RunId::from("run_1"),
            automation_id: AutomationId::from("aut_1"),
            event_id: "evt_1".to_owned(),
            ticket_id: TicketId::from("tkt_1"),
            depth: 0,
            status: RunStatus::Success,
            reason: None,
            actions,
            started_at: Timestamp::from_millis(1),
            finished_at: None,
        };
        run.settle(Timestamp::from_millis(2));
        run
    }

    #[test]
    fn a_run_is_what_its_actions_are() {
        use ActionStatus::{Done, Failed, Pending, Skipped};
        for (actions, status, over) in [
            (&[Done, Skipped][..], RunStatus::Success, true),
            (&[Done, Pending], RunStatus::Success, false),
            (&[Failed, Pending], RunStatus::Partial, false),
            (&[Failed, Done], RunStatus::Partial, true),
            (&[Failed, Failed], RunStatus::Failed, true),
        ] {
            let run = run(actions);
            assert_eq!((run.status, run.finished_at.is_some()), (status, over), "{actions:?}");
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut action = ActionRun::once(ActionType::CreateJiraIssue, ActionStatus::Done);
        action.result = Some(JsonText::stored(r#"{"key":"OPS-1"}"#.to_owned()));
        let text = JsonText::of(&vec![action.clone(), ActionRun::pending(ActionType::NotifySlack)]);
        let read = ActionRun::read_all(text.as_str()).expect("actions");
        assert_eq!(read, [action, ActionRun::pending(ActionType::NotifySlack)]);
    }
}
