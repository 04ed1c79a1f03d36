//! Actions: what there is to do, and what each of them needs to know.

use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use crate::{
    Errors, Input, Patch,
    input::{Parse, nested, schema, string},
    limits::{
        JIRA_DESCRIPTION_MAX, JIRA_SUMMARY_MAX, MAIL_SUBJECT_MAX, MAIL_TO_MAX, SLACK_TEXT_MAX,
        SURVEY_DELAY_MINUTES_MAX, TICKET_TAGS_MAX,
    },
    template::Template,
    text::{CommentBody, Email, Int, LongText, Name, NonEmpty, Reference, Text, Verbatim},
    ticket::{CloseReason, Priority},
};

crate::text_enum! {
    /// What kind of action.
    pub enum ActionType {
        /// The ticket gets a status.
        SetStatus = "set_status",
        /// The ticket gets a priority.
        SetPriority = "set_priority",
        /// The ticket gets a category, or none.
        SetCategory = "set_category",
        /// The ticket is assigned, or to nobody.
        Assign = "assign",
        /// The ticket gets tags; names that there are none of become tags.
        AddTags = "add_tags",
        /// The ticket loses tags.
        RemoveTags = "remove_tags",
        /// An internal note is written.
        AddNote = "add_note",
        /// A public answer is written and mailed to the customer.
        Reply = "reply",
        /// A message is posted to Slack.
        NotifySlack = "notify_slack",
        /// An issue is created in Jira.
        CreateJiraIssue = "create_jira_issue",
        /// The customer is asked how it was.
        SendSurvey = "send_survey",
        /// A webhook or an HTTP connection is called with the event.
        SendWebhook = "send_webhook",
        /// A mail is sent.
        NotifyEmail = "notify_email",
    }
}

impl ActionType {
    /// Whether it changes the ticket: these happen together or not at all.
    #[must_use]
    pub const fn is_on_ticket(self) -> bool {
        use ActionType::{AddNote, AddTags, Assign, RemoveTags, Reply, SetCategory, SetPriority, SetStatus};
        matches!(self, SetStatus | SetPriority | SetCategory | Assign | AddTags | RemoveTags | AddNote | Reply)
    }
}

/// What a Jira issue is called when nothing is said.
pub const JIRA_SUMMARY: &str = "[{{ticket.ticketNumber}}] {{ticket.title}}";

/// Who is mailed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MailTo(pub String);

impl MailTo {
    /// The words that stand for somebody of the ticket.
    pub const WORDS: &'static [&'static str] = &["assignee", "watchers", "customer"];
}

impl Parse for MailTo {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        if let Some(word) = Self::WORDS.iter().find(|word| text.trim() == **word) {
            return Some(Self((*word).to_owned()));
        }
        match Email::new(&text) {
            Ok(email) => Some(Self(email.into())),
            Err(_) => {
                errors.push(at, format!("must be an email address or one of: {}", Self::WORDS.join(", ")));
                None
            }
        }
    }

    fn schema() -> RefOr<Schema> {
        schema::any_of([schema::one_of(Self::WORDS), Email::schema()])
    }
}

crate::input! {
    /// The ticket gets a status.
    pub struct SetStatus {
        /// Key, id or `sts_<key>`.
        status "status": required Reference,
        /// Why it is closed; only with `closed`.
        close_reason "closeReason": optional CloseReason,
    }
}

crate::input! {
    /// The ticket gets a priority.
    pub struct SetPriority {
        /// How urgent it is.
        priority "priority": required Priority,
    }
}

crate::input! {
    /// The ticket gets a category.
    pub struct SetCategory {
        /// Id or key of a category; null for none.
        category_id "categoryId": patch Reference,
    }
}

crate::input! {
    /// The ticket is assigned.
    pub struct Assign {
        /// An active member with access to the brand; null for nobody.
        assignee_id "assigneeId": patch Reference,
        /// The address of such a member, or of an outside assignee; null for nobody.
        assignee_email "assigneeEmail": patch Email,
    }
}

