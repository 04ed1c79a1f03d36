//! What each type of connection needs, without its secrets.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use super::ConnectionType;
use crate::{
    Errors, Input, JsonText, Patch,
    input::{Parse, schema, string},
    limits::{BODY_TEMPLATE_BYTES_MAX, CONNECTION_SECONDS, JIRA_LABELS_MAX},
    template::{Escape, Template},
    text::{Email, Int, List, Name, Text, Url},
};

crate::text_enum! {
    /// How an HTTP connection calls.
    pub enum HttpMethod {
        /// The usual.
        Post = "POST",
        /// Puts something in the place of what is there.
        Put = "PUT",
        /// Changes what is there.
        Patch = "PATCH",
        /// Asks only.
        Get = "GET",
        /// Removes what is there.
        Delete = "DELETE",
    }
}

impl<'de> Deserialize<'de> for HttpMethod {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// What is set of a Slack connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SlackConfig {
    /// Where its lines appear, for people: Slack itself decides it by the webhook.
    pub channel_label: Option<String>,
}

/// What is set of a Jira connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JiraConfig {
    /// Where Jira is, such as `https://acme.atlassian.net`.
    pub site_url: String,
    /// The user whose API token it is.
    pub email: String,
    /// The project that issues are made in.
    pub project_key: String,
    /// What issues are.
    pub issue_type: String,
    /// Labels of every issue, beside the number of its ticket.
    pub labels: Vec<String>,
}

/// What is set of an HTTP connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HttpConfig {
    /// Where it calls.
    pub url: String,
    /// How it calls.
    pub method: HttpMethod,
    /// JSON with placeholders inside of its strings. Null: the event as webhooks have it, unless the method is GET or DELETE.
    #[schema(value_type = Option<String>)]
    pub body_template: Option<Template>,
    /// How long an answer is waited for.
    #[schema(minimum = 1, maximum = 30)]
    pub timeout_seconds: i64,
}

impl HttpConfig {
    /// The body of a call about the event with this envelope. GET and DELETE have one only if there is a template.
    #[must_use]
    pub fn body(&self, envelope: &str, values: &impl Fn(&str) -> Option<String>) -> Option<String> {
        match (&self.body_template, self.method) {
            (Some(template), _) => Some(template.render(values, Escape::Json)),
            (None, HttpMethod::Get | HttpMethod::Delete) => None,
            (None, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch) => Some(envelope.to_owned()),
        }
    }
}

/// What is set of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = ConnectionConfig)]
pub enum Config {
    /// Of a Slack connection.
    Slack(SlackConfig),
    /// Of a Jira connection.
    Jira(JiraConfig),
    /// Of an HTTP connection.
    Http(HttpConfig),
}

impl Config {
    /// As it is kept.
    #[must_use]
    pub fn to_json(&self) -> JsonText {
        JsonText::of(self)
    }

    /// From what is kept.
    ///
    /// # Errors
    /// When it is not that of this type.
    pub fn stored(kind: ConnectionType, text: &str) -> Result<Self, String> {
        let read = match kind {
            ConnectionType::Slack => serde_json::from_str(text).map(Self::Slack),
            ConnectionType::Jira => serde_json::from_str(text).map(Self::Jira),
            ConnectionType::Http => serde_json::from_str(text).map(Self::Http),
        };
        read.map_err(|error| format!("the configuration of a {} connection cannot be read: {error}", kind.as_str()))
    }

    /// Its type.
    #[must_use]
    pub const fn kind(&self) -> ConnectionType {
        match self {
            Self::Slack(_) => ConnectionType::Slack,
            Self::Jira(_) => ConnectionType::Jira,
            Self::Http(_) => ConnectionType::Http,
        }
    }

