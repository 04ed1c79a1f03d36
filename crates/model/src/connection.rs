//! Connections (API 19): what a brand calls elsewhere through its automations. `config.rs` says what each type needs, `input.rs`
//! reads it from requests, `secrets.rs` holds what is never shown, `call.rs` what is said to the other side.

mod call;
mod config;
mod input;
mod secrets;

pub use call::{Answer, Issue, Message, Target};
pub use config::{Config, ConfigPatch, HttpConfig, HttpMethod, JiraConfig, SlackConfig};
pub use input::{ConnectionPatch, ConnectionUpdate, NewConnection};
pub use secrets::{Secrets, SecretsPatch};

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{BrandId, ConnectionId, Timestamp};

crate::text_enum! {
    /// What a connection leads to.
    pub enum ConnectionType {
        /// An incoming webhook of Slack, or of something that takes the same.
        Slack = "SLACK",
        /// Jira, in the cloud or elsewhere.
        Jira = "JIRA",
        /// Anything else that speaks HTTP.
        Http = "HTTP",
    }
}

crate::text_enum! {
    /// What came of the last call of a connection.
    pub enum ConnectionStatus {
        /// It was taken.
        Ok = "ok",
        /// It failed.
        Error = "error",
    }
}

/// A connection of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Its brand.
    pub brand_id: BrandId,
    /// What it leads to; never changes.
    #[serde(rename = "type")]
    pub kind: ConnectionType,
    /// What people call it.
    pub name: String,
    /// Whether automations call it.
    pub enabled: bool,
    /// What is set of it, without its secrets.
    pub config: Config,
    /// Which secrets are set, never what they are. Those of the headers of an HTTP connection are `headers.<name>`, and
    /// `headers` says whether there are any.
    pub secrets_set: BTreeMap<String, bool>,
    /// When it was last called, tests included.
    pub last_used_at: Option<Timestamp>,
    /// What came of the last call.
    pub last_status: Option<ConnectionStatus>,
    /// Why the last call failed; null when it did not.
    pub last_error: Option<String>,
    /// Failed calls in a row.
    pub failure_count: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What came of a test of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionTest {
    /// Whether the other side took it.
    pub ok: bool,
    /// The status code of its answer.
    pub status: Option<u16>,
    /// What came of it, in one line.
    pub message: String,
    /// How long it took.
    pub duration_ms: i64,
}

impl From<Answer> for ConnectionTest {
    fn from(answer: Answer) -> Self {
        let Answer { ok, status, message, duration_ms, .. } = answer;
        Self { ok, status, message, duration_ms }
    }
}

#[cfg(test)]
mod tests;