crate::input! {
    /// The ticket gets or loses tags.
    pub struct OnTags {
        /// Names or ids.
        tags "tags": required NonEmpty<Name, TICKET_TAGS_MAX>,
    }
}

crate::input! {
    /// An internal note is written.
    pub struct AddNote {
        /// Its text, with placeholders.
        body "body": required CommentBody,
    }
}

crate::input! {
    /// A public answer is written and mailed to the customer.
    pub struct Reply {
        /// Its text, with placeholders.
        body "body": required CommentBody,
        /// The status that the ticket gets with it: key, id or `sts_<key>`.
        set_status "setStatus": optional Reference,
    }
}

crate::input! {
    /// A message is posted to Slack.
    pub struct NotifySlack {
        /// A connection to Slack.
        connection_id "connectionId": required Reference,
        /// The message, with placeholders.
        text "text": required Verbatim<1, SLACK_TEXT_MAX>,
    }
}

crate::input! {
    /// An issue is created in Jira; its key and address become a link of the ticket.
    pub struct CreateJiraIssue {
        /// A connection to Jira.
        connection_id "connectionId": required Reference,
        /// What the issue is called, with placeholders; `[{{ticket.ticketNumber}}] {{ticket.title}}` when left out.
        summary "summary": optional Text<1, JIRA_SUMMARY_MAX>,
        /// What it says, with placeholders.
        description "description": optional Verbatim<0, JIRA_DESCRIPTION_MAX>,
        /// Its type in Jira; that of the connection when left out.
        issue_type "issueType": optional Name,
        /// Whether a ticket that has an issue of this connection gets no other; true when left out.
        once "once": optional bool,
    }
}

crate::input! {
    /// The customer is asked how it was.
    pub struct SendSurvey {
        /// How many minutes later; as the brand says when left out.
        delay_minutes "delayMinutes": optional Int<0, SURVEY_DELAY_MINUTES_MAX>,
    }
}

crate::input! {
    /// An HTTP connection is called with the event.
    pub struct CallConnection {
        /// An HTTP connection.
        connection_id "connectionId": required Reference,
    }
}

crate::input! {
    /// A webhook is called with the event.
    pub struct CallWebhook {
        /// A webhook.
        webhook_id "webhookId": required Reference,
    }
}

crate::input! {
    /// A mail is sent.
    pub struct NotifyEmail {
        /// Addresses, `assignee`, `watchers` or `customer`.
        to "to": required NonEmpty<MailTo, MAIL_TO_MAX>,
        /// Its subject, with placeholders.
        subject "subject": required Text<1, MAIL_SUBJECT_MAX>,
        /// Its text, with placeholders.
        body "body": required LongText,
    }
}

/// One action with its parameters, as they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are those of the inputs above")]
pub enum Action {
    SetStatus {
        status: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        close_reason: Option<CloseReason>,
    },
    SetPriority {
        priority: Priority,
    },
    SetCategory {
        category_id: Option<String>,
    },
    Assign {
        #[serde(skip_serializing_if = "Option::is_none")]
        assignee_id: Option<Option<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        assignee_email: Option<Option<String>>,
    },
    AddTags {
        tags: Vec<String>,
    },
    RemoveTags {
        tags: Vec<String>,
    },
    AddNote {
        body: String,
    },
    Reply {
        body: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        set_status: Option<String>,
    },
    NotifySlack {
        connection_id: String,
        text: String,
    },
    CreateJiraIssue {
        connection_id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        issue_type: Option<String>,
        once: bool,
    },
    SendSurvey {
        #[serde(skip_serializing_if = "Option::is_none")]
        delay_minutes: Option<i64>,
    },
    SendWebhook {
        #[serde(skip_serializing_if = "Option::is_none")]
        connection_id: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        webhook_id: Option<String>,
    },
    NotifyEmail {
        to: Vec<MailTo>,
        subject: String,
        body: String,
    },
}

/// A field that null clears: left out, null, or a value.
fn cleared<T: Into<String>>(patch: Patch<T>) -> Option<Option<String>> {
    match patch {
        Patch::Keep => None,
        Patch::Clear => Some(None),
        Patch::Set(value) => Some(Some(value.into())),
    }
}