    /// Where its secrets are sent, and the name of the field that says so. That of Slack is the secret itself.
    #[must_use]
    pub fn address(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Slack(_) => None,
            Self::Jira(jira) => Some(("siteUrl", &jira.site_url)),
            Self::Http(http) => Some(("url", &http.url)),
        }
    }

    /// With a change, which is of the same type.
    #[must_use]
    pub fn changed(&self, patch: &ConfigPatch) -> Self {
        match (self, patch) {
            (Self::Slack(old), ConfigPatch::Slack(patch)) => Self::Slack(SlackConfig {
                channel_label: patch.channel_label.clone().text().or(old.channel_label.clone()),
            }),
            (Self::Jira(old), ConfigPatch::Jira(patch)) => Self::Jira(JiraConfig {
                site_url: patch.site_url.clone().map_or_else(|| old.site_url.clone(), |SiteUrl(url)| url),
                email: patch.email.clone().map_or_else(|| old.email.clone(), String::from),
                project_key: patch.project_key.clone().map_or_else(|| old.project_key.clone(), |ProjectKey(key)| key),
                issue_type: patch.issue_type.clone().map_or_else(|| old.issue_type.clone(), String::from),
                labels: patch.labels.clone().map_or_else(|| old.labels.clone(), texts),
            }),
            (Self::Http(old), ConfigPatch::Http(patch)) => Self::Http(HttpConfig {
                url: patch.url.clone().map_or_else(|| old.url.clone(), String::from),
                method: patch.method.unwrap_or(old.method),
                body_template: match &patch.body_template {
                    Patch::Keep => old.body_template.clone(),
                    Patch::Clear => None,
                    Patch::Set(BodyTemplate(template)) => Some(template.clone()),
                },
                timeout_seconds: patch.timeout_seconds.map_or(old.timeout_seconds, |Int(seconds)| seconds),
            }),
            (old, _) => old.clone(),
        }
    }
}

fn texts(labels: List<Label, JIRA_LABELS_MAX>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::with_capacity(labels.0.len());
    for Label(label) in labels.0 {
        if !texts.contains(&label) {
            texts.push(label);
        }
    }
    texts
}

/// Where Jira is: without a slash at its end, and without query and fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteUrl(pub String);

impl Parse for SiteUrl {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let url = String::from(Url::parse(value, at, errors)?);
        if url.contains(['?', '#']) {
            errors.push(at, "must not have a query or a fragment");
            return None;
        }
        Some(Self(url.trim_end_matches('/').to_owned()))
    }

    fn schema() -> RefOr<Schema> {
        schema::shaped(
            r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#\u0000-\u001f\u007f-\u009f][^\s?#\u0000-\u001f\u007f-\u009f]*$",
            8,
            2048,
        )
    }
}

/// The key of a project; lowercase letters are raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectKey(pub String);

impl Parse for ProjectKey {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let key = string(value, at, errors)?.trim().to_ascii_uppercase();
        let rest = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        if key.starts_with(|c: char| c.is_ascii_uppercase()) && key.len() <= 255 && key.bytes().all(rest) {
            return Some(Self(key));
        }
        errors.push(
            at,
            "must be the key of a project, such as SUP: letters, digits and underscores, starting with a letter",
        );
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::pattern("^[A-Za-z][A-Za-z0-9_]{0,254}$")
    }
}

/// A label in Jira: no spaces, at most 255.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label(pub String);

impl Parse for Label {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let label = string(value, at, errors)?.trim().to_owned();
        match label.chars().count() {
            1..=255 if !label.contains(|c: char| c.is_whitespace() || c.is_control()) => return Some(Self(label)),
            0 => errors.push(at, "must not be empty"),
            1..=255 => errors.push(at, "must not contain spaces"),
            _ => errors.push(at, "must have at most 255 characters"),
        }
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::shaped(r"^[^\s\u0000-\u001f\u007f-\u009f]+$", 1, 255)
    }
}

/// A body with placeholders: JSON, at most 64 KB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyTemplate(pub Template);

impl Parse for BodyTemplate {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        if text.len() > BODY_TEMPLATE_BYTES_MAX {
            errors.push(at, "must have at most 64 KB");
            return None;
        }
        Template::parse_json(&text).map_err(|message| errors.push(at, message)).map(Self).ok()
    }

    fn schema() -> RefOr<Schema> {
        schema::text(1, BODY_TEMPLATE_BYTES_MAX)
    }
}

/// The name of a kind of issue.
pub type IssueType = Text<1, 255>;
/// Seconds that an answer is waited for.
pub type Seconds = Int<1, { CONNECTION_SECONDS.1 }>;

crate::input! {
    /// What is set of a new Slack connection.
    pub struct NewSlackConfig {
        /// Where its lines appear, for people: Slack itself decides it by the webhook.
        channel_label "channelLabel": optional Name,
    }
}

crate::input! {
    /// What is set of a new Jira connection.
    pub struct NewJiraConfig {
        /// Where Jira is, such as `https://acme.atlassian.net`.
        site_url "siteUrl": required SiteUrl,
        /// The user whose API token it is.
        email "email": required Email,
        /// The project that issues are made in.
        project_key "projectKey": required ProjectKey,
        /// What issues are; `Task` when left out.
        issue_type "issueType": optional IssueType,
        /// Labels of every issue, beside the number of its ticket.
        labels "labels": optional List<Label, JIRA_LABELS_MAX>,
    }
}

