//! Connections in requests. What `config` and `secrets` may hold depends on the type, which a change does not repeat.

use std::{fmt, sync::LazyLock};

use serde_json::{Map, Value, json};
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Schema};

use super::{
    Config, ConfigPatch, ConnectionType, Secrets, SecretsPatch,
    config::{HttpConfigPatch, JiraConfigPatch, NewHttpConfig, NewJiraConfig, NewSlackConfig, SlackConfigPatch},
    secrets::{ApiToken, Headers},
};
use crate::{
    Errors, Input, Patch,
    input::{Parse, describe, mode, nested_with_rest, schema},
    text::{Name, Url},
};

/// An object whose members are read when the type is known; what it holds is never written down.
#[derive(Clone, Default)]
pub struct Unread(Map<String, Value>);

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unread(..)")
    }
}

impl Parse for Unread {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        if let Value::Object(members) = value {
            return Some(Self(members));
        }
        errors.push(at, "must be an object");
        None
    }

    fn schema() -> RefOr<Schema> {
        schema::object()
    }
}

impl Unread {
    /// Reads the members; the names of those that mean nothing are added to `ignored`.
    fn read<T: Input>(self, at: &str, errors: &mut Errors, ignored: &mut Vec<String>) -> Option<T> {
        let (read, rest) = nested_with_rest(self.0, at, errors);
        ignored.extend(rest.into_iter().map(|(name, _)| format!("{at}.{name}")));
        read
    }
}

crate::input! {
    /// The secrets of a new Slack connection.
    pub struct NewSlackSecrets {
        /// The address of the incoming webhook.
        webhook_url "webhookUrl": required Url,
    }
}

crate::input! {
    /// The secrets of a new Jira connection.
    pub struct NewJiraSecrets {
        /// The API token of the user.
        api_token "apiToken": required ApiToken,
    }
}

crate::input! {
    /// The secrets of a new HTTP connection.
    pub struct NewHttpSecrets {
        /// Headers of every call, such as `Authorization`. Their values are never shown again, their names are.
        headers "headers": optional Headers,
    }
}

crate::input! {
    /// Other secrets of a Slack connection.
    pub struct SlackSecretsPatch {
        /// Of a Slack connection: the address of the incoming webhook.
        webhook_url "webhookUrl": change Url,
    }
}

crate::input! {
    /// Other secrets of a Jira connection.
    pub struct JiraSecretsPatch {
        /// Of a Jira connection: the API token of the user.
        api_token "apiToken": change ApiToken,
    }
}

crate::input! {
    /// Other secrets of an HTTP connection.
    pub struct HttpSecretsPatch {
        /// Of an HTTP connection: the headers of every call, as a whole.
        headers "headers": patch Headers,
    }
}

/// A new connection.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// What people call it.
    pub name: Name,
    /// Whether automations call it; true when left out.
    pub enabled: Option<bool>,
    /// What is set of it.
    pub config: Config,
    /// Its secrets.
    pub secrets: Secrets,
}

/// Reads both parts of a new connection of one type. Where one is left out, its fields are.
fn parts<C: Input + Into<Config>, S: Input>(
    (config, secrets): (Option<Option<Unread>>, Option<Option<Unread>>),
    errors: &mut Errors,
    ignored: &mut Vec<String>,
    secret: fn(S) -> Secrets,
) -> Option<(Config, Secrets)> {
    let config = config.and_then(|part| part.unwrap_or_default().read::<C>("config", errors, ignored));
    let secrets = secrets.and_then(|part| part.unwrap_or_default().read::<S>("secrets", errors, ignored));
    Some((config?.into(), secret(secrets?)))
}

impl Input for NewConnection {
    const NAME: &'static str = "NewConnection";
    const REQUIRED: bool = true;