fn names(tags: OnTags) -> Vec<String> {
    tags.tags.0.into_iter().map(String::from).collect()
}

impl Action {
    /// What kind of action it is.
    #[must_use]
    pub const fn kind(&self) -> ActionType {
        match self {
            Self::SetStatus { .. } => ActionType::SetStatus,
            Self::SetPriority { .. } => ActionType::SetPriority,
            Self::SetCategory { .. } => ActionType::SetCategory,
            Self::Assign { .. } => ActionType::Assign,
            Self::AddTags { .. } => ActionType::AddTags,
            Self::RemoveTags { .. } => ActionType::RemoveTags,
            Self::AddNote { .. } => ActionType::AddNote,
            Self::Reply { .. } => ActionType::Reply,
            Self::NotifySlack { .. } => ActionType::NotifySlack,
            Self::CreateJiraIssue { .. } => ActionType::CreateJiraIssue,
            Self::SendSurvey { .. } => ActionType::SendSurvey,
            Self::SendWebhook { .. } => ActionType::SendWebhook,
            Self::NotifyEmail { .. } => ActionType::NotifyEmail,
        }
    }

    /// The connection that it calls.
    #[must_use]
    pub fn connection(&self) -> Option<&str> {
        match self {
            Self::NotifySlack { connection_id, .. } | Self::CreateJiraIssue { connection_id, .. } => {
                Some(connection_id)
            }
            Self::SendWebhook { connection_id, .. } => connection_id.as_deref(),
            _ => None,
        }
    }

    /// Reads an action as it is kept.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("an action cannot be read: {what}");
        let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
        let mut errors = Errors::default();
        Self::parse(value, "action", &mut errors).ok_or_else(|| wrong(&format!("{errors:?}")))
    }
}

impl Action {
    /// Its texts with placeholders, by the names of their fields.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts: [(&'static str, Option<&str>); 2] = match self {
            Self::AddNote { body } | Self::Reply { body, .. } => [("body", Some(body)), ("", None)],
            Self::NotifySlack { text, .. } => [("text", Some(text)), ("", None)],
            Self::CreateJiraIssue { summary, description, .. } => {
                [("summary", summary.as_deref()), ("description", description.as_deref())]
            }
            Self::NotifyEmail { subject, body, .. } => [("subject", Some(subject)), ("body", Some(body))],
            _ => [("", None), ("", None)],
        };
        texts.into_iter().filter_map(|(name, text)| Some((name, text?)))
    }
}

impl Parse for Action {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let Value::Object(mut members) = value else {
            errors.push(at, "must be an object");
            return None;
        };
        let kind = match members.shift_remove("type") {
            None | Some(Value::Null) => {
                errors.push(format!("{at}.type"), "is required");
                return None;
            }
            Some(kind) => <ActionType as Parse>::parse(kind, &format!("{at}.type"), errors)?,
        };
        let action = of_kind(kind, Value::Object(members), at, errors)?;
        let before = errors.len();
        for (field, text) in action.texts() {
            if let Err(message) = Template::parse(text) {
                errors.push(format!("{at}.{field}"), message);
            }
        }
        (errors.len() == before).then_some(action)
    }

    fn schema() -> RefOr<Schema> {
        action_schema()
    }
}

