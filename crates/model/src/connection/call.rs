//! What is said to the other side of a connection, and what came of it. `outbound` does the saying.

use std::{fmt, time::Duration};

use super::HttpMethod;
use crate::Timestamp;

/// Whom a call goes to, with everything that it needs. What is secret of it never reaches a log.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// An incoming webhook of Slack.
    Slack {
        /// Where it is; whoever knows it may post.
        webhook_url: String,
    },
    /// A project in Jira.
    Jira {
        /// Where Jira is, without a slash at the end.
        site_url: String,
        /// The user.
        email: String,
        /// What the user signs in with.
        api_token: String,
        /// The project.
        project_key: String,
        /// What issues are unless a message says otherwise.
        issue_type: String,
        /// Labels of every issue.
        labels: Vec<String>,
    },
    /// Anything else.
    Http {
        /// Where.
        url: String,
        /// How.
        method: HttpMethod,
        /// Headers with their values, which are secret.
        headers: Vec<(String, String)>,
        /// How long an answer is waited for.
        timeout: Duration,
    },
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slack { .. } => f.debug_struct("Slack").finish_non_exhaustive(),
            Self::Jira { site_url, email, project_key, issue_type, labels, .. } => f
                .debug_struct("Jira")
                .field("site_url", site_url)
                .field("email", email)
                .field("project_key", project_key)
                .field("issue_type", issue_type)
                .field("labels", labels)
                .finish_non_exhaustive(),
            Self::Http { url, method, headers, timeout } => f
                .debug_struct("Http")
                .field("url", url)
                .field("method", method)
                .field("headers", &headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
                .field("timeout", timeout)
                .finish_non_exhaustive(),
        }
    }
}

/// What is said, of the same kind as its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A line in a channel.
    Slack {
        /// The text, in which values are escaped already.
        text: String,
    },
    /// A new issue.
    Jira {
        /// Its summary: line breaks become spaces, and what is longer than Jira takes is cut.
        summary: String,
        /// Its description, cut as well.
        description: String,
        /// What kind of issue, when it is not that of the connection.
        issue_type: Option<String>,
        /// The number of the ticket, which becomes a label.
        ticket_number: String,
    },
    /// A call.
    Http {
        /// Its body, if it has one: `HttpConfig::body` makes it.
        body: Option<String>,
        /// What it is known by, the same when it is repeated: the header `webhook-id`.
        event_id: String,
    },
}

/// An issue that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its key, such as `SUP-42`.
    pub key: String,
    /// Where people see it.
    pub url: String,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether the other side took it.
    pub ok: bool,
    /// The status code of its answer.
    pub status: Option<u16>,
    /// What came of it in one line, without any secret.
    pub message: String,
    /// The issue, when one was asked for and made.
    pub issue: Option<Issue>,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
    /// Before when the other side does not want to be called again.
    pub retry_after: Option<Timestamp>,
}

impl Answer {
    /// A call that was never made.
    #[must_use]
    pub fn unsent(why: &str) -> Self {
        Self { ok: false, status: None, message: why.to_owned(), issue: None, duration_ms: 0, retry_after: None }
    }

    /// Why it failed, if it did.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        (!self.ok).then_some(self.message.as_str())
    }
}