    fn read(object: &mut Map<String, Value>, errors: &mut Errors) -> Option<Self> {
        let kind: Option<ConnectionType> = mode::required(object, "type", errors);
        let name = mode::required(object, "name", errors);
        let enabled = mode::optional(object, "enabled", errors);
        let both = (mode::optional(object, "config", errors), mode::optional(object, "secrets", errors));
        let mut ignored = Vec::new();
        let read = match kind? {
            ConnectionType::Slack => parts::<NewSlackConfig, NewSlackSecrets>(both, errors, &mut ignored, |new| {
                Secrets::Slack(new.webhook_url.into())
            }),
            ConnectionType::Jira => {
                parts::<NewJiraConfig, NewJiraSecrets>(both, errors, &mut ignored, |new| Secrets::Jira(new.api_token.0))
            }
            ConnectionType::Http => parts::<NewHttpConfig, NewHttpSecrets>(both, errors, &mut ignored, |new| {
                Secrets::Http(new.headers.map(|Headers(headers)| headers).unwrap_or_default())
            }),
        };
        // What is left over is not known.
        object.extend(ignored.into_iter().map(|name| (name, Value::Null)));
        errors.is_empty().then_some(())?;
        let (config, secrets) = read?;
        Some(Self { name: name?, enabled: enabled?, config, secrets })
    }

    /// Without `config` and `secrets`, which each type has in [`Self::rule`].
    fn schema() -> Object {
        let field = |schema, about, nullable| describe(schema, &[about], nullable);
        ObjectBuilder::new()
            .description(Some("A new connection."))
            .property("type", field(<ConnectionType as Parse>::schema(), "What it leads to; never changes.", false))
            .required("type")
            .property("name", field(Name::schema(), "What people call it.", false))
            .required("name")
            .property("enabled", field(bool::schema(), "Whether automations call it; true when left out.", true))
            .build()
    }

    fn rule() -> Option<&'static str> {
        static RULE: LazyLock<String> = LazyLock::new(|| json!({ "oneOf": kinds() }).to_string());
        Some(&RULE)
    }

    fn example() -> Option<&'static str> {
        Some(
            r#"{
                "type": "JIRA",
                "name": "Engineering",
                "config": { "siteUrl": "https://acme.atlassian.net", "email": "ana@acme.example", "projectKey": "ENG", "labels": ["support"] },
                "secrets": { "apiToken": "ATATT3xFfGF0-example" }
            }"#,
        )
    }
}

/// What `config` and `secrets` of each type are.
fn kinds() -> [Value; 3] {
    let kind = |kind: ConnectionType, config: Object, secrets: Object| {
        let needed = [("config", &config), ("secrets", &secrets)];
        let needed = needed.into_iter().filter(|(_, part)| !part.required.is_empty()).map(|(name, _)| name);
        json!({
            "title": kind,
            "type": "object",
            "required": std::iter::once("type").chain(needed).collect::<Vec<_>>(),
            "properties": { "type": { "type": "string", "enum": [kind] }, "config": object(&config), "secrets": object(&secrets) },
        })
    };
    [
        kind(ConnectionType::Slack, NewSlackConfig::schema(), NewSlackSecrets::schema()),
        kind(ConnectionType::Jira, NewJiraConfig::schema(), NewJiraSecrets::schema()),
        kind(ConnectionType::Http, NewHttpConfig::schema(), NewHttpSecrets::schema()),
    ]
}

/// A part: null is the same as none where nothing in it is required.
fn object(part: &Object) -> Value {
    let mut schema = json!(part);
    if part.required.is_empty() {
        schema["type"] = json!(["object", "null"]);
    }
    schema
}

crate::input! {
    /// A change of a connection. `config` and `secrets` hold fields of its type; those that are left out stay.
    pub struct ConnectionPatch {
        /// What people call it.
        name "name": change Name,
        /// Whether automations call it.
        enabled "enabled": change bool,
        /// What is set of it.
        config "config": change UnreadConfig,
        /// Other secrets. They are asked for again when `siteUrl` or `url` changes.
        secrets "secrets": change UnreadSecrets,
        /// The type never changes: another one is refused.
        kind "type": change ConnectionType,
    }
    example r#"{ "config": { "issueType": "Bug" }, "secrets": { "apiToken": "ATATT3xFfGF0-another" } }"#;
}

/// `config` of a change.
#[derive(Clone, Debug, Default)]
pub struct UnreadConfig(Unread);

impl Parse for UnreadConfig {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        Unread::parse(value, at, errors).map(Self)
    }

    fn schema() -> RefOr<Schema> {
        ConfigPatch::schema()
    }
}