fn of_kind(kind: ActionType, value: Value, at: &str, errors: &mut Errors) -> Option<Action> {
    Some(match kind {
        ActionType::SetStatus => {
            let SetStatus { status, close_reason } = nested(value, at, errors)?;
            Action::SetStatus { status: status.into(), close_reason }
        }
        ActionType::SetPriority => Action::SetPriority { priority: nested::<SetPriority>(value, at, errors)?.priority },
        ActionType::SetCategory => {
            let category_id = cleared(nested::<SetCategory>(value, at, errors)?.category_id);
            let Some(category_id) = category_id else {
                errors.push(format!("{at}.categoryId"), "is required; null for no category");
                return None;
            };
            Action::SetCategory { category_id }
        }
        ActionType::Assign => assign(nested(value, at, errors)?, at, errors)?,
        ActionType::AddTags => Action::AddTags { tags: names(nested(value, at, errors)?) },
        ActionType::RemoveTags => Action::RemoveTags { tags: names(nested(value, at, errors)?) },
        ActionType::AddNote => Action::AddNote { body: nested::<AddNote>(value, at, errors)?.body.into() },
        ActionType::Reply => {
            let Reply { body, set_status } = nested(value, at, errors)?;
            Action::Reply { body: body.into(), set_status: set_status.map(String::from) }
        }
        ActionType::NotifySlack => {
            let NotifySlack { connection_id, text } = nested(value, at, errors)?;
            Action::NotifySlack { connection_id: connection_id.into(), text: text.into() }
        }
        ActionType::CreateJiraIssue => {
            let CreateJiraIssue { connection_id, summary, description, issue_type, once } = nested(value, at, errors)?;
            Action::CreateJiraIssue {
                connection_id: connection_id.into(),
                summary: summary.map(String::from),
                description: description.map(String::from),
                issue_type: issue_type.map(String::from),
                once: once.unwrap_or(true),
            }
        }
        ActionType::SendSurvey => {
            let delay_minutes = nested::<SendSurvey>(value, at, errors)?.delay_minutes.map(|Int(minutes)| minutes);
            Action::SendSurvey { delay_minutes }
        }
        ActionType::SendWebhook => send_webhook(value, at, errors)?,
        ActionType::NotifyEmail => {
            let NotifyEmail { to, subject, body } = nested(value, at, errors)?;
            let mut people: Vec<MailTo> = Vec::new();
            for one in to.0 {
                if !people.contains(&one) {
                    people.push(one);
                }
            }
            Action::NotifyEmail { to: people, subject: subject.into(), body: body.into() }
        }
    })
}

fn assign(Assign { assignee_id, assignee_email }: Assign, at: &str, errors: &mut Errors) -> Option<Action> {
    match (&assignee_id, &assignee_email) {
        (Patch::Keep, Patch::Keep) => {
            errors.push(format!("{at}.assigneeId"), "is required, or assigneeEmail; null for nobody");
            None
        }
        (Patch::Set(_), Patch::Clear) | (Patch::Clear, Patch::Set(_)) => {
            errors.push(format!("{at}.assigneeEmail"), "names somebody else than assigneeId");
            None
        }
        _ => Some(Action::Assign { assignee_id: cleared(assignee_id), assignee_email: cleared(assignee_email) }),
    }
}

/// A call of a webhook or of an HTTP connection: one of them.
fn send_webhook(value: Value, at: &str, errors: &mut Errors) -> Option<Action> {
    let names = |field: &str| value.get(field).is_some_and(|id| !id.is_null());
    if !names("webhookId") {
        let connection_id = Some(nested::<CallConnection>(value, at, errors)?.connection_id.into());
        return Some(Action::SendWebhook { connection_id, webhook_id: None });
    }
    if names("connectionId") {
        errors.push(format!("{at}.webhookId"), "must be left out when connectionId is given");
        return None;
    }
    let webhook_id = Some(nested::<CallWebhook>(value, at, errors)?.webhook_id.into());
    Some(Action::SendWebhook { connection_id: None, webhook_id })
}

/// Every kind of action with its parameters.
fn action_schema() -> RefOr<Schema> {
    fn of<T: Input>(kind: ActionType, asked: &[&str]) -> RefOr<Schema> {
        schema::kind_of(kind.as_str(), T::schema(), asked)
    }
    schema::any_of([
        of::<SetStatus>(ActionType::SetStatus, &[]),
        of::<SetPriority>(ActionType::SetPriority, &[]),
        of::<SetCategory>(ActionType::SetCategory, &["categoryId"]),
        of::<Assign>(ActionType::Assign, &["assigneeId"]),
        of::<Assign>(ActionType::Assign, &["assigneeEmail"]),
        of::<OnTags>(ActionType::AddTags, &[]),
        of::<OnTags>(ActionType::RemoveTags, &[]),
        of::<AddNote>(ActionType::AddNote, &[]),
        of::<Reply>(ActionType::Reply, &[]),
        of::<NotifySlack>(ActionType::NotifySlack, &[]),
        of::<CreateJiraIssue>(ActionType::CreateJiraIssue, &[]),
        of::<SendSurvey>(ActionType::SendSurvey, &[]),
        of::<CallConnection>(ActionType::SendWebhook, &[]),
        of::<CallWebhook>(ActionType::SendWebhook, &[]),
        of::<NotifyEmail>(ActionType::NotifyEmail, &[]),
    ])
}