crate::input! {
    /// What is set of a new HTTP connection.
    pub struct NewHttpConfig {
        /// Where it calls: https, and reachable from the public network.
        url "url": required Url,
        /// How it calls; `POST` when left out.
        method "method": optional HttpMethod,
        /// JSON with placeholders such as `{{ticket.title}}` inside of its strings. When left out the event is sent as webhooks have
        /// it, unless the method is GET or DELETE.
        body_template "bodyTemplate": optional BodyTemplate,
        /// How long an answer is waited for; 15 when left out.
        timeout_seconds "timeoutSeconds": optional Seconds,
    }
}

impl From<NewSlackConfig> for Config {
    fn from(new: NewSlackConfig) -> Self {
        Self::Slack(SlackConfig { channel_label: new.channel_label.map(String::from) })
    }
}

impl From<NewJiraConfig> for Config {
    fn from(new: NewJiraConfig) -> Self {
        Self::Jira(JiraConfig {
            site_url: new.site_url.0,
            email: new.email.into(),
            project_key: new.project_key.0,
            issue_type: new.issue_type.map_or_else(|| "Task".to_owned(), String::from),
            labels: new.labels.map(texts).unwrap_or_default(),
        })
    }
}

impl From<NewHttpConfig> for Config {
    fn from(new: NewHttpConfig) -> Self {
        Self::Http(HttpConfig {
            url: new.url.into(),
            method: new.method.unwrap_or(HttpMethod::Post),
            body_template: new.body_template.map(|BodyTemplate(template)| template),
            timeout_seconds: new.timeout_seconds.map_or(CONNECTION_SECONDS.0, |Int(seconds)| seconds),
        })
    }
}

crate::input! {
    /// A change of what is set of a Slack connection.
    pub struct SlackConfigPatch {
        /// Of a Slack connection: where its lines appear, for people.
        channel_label "channelLabel": patch Name,
    }
}

crate::input! {
    /// A change of what is set of a Jira connection.
    pub struct JiraConfigPatch {
        /// Of a Jira connection: where Jira is. Another place needs its `apiToken` again.
        site_url "siteUrl": change SiteUrl,
        /// Of a Jira connection: the user whose API token it is.
        email "email": change Email,
        /// Of a Jira connection: the project that issues are made in.
        project_key "projectKey": change ProjectKey,
        /// Of a Jira connection: what issues are.
        issue_type "issueType": change IssueType,
        /// Of a Jira connection: labels of every issue, as a whole.
        labels "labels": change List<Label, JIRA_LABELS_MAX>,
    }
}

crate::input! {
    /// A change of what is set of an HTTP connection.
    pub struct HttpConfigPatch {
        /// Of an HTTP connection: where it calls. Another place needs its `headers` again, if it has some.
        url "url": change Url,
        /// Of an HTTP connection: how it calls.
        method "method": change HttpMethod,
        /// Of an HTTP connection: JSON with placeholders inside of its strings, or null for the event.
        body_template "bodyTemplate": patch BodyTemplate,
        /// Of an HTTP connection: how long an answer is waited for.
        timeout_seconds "timeoutSeconds": change Seconds,
    }
}

/// A change of what is set: what is left out stays.
#[derive(Clone, Debug)]
pub enum ConfigPatch {
    /// Of a Slack connection.
    Slack(SlackConfigPatch),
    /// Of a Jira connection.
    Jira(JiraConfigPatch),
    /// Of an HTTP connection.
    Http(HttpConfigPatch),
}

impl ConfigPatch {
    /// Where the secrets are to be sent from now on, if it says so, and the name of the field.
    #[must_use]
    pub fn address(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Slack(_) => None,
            Self::Jira(patch) => patch.site_url.as_ref().map(|SiteUrl(url)| ("siteUrl", url.as_str())),
            Self::Http(patch) => patch.url.as_ref().map(|url| ("url", &**url)),
        }
    }

    /// The schema of all of them together: which fields count, the type of the connection says.
    pub(super) fn schema() -> RefOr<Schema> {
        let parts = [SlackConfigPatch::schema(), JiraConfigPatch::schema(), HttpConfigPatch::schema()];
        let fields = parts.into_iter().flat_map(|part| part.properties);
        fields.fold(schema::open(), |whole, (name, field)| whole.property(name, field)).into()
    }
}