/// `secrets` of a change.
#[derive(Clone, Debug, Default)]
pub struct UnreadSecrets(Unread);

impl Parse for UnreadSecrets {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        Unread::parse(value, at, errors).map(Self)
    }

    fn schema() -> RefOr<Schema> {
        let parts = [SlackSecretsPatch::schema(), JiraSecretsPatch::schema(), HttpSecretsPatch::schema()];
        let fields = parts.into_iter().flat_map(|part| part.properties);
        fields.fold(schema::open(), |whole, (name, field)| whole.property(name, field)).into()
    }
}

/// A change of a connection whose type is known.
#[derive(Clone, Debug)]
pub struct ConnectionUpdate {
    /// What people call it.
    pub name: Option<Name>,
    /// Whether automations call it.
    pub enabled: Option<bool>,
    /// What is set of it.
    pub config: ConfigPatch,
    /// Its secrets.
    pub secrets: SecretsPatch,
}

impl ConnectionPatch {
    /// Reads it for a connection of this type. What is wrong is added to `errors`, the names of fields that mean nothing to
    /// `ignored`.
    pub fn read_for(
        self,
        kind: ConnectionType,
        errors: &mut Errors,
        ignored: &mut Vec<String>,
    ) -> Option<ConnectionUpdate> {
        if self.kind.is_some_and(|other| other != kind) {
            errors.push("type", "cannot be changed");
        }
        let UnreadConfig(config) = self.config.unwrap_or_default();
        let UnreadSecrets(secrets) = self.secrets.unwrap_or_default();
        let (config, secrets) = match kind {
            ConnectionType::Slack => (
                config.read::<SlackConfigPatch>("config", errors, ignored).map(ConfigPatch::Slack),
                secrets
                    .read::<SlackSecretsPatch>("secrets", errors, ignored)
                    .map(|patch| SecretsPatch::Slack(patch.webhook_url)),
            ),
            ConnectionType::Jira => (
                config.read::<JiraConfigPatch>("config", errors, ignored).map(ConfigPatch::Jira),
                secrets
                    .read::<JiraSecretsPatch>("secrets", errors, ignored)
                    .map(|patch| SecretsPatch::Jira(patch.api_token)),
            ),
            ConnectionType::Http => (
                config.read::<HttpConfigPatch>("config", errors, ignored).map(ConfigPatch::Http),
                secrets
                    .read::<HttpSecretsPatch>("secrets", errors, ignored)
                    .map(|patch| SecretsPatch::Http(patch.headers)),
            ),
        };
        Some(ConnectionUpdate { name: self.name, enabled: self.enabled, config: config?, secrets: secrets? })
    }
}

impl ConnectionUpdate {
    /// The address that it names, which must be one that may be called: the path of the field, and the address.
    #[must_use]
    pub fn target(&self) -> Option<(String, &str)> {
        if let SecretsPatch::Slack(Some(url)) = &self.secrets {
            return Some(("secrets.webhookUrl".to_owned(), url));
        }
        self.config.address().map(|(name, url)| (format!("config.{name}"), url))
    }

    /// Whether it sends the secrets of a connection elsewhere without saying them again; then the problem is added. The server
    /// would otherwise tell them to whoever may change the address.
    pub fn refuse_redirected(&self, present: &super::Connection, errors: &mut Errors) {
        let moved = present.config.changed(&self.config).address() != present.config.address();
        let set = present.secrets_set.values().any(|set| *set);
        let said = !matches!(
            &self.secrets,
            SecretsPatch::Slack(None) | SecretsPatch::Jira(None) | SecretsPatch::Http(Patch::Keep)
        );
        if let (true, true, false, Some((name, _))) = (moved, set, said, present.config.address()) {
            let secret = present.kind.secret();
            errors.push(format!("secrets.{secret}"), format!("is required again when {name} changes"));
        }
    }
}

impl NewConnection {
    /// The address that it calls, which must be one that may be called: the path of the field, and the address.
    #[must_use]
    pub fn target(&self) -> Option<(String, &str)> {
        if let Secrets::Slack(url) = &self.secrets {
            return Some(("secrets.webhookUrl".to_owned(), url));
        }
        self.config.address().map(|(name, url)| (format!("config.{name}"), url))
    }
}