impl utoipa::PartialSchema for Action {
    fn schema() -> RefOr<Schema> {
        schema::described(action_schema(), "What is done.", false)
    }
}

impl utoipa::ToSchema for Action {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: Value) -> Result<Action, Vec<(String, String)>> {
        let mut errors = Errors::default();
        let read = Action::parse(value, "actions[0]", &mut errors);
        let told = errors.into_vec().into_iter().map(|error| (error.field, error.message)).collect();
        read.ok_or(told)
    }

    #[test]
    fn actions_are_read_and_written_alike() {
        for given in [
            json!({ "type": "set_status", "status": "closed", "closeReason": "no_response" }),
            json!({ "type": "set_status", "status": "sts_open" }),
            json!({ "type": "set_priority", "priority": "urgent" }),
            json!({ "type": "set_category", "categoryId": null }),
            json!({ "type": "assign", "assigneeId": null }),
            json!({ "type": "assign", "assigneeEmail": "ana@acme.example" }),
            json!({ "type": "add_tags", "tags": ["vip"] }),
            json!({ "type": "remove_tags", "tags": ["vip", "bug"] }),
            json!({ "type": "add_note", "body": " {{ticket.title}} " }),
            json!({ "type": "reply", "body": "Thanks", "setStatus": "pending" }),
            json!({ "type": "notify_slack", "connectionId": "con_1", "text": "Hello" }),
            json!({ "type": "create_jira_issue", "connectionId": "con_1", "summary": "S", "once": false }),
            json!({ "type": "send_survey" }),
            json!({ "type": "send_survey", "delayMinutes": 5 }),
            json!({ "type": "send_webhook", "webhookId": "wh_1" }),
            json!({ "type": "notify_email", "to": ["assignee", "a@b.example"], "subject": "S", "body": "B" }),
        ] {
            let action = read(given.clone()).expect("an action");
            assert_eq!(serde_json::to_value(&action).expect("JSON"), given);
            assert_eq!(Action::read(&given.to_string()), Ok(action.clone()));
            assert_eq!(action.kind().as_str(), given["type"]);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_path() {
        for (given, at) in [
            (json!("set_status"), ""),
            (json!({}), ".type"),
            (json!({ "type": "reboot" }), ".type"),
            (json!({ "type": "set_status" }), ".status"),
            (json!({ "type": "set_priority", "priority": "asap" }), ".priority"),
            (json!({ "type": "set_category" }), ".categoryId"),
            (json!({ "type": "assign" }), ".assigneeId"),
            (json!({ "type": "assign", "assigneeId": "usr_1", "assigneeEmail": null }), ".assigneeEmail"),
            (json!({ "type": "add_tags", "tags": [] }), ".tags"),
            (json!({ "type": "add_tags", "tags": ["a", 1] }), ".tags[1]"),
            (json!({ "type": "reply", "body": "" }), ".body"),
            (json!({ "type": "notify_slack", "connectionId": "c", "text": "x".repeat(3_001) }), ".text"),
            (json!({ "type": "send_survey", "delayMinutes": -1 }), ".delayMinutes"),
            (json!({ "type": "send_webhook" }), ".connectionId"),
            (json!({ "type": "send_webhook", "connectionId": "c", "webhookId": "w" }), ".webhookId"),
            (json!({ "type": "add_note", "body": "{{ticket.title" }), ".body"),
            (json!({ "type": "notify_email", "to": ["boss"], "subject": "S", "body": "B" }), ".to[0]"),
        ] {
            let told = read(given.clone()).expect_err("something wrong");
            assert_eq!(told[0].0, format!("actions[0]{at}"), "{given}");
        }
    }
}
